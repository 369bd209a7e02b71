"""How XML files are laid out: well-formed, steps of four spaces, no name given twice."""

import re
from xml.parsers import expat

INDENT = 4
NAMED = {"template", "menuitem"}  # a record may be written in two parts, these may not


def check(path):
    """Return the faults of the XML file `path` as (line, sentence)."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return [(1, "is not UTF-8")]
    faults = _layout(text)
    lines = raw.split(b"\n")
    open_tags, names = [], {}
    parser = expat.ParserCreate()

    def column():
        """Return where the tag at hand starts if it is the first of its line, else None."""
        at = parser.CurrentColumnNumber
        return None if lines[parser.CurrentLineNumber - 1][:at].strip() else at

    def opened(tag, attributes):
        here = column()
        if here is not None and not any(name == "pre" for name, _at in open_tags):
            if here % INDENT:
                faults.append((parser.CurrentLineNumber, f"starts at column {here}, not at a step of {INDENT}"))
        open_tags.append((tag, here))
        name = attributes.get("id")
        if tag in NAMED and name:
            if name in names:
                faults.append((parser.CurrentLineNumber, f"« {name} » was named in line {names[name]} already"))
            names.setdefault(name, parser.CurrentLineNumber)

    def closed(tag):
        _tag, start = open_tags.pop()
        here = column()
        if None not in (here, start) and here != start and tag != "pre":
            faults.append((parser.CurrentLineNumber, f"closes at column {here} what opened at column {start}"))

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    try:
        parser.Parse(raw, True)
    except expat.ExpatError as error:
        faults.append((error.lineno, expat.ErrorString(error.code)))
    return sorted(faults)


def _layout(text):
    """Return the faults that can be seen without reading the XML."""
    faults = []
    if not text.startswith("<?xml"):
        faults.append((1, 'does not start with <?xml version="1.0" encoding="utf-8"?>'))
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line:
            faults.append((number, "has a tab"))
        if line != line.rstrip():
            faults.append((number, "ends with spaces"))
    if not text.endswith("\n") or text.endswith("\n\n"):
        faults.append((text.count("\n") or 1, "does not end with exactly one line end"))
    return faults


def tidy(path):
    """Mend what can be mended without changing the meaning; return whether the file changed."""
    before = path.read_text(encoding="utf-8")
    after = re.sub(r"[ \t]+$", "", before, flags=re.M).rstrip("\n") + "\n"
    if after != before:
        path.write_text(after, encoding="utf-8")
    return after != before
