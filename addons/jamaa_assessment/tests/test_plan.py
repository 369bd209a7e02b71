"""Rounds come back over the years; what changed between two of them is said."""

from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import AssessmentCase


@tagged("post_install", "-at_install")
class TestPlan(AssessmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reception = cls._make_function("reception_head", name="Head of reception")
        cls.last = cls._round([cls.agent], paper=1, start=False)
        cls.last.rater_ids = [(0, 0, {"function_id": cls.reception.id, "role": "director", "email": "old@example.org"})]
        cls.plan = (
            cls.env["jamaa.assessment.plan"]
            .with_user(cls.facilitator)
            .create(
                {
                    "grid_id": cls.grid.id,
                    "company_id": cls.here.id,
                    "first_date": cls._day(60),
                    "every_months": 6,
                    "purpose": "See what moved",
                }
            )
        )

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=60))

    def _prepare(self):
        self.env["jamaa.assessment.plan"]._cron_prepare()
        self.env.invalidate_all()

    def _due(self, left=10):
        self.plan.next_date = self._day(left)

    def test_some_weeks_ahead(self):
        self._prepare()
        self.assertFalse(self.plan.round_ids, "sixty days are more than six weeks")
        self._due(42)
        self._prepare()
        one = self.plan.round_ids
        self.assertEqual((one.state, one.date, one.version_id), ("draft", self._day(42), self.version))
        self.assertEqual((one.facilitator_id, one.purpose), (self.facilitator, "See what moved"))
        self.assertEqual(one.activity_ids.user_id, self.facilitator)
        self.assertIn(self.grid.with_context(lang="ar_MA").name, one.name, "in the words of the commune")
        months = (self.plan.next_date.year - one.date.year) * 12 + self.plan.next_date.month - one.date.month
        self.assertEqual(months, 6)
        self._prepare()
        self.assertEqual(self.plan.round_count, 1, "made once")

    def test_panel_of_the_last_round(self):
        self._due()
        self._prepare()
        seats = self.plan.round_ids.rater_ids
        self.assertEqual(seats.filtered("user_id").user_id, self.agent)
        self.assertEqual(seats.filtered("function_id").function_id, self.reception)
        self.assertEqual(seats.filtered("label").label, "Citizens' panel 1")
        self.assertFalse(any(seats.mapped("email")), "addresses are not kept from round to round")
        self.assertFalse(any(seats.mapped("finished_on")))

    def test_years_nobody_looked_make_one_round(self):
        self._due(-800)
        self._prepare()
        self.assertEqual(len(self.plan.round_ids), 1)
        self.assertEqual(self.plan.round_ids.date, self._day(0))
        self.assertGreater(self.plan.next_date, self._day(0))

    def test_one_that_cannot_go_on_does_not_hold_the_others(self):
        other = self.plan.copy({"name": "Other"})
        self._due()
        other.next_date = self._day(10)
        self.env.cr.execute("UPDATE jamaa_assessment_grid SET version_id = NULL WHERE id = %s", (self.grid.id,))
        own = self._grid(self.here, code="own-grid")
        other.grid_id = own
        self.env.invalidate_all()
        self._prepare()
        self.assertFalse(self.plan.round_ids)
        self.assertEqual(len(other.round_ids), 1)
        self.assertIn("انشر هذه الشبكة", self.plan.activity_ids.summary, "in the language of the commune")

    def test_now(self):
        self.plan.action_prepare()
        self.assertEqual(self.plan.round_ids.date, self._day(60))
        self.assertIn("·", self.plan.upcoming)

    def test_what_does_not_fit(self):
        theirs = self._grid(self.there, code="their-grid")
        site_grid = self._grid(code="test-site", subject="site")
        draft = self._grid(publish=False, code="draft-grid")
        for grid, words in ((theirs, "another commune"), (site_grid, "which site"), (draft, "Publish this grid")):
            with self.subTest(words), self.assertRaisesRegex(ValidationError, words):
                self.plan.sudo().grid_id = grid

    def test_who_sees_and_changes_it(self):
        Plan = self.env["jamaa.assessment.plan"]
        for user, sees in (
            (self.facilitator, True), (self.director_user, True), (self.president_user, True), (self.agent, False),
            (self.facilitator_there, False), (self.team, False),
        ):  # fmt: skip
            with self.subTest(user.login):
                self.assertEqual(bool(Plan.with_user(user).search([("id", "=", self.plan.id)])), sees)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.plan.with_user(self.facilitator).write({"company_id": self.there.id})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.plan.with_user(self.facilitator).write(
                {"company_id": self.there.id, "facilitator_id": self.facilitator_there.id}
            )
        with self.assertRaises(AccessError):
            self.plan.with_user(self.president_user).write({"every_months": 1})
        with self.assertRaises(UserError):
            self.plan.with_user(self.facilitator_there).action_prepare()


