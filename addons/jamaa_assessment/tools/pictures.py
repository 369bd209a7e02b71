"""The radar and the bars of a round as SVG: no script, no library, no words.

Axes carry numbers; whoever shows a picture writes the names beside it, in the reader's script. Values are from 0
to 100. None is drawn as a gap: what was not answered is not nought.
"""

from math import cos, pi, sin

INK, LINE, FILL, MUTED = "#1f2933", "#cbd2d9", "#0b5d4e", "#52606d"
BEFORE = "#a3472b"
#: A shape needs three corners; fewer criteria are shown as bars alone.
LEAST_AXES = 3
SIZE, RADIUS = 300, 112


def radar(values, before=None, right_to_left=False):
    """Return the radar of a round.

    :param list values: score of each criterion, or None
    :param list before: the same of the last round, drawn as a dashed line, or None
    :param bool right_to_left: axes go round against the clock
    :return: SVG, or an empty text for fewer than three criteria
    """
    if len(values) < LEAST_AXES:
        return ""
    middle = SIZE / 2
    way = -1 if right_to_left else 1

    def place(rank, share):
        turn = way * 2 * pi * rank / len(values)
        return middle + sin(turn) * RADIUS * share, middle - cos(turn) * RADIUS * share

    def path(points):
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"

    ranks = range(len(values))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}" height="{SIZE}"'
        ' font-family="Noto Sans, sans-serif" font-size="13">'
    ]
    for step in range(1, 6):
        parts.append(f'<path d="{path(place(rank, step / 5) for rank in ranks)}" fill="none" stroke="{LINE}"/>')
    for rank in ranks:
        x, y = place(rank, 1)
        parts.append(f'<path d="M{middle} {middle}L{x:.1f} {y:.1f}" stroke="{LINE}"/>')
        x, y = place(rank, 1.14)
        parts.append(f'<text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle" fill="{INK}">{rank + 1}</text>')
    if before and sum(value is not None for value in before) >= LEAST_AXES:
        corners = [place(rank, value / 100) for rank, value in enumerate(before) if value is not None]
        parts.append(
            f'<path d="{path(corners)}" fill="none" stroke="{BEFORE}" stroke-width="1.5" stroke-dasharray="5 3"/>'
        )
    known = [(rank, value) for rank, value in enumerate(values) if value is not None]
    corners = [place(rank, value / 100) for rank, value in known]
    if len(corners) >= LEAST_AXES:
        parts.append(f'<path d="{path(corners)}" fill="{FILL}" fill-opacity="0.18" stroke="{FILL}" stroke-width="2"/>')
    parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{FILL}"/>' for x, y in corners]
    return "".join([*parts, "</svg>"])


def bar(value, right_to_left=False, band=None):
    """Return one bar from 0 to 100 with a mark at each level; without value, an empty one.

    :param value: score or None
    :param bool right_to_left: it grows from the right
    :param band: low, median and high of the peers on the same scale, drawn as a frame with a line in it, or None
    """
    width = value * 2 if value is not None else 0
    start = 200 - width if right_to_left else 0
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 12" width="200" height="12">',
        f'<rect x="0" y="0" width="200" height="12" fill="#ffffff" stroke="{LINE}"/>',
        f'<rect x="{start:.1f}" y="0" width="{width:.1f}" height="12" fill="{FILL}"/>',
    ]
    parts += [f'<path d="M{place} 0V12" stroke="{LINE}"/>' for place in (40, 80, 120, 160)]
    if band:
        low, middle, high = (200 - place * 2 if right_to_left else place * 2 for place in band)
        left, wide = min(low, high, 197), max(abs(high - low), 3)
        parts.append(
            f'<rect x="{left:.1f}" y="1.5" width="{wide:.1f}" height="9" fill="{BEFORE}" fill-opacity="0.22"'
            f' stroke="{BEFORE}" stroke-width="1.5"/>'
        )
        parts.append(f'<path d="M{middle:.1f} 0V12" stroke="{BEFORE}" stroke-width="2.5"/>')
    return "".join([*parts, "</svg>"])
