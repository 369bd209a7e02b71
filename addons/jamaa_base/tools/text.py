"""Cleaning of text typed by the public."""

import re
import unicodedata

# Controls, and the signs that reorder or hide text: with them a name could be made to read
# differently on a screen than it is stored. Zero-width joiners (200C, 200D) stay: they are
# spelling in Arabic script and parts of emoji.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
_LINES = re.compile(r"\n{3,}")


def clean_text(value, limit, multiline=True):
    """Return text fit to be stored and shown.

    :param value: what came in; anything that is not text counts as empty
    :param int limit: longest length kept, in characters
    :param bool multiline: keep line ends (a facts field) or fold them (a subject)
    :return: composed (NFC) text without controls, direction overrides and outer blanks
    """
    if not isinstance(value, str):
        return ""
    # Cut before the costly steps: a body may hold megabytes of one character.
    value = value[: limit * 4 + 100].replace("\r\n", "\n").replace("\r", "\n")
    value = unicodedata.normalize("NFC", _FORBIDDEN.sub("", value))
    if multiline:
        lines = (re.sub(r"[^\S\n]+$", "", line) for line in value.split("\n"))
        value = _LINES.sub("\n\n", "\n".join(lines))
    else:
        value = " ".join(value.split())
    return value.strip()[:limit].rstrip()


def is_too_long(value, limit):
    """Tell whether ``clean_text`` would cut the text, so that the page can say so.

    Nothing is cut behind a citizen's back: a form refuses a longer text and shows it again.
    """
    return len(clean_text(value, limit * 4 + 100)) > limit
