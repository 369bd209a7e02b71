"""Service times and the forecast of waits. Reads no database."""

import os
import subprocess
import sys
from math import log
from pathlib import Path

from odoo.tests import BaseCase, tagged

from ..tools import evaluate, forecast, service_times
from ..tools.forecast import Desk, Forecast, Habits, State, Ticket, Wait
from ..tools.service_times import Served, ServiceTimes

NINE = 540.0  # minute of the day
ALL_DAY = ((NINE - 60, NINE + 420),)
#: No turnaround, nobody leaves: figures that can be computed in the head.
PLAIN = Habits(turnaround=0.0)


class Fixed(ServiceTimes):
    """Service times without scatter: each procedure takes what is said."""

    def __init__(self, minutes):
        super().__init__((), minutes)
        self._minutes = minutes

    def mean(self, procedure, place=None):
        return self._minutes.get((procedure, place), self._minutes.get(procedure, 6.0))

    def spread(self, steps):
        return [1.0] * steps

    def remaining_spread(self, procedure, place, elapsed, steps):
        return [max(self.mean(procedure, place) - elapsed, 0.0)] * steps


def people(*procedures, **given):
    """Tickets one minute apart, the last one issued a minute ago."""
    first = NINE - len(procedures)
    return tuple(
        Ticket(number, (procedure,), first + number, first + number, **given)
        for number, procedure in enumerate(procedures)
    )


def desk(key="1", procedures=None, plan=ALL_DAY, **given):
    return Desk(key, procedures and frozenset(procedures), plan, **given)


@tagged("jamaa_queue_tools")
class TestServiceTimes(BaseCase):
    """Means that lean on one another, and times that cannot be right."""

    def test_quantile(self):
        for share, expected in ((0.0, 1.0), (0.5, 3.0), (0.25, 2.0), (0.1, 1.4), (1.0, 5.0)):
            with self.subTest(share=share):
                self.assertAlmostEqual(service_times.quantile([1, 2, 3, 4, 5], share), expected)
        self.assertEqual(service_times.quantile([7], 0.9), 7.0)

    def test_shrunk(self):
        # (5 × 10 + 20 × 4) / 25
        self.assertEqual(service_times.shrunk(50.0, 5, 4.0), 5.2)
        self.assertEqual(service_times.shrunk(0.0, 0, 4.0), 4.0)

    def test_three_levels(self):
        times = ServiceTimes(
            [Served("a", "1", 10.0)] * 20 + [Served("a", "2", 4.0)] * 20 + [Served("b", "1", 7.0)] * 20
        )
        overall = (20 * 10 + 20 * 4 + 20 * 7 + 20 * 6.0) / 80  # 6.75
        of_a = (20 * 10 + 20 * 4 + 20 * overall) / 60
        self.assertAlmostEqual(times.overall, overall)
        self.assertAlmostEqual(times.mean("a"), of_a)
        self.assertAlmostEqual(times.mean("a", "elsewhere"), of_a)
        self.assertAlmostEqual(times.mean("a", "1"), (20 * 10 + 20 * of_a) / 40)
        self.assertAlmostEqual(times.mean("a", "2"), (20 * 4 + 20 * of_a) / 40)
        self.assertAlmostEqual(times.mean("never seen", "1"), overall)

    def test_the_sheet_is_the_first_belief(self):
        times = ServiceTimes([Served("b", "1", 5.0)] * 30, {"a": 15.0, "c": 0})
        self.assertAlmostEqual(times.mean("a"), 15.0)
        self.assertAlmostEqual(times.mean("c"), times.overall)
        self.assertFalse(times.is_doubtful("a", 40.0))
        self.assertTrue(times.is_doubtful("a", 90.0))
        self.assertAlmostEqual(ServiceTimes(()).mean("a"), service_times.FIRST_GUESS)

    def test_a_forgotten_finish_does_not_count(self):
        good = [Served("a", "1", 4.0 + number % 5) for number in range(200)]
        forgotten = [Served("a", "1", 60.0 + number) for number in range(40)]
        slips = [Served("a", "1", 0.2)] * 5
        clean, dirty = ServiceTimes(good), ServiceTimes(good + forgotten + slips)
        self.assertEqual((dirty.count, dirty.left_out), (200, 45))
        self.assertAlmostEqual(dirty.mean("a", "1"), clean.mean("a", "1"))
        self.assertTrue(dirty.is_doubtful("a", 60.0))
        self.assertFalse(dirty.is_doubtful("a", 8.0))

    def test_what_is_known_to_be_wrong_is_not_believed(self):
        good = [Served("a", "1", 5.0)] * 30
        times = ServiceTimes(good + [Served("a", "1", 6.0, trusted=False)] * 30 + [Served("a", "1", 0.0)] * 9)
        self.assertEqual((times.count, times.left_out), (30, 0))

    def test_equal_times_leave_nothing_out(self):
        times = ServiceTimes([Served("a", "1", 5.0)] * 30 + [Served("a", "1", 7.0)] * 2)
        self.assertEqual(times.left_out, 0)

    def test_remaining(self):
        # half take 4 minutes, half take 12: mean 8 (the belief of 8 pulls nowhere)
        times = ServiceTimes([Served("a", "1", 4.0), Served("a", "1", 12.0)] * 500, {"a": 8.0})
        for elapsed, expected in ((0, 8.0), (2, 6.0), (6, 6.0), (11, 1.0), (12.5, service_times.FORGOTTEN_LEFT)):
            with self.subTest(elapsed=elapsed):
                self.assertAlmostEqual(times.remaining("a", "1", elapsed), expected, delta=0.15)
                spread = times.remaining_spread("a", "1", elapsed, 50)
                self.assertAlmostEqual(sum(spread) / 50, times.remaining("a", "1", elapsed), delta=0.2)
                self.assertGreaterEqual(min(spread), 0.0)
        self.assertEqual(times.remaining("a", "1", 300), service_times.FORGOTTEN_LEFT)

    def test_spread_has_mean_one(self):
        for times in (ServiceTimes(()), ServiceTimes([Served("a", "1", 1.0 + number % 9) for number in range(90)])):
            self.assertAlmostEqual(sum(times.spread(12)) / 12, 1.0)
        self.assertAlmostEqual(ServiceTimes(()).variability, 1.0, delta=0.1)  # exponential without a history


