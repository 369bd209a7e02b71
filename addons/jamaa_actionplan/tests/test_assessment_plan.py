"""The seven criteria of one plan: subject, evidence from figures, and priorities that become actions."""

from datetime import timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.jamaa_assessment.tests.common import AssessmentCase

from .common import PlanCase


@tagged("post_install", "-at_install")
class TestPlanRound(AssessmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.theme = cls.env.ref("jamaa_base.theme_reception")
        cls.plan = cls._plan()
        cls.plan_grid = cls._grid(code="test-plan", subject="plan")

    @classmethod
    def _plan(cls, company=None, name="Reception"):
        values = {"is_plan": True, "name": name, "company_id": (company or cls.here).id, "theme_id": cls.theme.id}
        return cls.env["project.project"].create(values)

    def _decided(self, **vals):
        one = self._round([self.agent, self.member], **vals)
        for user in (self.agent, self.member):
            self._answer(self._seat(one, user), one="1", two="3", three="2", duty="yes")
        self._agreed(one)["one"].is_priority = True
        one.with_user(self.director_user).action_validate()
        return one.priority_ids.with_user(self.facilitator)

    def test_a_plan_is_a_subject(self):
        one = self._round(version_id=self.plan_grid.version_id.id, start=False, users=[self.agent, self.member])
        self.assertEqual(one.subject_kind, "plan")
        with self.assertRaisesRegex(UserError, "which plan"):
            one.action_start()
        one.action_plan_id = self.plan
        self.assertEqual(one.subject_name, "Reception")
        other = self._round(
            version_id=self.plan_grid.version_id.id, start=False, action_plan_id=self._plan(name="Two").id
        )
        self.assertNotEqual(one.subject_key, other.subject_key)
        one.action_start()
        with self.assertRaisesRegex(UserError, "has begun"):
            one.action_plan_id = other.action_plan_id

    def test_plans_of_this_commune_alone(self):
        with self.assertRaises(ValidationError):
            self._round(start=False, action_plan_id=self._plan(self.there).id)
        site_grid = self._grid(code="test-site", subject="site")
        with self.assertRaises(ValidationError):
            self._round(start=False, version_id=site_grid.version_id.id, action_plan_id=self.plan.id)

    def test_a_priority_becomes_an_action_that_remembers_its_item(self):
        row = self._decided(action_plan_id=self.plan.id)
        row.write({"due_date": self._day(30), "function_id": self.director.id})
        row.action_take_up()
        action = row.action_ids
        self.assertEqual((action.project_id, action.name), (self.plan, row.item_id.name))
        self.assertEqual((action.due_on, action.owner_function_id), (row.due_date, self.director))
        self.assertEqual(action.assessment_item, row.item_id.name)
        self.assertEqual((row.state, row.action_count), ("taken_up", 1))
        action.sudo().write({"proof_note": "Seen", "state": "1_done"})
        self.assertEqual(row.state, "done")

    def test_without_a_plan_in_preparation_one_is_made(self):
        row = self._decided()
        row.action_take_up()
        plan = row.action_ids.project_id
        self.assertEqual((plan.plan_state, plan.assessment_round_id), ("draft", row.round_id))
        self.assertIn(row.round_id.name, plan.name)
        row.action_reopen()
        row.action_take_up()
        self.assertEqual(row.action_count, 1, "taken up again, it is the same action")


@tagged("post_install", "-at_install")
class TestPlanMetrics(PlanCase):
    def _figure(self, code):
        metric = self.env["jamaa.metric"].search([("code", "=", code)])
        metric._compute_values()
        self.assertFalse(metric.last_error, metric.last_error)
        today = metric._today()
        return self.env["jamaa.metric.value"].search(
            [
                ("metric_id", "=", metric.id),
                ("company_id", "=", self.here.id),
                ("grain", "=", "month"),
                ("period_start", "=", today.replace(day=1)),
            ]
        )

    def test_drafts_do_not_count(self):
        self.assertFalse(self._figure("plan_actions_owned"))

    def test_owner_and_deputy(self):
        self._make_action(name="Alone", deputy_id=None)
        self._start()
        row = self._figure("plan_actions_owned")
        self.assertEqual((row.numerator, row.denominator, row.value), (1, 2, 50))
        model, domain = self.env["jamaa.metric"]._metric_sources()["plan_actions_owned"]["drill"](row)
        self.assertEqual(self.env[model].search_count(domain), 2)

    def test_who_when_and_with_what(self):
        self._start()
        self.assertEqual(self._figure("plan_actions_complete").value, 0)
        self.action.resources = "Two days of a carpenter"
        self.env.flush_all()
        self.assertEqual(self._figure("plan_actions_complete").value, 100)

    def test_plans_on_the_public_page(self):
        self._start()
        self.assertEqual(self._figure("plans_published").value, 0)
        row = (
            self.env["jamaa.plan.publication"]
            .with_user(self.president_user)
            ._publish(self.plan.with_user(self.president_user))
        )
        self.env.flush_all()
        self.assertEqual(self._figure("plans_published").value, 100)
        row._withdraw("Mistake")
        self.env.flush_all()
        self.assertEqual(self._figure("plans_published").value, 0)

    def test_the_grid_of_the_seven_criteria_asks_for_figures_that_are_measured(self):
        grid = self.env["jamaa.assessment.grid"].search([("code", "=", "steering-plan"), ("company_id", "=", False)])
        codes = set(filter(None, grid.version_id.item_ids.mapped("metric_code")))
        self.assertEqual(len(codes), 3)
        self.assertEqual(self.env["jamaa.metric"].search_count([("code", "in", list(codes))]), 3)
        self.assertLessEqual(codes, self.env["jamaa.metric"]._metric_sources().keys())

    def test_late(self):
        self._start()
        self.assertEqual(self._figure("plan_actions_late").value, 0)
        self.action.due_on = self._day(-1)
        self.assertEqual(self._figure("plan_actions_late").value, 100)

    def test_done_by_the_day_and_proved(self):
        today = self.env["jamaa.metric"]._today()
        self.action.due_on = today
        other = self._make_action(name="Other", due_on=today)
        self._start()
        self.action.write({"proof_note": "Somewhere", "state": "1_done"})
        other.write({"proof_link": "https://example.org/proof", "state": "1_done"})
        self.env.flush_all()
        self.assertEqual(self._figure("plan_actions_proved").value, 50)
        self.assertEqual(self._figure("plan_actions_in_time").value, 100)
        if today.day > 1:
            other.due_on = today - timedelta(days=1)
            self.env.flush_all()
            self.assertEqual(self._figure("plan_actions_in_time").value, 50)
