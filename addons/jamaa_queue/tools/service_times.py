"""How long a procedure keeps a desk busy: plain Python, no database.

All times are minutes. Three levels lean on one another, so that a procedure seen five times at a desk is not taken
at its word: its mean at the desk (or site) is pulled towards its mean everywhere, and that towards the mean of all
procedures, or towards the minutes its sheet states. The pull is the classical credibility weight n / (n + κ)
(Bühlmann 1967); κ = 20 services weigh as much as what was believed before.

Times that cannot be a service are left out. An agent who forgets to press "finish" leaves a service of an hour; one
who presses it twice leaves one of seconds. What lies outside the fences of Tukey (1977), one and a half quartile
distances beyond the quartiles, is doubtful; the fences are laid on logarithms, because service times are close to
lognormal (Brown and others 2005, J. Am. Stat. Assoc. 100), where they leave out one in 150 good times. Quartiles
bear a quarter of bad times; the 95th or 99th percentile would already be one of them where one service in twenty is
not finished properly. A doubtful time is left out, not cut to the fence: nothing is known of the true one.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable
from itertools import accumulate
from math import exp, log
from typing import NamedTuple

#: So many services weigh as much as the prior mean.
KAPPA = 20
#: A procedure has fences of its own from this number of services on.
LEAST_FOR_FENCE = 20
#: Tukey's factor.
FENCE = 1.5
#: Minutes, where nothing at all is known.
FIRST_GUESS = 6.0
#: Shorter than this, in minutes, is a slip of the finger whatever the history says.
SHORTEST = 0.1
#: The pooled distribution is kept as so many values.
KEPT = 200
#: What is left, in minutes, of a service that has lasted beyond its fence: the agent forgot to close it.
FORGOTTEN_LEFT = 1.0


class Served(NamedTuple):
    """One service that has ended.

    :param procedure: what was done
    :param place: desk or site where it was done
    :param float minutes: from the call to the end, the way to the desk included
    :param bool trusted: False where the record itself is known to be wrong (closed on another day, by a timer)
    """

    procedure: Hashable
    place: Hashable
    minutes: float
    trusted: bool = True


def quantile(ordered, share):
    """The value below which a share of an ordered list lies, straight between neighbours.

    :param ordered: ascending numbers, at least one
    :param float share: 0 to 1
    :return float: the quantile (definition 7 of Hyndman and Fan 1996)
    """
    position = share * (len(ordered) - 1)
    below = int(position)
    if below + 1 >= len(ordered):
        return float(ordered[-1])
    return ordered[below] + (position - below) * (ordered[below + 1] - ordered[below])


def fences(minutes):
    """Bounds outside which a service time is doubtful.

    :param minutes: positive durations, at least one
    :return tuple: lowest and highest believable duration, minutes
    """
    logs = sorted(log(max(value, SHORTEST)) for value in minutes)
    first, third = quantile(logs, 0.25), quantile(logs, 0.75)
    # Where half of the times are alike, quartiles coincide; a fence of no width would throw out every other one.
    reach = FENCE * max(third - first, log(2))
    return exp(first - reach), exp(third + reach)


def shrunk(total, count, prior, kappa=KAPPA):
    """A mean pulled towards what was believed before.

    :param float total: sum of the observations
    :param int count: number of observations
    :param float prior: belief before them, in the same unit
    :param float kappa: number of observations the belief weighs
    :return float: the mean
    """
    return (total + kappa * prior) / (count + kappa)


class ServiceTimes:
    """Expected service times, and how far single services stray from them.

    :param served: iterable of :class:`Served`, of the last ninety days or so
    :param dict typical: procedure -> minutes its sheet states, where known
    :param float kappa: see :func:`shrunk`
    """

    def __init__(self, served, typical=None, kappa=KAPPA):
        self._kappa = kappa
        self._typical = {key: value for key, value in (typical or {}).items() if value and value > 0}
        believed = [one for one in served if one.trusted and one.minutes >= SHORTEST]
        self._lay_fences(believed)
        kept = [one for one in believed if not self.is_doubtful(one.procedure, one.minutes)]
        #: Services the means rest on, and those left out as doubtful.
        self.count, self.left_out = len(kept), len(believed) - len(kept)
        self._take_means(kept)
        self._take_ratios(kept)

    def _lay_fences(self, believed):
        """Fences per procedure where there is enough, and one pair for the rest."""
        by_procedure = defaultdict(list)
        for one in believed:
            by_procedure[one.procedure].append(one.minutes)
        self._fences = {
            procedure: fences(minutes) for procedure, minutes in by_procedure.items() if len(minutes) >= LEAST_FOR_FENCE
        }
        everything = [one.minutes for one in believed]
        low, high = fences(everything) if len(everything) >= LEAST_FOR_FENCE else (SHORTEST, 20 * FIRST_GUESS)
        for procedure, minutes in self._typical.items():
            # A sheet that says forty minutes is believed before the first forty minutes were seen.
            self._fences.setdefault(procedure, (min(low, minutes / 10), max(high, minutes * 4)))
        self._other_fences = low, high

    def _take_means(self, kept):
        sums = defaultdict(float)
        counts = defaultdict(int)
        for one in kept:
            for key in ((), (one.procedure,), (one.procedure, one.place)):
                sums[key] += one.minutes
                counts[key] += 1
        self.overall = shrunk(sums[()], counts[()], FIRST_GUESS, self._kappa)
        self._of_procedure = {}
        for procedure in {one.procedure for one in kept} | set(self._typical):
            prior = self._typical.get(procedure, self.overall)
            key = (procedure,)
            self._of_procedure[procedure] = shrunk(sums[key], counts[key], prior, self._kappa)
        self._of_place = {
            key: shrunk(sums[key], counts[key], self._of_procedure[key[0]], self._kappa)
            for key in counts
            if len(key) == 2
        }

    def _take_ratios(self, kept):
        """The pooled shape: each time as a multiple of its mean, thinned out to :data:`KEPT` values of mean one."""
        ratios = sorted(one.minutes / self.mean(one.procedure, one.place) for one in kept)
        if len(ratios) < LEAST_FOR_FENCE:
            # Without a history: the quantiles of an exponential, the usual assumption of queueing theory.
            ratios = [-log(1 - (step + 0.5) / KEPT) for step in range(KEPT)]
        thinned = [quantile(ratios, (step + 0.5) / KEPT) for step in range(KEPT)]
        middle = sum(thinned) / KEPT
        self._ratios = [value / middle for value in thinned]
        # _beyond[i]: sum of the values from i on, for the mean of what is left.
        self._beyond = list(accumulate(reversed(self._ratios)))[::-1] + [0.0]

    def dump(self):
        """All that is known, as plain lists and numbers to store as JSON; see :meth:`load`.

        Procedures and places are whole numbers then.
        """
        return {
            "overall": self.overall,
            "procedures": list(map(list, self._of_procedure.items())),
            "places": [[procedure, place, mean] for (procedure, place), mean in self._of_place.items()],
            "fences": [[procedure, *ends] for procedure, ends in self._fences.items()],
            "other_fences": list(self._other_fences),
            "ratios": self._ratios,
            "count": self.count,
            "left_out": self.left_out,
        }

    @classmethod
    def load(cls, stored):
        """Build from what :meth:`dump` gave.

        :param dict stored: see :meth:`dump`
        :return ServiceTimes: the same as the one that was dumped
        """
        times = cls(())
        times.overall = stored["overall"]
        times._of_procedure = {procedure: mean for procedure, mean in stored["procedures"]}
        times._of_place = {(procedure, place): mean for procedure, place, mean in stored["places"]}
        times._fences = {procedure: (low, high) for procedure, low, high in stored["fences"]}
        times._other_fences = tuple(stored["other_fences"])
        times._ratios = list(stored["ratios"])
        times._beyond = list(accumulate(reversed(times._ratios)))[::-1] + [0.0]
        times.count, times.left_out = stored["count"], stored["left_out"]
        return times

    def also(self, procedure, like):
        """Let a procedure take as long as another: the same thing in one language takes what it takes in any.

        :param procedure: the new one
        :param like: the one that is known
        """
        if like in self._fences:
            self._fences[procedure] = self._fences[like]
        if like in self._of_procedure:
            self._of_procedure[procedure] = self._of_procedure[like]
        for (known, place), mean in list(self._of_place.items()):
            if known == like:
                self._of_place[procedure, place] = mean

    @property
    def variability(self):
        """Squared coefficient of variation of a service around its mean (0 constant, 1 exponential)."""
        return sum((value - 1) ** 2 for value in self._ratios) / KEPT

    def is_doubtful(self, procedure, minutes):
        """Whether a duration cannot well be a service of this procedure.

        :param procedure: what was done
        :param float minutes: its recorded duration
        :return bool: True for a time to be marked and left out of figures
        """
        low, high = self._fences.get(procedure, self._other_fences)
        return not low <= minutes <= high

    def mean(self, procedure, place=None):
        """Expected minutes of a procedure, at a desk or site where it has been seen there.

        :param procedure: what is done; an unknown one has the mean of all
        :param place: desk or site
        :return float: minutes, more than 0
        """
        found = self._of_place.get((procedure, place))
        return found if found is not None else self._of_procedure.get(procedure, self.overall)

    def remaining(self, procedure, place, elapsed):
        """Expected minutes still to go of a service that has lasted a while.

        The mean of what longer services had left at that point. Beyond the fence the service is taken as one that
        nobody closed.

        :param float elapsed: minutes since the call
        :return float: minutes, never below 0
        """
        if elapsed <= 0:
            return self.mean(procedure, place)
        if elapsed > self._fences.get(procedure, self._other_fences)[1]:
            return FORGOTTEN_LEFT
        mean = self.mean(procedure, place)
        first = bisect_right(self._ratios, elapsed / mean)
        longer = KEPT - first
        if not longer:
            return FORGOTTEN_LEFT
        return mean * self._beyond[first] / longer - elapsed

    def remaining_spread(self, procedure, place, elapsed, steps):
        """Evenly probable values of what is left, from short to long, as :meth:`remaining` has their mean.

        :param int steps: how many values
        :return list: minutes
        """
        mean = self.mean(procedure, place)
        first = bisect_right(self._ratios, max(elapsed, 0) / mean)
        beyond_fence = elapsed > self._fences.get(procedure, self._other_fences)[1]
        if beyond_fence or first == KEPT:
            return [2 * FORGOTTEN_LEFT * (step + 0.5) / steps for step in range(steps)]
        longer = self._ratios[first:]
        return [mean * quantile(longer, (step + 0.5) / steps) - max(elapsed, 0) for step in range(steps)]

    def spread(self, steps):
        """Evenly probable multiples of the mean, from short to long, with mean one.

        :param int steps: how many values
        :return list: numbers
        """
        values = [quantile(self._ratios, (step + 0.5) / steps) for step in range(steps)]
        middle = sum(values) / steps
        return [value / middle for value in values]
