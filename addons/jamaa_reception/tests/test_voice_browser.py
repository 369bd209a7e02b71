"""The recorder in a real browser, with a microphone that hums by itself."""

import base64
import re

from odoo.tests import tagged

from odoo.addons.jamaa_base.tests import sound_samples
from odoo.addons.jamaa_base.tests.browser_common import DESK, RealBrowserCase

from .voice_common import VoiceCase

STUDIO = ".o_jamaa_voice_studio"


@tagged("post_install", "-at_install")
class TestVoiceBrowser(VoiceCase, RealBrowserCase):
    browser_options = (
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        "--autoplay-policy=no-user-gesture-required",
    )

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
        session = self.log_in(self.editor, "fr")
        with self.browser() as chromium:
            page = self.page(chromium, DESK, session)
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
            with self.database():
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
            with self.database():
                self.assertEqual(self.sheet.audio_ids, audio)

    def test_leaving_keeps_nothing(self):
        session = self.log_in(self.editor)
        with self.browser() as chromium:
            page = self.page(chromium, DESK, session)
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
        with self.browser() as chromium:
            page = self.page(chromium, DESK)
            # The page counts without cookies; the test's server answers only to its own.
            page.add_init_script(
                "const plain = window.fetch;"
                "window.fetch = (address, options) => plain(address, {...options, credentials: 'same-origin'});"
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
            self.assertEqual(len(page.context.cookies()), 1, "the test's own")
        self.env.invalidate_all()
        play = self.env["jamaa.procedure.audio.play"].search([("procedure_id", "=", self.procedure.id)])
        self.assertEqual((len(play), play.variety), (1, "ar"))
