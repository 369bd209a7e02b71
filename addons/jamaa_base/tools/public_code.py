"""The short code a citizen reads on paper or says over the phone.

Eight characters, shown ``XXXX-XXXX``, of an alphabet without the look-alikes 0/O and 1/I.
The first seven are drawn at random (32^7, some 34 thousand million); the eighth is a check
character. The alphabet has 32 signs, so the check is a weighted sum over the field of 32
elements with seven different weights: every single wrong sign and every swap of two signs
is caught, which a plain modulus over 32 would not do.
"""

import re
import secrets

#: The 128-bit tokens of links, as ``secrets.token_urlsafe(16)`` writes them and longer ones.
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 8
_VALUE = {sign: value for value, sign in enumerate(ALPHABET)}
# Digits as Arabic keyboards may give them.
_DIGITS = {ord(sign): str(index % 10) for index, sign in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}


def _times(left, right):
    """Multiply in GF(32), with the polynomial x^5 + x^2 + 1."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 32:
            left ^= 0b100101
        right >>= 1
    return product


def check_character(body):
    """Return the check character of the first seven signs.

    :param str body: seven signs of :data:`ALPHABET`
    :raise KeyError: on a sign outside the alphabet
    """
    total, weight = 0, 2
    for sign in body:
        total ^= _times(_VALUE[sign], weight)
        weight = _times(weight, 2)
    return ALPHABET[total]


def new_code():
    """Draw a code; uniqueness is the caller's business."""
    body = "".join(secrets.choice(ALPHABET) for _position in range(LENGTH - 1))
    return body + check_character(body)


def western_digits(text):
    """Return ``text`` with Arabic and Persian digits written 0–9."""
    return (text or "").translate(_DIGITS)


def normalise(typed):
    """Bring what somebody typed to the stored form.

    :param str typed: any case, with spaces, dashes or Arabic digits
    :return: the eight-sign code, or None when it cannot be one (a typing mistake)
    """
    code = "".join(sign for sign in western_digits(typed)[:64].upper() if sign.isalnum())
    if len(code) != LENGTH or any(sign not in _VALUE for sign in code):
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def show(code):
    """Return a stored code the way it is printed and read out, ``XXXX-XXXX``."""
    return f"{code[:4]}-{code[4:]}" if code else ""
