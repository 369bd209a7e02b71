"""Desks for a target, rosters, expected arrivals, where to go instead. Reads no database."""

from datetime import date
from math import exp, inf

from odoo.tests import BaseCase, tagged

from ..tools import arrivals, detour, roster, staffing, traffic
from ..tools.arrivals import Arrivals, DayCount
from ..tools.detour import Advice, Option
from ..tools.roster import Pattern, Shift
from ..tools.staffing import Target


@tagged("jamaa_queue_tools")
class TestErlang(BaseCase):
    """The formulas, against figures computed by hand or printed in tables."""

    def test_loss(self):
        # B(1, a) = a / (1 + a); B(2, 1) = (1/2) / (1 + 1 + 1/2) = 1/5
        for desks, load, expected in ((0, 2.0, 1.0), (1, 1.0, 0.5), (1, 3.0, 0.75), (2, 1.0, 0.2), (2, 2.0, 0.4)):
            with self.subTest(desks=desks, load=load):
                self.assertAlmostEqual(staffing.loss(desks, load), expected)

    def test_delay(self):
        cases = (
            # desks, load, probability of waiting
            (1, 0.5, 0.5),  # one desk: the probability that it is busy
            (2, 1.0, 1 / 3),
            (3, 2.5, 0.702),
            (4, 2.5, 0.320),
            (5, 2.5, 0.130),
            (6, 2.5, 0.047),
            (3, 3.0, 1.0),
            (3, 5.0, 1.0),
            (0, 1.0, 1.0),
            (4, 0.0, 0.0),
        )
        for desks, load, expected in cases:
            with self.subTest(desks=desks, load=load):
                self.assertAlmostEqual(staffing.delay(desks, load), expected, delta=0.0005)

    def test_many_desks_stay_stable(self):
        # Powers and factorials of 600 do not fit into a float; the recursion never forms them.
        self.assertTrue(0 < staffing.delay(600, 580.0) < 1)

    def test_patient(self):
        # 24 an hour, six minutes each
        three = staffing.patient(3, 0.4, 6, 15)
        self.assertAlmostEqual(three.busy, 0.80, delta=0.005)
        self.assertAlmostEqual(three.waiting, 0.647, delta=0.0005)
        self.assertAlmostEqual(three.mean_wait, 6.47, delta=0.005)
        self.assertAlmostEqual(three.within, 0.856, delta=0.0005)
        self.assertAlmostEqual(staffing.wait_exceeded_by(3, 0.4, 6, 0.1), 18.7, delta=0.05)
        self.assertAlmostEqual(staffing.patient(4, 0.4, 6, 15).mean_wait, 1.08, delta=0.005)
        self.assertAlmostEqual(staffing.wait_exceeded_by(4, 0.4, 6, 0.1), 4.0, delta=0.05)
        # half as variable, half the wait
        self.assertAlmostEqual(staffing.patient(3, 0.4, 6, 15, 0.5).mean_wait, three.mean_wait / 2)

    def test_more_work_than_is_done(self):
        service = staffing.patient(2, 0.5, 6, 15)
        self.assertEqual((service.mean_wait, service.within, service.busy), (inf, 0.0, 1.0))
        self.assertEqual(staffing.wait_exceeded_by(2, 0.5, 6, 0.1), inf)

    def test_impatient_by_hand(self):
        # One desk, everything at a rate of 0.1: the number present is Poisson of mean one, so nobody is there with
        # probability 1/e; one waits with 1 - 1/e, and as many leave as wait in the mean: E[n] - P(n >= 1) = 1/e.
        service = staffing.impatient(1, 0.1, 10, 0, 10)
        self.assertAlmostEqual(service.waiting, 1 - exp(-1))
        self.assertAlmostEqual(service.leaving, exp(-1))
        self.assertAlmostEqual(service.mean_wait, 10 * exp(-1))
        self.assertAlmostEqual(service.within, exp(-1))
        self.assertAlmostEqual(service.busy, 1 - exp(-1))

    def test_impatient_against_a_long_run(self):
        # Shares of 400,000 simulated arrivals; the standard error is below 0.001.
        for desks, per_minute, minutes, within, patience, inside, leaving in (
            (2, 0.5, 6, 10, 20, 0.529, 0.364),
            (3, 0.4, 6, 15, 30, 0.980, 0.080),
            (1, 0.1, 10, 5, 10, 0.546, 0.368),
        ):
            with self.subTest(desks=desks):
                service = staffing.impatient(desks, per_minute, minutes, within, patience)
                self.assertAlmostEqual(service.within, inside, delta=0.004)
                self.assertAlmostEqual(service.leaving, leaving, delta=0.004)

    def test_impatient_becomes_patient(self):
        never, usual = staffing.impatient(3, 0.4, 6, 15, 1e7), staffing.patient(3, 0.4, 6, 15)
        self.assertAlmostEqual(never.within, usual.within, delta=0.0001)
        self.assertAlmostEqual(never.mean_wait, usual.mean_wait, delta=0.001)

    def test_nobody_comes(self):
        self.assertEqual(staffing.impatient(2, 0.0, 6, 15, 30).within, 1.0)
        self.assertEqual(staffing.desks_needed(0.0, 6), 0)
        self.assertEqual(staffing.rule_of_thumb(0), 0)


