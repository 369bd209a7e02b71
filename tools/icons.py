"""Draw the application's icon and the tiles of the languages.

The tiles show a letter, not a flag: a language is no state, and no emblem is shipped.
Run from the top of the tree with Pillow and Debian's ``fonts-noto-core``:
``python3 tools/icons.py``.
"""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

STATIC = Path(__file__).resolve().parent.parent / "addons" / "jamaa_base" / "static"
FONTS = Path("/usr/share/fonts/truetype/noto")
PRIMARY, ACCENT, BLUE, SAND = "#0b5d4e", "#a3472b", "#1d4f91", "#faf6ef"
TILES = (
    ("ar_MA", "ع", "NotoNaskhArabic-Bold.ttf", PRIMARY),
    ("fr_MA", "fr", "NotoSans-Bold.ttf", BLUE),
    ("zgh", "ⵣ", "NotoSansTifinagh-Regular.ttf", ACCENT),
)
SCALE = 8  # drawn larger, then reduced, so that edges are smooth


def gate():
    """A town-hall gate with an open horseshoe arch, 100 by 100 pixels."""
    image = Image.new("RGBA", (100 * SCALE, 100 * SCALE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)

    def box(*corners, fill, radius=0):
        draw.rounded_rectangle([corner * SCALE for corner in corners], radius * SCALE, fill=fill)

    def disc(*corners, fill):
        draw.ellipse([corner * SCALE for corner in corners], fill=fill)

    box(0, 0, 100, 100, fill=PRIMARY, radius=18)
    box(16, 30, 84, 84, fill=SAND, radius=2)
    for left in (16, 31.5, 47, 62.5, 78):
        points = [(left, 31), (left + 6, 31), (left + 6, 25), (left + 3, 20), (left, 25)]
        draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=SAND)
    disc(33, 38, 67, 72, fill=PRIMARY)
    box(38, 60, 62, 84, fill=PRIMARY)
    disc(39, 44, 61, 66, fill=ACCENT)
    box(43, 60, 57, 84, fill=ACCENT)
    box(12, 84, 88, 88, fill=SAND, radius=2)
    return image.resize((100, 100), Image.LANCZOS)


def tile(text, font_name, colour):
    """A language's tile, 60 by 40 pixels."""
    width, height = 60 * SCALE, 40 * SCALE
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle([0, 0, width - 1, height - 1], 40, fill=colour)
    font = ImageFont.truetype(FONTS / font_name, 230)
    left, top, right, bottom = draw.textbbox((0, 0), text, font=font)
    draw.text(((width - right - left) / 2, (height - bottom - top) / 2), text, font=font, fill="white")
    return image.resize((60, 40), Image.LANCZOS)


def main():
    gate().save(STATIC / "description" / "icon.png", optimize=True)
    for code, text, font_name, colour in TILES:
        tile(text, font_name, colour).save(STATIC / "img" / f"lang_{code}.png", optimize=True)


if __name__ == "__main__":
    main()
