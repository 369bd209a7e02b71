"""The recorder in a real browser, with a microphone that hums by itself."""

import base64
import re
import resource
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from odoo.http import root
from odoo.tests import HttpCase, tagged
from odoo.tests.common import HOST, TEST_CURSOR_COOKIE_NAME

from odoo.addons.jamaa_base.tests import sound_samples

from .voice_common import VoiceCase

CHROMIUM = "/usr/bin/chromium"
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
)
DESK = {"width": 1366, "height": 768}
STUDIO = ".o_jamaa_voice_studio"


@tagged("post_install", "-at_install")
class TestVoiceBrowser(VoiceCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.problems = []

    @contextmanager
    def _window(self, user=None):
        """A window of the client, or of nobody."""
        # Odoo bounds the address space of its own process; Chromium reserves more.
        bound = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (bound[1], bound[1]))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_AS, bound)
        session = self.authenticate(user.login, user.login) if user else None
        if session:
            self.addCleanup(root.session_store.delete, session)
        self.env.flush_all()
        with self.allow_requests(), sync_playwright() as tool:
            chromium = tool.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
            try:
                context = chromium.new_context(viewport=DESK)
                context.set_default_timeout(60_000)
                # The first page of the client builds its bundles.
                context.set_default_navigation_timeout(240_000)
                # Made anew for each stretch in which the server answers.
                cookies = {TEST_CURSOR_COOKIE_NAME: self.http_request_key}
                if session:
                    cookies["session_id"] = session.sid
                context.add_cookies(
                    [{"name": name, "value": value, "url": self.base_url()} for name, value in cookies.items()]
                )
                page = context.new_page()
                page.on("pageerror", lambda error: self.problems.append(str(error)))
                page.on("request", self._note_foreign)
                yield page
            finally:
                chromium.close()
        self.assertEqual(self.problems, [])

    def _note_foreign(self, request):
        if not re.match(rf"(data|blob|about):|(http|ws)://{re.escape(HOST)}[:/]", request.url):
            self.problems.append(f"a request left the machine: {request.url}")

    def _open_studio(self, page):
        page.goto(f"{self.base_url()}/odoo/jamaa.procedure.sheet/{self.sheet.id}")
        page.locator("button[name=action_record]").first.click()
        page.locator(f"{STUDIO} .o_jamaa_voice_text").wait_for()

    def _say(self, page):
        """Record by keyboard until something was said."""
        page.keyboard.press("r")
        page.locator(f"{STUDIO} .alert-danger").wait_for()
        # The hum of the false microphone comes in pieces of a second.
        page.wait_for_timeout(1500)
        page.keyboard.press("r")
        page.locator(f"{STUDIO} audio").wait_for()

    def test_step_by_step_by_keyboard(self):
        self.editor.lang = "fr_MA"
        with self._window(self.editor) as page:
            self._open_studio(page)
            text = page.locator(f"{STUDIO} .o_jamaa_voice_text")
            self.assertEqual((text.get_attribute("dir"), text.inner_text()), ("rtl", "وثيقة للتجربة."))
            page.keyboard.press("n")
            page.locator(f"{STUDIO} .o_jamaa_voice_text", has_text="اذهب إلى المكتب.").wait_for()
            self._say(page)
            keep = page.locator(f"{STUDIO} .o_jamaa_keep")
            self.assertTrue(keep.is_disabled())
            page.keyboard.press("k")
            page.locator("#jamaa_voice_consent").check()
            self.assertTrue(keep.is_enabled())
            page.keyboard.press("k")
            page.locator(f"{STUDIO} li:nth-child(2) .fa-check").wait_for()
            self.env.invalidate_all()
            audio = self.sheet.audio_ids
            self.assertEqual((audio.part, audio.step_id, audio.variety), ("step", self.sheet.step_ids[0], "ar"))
            self.assertEqual(audio.mimetype, "audio/webm")
            self.assertGreater(audio.seconds, 1)
            self.assertTrue(audio.consent and not audio.provisional)
            # the same again takes its place; another variety asks for the agreement anew
            self._say(page)
            page.keyboard.press("k")
            page.locator(f"{STUDIO} .o_jamaa_keep[disabled]").wait_for()
            page.locator(f"{STUDIO} select[name=variety]").select_option("fr")
            page.locator(f"{STUDIO} .o_jamaa_voice_text", has_text="Allez au bureau.").wait_for()
            self.assertFalse(page.locator("#jamaa_voice_consent").is_checked())
            page.locator(f"{STUDIO} .o_jamaa_back").click()
            page.locator(".o_form_view").wait_for()
            self.env.invalidate_all()
            self.assertEqual(self.sheet.audio_ids, audio)

    def test_leaving_keeps_nothing(self):
        with self._window(self.editor) as page:
            self._open_studio(page)
            page.keyboard.press("r")
            page.locator(f"{STUDIO} .alert-danger").wait_for()
            page.locator(f"{STUDIO} .o_jamaa_back").click()
            page.locator(".o_form_view").wait_for()
        self.env.invalidate_all()
        self.assertFalse(self.sheet.audio_ids)

    def test_heard_on_the_page_and_counted(self):
        audio = self._record(sound=base64.b64encode(sound_samples.wav(2)))
        self._record("step", self.sheet.step_ids[1], "fr")
        with self._window() as page:
            # The page counts without cookies; the test's server answers only to its own.
            cookie = f"{TEST_CURSOR_COOKIE_NAME}={self.http_request_key}"
            page.route(
                re.compile("/played$"),
                lambda route: route.continue_(headers={**route.request.headers, "cookie": cookie}),
            )
            page.goto(f"{self.base_url()}/c/{self.here.commune_slug}/ar/procedures/civil-test-extract")
            self.assertEqual(page.locator("main audio").count(), 2)
            self.assertEqual(page.locator("#steps audio").count(), 1)
            with page.expect_response(re.compile("/played$")) as counted:
                length = page.evaluate(
                    """() => new Promise((done, failed) => {
                        const audio = document.querySelector("main audio");
                        audio.addEventListener("playing", () => done(audio.duration));
                        audio.addEventListener("error", () => failed(audio.error.message));
                        audio.play();
                    })"""
                )
            self.assertEqual(counted.value.status, 204)
            self.assertAlmostEqual(length, audio.seconds, places=1)
            # the address remembers the way of speaking
            page.locator(".jm-listen-choice a", has_text=re.compile("French|Français|الفرنسية")).click()
            page.wait_for_url(re.compile(r"\?voice=fr$"))
            self.assertEqual({one["name"] for one in page.context.cookies()}, {TEST_CURSOR_COOKIE_NAME})
        self.env.invalidate_all()
        play = self.env["jamaa.procedure.audio.play"].search([("procedure_id", "=", self.procedure.id)])
        self.assertEqual((len(play), play.variety), (1, "ar"))
