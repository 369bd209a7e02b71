"""A vice-president with a delegation decides on a phone, in Arabic, in a real browser."""

from odoo.tests import tagged

from odoo.addons.jamaa_base.tests.browser_common import PHONE, RealBrowserCase

from .decision_common import DecisionCase


@tagged("post_install", "-at_install", "browser")
class TestDecisionScreen(RealBrowserCase, DecisionCase):
    def test_a_vice_president_decides_on_a_phone_in_arabic(self):
        decision = self._ask("vice_president", adopts_plan=True)
        other = self._ask()
        session = self.log_in(self.vice_user, "ar")
        # the database is asked before the browser opens: its requests and the test share one cursor
        self.answer = str(self.env.ref("jamaa_actionplan.jamaa_decision_answer_action").id)
        where = f"{self.base_url()}/odoo/action-jamaa_actionplan.jamaa_decision_action_waiting"
        with self.browser() as chromium:
            page = self.page(chromium, PHONE, session)
            page.goto(f"{where}/{decision.id}")
            page.locator(".o_form_view").wait_for()
            self.assertEqual(page.evaluate("getComputedStyle(document.querySelector('.o_form_view')).direction"), "rtl")
            self.assertNoOverflow(page)
            self._press(page, 0)
            page.locator(".modal div[name=reason] textarea").fill("موافق")
            self.assertNoOverflow(page)
            self.confirm(page)
            page.locator(".o_form_view div[name=outcome]").first.wait_for()
            page.goto(f"{where}/{other.id}")
            page.locator(".o_form_view").wait_for()
            self.assertEqual(page.locator("button[data-hotkey][name*='answer']").count(), 0)
        self.env.invalidate_all()
        self.assertEqual((decision.outcome, decision.reason), ("approved", "موافق"))
        self.assertEqual(decision.decided_under, self.delegation)
        self.assertEqual(self.plan.plan_state, "decided")

    def _press(self, page, rank):
        """Press a button of the bar; a phone keeps those beyond the first in a menu."""
        menu = ".o_cp_action_menus .dropdown-toggle, .o_statusbar_buttons .dropdown-toggle"
        page.locator(f"button[name='{self.answer}'], {menu}").first.wait_for()
        button = page.locator(f"button[name='{self.answer}']").nth(rank)
        if not button.is_visible():
            page.locator(menu).first.click()
        button.click()
