"""QR codes for papers and pages, drawn as SVG so that they stay sharp at any size."""

from base64 import b64encode

import qrcode
from qrcode.constants import ERROR_CORRECT_M

#: White modules around the code that readers need (ISO/IEC 18004).
QUIET_ZONE = 4
#: Longer texts make modules too small for an old phone's camera.
MAX_LENGTH = 500


def qr_svg(text):
    """Return an SVG picture of a QR code holding ``text``.

    Dark modules of a row are joined into one run: a code of 41 modules is about 6 kB.

    :param str text: what a phone reads, usually a link; 1 to 500 characters
    :raises ValueError: when the text is empty or too long
    """
    if not text or len(text) > MAX_LENGTH:
        raise ValueError("a QR code holds 1 to 500 characters")
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    runs = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            if not row[x]:
                x += 1
                continue
            end = x
            while end < len(row) and row[end]:
                end += 1
            runs.append(f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h{end - x}v1h-{end - x}z")
            x = end
    side = len(matrix) + 2 * QUIET_ZONE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"'
        f' shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/>'
        f'<path d="{"".join(runs)}"/></svg>'
    )


def qr_data_uri(text):
    """Return the same picture as a ``data:`` address, for ``<img src>`` in pages and papers."""
    return f"data:image/svg+xml;base64,{b64encode(qr_svg(text).encode()).decode()}"
