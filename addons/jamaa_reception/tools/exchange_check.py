"""All that is wrong with an object of the exchange format, not only the first thing: a pure function.

The reader stops at the first problem, which is right for writing; who mends a file wants to
know all of them at once. What passes here is read.
"""

import re
from datetime import date

from odoo.addons.jamaa_base.tools.exchange import LANGS, MAX_ITEMS, MAX_TEXT, ExchangeProblem

#: Says which format a file has.
FORMAT = "jamaa-procedure/1"
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
FORMS = ("original", "shown", "copy", "original_and_copy", "form")
SILENCE = ("unknown", "none", "agreement", "refusal")
WHAT = ("done", "deposit", "information", "not_here")
#: Longest list of problems of one object: a file of another kind has thousands.
MAX_PROBLEMS = 50
#: What is left out of a draft rather than refused: the commune chooses it anew.
LEFT_OUT = "left_out"


def problems(data, known):
    """Return what is wrong with one object.

    :param data: the object, whatever it is
    :param dict known: codes there are: ``life_events``, ``audiences``, ``channels``,
        ``categories``, ``kinds`` (of sites), ``regimes``
    :return: list of :class:`~odoo.addons.jamaa_base.tools.exchange.ExchangeProblem`; those of code ``left_out`` do no harm
    """
    if not isinstance(data, dict):
        return [ExchangeProblem("", "kind")]
    if data.get("format") != FORMAT:
        return [ExchangeProblem("format", "format")]
    check = _Check(known)
    check.procedure(data)
    return check.found[:MAX_PROBLEMS]


