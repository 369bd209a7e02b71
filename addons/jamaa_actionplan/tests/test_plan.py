"""Plans, actions, results and risks: what each must say, and how they move."""

from datetime import time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..models.project_task_dates import _moment
from .common import PlanCase


@tagged("post_install", "-at_install")
class TestPlan(PlanCase):
    def test_a_decision_asks_five_things_of_each_action(self):
        for name in ("owner_id", "due_on", "deliverable", "result_id"):
            with self.subTest(name=name), self.env.cr.savepoint() as savepoint:
                self.action[name] = False
                with self.assertRaisesRegex(ValidationError, "Open a desk"):
                    self.plan.action_decide()
                savepoint.rollback()
        self.plan.action_decide()
        self.assertEqual(self.plan.plan_state, "decided")

    def test_missing_words_are_told(self):
        self.assertFalse(self.action.missing)
        self.action.write({"deliverable": False, "due_on": False})
        self.assertEqual(self.action.missing, "by when, which deliverable")

    def test_a_decided_plan_takes_no_incomplete_action(self):
        self._start()
        with self.assertRaises(ValidationError):
            self._make_action(deliverable=False)
        with self.assertRaises(ValidationError):
            self.action.due_on = False

    def test_the_function_is_enough_and_brings_its_holder(self):
        action = self._make_action(owner_id=None, owner_function_id=self.president.id)
        self.assertEqual(action.owner_id, self.president_user)
        vacant = self._make_action(owner_id=None, deputy_id=False, owner_function_id=self.director.id)
        self.assertFalse(vacant.owner_id)
        self.assertFalse(vacant.missing)

    def test_owner_and_deputy_are_assigned(self):
        self.assertEqual(self.action.user_ids, self.agent | self.deputy)
        self.action.owner_id = self.onlooker
        self.assertEqual(self.action.user_ids, self.onlooker | self.deputy)

    def test_days_and_moments_agree(self):
        self.action.write({"start_on": self._day(1), "due_on": self._day(2)})
        self.assertEqual(self.action.date_deadline.date(), self._day(2))
        self.action.date_deadline = _moment(self._day(3), time(0, 5))
        self.assertEqual(self.action.due_on, self._day(3), "five past midnight in Morocco")
        with self.assertRaises(ValidationError):
            self.action.start_on = self._day(9)

    def test_done_needs_proof(self):
        done = self.env.ref("jamaa_actionplan.stage_done")
        with self.assertRaisesRegex(ValidationError, "proof"), self.env.cr.savepoint():
            self.action.stage_id = done
        self.action.write({"stage_id": done.id, "proof_note": "Act no. 12"})
        self.assertEqual(self.action.state, "1_done")
        self.action.state = "1_canceled"
        self.assertEqual(self.action.stage_id, self.env.ref("jamaa_actionplan.stage_dropped"))

    def test_dependencies_wait(self):
        second = self._make_action(name="Train", depend_on_ids=[(6, 0, self.action.ids)])
        self.assertEqual(second.state, "04_waiting_normal")
        self.action.write({"stage_id": self.env.ref("jamaa_actionplan.stage_done").id, "proof_note": "Seen"})
        self.assertEqual(second.state, "01_in_progress")

    def test_late(self):
        late = self._make_action(start_on=self._day(-9), due_on=self._day(-1))
        self.assertTrue(late.is_late)
        self.assertEqual(
            self.env["project.task"].search([("project_id", "=", self.plan.id), ("is_late", "=", True)]), late
        )
        self.assertEqual(self.plan.late_action_count, 1)

    def test_steps_only_by_buttons_and_in_order(self):
        plan = self.plan.with_user(self.planner)
        with self.assertRaises(UserError):
            plan.plan_state = "running"
        with self.assertRaises(UserError):
            plan.action_start()
        self.plan.action_decide()
        plan.action_start()
        with self.assertRaises(UserError):
            plan.unlink()
        with self.assertRaises(UserError):
            self.action.with_user(self.planner).unlink()
        plan.action_close()
        with self.assertRaises(UserError):
            self.action.with_user(self.planner).name = "Late thought"
        plan.action_reopen()
        self.assertEqual(plan.plan_state, "running")

    def test_a_plan_stays_inside(self):
        with self.assertRaises(UserError):
            self.plan.copy()
        with self.assertRaises(UserError):
            self.plan.company_id = self.there
        with self.assertRaises(UserError):
            self.plan.is_plan = False
        with self.assertRaises(ValidationError):
            self.plan.partner_id = self.portal.partner_id
        with self.assertRaises(ValidationError):
            self.plan.collaborator_ids = [(0, 0, {"partner_id": self.portal.partner_id.id})]
        with self.assertRaises(ValidationError):
            self._make_plan(self.programme_company)

    def test_visibility_cannot_be_opened(self):
        from psycopg2 import IntegrityError

        from odoo.tools import mute_logger

        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.plan.privacy_visibility = "portal"
            self.env.flush_all()

    def test_no_link_opens_it(self):
        self.assertFalse(self.plan._portal_ensure_token())
        self.assertFalse(self.action._portal_ensure_token())

    def test_plain_projects_are_upstreams(self):
        project = self.env["project.project"].create({"name": "Plain"})
        task = self.env["project.task"].create({"name": "Task", "project_id": project.id})
        self.assertFalse(project.is_plan or task.is_action)
        self.assertEqual(project.privacy_visibility, "portal")
        self.assertTrue(task._portal_ensure_token())
        task.state = "1_done"
        self.assertTrue(project.copy())

    def test_links_stay_in_the_commune_and_the_plan(self):
        other = self._make_plan()
        for vals in (
            {"owner_id": self.planner_there.id},
            {"deputy_id": self.portal.id},
            {"owner_function_id": self._make_function("director", self.there).id},
            {"department_ids": [(0, 0, {"name": "There", "company_id": self.there.id})]},
            {"result_id": other.result_ids.id},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.action.write(vals)


@tagged("post_install", "-at_install")
class TestResultsAndRisks(PlanCase):
    def test_the_chain_goes_upwards_inside_one_plan(self):
        goal = self.env["jamaa.plan.result"].create({"plan_id": self.plan.id, "name": "Goal", "level": "objective"})
        self.result.parent_id = goal
        with self.assertRaises(ValidationError):
            goal.parent_id = self.result
        with self.assertRaises(ValidationError):
            self._make_plan().result_ids.parent_id = goal

    def test_findings_lead_to_results(self):
        diagnosis = self.env["jamaa.plan.diagnosis"].create(
            {
                "name": "How we receive",
                "company_id": self.here.id,
                "finding_ids": [(0, 0, {"name": "Long waits", "kind": "weakness", "evidence": "90 minutes"})],
            }
        )
        self.result.finding_ids = diagnosis.finding_ids
        self.assertEqual(diagnosis.finding_ids.result_ids, self.result)
        self.plan.diagnosis_id = diagnosis
        self.assertEqual(diagnosis.plan_ids, self.plan)

    def test_a_risk_is_raised_level_by_level(self):
        self._make_holder(self.director, self.director_user)
        risk = (
            self.env["jamaa.plan.risk"]
            .with_user(self.planner)
            .create({"name": "No room", "action_id": self.action.id, "kind": "obstacle", "impact": "3"})
        )
        self.assertEqual(risk.plan_id, self.plan)
        self.assertEqual(risk.weight, 9)
        risk.action_raise()
        self.assertEqual((risk.level, risk.state), ("director", "raised"))
        self.assertEqual(risk.activity_ids.user_id, self.director_user)
        risk.action_raise()
        self.assertEqual(risk.level, "president")
        with self.assertRaises(UserError):
            risk.level = "owner"
        with self.assertRaises(UserError):
            risk.action_settle()
        risk.outcome = "The council lent a room"
        risk.action_settle()
        self.assertEqual(risk.state, "closed")
        self.assertFalse(risk.activity_ids)
        with self.assertRaises(UserError):
            risk.action_raise()
