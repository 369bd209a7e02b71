"""People at work in a real browser: Chromium, driven through Playwright, in the test's own transaction."""

import re
import resource
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from odoo.http import root
from odoo.tests import HttpCase
from odoo.tests.common import HOST, TEST_CURSOR_COOKIE_NAME

from .common import ComplaintCase

#: Debian's; without it the test fails, it is not left out.
CHROMIUM = "/usr/bin/chromium"
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
DESK = {"width": 1366, "height": 900}


class BrowserCase(ComplaintCase, HttpCase):
    """Windows of Chromium as somebody or as nobody; nothing they ask leaves the machine."""

    def setUp(self):
        super().setUp()
        self.problems = []
        self.secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")

    @contextmanager
    def browser(self):
        """Open Chromium while the server may answer; nothing it asks leaves the machine."""
        # Odoo bounds the address space of its own process; Chromium reserves more.
        bound = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (bound[1], bound[1]))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_AS, bound)
        with self.allow_requests(), sync_playwright() as tool:
            chromium = tool.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
            try:
                yield chromium
            finally:
                chromium.close()
        self.assertEqual(self.problems, [])

    def page(self, chromium, size, session=None, **options):
        """Open a window of its own, as somebody or as nobody."""
        context = chromium.new_context(viewport=size, **options)
        context.set_default_timeout(60_000)
        # The first page of the client builds its bundles, in Arabic and in French.
        context.set_default_navigation_timeout(240_000)
        cookies = {TEST_CURSOR_COOKIE_NAME: self.http_request_key}
        if session:
            cookies["session_id"] = session
        context.add_cookies([{"name": name, "value": value, "url": self.base_url()} for name, value in cookies.items()])
        page = context.new_page()
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("request", self._note_foreign)
        return page

    def _note_foreign(self, request):
        if not re.match(rf"(data|blob|about):|(http|ws)://{re.escape(HOST)}[:/]", request.url):
            self.problems.append(f"a request left the machine: {request.url}")

    def log_in(self, user):
        """Open a session beside those opened before; return its id."""
        self.opener.close()
        self.session = None  # else `authenticate` ends the former one
        session = self.authenticate(user.login, user.login)
        self.addCleanup(root.session_store.delete, session)
        return session.sid

    def log_in_for(self, user, lang):
        """Open a session of somebody who reads Arabic or French; before the browser opens.

        :param lang: ar or fr
        """
        user.lang = "ar_MA" if lang == "ar" else "fr_MA"
        return self.log_in(user)

    def desk(self, chromium, session, lang, where):
        """Open a page of the client.

        While windows are open a test asks the database nothing: requests share its cursor.

        :param where: path below /odoo/
        """
        page = self.page(chromium, DESK, session)
        page.goto(f"{self.base_url()}/odoo/{where}")
        page.locator(".o_action_manager .o_view_controller").first.wait_for()
        way = page.evaluate("getComputedStyle(document.querySelector('.o_action_manager')).direction")
        self.assertEqual(way, "rtl" if lang == "ar" else "ltr")
        return page

    @staticmethod
    def type_in(page, name, words):
        """Type into a field of the form on top, as people do: the field is left before the next thing is done."""
        box = page.locator(f"div[name={name}]").locator("input, textarea").last
        box.fill(words)
        box.press("Tab")

    @staticmethod
    def choose(page, name, value):
        """Choose one of the radio buttons of a field."""
        page.locator(f"div[name={name}] input[data-value='{value}']").check()

    @staticmethod
    def pick(page, name, words):
        """Choose a record by its first words."""
        box = page.locator(f"div[name={name}] input").first
        box.click()
        box.fill(words)
        page.locator(".o-autocomplete--dropdown-item", has_text=words).first.click()