class _Check:
    """Walks an object and notes what is wrong."""

    def __init__(self, known):
        self.known = known
        self.found = []

    def note(self, place, code):
        if len(self.found) <= MAX_PROBLEMS:
            self.found.append(ExchangeProblem(place, code))

    # ---------- kinds of values ----------

    def text(self, data, key, place, required=False):
        """Note what is wrong with one text; return it, or an empty one."""
        value = data.get(key)
        where = f"{place}.{key}".lstrip(".")
        if value is not None and not isinstance(value, str):
            self.note(where, "kind")
            return ""
        value = (value or "").replace("\x00", "").strip()
        if len(value) > MAX_TEXT:
            self.note(where, "long")
        if required and not value:
            self.note(where, "missing")
        return value

    def texts(self, data, key, place, required=False):
        value = data.get(key) or {}
        where = f"{place}.{key}".lstrip(".")
        if not isinstance(value, dict):
            self.note(where, "kind")
            return
        before = len(self.found)
        found = [self.text(value, lang, where) for lang in LANGS]
        if required and not any(found) and len(self.found) == before:
            self.note(where, "missing")

    def items(self, data, key, place, kind=dict):
        """Return the items of the right kind, with their places."""
        value = data.get(key) or []
        where = f"{place}.{key}".lstrip(".")
        if not isinstance(value, list):
            self.note(where, "kind")
            return []
        if len(value) > MAX_ITEMS:
            self.note(where, "long")
            return []
        found = []
        for number, one in enumerate(value):
            if isinstance(one, kind):
                found.append((f"{where}[{number}]", one))
            else:
                self.note(f"{where}[{number}]", "kind")
        return found

    def part(self, data, key, place):
        """Return an object inside an object; an empty one where there is none."""
        value = data.get(key) or {}
        if isinstance(value, dict):
            return value
        self.note(f"{place}.{key}".lstrip("."), "kind")
        return {}

    def codes(self, data, key, place, allowed):
        for where, one in self.items(data, key, place, str):
            if one not in allowed:
                self.note(where, "unknown")

    def choice(self, data, key, place, allowed, default=None):
        value = data.get(key, default)
        if not isinstance(value, str) or value not in allowed:
            self.note(f"{place}.{key}", "unknown")

    def number(self, value, place, least, most, whole=False):
        right = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
        if not right or not least <= value <= most:
            self.note(place, "kind")

    def address(self, data, key, place):
        """Note an address that is none: a link on a page leads to http and https only."""
        value = self.text(data, key, place)
        if value and not ADDRESS.fullmatch(value):
            self.note(f"{place}.{key}".lstrip("."), "address")

    def day(self, data, key, place):
        value = data.get(key)
        if not value:
            return
        try:
            date.fromisoformat(value)
        except (TypeError, ValueError):
            self.note(f"{place}.{key}", "kind")

    def when(self, data, place, answers):
        for where, one in self.items(data, "when", place, str):
            if one not in answers:
                self.note(where, "unknown")

    # ---------- the parts of a procedure ----------

    def procedure(self, data):
        code = self.text(data, "code", "", required=True)
        if code and not CODE.fullmatch(code):
            self.note("code", "kind")
        self.text(data, "variant", "")
        self.texts(data, "name", "", required=True)
        self.codes(data, "life_events", "", self.known["life_events"])
        self.codes(data, "audiences", "", self.known["audiences"])
        for key in ("words", "related"):
            for where, one in self.items(data, key, "", str):
                if "\x00" in one:
                    self.note(where, "kind")
        places = self.part(data, "sites", "")
        for what in WHAT:
            self.codes(places, what, "sites", self.known["kinds"])
        self.texts(places, "note", "sites")
        sheet = data.get("sheet")
        if not isinstance(sheet, dict):
            self.note("sheet", "missing" if sheet is None else "kind")
            return
        self.sheet(sheet)

    def sheet(self, data):
        self.texts(data, "summary", "sheet")
        for place, one in self.items(data, "steps", "sheet"):
            self.texts(one, "text", place, True)
            self.text(one, "pictogram", place)
        answers = self.questions(data)
        references = self.laws(data)
        self.pieces(data, answers)
        self.fees(data, answers, references)
        regime = self.text(data, "regime", "sheet")
        if regime and regime not in self.known["regimes"]:
            self.note("sheet.regime", LEFT_OUT)
        silence = self.part(data, "silence", "sheet")
        self.choice(silence, "effect", "sheet.silence", SILENCE, "unknown")
        self.texts(silence, "text", "sheet.silence")
        output = self.part(data, "output", "sheet")
        for key in ("name", "validity"):
            self.texts(output, key, "sheet.output")
        for key in ("authority", "appeal"):
            self.texts(data, key, "sheet")
        self.codes(data, "channels", "sheet", self.known["channels"])
        self.address(data, "online_link", "sheet")
        seen = set()
        for place, one in self.items(data, "access", "sheet"):
            self.choice(one, "category", place, self.known["categories"])
            self.texts(one, "how", place, True)
            if isinstance(one.get("category"), str):
                if one["category"] in seen:
                    self.note(f"{place}.category", "twice")
                seen.add(one["category"])

    def questions(self, data):
        answers = set()
        for place, one in self.items(data, "questions", "sheet"):
            key = self.text(one, "key", place, True)
            self.texts(one, "text", place, True)
            self.when(one, place, answers)
            mine = set()
            for where, answer in self.items(one, "answers", place):
                mine.add(f"{key}.{self.text(answer, 'key', where, True)}")
                self.texts(answer, "text", where, True)
            answers |= mine
        return answers

    def laws(self, data):
        references = set()
        for place, one in self.items(data, "legal", "sheet"):
            self.texts(one, "name", place, True)
            references.add(self.text(one, "reference", place))
            self.text(one, "article", place)
            self.day(one, "dated", place)
            self.address(one, "url", place)
        return references

    def pieces(self, data, answers):
        for place, one in self.items(data, "pieces", "sheet"):
            self.texts(one, "name", place, True)
            for key in ("delivered_by", "note"):
                self.texts(one, key, place)
            for key in ("pictogram", "key"):
                self.text(one, key, place)
            self.choice(one, "form", place, FORMS, "copy")
            self.number(one.get("count", 1), f"{place}.count", 1, 20, whole=True)
            self.when(one, place, answers)

    def fees(self, data, answers, references):
        for place, one in self.items(data, "fees", "sheet"):
            self.texts(one, "label", place, True)
            self.number(one.get("amount") or 0, f"{place}.amount", 0, 10**7)
            channel = self.text(one, "channel", place)
            if channel and channel not in self.known["channels"]:
                self.note(f"{place}.channel", LEFT_OUT)
            reference = self.text(one, "legal", place)
            if reference and reference not in references:
                self.note(f"{place}.legal", LEFT_OUT)
            self.when(one, place, answers)
