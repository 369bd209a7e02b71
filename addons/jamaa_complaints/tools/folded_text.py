"""Text as it is compared: without accents, vowel signs, capitals and signs.

Arabic is written in several ways for the same word (hamza or none, ta marbuta or ha);
French with or without accents. Both are folded so that two descriptions of one matter
meet.
"""

import re
import unicodedata

#: Letters people use for each other, after decomposition took hamza and madda away.
_SAME = str.maketrans({"ى": "ي", "ة": "ه", "ٱ": "ا", "ء": None, "ـ": None, "گ": "ك", "ڭ": "ك"})
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def folded(text, limit=2000):
    """Return the words of a text as they are compared.

    :param str text: what somebody wrote, or nothing
    :param int limit: longest result, in characters: more is no better a comparison
    :rtype: str
    """
    text = unicodedata.normalize("NFKD", (text or "")[: limit * 2])
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    text = text.translate(_SAME).translate(_DIGITS).casefold()
    return " ".join(re.findall(r"\w+", text))[:limit].rstrip()
