"""Numbers and Latin words inside Arabic lines, each kept in its own order.

The bidirectional algorithm (Unicode UAX 9) reads "2-17-265" or "+212 6 12 34 56 78" after an
Arabic letter from right to left, group by group. A run of its own (``<bdi>``) keeps the order in
which it was written. Fields printed in a tag of their own need nothing; free text does.
"""

import re

from markupsafe import Markup, escape

_ARABIC = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
# From a plus, a digit or a Latin letter to the last digit or letter of the run; a comma or a
# colon joins only without a blank after it, so that a list stays a list.
_LATIN = "A-Za-z\u00c0-\u024f"
_RUN = re.compile(
    rf"[+#@]?[0-9{_LATIN}](?:[0-9{_LATIN}_\-./:?=&%#@+,'’~()]*[0-9{_LATIN}/%]|)"
    rf"(?: [0-9{_LATIN}](?:[0-9{_LATIN}_\-./:?=&%#@+,'’~]*[0-9{_LATIN}/%])?)*"
)


def isolate(text):
    """Return the text as HTML, with runs of digits and Latin words isolated in Arabic lines.

    A line without any letter, such as a telephone number, is isolated whole: it takes the
    direction of what surrounds it. Other lines without Arabic letters are returned as they
    are: their order is right already.

    :param text: plain text or None; it is escaped
    :rtype: Markup
    """
    return Markup("\n").join(_isolate_line(line) for line in str(text or "").split("\n"))


def _isolate_line(line):
    if not _ARABIC.search(line):
        bare = any(sign.isdigit() for sign in line) and not any(sign.isalpha() for sign in line)
        return Markup('<bdi dir="ltr">%s</bdi>') % line if bare else escape(line)
    parts, end = [], 0
    for run in _RUN.finditer(line):
        parts.append(escape(line[end : run.start()]))
        parts.append(Markup('<bdi dir="ltr">%s</bdi>') % run.group())
        end = run.end()
    parts.append(escape(line[end:]))
    return Markup("").join(parts)
