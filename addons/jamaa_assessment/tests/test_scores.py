"""The formulas, each case computed by hand. Reads no database."""

from odoo.tests import BaseCase, tagged

from ..tools import scores
from ..tools.scores import NOT_APPLICABLE as NA
from ..tools.scores import Candidate, Score


@tagged("jamaa_scores")
class TestMeans(BaseCase):
    """Weights and what does not apply."""

    def test_criterion(self):
        cases = (
            # items (weight, level), value, answered, applicable, not applicable, shown
            ("nothing", [], None, 0, 0, 0, False),
            ("all do not apply", [(1, NA), (3, NA)], None, 0, 0, 2, False),
            ("nobody answered", [(1, None), (1, None)], None, 0, 2, 0, False),
            ("all at zero", [(1, 0), (2, 0)], 0, 2, 2, 0, True),
            ("all at five", [(1, 5), (2, 5)], 100, 2, 2, 0, True),
            ("one level is worth twenty", [(1, 1)], 20, 1, 1, 0, True),
            # (1×2 + 3×4) / 4 = 3.5 levels
            ("weights", [(1, 2), (3, 4)], 70, 2, 2, 0, True),
            # the one that does not apply takes its weight with it: (2×3 + 1×0) / 3 = 2 levels
            ("left out", [(2, 3), (1, 0), (3, NA)], 40, 2, 2, 1, True),
            ("three of five", [(1, 2), (1, 2), (1, 2), (1, None), (1, None)], 40, 3, 5, 0, True),
            ("two of five", [(1, 2), (1, 2), (1, None), (1, None), (1, None)], 40, 2, 5, 0, False),
            # what does not apply is not missing: one of one applicable
            ("two do not apply", [(1, 4), (1, NA), (1, NA)], 80, 1, 1, 2, True),
            ("weight nought", [(0, 5)], None, 1, 1, 0, False),
        )
        for name, items, *expected in cases:
            with self.subTest(name):
                self.assertEqual(scores.criterion_score(items), Score(*expected))

    def test_whole(self):
        good = Score(80.0, 5, 5, 0, True)
        weak = Score(20.0, 5, 5, 0, True)
        hidden = Score(100.0, 1, 5, 0, False)
        nothing = Score(None, 0, 0, 5, False)
        cases = (
            ("equal weights", [(1, good), (1, weak)], Score(50.0, 10, 10, 0, True)),
            ("weights", [(3, good), (1, weak)], Score(65.0, 10, 10, 0, True)),
            ("hidden ones do not count", [(1, good), (1, weak), (1, hidden)], Score(50.0, 11, 15, 0, True)),
            ("one that does not apply", [(1, good), (1, nothing)], Score(80.0, 5, 5, 5, True)),
            ("too little in all", [(1, good), (1, hidden), (1, hidden)], Score(80.0, 7, 15, 0, False)),
            ("none", [(1, nothing)], Score(None, 0, 0, 5, False)),
        )
        for name, criteria, expected in cases:
            with self.subTest(name):
                self.assertEqual(scores.whole_score(criteria), expected)

    def test_cap(self):
        for level, has_evidence, cap, expected in (
            (4, False, 2, 2), (4, True, 2, 4), (1, False, 2, 1), (5, False, 5, 5), (NA, False, 2, NA),
            (None, False, 2, None), (0, False, 0, 0),
        ):  # fmt: skip
            with self.subTest(level=level, has_evidence=has_evidence, cap=cap):
                self.assertEqual(scores.counted_level(level, has_evidence, cap), expected)

    def test_gates_are_counted(self):
        answers = {"a": True, "b": False, "c": None, "d": NA, "e": False}
        self.assertEqual(scores.gates(answers), (["a"], ["b", "e"], ["c"]))

    def test_a_gate_is_no_level(self):
        """True is 1 for Python; in a mean it would raise the score by twenty points."""
        self.assertEqual(scores.criterion_score([(1, True), (1, 4)]).value, 80)