@tagged("jamaa_queue_tools")
class TestForecast(BaseCase):
    """Queues that can be played on paper."""

    times = Fixed({"a": 4.0, "b": 10.0, ("a", "slow"): 8.0})

    def wait(self, desks, waiting=(), procedure="a", expected=(), habits=PLAIN):
        return Forecast(State(NINE, tuple(desks), waiting, expected), self.times, habits).of_new_for((procedure,))

    def test_by_hand(self):
        cases = (
            # desks, waiting, for what, expected minutes
            ("nobody", [desk()], (), "a", 0),
            ("three ahead", [desk()], people("a", "b", "a"), "a", 18),
            # 4 | 10, the third at 4, the next at 8
            ("two desks", [desk("1"), desk("2")], people("a", "b", "a"), "a", 8),
            ("one in service for three minutes", [desk(serving=("b",), since=NINE - 3)], (), "a", 7),
            ("in service and waiting", [desk(serving=("b",), since=NINE - 3)], people("a"), "a", 11),
            ("a slow desk", [desk("slow")], people("a", "a"), "a", 16),
            # the desk of b does not help those who come for a
            ("skills", [desk("1", "a"), desk("2", "b")], people("a", "b", "a", "b"), "a", 8),
            ("skills, the other", [desk("1", "a"), desk("2", "b")], people("a", "b", "a", "b"), "b", 20),
            # 2 takes b, then the second a at 10? no: 1 is free at 4 and takes it; at 8 it takes the new one
            ("a desk for all and one for some", [desk("1", "a"), desk("2")], people("b", "a", "a"), "a", 8),
            # both may do a: two are called at once, the new one when the first ends
            ("not seen before", [desk()], people("zzz"), "a", 6),
        )
        for name, desks, waiting, procedure, expected in cases:
            with self.subTest(name):
                wait = self.wait(desks, waiting, procedure)
                self.assertAlmostEqual(wait.expected, expected)
                self.assertEqual((wait.chance, wait.possible, wait.until), (1.0, True, 420.0))

    def test_the_plan(self):
        now, pause = NINE, ((NINE - 60, NINE + 5), (NINE + 60, NINE + 420))
        cases = (
            # the desk begins one at 0 and one at 4, ends it at 8 within its pause, and is back at 60
            ("a pause", [desk(plan=pause)], people("a", "a"), 60),
            ("a second desk opens at six", [desk("1"), desk("2", plan=((now + 6, now + 90),), is_open=False)],
             people("a", "b"), 6),
            ("not open yet", [desk(plan=((now + 30, now + 90),), is_open=False)], (), 30),
            # it should have opened 12 minutes ago: as long again
            ("late", [desk(plan=((now - 12, now + 90),), is_open=False)], (), 12),
            ("late since a minute", [desk(plan=((now - 1, now + 90),), is_open=False)], (), 5),
            ("the agent says when", [desk(is_open=False, back_at=now + 20)], (), 20),
            ("the agent said when, ten minutes ago", [desk(is_open=False, back_at=now - 10)], (), 10),
            ("open before its time", [desk(plan=((now + 20, now + 90),))], people(*"aaaaaaa"), 28),
            ("open without a plan", [desk(plan=())], people(*"aaa"), 12),
        )  # fmt: skip
        for name, desks, waiting, expected in cases:
            with self.subTest(name):
                self.assertAlmostEqual(self.wait(desks, waiting).expected, expected)

    def test_closing(self):
        closing = desk(plan=((NINE - 60, NINE + 10),))
        self.assertEqual(self.wait([closing], people("a", "a")).expected, 8)  # begun before the end, and finished
        self.assertEqual(self.wait([closing], people("a", "a", "a")), Wait(None, 0.0, True, 10.0))
        self.assertEqual(self.wait([desk(plan=((NINE - 60, NINE - 1),), is_open=False)]), Wait(None, 0.0, False, 0.0))
        self.assertEqual(self.wait([desk("1", "b")]), Wait(None, 0.0, False, 0.0))
        self.assertEqual(self.wait([]), Wait(None, 0.0, False, 0.0))
        # after its plan an open desk is counted on for half an hour
        late = desk(plan=((NINE - 60, NINE - 1),))
        self.assertEqual(self.wait([late], people(*"aaa")).expected, 12)
        self.assertIsNone(self.wait([late], people(*"aaaaaaaa")).expected)

    def test_chance_of_today(self):
        # Exponential times, ten ahead of six minutes: the hour may or may not do.
        state = State(NINE, (desk(plan=((NINE - 60, NINE + 60),)),), people(*"a" * 10))
        wait = Forecast(state, ServiceTimes((), {"a": 6.0}), PLAIN, runs=40).of_new_for(("a",))
        self.assertTrue(0.2 < wait.chance < 0.8, wait)
        self.assertLess(wait.expected, 60)

    def test_call_order_is_not_order_of_arrival(self):
        waiting = people("b", "b")
        forecast_ = Forecast(State(NINE, (desk(),), waiting), self.times, PLAIN)
        credit = Ticket("urgent", ("a",), NINE - 20, NINE, NINE)
        self.assertEqual(forecast_.of_new(credit).expected, 0)
        self.assertEqual(forecast_.of_new(credit._replace(order=NINE - 1.5)).expected, 10)
        self.assertEqual(forecast_.of_new(credit._replace(order=NINE)).expected, 20)

    def test_somebody_expected_is_called_when_there(self):
        # An appointment in six minutes stands before the second b; the desk is then free at ten.
        appointment = Ticket("slot", ("a",), NINE - 100, NINE + 6, NINE + 6)
        self.assertEqual(self.wait([desk()], people("b"), "a", (appointment,)).expected, 14)
        # Too late to be before us: the desk does not wait for it.
        self.assertEqual(self.wait([desk()], (), "a", (appointment,)).expected, 0)

    def test_arriving_later(self):
        # Who needs twenty minutes to come has waited none of them.
        forecast_ = Forecast(State(NINE, (desk(),), people(*"bbb")), self.times, PLAIN)
        later = Ticket("later", ("a",), NINE + 20, NINE + 20, NINE + 20)
        self.assertEqual(forecast_.of_new(later).expected, 10)
        self.assertEqual(forecast_.of_new(later._replace(arrives=NINE + 50, order=NINE + 50)).expected, 0)

    def test_several_things_in_one_visit(self):
        both = (Ticket(1, ("a", "b"), NINE - 1, NINE - 1),)
        self.assertEqual(self.wait([desk()], both).expected, 14)
        # the desk may not do the second one: it is done elsewhere
        self.assertEqual(self.wait([desk("1", "a")], both).expected, 4)

    def test_habits(self):
        self.assertEqual(self.wait([desk()], people("a", "a"), habits=Habits(turnaround=1.0)).expected, 10)
        self.assertAlmostEqual(self.wait([desk()], people("a"), habits=PLAIN._replace(staffed=0.8)).expected, 5)
        # all have left long ago: a minute and a half each
        gone = PLAIN._replace(leaving=1e9, absent=1.5)
        self.assertEqual(self.wait([desk()], people("b", "b"), habits=gone).expected, 3)
        # Gone after a minute in half of the cases, and so in half of the runs: (10 + 1.5) / 2
        half = self.wait([desk()], people("b"), habits=PLAIN._replace(leaving=log(2) + 1e-9, absent=1.5))
        self.assertAlmostEqual(half.expected, 5.75)
        some = self.wait([desk()], people(*"b" * 30), habits=PLAIN._replace(leaving=0.005)).expected
        self.assertTrue(150 < some < 290, some)

    def test_learn_habits(self):
        gaps, waits = [0.4] * 18 + [30.0, 40.0, -1.0], [(10.0, True)] * 48 + [(20.0, False)] * 2
        self.assertEqual(forecast.learn_habits(gaps[:10], waits[:10], 100.0, 10.0), Habits())
        learned = forecast.learn_habits(gaps, waits, 6000.0, 5400.0)
        self.assertAlmostEqual(learned.turnaround, 0.4)
        self.assertAlmostEqual(learned.leaving, 2 / 520)
        self.assertAlmostEqual(learned.staffed, 0.9)
        self.assertEqual(forecast.learn_habits((), (), 6000.0, 7000.0).staffed, 1.0)

    def test_likely_overtakers(self):
        more = forecast.likely_overtakers(NINE, NINE + 400, 0.1, 25.0, ("a", "b"))
        self.assertEqual([one.arrives - NINE for one in more], [5.0, 15.0])
        self.assertEqual([one.order - NINE for one in more], [-20.0, -10.0])
        self.assertEqual([one.procedures for one in more], [("a",), ("b",)])
        self.assertEqual(len(forecast.likely_overtakers(NINE, NINE + 10, 0.1, 25.0, ("a",))), 1)
        self.assertEqual(forecast.likely_overtakers(NINE, NINE + 400, 0.0, 25.0, ("a",)), ())
        # four ahead take until 16; the one who comes at 5 is called before the last ones
        self.assertEqual(self.wait([desk()], people(*"aaaa"), "a", more[:1]).expected, 20)

    def test_later_in_the_same_line_is_never_sooner(self):
        state = evaluate.crowded(60)
        times = ServiceTimes((), {"birth-extract": 4.0, "building": 18.0})
        waits = Forecast(state, times, Habits(0.5, 0.004)).of_waiting()
        self.assertEqual(len(waits), 60)
        lines = {}
        for ticket in state.waiting:
            lines.setdefault(ticket.procedures, []).append(waits[ticket.key].expected)
        for procedures, expected in lines.items():
            with self.subTest(procedures=procedures):
                self.assertEqual(expected, sorted(expected))
        new = Forecast(state, times, Habits(0.5, 0.004)).of_new_for(("birth-extract",)).expected
        self.assertGreaterEqual(new, lines["birth-extract",][-1] - 1.0)

    def test_more_desks_help(self):
        times = ServiceTimes((), {"a": 6.0})
        waits = [
            Forecast(State(NINE, tuple(desk(str(one)) for one in range(count)), people(*"a" * 20)), times)
            .of_new_for(("a",))
            .expected
            for count in (1, 2, 3, 4)
        ]
        self.assertEqual(waits, sorted(waits, reverse=True))
        self.assertAlmostEqual(waits[0], 20 * 6.5, delta=12)

    def test_same_state_same_answer(self):
        times = ServiceTimes((), {"birth-extract": 4.0})
        one, two = (Forecast(evaluate.crowded(), times).of_new_for(("residence",)) for _time in range(2))
        self.assertEqual(one, two)

    def test_same_answer_in_every_process(self):
        # Sets of texts are ordered otherwise in each process. This is also the proof that Odoo is not needed.
        code = (
            "from tools import evaluate, forecast, service_times as s;"
            "f = forecast.Forecast(evaluate.crowded(), s.ServiceTimes((), {'building': 18.0}));"
            "print(f.of_new_for(('birth-extract',)))"
        )
        answers = {
            subprocess.run(
                [sys.executable, "-c", code],
                cwd=Path(evaluate.__file__).parent.parent,
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                check=True,
                text=True,
            ).stdout
            for seed in ("1", "2", "3")
        }
        self.assertEqual(len(answers), 1)
