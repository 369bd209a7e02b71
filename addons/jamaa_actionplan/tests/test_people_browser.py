"""A planner draws up a handover and writes down a skill, a colleague reads the cooperation map, in a real browser."""

from odoo.tests import tagged

from odoo.addons.jamaa_base.tests.browser_common import DESK, RealBrowserCase

from .people_common import PeopleCase


@tagged("post_install", "-at_install", "browser")
class TestPeopleScreens(RealBrowserCase, PeopleCase):
    def _press(self, page, name):
        """Press a button of the box, or of its rest where they are many."""
        page.locator(".oe_stat_button").first.wait_for()
        button = page.locator(f"button[name={name}]")
        if not button.count():
            page.locator(".o_button_more").first.click()
        button.first.click()

    def test_a_plan_tells_its_skills_and_its_cooperation(self):
        self._learns(self.knower)
        self._need()
        session = self.log_in(self.planner, "ar")
        with self.browser() as chromium:
            page = self.page(chromium, DESK, session)
            page.goto(f"{self.base_url()}/odoo/action-jamaa_actionplan.project_project_action_plan/{self.plan.id}")
            self._press(page, "action_open_cooperation")
            page.locator(".modal [name=grid] table").wait_for()
            page.locator(".modal .btn-close, .modal button[special=cancel]").first.click()
            page.locator(".modal").wait_for(state="detached")
            self._press(page, "action_open_plan_skills")
            row = page.locator(".o_list_view .o_data_row").first
            row.wait_for()
            row.locator("button[name=action_secure]").click()
            page.locator(".o_form_view [name=deliverable]").wait_for()
        self.assertTrue(self.plan.risk_ids)
        self.assertEqual(len(self.plan.tasks), 2)

    def test_a_handover_in_one_click(self):
        head = self._make_function("service_head")
        old = self._make_holder(head, self.agent, date_to=self._day(-1))
        self._make_holder(head, self.onlooker, date_from=self._day(0))
        self.action.write({"owner_function_id": head.id, "owner_id": self.agent.id})
        session = self.log_in(self.planner)
        with self.browser() as chromium:
            page = self.page(chromium, DESK, session)
            page.goto(f"{self.base_url()}/odoo/action-jamaa_actionplan.jamaa_function_holder_action_handover")
            page.locator(".o_data_row button[name=action_handover]").first.click()
            page.locator(".o_form_view [name=item_ids] .o_data_row").first.wait_for()
        self.assertIn("action", old.handover_ids.item_ids.mapped("kind"))
        session = self.log_in(self.agent)
        with self.browser() as chromium:
            page = self.page(chromium, DESK, session)
            page.goto(f"{self.base_url()}/odoo/action-jamaa_actionplan.jamaa_handover_action/{old.handover_ids.id}")
            page.locator(".o_data_row [name=given] input").first.click()
            page.locator(".o_form_button_save").first.click()
            page.locator(".o_form_button_save").first.wait_for(state="hidden")
        self.assertTrue(old.handover_ids.item_ids[0].given)
