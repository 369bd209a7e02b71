"""Words as the search of procedures compares them, in Arabic, French and Tifinagh letters.

What people type is folded in two steps. ``norm`` takes away what nobody should have to
know: vowel signs, the seat of the hamza, ta marbuta or ha, accents, capitals. ``stem`` also
takes away what grammar adds: the article, plural and feminine endings, doubled consonants.
How a word sounds, whatever its letters, is the matter of ``search_sound``.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from odoo.addons.jamaa_base.tools.public_code import western_digits

from .search_sound import skeletons
from .search_stop_words import STOP_WORDS

#: Longest query read, and most words of it that count: a sentence, not a letter.
QUERY_LIMIT = 200
QUERY_WORDS = 12
#: Longest text of a sheet read, and longest word kept, in characters.
TEXT_LIMIT = 20_000
WORD_LIMIT = 40

_APOSTROPHES = "'’‘ʼ`´ʹ′"
# Little words that lose their vowel before another: l'acte, d'habiter, qu'il.
_ELISION = re.compile(rf"(?<!\w)(?:qu|[cdjlmnst])[{_APOSTROPHES}](?=\w)")
_NO_APOSTROPHE = str.maketrans("", "", _APOSTROPHES)
_WORD = re.compile(r"[^\W_]+")
_ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3]")
# Letters used for each other once hamza and madda are taken away, and those of Moroccan,
# Amazigh and Persian writing that a plain keyboard lacks.
_SAME = {
    "ى": "ي",
    "ی": "ي",
    "ې": "ي",
    "ە": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ة": "ه",
    "ٱ": "ا",
    "ء": "",
    "ـ": "",
    "ک": "ك",
    "گ": "ك",
    "ڭ": "ك",
    "ݣ": "ك",
    "پ": "ب",
    "ڤ": "ف",
    "ڥ": "ف",
    "چ": "ش",
    "ڜ": "ش",
    "œ": "oe",
    "æ": "ae",
}


class _Folding(dict):
    """What becomes of each sign after decomposition, worked out when it first occurs."""

    def __missing__(self, code):
        sign = chr(code)
        if unicodedata.combining(sign) or unicodedata.category(sign) == "Cf":
            # Marks, and invisible signs such as joiners and directions, part no word.
            folded = ""
        else:
            folded = _SAME.get(sign, sign)
        self[code] = folded
        return folded


_FOLDING = _Folding()
# Stands for the cedilla's c while marks are taken away: a private sign that no text holds.
_CEDILLA = "\ue000"
_ARTICLE = re.compile(r"^[وف]?(?:[بكف]?ال|لل)(?=\w{2})")
_ONE_LETTER_PREFIX = re.compile(r"^[وفبلك](?=\w{3})")
_ARABIC_ENDING = re.compile(r"(?<=\w{3})(?:ات|ين|ون|ه|ت)$")
_DOUBLED = re.compile(r"([^\W\d_])\1+")


class Word(NamedTuple):
    """One word in the forms it is compared in.

    ``norm`` as typed but folded, ``stem`` without grammar, ``sounds`` its consonant skeletons.
    """

    norm: str
    stem: str
    sounds: tuple


def _split(text, limit):
    """Return the pieces of a text that are words, lower case, without marks but with the cedilla's c."""
    text = western_digits(str(text or "")[:limit]).casefold()
    text = _ELISION.sub(" ", text).translate(_NO_APOSTROPHE)
    text = text.replace("ç", _CEDILLA).replace("c\u0327", _CEDILLA)
    text = unicodedata.normalize("NFKD", text).translate(_FOLDING).replace(_CEDILLA, "ç")
    return [piece[:WORD_LIMIT] for piece in _WORD.findall(text)]


def is_arabic(word):
    """Whether a word is written in Arabic letters."""
    return bool(_ARABIC.search(word))


def normalise(text, limit=TEXT_LIMIT):
    """Return the words of a text as they are compared, parted by one blank.

    :param text: what somebody wrote, or nothing
    :param int limit: most characters read
    :rtype: str
    """
    return " ".join(piece.replace("ç", "c") for piece in _split(text, limit))


_STOP_WORDS = frozenset(normalise(STOP_WORDS).split())


def without_article(word):
    """Return an Arabic word without its article and what is written together with it (وال، بال، لل)."""
    return _ARTICLE.sub("", word)


def without_prefix(word):
    """Return an Arabic word without a conjunction or preposition of one letter, or nothing.

    ``و ف ب ل ك`` may as well be the word's own first letter, so this is only a second try.
    """
    bare = _ONE_LETTER_PREFIX.sub("", word) if is_arabic(word) else word
    return bare if bare != word else ""


def stem(word):
    """Return a folded word without what grammar adds: article, plural, feminine, doubled consonants."""
    if is_arabic(word):
        return _ARABIC_ENDING.sub("", without_article(word))
    word = _DOUBLED.sub(r"\1", word)
    if word.isascii() and word.isalpha():
        if len(word) >= 4 and word[-1] in "sx":
            word = word[:-1]
        if len(word) >= 5 and word[-1] == "e":
            word = word[:-1]
    return word


@lru_cache(maxsize=50_000)
def _word(piece):
    norm = piece.replace("ç", "c")
    sounded = without_article(norm) if is_arabic(norm) else piece
    return Word(norm, stem(norm), skeletons(sounded))


def is_stop_word(word):
    """Whether a folded word says nothing about the matter: I want, how, of, بغيت، كيفاش، ديال."""
    return word in _STOP_WORDS


def _meaningful(piece):
    return (len(piece) > 1 or piece.isdigit()) and not is_stop_word(piece.replace("ç", "c"))


def words_of(text, limit=TEXT_LIMIT):
    """Return the words of a text that say something, in order.

    :param text: a name, an everyday word or a whole text
    :param int limit: most characters read
    :return: list of :class:`Word`
    """
    return [_word(piece) for piece in _split(text, limit) if _meaningful(piece)]


def query_words(query):
    """Return the words of a query that say something, each once; a long query is cut.

    :return: list of :class:`Word`, empty when only stop words were typed
    """
    found = {word.norm: word for word in words_of(query, QUERY_LIMIT)}
    return list(found.values())[:QUERY_WORDS]
