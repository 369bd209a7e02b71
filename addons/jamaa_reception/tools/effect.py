"""Did a share change? Pure functions, without Odoo.

The interval of the difference is Newcombe's: two Wilson intervals put together (R. G. Newcombe,
Interval estimation for the difference between independent proportions, Statistics in Medicine 17,
1998, method 10). It keeps its promise with the small numbers of one desk.
"""

from bisect import bisect_right
from math import sqrt
from statistics import median

#: Normal quantile of a 95 % interval.
Z = 1.959964
#: Under this number of cases on one side nothing is said.
LEAST = 10


def wilson(number: int, total: int) -> tuple[float, float]:
    """Wilson's 95 % interval of the share ``number / total``."""
    share = number / total
    middle = share + Z * Z / (2 * total)
    half = Z * sqrt(share * (1 - share) / total + Z * Z / (4 * total * total))
    scale = 1 + Z * Z / total
    return (middle - half) / scale, (middle + half) / scale


def difference(before: tuple[int, int], after: tuple[int, int]) -> tuple[float, float]:
    """The 95 % interval of share after less share before.

    :param before: number and total
    :param after: number and total
    """
    first, second = before[0] / before[1], after[0] / after[1]
    (low_first, high_first), (low_second, high_second) = wilson(*before), wilson(*after)
    change = second - first
    return (
        change - sqrt((second - low_second) ** 2 + (high_first - first) ** 2),
        change + sqrt((high_second - second) ** 2 + (first - low_first) ** 2),
    )


def verdict(before: tuple[int, int], after: tuple[int, int], higher_is_better: bool) -> str:
    """What may be said of a change.

    :return: ``none`` (no facts on either side), ``few`` (under :data:`LEAST` cases on one side),
        ``unclear`` (the difference may be chance), ``better`` or ``worse``
    """
    if not before[1] and not after[1]:
        return "none"
    if min(before[1], after[1]) < LEAST:
        return "few"
    low, high = difference(before, after)
    if low <= 0 <= high:
        return "unclear"
    return "better" if (low > 0) == higher_is_better else "worse"


def at_most_median(before: list[float], after: list[float]) -> tuple[tuple[int, int], tuple[int, int]]:
    """How many of each side last no longer than the median of both together.

    Two shares that :func:`verdict` can compare: durations have long tails, so that their means say
    little (Mood's median test, A. M. Mood, Introduction to the Theory of Statistics, 1950).

    :param before: durations, in any order
    :param after: durations in the same unit
    :return: number and total before, number and total after
    """
    if not before and not after:
        return (0, 0), (0, 0)
    middle = median([*before, *after])
    return tuple((bisect_right(sorted(side), middle), len(side)) for side in (before, after))
