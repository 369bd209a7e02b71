"""The languages a citizen can choose on public pages, in the order they are offered."""

from typing import NamedTuple


class PublicLang(NamedTuple):
    """One language of the public pages.

    :param str url: what stands in the address (``/c/<commune>/<url>/…``)
    :param str code: the ``res.lang`` it is rendered in
    :param str html: the BCP 47 tag of the ``lang`` attribute
    :param str direction: ``rtl`` or ``ltr``
    :param str name: its name in itself, as the language switch shows it
    :param bool reviewed: whether the pages may stand without a note that the translation
        waits for a linguist
    """

    url: str
    code: str
    html: str
    direction: str
    name: str
    reviewed: bool = True


PUBLIC_LANGS = {
    lang.url: lang
    for lang in (
        PublicLang("ar", "ar_MA", "ar-MA", "rtl", "العربية"),
        PublicLang("fr", "fr_MA", "fr-MA", "ltr", "Français"),
        PublicLang("zgh", "zgh", "zgh-Tfng", "ltr", "ⵜⴰⵎⴰⵣⵉⵖⵜ", reviewed=False),
    )
}
DEFAULT_LANG = "ar"


def by_code(code):
    """Return the public language written with a given ``res.lang`` code.

    :param str code: for instance ``fr_MA``; ``fr_FR`` or ``fr`` find French too
    :return: a :class:`PublicLang`; the default one when there is none
    """
    prefix = (code or "").split("_")[0].split("-")[0].lower()
    return PUBLIC_LANGS.get(prefix, PUBLIC_LANGS[DEFAULT_LANG])


def best_language(accept_language):
    """Choose the language to greet a visitor in, from what his browser asks for.

    :param str accept_language: the ``Accept-Language`` header, possibly empty or junk
    :return: the URL code of the wanted public language, else the default
    """
    wanted = []
    for position, part in enumerate((accept_language or "")[:500].split(",")):
        tag, _sep, parameters = part.strip().partition(";")
        quality = 1.0
        name, _sep, number = parameters.strip().partition("=")
        if name.strip() == "q":
            try:
                quality = float(number)
            except ValueError:
                quality = 0.0
        prefix = tag.split("-")[0].lower()
        # Phones of Amazigh speakers announce Tamazight or Tachelhit as often as zgh.
        prefix = {"tzm": "zgh", "shi": "zgh", "rif": "zgh", "ber": "zgh"}.get(prefix, prefix)
        if prefix in PUBLIC_LANGS and quality > 0:
            wanted.append((-quality, position, prefix))
    return min(wanted)[2] if wanted else DEFAULT_LANG
