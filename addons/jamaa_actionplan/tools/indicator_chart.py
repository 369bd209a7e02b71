"""The line of an indicator as SVG: what was measured, against the path from the baseline to the targets."""

from markupsafe import escape

WIDTH, HEIGHT = 640, 220
SIDE, TOP, BOTTOM = 40, 24, 30
MEASURED, AGREED, AXIS, WORDS = "#0b5d4e", "#b45309", "#7b8794", "#52606d"


def indicator_chart(path, measured, words, right_to_left=False):
    """Return the picture; a period that was not measured has no point, and is nothing like zero.

    :param list path: pairs (day, value) of the baseline and the targets, in the order of their days
    :param list measured: pairs (day, value), in the order of their days
    :param words: function that says a value, such as « 62 % »
    :param bool right_to_left: time runs from right to left, as Arabic readers expect
    :return: the SVG, or an empty string where there is nothing to draw
    """
    points = [*path, *measured]
    if not points:
        return ""
    first, last = min(day for day, _value in points), max(day for day, _value in points)
    low, high = min(0, *(value for _day, value in points)), max(0, *(value for _day, value in points))
    whole, span = (last - first).days or 1, (high - low) or 1

    def place(day):
        share = (day - first).days / whole
        return SIDE + (1 - share if right_to_left else share) * (WIDTH - 2 * SIDE)

    def level(value):
        return TOP + (1 - (value - low) / span) * (HEIGHT - TOP - BOTTOM)

    def line(row, colour, dashes=""):
        drawn = "L".join(f"{place(day):.1f} {level(value):.1f}" for day, value in row)
        return f'<path d="M{drawn}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>'

    def say(row, colour, above):
        for day, value in row:
            text = escape(words(value))
            y = level(value) + (-8 if above else 16)
            yield f'<text x="{place(day):.1f}" y="{y:.1f}" text-anchor="middle" fill="{colour}">{text}</text>'

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="Noto Sans" font-size="11">',
        f'<path d="M{SIDE} {level(0):.1f}H{WIDTH - SIDE}" stroke="{AXIS}" stroke-width="1"/>',
    ]
    if path:
        # dashes tell the two lines apart without colours
        parts.append(line(path, AGREED, ' stroke-dasharray="6 4"'))
        parts += [
            f'<rect x="{place(day) - 3:.1f}" y="{level(value) - 3:.1f}" width="6" height="6" fill="{AGREED}"/>'
            for day, value in path
        ]
        parts += say(path, AGREED, above=True)
    if measured:
        parts.append(line(measured, MEASURED))
        parts += [
            f'<circle cx="{place(day):.1f}" cy="{level(value):.1f}" r="3" fill="{MEASURED}"/>'
            for day, value in measured
        ]
        parts += say(measured[-1:], MEASURED, above=False)
    ends = [first, last] if first != last else [first]
    parts += [
        f'<text x="{place(day):.1f}" y="{HEIGHT - 8}" text-anchor="middle" fill="{WORDS}">{day.strftime("%m/%Y")}</text>'
        for day in ends
    ]
    return "".join([*parts, "</svg>"])
