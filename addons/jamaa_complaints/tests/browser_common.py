"""What the tests in a real browser share: Chromium against the test's own server, logins, the case's form."""

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
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1366, "height": 900}


class BrowserCase(ComplaintCase, HttpCase):
    """Common ground: windows of the people of commune `here`, and of a citizen's phone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].sudo().set_param("jamaa_base.proof_bits", "8")

    def setUp(self):
        super().setUp()
        self.problems = []

    # ---- the browser ----

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

    def public(self, page, lang, where):
        page.goto(f"{self.base_url()}/c/{self.here.commune_slug}/{lang}{where}")

    def assertNoOverflow(self, page):
        """Nothing is wider than the phone."""
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), PHONE["width"])

    # ---- the desks ----

    def log_in(self, user):
        """Open a session beside those opened before; return its id."""
        self.opener.close()
        self.session = None  # else `authenticate` ends the former one
        session = self.authenticate(user.login, user.login)
        self.addCleanup(root.session_store.delete, session)
        return session.sid

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

    def confirm(self, page, action="action_confirm"):
        """Press the button of a dialog and wait until the dialog is gone."""
        page.locator(f".modal button[name={action}]").click()
        page.locator(".modal").wait_for(state="detached")

    def choose(self, page, where, words):
        """Choose a record by its words in a field of the client."""
        page.locator(f"{where} input").first.fill(words)
        page.locator(".o-autocomplete--dropdown-item", has_text=words).first.click()

    def type_date(self, page, where, date):
        """Write a day into a field of the client, as it is written in French and in Arabic."""
        page.locator(where).first.click()
        page.keyboard.press("Control+a")
        page.keyboard.type(date.strftime("%d/%m/%Y"))
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")

    def save(self, page):
        """Save the form and wait until it is saved."""
        page.locator(".o_form_button_save").click()
        page.locator(".o_form_saved").wait_for()

    def answer_sent(self, case=None):
        """Lead a case to its answer without a browser."""
        case = case if case is not None else self.case
        self._to_approval(case)
        self._as(self.president_user, case).action_approve()
        self._as(self.officer, case).action_send()
        self.env.invalidate_all()
