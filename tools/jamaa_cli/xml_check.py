"""How XML files are laid out: well-formed, four spaces per level, no name given twice."""

import re
from xml.parsers import expat

INDENT = 4
NAMED = {"record", "template", "menuitem", "report", "asset"}


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

    def leads_line():
        before = lines[parser.CurrentLineNumber - 1][: parser.CurrentColumnNumber]
        return not before.strip(), len(before)

    def expect(depth):
        first, column = leads_line()
        # Inside text whose spaces are shown, the writer decides.
        if first and "pre" not in open_tags and column != INDENT * depth:
            faults.append((parser.CurrentLineNumber, f"starts at column {column}, not {INDENT * depth}"))

    def opened(tag, attributes):
        expect(len(open_tags))
        open_tags.append(tag)
        name = attributes.get("id")
        if tag in NAMED and name:
            if name in names:
                faults.append((parser.CurrentLineNumber, f"« {name} » was named in line {names[name]} already"))
            names.setdefault(name, parser.CurrentLineNumber)

    def closed(_tag):
        open_tags.pop()
        expect(len(open_tags))

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
