"""A text with the language it really is in, as a page shows it."""

import re
from typing import NamedTuple

from markupsafe import Markup

from odoo.addons.jamaa_base.tools.bidi import isolate
from odoo.addons.jamaa_base.tools.public_lang import by_code

#: In which order a missing language is replaced; see ``jamaa.multilingual``.
CHAIN = ("ar_MA", "fr_MA", "en_US")
_ARABIC = re.compile("[\u0600-\u06ff]")


class Said(NamedTuple):
    """One text of a sheet.

    :param str text: empty when it is written in no language
    :param str lang: ``res.lang`` code of the language it is in
    :param bool foreign: it is in another language than the one asked for
    """

    text: str
    lang: str
    foreign: bool

    def __bool__(self):
        return bool(self.text)

    @property
    def html(self):
        """The text for a page: what is in another language says so to browsers and screen readers."""
        inner = isolate(self.text)
        if not self.foreign:
            return inner
        if self.lang == "en_US":
            return Markup('<span lang="en" dir="ltr">%s</span>') % inner
        lang = by_code(self.lang)
        return Markup('<span lang="%s" dir="%s">%s</span>') % (lang.html, lang.direction, inner)


def said(stored, lang):
    """Return what is written in a language, or in the next best one.

    :param dict stored: ``{res.lang code: text}`` as a translated column holds it, or None
    :param str lang: a ``res.lang`` code
    :rtype: Said
    """
    for code in dict.fromkeys((lang, *CHAIN)):
        text = (stored or {}).get(code)
        if not text:
            continue
        # English is where Odoo puts what was written first, whatever its language.
        real = "ar_MA" if code == "en_US" and _ARABIC.search(text) else code
        return Said(text, real, real != lang)
    return Said("", lang, False)
