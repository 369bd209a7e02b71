"""A file of procedures from somebody else, opened with care: its size, its depth, its number of objects."""

import json

MAX_BYTES, MAX_PROCEDURES, MAX_DEPTH = 5 * 1024 * 1024, 500, 10


class FileProblem(ValueError):
    """Why a file as a whole cannot be read.

    :param str code: ``large``, ``text``, ``json``, ``deep``, ``shape``, ``many``, ``empty``
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def read(raw):
    """Return the objects of a file: one procedure, or a list of them.

    :param bytes raw: the file
    :raise FileProblem: it is too large, no text, no JSON, too deep, something else than objects
    :return: list of whatever stands there; each is judged on its own
    """
    if len(raw) > MAX_BYTES:
        raise FileProblem("large")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileProblem("text") from None
    # Before the parser, which goes as deep as the file does.
    if _depth(text) > MAX_DEPTH:
        raise FileProblem("deep")
    try:
        found = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise FileProblem("json") from None
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        # Half of a pair of code units: no database takes it.
        raise FileProblem("text") from None
    if isinstance(found, dict):
        found = [found]
    if not isinstance(found, list):
        raise FileProblem("shape")
    if not found:
        raise FileProblem("empty")
    if len(found) > MAX_PROCEDURES:
        raise FileProblem("many")
    return found


def _refuse(name):
    """Refuse NaN and the infinities, which are no JSON."""
    raise ValueError(name)


def _depth(text):
    """Return how deep brackets are nested; those inside texts do not count."""
    depth = deepest = 0
    inside = escaped = False
    for letter in text:
        if inside:
            if escaped:
                escaped = False
            elif letter == "\\":
                escaped = True
            elif letter == '"':
                inside = False
        elif letter == '"':
            inside = True
        elif letter in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif letter in "]}":
            depth -= 1
    return deepest