@tagged("jamaa_scores")
class TestAgreement(BaseCase):
    """Who stands where."""

    def test_verdicts(self):
        cases = (
            # levels, verdict, average deviation, lowest, highest, median
            ("nobody", [], "none", 0, None, None, None),
            ("nobody answered", [None, None], "none", 0, None, None, None),
            ("one rater", [3], "discuss", 0, 3, 3, 3),
            ("two who agree", [3, 3], "agreed", 0, 3, 3, 3),
            ("two a level apart", [3, 4], "discuss", 0.5, 3, 4, 3.5),
            ("one of three is missing", [2, None, 2], "agreed", 0, 2, 2, 2),
            ("identical", [4, 4, 4, 4], "agreed", 0, 4, 4, 4),
            # mean 3, deviations 1 0 1: two thirds
            ("near", [2, 3, 4], "agreed", 2 / 3, 2, 4, 3),
            # mean 2, deviations 1 1 1 1: just the cut-off, two levels apart
            ("on the edge", [1, 3, 1, 3], "agreed", 1, 1, 3, 2),
            # mean 2.2; 2.2 + 0.2 + 0.2 + 0.8 + 1.2 over five
            ("one far from four", [0, 2, 2, 3, 4], "split", 1.04, 0, 4, 2),
            # mean 3.5; 0.5 five times, 2.5 once: small deviation, three levels apart
            ("a single voice", [1, 4, 4, 4, 4, 4], "discuss", 5 / 6, 1, 4, 4),
            ("two camps", [0, 0, 5, 5], "split", 2.5, 0, 5, 2.5),
            ("does it apply", [3, 3, NA], "discuss", 0, 3, 3, 3),
            ("for nobody", [NA, NA, NA], "agreed", 0, None, None, None),
        )
        for name, levels, verdict, spread, lowest, highest, middle in cases:
            with self.subTest(name):
                found = scores.agreement(levels)
                self.assertEqual(found.verdict, verdict)
                self.assertAlmostEqual(found.spread, spread)
                self.assertEqual((found.lowest, found.highest, found.middle), (lowest, highest, middle))
                self.assertEqual(found.not_applicable, levels.count(NA))

    def test_gate_verdicts(self):
        for answers, verdict in (
            ([], "none"), ([None], "none"), ([True], "discuss"), ([True, True], "agreed"), ([False, False], "agreed"),
            ([True, False, True], "split"), ([True, NA], "split"),
        ):  # fmt: skip
            with self.subTest(answers=answers):
                self.assertEqual(scores.gate_agreement(answers), verdict)

    def test_roles(self):
        answers = [("elected", 4), ("elected", 5), ("staff", 1), ("staff", 2), ("staff", 2), ("partner", 0)]
        # the only partner would be named by a median of one
        self.assertEqual(scores.by_role(answers), ({"elected": 4.5, "staff": 2}, 2.5))
        self.assertEqual(scores.by_role(answers[:2]), ({"elected": 4.5}, None))
        self.assertEqual(scores.by_role([("elected", NA), ("elected", 3)]), ({}, None))

    def test_least_raters(self):
        self.assertEqual([scores.may_show(count) for count in (0, 1, 2, 3)], [False, False, False, True])


