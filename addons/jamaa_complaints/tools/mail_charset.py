"""Arabic and French letters out of mails, whatever the mail says its charset is."""

import codecs
import re
from email.errors import HeaderParseError
from email.header import decode_header

ARABIC = re.compile("[\u0621-\u064a]")
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
# What programs write where they do not know: nothing is to be believed of it.
WEAK = {"ascii", "iso8859-1", "cp1252", "latin-1"}
#: Longest raw header read; a subject of megabytes is an attack.
HEADER_LIMIT = 20_000


def decode_bytes(data, charset=None):
    """Decode the bytes of a mail, the declared charset being a hint alone.

    Mails say "us-ascii" over windows-1256, and "iso-8859-1" over UTF-8; some name no
    charset or one that does not exist. Text in UTF-8 is hardly ever valid by chance, so
    it is tried first; Arabic of Windows is told from French by its letters.

    :param bytes data: what the mail holds, transfer encoding undone
    :param str charset: what the mail declares
    :return: text; never raises, loses no byte silently
    """
    try:
        name = codecs.lookup((charset or "ascii").strip("\"' ")).name
    except (LookupError, ValueError):
        name = "ascii"
    if name not in WEAK:
        try:
            return data.decode(name)
        except (UnicodeDecodeError, ValueError):
            pass
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    arabic = data.decode("cp1256", errors="replace")
    high = "".join(char for char in arabic if ord(char) > 127)
    if len(ARABIC.findall(high)) > len(LATIN.findall(high)):
        return arabic
    return data.decode("cp1252", errors="replace")


def decode_header_text(value):
    """One header as text: encoded words, raw bytes and folded lines alike.

    :param str value: as the parser keeps it, undecodable bytes as surrogates
    """
    value = str(value or "")[:HEADER_LIMIT]
    raw = value.encode("utf-8", "surrogateescape")
    text = decode_bytes(raw).replace("\r", "").replace("\n", "")
    try:
        chunks = decode_header(text)
    except (HeaderParseError, ValueError):
        return text
    parts = []
    for chunk, charset in chunks:
        if isinstance(chunk, str):
            parts.append(chunk)
        elif charset is None:
            # what stands between encoded words: decode_header escapes what is not ASCII
            parts.append(chunk.decode("raw-unicode-escape", "replace"))
        else:
            parts.append(decode_bytes(chunk, charset))
    return "".join(parts)


def mail_lang(text):
    """The language a mail is answered in: the one of its letters.

    :return: ``fr_MA`` where the text is in Latin letters, else ``ar_MA``
    """
    return "fr_MA" if len(LATIN.findall(text)) > 2 * len(ARABIC.findall(text)) else "ar_MA"
