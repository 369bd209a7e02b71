"""The page of results in a real browser: in both directions, by keyboard, on a phone and on paper."""

from odoo.tests import tagged

from odoo.addons.jamaa_base.tests.browser_common import DESK, PHONE, RealBrowserCase

from .common import AssessmentCase


@tagged("post_install", "-at_install", "browser")
class TestResultsPageInBrowser(RealBrowserCase, AssessmentCase):
    def _validated(self):
        one = self._round([self.agent, self.member])
        for user in (self.agent, self.member):
            self._answer(self._seat(one, user), one="1", two="5", three="3", duty="no")
        lines = self._agreed(one)
        lines["one"].is_priority = True
        one.with_user(self.director_user).action_validate()
        return one

    def _open(self, chromium, session, one, size):
        page = self.page(chromium, size, session)
        page.goto(f"{self.base_url()}/odoo/action-jamaa_assessment.jamaa_assessment_result_action")
        page.locator(".o_group_header").first.click()
        page.locator("button[name=action_open_page]").first.click()
        page.locator(".o_jamaa_results main").wait_for()
        return page

    def test_read_print_and_move_by_keyboard(self):
        one = self._validated()
        session = self.log_in(self.director_user, "ar")
        with self.browser() as chromium:
            page = self._open(chromium, session, one, DESK)
            way = page.evaluate("getComputedStyle(document.querySelector('.o_jamaa_results')).direction")
            self.assertEqual(way, "rtl")
            # five said without evidence counts as three, three is said without any: two questions, all on demand
            rows = page.locator(".o_jamaa_results_shown")
            self.assertEqual(rows.count(), 2)
            page.locator(".o_jamaa_results_all").focus()
            page.keyboard.press("Enter")
            rows.nth(2).wait_for()
            # the buttons of the parts take the focus along
            page.locator("nav button").last.focus()
            page.keyboard.press("Enter")
            self.assertEqual(page.evaluate("document.activeElement.id"), "o_jamaa_priorities")
            page.emulate_media(media="print")
            self.assertFalse(page.locator(".o_main_navbar").is_visible())
            self.assertFalse(page.locator(".o_jamaa_results_print").is_visible())
            height = page.evaluate("getComputedStyle(document.querySelector('.o_jamaa_results')).overflowY")
            self.assertEqual(height, "visible", "on paper nothing is cut off")
            page.emulate_media(media="screen")
            page.locator(".o_jamaa_results_priority button").click()
            page.locator(".o_form_view button[name=action_take_up]").wait_for(state="attached")
            page.context.close()
            page = self._open(chromium, session, one, PHONE)
            self.assertNoOverflow(page)
