"""The shape of what is shared: plain words and tables, so that no markup of a user ever reaches a reader."""

import hashlib
import json

SCALARS = (str, int, float, bool, type(None))


def _plain(value):
    return isinstance(value, SCALARS)


def _plain_row(row):
    return isinstance(row, list | tuple) and all(map(_plain, row))


def _is_section(section):
    if not isinstance(section, dict) or not section.keys() <= {"heading", "paragraphs", "table"}:
        return False
    table = section.get("table", {})
    return (
        _plain(section.get("heading", ""))
        and _plain_row(section.get("paragraphs", []))
        and isinstance(table, dict)
        and table.keys() <= {"head", "rows"}
        and _plain_row(table.get("head", []))
        and all(map(_plain_row, table.get("rows", [])))
    )


def is_payload(payload):
    """Whether a payload is sections of headings, paragraphs and tables, once or by language.

    ``{"sections": [{"heading": …, "paragraphs": […], "table": {"head": […], "rows": [[…]]}}]}``,
    or ``{"ar_MA": {"sections": …}, "fr_MA": {"sections": …}}``.
    """
    if not isinstance(payload, dict) or not payload:
        return False
    pages = [payload] if "sections" in payload else list(payload.values())
    return all(
        isinstance(page, dict)
        and page.keys() == {"sections"}
        and isinstance(page["sections"], list | tuple)
        and all(map(_is_section, page["sections"]))
        for page in pages
    )


def sections(payload, lang):
    """The sections of one language; the first one there is where that language is missing."""
    if "sections" in payload:
        return payload["sections"]
    base = (lang or "").split("_")[0]
    best = next((code for code in payload if code == lang), None) or next(
        (code for code in payload if code.split("_")[0] == base), next(iter(payload))
    )
    return payload[best]["sections"]


def canonical(payload):
    """The one text of a payload, which is stored and fingerprinted."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(commune_code, title, kind, text, file_digests):
    """SHA-256 of a shared copy: whose it is, what it is called, what it says, its files."""
    whole = json.dumps([commune_code, title, kind, text, file_digests], ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()
