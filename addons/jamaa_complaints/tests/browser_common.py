"""What the tests of cases in a real browser share: opening a case, pressing its steps."""

from odoo.addons.jamaa_base.tests.browser_common import DESK, PHONE, RealBrowserCase  # noqa: F401

from .common import ComplaintCase


class BrowserCase(ComplaintCase, RealBrowserCase):
    """Windows of the people of commune `here`, and of a citizen's phone."""

    def open_case(self, chromium, session, subject):
        """Open the case from the list of cases, in the client."""
        page = self.page(chromium, DESK, session)
        page.goto(f"{self.base_url()}/odoo/complaints")
        page.locator(".o_data_row", has_text=subject).first.click()
        page.locator(".o_form_view div[name=facts]").wait_for()
        return page

    def step(self, page, action):
        """Press a button of the case; one that is not among the next steps waits in the menu beside them."""
        button = page.locator(f"button[name={action}]").first
        menu = page.locator(".o_jamaa_other_steps")
        button.or_(menu).first.wait_for()
        if not button.is_visible():
            menu.click()
        button.click()

    def press(self, page, action, confirm=False):
        """Press a button and wait until it had its effect."""
        self.step(page, action)
        if confirm:
            page.locator(".modal .btn-primary").click()
        page.locator(f"button[name={action}]").first.wait_for(state="detached")

    def answer_sent(self, case=None):
        """Lead a case to its answer without a browser."""
        case = case if case is not None else self.case
        self._to_approval(case)
        self._as(self.president_user, case).action_approve()
        self._as(self.officer, case).action_send()
        self.env.invalidate_all()
