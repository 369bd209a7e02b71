"""The arithmetic of indicators: plain Python, no database.

A *path* is what was agreed on: the baseline and the targets, each with its day. Progress is the share of the way
from the baseline to the target, whichever way is better; it is compared with the share the path expects on that day.
Ratios are rolled up by summing numerators and denominators and are never averaged. What was not measured lately has
a state of its own: neither red nor green.

Sources: results-based management as Akvo RSR does it for percentages (sums of parts); trajectories with margins in
percentage points.
"""

from datetime import timedelta
from typing import NamedTuple

#: How often an indicator is measured, in months.
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
#: A value is fresh for so many times its frequency.
FRESH = 1.5
DAYS_PER_MONTH = 365.25 / 12
#: From the best to the worst, as far as the light of many is the worst of them.
LIGHTS = ("green", "none", "stale", "amber", "red")


class Margins(NamedTuple):
    """How far behind is still on track, and how far is only late; in points out of a hundred."""

    green: float = 5.0
    amber: float = 20.0


class Target(NamedTuple):
    """What shall be reached on a day; a range has two ends, else both are the same."""

    day: object
    low: float
    high: float


def made_of(kind, numerator, denominator):
    """Return the value that numerator and denominator make, or None where nothing can be said.

    :param str kind: ``number`` (the numerator alone), ``percent`` or ``ratio``
    """
    if numerator is None:
        return None
    if kind == "number":
        return numerator
    if not denominator:
        return None
    return numerator / denominator * (100.0 if kind == "percent" else 1.0)


def rolled_up(kind, parts):
    """Return the value of the whole made of its parts: sums first, then the ratio. Never a mean of ratios.

    :param parts: pairs (numerator, denominator)
    """
    parts = list(parts)
    if not parts:
        return None
    return made_of(kind, sum(part[0] or 0 for part in parts), sum(part[1] or 0 for part in parts))


def is_stale(last_day, frequency, today):
    """Whether the latest value is older than 1.5 times the frequency.

    :param last_day: end of the latest period with a value; where there is none, the day measuring began
    """
    return today > last_day + timedelta(days=round(FRESH * MONTHS[frequency] * DAYS_PER_MONTH))


def expected_on(day, baseline_day, baseline, targets):
    """Return what the path expects on a day: straight from one point to the next, and the last target from then on.

    :param list targets: of :class:`Target` in the order of their days, none before the baseline
    """
    before_day, before = baseline_day, baseline
    for target in targets:
        if day < target.day:
            whole = (target.day - before_day).days
            share = max((day - before_day).days, 0) / whole if whole > 0 else 1.0
            return before + (target.low - before) * share
        before_day, before = target.day, target.low
    return before


def target_on(day, targets):
    """Return the target that a day works towards: the next one, or the last one when all days are past."""
    return next((target for target in targets if target.day >= day), targets[-1]) if targets else None


def progress(actual, baseline, target):
    """Return the share of the way from the baseline to the target, or None when there is no way to go.

    It is the same for targets that go up and for those that go down; below 0 things got worse.
    """
    return None if baseline is None or target == baseline else (actual - baseline) / (target - baseline)


def _lag_light(points, margins):
    """Return the light of so many points behind."""
    if points <= margins.green:
        return "green"
    return "amber" if points <= margins.amber else "red"


def _range_light(actual, target, margins):
    """Return the light of a value that shall stay between two ends: how far outside, in points of the width."""
    outside = max(target.low - actual, actual - target.high, 0)
    if not outside:
        return "green"
    width = (target.high - target.low) or abs(target.high) or 1.0
    return "amber" if 100.0 * outside / width <= margins.amber else "red"


def _kept_light(actual, target, direction, margins):
    """Return the light of a target that equals the baseline: the level is to be kept."""
    lost = target.low - actual if direction == "up" else actual - target.low
    return _lag_light(100.0 * lost / (abs(target.low) or 1.0), margins)


def light(direction, actual, day, baseline, targets, frequency, today, margins=None):
    """Return how an indicator stands: ``green``, ``amber``, ``red``, ``stale``, or ``none`` when nothing can be said.

    :param str direction: ``up``, ``down`` or ``range``
    :param actual: the latest value, or None
    :param day: end of the period it is about, or None
    :param baseline: pair (day, value); the value may be None, the day too
    :param list targets: of :class:`Target` in the order of their days
    :param Margins margins: of the commune
    """
    margins = margins or Margins()
    baseline_day, start = baseline
    if actual is None or day is None:
        return "stale" if baseline_day and is_stale(baseline_day, frequency, today) else "none"
    if is_stale(day, frequency, today):
        return "stale"
    target = target_on(day, targets)
    if target is None:
        return "none"
    if direction == "range":
        return _range_light(actual, target, margins)
    if start is None or baseline_day is None:
        return "none"
    reached = progress(actual, start, target.low)
    if reached is None:
        return _kept_light(actual, target, direction, margins)
    due = progress(expected_on(min(day, today), baseline_day, start, targets), start, target.low)
    return _lag_light(100.0 * (due - reached), margins)


def worst(lights):
    """Return the light of many: the worst of them, where something not measured lately is worse than on track.

    :return: one of :data:`LIGHTS`; ``none`` when there are none, or none of them says anything
    """
    known = [one for one in lights if one != "none"]
    return max(known, key=LIGHTS.index) if known else "none"


def done_share(actions):
    """Return how much of the weighted actions is done, 0 to 100, or None where there are none.

    :param actions: pairs (weight, whether it is done); what was given up is left out by the caller
    """
    actions = list(actions)
    whole = sum(weight for weight, _done in actions)
    return 100.0 * sum(weight for weight, done in actions if done) / whole if whole else None


def action_light(closed, dropped, start, due, begun, today):
    """Return how an action stands by its dates alone.

    :param bool begun: its stage is past “to do”
    """
    if dropped or not due:
        return "none"
    if closed:
        return "green"
    if due < today:
        return "red"
    late_to_begin = start and start < today and not begun
    return "amber" if late_to_begin else "green"
