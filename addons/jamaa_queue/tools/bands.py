"""From an expected wait to the band that is announced: how wrong earlier forecasts were, and round figures.

A forecast made earlier and the wait that followed give a ratio (wait + 1) / (forecast + 1). Eight in ten of the waits
to come lie between the tenth and the ninetieth percentile of these ratios, whatever the reasons of the errors, as
long as tomorrow is like one of the days seen (split conformal prediction: Vovk, Gammerman and Shafer 2005). Short
waits are relatively less certain than long ones, so ratios are kept by the length of the forecast.

The waits of one day err together: where the computer is slow, all are long. What counts as a sample is the day, not
the ticket, so the ranks are taken as if one more day, of the usual number of tickets and of unknown ratios, had been
seen (the hierarchical setting of Lee, Barber and Willett 2023). With few days the band is wide, and narrows by itself.

All durations are minutes. Build a :class:`Calibration` once and keep it for the day: sorting takes some milliseconds.
"""

from collections import deque
from math import ceil, floor
from typing import NamedTuple

#: Share of waits the band is meant to hold.
COVERAGE = 0.8
#: Forecasts of similar length share their ratios: the upper ends of the classes, minutes.
HORIZONS = (3.0, 8.0, 15.0, 25.0, 40.0, 65.0)
#: Ratios of a class that count: the newest ones, so that the band follows the site.
KEPT = 3000
#: A class speaks for itself from this number of ratios, and of days, on; below, its neighbours help.
LEAST, LEAST_DAYS = 30, 5
#: With fewer ratios than :data:`LEAST` in all.
FIRST_BAND = 0.6, 1.5
#: Steps of announced figures: up to so many minutes, in steps of so many.
STEPS = ((30, 5), (90, 10), (240, 15), (float("inf"), 30))
#: From this share of runs that are called before closing, a band is announced without reserve.
SURE_TODAY = 0.9
#: Below this share a ticket is told that it will probably not be served today.
HARDLY_TODAY = 0.3


class Band(NamedTuple):
    """What is announced.

    :param str kind: ``now`` (within minutes), ``under`` (less than ``high``), ``between``, ``doubtful`` (between, but
        it may not be served today), ``unlikely`` (will probably not be served today), ``none`` (nobody serves this
        today any more)
    :param low: minutes, a round figure; None for ``unlikely`` and ``none``
    :param high: minutes, a round figure; None for ``unlikely`` and ``none``
    """

    kind: str
    low: int | None = None
    high: int | None = None


