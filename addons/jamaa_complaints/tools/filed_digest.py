"""The fingerprint of what a citizen filed, printed on the receipt.

Anybody who holds the text, the photos and the receipt can compute it again and
see that neither side changed a letter: it is the SHA-256 of a small JSON text
whose form is fixed here and in the addon's readme.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterable

#: Changes whenever the form of the text changes; it is part of the text.
VERSION = 1


def filed_text(kind: str, facts: str, place: str, received: str, photos: Iterable[str]) -> str:
    """Return the text that is hashed.

    :param kind: complaint, remark, proposal or report
    :param facts: the citizen's words
    :param place: the place in the citizen's words, or an empty text
    :param received: day of legal receipt, as YYYY-MM-DD
    :param photos: SHA-256 of each photo as stored, in any order
    """
    filed = {
        "facts": unicodedata.normalize("NFC", facts),
        "kind": kind,
        "photos": sorted(photos),
        "place": unicodedata.normalize("NFC", place),
        "received": received,
        "version": VERSION,
    }
    return json.dumps(filed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def filed_digest(kind, facts, place, received, photos) -> str:
    """Return the SHA-256, in hexadecimal, of :func:`filed_text`."""
    text = filed_text(kind, facts, place, received, photos)
    return hashlib.sha256(text.encode()).hexdigest()


def grouped(digest: str, size: int = 8) -> str:
    """Return a digest in groups a person can compare."""
    return " ".join(digest[start : start + size] for start in range(0, len(digest), size))
