"""Proof of work: a little computing that a person does not notice and a flood does.

The browser looks for a number such that SHA-256 of ``challenge:number`` begins with some
zero bits; the server checks it with one hash. Nothing about the visitor is gathered and no
third party is asked. ``static/src/public/proof_of_work.js`` is the other half.
"""

import hashlib

DEFAULT_BITS = 15  # 33 thousand hashes on average: about a second on an old phone
MAX_BITS = 22


def digest(challenge, number):
    """Return the hash that counts, as bytes."""
    return hashlib.sha256(f"{challenge}:{number}".encode()).digest()


def is_solved(challenge, number, bits):
    """Tell whether ``number`` answers the challenge.

    :param str challenge: the key of the form token, so that each form asks its own work
    :param str number: what the browser found, in decimal digits
    :param int bits: how many leading zero bits are asked; 0 asks nothing
    """
    if bits <= 0:
        return True
    if not isinstance(number, str) or not number.isascii() or not number.isdigit():
        return False
    if len(number) > 12:
        return False
    return int.from_bytes(digest(challenge, number), "big") >> (256 - bits) == 0


def solve(challenge, bits):
    """Find an answer; for tests and for clients of ours that post forms."""
    number = 0
    while not is_solved(challenge, str(number), bits):
        number += 1
    return str(number)
