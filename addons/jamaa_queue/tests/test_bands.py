"""The band around a forecast, and its score once the waits are known. Reads no database."""

from odoo.tests import BaseCase, tagged

from ..tools import accuracy, bands, predictors
from ..tools.accuracy import Announced
from ..tools.bands import Band, Calibration
from ..tools.forecast import Wait


@tagged("jamaa_queue_tools")
class TestBands(BaseCase):
    """From a wait to what is announced."""

    def test_round_figures(self):
        cases = (
            ((0.0, 0.0), (0, 5)),
            ((0.4, 4.0), (0, 5)),
            ((2.0, 7.4), (0, 5)),
            ((3.0, 8.0), (0, 10)),
            ((5.0, 8.0), (5, 10)),
            ((18.0, 26.0), (15, 25)),
            ((19.0, 26.0), (20, 25)),
            ((21.0, 22.0), (15, 20)),  # never one figure
            ((22.0, 34.0), (20, 30)),
            ((24.0, 36.0), (25, 40)),
            ((46.0, 56.0), (40, 60)),
            ((70.0, 110.0), (70, 105)),
            ((200.0, 300.0), (195, 300)),
        )
        for ends, expected in cases:
            with self.subTest(ends=ends):
                self.assertEqual(bands.rounded(*ends), expected)

    def test_rounding_keeps_the_order(self):
        for share in (0.0, 0.3, 0.55, 0.75, 0.95, 1.0):
            told = [bands.rounded(share * step / 4, step / 4) for step in range(1600)]
            with self.subTest(share=share):
                for index in (0, 1):
                    self.assertEqual([one[index] for one in told], sorted(one[index] for one in told))
                self.assertTrue(all(0 <= low < high for low, high in told))

    def test_first_band(self):
        low, high = Calibration().ends(20.0)
        self.assertAlmostEqual(low, 0.6 * 21 - 1, delta=0.3)
        self.assertAlmostEqual(high, 1.5 * 21 - 1, delta=0.3)

    def test_quantiles_of_days(self):
        # Forecasts of 19 minutes; each day has the ratios 0.55, 0.60 … 1.50, twenty of them
        def days(count):
            return [(19.0, 20 * (0.55 + 0.05 * n) - 1, day) for day in range(count) for n in range(20)]

        cases = (
            # inside 0.8 × (days + 1) / days; of the rest, half on either side
            (1000, 0.60, 1.45),  # 0.8008 inside: just more than eighteen of twenty from either side
            (20, 0.60, 1.45),  # 0.84 inside: 92 % from below
            (6, 0.55, 1.50),  # 0.933 inside: 96.7 % from below
            (3, 0.55, 1.50),  # all
        )
        for count, low, high in cases:
            with self.subTest(days=count):
                found = Calibration(days(count)).ends(19.0)
                self.assertAlmostEqual((found[0] + 1) / 20, low, delta=0.02)
                self.assertAlmostEqual((found[1] + 1) / 20, high, delta=0.02)
        few = Calibration(days(6)).ends(19.0)
        many = Calibration(days(1000)).ends(19.0)
        self.assertGreater(few[1] - few[0], many[1] - many[0])

    def test_neighbours_help_a_class_that_has_little(self):
        neighbours = [(12.0, 12.0, n) for n in range(60)]
        for name, rows, lowest in (
            ("few ratios", [(19.0, 39.0, n) for n in range(10)], 19.0),
            ("one day", [(19.0, 39.0, "a slow Tuesday")] * 40, 19.0),
            ("enough", [(19.0, 39.0, n) for n in range(40)], 39.0),
        ):
            with self.subTest(name):
                self.assertAlmostEqual(Calibration(neighbours + rows).ends(19.0)[0], lowest, delta=0.5)

    def test_coverage_of_what_it_learned_from(self):
        # Thirty days of a bad clock: waits are 0.5 to 2.5 times the forecast.
        rows = [(5.0 + n % 50, (6.0 + n % 50) * (0.5 + 2 * (n * 7919 % 1000) / 1000) - 1, n % 30) for n in range(6000)]
        band = Calibration(rows)
        inside = sum(band.ends(guess)[0] <= wait <= band.ends(guess)[1] for guess, wait, _day in rows) / len(rows)
        self.assertTrue(0.78 < inside < 0.87, inside)

    def test_a_longer_forecast_is_never_told_less(self):
        # Long forecasts that were far too long would give a lower band than shorter ones.
        rows = [(2.0, 9.0, n) for n in range(60)] + [(30.0, 6.0, n) for n in range(60)]
        rows += [(10.0 + n % 3, 14.0, n) for n in range(60)]
        for band in (Calibration(), Calibration(rows)):
            ends = [band.ends(step / 4) for step in range(600)]
            for index in (0, 1):
                self.assertEqual([one[index] for one in ends], sorted(one[index] for one in ends))
            self.assertTrue(all(0 <= low <= high for low, high in ends))

    def test_what_is_announced(self):
        band = Calibration()
        cases = (
            (Wait(0.0, 1.0, True), "now"),
            (Wait(20.0, 1.0, True), "between"),
            (Wait(20.0, 0.8, True), "doubtful"),
            (Wait(20.0, 1.0, True, 25.0), "doubtful"),  # the long end, about half an hour, is after closing
            (Wait(20.0, 1.0, True, 35.0), "between"),
            (Wait(20.0, 0.2, True), "unlikely"),
            (Wait(None, 0.0, True), "unlikely"),
            (Wait(None, 0.0, False), "none"),
        )
        for wait, kind in cases:
            with self.subTest(wait=wait):
                found = band.announce(wait)
                self.assertEqual(found.kind, kind)
                self.assertEqual(found.high is None, kind in ("unlikely", "none"))
        wide = Calibration((3.0, n % 10, n) for n in range(100))
        self.assertEqual(wide.announce(Wait(3.0, 1.0, True)), Band("under", 0, 10))
        self.assertEqual(band.announce(Wait(25.0, 1.0, True)), Band("between", 15, 40))

    def test_no_jump_without_reason(self):
        shown = Band("between", 20, 35)
        cases = (
            # elapsed, fresh, newest forecast, shown now
            ("as told", 10.0, Band("between", 10, 25), 15.0, Band("between", 10, 25)),
            ("a desk closed for a moment", 10.0, Band("between", 15, 35), 22.0, Band("between", 15, 25)),
            ("much longer", 10.0, Band("between", 30, 50), 38.0, Band("between", 30, 50)),
            ("much shorter", 10.0, Band("now", 0, 5), 2.0, Band("now", 0, 5)),
            ("in the old band, not in the new one", 10.0, Band("between", 25, 40), 24.0, Band("between", 25, 40)),
            ("no more today", 10.0, Band("unlikely"), None, Band("unlikely")),
        )
        for name, elapsed, fresh, guess, expected in cases:
            with self.subTest(name):
                self.assertEqual(bands.steadied(shown, elapsed, fresh, guess), expected)
        self.assertEqual(bands.steadied(None, 0.0, shown, 25.0), shown)


