"""Make the web and print fonts of jamaa_base from the Noto fonts of the system.

Run by hand when a character is missing or a new Noto version is wanted:

    python3 tools/fonts.py            (re)write addons/jamaa_base/static/fonts
    python3 tools/fonts.py --check    say whether the shipped files hold every character

The source is Debian's package ``fonts-noto-core`` (SIL Open Font License 1.1); needed
besides: ``fonttools`` and ``brotli``. Each face is cut down to the characters a Moroccan
town hall writes, because a public page must stay light (design: at most 150 kB with its
fonts). One woff2 per face serves browsers and the PDF engine alike.
"""

import argparse
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE = Path("/usr/share/fonts/truetype/noto")
TARGET = Path(__file__).parent.parent / "addons" / "jamaa_base" / "static" / "fonts"

# Arabic letters with the Moroccan and Amazigh additions (ڭ ڤ پ چ ژ گ …), vowel signs,
# punctuation, both kinds of digits; Quranic marks are left out. Marks of direction are
# handled by the browser, the guillemets and the ellipsis are shared with Latin.
ARABIC = (
    [0x20, 0xA0, 0xAB, 0xBB, 0x2026, 0x25CC]
    + list(range(0x0606, 0x0610))
    + [0x061B, 0x061E, 0x061F]
    + list(range(0x0621, 0x065F))
    + list(range(0x0660, 0x06D6))
    + list(range(0x06F0, 0x06FA))
    + [0x0762, 0x0763]
    + [0x200C, 0x200D]
)
# Basic Latin, Latin-1, Latin Extended-A (names of foreigners), the letters of Amazigh in
# Latin script, typographic punctuation, arrows, currency and the numero sign.
LATIN = (
    list(range(0x20, 0x7F))
    + list(range(0xA0, 0x180))
    + [0x190, 0x1E6, 0x1E7, 0x25B, 0x263, 0x194, 0x2B7]
    + [0x1E0C, 0x1E0D, 0x1E24, 0x1E25, 0x1E5A, 0x1E5B, 0x1E62, 0x1E63, 0x1E6C, 0x1E6D]
    + [0x1E92, 0x1E93, 0x300, 0x301, 0x302, 0x303, 0x308, 0x327]
    + list(range(0x2010, 0x2028))
    + [0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2116, 0x2122]
    + [0x2212, 0x2260, 0x2264, 0x2265]
)
TIFINAGH = [0x20] + list(range(0x2D30, 0x2D68)) + [0x2D6F, 0x2D70, 0x2D7F]

ARABIC_FEATURES = [
    "ccmp", "isol", "init", "medi", "fina", "rlig", "calt", "liga", "mark", "mkmk", "kern",
]  # fmt: skip
LATIN_FEATURES = ["ccmp", "locl", "mark", "mkmk", "kern", "tnum", "lnum"]

FACES = {
    "NotoNaskhArabic-Regular": (ARABIC, ARABIC_FEATURES),
    "NotoNaskhArabic-Bold": (ARABIC, ARABIC_FEATURES),
    "NotoKufiArabic-Bold": (ARABIC, ARABIC_FEATURES),
    "NotoSans-Regular": (LATIN, LATIN_FEATURES),
    "NotoSans-Bold": (LATIN, LATIN_FEATURES),
    "NotoSansTifinagh-Regular": (TIFINAGH, LATIN_FEATURES),
}


def build(face, codepoints, features):
    """Write one subset face as woff2.

    :param str face: file name of the source font without its suffix
    :param list codepoints: the characters kept
    :param list features: the OpenType features kept
    :return: the size of the written file, in bytes
    """
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = features
    options.hinting = False  # modern screens and PDF do not use it: a third of the weight
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # names and the licence
    options.notdef_outline = True
    font = TTFont(SOURCE / f"{face}.ttf", recalcTimestamp=False)  # same bytes on each run
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codepoints)
    subsetter.subset(font)
    path = TARGET / f"{face}.woff2"
    subset.save_font(font, path, options)
    return path.stat().st_size


def missing(face, codepoints):
    """Return the characters of ``codepoints`` that the shipped face lacks though Noto has them.

    :param str face: file name of the font without its suffix
    :param list codepoints: the characters it should hold
    :return: sorted list of code points
    """
    shipped = set(TTFont(TARGET / f"{face}.woff2").getBestCmap())
    known = set(TTFont(SOURCE / f"{face}.ttf").getBestCmap())
    return sorted((set(codepoints) & known) - shipped)


def main():
    """Build or check all faces; return a process status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only compare, write nothing")
    arguments = parser.parse_args()
    if not SOURCE.is_dir():
        print("The Noto fonts are missing: install the package fonts-noto-core.", file=sys.stderr)
        return 2
    failed = False
    for face, (codepoints, features) in FACES.items():
        if arguments.check:
            lacking = missing(face, codepoints)
            failed = failed or bool(lacking)
            print(face, "complete" if not lacking else " ".join(map("U+{:04X}".format, lacking)))
        else:
            print(f"{face}: {build(face, codepoints, features) / 1000:.1f} kB")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
