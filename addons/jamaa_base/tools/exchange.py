"""Reading the JSON files that communes hand each other: every text and list is checked before it is used."""

LANGS = ("ar", "fr", "zgh")
#: Longest text, longest list: what a file may hold, so that a wrong one does no harm.
MAX_TEXT, MAX_ITEMS = 4000, 60


class ExchangeProblem(ValueError):
    """What is wrong with a file, for whoever gave it.

    :param str place: where, as ``sheet.pieces[2].name``
    :param str code: ``format``, ``missing``, ``kind``, ``long``, ``unknown``
    """

    def __init__(self, place, code):
        super().__init__(f"{place}: {code}")
        self.place = place
        self.code = code


def text(data, key, place, required=False):
    """Return one text of an object, cut of outer blanks.

    :raise ExchangeProblem: it is missing, no text, or too long
    """
    value = data.get(key, "")
    where = f"{place}.{key}".lstrip(".")
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise ExchangeProblem(where, "kind")
    if len(value) > MAX_TEXT:
        raise ExchangeProblem(where, "long")
    value = value.replace("\x00", "").strip()
    if required and not value:
        raise ExchangeProblem(where, "missing")
    return value


def texts(data, key, place, required=False):
    """Return a text in its languages, ``{"ar": …, "fr": …}``; empty ones are left out.

    :raise ExchangeProblem: as :func:`text`, or no language at all where one is required
    """
    value = data.get(key) or {}
    where = f"{place}.{key}".lstrip(".")
    if not isinstance(value, dict):
        raise ExchangeProblem(where, "kind")
    found = {lang: text(value, lang, where) for lang in LANGS}
    found = {lang: one for lang, one in found.items() if one}
    if required and not found:
        raise ExchangeProblem(where, "missing")
    return found


def items(data, key, place, kind=dict):
    """Return a list of an object, with the place of each item.

    :param type kind: of its items
    :raise ExchangeProblem: no list, too long, or an item of another kind
    :return: list of (place, item)
    """
    value = data.get(key) or []
    where = f"{place}.{key}".lstrip(".")
    if not isinstance(value, list):
        raise ExchangeProblem(where, "kind")
    if len(value) > MAX_ITEMS:
        raise ExchangeProblem(where, "long")
    found = [(f"{where}[{number}]", one) for number, one in enumerate(value)]
    for place_of_one, one in found:
        if not isinstance(one, kind):
            raise ExchangeProblem(place_of_one, "kind")
    return found
