"""Mail set aside, in a real browser: read by an officer, and turned into a case."""

from odoo.tests import tagged

from .browser_common import BrowserCase
from .mail_samples import flat, head
from .test_mail_samples import GatewayCase


@tagged("post_install", "-at_install")
class TestBrowserMail(GatewayCase, BrowserCase):
    def test_a_mail_set_aside_becomes_a_case(self):
        raw = flat(head(self.address, 1, "Out of office", Auto_Submitted="auto-replied"), b"The drain is open.")
        self._receive(raw)
        row = self.Aside.search([], order="id desc", limit=1)
        session = self.log_in(self.officer, "fr")
        with self.browser() as chromium:
            where = "action-jamaa_complaints.jamaa_complaint_mail_aside_action"
            page = self.desk(chromium, session, "fr", where)
            page.locator(".o_data_row", has_text="Out of office").click()
            page.locator("button[name=action_open_case]").click()
            page.locator(".o_form_view div[name=facts]").wait_for()
            self.assertIn("The drain is open.", page.inner_text("div[name=facts]"))
            # the list has nothing that waits any more
            page.goto(f"{self.base_url()}/odoo/{where}")
            page.locator(".o_nocontent_help, .o_view_nocontent").first.wait_for()
        self.env.invalidate_all()
        self.assertEqual((row.state, row.decided_by_id), ("opened", self.officer))
        self.assertIn("The drain is open.", row.case_id.facts)
