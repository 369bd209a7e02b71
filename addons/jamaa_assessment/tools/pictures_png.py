"""The radar of a round as pixels, for text documents: the same shape as `pictures.radar` draws."""

import io

from PIL import Image, ImageDraw, ImageFont

from .pictures import BEFORE, FILL, INK, LEAST_AXES, LINE, SIZE, places, radar_corners

#: Pixels of one unit of the drawing; drawn larger and made smaller, lines are smooth.
SCALE, SMOOTH = 3, 2


def radar_png(values, before=None, right_to_left=False):
    """Return the radar of a round as PNG; empty for fewer than three criteria.

    Parameters as of `pictures.radar`.
    """
    if len(values) < LEAST_AXES:
        return b""
    factor = SCALE * SMOOTH
    picture = Image.new("RGB", (SIZE * factor, SIZE * factor), "white")
    place = places(len(values), right_to_left)

    def points(corners):
        return [(x * factor, y * factor) for x, y in corners]

    pen = ImageDraw.Draw(picture, "RGBA")
    ranks = range(len(values))
    for step in range(1, 6):
        pen.polygon(points(place(rank, step / 5) for rank in ranks), outline=LINE, width=factor)
    font = ImageFont.load_default(13 * factor)
    for rank in ranks:
        pen.line(points([(SIZE / 2, SIZE / 2), place(rank, 1)]), fill=LINE, width=factor)
        pen.text(points([place(rank, 1.14)])[0], str(rank + 1), fill=INK, font=font, anchor="mm")
    former = radar_corners(before or [], place)
    if len(former) >= LEAST_AXES:
        pen.polygon(points(former), outline=BEFORE, width=factor)
    corners = radar_corners(values, place)
    if len(corners) >= LEAST_AXES:
        pen.polygon(points(corners), fill=f"{FILL}2e", outline=FILL, width=2 * factor)
    for x, y in points(corners):
        pen.ellipse([x - 3.5 * factor, y - 3.5 * factor, x + 3.5 * factor, y + 3.5 * factor], fill=FILL)
    output = io.BytesIO()
    picture.resize((SIZE * SCALE, SIZE * SCALE), Image.Resampling.LANCZOS).save(output, "PNG")
    return output.getvalue()
