"""A ticket drawn as a picture: thermal printers write no Arabic, but every one of them prints dots.

Lines are shaped by HarfBuzz (Pillow with Raqm). A line of two scripts is cut into runs, each drawn
in a face that has its letters, in the order of the line's own direction.
"""

import io
import re
from functools import lru_cache

import qrcode
from PIL import Image, ImageDraw, ImageFont
from qrcode.constants import ERROR_CORRECT_M

from odoo.tools import file_path

FONTS = "jamaa_base/static/fonts"
ARABIC, LATIN, TIFINAGH = "NotoKufiArabic-Bold.woff2", "NotoSans-Bold.woff2", "NotoSansTifinagh-Regular.woff2"
#: Sizes of the letters, in hundredths of the width of the paper.
SIZES = {"small": 6.0, "plain": 8.0, "number": 30.0}
_AR, _TFNG = "\u0600-\u08ff\ufb50-\ufefc", "\u2d30-\u2d7f"
_ARABIC = re.compile(f"[{_AR}]")
_TIFINAGH = re.compile(f"[{_TFNG}]")
# Words of Arabic with the blanks between them, Tifinagh, and whatever else.
_RUNS = re.compile(rf"[{_AR}]+(?:[ \u00a0]+[{_AR}]+)*|[{_TFNG}]+|[^{_AR}{_TFNG}]+")
# What is not a letter or a digit, from the first of these to the last, and what is not again.
_CORE = re.compile(r"([^\w]*)((?:\w(?:.*\w)?)?[%]?)([^\w]*)", re.DOTALL)
_MIRRORED = str.maketrans("()[]{}«»<>", ")(][}{»«><")


@lru_cache(maxsize=32)
def _font(name, size):
    return ImageFont.truetype(file_path(f"{FONTS}/{name}"), size, layout_engine=ImageFont.Layout.RAQM)


def _runs(text, size):
    """Cut a line into ``(run, font, direction)``, from left to right as they are seen."""
    rtl = bool(_ARABIC.search(text))
    runs = []
    for run in _RUNS.findall(text):
        if _ARABIC.search(run):
            runs.append((run, _font(ARABIC, size), "rtl"))
        elif _TIFINAGH.search(run):
            runs.append((run, _font(TIFINAGH, size), "ltr"))
        elif rtl:
            # Blanks and brackets around a number or a Latin word go the way of the line, mirrored.
            before, core, after = _CORE.fullmatch(run).groups()
            parts = (before.translate(_MIRRORED)[::-1], core, after.translate(_MIRRORED)[::-1])
            runs += [(part, _font(LATIN, size), "ltr") for part in parts if part]
        else:
            runs.append((run, _font(LATIN, size), "ltr"))
    return runs[::-1] if rtl else runs


def _wide(text, size):
    return sum(font.getlength(run, direction=way) for run, font, way in _runs(text, size))


def _wrapped(text, size, room):
    """Cut a text into lines that fit; a single word that does not is left as long as it is."""
    lines = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _wide(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def draw_ticket(code, above, below, width, link=None):
    """Draw a ticket.

    :param str code: the number as it is called, large
    :param above: ``(text, size)`` lines over it, sizes of :data:`SIZES`
    :param below: the same, under it
    :param int width: of the paper, in dots
    :param str link: text of the QR code at the foot
    :return: a PNG of one bit a dot
    :rtype: bytes
    """
    margin = width // 24
    rows = []
    for text, kind in [*above, (code, "number"), *below]:
        size = round(SIZES[kind] * width / 100)
        rows += [(line, size) for line in _wrapped(text or "", size, width - 2 * margin)]
    code_side = width // 2 if link else 0
    height = margin + sum(_high(size) for _line, size in rows) + (code_side + margin if link else 0) + 2 * margin
    paper = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(paper)
    top = margin
    for line, size in rows:
        left = (width - _wide(line, size)) / 2
        for run, font, way in _runs(line, size):
            pen.text((left, top + size), run, font=font, fill=0, direction=way, anchor="ls")
            left += font.getlength(run, direction=way)
        top += _high(size)
    if link:
        paper.paste(_qr(link, code_side), ((width - code_side) // 2, top + margin))
    output = io.BytesIO()
    # Half-tones would be dithered by the printer; dots are black or white.
    paper.point(lambda tone: 255 if tone > 140 else 0).convert("1").save(output, "PNG")
    return output.getvalue()


def _high(size):
    return round(size * 1.5)


def _qr(link, side):
    picture = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=1)
    picture.add_data(link)
    picture.make(fit=True)
    matrix = picture.get_matrix()
    small = Image.new("L", (len(matrix), len(matrix)))
    small.putdata([0 if dark else 255 for row in matrix for dark in row])
    return small.resize((side, side), Image.Resampling.NEAREST)