@tagged("jamaa_queue_tools")
class TestPlan(BaseCase):
    """Desks by half-hour."""

    def test_desks_needed(self):
        cases = (
            # per minute, minutes, share, desks: with three 85.6 % wait no longer than 15 minutes
            (0.4, 6, 0.85, 3),
            (0.4, 6, 0.86, 4),
            (0.4, 6, 0.999, 5),
            (0.01, 6, 0.85, 1),
        )
        for per_minute, minutes, share, expected in cases:
            with self.subTest(share=share, per_minute=per_minute):
                self.assertEqual(staffing.desks_needed(per_minute, minutes, Target(15, share)), expected)
        self.assertEqual(staffing.desks_needed(9.0, 10, most=8), 8)

    def test_more_is_needed_for_more(self):
        needed = [staffing.desks_needed(step / 20, 6) for step in range(1, 40)]
        self.assertEqual(needed, sorted(needed))
        # near the square-root rule, as a check by heart: 1.95 a minute are 11.7 desks of work
        self.assertAlmostEqual(needed[-1], staffing.rule_of_thumb(1.95 * 6, 0.5), delta=2)

    def test_what_is_not_done_is_carried(self):
        first, second, third, quiet = staffing.plan([12, 20, 30, 0], 6, available=3)
        # three desks do fifteen in half an hour
        self.assertEqual([first.carried, second.carried, third.carried, quiet.carried], [0, 0, 5, 20])
        self.assertEqual((first.desks, first.open), (3, 3))
        self.assertEqual((second.desks, second.open), (5, 3))
        self.assertEqual(quiet.arrivals, 0)
        self.assertGreater(quiet.desks, 3)

    def test_a_slot_without_anybody(self):
        (need,) = staffing.plan([0], 6)
        self.assertEqual((need.desks, need.service), (0, None))

    def test_what_cannot_be(self):
        for people, minutes in (([10], 0), ([10, 10], [6, -1]), ([-1], 6)):
            with self.subTest(people=people, minutes=minutes), self.assertRaises(ValueError):
                staffing.plan(people, minutes)
        self.assertEqual(staffing.plan([], 6), [])

    def test_leavers_are_not_carried(self):
        _first, patient = staffing.plan([30, 0], 6, available=3)
        _first, impatient = staffing.plan([30, 0], 6, available=3, patience=20)
        self.assertEqual(patient.carried, 15)
        # half a person a minute too many, who stay twenty minutes: 10 × (1 - exp(-30 / 20))
        self.assertAlmostEqual(impatient.carried, 7.77, delta=0.005)
        # then as many come as are served, and of those who waited some give up
        *_before, last = staffing.plan([30, 15, 0], 6, available=3, patience=20)
        self.assertAlmostEqual(last.carried, 7.77 * exp(-1.5), delta=0.005)

    def test_from_a_souk_day_to_a_roster(self):
        day = date(2026, 3, 5)
        needs = staffing.plan(traffic.expected_by_half_hour(traffic.MIDDLE, day), 6.1)
        proposal = roster.propose([need.desks for need in needs], (roster.WHOLE_DAY, Pattern(0, 8, 0)))
        self.assertTrue(proposal.complete)
        self.assertLessEqual(len(proposal.shifts), proposal.at_least + 2)
        # whoever sits there keeps the target in each half-hour
        for need, there in zip(needs, proposal.covered):
            kept = staffing.patient(there, need.arrivals / 30, 6.1, 15).within
            self.assertGreaterEqual(kept, 0.85)

    def test_no_desk_at_all(self):
        first, second = staffing.plan([10, 0], 6, available=[0, 4])
        self.assertEqual((first.open, first.service.within, second.carried), (0, 0.0, 10))

    def test_what_if(self):
        before, after = staffing.what_if([20, 20], 6, {"desks": 2}, available=3)
        self.assertEqual([one.open for one in before], [3, 3])
        self.assertEqual([one.open for one in after], [5, 5])
        self.assertEqual(after[1].carried, 0)
        _before, after = staffing.what_if([10], 6, {"arrivals": 2.0, "minutes": 0.5})
        self.assertEqual((after[0].arrivals, after[0].service.load), (20, 2.0))
        before, after = staffing.what_if([12], 6, {"target": Target(15, 0.99)})
        self.assertEqual((before[0].desks, after[0].desks), (3, 4))
        _before, after = staffing.what_if([9, 9], 6, {"desks": -3}, available=[2, 4])
        self.assertEqual([one.open for one in after], [0, 1])


