"""Whether what somebody says of himself is what the vault holds.

Names are written in many ways: accents, the forms of alef, vowel signs and the order of
given and family name make no difference here; a missing word does.
"""

import re
import unicodedata

from odoo.addons.jamaa_base.tools.public_code import western_digits

_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None})
#: Digits of a telephone number that tell it from others, whatever country prefix was typed.
PHONE_DIGITS = 9


def _words(text):
    flat = unicodedata.normalize("NFKD", text.translate(_ARABIC).casefold())
    flat = "".join(sign for sign in flat if not unicodedata.combining(sign))
    return " ".join(sorted(re.findall(r"\w+", western_digits(flat))))


def _phone(text):
    return re.sub(r"\D", "", western_digits(text))[-PHONE_DIGITS:]


def _id_number(text):
    return re.sub(r"\W", "", western_digits(text)).upper()


_SAME = {"phone": _phone, "national_id": _id_number, "email": lambda text: text.strip().casefold()}


def same(fact, typed, kept):
    """Whether two writings of one fact are the same.

    :param str fact: name, phone, email, address or national_id
    :param str typed: as the clerk wrote down what was said
    :param str kept: as the vault holds it
    """
    bare = _SAME.get(fact, _words)
    left, right = bare(typed or ""), bare(kept or "")
    return bool(left) and left == right
