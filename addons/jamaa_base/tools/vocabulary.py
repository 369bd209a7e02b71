"""A town hall's words put over upstream's company words.

Odoo's Arabic and French speak of companies, customers and salespersons. This
module holds the rules that turn them into the words of a commune, as data:

- ``data/vocabulary.csv``: substitutions, in order (language, pattern,
  replacement, agreement, remark);
- ``data/vocabulary_forbidden.csv``: what may not be read on any screen;
- ``data/vocabulary_exempt.csv``: the exceptions, each with its reason.

It is plain Python, without Odoo: the checker of the repository uses it too.
"""

import csv
import re
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"

# The language of a commune's screens -> the language of the rules.
LANGUAGES = {"ar_MA": "ar", "fr_MA": "fr"}

_AR_LETTER = "\u0620-\u064a\u0671-\u06d3"
# What Arabic writes in one piece with the word that follows: و ف, then ب ك ل,
# then the article (which after ل becomes لل).
_AR_PREFIX = r"[وف]?(?:[بكل]?ال|لل|[بكل])?"
_AR_WORD = rf"(?<![{_AR_LETTER}])(?P<prefix>{_AR_PREFIX})(?:%s)(?![{_AR_LETTER}])"
# What comes before a French noun and follows its gender and first letter.
_FR_WORD = (
    r"(?<![\w.])(?P<before>(?:(?:du|au|le|la|de|ce|cet|cette|que|nouveau|mon|ton|son)"
    r"\s+(?:nouveau\s+)?|[ld]['’]|qu['’])?)(?:%s)(?!\w|\.\w)"
)

# Agreement of a French replacement -> what its determiner becomes.
#: "elide": the new noun is masculine too, but starts with a vowel.
_ELIDE = {
    "le": "l'",
    "du": "de l'",
    "au": "à l'",
    "de": "d'",
    "que": "qu'",
    "ce": "cet ",
    "nouveau": "nouvel ",
}
#: "open": the new noun is feminine too, but starts with a consonant.
_OPEN = {
    "l'": "la ",
    "d'": "de ",
    "qu'": "que ",
    "mon": "ma ",
    "ton": "ta ",
    "son": "sa ",
}
_AGREEMENTS = {"": {}, "elide": _ELIDE, "open": _OPEN}

# Markup and placeholders are no words that anybody reads.
_UNREAD = re.compile(r"<[^<>]*?>|%\([^)]*\)s|\{\{.*?\}\}|\$\{.*?\}|https?://\S+|\S+@\S+|`[^`]*`", re.DOTALL)
_READ_ATTRIBUTE = re.compile(r"""\b(?:title|alt|placeholder|aria-label|string|help|confirm)\s*=\s*("[^"]*"|'[^']*')""")


def _rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source)


def _like(model, text):
    """Return ``text`` with the capitals of ``model``."""
    if len(model) > 1 and model.isupper():
        return text.upper()
    return text[:1].upper() + text[1:] if model[:1].isupper() else text


class Rule:
    """One substitution of the data file.

    :param lang: ``ar`` or ``fr``
    :param pattern: regular expression of a whole word, or, between ``^`` and
        ``$``, of a whole text
    :param replacement: what is written instead; may refer to groups
    :param agreement: French only: how the determiner before it changes
    """

    def __init__(self, lang, pattern, replacement, agreement=""):
        self.lang = lang
        self.replacement = replacement
        self.agreement = _AGREEMENTS[agreement]
        whole = pattern.startswith("^")
        if whole:
            expression = rf"(?P<{'prefix' if lang == 'ar' else 'before'}>){pattern}"
        else:
            expression = (_AR_WORD if lang == "ar" else _FR_WORD) % pattern
        self.pattern = re.compile(expression, re.IGNORECASE)

    def __call__(self, text):
        return self.pattern.sub(self._write, text)

    def _write(self, match):
        if self.lang == "ar":
            return match["prefix"] + match.expand(self.replacement)
        before, word = match["before"], match[0][len(match["before"]) :]
        return self._determiner(before) + _like(word, match.expand(self.replacement))

    def _determiner(self, before):
        """Make « le », « du », « l' » … agree with the new noun."""
        if not before:
            return before
        parts = before.replace("’", "'").split()
        if len(parts) == 2:  # « le nouveau »: only the adjective touches the noun
            return f"{parts[0]} {self.agreement.get(parts[1].lower(), parts[1] + ' ')}"
        changed = self.agreement.get(parts[0].lower())
        return before if changed is None else _like(parts[0][:1], changed)


@cache
def rules(lang):
    """Return the substitutions of ``ar`` or ``fr``, in the order of the file."""
    return tuple(
        Rule(lang, row["pattern"], row["replacement"], row["agreement"])
        for row in _rows("vocabulary.csv")
        if row["lang"] == lang
    )


def town_hall(lang, text):
    """Return an upstream text in the words of a commune.

    :param lang: ``ar`` or ``fr``
    :param text: a translated text, markup included
    :return: the text, unchanged where no rule applies; applying it twice
        gives the same as once
    """
    written, end = [], 0
    for unread in _UNREAD.finditer(text):
        written += [
            _rewrite(lang, text[end : unread.start()]),
            _READ_ATTRIBUTE.sub(lambda found: _rewrite(lang, found[0]), unread[0]),
        ]
        end = unread.end()
    return "".join([*written, _rewrite(lang, text[end:])])


def _rewrite(lang, text):
    for rule in rules(lang):
        text = rule(text)
    return text


@cache
def _exempt(lang):
    rows = [row["pattern"] for row in _rows("vocabulary_exempt.csv") if row["lang"] == lang]
    return re.compile("|".join(rows) or r"(?!)", re.IGNORECASE)


@cache
def _forbidden(lang):
    word = _AR_WORD if lang == "ar" else r"(?<![\w.])(?:%s)(?!\w|\.\w)"
    rows = [row["pattern"] for row in _rows("vocabulary_forbidden.csv") if row["lang"] == lang]
    return re.compile(word % "|".join(rows), re.IGNORECASE)


def readable(text):
    """Return what a person reads of a text that may hold markup."""
    shown = " \n ".join(_READ_ATTRIBUTE.findall(text)) if "=" in text else ""
    return f"{_UNREAD.sub(' ', text)} {shown}"


def forbidden_words(lang, text):
    """Return the words of ``text`` that no screen of a commune may show.

    :param lang: ``ar`` or ``fr``
    :param text: a translated text, markup included
    :return: list of the words as written, without the exempt expressions
    """
    shown = _exempt(lang).sub(" ", readable(text))
    return [match[0] for match in _forbidden(lang).finditer(shown)]
