"""What is filed beside words and photos: a voice note, a scanned paper.

The format is told from the content, never from the name; the name is not kept.
"""

import io
from typing import NamedTuple

from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader

from odoo.addons.jamaa_base.tools.uploads import UploadProblem, clean_image, kind_of

#: A quarter of an hour of speech as phones record it.
VOICE_BYTES = 10 * 1024 * 1024
SCAN_BYTES = 10 * 1024 * 1024
_M4A_BRANDS = (b"M4A ", b"M4B ", b"mp42", b"mp41", b"isom", b"iso2", b"iso5", b"iso6", b"dash")


class Paper(NamedTuple):
    """A file that was looked into.

    :param bytes data: what is kept
    :param str mimetype: by its content
    :param str extension: for a name of our own
    """

    data: bytes
    mimetype: str
    extension: str


def _audio_format(data):
    """Mimetype and extension by the first bytes; None for anything that is no sound."""
    if data.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in data[:64]:
        return "audio/webm", "webm"
    if data.startswith(b"OggS"):
        return "audio/ogg", "ogg"
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "audio/wav", "wav"
    if data[4:8] == b"ftyp" and data[8:12] in _M4A_BRANDS:
        return "audio/mp4", "m4a"
    # An MP3 begins with a tag, or with the eleven set bits of a frame of layer III.
    if data.startswith(b"ID3") or (len(data) > 4 and data[0] == 0xFF and data[1] in (0xFB, 0xFA, 0xF3, 0xF2)):
        return "audio/mpeg", "mp3"
    return None


def clean_voice(data):
    """Take a voice note as it is, after a look at what it is.

    :param bytes data: the uploaded or recorded file
    :rtype: Paper
    :raise UploadProblem: ``empty``, ``too_large`` or ``not_a_sound``
    """
    if not data:
        raise UploadProblem("empty")
    if len(data) > VOICE_BYTES:
        raise UploadProblem("too_large")
    found = _audio_format(data)
    if not found:
        raise UploadProblem("not_a_sound")
    return Paper(data, *found)


def clean_scan(data):
    """Take a scanned paper: a picture is written anew, a PDF is opened and kept as it is.

    :param bytes data: the uploaded file
    :rtype: Paper
    :raise UploadProblem: ``empty``, ``too_large``, ``damaged``, or those of `clean_image`
    """
    if not data:
        raise UploadProblem("empty")
    if len(data) > SCAN_BYTES:
        raise UploadProblem("too_large")
    if kind_of(data):
        return Paper(*clean_image(data)[:3])
    if not data.startswith(b"%PDF-"):
        raise UploadProblem("not_a_picture")
    try:
        # What a stranger's file makes the reader complain about is no matter for the log.
        with mute_logger("pypdf", "PyPDF2"):
            pages = len(PdfFileReader(io.BytesIO(data), strict=False).pages)
    except Exception as problem:
        # Readers of PDF fail in many ways on a file that is none; each says the same to the clerk.
        raise UploadProblem("damaged") from problem
    if not pages:
        raise UploadProblem("damaged")
    return Paper(data, "application/pdf", "pdf")
