"""Hours of a day, as pairs of numbers: 8.5 is half past eight."""


def without(spans, pauses):
    """Take pauses out of opening hours.

    :param spans: ``[(8.5, 12.0), (12.5, 16.5)]``
    :param pauses: the same, in any order, overlapping or not
    :return: what is left, sorted, without empty spans
    """
    left = list(spans)
    for start, end in pauses:
        cut = []
        for first, last in left:
            cut += [(first, min(last, start)), (max(first, end), last)]
        left = [(first, last) for first, last in cut if first < last]
    return sorted(left)
