"""How good is the forecast? A table on invented days that nothing was fitted on.

From the addon's folder, without Odoo and without a database::

    python3 -m tools.evaluate [--seeds 5] [--learn 30] [--calibrate 30] [--test 12] [--every 3]

For each seed and each site: service times and habits are learned from the first days, the ratios of the band from
days after these, and all is scored on still later days: mean absolute error and bias in minutes, share of waits
inside the announced band (rounded, and as it is before rounding). Beside it the simple predictors. Souk days, summer and the
weeks when school begins have a table of their own.
"""

import argparse
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from statistics import fmean
from time import process_time

from . import accuracy, forecast, predictors, traffic
from .bands import Calibration
from .forecast import Desk, Forecast, State, Ticket
from .service_times import Served, ServiceTimes

FORECAST = "forward simulation"
#: What the simple predictors are called in the table.
SIMPLE = ("3 min x people ahead", "last to enter service", "average / desks")
#: Month and day from which days are generated, by seed.
STARTS = (2, 2), (4, 20), (6, 22), (3, 3), (1, 5)


def working_days(start, count):
    """So many working days from a date on."""
    days = []
    while len(days) < count:
        if start.weekday() < 5:
            days.append(start)
        start += timedelta(days=1)
    return days


def served_of(days):
    """The services of days, as recorded."""
    return [
        Served(visit.procedure, visit.desk, visit.recorded - visit.called)
        for day in days
        for visit in day.visits
        if visit.there
    ]


def habits_of(days):
    """The habits of a site, from days as recorded."""
    gaps, waits = [], []
    for day in days:
        by_desk = defaultdict(list)
        for visit in day.visits:
            if visit.called is not None:
                by_desk[visit.desk].append(visit)
                waits.append((visit.called - visit.issued, visit.there))
        for visits in by_desk.values():
            visits.sort(key=lambda one: one.called)
            gaps += [
                after.called - before.recorded
                for before, after in zip(visits, visits[1:])
                if after.issued <= before.recorded and before.there
            ]
    planned = worked = 0.0
    for day in days:
        for key, _skills, _pace, plan in day.place.desks:
            if day.open[key]:
                planned += sum(end - start for start, end in plan)
                worked += sum(end - start for start, end in day.open[key])
    return forecast.learn_habits(gaps, waits, planned, worked)


def seen_at(day, visit, rate=0.0, credit=0.0, usual=()):
    """The site as its system sees it when a ticket is issued.

    :param traffic.Day day: the day
    :param traffic.Visit visit: the ticket
    :param float rate: arrivals with a credit, per minute, as learned
    :param float credit: their credit, minutes
    :param tuple usual: procedures, most usual first
    :return State: without the ticket itself
    """
    now = visit.issued
    busy, waiting = {}, []
    for one in day.visits:
        if one.issued > now or one.number == visit.number:
            continue
        if one.called is None or one.called > now:
            waiting.append(Ticket(one.number, (one.procedure,), one.order, one.issued, one.issued))
        elif one.recorded > now:
            busy[one.desk] = one
    desks = []
    for key, skills, _pace, plan in day.place.desks:
        is_open = any(start <= now < end for start, end in day.open[key]) or key in busy
        serving = busy.get(key)
        desks.append(
            Desk(key, skills, plan, is_open, (serving.procedure,), serving.called)
            if serving
            else Desk(key, skills, plan, is_open)
        )
    more = forecast.likely_overtakers(now, day.place.hours[1] - 15, rate, credit, usual)
    return State(now, tuple(desks), tuple(waiting), more)


class Site:
    """What is learned about one invented site, and the forecasts made with it.

    :param list days: to learn from
    """

    def __init__(self, days):
        self.place = days[0].place
        self.times = ServiceTimes(served_of(days))
        self.habits = habits_of(days)
        visits = [visit for day in days for visit in day.visits]
        urgent = [visit for visit in visits if visit.order < visit.issued]
        opens, closes = self.place.hours
        self.rate = len(urgent) / len(days) / (closes - opens)
        self.credit = fmean(one.issued - one.order for one in urgent) if urgent else 0.0
        self.usual = tuple(one for one, _count in Counter(visit.procedure for visit in visits).most_common())
        self.band = Calibration()

    def wait_of(self, day, visit):
        """The forecast at the moment a ticket is issued."""
        state = seen_at(day, visit, self.rate, self.credit, self.usual)
        own = Ticket(visit.number, (visit.procedure,), visit.order, visit.issued, visit.issued)
        return Forecast(state, self.times, self.habits).of_new(own), state

    def calibrate(self, days, every):
        """Learn the ratios of the band."""
        for day in days:
            for visit in day.visits[::every]:
                if visit.called is not None:
                    wait, _state = self.wait_of(day, visit)
                    if wait.expected is not None:
                        self.band.add(wait.expected, visit.called - visit.issued, day.date)

    def simple(self, day, visit, state):
        """The simple predictors at that moment, in the order of :data:`SIMPLE`.

        Each is counted as it does best over all sites: the constant with those ahead who came for the same thing, the
        average with all people ahead and all open desks.
        """
        ahead = [one for one in state.waiting if one.order <= visit.order]
        alike = sum(one.procedures[0] == visit.procedure for one in ahead)
        last = max(
            (one for one in day.visits if one.called is not None and one.called <= visit.issued),
            key=lambda one: one.called,
            default=None,
        )
        desks = sum(desk.is_open for desk in state.desks)
        return (
            predictors.constant_each(alike),
            predictors.last_to_enter(last and last.called - last.issued),
            predictors.average_by_desks(len(ahead), desks, self.times.overall),
        )


