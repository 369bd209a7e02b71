"""Invented days are believable, and the forecast is better on them than what is simple. Reads no database."""

from collections import defaultdict
from datetime import date
from statistics import fmean

from odoo.tests import BaseCase, tagged

from ..tools import accuracy, evaluate, traffic
from ..tools.arrivals import Arrivals, DayCount

MONDAY, TUESDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 6)


@tagged("jamaa_queue_tools")
class TestTraffic(BaseCase):
    """What a generated day must be like."""

    def test_same_seed_same_day(self):
        one, two = (traffic.generate(traffic.MIDDLE, MONDAY, 7) for _time in range(2))
        self.assertEqual(one, two)
        self.assertNotEqual(one.visits, traffic.generate(traffic.MIDDLE, MONDAY, 8).visits)

    def test_expected_arrivals(self):
        def people(day, place=traffic.SMALL):
            return sum(traffic.expected_by_half_hour(place, day))

        usual = people(date(2026, 3, 4))
        for name, day, factor in (
            ("souk, a Tuesday", TUESDAY, 1.4 / 0.95),
            ("Monday", MONDAY, 1.15 / 0.95),
            ("school begins", date(2026, 9, 2), 1.3),
            ("summer", date(2026, 7, 15), 1.2),
            ("Sunday", date(2026, 3, 8), 0.0),
        ):
            with self.subTest(name):
                self.assertAlmostEqual(people(day) / usual, factor)
        noon = traffic.expected_by_half_hour(traffic.SMALL, FRIDAY)
        self.assertLess(max(noon[7:10]), min(noon[:5]) / 5)

    def test_days_follow_what_is_expected(self):
        counts = [len(traffic.generate(traffic.LARGE, MONDAY, seed).visits) for seed in range(40)]
        expected = sum(traffic.expected_by_half_hour(traffic.LARGE, MONDAY))
        self.assertAlmostEqual(fmean(counts) / expected, 1.0, delta=0.06)

    def test_nobody_on_sunday(self):
        self.assertEqual(traffic.generate(traffic.SMALL, date(2026, 3, 8), 1).visits, ())

    def test_a_day_holds_together(self):
        for place in traffic.PLACES:
            for seed in range(4):
                day = traffic.generate(place, TUESDAY, seed)
                skills = {key: can for key, can, _pace, _plan in place.desks}
                by_desk = defaultdict(list)
                for visit in day.visits:
                    self.assertLessEqual(visit.order, visit.issued)
                    if visit.called is not None:
                        by_desk[visit.desk].append(visit)
                        self.assertGreaterEqual(visit.called, visit.issued)
                        self.assertGreaterEqual(visit.recorded, visit.ended)
                        self.assertTrue(skills[visit.desk] is None or visit.procedure in skills[visit.desk])
                for key, visits in by_desk.items():
                    visits.sort(key=lambda one: one.called)
                    for before, after in zip(visits, visits[1:]):
                        self.assertGreater(after.called, before.ended)
                        self.assertGreaterEqual(after.called, before.recorded)
                    for visit in visits:
                        self.assertTrue(any(start <= visit.called < end for start, end in day.open[key]))

    def test_call_order(self):
        # At one desk for everything, nobody with a later place in the order is called before one who was there.
        place = traffic.SMALL._replace(desks=traffic.SMALL.desks[:1])
        day = traffic.generate(place, TUESDAY, 3)
        called = [visit for visit in day.visits if visit.called is not None]
        for one in called:
            for other in called:
                if other.issued <= one.called < other.called:
                    self.assertLess(one.order, other.order)

    def test_trouble_is_there(self):
        days = [traffic.generate(traffic.LARGE, date(2026, 3, day), 1) for day in (2, 3, 4, 5, 6, 9, 10, 11)]
        visits = [visit for day in days for visit in day.visits if visit.called is not None]
        forgotten = fmean(visit.recorded > visit.ended for visit in visits)
        self.assertTrue(0.02 < forgotten < 0.06, forgotten)
        self.assertTrue(any(not visit.there for visit in visits))
        self.assertTrue(any(visit.order < visit.issued for visit in visits))
        plans = {key: plan for key, _skills, _pace, plan in traffic.LARGE.desks}
        self.assertTrue(any(day.open[key] != plans[key] for day in days for key in plans))


