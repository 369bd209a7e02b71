"""Contrast of two colours as WCAG 2.2 measures it."""

import re

MINIMUM = 4.5  # level AA, text of normal size
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def luminance(colour):
    """Return the relative luminance of ``#rrggbb``, from 0 (black) to 1 (white).

    :raise ValueError: when it is not such a colour
    """
    if not isinstance(colour, str) or not _HEX.fullmatch(colour):
        raise ValueError(colour)
    parts = [int(colour[position : position + 2], 16) / 255 for position in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Return the contrast ratio of two ``#rrggbb`` colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def darker(colour, part=0.7):
    """Return the colour with each channel brought down to ``part``, for pressed buttons."""
    channels = (int(colour[position : position + 2], 16) for position in (1, 3, 5))
    return "#" + "".join(f"{int(channel * part):02x}" for channel in channels)