class Tally:
    """What was forecast, and what came."""

    def __init__(self):
        #: Name of a predictor -> errors (wait less forecast), minutes.
        self.errors = defaultdict(list)
        #: Whether each wait lay in its band before rounding.
        self.plain = []
        #: :class:`~.accuracy.Announced`, with rounded bands.
        self.promised = []
        #: (kind of what was announced, whether it was served) -> tickets.
        self.kinds = Counter()

    def judge(self, site, days, every):
        """Forecast for the tickets of days, and compare."""
        for day in days:
            for visit in day.visits[::every]:
                wait, state = site.wait_of(day, visit)
                band = site.band.announce(wait)
                self.kinds[band.kind, visit.called is not None] += 1
                if visit.called is None or wait.expected is None:
                    continue
                waited = visit.called - visit.issued
                self.errors[FORECAST].append(waited - wait.expected)
                for name, guess in zip(SIMPLE, site.simple(day, visit, state)):
                    self.errors[name].append(waited - guess)
                low, high = site.band.ends(wait.expected)
                self.plain.append(low <= waited <= high)
                if band.high is not None:
                    self.promised.append(accuracy.Announced(wait.expected, band.low, band.high, waited))

    def add(self, other):
        """Take in another tally."""
        for name, errors in other.errors.items():
            self.errors[name] += errors
        self.plain += other.plain
        self.promised += other.promised
        self.kinds += other.kinds

    def report(self, say, title):
        """Print the table."""
        if not self.promised:
            return
        say(f"\n{title}: {len(self.promised)} waits")
        say(f"{'predictor':24}{'bias':>8}{'MAE':>8}{'RMSE':>8}")
        for name in (*SIMPLE, FORECAST):
            errors = self.errors[name]
            root = fmean(one * one for one in errors) ** 0.5
            say(f"{name:24}{fmean(errors):8.2f}{fmean(map(abs, errors)):8.2f}{root:8.2f}")
        whole = accuracy.score(self.promised)
        say(
            f"80 % band: before rounding {fmean(self.plain):.3f}, announced {whole.coverage:.3f}"
            f" ({whole.coverage_low:.3f} to {whole.coverage_high:.3f}), mean width {whole.width:.1f} min"
        )
        for (start, end), part in accuracy.score_by_horizon(self.promised).items():
            if part.count:
                name = f"{start:.0f}-{end:.0f} min" if end else f"over {start:.0f} min"
                say(
                    f"  announced {name:12}{part.count:6} waits  in band {part.coverage:.3f}  shorter {part.shorter:.3f}"
                    f"  longer {part.longer:.3f}  MAE {part.error:5.2f}  width {part.width:5.1f}"
                )


def is_peak(day):
    """Whether a generated day is a souk day, or lies in summer or when school begins."""
    return day.date.weekday() == day.place.souk or bool(traffic.season(day.date))


def main(arguments=None, out=sys.stdout):
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--learn", type=int, default=30)
    parser.add_argument("--calibrate", type=int, default=30)
    parser.add_argument("--test", type=int, default=12)
    parser.add_argument("--every", type=int, default=3)
    options = parser.parse_args(arguments)

    def say(text):
        out.write(f"{text}\n")

    whole, peaks = Tally(), Tally()
    for place in traffic.PLACES:
        usual, peak = Tally(), Tally()
        for seed in range(options.seeds):
            # What is learned in spring is tested in spring, in summer, and when school begins.
            start = date(2026, *STARTS[seed % len(STARTS)])
            dates = working_days(start, options.learn + options.calibrate + options.test)
            days = [traffic.generate(place, day, seed) for day in dates]
            site = Site(days[: options.learn])
            site.calibrate(days[options.learn : -options.test], options.every)
            tested = days[-options.test :]
            usual.judge(site, [day for day in tested if not is_peak(day)], options.every)
            peak.judge(site, [day for day in tested if is_peak(day)], options.every)
        peaks.add(peak)
        usual.add(peak)
        usual.report(say, f"site {place.name}, {len(place.desks)} desks")
        whole.add(usual)
    peaks.report(say, "souk days, summer, school, all sites")
    whole.report(say, "all days, all sites")
    say(
        "\nannounced (kind, called in the end): "
        + ", ".join(f"{key} {count}" for key, count in sorted(whole.kinds.items()))
    )
    say(f"\n8 desks, 120 waiting: {measure() * 1000:.1f} ms of the processor for a new ticket")


def crowded(people=120):
    """A morning at the largest site with many waiting."""
    place = traffic.LARGE
    kinds = [kind.procedure for kind in place.kinds for _one in range(round(kind.share * 100))]
    desks = tuple(Desk(key, skills, plan, True, (kinds[0],), 598.0) for key, skills, _pace, plan in place.desks)
    waiting = tuple(
        Ticket(number, (kinds[number * 37 % len(kinds)],), 500.0 + number * 0.8, 500.0 + number * 0.8)
        for number in range(people)
    )
    return State(600.0, desks, waiting)


def measure(times=None, repeat=30):
    """Seconds of a forecast for a new ticket in a crowded morning.

    :return float: seconds of the processor, median
    """
    times = times or ServiceTimes((), {kind.procedure: kind.minutes for kind in traffic.KINDS})
    habits = forecast.Habits(0.5, 0.005, 1.5)
    taken = []
    for _one in range(repeat):
        start = process_time()
        Forecast(crowded(), times, habits).of_new_for(("birth-extract",))
        taken.append(process_time() - start)
    return sorted(taken)[repeat // 2]


if __name__ == "__main__":
    main()
