"""A small line chart as SVG, for papers: no script, no library, both directions of writing."""

from markupsafe import escape

WIDTH, HEIGHT = 640, 180
LEFT, RIGHT, TOP, BOTTOM = 24, 24, 24, 26


def line_chart(points, right_to_left=False, words="{:,.0f}"):
    """Return the SVG of a series.

    :param list points: pairs (label, number or None); None leaves a gap
    :param bool right_to_left: time runs from right to left, as Arabic readers expect
    :param str words: format of the numbers written beside the first, the highest and the last
    :rtype: str
    """
    known = [value for _label, value in points if value is not None]
    if not known:
        return ""
    low, high = min(0, *known), max(known)
    span = (high - low) or 1

    def place(rank):
        share = rank / max(len(points) - 1, 1)
        if right_to_left:
            share = 1 - share
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def level(value):
        return TOP + (1 - (value - low) / span) * (HEIGHT - TOP - BOTTOM)

    runs, run = [], []
    for rank, (_label, value) in enumerate(points):
        if value is None:
            runs.append(run)
            run = []
        else:
            run.append((place(rank), level(value)))
    runs.append(run)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="Noto Sans" font-size="11">',
        f'<path d="M{LEFT} {level(low):.1f}H{WIDTH - RIGHT}" stroke="#7b8794" stroke-width="1"/>',
    ]
    for run in filter(None, runs):
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in run)
        parts.append(f'<path d="{path}" fill="none" stroke="#0b5d4e" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="#0b5d4e"/>' for x, y in run]
    ranks = [rank for rank, (_label, value) in enumerate(points) if value is not None]
    told = {ranks[0], ranks[-1], max(ranks, key=lambda rank: points[rank][1])}
    for rank in sorted(told):
        text = escape(words.format(points[rank][1]))
        parts.append(
            f'<text x="{place(rank):.1f}" y="{level(points[rank][1]) - 7:.1f}" text-anchor="middle">{text}</text>'
        )
    for rank, (label, _value) in enumerate(points):
        if rank % 2 == 0 or len(points) < 8:
            parts.append(
                f'<text x="{place(rank):.1f}" y="{HEIGHT - 8}" text-anchor="middle" fill="#52606d">{escape(label)}</text>'
            )
    return "".join([*parts, "</svg>"])
