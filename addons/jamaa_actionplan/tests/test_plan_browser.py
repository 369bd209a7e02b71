"""A planner types actions in the grid and looks at them from all sides, in a real browser."""

from odoo.tests import tagged

from odoo.addons.jamaa_base.tests.browser_common import DESK, RealBrowserCase

from .common import PlanCase


@tagged("post_install", "-at_install", "browser")
class TestPlanScreen(RealBrowserCase, PlanCase):
    def _type(self, page, row, name, text):
        box = row.locator(f"[name={name}] input")
        box.click()
        box.fill(text)
        if name in ("result_id", "owner_id"):
            page.locator(".o-autocomplete--dropdown-item", has_text=text).first.click()

    def test_actions_are_typed_in_the_grid_and_seen_from_all_sides(self):
        self.action.start_on = self.today
        session = self.log_in(self.planner)
        where = f"/odoo/action-jamaa_actionplan.project_project_action_plan/{self.plan.id}"
        with self.browser() as chromium:
            page = self.page(chromium, DESK, session)
            page.goto(self.base_url() + where)
            page.locator(".o_form_view .o_statusbar_status").wait_for()
            page.locator("button[name=action_open_plan_actions]").click()
            page.locator(".o_list_view .o_data_row", has_text="Open a desk").wait_for()
            for number in (1, 2):
                page.locator(".o_list_button_add").first.click()
                row = page.locator(".o_selected_row")
                row.wait_for()
                self._type(page, row, "name", f"Typed {number}")
                self._type(page, row, "result_id", "Short waits")
                self._type(page, row, "owner_id", self.agent.name)
                self._type(page, row, "deliverable", "A note")
                page.locator(".o_list_button_save").first.click()
                page.locator(".o_selected_row").wait_for(state="detached")
            for kind, mark in (
                ("kanban", ".o_kanban_group:nth-child(4)"),
                ("calendar", ".o_calendar_view .fc"),
                ("timeline", ".vis-item"),
                ("pivot", ".o_pivot table"),
            ):
                page.locator(f".o_switch_view.o_{kind}").first.click()
                page.locator(mark).first.wait_for()
        typed = self.plan.tasks.filtered(lambda one: one.name.startswith("Typed"))
        self.assertEqual(len(typed), 2)
        self.assertEqual(typed.owner_id, self.agent)
        self.assertEqual(typed.result_id, self.result)
        self.assertEqual(set(typed.mapped("missing")), {"by when"})

    def test_a_plan_is_made_of_a_template_in_arabic(self):
        self._make_function("reception_head")
        self._make_function("service_head")
        session = self.log_in(self.planner, "ar")
        with self.browser() as chromium:
            page = self.page(chromium, DESK, session)
            page.goto(f"{self.base_url()}/odoo/action-jamaa_actionplan.jamaa_plan_template_action")
            page.locator(".o_data_row").first.locator("td[name=name]").click()
            page.locator(".o_form_view button.btn-primary[type=object], .o_statusbar_buttons button").first.click()
            page.locator(".modal .o_data_row").first.wait_for()
            page.locator(".modal button[name=action_make]").click()
            page.locator(".o_form_view [name=plan_state]").wait_for()
            page.locator(".o_notebook_headers a[name=actions]").click()
            page.locator(".o_field_widget[name=tasks] .o_data_row").nth(11).wait_for()
        plan = self.env["project.project"].search([("is_plan", "=", True)], order="id desc", limit=1)
        self.assertEqual(len(plan.tasks), 12)
        self.assertTrue(all(plan.tasks.mapped("due_on")))