@tagged("jamaa_scores")
class TestOverTime(BaseCase):
    """Rounds, peers, priorities."""

    def test_progress(self):
        before = {"a": ("x", 1), "b": ("x", 3), "c": ("x", 2), "d": ("x", NA), "gone": ("x", 5)}
        now = {"a": ("x", 4), "b": ("x", 2), "c": ("changed", 5), "d": ("x", 3), "new": ("x", 5)}
        found = scores.progress(before, now)
        self.assertEqual(found.changes, {"a": 3, "b": -1})
        self.assertEqual(found.mean, 1)
        self.assertEqual(found.raised, ["c"])
        self.assertEqual(found.jumps, ["a"])

    def test_nothing_to_compare(self):
        self.assertEqual(scores.progress({}, {"a": ("x", 4)}), ({}, None, [], []))

    def test_peers(self):
        self.assertIsNone(scores.peer_band([]))
        self.assertIsNone(scores.peer_band([10, 20, 30, 40]), "four peers stay hidden")
        self.assertIsNone(scores.peer_band([10, 20, 30, 40, None]), "who shows nothing is no peer")
        self.assertEqual(scores.peer_band([50, 10, 40, 20, 30]), (30, 20, 40, 5))
        # six: positions 1.25, 2.5, 3.75 of 0, 20, 40, 60, 80, 100
        self.assertEqual(scores.peer_band([100, 0, 20, 80, 40, 60]), (50, 25, 75, 6))
        self.assertEqual(scores.peer_band([7] * 5), (7, 7, 7, 5))

    def test_coarse(self):
        self.assertIsNone(scores.coarse_band(None, 0.5))
        for band, step, expected in (
            ((2.25, 1.75, 3.1, 9), 0.5, (2.5, 1.5, 3.5, 5)),
            ((3, 3, 3, 6), 0.5, (3, 3, 3, 5)),
            ((64.9, 41, 79, 6), 10, (60, 40, 80, 5)),
            ((65, 40, 80, 6), 10, (70, 40, 80, 5)),
        ):
            with self.subTest(band=band):
                self.assertEqual(scores.coarse_band(scores.Band(*band), step), expected)

    def test_standing(self):
        """Dates of a band, one after the other: who stands in it, who took back, what is shown."""

        def peers(**values):
            return {peer: (f"{peer}{edition}", level) for peer, (edition, level) in values.items()}

        five = peers(a=(1, 1), b=(1, 1), c=(1, 1), d=(1, 1), e=(1, 1))
        four = {peer: value for peer, value in five.items() if peer != "a"}
        come = peers(f=(1, 5), g=(1, 5))
        again = {**five, **peers(a=(2, 5))}
        cases = {
            "four are too few": [(four, (), None)],
            "five": [(five, (), 1)],
            "four, then five": [(four, (), None), (five, (), 1)],
            "one comes": [(five, (), 1), ({**five, "f": come["f"]}, (), 1)],
            "one comes, later another": [(five, (), 1), ({**five, "f": come["f"]}, (), 1), ({**five, **come}, (), 3)],
            "two come": [(five, (), 1), ({**five, **come}, (), 3)],
            "one answers anew": [(five, (), 1), (again, (), 1)],
            "one answers anew, another comes": [(five, (), 1), ({**again, "f": come["f"]}, (), 4)],
            "one of six goes": [({**five, "f": come["f"]}, (), 1), ({**four, "f": come["f"]}, ("a1",), None)],
            "one goes and comes back otherwise": [(five, (), 1), (four, ("a1",), None), (again, ("a1",), None)],
            "one goes, one comes": [(five, (), 1), ({**four, "f": come["f"]}, ("a1",), 1)],
            "one goes, another later": [
                ({**five, **come}, (), 3), ({**four, **come}, ("a1",), None),
                ({peer: value for peer, value in {**four, **come}.items() if peer != "b"}, ("a1", "b1"), 5),
            ],
        }  # fmt: skip
        for name, dates in cases.items():
            standing = None
            for number, (here, withdrawn, high) in enumerate(dates):
                with self.subTest(name, date=number):
                    standing = scores.next_standing(standing, here, set(withdrawn), 0.5)
                    self.assertEqual(standing.band and standing.band.high, high)

    def test_priorities(self):
        candidates = [
            Candidate("strong", 5, 3, 1),  # 0: nothing to do
            Candidate("weak, dear", 0, 3, 3),  # 1 × 3 / 3 = 1
            Candidate("weak, cheap", 1, 3, 1),  # 0.8 × 3 / 1 = 2.4
            Candidate("middling", 3, 2, 2),  # 0.4 × 2 / 2 = 0.4
            Candidate("law", None, 2, 2, True),  # 2 × 2 / 2 = 2
            Candidate("none", NA, 3, 1),
            Candidate("equal", 0, 2, 2),  # 1, after "weak, dear"
        ]
        self.assertEqual(scores.priorities(candidates), ["weak, cheap", "law", "weak, dear"])
        self.assertEqual(scores.priorities(candidates, 9), ["weak, cheap", "law", "weak, dear", "equal", "middling"])
        self.assertEqual(scores.priorities([]), [])
