"""Ranks the procedures that a query may mean: pure Python, the same answer every time.

Each word of the query is matched with each word of the catalogue, best way first: the same
word, the same stem, its beginning, a slip or two of the pen, the same sound. A match counts
more in a name than in a text, and more for a rare word than for one that half the catalogue
holds. What covers the whole query, and what the query covers wholly, comes first.
"""

import math
from collections import defaultdict
from typing import NamedTuple

from .search_sound import bare_skeletons
from .search_text import is_arabic, query_words, stem, without_prefix, words_of

#: Weight of a match by where it was found.
FIELDS = (("names", 3.0), ("words", 2.8), ("text", 1.0))
# How much a match is worth by its way.
SAME, STEM, PREFIXED, BEGINNING, SLIP, SLIPS, SOUND = 1.0, 0.95, 0.85, 0.8, 0.75, 0.55, 0.7
# A short skeleton, one that differs by a consonant, one whose beginning only is there.
SHORT_SOUND, NEAR_SOUND, SOUND_BEGINNING = 0.5, 0.4, 0.45
# Within one script spelling has already been compared; the same sound says less there.
SAME_SCRIPT = 0.8
# A slip that cannot be heard is hardly one.
HEARD = 0.1
# What scores less than this share of the best holds a word of the query by chance.
KEPT = 0.3
# A text that holds the words of the query says less than a name that is made of them.
WHOLE = 0.8


class Entry(NamedTuple):
    """One procedure to be found: its key, its names, its everyday words, the text of its sheet."""

    id: object
    names: tuple
    words: tuple = ()
    text: str = ""


def allowed_slips(length):
    """Return how many slips of the pen a word of some length may hold."""
    return 0 if length < 4 else 1 if length < 8 else 2


def distance(left, right, limit):
    """Return the edit distance (letters left out, added, changed, swapped), or ``limit + 1`` when it is more."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before, row = None, list(range(len(right) + 1))
    for i, sign in enumerate(left, 1):
        last, before, row = before, row, [i]
        for j, other in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (sign != other))
            if last and j > 1 and sign == right[j - 2] and left[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def letters_of(word):
    """Return the set of a word's letters as bits: two words that differ much in it differ much."""
    bits = 0
    for sign in word:
        bits |= 1 << (ord(sign) & 63)
    return bits


class Sought(NamedTuple):
    """One word of a query with all forms that are tried."""

    norm: str
    stem: str
    second: str
    arabic: bool
    letters: int
    sounds: tuple


def sought(word):
    """Return the forms in which a :class:`~.search_text.Word` of a query is looked for."""
    bare = without_prefix(word.norm)
    # After a preposition the article may still be there: لرخصه, والرخصه are one word.
    second = stem(bare) if bare else ""
    sounds = tuple(dict.fromkeys((*word.sounds, *bare_skeletons(word.norm))))
    return Sought(word.norm, word.stem, second, is_arabic(word.norm), letters_of(word.stem), sounds)


def spelled(asked, word, letters):
    """Return how well two words match by their letters, 0 to 1."""
    if asked.norm == word.norm:
        return SAME
    if asked.stem == word.stem:
        return STEM
    if asked.second and asked.second == word.stem:
        return PREFIXED
    mine, other = asked.stem, word.stem
    if len(mine) >= 3 and other.startswith(mine):
        return BEGINNING * (len(mine) / len(other)) ** 0.5
    if len(other) >= 4 and mine.startswith(other):
        return BEGINNING * len(other) / len(mine)
    limit = allowed_slips(min(len(mine), len(other)))
    if not limit or (asked.letters ^ letters).bit_count() > 2 * limit:
        return 0
    slips = distance(mine, other, limit)
    return (0, SLIP, SLIPS)[slips] if 0 < slips <= limit else 0


def sounds_like(mine, other):
    """Return how well two skeletons match, 0 to 1."""
    if mine == other:
        return SOUND if len(mine) > 2 else SHORT_SOUND
    length = len(mine)
    if length >= 4 and other.startswith(mine):
        return SOUND_BEGINNING
    if length >= 5 and abs(length - len(other)) < 2 and distance(mine, other, 1) == 1:
        return NEAR_SOUND
    return 0


