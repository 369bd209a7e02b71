"""Whether a text names somebody: what a moderator overlooked is told before it is published."""

import re
import unicodedata

_EMAIL = re.compile(r"\S+@\S+\.\S+")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_PHONE = re.compile(r"(?:\d[\s.\-/()]?){8,}")
_NUMBER = re.compile(r"\d{5,}")
_NATIONAL_ID = re.compile(r"\b[a-z]{1,2}\s?\d{4,7}\b")
#: Letters of a part of a name that says something; shorter ones (Ben, El, بن) are in any text.
SHORTEST = 4
_HARAKAT = re.compile("[\u064b-\u065f\u0670\u0640]")


def plain(text):
    """Return text as it is compared: without case, accents, Arabic vowel signs; digits as 0-9."""
    text = unicodedata.normalize("NFKD", (text or "").translate(_DIGITS)).casefold()
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return " ".join(_HARAKAT.sub("", text).split())


def reasons(text, names=(), secrets=()):
    """Return what in a text may tell a person: set of ``name``, ``secret``, ``email``, ``phone``, ``number``.

    :param str text: what is to be published
    :param names: names of persons; each part of some length counts
    :param secrets: other values that must not appear (numbers, addresses)
    """
    words, found = plain(text), set()
    parts = {part for name in names for part in re.split(r"[^\w]+", plain(name)) if len(part) >= SHORTEST}
    told = set(re.split(r"[^\w]+", words))
    if parts & told:
        found.add("name")
    if any(plain(secret) in words for secret in secrets if len(plain(secret)) >= SHORTEST):
        found.add("secret")
    if _EMAIL.search(words):
        found.add("email")
    if _PHONE.search(words):
        found.add("phone")
    if _NUMBER.search(words) or _NATIONAL_ID.search(words):
        found.add("number")
    return found
