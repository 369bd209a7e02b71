"""People at work in a real browser: Chromium, driven through Playwright, in the test's own transaction.

While windows are open a test asks the database inside ``database()`` alone: requests share its cursor.
"""

import re
import resource
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from odoo.http import root
from odoo.tests import HttpCase
from odoo.tests.common import HOST, TEST_CURSOR_COOKIE_NAME, _registry_test_lock

#: Debian's; without it the test fails, it is not left out.
CHROMIUM = "/usr/bin/chromium"
#: Seconds a request may take, the building of a bundle among them.
REQUEST_LIMIT = 240
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1366, "height": 900}


class RealBrowserCase(HttpCase):
    """Windows of Chromium as somebody or as nobody; nothing they ask leaves the machine."""

    #: Further options of Chromium, such as a microphone that is not one.
    browser_options = ()
    #: Requests wait for one another; the one in front may be building the bundles of the client.
    test_cursor_lock_timeout = REQUEST_LIMIT

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].sudo().set_param("jamaa_base.proof_bits", "8")

    def setUp(self):
        super().setUp()
        self.problems = []

    # ---- windows ----

    @contextmanager
    def browser(self):
        """Open Chromium while the server may answer."""
        # Odoo bounds the address space of its own process; Chromium reserves more.
        bound = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (bound[1], bound[1]))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_AS, bound)
        self.env.flush_all()
        with self.allow_requests(), sync_playwright() as tool:
            chromium = tool.chromium.launch(executable_path=CHROMIUM, args=[*OPTIONS, *self.browser_options])
            try:
                yield chromium
            finally:
                chromium.close()
                # What a closed window still asked for ends in peace, a bundle that nobody waits for among it.
                self._wait_remaining_requests(REQUEST_LIMIT)
        self.assertEqual(self.problems, [])

    @contextmanager
    def database(self):
        """Ask the database while windows are open: what they ask for waits meanwhile, what is shown is fresh."""
        self.assertTrue(_registry_test_lock.acquire(timeout=REQUEST_LIMIT), "A request never ends.")
        try:
            self.env.invalidate_all()
            yield
            self.env.cr.flush()
        finally:
            _registry_test_lock.release()

    def page(self, chromium, size, session=None, **options):
        """Open a window of its own, as somebody or as nobody."""
        context = chromium.new_context(viewport=size, **options)
        context.set_default_timeout(60_000)
        # The first page of the client builds its bundles, in Arabic and in French.
        context.set_default_navigation_timeout(1000 * REQUEST_LIMIT)
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

    def public(self, page, lang, where, commune=None):
        """Open a public page of a commune.

        :param str where: path below the language, with its slash
        """
        commune = commune or self.here
        page.goto(f"{self.base_url()}/c/{commune.commune_slug}/{lang}{where}")

    def assertNoOverflow(self, page):
        """Nothing is wider than the phone."""
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), page.viewport_size["width"])

    # ---- the client ----

    def log_in(self, user, lang=None):
        """Open a session beside those opened before; return its id.

        :param lang: ar or fr, what the person reads
        """
        with self.database():
            if lang:
                user.lang = "ar_MA" if lang == "ar" else "fr_MA"
            self.opener.close()
            self.session = None  # else `authenticate` ends the former one
            session = self.authenticate(user.login, user.login)
        self.addCleanup(root.session_store.delete, session)
        return session.sid

    def desk(self, chromium, session, lang, where):
        """Open a page of the client, and see that it runs the way its language does.

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
    def type_date(page, where, date):
        """Write a day into a field of the client, as it is written in French and in Arabic."""
        page.locator(where).first.click()
        page.keyboard.press("Control+a")
        page.keyboard.type(date.strftime("%d/%m/%Y"))
        # Not Escape: in a list it leaves the row once the calendar is shut.
        page.keyboard.press("Tab")

    @staticmethod
    def tick(page, name, value):
        """Choose one of the radio buttons of a field."""
        page.locator(f"div[name={name}] input[data-value='{value}']").check()

    @staticmethod
    def choose(page, where, words):
        """Choose a record by its words in a field of the client."""
        box = page.locator(f"{where} input").first
        box.click()
        box.fill(words)
        page.locator(".o-autocomplete--dropdown-item", has_text=words).first.click()

    @staticmethod
    def confirm(page, action="action_confirm"):
        """Press the button of a dialog and wait until the dialog is gone."""
        page.locator(f".modal button[name={action}]").click()
        page.locator(".modal").wait_for(state="detached")

    @staticmethod
    def save(page):
        """Save the form and wait until it is saved."""
        page.locator(".o_form_button_save").click()
        page.locator(".o_form_saved").wait_for()