class SearchIndex:
    """The words of some entries, made once and asked many times."""

    def __init__(self, entries):
        """Read the entries.

        :param entries: of :class:`Entry`, or tuples ``(id, names, words, text)``
        """
        self._ids = []
        self._strings = []  # (number of the entry, weight of its field, number of words)
        self._places = defaultdict(set)  # word -> numbers of the strings that hold it
        for number, entry in enumerate(entries):
            self._add(number, Entry(*entry))
        self._vocabulary = [(word, letters_of(word.stem), is_arabic(word.norm)) for word in sorted(self._places)]
        self._sounds = defaultdict(list)  # skeleton -> [(word, whether it is in Arabic letters)]
        for word, _bits, arabic in self._vocabulary:
            for sound in word.sounds:
                self._sounds[sound].append((word, arabic))

    def _add(self, number, entry):
        self._ids.append(entry.id)
        for field, weight in FIELDS:
            strings = getattr(entry, field)
            for text in [strings] if isinstance(strings, str) else strings:
                words = set(words_of(text))
                if not words:
                    continue
                for word in words:
                    self._places[word].add(len(self._strings))
                self._strings.append((number, weight, len(words), field != "text"))

    def _matches(self, asked):
        """Return {word of the catalogue: how well it matches} for one word of the query."""
        heard = self._heard(asked)
        found = {}
        for word, letters, arabic in self._vocabulary:
            quality = spelled(asked, word, letters) if arabic == asked.arabic else 0
            if word in heard:
                quality = quality + HEARD if quality in (SLIP, SLIPS) else max(quality, heard[word])
            if quality:
                found[word] = quality
        return found

    def _heard(self, asked):
        """Return {word of the catalogue: how well it sounds like} one word of the query."""
        found = {}
        for other, words in self._sounds.items():
            quality = max((sounds_like(mine, other) for mine in asked.sounds), default=0)
            if quality:
                for word, arabic in words:
                    worth = quality * SAME_SCRIPT if arabic == asked.arabic else quality
                    found[word] = max(found.get(word, 0), worth)
        return found

    def _rarity(self, words):
        """Return how much a word of the query says: more when few entries hold what matches it best."""
        holders = {self._strings[place][0] for word in words for place in self._places[word]}
        return math.log(1 + len(self._ids) / len(holders)) if holders else 0

    def rank(self, query, limit=10):
        """Return the entries that match a query, best first.

        :param query: what somebody typed, in any script
        :param int limit: most results
        :return: list of ``(id, score)``; the order of equal scores is that of the entries given
        """
        best = defaultdict(dict)  # string -> {word of the query: quality}
        rarity = []
        for position, word in enumerate(query_words(query)):
            matches = self._matches(sought(word))
            top = max(matches.values(), default=0)
            rarity.append(self._rarity([match for match, quality in matches.items() if quality >= top - 0.05]))
            for match, quality in matches.items():
                for place in self._places[match]:
                    if quality > best[place].get(position, 0):
                        best[place][position] = quality
        unknown = math.log(1 + len(self._ids)) if self._ids else 0
        rarity = [value or unknown for value in rarity]
        scores = self._scores(best, rarity)
        order = sorted(scores, key=lambda number: (-scores[number], number))
        return [(self._ids[number], scores[number]) for number in order[:limit]]

    def _scores(self, best, rarity):
        """Return {number of the entry: score}, between 0 and about 5."""
        total = sum(rarity) or 1
        per_word = defaultdict(dict)  # entry -> {word of the query: weighted quality}
        whole = defaultdict(float)
        for place, qualities in best.items():
            number, weight, length, counted = self._strings[place]
            mine = per_word[number]
            for position, quality in qualities.items():
                mine[position] = max(mine.get(position, 0), weight * quality)
            if counted:
                asked = sum(rarity[position] * quality for position, quality in qualities.items()) / total
                told = min(1, sum(qualities.values()) / length)
                whole[number] = max(whole[number], weight * 2 * asked * told / (asked + told))
        scores = {}
        for number, mine in per_word.items():
            found = sum(rarity[position] * weighted for position, weighted in mine.items()) / total
            scores[number] = round(found + WHOLE * whole[number], 6)
        return scores


def without_tail(ranked):
    """Return the first of some ranked entries: those that come near the best one.

    :param ranked: list of ``(id, score)``, best first
    """
    return [(key, score) for key, score in ranked if score >= KEPT * ranked[0][1]]


def rank(query, entries, limit=10):
    """Return the entries that match a query, best first.

    :param query: what somebody typed, in any script
    :param entries: of :class:`Entry`, or tuples ``(id, names, words, text)``
    :param int limit: most results
    :return: list of ``(id, score)``
    """
    return SearchIndex(entries).rank(query, limit)
