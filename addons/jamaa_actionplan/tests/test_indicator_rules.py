"""The arithmetic of indicators, by tables."""

from datetime import date

from odoo.tests import BaseCase, tagged

from ..tools.indicator_chart import indicator_chart
from ..tools.indicator_rules import (
    Margins,
    Target,
    action_light,
    done_share,
    expected_on,
    is_stale,
    light,
    made_of,
    progress,
    rolled_up,
    target_on,
    worst,
)

START, END = date(2025, 12, 31), date(2026, 12, 31)
MIDDLE = date(2026, 7, 1)  # the 182nd of 365 days


def one(value, high=None, day=END):
    return Target(day, value, value if high is None else high)


@tagged("post_install", "-at_install")
class TestIndicatorRules(BaseCase):
    def test_a_value_is_made_of_its_parts(self):
        for kind, numerator, denominator, value in (
            ("number", 7, 0, 7),
            ("percent", 1, 4, 25),
            ("percent", 0, 4, 0),
            ("percent", 1, 0, None),
            ("ratio", 30, 12, 2.5),
            ("ratio", 30, 0, None),
            ("number", None, 3, None),
        ):
            with self.subTest(kind=kind, numerator=numerator, denominator=denominator):
                self.assertEqual(made_of(kind, numerator, denominator), value)

    def test_ratios_are_rolled_up_from_sums(self):
        # the mean of 50 % and 10 % would be 30 %
        self.assertEqual(rolled_up("percent", [(1, 2), (9, 90)]), 1000 / 92)
        self.assertEqual(rolled_up("ratio", [(10, 1), (0, 9)]), 1)
        self.assertEqual(rolled_up("number", [(3, 0), (4, 0)]), 7)
        self.assertEqual(rolled_up("percent", [(0, 0), (9, 90)]), 10)
        self.assertIsNone(rolled_up("percent", [(0, 0), (0, 0)]))
        self.assertIsNone(rolled_up("percent", []))

    def test_progress_is_the_share_of_the_way(self):
        for actual, baseline, target, share in (
            (50, 0, 100, 0.5),
            (45, 60, 30, 0.5),  # a target that goes down
            (75, 60, 30, -0.5),  # it got worse
            (120, 0, 100, 1.2),
            (-5, -10, 0, 0.5),
            (50, None, 100, None),
            (50, 50, 50, None),
        ):
            with self.subTest(actual=actual, baseline=baseline, target=target):
                self.assertEqual(progress(actual, baseline, target), share)

    def test_the_path_goes_straight_from_point_to_point(self):
        path = [one(10), one(100, day=date(2027, 12, 31))]
        for day, value in (
            (date(2025, 6, 1), 0),
            (START, 0),
            (END, 10),
            (date(2027, 7, 2), 10 + 90 * 183 / 365),
            (date(2030, 1, 1), 100),
        ):
            with self.subTest(day=day):
                self.assertAlmostEqual(expected_on(day, START, 0, path), value)
        self.assertEqual(expected_on(MIDDLE, START, 5, []), 5)
        self.assertEqual(expected_on(END, END, 5, [one(9)]), 9)

    def test_the_target_is_the_next_one(self):
        path = [one(10), one(100, day=date(2027, 12, 31))]
        self.assertEqual(target_on(END, path).low, 10)
        self.assertEqual(target_on(date(2027, 1, 1), path).low, 100)
        self.assertEqual(target_on(date(2029, 1, 1), path).low, 100)
        self.assertIsNone(target_on(END, []))

    def test_stale_is_older_than_one_and_a_half_times_the_frequency(self):
        for frequency, fresh, old in (
            ("month", date(2026, 2, 15), date(2026, 2, 17)),
            ("quarter", date(2026, 5, 17), date(2026, 5, 18)),
            ("half", date(2026, 10, 1), date(2026, 10, 2)),
            ("year", date(2027, 7, 2), date(2027, 7, 3)),
        ):
            with self.subTest(frequency=frequency):
                self.assertFalse(is_stale(START, frequency, fresh))
                self.assertTrue(is_stale(START, frequency, old))

    def test_lights(self):
        # expected at the middle of the year: 182/365 of the way, 49.9 points
        up, down = [one(100)], [one(30)]
        kept = [one(50)]
        for name, direction, actual, baseline, targets, wanted in (
            ("on the path", "up", 50, (START, 0), up, "green"),
            ("just within the margin", "up", 45, (START, 0), up, "green"),
            ("just behind", "up", 44, (START, 0), up, "amber"),
            ("still only behind", "up", 30, (START, 0), up, "amber"),
            ("far behind", "up", 29, (START, 0), up, "red"),
            ("beyond the target", "up", 130, (START, 0), up, "green"),
            ("down, on the path", "down", 45, (START, 60), down, "green"),
            ("down, behind", "down", 48, (START, 60), down, "amber"),
            ("down, far behind", "down", 55, (START, 60), down, "red"),
            ("down, worse than before", "down", 70, (START, 60), down, "red"),
            ("no baseline", "up", 50, (None, None), up, "none"),
            ("no target", "up", 50, (START, 0), [], "none"),
            ("to keep, kept", "up", 50, (START, 50), kept, "green"),
            ("to keep, a bit lost", "up", 45, (START, 50), kept, "amber"),
            ("to keep, much lost", "up", 35, (START, 50), kept, "red"),
            ("to keep low, worse", "down", 65, (START, 50), kept, "red"),
            ("to keep low, better", "down", 20, (START, 50), kept, "green"),
            ("to keep at nothing", "down", 0, (START, 0), [one(0)], "green"),
            ("range, within", "range", 12, (None, None), [one(10, 20)], "green"),
            ("range, at its end", "range", 20, (None, None), [one(10, 20)], "green"),
            ("range, a bit outside", "range", 21, (None, None), [one(10, 20)], "amber"),
            ("range, far outside", "range", 7, (None, None), [one(10, 20)], "red"),
            ("range of no width", "range", 11, (None, None), [one(10, 10)], "amber"),
            ("range of nothing", "range", 0.5, (None, None), [one(0, 0)], "red"),
            ("range, no target", "range", 0.5, (None, None), [], "none"),
        ):
            with self.subTest(name):
                self.assertEqual(light(direction, actual, MIDDLE, baseline, targets, "quarter", MIDDLE), wanted)

    def test_missing_values_are_neither_red_nor_green(self):
        up = [one(100)]
        old = date(2026, 1, 31)
        self.assertEqual(light("up", 100, old, (START, 0), up, "month", MIDDLE), "stale")
        self.assertEqual(light("range", 5, old, (None, None), [one(1, 9)], "month", MIDDLE), "stale")
        self.assertEqual(light("up", None, None, (START, 0), up, "month", MIDDLE), "stale")
        self.assertEqual(light("up", None, None, (START, 0), up, "year", MIDDLE), "none")
        self.assertEqual(light("up", None, None, (None, None), up, "month", MIDDLE), "none")

    def test_a_value_is_held_against_its_own_day(self):
        # a third of the way at the end of April is on the path, whoever looks in June
        self.assertEqual(
            light("up", 33, date(2026, 4, 30), (START, 0), [one(100)], "quarter", date(2026, 6, 30)), "green"
        )
        # a period that is not over is held against today
        self.assertEqual(light("up", 50, END, (START, 0), [one(100)], "year", MIDDLE), "green")

    def test_margins_are_the_communes(self):
        strict, lenient = Margins(0, 1), Margins(60, 80)
        args = ("up", 30, MIDDLE, (START, 0), [one(100)], "quarter", MIDDLE)
        self.assertEqual(light(*args, strict), "red")
        self.assertEqual(light(*args, lenient), "green")

    def test_the_light_of_many_is_the_worst(self):
        for lights, wanted in (
            (["green", "amber"], "amber"),
            (["green", "red", "stale"], "red"),
            (["green", "stale"], "stale"),
            (["stale", "amber"], "amber"),
            (["green", "none"], "green"),
            (["none"], "none"),
            ([], "none"),
        ):
            with self.subTest(lights=lights):
                self.assertEqual(worst(lights), wanted)

    def test_done_is_weighted(self):
        self.assertEqual(done_share([(3, True), (1, False)]), 75)
        self.assertEqual(done_share([(1, True)]), 100)
        self.assertIsNone(done_share([]))

    def test_an_action_by_its_dates(self):
        past, today, later = date(2026, 6, 1), MIDDLE, date(2026, 9, 1)
        for closed, dropped, start, due, begun, wanted in (
            (True, False, past, past, True, "green"),
            (False, True, past, past, True, "none"),
            (False, False, None, None, False, "none"),
            (False, False, past, past, True, "red"),
            (False, False, past, later, False, "amber"),
            (False, False, past, later, True, "green"),
            (False, False, later, later, False, "green"),
            (False, False, None, today, False, "green"),
        ):
            with self.subTest(closed=closed, dropped=dropped, start=start, due=due, begun=begun):
                self.assertEqual(action_light(closed, dropped, start, due, begun, today), wanted)

    def test_the_line_has_no_point_where_nothing_was_measured(self):
        path = [(START, 0), (END, 80)]
        measured = [(date(2026, 3, 31), 10), (date(2026, 9, 30), 40)]
        drawn = indicator_chart(path, measured, "{:.0f} <m>".format)
        self.assertEqual(drawn.count("<circle"), 2)
        self.assertEqual(drawn.count("<rect"), 2)
        self.assertIn("40 &lt;m&gt;", drawn)
        mirrored = indicator_chart(path, measured, str, right_to_left=True)
        left, right = '<rect x="37.0"', '<rect x="597.0"'  # the baseline is drawn first
        self.assertLess(drawn.index(left), drawn.index(right))
        self.assertLess(mirrored.index(right), mirrored.index(left))
        self.assertIn("<circle", indicator_chart([], measured[:1], str))
        self.assertEqual(indicator_chart([], [], str), "")
