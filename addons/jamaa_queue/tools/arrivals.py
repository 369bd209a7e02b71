"""How many people will come: by weekday and half-hour, with souk days, school and summer. Plain Python, no database.

Expected arrivals of a half-hour are a mean of the weekday and half-hour times a factor for what the day is (souk,
school, summer …), as counts of independent visitors call for (a log-linear model; weekday and time of day with
multiplicative day effects, as in Brown and others 2005). It is fitted by taking turns: the means given the factors,
then the factors given the means, which for counts is the usual likelihood fit. Both are shrunk, so that a kind of
day seen once does not decide on next year.
"""

from collections import defaultdict
from collections.abc import Hashable
from typing import NamedTuple

#: Rounds of the fit; it rests after three or four.
ROUNDS = 8
#: People that the belief "this kind of day is as any other" weighs.
WEIGHT = 60.0
#: Days that the mean over all weekdays weighs for one weekday and half-hour.
WEEKDAY_WEIGHT = 1.0


class DayCount(NamedTuple):
    """The arrivals of one day.

    :param int weekday: 0 for Monday
    :param kinds: what the day is besides: ``souk``, ``school``, ``summer`` …, in a frozenset
    :param tuple counts: people who took a ticket in each half-hour from the opening on
    """

    weekday: int
    kinds: frozenset
    counts: tuple


class Arrivals:
    """Expected arrivals, learned from days.

    :param days: iterable of :class:`DayCount`, closed days left out, all of the same number of half-hours
    :raises ValueError: days of different lengths
    """

    def __init__(self, days):
        days = list(days)
        if len({len(day.counts) for day in days}) > 1:
            raise ValueError("all days must have the same number of half-hours")
        self._slots = len(days[0].counts) if days else 0
        self._factors: dict[Hashable, float] = {}
        self._means = {}
        for _round in range(ROUNDS if days else 0):
            self._fit_means(days)
            self._fit_factors(days)

    def factor(self, kinds):
        """What a day's kinds multiply a usual day by.

        :param kinds: what the day is; one never seen changes nothing
        :return float: factor
        """
        product = 1.0
        for kind in kinds:
            product *= self._factors.get(kind, 1.0)
        return product

    def _fit_means(self, days):
        people, exposure = defaultdict(float), defaultdict(float)
        for day in days:
            factor = self.factor(day.kinds)
            exposure[day.weekday] += factor
            exposure[None] += factor
            for slot, count in enumerate(day.counts):
                people[day.weekday, slot] += count
                people[None, slot] += count
        usual = [people[None, slot] / exposure[None] for slot in range(self._slots)]
        self._means = {
            (weekday, slot): (people[weekday, slot] + WEEKDAY_WEIGHT * usual[slot])
            / (exposure[weekday] + WEEKDAY_WEIGHT)
            for weekday in exposure
            if weekday is not None
            for slot in range(self._slots)
        }
        self._means.update({(None, slot): mean for slot, mean in enumerate(usual)})

    def _fit_factors(self, days):
        # In a fixed order: that of a set differs between processes, and so would the last digits.
        for kind in sorted({kind for day in days for kind in day.kinds}, key=str):
            seen = expected = 0.0
            for day in days:
                if kind in day.kinds:
                    others = self.factor(day.kinds - {kind})
                    seen += sum(day.counts)
                    expected += others * sum(self._means[day.weekday, slot] for slot in range(self._slots))
            self._factors[kind] = (seen + WEIGHT) / (expected + WEIGHT)

    def expected(self, weekday, kinds=()):
        """Expected arrivals of a day.

        :param int weekday: 0 for Monday; one never seen is taken as the mean of the others
        :param kinds: what the day is
        :return list: people for each half-hour from the opening on; empty without history
        """
        factor = self.factor(kinds)
        return [
            factor * self._means.get((weekday, slot), self._means.get((None, slot), 0.0)) for slot in range(self._slots)
        ]
