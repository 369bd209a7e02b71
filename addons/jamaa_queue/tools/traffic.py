"""Invented days at a reception, for tests, measurements and demonstration: plain Python, no database.

The days are believable, not true: people come by weekday and half-hour, more on the day of the souk, when school
begins and in summer when families living abroad are home; some leave, some have a credit; agents come late, take
a pause nobody planned, forget to press "finish". A seed always gives the same day.

All times are minutes of the site's day, all durations minutes. What a day holds as ``recorded`` is what a system
would have seen; ``truth`` is what happened.
"""

from collections.abc import Hashable
from datetime import date
from heapq import heapify, heappop, heappush
from math import exp, log, sqrt
from random import Random
from typing import NamedTuple

#: Share of a day's people by half-hour from 8:30 on; no one is sent away at noon.
HALF_HOURS = (6, 9, 11, 11, 10, 9, 7, 5, 3, 3, 5, 6, 6, 5, 3, 1)
#: On a souk day people come early and go home early.
SOUK_HALF_HOURS = (12, 15, 15, 13, 10, 8, 6, 4, 2, 2, 3, 3, 3, 2, 1, 1)
#: On Friday hardly anybody comes around the noon prayer.
FRIDAY_HALF_HOURS = (8, 11, 13, 13, 11, 9, 5, 1, 1, 1, 3, 6, 7, 6, 4, 1)
#: Monday to Sunday, a usual day being 1.
WEEKDAYS = (1.15, 1.0, 0.95, 0.95, 0.85, 0.0, 0.0)
SOUK, SCHOOL, SUMMER = 1.4, 1.3, 1.2


class Kind(NamedTuple):
    """A procedure, as the generator knows it.

    :param procedure: its name
    :param float minutes: true mean at a usual desk
    :param float spread: coefficient of variation
    :param float share: of those who come
    :param float school: factor of its share while school begins
    :param float summer: factor of its share in summer
    """

    procedure: Hashable
    minutes: float
    spread: float
    share: float
    school: float = 1.0
    summer: float = 1.0


class Place(NamedTuple):
    """A site, as the generator knows it.

    :param name: the site
    :param tuple desks: (key, skills or None, pace of its agent, plan as (from, to) minutes) for each desk
    :param tuple kinds: of :class:`Kind`
    :param float a_day: people on a usual day
    :param int souk: weekday of the souk, Monday being 0
    :param tuple hours: minute of opening and of closing
    :param float patience: mean minutes until someone gives up
    :param float priority: share of people with a credit
    :param float credit: their credit, minutes
    :param float forgets: share of services whose end nobody presses
    """

    name: Hashable
    desks: tuple
    kinds: tuple
    a_day: float
    souk: int = 1
    hours: tuple = (510.0, 990.0)
    patience: float = 150.0
    priority: float = 0.12
    credit: float = 20.0
    forgets: float = 0.04


class Visit(NamedTuple):
    """One person's day at the reception.

    :param int number: of the ticket
    :param procedure: what for
    :param float issued: minute of the ticket
    :param float order: minute of issue less the credit
    :param called: minute of the call, None if the site closed before
    :param bool there: False when the person had left by the call
    :param desk: who called
    :param ended: minute of the true end
    :param recorded: minute of the end in the records
    """

    number: int
    procedure: Hashable
    issued: float
    order: float
    called: float | None = None
    there: bool = False
    desk: Hashable = None
    ended: float | None = None
    recorded: float | None = None


class Day(NamedTuple):
    """A generated day.

    :param place: the site
    :param date: the day
    :param tuple visits: of :class:`Visit`, in order of issue
    :param dict open: desk -> minutes (from, to) it was really open
    """

    place: Place
    date: date
    visits: tuple
    open: dict


KINDS = (
    Kind("birth-extract", 4.0, 0.5, 0.30, school=2.0, summer=1.2),
    Kind("signature", 3.0, 0.6, 0.28, summer=1.6),
    Kind("true-copy", 2.5, 0.5, 0.20, school=1.5),
    Kind("family-booklet", 14.0, 0.6, 0.08, summer=1.5),
    Kind("residence", 7.0, 0.7, 0.09),
    Kind("building", 18.0, 0.8, 0.05),
)
#: Plans: the pause at noon is taken in turns.
EARLY, LATE = ((510.0, 720.0), (765.0, 990.0)), ((510.0, 765.0), (810.0, 990.0))
_COUNTER = frozenset(("birth-extract", "signature", "true-copy", "residence"))
_CIVIL = frozenset(("birth-extract", "family-booklet"))
_TOWN = frozenset(("building", "residence"))

SMALL = Place("small", (("1", None, 1.0, EARLY), ("2", _COUNTER, 1.15, LATE)), KINDS, 78.0)
MIDDLE = Place(
    "middle",
    (("1", None, 0.9, EARLY), ("2", _COUNTER, 1.0, LATE), ("3", _CIVIL, 1.1, EARLY), ("4", None, 1.2, LATE)),
    KINDS, 150.0, souk=3,
)  # fmt: skip
LARGE = Place(
    "large",
    (
        ("1", _COUNTER, 0.9, EARLY), ("2", _COUNTER, 1.0, LATE), ("3", _COUNTER, 1.1, EARLY), ("4", _COUNTER, 1.0, LATE),
        ("5", _CIVIL, 0.95, EARLY), ("6", _CIVIL, 1.1, LATE), ("7", _TOWN, 1.0, EARLY), ("8", None, 1.2, LATE),
    ),
    KINDS, 310.0, souk=0,
)  # fmt: skip
PLACES = (SMALL, MIDDLE, LARGE)


