"""The stored text the database searches in, and the one query that picks candidates from it.

PostgreSQL only chooses (``pg_trgm``, one GIN index); ``search_index`` ranks. A ``search_key``
holds each word once, between blanks: its stem and, in capitals, its sounds. Every
condition is a LIKE of letters and digits: fast with the index, exact when checked again, and
nothing a visitor types can act as a wildcard.
"""

from odoo.tools import SQL

from .search_index import allowed_slips
from .search_sound import bare_skeletons
from .search_text import query_words, stem, without_prefix, words_of

#: Most candidates handed to the ranking.
CANDIDATES = 50
#: Longest key, in bytes of UTF-8. Within it a row stays whole on its page: a longer one would be
#: stored apart and read back for every condition, and the planner would not know what that costs.
KEY_LIMIT = 1800
# Fewer letters of a word are everybody's.
_SHORTEST = 3
# All ways in which a word matches add up: the same beginning and the same sound are rarely chance.
_WHOLE, _SOUND, _START, _SOUND_START, _PIECE = 8, 6, 4, 3, 1


def search_key(names, texts=()):
    """Return what is stored to search in.

    :param names: names and everyday words, in all languages: kept with their sounds
    :param texts: texts of the sheet, what says most first: their words fill what room is left
    :return: the words once each, between blanks; empty without words
    """
    terms = {}
    for text in names:
        for word in words_of(text):
            terms |= dict.fromkeys((word.stem, *word.sounds))
    for text in texts:
        terms |= dict.fromkeys(word.stem for word in words_of(text))
    key = " ".join(terms)
    if len(key.encode()) > KEY_LIMIT:
        key = key.encode()[:KEY_LIMIT].decode(errors="ignore").rpartition(" ")[0]
    return f" {key} " if key else ""


def _halves(word):
    """Return patterns of the beginning and the end of a word: one of them outlasts a slip of the pen."""
    if not allowed_slips(len(word)):
        return []
    size = max(_SHORTEST, len(word) // 2)
    return [f"% {word[:size]}%", f"%{word[-size:]} %"]


def _patterns(word):
    """Return ``(worth, LIKE patterns)`` of one word of a query, best way first."""
    bare = without_prefix(word.norm)
    forms = dict.fromkeys(form for form in (word.stem, stem(bare) if bare else "") if form)
    sounds = dict.fromkeys((*word.sounds, *bare_skeletons(word.norm)))
    yield _WHOLE, [f"% {form} %" for form in forms]
    yield _SOUND, [f"% {sound} %" for sound in sounds]
    yield _START, [f"% {word.stem}%"] if len(word.stem) >= _SHORTEST else []
    yield _SOUND_START, [f"% {sound}%" for sound in sounds if len(sound) > _SHORTEST]
    yield _PIECE, _halves(word.stem)


def _loosest(patterns):
    """Return the patterns that no other one implies: what they find is all that any of them finds."""
    bare = {pattern: pattern.strip("%") for pattern in patterns}
    return [pattern for pattern in bare if not any(other != pattern and bare[other] in bare[pattern] for other in bare)]


def _like(column, patterns):
    return SQL(" OR ").join(SQL("%s LIKE %s", column, pattern) for pattern in patterns)


def preselection(query, column):
    """Return the condition that an entry may be meant, and how near it is.

    :param query: what somebody typed
    :param SQL column: the column that holds the ``search_key``
    :return: tuple of two SQL: a condition, and a number that is greater for nearer entries;
        ``None`` when the query says nothing
    """
    conditions, worths = [], []
    for word in query_words(query):
        ways = [(worth, patterns) for worth, patterns in _patterns(word) if patterns]
        conditions += _loosest([pattern for _worth, patterns in ways for pattern in patterns])
        worths += [SQL("(%s)::int * %s", _like(column, patterns), worth) for worth, patterns in ways]
    if not conditions:
        return None
    return SQL("(%s)", _like(column, conditions)), SQL("(%s)", SQL(" + ").join(worths))


def candidates(query, table, column="search_key", where=None, limit=CANDIDATES):
    """Return the query that picks the entries worth ranking.

    The index it uses: ``USING gin (column gin_trgm_ops) WITH (fastupdate = off)``. Sheets change
    seldom; without a list of pending changes a search costs the same before and after a change.

    :param query: what somebody typed
    :param str table: name of the table; its key is ``id``
    :param str column: name of the column that holds the ``search_key``
    :param SQL where: further condition on the table's columns, such as the commune
    :param int limit: most candidates
    :return: SQL of a SELECT of ids, nearest first; ``None`` when the query says nothing
    """
    field = SQL.identifier(table, column)
    chosen = preselection(query, field)
    if not chosen:
        return None
    condition, nearness = chosen
    key = SQL.identifier(table, "id")
    return SQL(
        "SELECT %(key)s FROM %(table)s WHERE %(condition)s AND %(where)s "
        "ORDER BY %(nearness)s DESC, length(%(field)s), %(key)s LIMIT %(limit)s",
        key=key,
        table=SQL.identifier(table),
        condition=condition,
        where=where or SQL("TRUE"),
        nearness=nearness,
        field=field,
        limit=limit,
    )
