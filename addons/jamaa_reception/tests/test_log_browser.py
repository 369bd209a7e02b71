"""The one-tap log in a real browser: by key, by finger on a phone, taken back."""

import re
import resource
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from odoo.http import root
from odoo.tests import HttpCase, tagged
from odoo.tests.common import HOST, TEST_CURSOR_COOKIE_NAME

from .log_common import LogCase

#: Debian's; without it the test fails, it is not left out.
CHROMIUM = "/usr/bin/chromium"
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
PHONE = {"width": 390, "height": 844}


@tagged("post_install", "-at_install")
class TestLogBrowser(LogCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.problems = []
        self.agent.lang = "ar_MA"
        self._employee(self.agent, self.annex)

    @contextmanager
    def phone(self):
        """Open the log as the agent, on a phone; nothing it asks leaves the machine."""
        session = self.authenticate(self.agent.login, self.agent.login)
        self.addCleanup(root.session_store.delete, session)
        # Odoo bounds the address space of its own process; Chromium reserves more.
        bound = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (bound[1], bound[1]))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_AS, bound)
        with self.allow_requests(), sync_playwright() as tool:
            chromium = tool.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
            try:
                context = chromium.new_context(viewport=PHONE, has_touch=True)
                context.set_default_timeout(60_000)
                # The first page of the client builds its bundles.
                context.set_default_navigation_timeout(240_000)
                cookies = {TEST_CURSOR_COOKIE_NAME: self.http_request_key, "session_id": session.sid}
                url = self.base_url()
                context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])
                page = context.new_page()
                page.on("pageerror", lambda error: self.problems.append(str(error)))
                page.on("request", self._note_foreign)
                page.goto(f"{url}/odoo/action-jamaa_reception.jamaa_reception_log_action")
                page.locator(".o_jl_button").first.wait_for()
                yield page
            finally:
                chromium.close()
        self.assertEqual(self.problems, [])

    def _note_foreign(self, request):
        if not re.match(rf"(data|blob|about):|(http|ws)://{re.escape(HOST)}[:/]", request.url):
            self.problems.append(f"a request left the machine: {request.url}")

    def _total(self, page, number):
        page.locator(".o_jl_total", has_text=re.compile(rf"^{number}$")).wait_for()

    def test_count_and_take_back(self):
        extract = self.env.ref("jamaa_reception.reception_act_extract")
        self._visit(-3, act_id=extract.id, quantity=5)
        with self.phone() as page:
            self.assertEqual(page.evaluate("getComputedStyle(document.body).direction"), "rtl")
            # most used lately: the first button, and the key 1
            first = page.locator(".o_jl_button").first
            self.assertEqual(first.get_attribute("data-code"), f"act:{extract.id}")
            box = first.bounding_box()
            self.assertGreaterEqual(min(box["width"], box["height"]), 76, "20 mm for a finger")
            first.tap()
            self._total(page, 1)
            page.keyboard.press("1")
            self._total(page, 2)
            page.locator(".o_jl_more").tap()
            page.locator(f"[data-code='body:{self.court.id}']").tap()
            self._total(page, 4)
            page.locator(".o_jl_undo_button").first.tap()
            self._total(page, 2)
            page.keyboard.press("Backspace")
            self._total(page, 1)
            overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            self.assertLessEqual(overflow, 0, "nothing wider than the phone")
        self.env.invalidate_all()
        rows = self.Visit.search([("site_id", "=", self.annex.id), ("date", "=", self.Visit._commune_today())])
        self.assertEqual(sum(rows.mapped("quantity")), 1)
        self.assertEqual(sorted(rows.mapped("quantity")), [-2, -1, 1, 1, 2])
