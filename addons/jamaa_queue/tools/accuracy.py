"""Were we right? Scores of the bands that were announced, once the waits are known. Plain Python, no database.

Durations are minutes. Errors are wait less forecast: a positive bias means that people waited longer than they were
told. What is scored is the band as it was announced, rounded figures included.

Sources: the interval for a share is Wilson's (1927, J. Am. Stat. Assoc. 22), which holds for few cases and near 0
and 1; the score of a band is Winkler's (1972, J. Am. Stat. Assoc. 67): its width, and for each minute outside it
a penalty, so that neither a band from nought to two hours nor a narrow wrong one scores well.
"""

from math import sqrt
from statistics import fmean
from typing import NamedTuple

#: Ends of the classes by announced wait, minutes.
HORIZONS = (5.0, 15.0, 30.0, 60.0)
#: A figure is published from this number of waits on.
LEAST = 30
#: Share of waits the band is meant to hold.
COVERAGE = 0.8
#: Two-sided 95 %.
Z = 1.959964


class Announced(NamedTuple):
    """A band that was announced, and what came of it.

    :param float expected: minutes expected
    :param float low: lower end announced, minutes
    :param float high: upper end announced, minutes
    :param float waited: minutes until the call, or until the person left
    :param bool called: False when the person left (or was sent home) before the call
    """

    expected: float
    low: float
    high: float
    waited: float
    called: bool = True


class Accuracy(NamedTuple):
    """How right the bands of a period were.

    :param int count: waits that can be judged
    :param int unknown: people who left within the band: nobody knows when they would have been called
    :param coverage: share of waits inside their band, None without waits
    :param coverage_low: lower end of its 95 % interval
    :param coverage_high: upper end of its 95 % interval
    :param shorter: share called before the band began
    :param longer: share that waited beyond its end
    :param error: mean absolute error, minutes (of those called)
    :param bias: mean of wait less forecast, minutes (of those called)
    :param width: mean width of the bands, minutes
    :param winkler: mean score of the bands, minutes; less is better
    """

    count: int
    unknown: int
    coverage: float | None = None
    coverage_low: float | None = None
    coverage_high: float | None = None
    shorter: float | None = None
    longer: float | None = None
    error: float | None = None
    bias: float | None = None
    width: float | None = None
    winkler: float | None = None

    @property
    def published(self):
        """Whether there are enough waits for the figure to be shown to people."""
        return self.count >= LEAST

    @property
    def in_ten(self):
        """How many times in ten the wait was in the band, a whole number; None while there is too little."""
        # Down, not to the nearest: 8.7 times are not said to be nine.
        return int(self.coverage * 10 + 1e-9) if self.published else None


def wilson(hits, count, z=Z):
    """Interval for a share.

    :param int hits: cases that count
    :param int count: all cases, at least one
    :param float z: normal quantile of the wanted certainty
    :return tuple: lower and upper end, 0 to 1
    """
    share = hits / count
    wide = 1 + z * z / count
    middle = (share + z * z / (2 * count)) / wide
    reach = z / wide * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return max(middle - reach, 0.0), min(middle + reach, 1.0)


def winkler(low, high, waited, coverage=COVERAGE):
    """Score of one band: its width, and 2 / (1 - coverage) for each minute the wait lies outside.

    :return float: minutes, less is better
    """
    outside = max(low - waited, waited - high, 0.0)
    return high - low + outside * 2 / (1 - coverage)


def score(announced):
    """Score bands.

    Someone who left after the band had ended waited longer than announced, whenever the call would have come; that
    counts. Someone who left before is counted apart. Leaving them all out would flatter the forecast, for it is long
    waits that people leave.

    :param announced: iterable of :class:`Announced`
    :return Accuracy: the figures
    """
    rows = list(announced)
    judged = [row for row in rows if row.called or row.waited > row.high]
    unknown = len(rows) - len(judged)
    if not judged:
        return Accuracy(0, unknown)
    count = len(judged)
    shorter = sum(row.waited < row.low for row in judged)
    longer = sum(row.waited > row.high for row in judged)
    inside = count - shorter - longer
    errors = [row.waited - row.expected for row in judged if row.called]
    return Accuracy(
        count,
        unknown,
        inside / count,
        *wilson(inside, count),
        shorter / count,
        longer / count,
        fmean(map(abs, errors)) if errors else None,
        fmean(errors) if errors else None,
        fmean(row.high - row.low for row in judged),
        fmean(winkler(row.low, row.high, row.waited) for row in judged),
    )


def score_by_horizon(announced):
    """Score bands by how long a wait they announced.

    :param announced: iterable of :class:`Announced`
    :return dict: (from, to) minutes of the expected wait -> :class:`Accuracy`; ``to`` of the last class is None
    """
    rows = list(announced)
    edges = [0.0, *HORIZONS, None]
    return {
        (start, end): score(
            row for row in rows if (row.expected > start or not start) and (end is None or row.expected <= end)
        )
        for start, end in zip(edges, edges[1:])
    }
