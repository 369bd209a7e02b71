"""What somebody typed into the answer form of a seat, cell by cell: judged, never guessed. No database."""

#: Arabic-Indic figures are figures too.
_FIGURES = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
WORDS = {
    "yes": ("yes", "y", "oui", "o", "نعم"),
    "no": ("no", "non", "لا"),
    "na": ("na", "n/a", "n", "-", "–", "sans objet", "s.o.", "so", "does not apply", "ne s'applique pas", "لا ينطبق"),
}
_ANSWER_OF = {word: answer for answer, words in WORDS.items() for word in words}
LEVELS = {str(level) for level in range(6)}


def read_answer(raw, kind, may_not_apply):
    """Return what a cell answers.

    :param raw: the value of the cell
    :param str kind: of the item: ``level`` or ``gate``
    :param bool may_not_apply: of the item
    :return: pair of the answer (None for an empty cell) and a code of what is wrong, or None: ``level`` (no level
        from 0 to 5), ``gate`` (neither yes nor no), ``na`` (it applies to everybody)
    """
    if raw is None or not str(raw).strip():
        return None, None
    if isinstance(raw, bool):
        raw = "yes" if raw else "no"
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = " ".join(str(raw).split()).translate(_FIGURES).replace("’", "'").casefold()
    answer = text if text in LEVELS else _ANSWER_OF.get(text)
    if answer == "na":
        return (answer, None) if may_not_apply else (None, "na")
    if kind == "gate":
        return (answer, None) if answer in ("yes", "no") else (None, "gate")
    return (answer, None) if answer in LEVELS else (None, "level")
