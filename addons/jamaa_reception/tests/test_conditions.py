from odoo.tests import BaseCase, tagged

from ..tools.conditions import MAYBE, NO, YES, concerns, walk


@tagged("post_install", "-at_install")
class TestConditions(BaseCase):
    """Whom a piece concerns, from the answers given."""

    def test_table(self):
        table = [
            ({}, {}, YES),
            ({"who": {"proxy"}}, {}, MAYBE),
            ({"who": {"proxy"}}, {"who": "proxy"}, YES),
            ({"who": {"proxy"}}, {"who": "self"}, NO),
            ({"who": {"proxy", "heir"}}, {"who": "heir"}, YES),
            ({"who": {"proxy"}, "minor": {"yes"}}, {"who": "proxy"}, MAYBE),
            ({"who": {"proxy"}, "minor": {"yes"}}, {"who": "proxy", "minor": "yes"}, YES),
            ({"who": {"proxy"}, "minor": {"yes"}}, {"who": "proxy", "minor": "no"}, NO),
            # one part that is not met settles it, whatever is still open
            ({"minor": {"yes"}, "who": {"proxy"}}, {"who": "self"}, NO),
        ]
        for condition, given, expected in table:
            with self.subTest(condition=condition, given=given):
                self.assertEqual(concerns(condition, given), expected)

    def test_question_of_others(self):
        self.assertEqual(concerns({"married": {"no"}}, {}, excluded={"married"}), NO)

    def test_walk(self):
        questions = [("who", {}), ("which", {"who": {"proxy"}}), ("minor", {})]
        self.assertEqual(walk(questions, {}), ({"who": None, "minor": None}, "who", set()))
        # an answer left over from before does not count
        walked = walk(questions, {"who": "self", "which": "left over"})
        self.assertEqual(walked, ({"who": "self", "minor": None}, "minor", {"which"}))
        walked = walk(questions, {"who": "proxy", "minor": "no"})
        self.assertEqual(walked, ({"who": "proxy", "which": None, "minor": "no"}, "which", set()))
        self.assertIsNone(walk(questions, {"who": "self", "minor": "no"}).following)

    def test_chain(self):
        """What hangs on an excluded question is excluded too."""
        questions = [("a", {}), ("b", {"a": {"yes"}}), ("c", {"b": {"yes"}})]
        self.assertEqual(walk(questions, {"a": "no"}).excluded, {"b", "c"})
        self.assertEqual(walk(questions, {}).excluded, set())
