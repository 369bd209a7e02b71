"""Lights: computed, declared, stale and told; a plan that did everything and changed nothing."""

from unittest.mock import patch

from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .test_indicator import IndicatorCase


@tagged("post_install", "-at_install")
class TestIndicatorLights(IndicatorCase):
    def _night(self):
        """Run the nightly job inside the test's transaction."""
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=1):
            self.env["jamaa.indicator"]._cron_lights()

    def _make_red(self):
        self._accept(self._type(numerator=41))
        self.assertEqual(self.indicator.light, "red")

    def test_a_lowered_target(self):
        waits = self._make_indicator(
            kind="number", direction="down", baseline_value=60,
            target_ids=[(0, 0, {"date": self.today + relativedelta(months=6), "value": 30})],
        )  # fmt: skip
        self._accept(self._type(indicator=waits, numerator=44))
        self.assertEqual((waits.light, round(waits.reached)), ("green", 53))

    def test_without_a_baseline_nothing_is_said(self):
        self.indicator.baseline_date = False
        self._accept(self._type())
        self.assertEqual(self.indicator.light, "none")

    def test_the_communes_margins_count(self):
        self._accept(self._type(numerator=54))  # 35 points of the way where some 50 are due
        self.assertEqual(self.indicator.light, "amber")
        self.here.light_green_margin = 20
        self.assertEqual(self.indicator.light, "green")
        self.here.write({"light_green_margin": 0, "light_amber_margin": 1})
        self.assertEqual(self.indicator.light, "red")

    def test_stale_is_told_once_for_each_period(self):
        self.plan.action_decide()
        self._accept(self._type(months_ago=4))
        self.assertEqual(self.indicator.light, "stale")
        for _night in range(2):
            self._night()
            self.assertEqual(self.indicator.activity_ids.user_id, self.agent)
            self.assertEqual(len(self.indicator.activity_ids), 1)
        self.indicator.activity_ids.action_done()
        self._night()
        self.assertFalse(self.indicator.activity_ids)
        self.indicator.told_for -= relativedelta(months=1)  # a month goes by
        self._night()
        self.assertEqual(len(self.indicator.activity_ids), 1)
        self._accept(self._type())
        self.assertFalse(self.indicator.activity_ids)
        self.assertNotEqual(self.indicator.light, "stale")

    def test_plans_in_preparation_are_not_told_of(self):
        self._accept(self._type(months_ago=4))
        self._night()
        self.assertFalse(self.indicator.activity_ids)

    def test_the_light_of_a_plan(self):
        self.assertEqual(self.plan.computed_light, "stale")
        self._make_red()
        self.assertEqual(self.plan.computed_light, "red")
        self.assertEqual((self.plan.indicator_count, self.plan.red_indicator_count), (1, 1))
        self.assertFalse(self._make_plan(name="Empty").indicator_count)

    def test_done_by_weight(self):
        self._start()
        self._make_action(name="Great", weight=3)
        self.action.write({"stage_id": self.env.ref("jamaa_actionplan.stage_done").id, "proof_note": "Seen"})
        self.assertEqual(self.plan.done_share, 25)
        dropped = self._make_action(name="Given up", weight=9)
        dropped.stage_id = self.env.ref("jamaa_actionplan.stage_dropped")
        self.assertEqual(self.plan.done_share, 25)

    def test_everything_done_and_red_is_the_case_to_discuss(self):
        self._start()
        self._make_red()
        self.assertFalse(self.plan.to_discuss)
        self.action.write({"stage_id": self.env.ref("jamaa_actionplan.stage_done").id, "proof_note": "Seen"})
        self.assertTrue(self.plan.to_discuss)
        found = self.env["project.project"].search([("to_discuss", "=", True)])
        self.assertIn(self.plan, found)
        self.assertNotIn(self.plan, self.env["project.project"].search([("to_discuss", "=", False)]))

    def test_declaring_otherwise_asks_for_a_sentence(self):
        self._make_red()
        plan = self.plan.with_user(self.planner)
        with self.assertRaises(ValidationError):
            plan.declared_light = "green"
        plan.write({"declared_light": "green", "declared_reason": "The survey ran before the desk opened"})
        self.assertTrue(plan.lights_differ)
        self.assertEqual(plan.declared_on, self.today)
        plan.declared_light = "red"
        self.assertFalse(plan.declared_reason)
        self.assertFalse(plan.lights_differ)
        with self.assertRaises(ValidationError):  # the sentence of last time is not the reason of this one
            plan.declared_light = "amber"

    def test_nothing_computed_nothing_asked(self):
        self.plan.declared_light = "green"
        self.assertFalse(self.plan.lights_differ)

    def test_who_is_in_charge_declares_an_action(self):
        self._start()
        self.action.due_on = self._day(-1)
        action = self.action.with_user(self.agent)
        self.assertEqual(action.computed_light, "red")
        with self.assertRaises(ValidationError):
            action.declared_light = "green"
        with Form(action, view="jamaa_actionplan.project_task_view_form_action") as form:
            form.declared_light = "green"
            form.declared_reason = "The desk opened, the act is being signed"
        self.assertTrue(action.lights_differ)
        with self.assertRaises(AccessError):
            action.weight = 5

    def test_forms_work_for_who_uses_them(self):
        with Form(self.env["jamaa.indicator"].with_user(self.planner)) as form:
            form.plan_id = self.plan
            form.name = "New"
            form.baseline_date = self._day(-10)
            form.baseline_value = 3
            with form.target_ids.new() as line:
                line.date = self._day(100)
                line.value = 9
        with Form(self.plan.with_user(self.planner), view="jamaa_actionplan.project_project_view_form_plan") as form:
            form.declared_light = "green"
        values = (
            self.env["jamaa.indicator.value"].with_user(self.agent).with_context(default_indicator_id=self.indicator.id)
        )
        with Form(values) as form:
            form.period_start = self.today
            form.numerator = 3
            form.denominator = 4
        Form(self.indicator.with_user(self.onlooker))

    def test_lists_are_flat(self):
        fields = {name: {} for name in ("name", "light", "actual", "target_now", "waiting_count", "reached")}
        fields |= {name: {"fields": {"display_name": {}}} for name in ("plan_id", "result_id", "owner_function_id")}

        def cost():
            indicators = self.env["jamaa.indicator"].with_user(self.planner)
            indicators.web_search_read([], fields)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            indicators.web_search_read([], fields)
            return self.env.cr.sql_log_count - before

        few = cost()
        for number in range(20):
            self._make_indicator(name=f"Indicator {number}")
        self.assertEqual(cost(), few)
        self.assertLessEqual(few, 20)

    def test_the_list_of_plans_is_flat(self):
        names = "name task_count late_action_count done_share computed_light declared_light lights_differ to_discuss"
        fields = {name: {} for name in names.split()}

        def cost():
            plans = self.env["project.project"].with_user(self.planner)
            plans.web_search_read([("is_plan", "=", True)], fields)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            plans.web_search_read([("is_plan", "=", True)], fields)
            return self.env.cr.sql_log_count - before

        few = cost()
        for number in range(10):
            self._make_indicator(plan_id=self._make_plan(name=f"Plan {number}").id, result_id=False)
        self.assertEqual(cost(), few)
        self.assertLessEqual(few, 20)

    def test_a_night_is_flat(self):
        self.plan.action_decide()

        def cost():
            self._night()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._night()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        few = cost()
        for number in range(20):
            self._make_indicator(name=f"Indicator {number}")
        self.assertEqual(cost(), few)

    def test_the_picture_of_an_indicator(self):
        self._accept(self._type(months_ago=1))
        self._accept(self._type(numerator=0, denominator=0))
        self.assertEqual(
            len(self.indicator._line(self.env["jamaa.indicator.value"]._periods_of(self.indicator)[self.indicator])), 1
        )
        self.assertIn("data:image/svg+xml", self.indicator.chart)
        self.assertFalse(self._make_indicator(baseline_date=False, target_ids=False).chart)
