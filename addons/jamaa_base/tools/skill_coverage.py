"""Who is there, half-hour by half-hour: pure functions, without Odoo.

Hours are floats of a local day: 8.5 is half past eight, 24.0 is midnight. A span that
passes midnight is given with an end above 24 and falls partly on the next day.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

import pytz

STEP = 0.5
Span = tuple[float, float]


class Slot(NamedTuple):
    """One half-hour of one day: how many people are there, and how many per skill."""

    day: int
    start: float
    people: int
    counts: dict

    def missing(self, required):
        """Skills of ``required`` (skill to number of people) that are short here."""
        return {skill for skill, number in required.items() if self.counts.get(skill, 0) < number}


def split_midnight(day: int, spans: Iterable[Span]) -> list[tuple[int, float, float]]:
    """Cut spans at midnight.

    :return: ``(day, start, end)`` with ends up to 24
    """
    cut = []
    for start, end in spans:
        if end <= 24:
            cut.append((day, start, end))
        else:
            cut += [(day, start, 24.0), (day + 1, 0.0, end - 24)]
    return cut


def move_zone(day: date, spans: Iterable[Span], source: str, target: str) -> list[Span]:
    """The same moments read on a clock of another zone.

    Morocco changes its clock for Ramadan and by decree, so the difference depends on the day. The zones are pytz's,
    as all of Odoo's: a system's own zone files may be of an earlier year and an hour off.
    """
    if source == target:
        return list(spans)
    noon = datetime.combine(day, time(12))
    shift = pytz.timezone(target).utcoffset(noon) - pytz.timezone(source).utcoffset(noon)
    hours = shift / timedelta(hours=1)
    return [(start + hours, end + hours) for start, end in spans]


def subtract(spans: Iterable[Span], absences: Iterable[Span]) -> list[Span]:
    """Spans without the times of absences."""
    left = list(spans)
    for gone, back in absences:
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, gone)), (max(start, back), end))
            if piece[0] < piece[1]
        ]
    return left


def coverage(openings: dict[int, list[Span]], people: Iterable[tuple[dict[int, list[Span]], set]]) -> list[Slot]:
    """What is known at a site, half-hour by half-hour of its opening.

    Somebody counts for a half-hour when present from its beginning to its end (or to
    closing time, where that comes first): who leaves at 12:15 is not there at 12:00.

    :param openings: day to open spans
    :param people: for each person, day to working spans, and the skills held
    :return: slots in the order of days and hours
    """
    at_work = []
    for hours, skills in people:
        spans = [span for day, day_spans in hours.items() for span in split_midnight(day, day_spans)]
        at_work.append((spans, skills))
    slots = []
    opened = sorted({span for day, spans in openings.items() for span in split_midnight(day, spans)})
    for day, opens, closes in opened:
        rank = opens // STEP
        while rank * STEP < closes:
            start, end = max(rank * STEP, opens), min((rank + 1) * STEP, closes)
            present = [
                skills
                for spans, skills in at_work
                if any(when == day and begins <= start and ends >= end for when, begins, ends in spans)
            ]
            counts = {}
            for skills in present:
                for skill in skills:
                    counts[skill] = counts.get(skill, 0) + 1
            slots.append(Slot(day, rank * STEP, len(present), counts))
            rank += 1
    return slots