def season(day):
    """Whether school begins or it is summer.

    :param date day: the day
    :return str: ``school``, ``summer`` or an empty text
    """
    if day.month in (7, 8):
        return "summer"
    return "school" if day.month == 9 and day.day <= 25 else ""


def expected_by_half_hour(place, day):
    """Expected arrivals of a day, the truth that is drawn from.

    :return list: people for each half-hour from the opening on
    """
    souk = day.weekday() == place.souk
    shape = SOUK_HALF_HOURS if souk else FRIDAY_HALF_HOURS if day.weekday() == 4 else HALF_HOURS
    factor = WEEKDAYS[day.weekday()] * (SOUK if souk else 1.0)
    factor *= {"school": SCHOOL, "summer": SUMMER}.get(season(day), 1.0)
    return [place.a_day * factor * one / sum(shape) for one in shape]


def _lognormal(random, mean, spread):
    """A draw with a mean and a coefficient of variation."""
    wide = log(1 + spread * spread)
    return exp(random.gauss(log(mean) - wide / 2, sqrt(wide)))


def _arrivals(place, day, random):
    """Who comes: visits without a call, in order."""
    now = season(day)
    weights = [
        kind.share * (kind.school if now == "school" else kind.summer if now == "summer" else 1.0)
        for kind in place.kinds
    ]
    # Days differ by more than chance: weather, a pension day, a form that is wanted all at once.
    mood = _lognormal(random, 1.0, 0.12)
    moments = []
    for number, people in enumerate(expected_by_half_hour(place, day)):
        moment = random.expovariate(people * mood / 30) if people else 31.0
        while moment < 30:
            moments.append(place.hours[0] + 30 * number + moment)
            moment += random.expovariate(people * mood / 30)
    visits = []
    for number, moment in enumerate(moments, 1):
        kind = random.choices(place.kinds, weights)[0]
        credit = place.credit if random.random() < place.priority else 0.0
        visits.append(Visit(number, kind.procedure, moment, moment - credit))
    return visits


def _really_open(plan, random):
    """What becomes of a desk's plan: late, a pause, an early end; now and then nobody comes at all."""
    if random.random() < 0.03:
        return ()
    opened = []
    for start, end in plan:
        late = min(random.expovariate(1 / 6), 30.0) if random.random() < 0.5 else 0.0
        early = random.uniform(5, 20) if random.random() < 0.1 else 0.0
        start, end = start + late, end - early
        if random.random() < 0.2:
            pause, long = random.uniform(start + 20, end - 40), random.uniform(8, 25)
            opened += [(start, pause), (pause + long, end)]
        else:
            opened.append((start, end))
    return tuple(opened)


def generate(place, day, seed):
    """Invent a day.

    :param Place place: the site
    :param date day: the day; nobody comes at the week's end
    :param int seed: the same seed gives the same day
    :return Day: the day
    """
    random = Random(f"{seed} {place.name} {day}")
    visits = _arrivals(place, day, random)
    kinds = {kind.procedure: kind for kind in place.kinds}
    opened = {key: _really_open(plan, random) for key, _skills, _pace, plan in place.desks}
    pace = {key: pace * _lognormal(random, 1.0, 0.06) for key, _skills, pace, _plan in place.desks}
    skills = {key: skills for key, skills, _pace, _plan in place.desks}
    patience = [random.expovariate(1 / place.patience) for _visit in visits]
    free = [(spells[0][0], key) for key, spells in opened.items() if spells]
    heapify(free)
    waiting, coming, done = [], list(reversed(range(len(visits)))), {}
    while free:
        moment, desk = heappop(free)
        spell = next(((start, end) for start, end in opened[desk] if moment < end), None)
        if spell is None:
            continue
        if spell[0] > moment:
            heappush(free, (spell[0], desk))
            continue
        while coming and visits[coming[-1]].issued <= moment:
            number = coming.pop()
            heappush(waiting, (visits[number].order, number))
        taken = next(
            (one for one in sorted(waiting) if skills[desk] is None or visits[one[1]].procedure in skills[desk]), None
        )
        if taken is None:
            if coming:
                heappush(free, (visits[coming[-1]].issued, desk))
            continue
        waiting.remove(taken)
        heapify(waiting)
        visit = visits[taken[1]]
        there = moment - visit.issued < patience[taken[1]]
        kind = kinds[visit.procedure]
        long = _lognormal(random, kind.minutes * pace[desk], kind.spread) + 0.3 if there else random.uniform(1, 2)
        done[taken[1]] = visit._replace(called=moment, there=there, desk=desk, ended=moment + long)
        heappush(free, (moment + long + random.uniform(0.2, 1.0), desk))
    return Day(place, day, _record(place, [done.get(n, v) for n, v in enumerate(visits)], random), opened)


def _record(place, visits, random):
    """What the system has of the ends: a forgotten one is closed by the next call at the desk, or in the evening."""
    following = {}
    evening = place.hours[1] + 15
    for visit in sorted((one for one in visits if one.called is not None), key=lambda one: one.called, reverse=True):
        recorded = visit.ended
        if random.random() < place.forgets:
            recorded = following.get(visit.desk, max(evening, recorded))
        following[visit.desk] = visit.called
        visits[visit.number - 1] = visit._replace(recorded=recorded)
    return tuple(visits)
