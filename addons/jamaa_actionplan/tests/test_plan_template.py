"""A plan made of a template: dates and people really land."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import PlanCase


@tagged("post_install", "-at_install")
class TestPlanTemplate(PlanCase):
    def _start_from(self, template, **vals):
        with Form(self.env["jamaa.plan.start"].with_user(self.planner)) as form:
            form.template_id = template
            form.date_start = self._day(10)
        start = form.save()
        start.write(vals)
        return start

    def _plan_of(self, start):
        return self.env["project.project"].browse(start.action_make()["res_id"])

    def test_shipped_templates_are_whole(self):
        for key in ("reception", "complaints", "communication"):
            template = self.env.ref(f"jamaa_actionplan.template_{key}")
            with self.subTest(key=key):
                self.assertEqual(template.theme_id.code, key)
                self.assertGreaterEqual(template.action_count, 10)
                for action in template.action_ids:
                    for other in action.depend_on_ids:
                        self.assertLessEqual(other.start_offset, action.due_offset)
                served = template.action_ids.result_id
                self.assertEqual(served, template.result_ids.filtered(lambda one: one.level == "output"))

    def test_dates_and_people_land(self):
        self._make_holder(self.director, self.director_user)
        head = self._make_function("reception_head")
        template = self.env.ref("jamaa_actionplan.template_reception")
        start = self._start_from(template)
        roles = {role.function_code: role for role in start.role_ids}
        self.assertEqual(roles["director"].function_id, self.director)
        self.assertEqual(roles["reception_head"].function_id, head)
        roles["reception_head"].user_id = self.agent
        roles["service_head"].user_id = self.deputy
        plan = self._plan_of(start)
        self.assertEqual(plan.company_id, self.here)
        self.assertEqual(plan.date_start, self._day(10))
        self.assertEqual(plan.date, self._day(10) + timedelta(days=template.duration))
        self.assertEqual(len(plan.tasks), template.action_count)
        for action, source in zip(plan.tasks.sorted("sequence"), template.action_ids.sorted("sequence"), strict=True):
            with self.subTest(action=source.name):
                self.assertEqual(action.start_on, self._day(10 + source.start_offset))
                self.assertEqual(action.due_on, self._day(10 + source.due_offset))
                self.assertEqual(action.deliverable, source.deliverable)
                self.assertEqual(action.result_id.name, source.result_id.name)
                self.assertEqual(action.depend_on_ids.mapped("name"), source.depend_on_ids.mapped("name"))
        owners = {
            source: action.owner_id
            for action, source in zip(plan.tasks.sorted("sequence"), template.action_ids, strict=True)
        }
        for source, owner in owners.items():
            wanted = {"director": self.director_user, "reception_head": self.agent, "service_head": self.deputy}
            self.assertEqual(owner, wanted[source.function_code])
        lasting = plan.tasks.filtered(lambda one: one.owner_function_id == self.director)
        self.assertTrue(lasting, "the role stays on the action")
        outputs = plan.result_ids.filtered(lambda one: one.level == "output")
        self.assertTrue(all(outputs.mapped("parent_id")))
        plan.with_user(self.planner)._check_ready_to_decide()

    def test_every_role_is_given(self):
        start = self._start_from(self.env.ref("jamaa_actionplan.template_complaints"))
        with self.assertRaises(UserError):
            start.action_make()

    def test_shared_templates_are_changed_by_nobody_in_a_commune(self):
        shared = self.env.ref("jamaa_actionplan.template_reception")
        for row in (shared, shared.result_ids[0], shared.action_ids[0]):
            with self.assertRaises(AccessError):
                row.with_user(self.planner).name = "Changed"
        own = (
            self.env["jamaa.plan.template"]
            .with_user(self.planner)
            .create({"name": "Own", "theme_id": self.theme.id, "objective": "Better", "company_id": self.here.id})
        )
        self.assertFalse(self.env["jamaa.plan.template"].with_user(self.planner_there).search([("id", "=", own.id)]))

    def test_only_planners_start_plans(self):
        with self.assertRaises(AccessError):
            self.env["jamaa.plan.start"].with_user(self.agent).create(
                {"template_id": self.env.ref("jamaa_actionplan.template_reception").id}
            )
