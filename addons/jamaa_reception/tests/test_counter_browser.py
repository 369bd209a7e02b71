"""The receptionist's screen in a real browser, by keyboard alone."""

from contextlib import contextmanager

from odoo.tests import tagged

from odoo.addons.jamaa_base.tests.browser_common import DESK, RealBrowserCase

from .request_common import NAME, RequestCase


@tagged("post_install", "-at_install")
class TestCounterBrowser(RequestCase, RealBrowserCase):
    @contextmanager
    def counter(self):
        """Open the counter as the agent."""
        session = self.log_in(self.agent, "fr")
        with self.browser() as chromium:
            page = self.page(chromium, DESK, session)
            page.goto(f"{self.base_url()}/odoo/action-jamaa_reception.jamaa_reception_counter_action")
            yield page

    def _open_sheet(self, page):
        """Search has the focus; a word and Enter open the sheet, Enter answers for oneself."""
        page.locator(".o_jc_search:focus").wait_for()
        page.keyboard.type("zzqqxx")
        page.locator(".o_jc_found").first.wait_for(state="detached")
        page.keyboard.press("Control+a")
        page.keyboard.type("extrait")
        page.locator(".o_jc_found").first.wait_for()
        page.keyboard.press("Enter")
        page.locator(".o_jc_open button:focus").wait_for()
        page.keyboard.press("Enter")
        page.locator(".o_jc_pieces:focus").wait_for()

    def test_send_home_then_take(self):
        with self.counter() as page:
            self._open_sheet(page)
            # one paper of two: Enter leads to the slip, Enter prints it
            page.keyboard.press("Space")
            page.keyboard.press("Enter")
            page.locator(".o_jc_home:focus").wait_for()
            with page.expect_download() as slip:
                page.keyboard.press("Enter")
            self.assertTrue(slip.value.suggested_filename.endswith(".pdf"))
            page.locator(".o_jc_next:focus").wait_for()
            page.keyboard.press("Enter")
            # the same person comes back with both
            self._open_sheet(page)
            page.keyboard.press("Space")
            page.keyboard.press("Space")
            page.keyboard.press("Enter")
            page.locator("#jc_name:focus").wait_for()
            page.keyboard.type(NAME)
            with page.expect_download() as receipt:
                page.keyboard.press("Enter")
            self.assertTrue(receipt.value.suggested_filename.endswith(".pdf"))
            number = page.locator(".o_jc_number").inner_text()
            page.locator(".o_jc_next:focus").wait_for()
            page.keyboard.press("Enter")
            page.locator(".o_jc_search:focus").wait_for()
            self.assertNotIn(NAME, page.content(), "nothing of one person stays for the next")
        self.env.invalidate_all()
        request = self.Request.search([("procedure_id", "=", self.procedure.id)])
        self.assertEqual(request.number, number)
        self.assertEqual(request.stage, "received")
        looks = self.env["jamaa.reception.precheck"].search([("procedure_id", "=", self.procedure.id)])
        self.assertEqual(sorted(looks.mapped("outcome")), ["complete", "slip"])
