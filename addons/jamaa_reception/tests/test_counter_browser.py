"""The receptionist's screen in a real browser, by keyboard alone."""

import re
import resource
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from odoo.http import root
from odoo.tests import HttpCase, tagged
from odoo.tests.common import HOST, TEST_CURSOR_COOKIE_NAME

from .request_common import NAME, RequestCase

#: Debian's; without it the test fails, it is not left out.
CHROMIUM = "/usr/bin/chromium"
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
DESK = {"width": 1366, "height": 768}


@tagged("post_install", "-at_install")
class TestCounterBrowser(RequestCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.problems = []
        self.agent.lang = "fr_MA"

    @contextmanager
    def desk(self):
        """Open the client as the agent; nothing it asks leaves the machine."""
        session = self.authenticate(self.agent.login, self.agent.login)
        self.addCleanup(root.session_store.delete, session)
        # Odoo bounds the address space of its own process; Chromium reserves more.
        bound = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (bound[1], bound[1]))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_AS, bound)
        with self.allow_requests(), sync_playwright() as tool:
            chromium = tool.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
            try:
                context = chromium.new_context(viewport=DESK, accept_downloads=True)
                context.set_default_timeout(60_000)
                # The first page of the client builds its bundles.
                context.set_default_navigation_timeout(240_000)
                cookies = {TEST_CURSOR_COOKIE_NAME: self.http_request_key, "session_id": session.sid}
                url = self.base_url()
                context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])
                page = context.new_page()
                page.on("pageerror", lambda error: self.problems.append(str(error)))
                page.on("request", self._note_foreign)
                page.goto(f"{url}/odoo/action-jamaa_reception.jamaa_reception_counter_action")
                yield page
            finally:
                chromium.close()
        self.assertEqual(self.problems, [])

    def _note_foreign(self, request):
        if not re.match(rf"(data|blob|about):|(http|ws)://{re.escape(HOST)}[:/]", request.url):
            self.problems.append(f"a request left the machine: {request.url}")

    def _open_sheet(self, page):
        """Search has the focus; a word and Enter open the sheet, Enter answers for oneself."""
        page.locator(".o_jc_search:focus").wait_for()
        page.keyboard.type("lakart")
        page.locator(".o_jc_found").first.wait_for(state="detached")
        page.keyboard.press("Control+a")
        page.keyboard.type("extrait")
        page.locator(".o_jc_found").first.wait_for()
        page.keyboard.press("Enter")
        page.locator(".o_jc_open button:focus").wait_for()
        page.keyboard.press("Enter")
        page.locator(".o_jc_pieces:focus").wait_for()

    def test_send_home_then_take(self):
        with self.desk() as page:
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
