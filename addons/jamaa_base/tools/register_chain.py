"""How an entry of the register is hashed and chained. No Odoo: an auditor can run it alone."""

import hashlib
import json

#: What stands before the first entry of a commune.
GENESIS = "0" * 64


def canonical(values):
    """Return the one text that stands for `values`: keys sorted, no spaces, letters as they are.

    :param dict values: JSON scalars, or dicts of them
    """
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def payload(company, kind, date, user, model, res_id, facts, private):
    """Return the text whose fingerprint an entry carries.

    :param int company: id of the commune's record
    :param str kind: code of the kind
    :param str date: moment in UTC, to the second (``2026-11-24 08:15:00``)
    :param int user: id of who caused it
    :param str model: kind of record it is about, or an empty text
    :param int res_id: id of that record, or 0
    :param str facts: canonical text of the details
    :param str private: fingerprint of personal details, or an empty text
    """
    return canonical(
        {
            "company": company,
            "kind": kind,
            "date": date,
            "user": user,
            "model": model,
            "id": res_id,
            "facts": facts,
            "private": private,
        }
    )


def digest(text):
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def private_digest(values, salt):
    """Return the fingerprint of personal details.

    Without the salt it says nothing, even of a value that could be guessed: dropping the salt
    erases it, and the chain stays whole because it holds this fingerprint and not the salt.

    :param dict values: personal details
    :param str salt: 128 random bits in hexadecimal
    """
    return digest(salt + canonical(values))


def seal(position, previous, entry_digest):
    """Return the seal of an entry: its place, the seal before it, and what it says.

    :param int position: 1 for the first of a commune
    :param str previous: seal of the entry before, or `GENESIS`
    :param str entry_digest: fingerprint of the entry
    """
    return digest(f"{position}|{previous}|{entry_digest}")
