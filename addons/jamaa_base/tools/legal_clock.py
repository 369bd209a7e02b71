"""The legal clock: when is an answer due, and by which steps one gets there.

Pure functions, without Odoo, so that anybody can check them with a calendar in hand.

What is counted, and where it comes from
----------------------------------------
* The day of the event (receipt, deposit) is not counted: day 1 is the day after.
* Calendar days: every day counts. Working days: neither the weekly rest nor a holiday counts.
* A time limit that ends on a day of weekly rest or on a holiday is carried to the next
  working day (``roll="next_working"``), or is left where it is (``roll="none"``).
* An extension continues the same count: it is added before a last day is carried over,
  so that no day is won or lost between the two.

Decree 2-17-265 of 23 June 2017 gives the length (two months, sixty days by the press); whether
its days are calendar or working ones, when they start and what happens on a holiday has **not**
been confirmed by a jurist. Carrying a last day over follows what Moroccan civil procedure does
with its own time limits, by analogy only. Every one of these choices is therefore a column of
``jamaa.legal.regime`` and an argument here, never a constant.

Ramadan shortens the hours of administrations, not their days: it does not enter the count.
"""

from collections.abc import Hashable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

#: Saturday and Sunday, as :meth:`datetime.date.weekday` numbers them.
WEEKEND = frozenset({5, 6})
#: Ten years. A longer term is a typing mistake, not a law.
MAX_DAYS = 3660
UNITS = ("calendar", "working")
ROLLS = ("next_working", "none")


class Step(NamedTuple):
    """One step of the count.

    ``kind`` is one of:

    ============  =======================  =========================================
    kind          date                     detail
    ============  =======================  =========================================
    start         the event, not counted   None
    start_closed  the same                 "weekend" or the value of the holiday
    count         last day counted         (days, unit)
    weekends      last one skipped         how many days of weekly rest were skipped
    holiday       the holiday skipped      the value of the holiday
    extension     last day counted         (days, unit)
    roll          a closed last day        "weekend" or the value of the holiday
    due           the day it is due        None
    ============  =======================  =========================================
    """

    kind: str
    date: date
    detail: object


class Due(NamedTuple):
    """The due date and the steps that led to it, in order."""

    date: date
    steps: tuple[Step, ...]


def compute_due(
    start: date,
    days: int,
    unit: str,
    holidays: Mapping[date, Hashable],
    weekend=WEEKEND,
    extension_days: int = 0,
    roll: str = "next_working",
) -> Due:
    """Return the day something is due, with the proof.

    :param start: local date of the event that starts the clock (a date, not a moment: near
        midnight the two differ by a day, and the caller knows the time zone)
    :param days: length in days, 0 to 3660
    :param unit: ``calendar`` or ``working``
    :param holidays: holidays by date; the values are given back in the steps as they are
    :param weekend: days of weekly rest, Monday is 0
    :param extension_days: days added by a decided extension, in the same unit
    :param roll: ``next_working`` carries a closed last day over, ``none`` does not
    :raises TypeError: when ``start`` is a moment or no date
    :raises ValueError: for an unknown unit or roll, a length out of range, or a week
        without working day
    """
    if isinstance(start, datetime) or not isinstance(start, date):
        raise TypeError("start must be a date in local time")
    if unit not in UNITS:
        raise ValueError(f"unknown unit {unit!r}")
    if roll not in ROLLS:
        raise ValueError(f"unknown roll {roll!r}")
    if days < 0 or extension_days < 0 or days + extension_days > MAX_DAYS:
        raise ValueError("the length in days is out of range")
    weekend = frozenset(weekend)
    if weekend.issuperset(range(7)):
        raise ValueError("a week needs a working day")

    def closed(day):
        """Why nobody works on that day, or None. A holiday says more than a weekend."""
        if day in holidays:
            return holidays[day] or "holiday"
        return "weekend" if day.weekday() in weekend else None

    steps = [Step("start", start, None)]
    if reason := closed(start):
        steps.append(Step("start_closed", start, reason))
    current = start
    for kind, length in (("count", days), ("extension", extension_days)):
        if kind == "extension" and not length:
            continue
        if unit == "calendar":
            current += timedelta(days=length)
        else:
            current, skipped = _count_working(current, length, holidays, weekend)
            steps += skipped
        steps.append(Step(kind, current, (length, unit)))
    if roll == "next_working":
        while reason := closed(current):
            steps.append(Step("roll", current, reason))
            current += timedelta(days=1)
    steps.append(Step("due", current, None))
    return Due(current, tuple(steps))


def _count_working(current, length, holidays, weekend):
    """Go ``length`` working days forward; return the day reached and what was skipped."""
    skipped = []
    rest_days, last_rest = 0, None
    while length:
        current += timedelta(days=1)
        if current.weekday() in weekend:
            rest_days, last_rest = rest_days + 1, current
        elif current in holidays:
            skipped.append(Step("holiday", current, holidays[current]))
        else:
            length -= 1
    if rest_days:
        skipped.append(Step("weekends", last_rest, rest_days))
    return current, skipped
