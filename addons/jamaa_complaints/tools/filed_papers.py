"""What is filed beside words and photos: a voice note, a scanned paper.

The format is told from the content, never from the name; the name is not kept.
"""

import io
from typing import NamedTuple

from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader

from odoo.addons.jamaa_base.tools.sounds import sound_format
from odoo.addons.jamaa_base.tools.uploads import UploadProblem, clean_image, kind_of

#: A quarter of an hour of speech as phones record it.
VOICE_BYTES = 10 * 1024 * 1024
SCAN_BYTES = 10 * 1024 * 1024


class Paper(NamedTuple):
    """A file that was looked into.

    :param bytes data: what is kept
    :param str mimetype: by its content
    :param str extension: for a name of our own
    """

    data: bytes
    mimetype: str
    extension: str


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
    found = sound_format(data)
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