@tagged("post_install", "-at_install")
class TestChanges(AssessmentCase):
    def _held(self, version, name, priority, **answers):
        self.items = {item.key: item for item in version.item_ids}
        one = self._round([self.agent, self.member], version_id=version.id, name=name)
        for user in (self.agent, self.member):
            self._answer(self._seat(one, user), **answers)
        lines = self._agreed(one)
        for key in priority:
            lines[key].is_priority = True
        one.with_user(self.director_user).action_validate()
        return one

    def test_between_two_rounds(self):
        first = self._held(self.version, "First", ("one", "duty"), one="1", two="2", three="3", duty="no")
        self.assertIsNone(first._changes())
        self.assertFalse(first.changes)
        self.grid.with_user(self.facilitator).action_adopt()
        draft = self.env["jamaa.assessment.grid"].search([("model_id", "=", self.grid.id)]).draft_version_id
        draft.change_note = "Shorter words"
        by_key = {item.key: item for item in draft.item_ids}
        by_key["two"].with_context(lang="ar_MA").anchor_2 = "بطريقة أخرى"
        by_key["three"].active = False
        by_key["one"].criterion_id.item_ids = [
            (0, 0, {"key": "new", "name": "A new item", **{f"anchor_{n}": str(n) for n in range(6)}})
        ]
        draft.action_publish()
        second = self._held(draft, "Second", ("duty",), one="3", two="2", new="1", duty="no")
        found = second.with_user(self.director_user)._changes()
        self.assertEqual(found["before"]["name"], "First")
        self.assertEqual(found["version"]["note"], "Shorter words")
        self.assertEqual(found["added"], ["A new item"])
        self.assertEqual(found["off"], [self.version.item_ids.filtered(lambda item: item.key == "three").name])
        self.assertEqual(found["reworded"], [by_key["two"].name])
        self.assertEqual(
            [(move["name"], move["then"], move["now"]) for move in found["moved"]], [(by_key["one"].name, "1", "3")]
        )
        self.assertEqual(found["same"], 1, "the duty, not met as before")
        self.assertEqual(found["kept"], [by_key["duty"].name])
        self.assertEqual(len(found["done"]), 2)
        self.assertIn("A new item", second.with_user(self.director_user).changes)
        report = self.env["ir.actions.report"].with_user(self.director_user).with_context(lang="fr_MA")
        html, _kind = report._render_qweb_html("jamaa_assessment.round_report", second.ids)
        self.assertIn("Shorter words", " ".join(etree.HTML(html).itertext()))

    def test_who_still_has_to_answer_sees_nothing_of_it(self):
        answers = {"one": "1", "two": "2", "three": "3", "duty": "no"}
        self._held(self.version, "First", (), **answers)
        second = self._held(self.version, "Second", (), **{**answers, "one": "2"})
        self.assertTrue(second.with_user(self.agent).changes)
        self._round([self.agent, self.head], name="Third")
        self.env.invalidate_all()
        self.assertFalse(second.with_user(self.agent).changes)
        self.assertTrue(second.with_user(self.director_user).changes)
