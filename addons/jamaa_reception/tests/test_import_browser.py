"""Taking over another commune's procedures, in a real browser."""

import json
import re
import resource
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from odoo.http import root
from odoo.tests import HttpCase, tagged
from odoo.tests.common import HOST, TEST_CURSOR_COOKIE_NAME

from .common import SAMPLE, ReceptionCase

#: Debian's; without it the test fails, it is not left out.
CHROMIUM = "/usr/bin/chromium"
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
DESK = {"width": 1366, "height": 768}


@tagged("post_install", "-at_install")
class TestImportBrowser(ReceptionCase, HttpCase):
    @contextmanager
    def desk(self):
        """Open the client as the editor; nothing it asks leaves the machine."""
        problems = []
        session = self.authenticate(self.editor.login, self.editor.login)
        self.addCleanup(root.session_store.delete, session)
        # Odoo bounds the address space of its own process; Chromium reserves more.
        bound = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (bound[1], bound[1]))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_AS, bound)
        with self.allow_requests(), sync_playwright() as tool:
            chromium = tool.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
            try:
                context = chromium.new_context(viewport=DESK)
                context.set_default_timeout(60_000)
                # The first page of the client builds its bundles.
                context.set_default_navigation_timeout(240_000)
                cookies = {TEST_CURSOR_COOKIE_NAME: self.http_request_key, "session_id": session.sid}
                url = self.base_url()
                context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])
                page = context.new_page()
                page.on("pageerror", lambda error: problems.append(str(error)))
                page.on(
                    "request",
                    lambda asked: (
                        re.match(rf"(data|blob|about):|(http|ws)://{re.escape(HOST)}[:/]", asked.url)
                        or problems.append(asked.url)
                    ),
                )
                yield page
            finally:
                chromium.close()
        self.assertEqual(problems, [])

    def test_look_then_take_over(self):
        bad = json.loads(json.dumps(SAMPLE))
        bad["code"] = "civil-bad"
        bad["sheet"]["pieces"][0]["count"] = 90
        raw = json.dumps([SAMPLE, bad]).encode()
        self.editor.lang = "fr_MA"
        with self.desk() as page:
            page.goto(f"{self.base_url()}/odoo/action-jamaa_reception.jamaa_procedure_import_action")
            page.locator(".modal input[type=file]").set_input_files(
                {"name": "there.json", "mimeType": "application/json", "buffer": raw}
            )
            page.locator(".modal button[name=action_look]").click()
            rows = page.locator(".modal .o_data_row")
            rows.nth(1).wait_for()
            self.assertIn("civil-bad", rows.nth(1).inner_text())
            self.env.invalidate_all()
            self.assertFalse(self.env["jamaa.procedure"].search([("company_id", "=", self.here.id)]))
            page.locator(".modal button[name=action_import]").click()
            page.locator(".modal button[name=action_open]").click()
            page.locator(".modal").wait_for(state="detached")
            taken = page.locator(".o_action_manager .o_list_view .o_data_row")
            taken.first.wait_for()
            self.assertEqual(taken.count(), 1)
        self.env.invalidate_all()
        mine = self.env["jamaa.procedure"].search([("company_id", "=", self.here.id)])
        self.assertEqual((mine.code, mine.state), (SAMPLE["code"], "draft"))