@tagged("jamaa_queue_tools")
class TestEvaluation(BaseCase):
    """On days that nothing was fitted on. Fixed seeds: the figures are always the same."""

    def test_better_than_simple_and_right_eight_times_in_ten(self):
        tally = evaluate.Tally()
        for seed in (1, 2):
            dates = evaluate.working_days(date(2026, 2, 2), 26)
            days = [traffic.generate(traffic.MIDDLE, day, seed) for day in dates]
            site = evaluate.Site(days[:10])
            site.calibrate(days[10:20], 4)
            tally.judge(site, days[20:], 4)
        errors = {name: fmean(map(abs, found)) for name, found in tally.errors.items()}
        for name in evaluate.SIMPLE:
            with self.subTest(name):
                self.assertLess(errors[evaluate.FORECAST], 0.8 * errors[name])
        self.assertLess(abs(fmean(tally.errors[evaluate.FORECAST])), 2.0)
        whole = accuracy.score(tally.promised)
        self.assertGreater(whole.coverage_high, 0.8)
        self.assertGreater(whole.coverage, 0.75)
        # and not by announcing everything from nought to an hour
        self.assertLess(whole.width, 8 * errors[evaluate.FORECAST])

    def test_the_system_sees_no_future(self):
        day = traffic.generate(traffic.MIDDLE, MONDAY, 5)
        visit = day.visits[60]
        state = evaluate.seen_at(day, visit)
        self.assertTrue(all(ticket.issued <= visit.issued for ticket in state.waiting))
        self.assertNotIn(visit.number, [ticket.key for ticket in state.waiting])
        self.assertTrue(all(not desk.serving or desk.since <= visit.issued for desk in state.desks))
        called = {one.number for one in day.visits if one.called is not None and one.called <= visit.issued}
        self.assertFalse(called & {ticket.key for ticket in state.waiting})

    def test_forgotten_ends_do_not_spoil_the_means(self):
        days = [traffic.generate(traffic.LARGE, date(2026, 3, day), 2) for day in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13)]
        times = evaluate.Site(days).times
        true = evaluate.Site(
            [day._replace(visits=tuple(one._replace(recorded=one.ended) for one in day.visits)) for day in days]
        ).times
        for kind in traffic.KINDS:
            with self.subTest(kind.procedure):
                self.assertAlmostEqual(times.mean(kind.procedure) / true.mean(kind.procedure), 1.0, delta=0.08)

    def test_arrivals_of_next_weeks(self):
        place = traffic.MIDDLE

        def kinds(day):
            return frozenset(("souk",) * (day.weekday() == place.souk))

        counts = []
        for day in evaluate.working_days(date(2026, 2, 2), 100):
            visits = traffic.generate(place, day, 3).visits
            slots = [int((visit.issued - place.hours[0]) // 30) for visit in visits]
            counts.append(DayCount(day.weekday(), kinds(day), tuple(slots.count(slot) for slot in range(16))))
        model = Arrivals(counts)
        for day in (MONDAY, TUESDAY, date(2026, 3, 5), FRIDAY):
            with self.subTest(day=day):
                true, found = traffic.expected_by_half_hour(place, day), model.expected(day.weekday(), kinds(day))
                self.assertAlmostEqual(sum(found) / sum(true), 1.0, delta=0.08)
                self.assertLess(sum(abs(a - b) for a, b in zip(true, found)), 0.15 * sum(true))

    def test_the_tables_are_printed(self):
        lines = []

        class Out:
            write = lines.append

        evaluate.main(["--seeds", "1", "--learn", "3", "--calibrate", "2", "--test", "2", "--every", "15"], Out())
        text = "".join(lines)
        for expected in (*evaluate.SIMPLE, evaluate.FORECAST, "80 % band", "8 desks, 120 waiting"):
            self.assertIn(expected, text)
