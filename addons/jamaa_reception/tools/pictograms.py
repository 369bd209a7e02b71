"""The drawings of the project: 24 px strokes in the colour of the text, written into the page."""

import re
from functools import lru_cache

from markupsafe import Markup

from odoo.tools.misc import file_open

FOLDER = "jamaa_reception/static/src/public/pictograms"
NAMES = (
    "baby", "building", "car", "check", "clock", "collect", "copy", "counter", "death", "family", "home", "id_card",
    "info", "land", "list", "online", "paper", "pay", "phone", "photo", "post", "proxy", "rings", "school", "shop",
    "sign", "stamp", "wait", "walk", "warning", "witness",
)  # fmt: skip
_INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@lru_cache(maxsize=64)
def _drawing(name):
    with file_open(f"{FOLDER}/{name}.svg") as file:
        return _INNER.search(file.read()).group(1).strip()


def pictogram(name):
    """Return a drawing as part of a page, hidden from screen readers; a plain paper for an unknown name.

    :param str name: one of :data:`NAMES`
    """
    drawing = Markup(_drawing(name if name in NAMES else "paper"))
    return (
        Markup(
            '<svg class="jm-icon jm-pictogram" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
            'stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">%s</svg>'
        )
        % drawing
    )