@tagged("jamaa_queue_tools")
class TestRoster(BaseCase):
    """Shifts that cover a need."""

    def test_breaks_are_taken_in_turns(self):
        proposal = roster.propose([1] * 16)
        # One alone leaves a hole at the break; a second closes it with a break of another time.
        self.assertTrue(proposal.complete)
        self.assertEqual(len(proposal.shifts), 2)
        one, two = proposal.shifts
        self.assertFalse(set(range(one.pause, one.pause_end)) & set(range(two.pause, two.pause_end)))

    def test_a_peak_in_the_morning(self):
        need = [4, 4, 4, 4, 4, 4, 2, 2, 1, 1, 2, 2, 2, 2, 2, 1]
        half, whole = Pattern(0, 8, 0), roster.WHOLE_DAY
        proposal = roster.propose(need, (whole, half))
        self.assertTrue(proposal.complete)
        self.assertEqual(proposal.at_least, 4)
        self.assertEqual(len(proposal.shifts), 4)
        self.assertGreaterEqual(min(a - b for a, b in zip(proposal.covered, need)), 0)

    def test_covered_is_what_the_shifts_say(self):
        need = [3, 4, 4, 4, 4, 3, 3, 2, 2, 2, 3, 3, 3, 2, 2, 1]
        proposal = roster.propose(need, people=3)
        slots = [sum(slot in shift.slots() for shift in proposal.shifts) for slot in range(16)]
        self.assertEqual(list(proposal.covered), slots)
        self.assertEqual(len(proposal.shifts), 3)
        self.assertFalse(proposal.complete)
        self.assertEqual(list(proposal.missing), [max(a - b, 0) for a, b in zip(need, slots)])

    def test_first_thoughts_are_thought_again(self):
        # Taking the most useful shift five times leaves one hole here; moving one break closes it.
        need = [2, 4, 0, 1, 3, 1, 5, 4, 0, 1, 5, 1, 5, 4, 0, 0]
        self.assertTrue(roster.propose(need, people=5).complete)

    def test_nothing_to_cover(self):
        self.assertEqual(roster.propose([0] * 16).shifts, ())
        self.assertEqual(roster.propose([]).shifts, ())
        self.assertEqual(roster.propose([1] * 4).missing, (1, 1, 1, 1))  # no pattern is that short

    def test_same_question_same_answer(self):
        need = [2, 3, 5, 5, 4, 3, 3, 2, 2, 2, 3, 4, 4, 3, 2, 1]
        self.assertEqual(roster.propose(need), roster.propose(list(need)))

    def test_slots_of_a_shift(self):
        self.assertEqual(Shift(0, 6, 2, 4).slots(), (0, 1, 4, 5))


