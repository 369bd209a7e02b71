"""Pictures sent by the public: what is taken, and what is left of it.

A picture is decoded and written anew. What a camera adds (place, time, owner) goes, and so
does anything hidden behind the picture; what cannot be decoded is refused.
"""

import io
from typing import NamedTuple

from PIL import Image, ImageOps, WebPImagePlugin  # noqa: F401  (Odoo loads few formats)

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000  # a 50-megapixel phone; more is a decompression bomb
MAX_SIDE = 2560  # enough to read a street sign, a tenth of the weight

# First bytes of the accepted formats, and of those that are known and refused by name.
_MAGIC = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
)
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif")


class UploadProblem(ValueError):
    """A file that is not taken.

    ``code`` is ``empty``, ``too_large``, ``too_many_pixels``, ``heic``, ``not_a_picture`` or
    ``damaged``; the page turns it into a sentence that says what to do.
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Picture(NamedTuple):
    """A cleaned picture.

    :param bytes data: the newly written file
    :param str mimetype: ``image/jpeg`` or ``image/png``
    :param str extension: ``jpg`` or ``png``, for a name of our own
    :param int width: in pixels
    :param int height: in pixels
    """

    data: bytes
    mimetype: str
    extension: str
    width: int
    height: int


def kind_of(data):
    """Tell a file's format from its first bytes, never from its name or declared type.

    :param bytes data: at least the first 16 bytes
    :return: ``jpeg``, ``png``, ``webp``, ``heic`` or None
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return "heic"
    return None


def clean_image(data, max_bytes=MAX_BYTES, max_side=MAX_SIDE):
    """Return the picture in ``data``, written anew without metadata.

    :param bytes data: the uploaded file
    :param int max_bytes: largest file accepted
    :param int max_side: longer side kept, in pixels
    :rtype: Picture
    :raise UploadProblem: see its codes
    """
    if not data:
        raise UploadProblem("empty")
    if len(data) > max_bytes:
        raise UploadProblem("too_large")
    kind = kind_of(data)
    if kind == "heic":
        raise UploadProblem("heic")
    if kind is None:
        raise UploadProblem("not_a_picture")
    try:
        # Only the decoder of the format seen: Pillow would try others, each one more
        # surface. The size is known before anything is decoded.
        with Image.open(io.BytesIO(data), formats=[kind.upper()]) as source:
            if source.width * source.height > MAX_PIXELS:
                raise UploadProblem("too_many_pixels")
            source.draft("RGB", (max_side, max_side))  # JPEG: decode smaller, cheaper
            picture = ImageOps.exif_transpose(source)  # turn it before the tag is lost
            transparent = "A" in picture.getbands() or "transparency" in picture.info
            picture = picture.convert("RGBA" if transparent else "RGB")
    except UploadProblem:
        raise
    except Image.DecompressionBombError as error:
        raise UploadProblem("too_many_pixels") from error
    except Exception as error:
        # Decoders of hostile files raise anything (OSError, SyntaxError, struct.error …).
        raise UploadProblem("damaged") from error
    picture.thumbnail((max_side, max_side))
    picture.info = {}
    output = io.BytesIO()
    if transparent:
        picture.save(output, "PNG", optimize=True)
        mimetype, extension = "image/png", "png"
    else:
        picture.save(output, "JPEG", quality=82, optimize=True, progressive=True)
        mimetype, extension = "image/jpeg", "jpg"
    return Picture(output.getvalue(), mimetype, extension, picture.width, picture.height)