class Calibration:
    """The ratios of a site, and the band they give.

    :param ratios: iterable of (forecast, wait, day), the first two in minutes, oldest first
    :param float coverage: share of waits the band is meant to hold
    """

    def __init__(self, ratios=(), coverage=COVERAGE):
        self._coverage = coverage
        self._classes = [deque(maxlen=KEPT) for _one in range(len(HORIZONS) + 1)]
        self._knots = None
        for forecast, wait, day in ratios:
            self.add(forecast, wait, day)

    def add(self, forecast, wait, day):
        """Learn from a forecast whose wait is known.

        :param float forecast: minutes expected when it was announced
        :param float wait: minutes until the call
        :param day: the day, whatever names it
        """
        self._classes[self._class_of(forecast)].append((forecast, (wait + 1) / (forecast + 1), day))
        self._knots = None

    def dump(self):
        """The lines the bands are read from, as plain lists to store as JSON; see :meth:`load`."""
        if self._knots is None:
            self._knots = self._make_knots()
        return [list(knot) for knot in self._knots]

    @classmethod
    def load(cls, stored):
        """Build from what :meth:`dump` gave; to announce with, not to learn on.

        :param list stored: see :meth:`dump`
        :return Calibration: gives the same bands as the one that was dumped
        """
        calibration = cls()
        calibration._knots = [tuple(knot) for knot in stored]
        return calibration

    @staticmethod
    def _class_of(forecast):
        return sum(forecast > end for end in HORIZONS)

    def _near(self, number):
        """The ratios of a class, with those of its neighbours while they are too few, and their number of days."""
        reach, found = 0, list(self._classes[number])
        while reach < len(self._classes):
            days = len({day for _forecast, _ratio, day in found})
            if len(found) >= LEAST and days >= LEAST_DAYS:
                break
            reach += 1
            for other in (number - reach, number + reach):
                if 0 <= other < len(self._classes):
                    found += self._classes[other]
        return sorted(ratio for _forecast, ratio, _day in found), len({day for _forecast, _ratio, day in found})

    def _ends_of(self, number):
        ratios, days = self._near(number)
        count = len(ratios)
        if count < LEAST:
            return FIRST_BAND
        # The unknown day lies outside the band, half of it on either side; with fewer than four days all ratios are in.
        inside = min(self._coverage * (days + 1) / days, 1.0)
        within = min(ceil((1 + inside) / 2 * count), count)
        return ratios[count - within], ratios[within - 1]

    def _make_knots(self):
        """Forecasts and their ends, between which lines are drawn; later ends are never below earlier ones."""
        middles = []
        for number, kept in enumerate(self._classes):
            below = HORIZONS[number - 1] if number else 0.0
            above = HORIZONS[number] if number < len(HORIZONS) else HORIZONS[-1] * 1.5
            middles.append(
                sum(one for one, _ratio, _day in kept) / len(kept) if len(kept) >= LEAST else (below + above) / 2
            )
        knots, lowest, highest = [], 0.0, 0.0
        for number, middle in enumerate(middles):
            low, high = self._ends_of(number)
            lowest = max(lowest, low * (middle + 1) - 1)
            highest = max(highest, high * (middle + 1) - 1)
            knots.append((middle, lowest, highest))
        return knots

    def ends(self, forecast):
        """The band around a forecast, not rounded.

        A longer forecast never gives a lower end: whoever stands behind is not told less.

        :param float forecast: minutes
        :return tuple: low and high, minutes, not below 0
        """
        if self._knots is None:
            self._knots = self._make_knots()
        knots = self._knots
        if forecast <= knots[0][0]:
            # Down to nothing: the low end in proportion, the high end flat, for a short wait is never sure.
            share = (forecast + 1) / (knots[0][0] + 1)
            return max((knots[0][1] + 1) * share - 1, 0.0), max(knots[0][2], 0.0)
        if forecast >= knots[-1][0]:
            share = (forecast + 1) / (knots[-1][0] + 1)
            return tuple(max((end + 1) * share - 1, 0.0) for end in knots[-1][1:])
        for (left, *ends), (right, *next_ends) in zip(knots, knots[1:]):
            if forecast <= right:
                share = (forecast - left) / (right - left) if right > left else 1.0
                return tuple(max(one + share * (other - one), 0.0) for one, other in zip(ends, next_ends))
        raise AssertionError("a forecast lies between two knots")

    def announce(self, wait):
        """What a ticket is told.

        :param wait: :class:`~.forecast.Wait`
        :return Band: round figures, and what they stand for
        """
        if not wait.possible:
            return Band("none")
        if wait.expected is None or wait.chance < HARDLY_TODAY:
            return Band("unlikely")
        ends = self.ends(wait.expected)
        low, high = rounded(*ends)
        # The play does not know all that may go wrong, the band does: both must end before the desks close.
        if wait.chance < SURE_TODAY or ends[1] > wait.until:
            return Band("doubtful", low, high)
        if low:
            return Band("between", low, high)
        return Band("now" if high <= STEPS[0][1] else "under", 0, high)


def step_at(minutes):
    """The step of round figures around a duration.

    :param float minutes: the duration
    :return int: minutes
    """
    return next(step for until, step in STEPS if minutes <= until)


def rounded(low, high):
    """Round figures for a band: the high end to the nearest one, the low end rather down.

    Whoever is called sooner than told is not there, so a low end is rounded up only over the last quarter of a step.
    Rounding both ends outwards would make a band that holds nine waits in ten, and tells less than is known. Each end
    has the step of its own size: steps by the other end would let a longer wait have a lower figure.

    :param float low: minutes
    :param float high: minutes, not below ``low``
    :return tuple: whole minutes, at least one step apart
    """
    step = step_at(high)
    top = max(floor(high / step + 0.5), 1) * step
    step = step_at(low)
    bottom = floor(low / step + 0.25) * step
    return min(bottom, top - step_at(top)), top


def steadied(shown, elapsed, fresh, forecast):
    """The band to show to someone who has been shown one before: no jump without reason.

    While the newest forecast still lies in the band of before, less the minutes gone by, that band stays; what was
    said keeps its word and the figures do not flicker when a desk opens or closes for a moment.

    :param shown: :class:`Band` shown before, or None
    :param float elapsed: minutes since it was first shown
    :param Band fresh: what the newest forecast gives
    :param forecast: newest expected minutes, or None
    :return Band: the one to show now, counted from now
    """
    if shown is None or forecast is None or shown.high is None or shown.kind != fresh.kind:
        return fresh
    low, high = shown.low - elapsed, shown.high - elapsed
    if high < STEPS[0][1] or not low <= forecast <= high:
        return fresh
    bottom, top = rounded(max(low, 0.0), high)
    # Not wider than the fresh one: nearer to the call more is known.
    bottom, top = max(bottom, fresh.low), min(top, fresh.high)
    return shown._replace(low=bottom, high=top) if bottom < top else fresh