@tagged("jamaa_queue_tools")
class TestArrivals(BaseCase):
    """Expected arrivals by weekday, half-hour and kind of day."""

    def days(self, souk=1.5, summer=1.0):
        return [
            DayCount(
                day % 5,
                frozenset(("souk",) * (day % 5 == 1 and day % 2) + ("summer",) * (day >= 200)),
                tuple(
                    people * (souk if day % 5 == 1 and day % 2 else 1) * (summer if day >= 200 else 1)
                    for people in (100, 200, 50 + 50 * (day % 5 == 0))
                ),
            )
            for day in range(300)
        ]

    def test_factors_are_found(self):
        model = Arrivals(self.days(souk=1.5, summer=1.2))
        self.assertAlmostEqual(model.factor(("souk",)), 1.5, delta=0.02)
        self.assertAlmostEqual(model.factor(("summer",)), 1.2, delta=0.02)
        self.assertAlmostEqual(model.factor(("souk", "summer")), 1.8, delta=0.04)
        self.assertEqual(model.factor(("never seen",)), 1.0)
        for weekday, last in ((0, 100), (1, 50), (4, 50)):
            for found, expected in zip(model.expected(weekday), (100, 200, last)):
                self.assertAlmostEqual(found, expected, delta=4)
        self.assertAlmostEqual(model.expected(1, ("souk",))[1], 300, delta=10)

    def test_one_souk_does_not_decide(self):
        quiet = [DayCount(0, frozenset(), (10, 10)) for _day in range(20)]
        model = Arrivals([*quiet, DayCount(0, frozenset(("souk",)), (40, 40))])
        # It brought four times as many; believed is (80 + 60) / (20 + 60), and a little less for the shared mean.
        self.assertTrue(1.5 < model.factor(("souk",)) < 1.8, model.factor(("souk",)))

    def test_little_and_nothing(self):
        self.assertEqual(Arrivals([]).expected(0), [])
        self.assertEqual(Arrivals([DayCount(0, frozenset(), (4, 6))]).expected(3), [4, 6])
        with self.assertRaises(ValueError):
            Arrivals([DayCount(0, frozenset(), (1,)), DayCount(1, frozenset(), (1, 2))])
        self.assertLess(arrivals.WEEKDAY_WEIGHT, 5)


@tagged("jamaa_queue_tools")
class TestDetour(BaseCase):
    """Where to go instead."""

    here = Option("here", True, 60.0, 80.0, 5.0)

    def test_choice(self):
        near = Option("near", True, 10.0, 20.0, 5.0, 15.0)
        cases = (
            # 60 + 5 here, 15 + 10 + 5 there
            ("sooner", [near], Advice("near", 30.0, 65.0, 35.0)),
            ("not competent", [near._replace(competent=False)], None),
            ("way unknown", [near._replace(travel=None)], None),
            ("not served there today", [near._replace(expected=None, high=None)], None),
            ("too far", [near._replace(travel=45.0)], None),
            ("too little gained", [near._replace(expected=32.0, high=40.0)], None),
            # sixteen minutes, but not a quarter of sixty-five
            ("a small share gained", [near._replace(expected=29.0, high=40.0)], None),
            ("just enough", [near._replace(expected=28.0, high=40.0)], Advice("near", 48.0, 65.0, 17.0)),
            ("the long end is later than here", [near._replace(high=46.0)], None),
            ("the long end is just in time", [near._replace(high=45.0)], Advice("near", 30.0, 65.0, 35.0)),
            ("others are on their way", [near._replace(on_the_way=9, each=4.0)], None),
            (
                "the best of two",
                [near, near._replace(site="nearer", travel=5.0)],
                Advice("nearer", 20.0, 65.0, 45.0),
            ),
            ("no other", [], None),
        )
        for name, others, expected in cases:
            with self.subTest(name):
                self.assertEqual(detour.choose(self.here, others), expected)

    def test_not_here(self):
        far = Option("far", True, 90.0, 120.0, 5.0, 60.0)
        for here in (self.here._replace(competent=False), self.here._replace(expected=None, high=None)):
            with self.subTest(here=here):
                self.assertEqual(detour.choose(here, [far]), Advice("far", 155.0, None, None))

    def test_short_waits_send_nobody_away(self):
        here = self.here._replace(expected=12.0, high=20.0)
        # twelve minutes are saved, which is most of them, and not worth a walk
        self.assertIsNone(detour.choose(here, [Option("next door", True, 0.0, 0.0, 5.0, 0.0)]))
