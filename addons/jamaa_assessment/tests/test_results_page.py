"""What the page of results says."""

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from ..tools import scores
from .common import AssessmentCase


@tagged("jamaa_scores")
class TestRoleProfile(BaseCase):
    def test_thresholds(self):
        two = [("staff", 1), ("staff", 3), ("elected", 4), ("elected", 4)]
        self.assertEqual(scores.role_profile([(1, two)]), {"staff": 40.0, "elected": 80.0})
        # weights
        other = [("staff", 5), ("staff", 5), ("elected", 0), ("elected", 0)]
        self.assertEqual(scores.role_profile([(1, two), (3, other)]), {"staff": 85.0, "elected": 20.0})
        for few in (
            [("staff", 1), ("staff", 3)],
            [("staff", 1), ("staff", 3), ("elected", 4)],
            [("staff", 1), ("elected", 4), ("citizen", 2)],
            [("staff", 1), ("staff", "na"), ("elected", 4), ("elected", None)],
        ):
            with self.subTest(few):
                self.assertEqual(scores.role_profile([(1, few)]), {})


@tagged("post_install", "-at_install")
class TestResultsPage(AssessmentCase):
    def _validated(self, name="Round", version=None, priority=True, **agreed):
        one = self._round([self.agent, self.member], name=name, version_id=(version or self.version).id)
        for user in (self.agent, self.member):
            self._answer(self._seat(one, user), **{"one": "1", "two": "3", "three": "3", "duty": "no", **agreed})
        lines = self._agreed(one)
        lines["one"].is_priority = priority
        one.with_user(self.director_user).action_validate()
        return one

    def test_only_of_a_validated_round(self):
        one = self._round([self.agent])
        with self.assertRaisesRegex(UserError, "is validated"):
            one.with_user(self.director_user).results_page()

    def test_said_and_shown(self):
        metric = self.env["jamaa.metric"].create({"name": "Days", "code": "test_days", "unit": "days"})
        # Nobody types a figure: the test writes one as the nightly job does.
        self.env.cr.execute(
            "INSERT INTO jamaa_metric_value (metric_id, company_id, grain, period_start, period_end, numerator,"
            " denominator, value) VALUES (%s, %s, 'month', %s, %s, 24, 2, 12)",
            [metric.id, self.here.id, self.today.replace(day=1), self.today],
        )
        draft = self.grid._draft()
        draft.item_ids.filtered(lambda item: item.key == "two").metric_code = metric.code
        draft.action_publish()
        self.items = {one.key: one for one in draft.item_ids}
        one = self._validated(version=draft, three="5")
        page = one.with_user(self.director_user).results_page()
        rows = {row["name"]: row for row in page["shown"]}
        self.assertEqual(len(rows), 3, "duties stand apart")
        self.assertEqual(rows["one en français"]["question"] if "one en français" in rows else "", "")
        by_level = {row["level"]: row for row in page["shown"]}
        self.assertIn("12", by_level["3"]["figure"]["value"])
        self.assertIn("same story", by_level["3"]["question"])
        self.assertIn("without evidence 3", by_level["5"]["question"])
        self.assertEqual(by_level["5"]["counted"], "3")
        self.assertFalse(by_level["1"]["question"], "a low level needs no proof")

    def test_duties_apart_and_priorities(self):
        page = self._validated().with_user(self.director_user).results_page()
        self.assertEqual([row["answer"] for row in page["duties"]], ["no"])
        self.assertEqual([row["level"] for row in page["priorities"]], ["1"])
        self.assertEqual((page["former"], page["before"], page["roles"]["rows"]), ([], False, []))

    def test_since_the_last_comparable_round(self):
        self._validated()
        draft = self.grid._draft()
        draft.item_ids.filtered(lambda item: item.key == "three").with_context(lang="ar_MA").name = "صياغة أخرى"
        draft.action_publish()
        self.items = {one.key: one for one in draft.item_ids}
        page = self._validated("Next", draft, one="2", three="0").with_user(self.director_user).results_page()
        moved = page["moved"]
        self.assertEqual([(row["before"], row["now"]) for row in moved["up"]], [("1", "2")])
        self.assertEqual(([row["now"] for row in moved["raised"]], moved["down"]), (["0"], []))
        self.assertEqual([(row["level"], row["now"]) for row in page["former"]], [("1", "2")])

    def test_roles(self):
        users = [self._make_user(f"t_role_{rank}", "jamaa_base.group_service_agent") for rank in range(4)]
        one = self._round(users)
        for rank, seat in enumerate(one.rater_ids):
            seat.role = "elected" if rank < 2 else "staff"
        for rank, user in enumerate(users):
            level = "4" if rank < 2 else "1"
            self._answer(self._seat(one, user), one=level, two=level, three=level, duty="yes")
        lines = self._agreed(one)
        for key in ("one", "two", "three"):
            lines[key].write({"answer": "2", "reason": "Between"})
        one.with_user(self.director_user).action_validate()
        roles = one.with_user(users[0]).results_page()["roles"]
        self.assertEqual(len(roles["names"]), 2)
        self.assertEqual([[value["score"] for value in row["values"]] for row in roles["rows"]], [[80, 20], [80, 20]])