@tagged("jamaa_queue_tools")
class TestAccuracy(BaseCase):
    """Were we right?"""

    def test_score(self):
        rows = [
            Announced(20.0, 15.0, 30.0, 25.0),  # inside, five late
            Announced(20.0, 15.0, 30.0, 15.0),  # the end belongs to the band
            Announced(20.0, 15.0, 30.0, 10.0),  # shorter by five
            Announced(20.0, 15.0, 30.0, 34.0),  # longer by four
            Announced(20.0, 15.0, 30.0, 45.0, called=False),  # left after the band: longer
            Announced(20.0, 15.0, 30.0, 28.0, called=False),  # left within: nobody knows
        ]
        found = accuracy.score(rows)
        self.assertEqual((found.count, found.unknown), (5, 1))
        self.assertAlmostEqual(found.coverage, 0.4)
        self.assertAlmostEqual(found.shorter, 0.2)
        self.assertAlmostEqual(found.longer, 0.4)
        self.assertAlmostEqual(found.error, (5 + 5 + 10 + 14) / 4)
        self.assertAlmostEqual(found.bias, (5 - 5 - 10 + 14) / 4)
        self.assertAlmostEqual(found.width, 15.0)
        # ten for each minute outside: (15 × 5 + 10 × (5 + 4 + 15)) / 5
        self.assertAlmostEqual(found.winkler, 63.0)
        self.assertFalse(found.published)
        self.assertIsNone(found.in_ten)

    def test_nothing(self):
        self.assertEqual(accuracy.score([]), accuracy.Accuracy(0, 0))
        only_left = accuracy.score([Announced(20.0, 15.0, 30.0, 5.0, called=False)])
        self.assertEqual((only_left.count, only_left.unknown, only_left.error), (0, 1, None))
        gone = accuracy.score([Announced(20.0, 15.0, 30.0, 50.0, called=False)])
        self.assertEqual((gone.count, gone.coverage, gone.error), (1, 0.0, None))

    def test_wilson(self):
        # 8 of 10: 0.490 to 0.943, as in any table
        low, high = accuracy.wilson(8, 10)
        self.assertAlmostEqual(low, 0.490, delta=0.0005)
        self.assertAlmostEqual(high, 0.943, delta=0.0005)
        self.assertAlmostEqual(accuracy.wilson(0, 5)[0], 0.0)
        self.assertAlmostEqual(accuracy.wilson(5, 5)[1], 1.0)

    def test_times_in_ten(self):
        for hits, expected in ((87, 8), (80, 8), (79, 7), (100, 10)):
            rows = [Announced(5.0, 0.0, 10.0, 5.0 if n < hits else 20.0) for n in range(100)]
            with self.subTest(hits=hits):
                self.assertEqual(accuracy.score(rows).in_ten, expected)
        self.assertIsNone(accuracy.score(rows[:29]).in_ten)

    def test_by_horizon(self):
        rows = [Announced(guess, 0.0, 10.0, 5.0) for guess in (0.0, 5.0, 5.1, 30.0, 31.0, 300.0)]
        counts = {edges: part.count for edges, part in accuracy.score_by_horizon(rows).items()}
        self.assertEqual(counts, {(0.0, 5.0): 2, (5.0, 15.0): 1, (15.0, 30.0): 1, (30.0, 60.0): 1, (60.0, None): 1})


@tagged("jamaa_queue_tools")
class TestPredictors(BaseCase):
    """The simple ones, for comparison."""

    def test_vectors(self):
        self.assertEqual(predictors.constant_each(7), 21.0)
        self.assertEqual(predictors.constant_each(0), 0.0)
        self.assertEqual(predictors.last_to_enter(12.5), 12.5)
        self.assertEqual(predictors.last_to_enter(None), 0.0)
        self.assertEqual(predictors.average_by_desks(5, 3, 6.0), 12.0)
        self.assertEqual(predictors.average_by_desks(0, 0), 12.0)
