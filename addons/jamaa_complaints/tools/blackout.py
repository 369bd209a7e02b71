"""Black out parts of a picture, so that what was there is gone from the file."""

import io

from PIL import Image, ImageDraw

from odoo.addons.jamaa_base.tools.uploads import clean_image


def blackout(data, rectangles):
    """Return the picture with black rectangles burned in, written anew without metadata.

    :param bytes data: JPEG, PNG or WebP
    :param rectangles: tuples (left, top, width, height) in percent of the picture;
        what lies outside is cut off
    :rtype: jamaa_base.tools.uploads.Picture
    :raise UploadProblem: no picture
    """
    clean = clean_image(data)
    with Image.open(io.BytesIO(clean.data)) as source:
        picture = source.convert("RGB")
    draw = ImageDraw.Draw(picture)
    across, down = picture.size
    for left, top, width, height in rectangles:
        first = (across * max(left, 0) // 100, down * max(top, 0) // 100)
        # rounded outwards: a line of a face is not left at the edge
        last = (-(-across * min(left + width, 100) // 100), -(-down * min(top + height, 100) // 100))
        draw.rectangle((first, last), fill="black")
    output = io.BytesIO()
    picture.save(output, "PNG")
    return clean_image(output.getvalue())
