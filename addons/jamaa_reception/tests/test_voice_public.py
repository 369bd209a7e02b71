"""Recordings over HTTP: published ones whole and in parts, all others as if they were not."""

import base64

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models import jamaa_procedure_audio_play
from .voice_common import SPOKEN, VoiceCase

TWO = {"Range": "bytes=2-5"}


@tagged("post_install", "-at_install")
class TestVoicePublic(VoiceCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.audio = self._record()
        self.heard = self.sheet._audio_values("ar")["summary"]

    def _get(self, path, **options):
        return self.url_open(path, allow_redirects=False, **options)

    def _plays(self):
        return self.env["jamaa.procedure.audio.play"].search([("procedure_id", "=", self.procedure.id)])

    def test_whole(self):
        answer = self._get(self.heard["src"])
        self.assertEqual((answer.status_code, answer.content), (200, SPOKEN))
        headers = answer.headers
        self.assertEqual(headers["Content-Type"], "audio/ogg")
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(headers["Accept-Ranges"], "bytes")
        self.assertIn("public", headers["Cache-Control"])
        self.assertIn("max-age=86400", headers["Cache-Control"])
        self.assertIn("default-src 'none'", headers["Content-Security-Policy"])
        self.assertIn("civil-test-extract.ogg", headers["Content-Disposition"])
        self.assertNotIn("Set-Cookie", headers)
        again = self._get(self.heard["src"], headers={"If-None-Match": headers["ETag"]})
        self.assertEqual((again.status_code, again.content), (304, b""))

    def test_parts(self):
        answer = self._get(self.heard["src"], headers=TWO)
        self.assertEqual((answer.status_code, answer.content), (206, SPOKEN[2:6]))
        self.assertEqual(answer.headers["Content-Range"], f"bytes 2-5/{len(SPOKEN)}")
        answer = self._get(self.heard["src"], headers={"Range": "bytes=-4"})
        self.assertEqual((answer.status_code, answer.content), (206, SPOKEN[-4:]))
        answer = self._get(self.heard["src"], headers={"Range": f"bytes={len(SPOKEN)}-"})
        self.assertEqual(answer.status_code, 416)
        for junk in ("bytes=5-2", "pages=1-2", "bytes=a-b", "bytes=" + "0-1," * 500):
            with self.subTest(junk=junk[:12]):
                self.assertIn(self._get(self.heard["src"], headers={"Range": junk}).status_code, (200, 206, 416))

    def test_all_others_look_alike(self):
        root = f"/c/{self.here.commune_slug}/ar/procedures/civil-test-extract/audio"
        draft = self._procedure(code="civil-draft").draft_sheet_id
        hidden = self._record(sheet=draft)
        for path in (
            f"{root}/{hidden.id}",
            f"{root.replace('civil-test-extract', 'civil-draft')}/{hidden.id}",
            f"{root.replace('civil-test-extract', 'other')}/{self.audio.id}",
            f"/c/{self.there.commune_slug}/ar/procedures/civil-test-extract/audio/{self.audio.id}",
            f"{root.replace('/ar/', '/xx/')}/{self.audio.id}",
            f"{root}/0",
            f"{root}/999999999",
            f"{root}/{'9' * 30}",
            f"{root}/-1",
            f"{root}/{self.audio.id}.mp3",
            f"{root}/x",
        ):
            with self.subTest(path=path), mute_logger("odoo.http"):
                self.assertEqual(self._get(path).status_code, 404)
                self.assertEqual(self.url_open(f"{path}/played", data={"x": "1"}).status_code, 404)
        self.assertFalse(self._plays())

    @mute_logger("odoo.http")
    def test_no_longer_heard(self):
        former = self.heard["src"]
        self.sheet.action_new_version()
        draft = self.procedure.draft_sheet_id
        draft.action_submit()
        draft.action_publish()
        self.assertEqual(self._get(former).status_code, 404)
        current = draft._audio_values("ar")["summary"]["src"]
        self.assertEqual(self._get(current).status_code, 200)
        self.env.cr.execute("UPDATE jamaa_procedure_audio SET stale = TRUE WHERE id = %s", [draft.audio_ids.id])
        self.env.invalidate_all()
        self.assertEqual(self._get(current).status_code, 404)

    @mute_logger("odoo.http")
    def test_an_archived_procedure_is_silent(self):
        self.procedure.active = False
        self.assertEqual(self._get(self.heard["src"]).status_code, 404)

    def test_listening_writes_nothing_and_a_play_is_counted(self):
        self._get(self.heard["src"])
        self.assertFalse(self._plays())
        answer = self.url_open(self.heard["played"], data={"variety": "fr", "day": "2020-01-01"})
        self.assertEqual((answer.status_code, answer.content), (204, b""))
        self.assertNotIn("Set-Cookie", answer.headers)
        play = self._plays()
        self.assertEqual((play.variety, play.part, play.company_id), ("ar", "summary", self.here))
        self.assertEqual(play.read()[0].keys() & {"create_date", "create_uid", "address"}, set())

    def test_who_sends_too_many_counts_no_more(self):
        self.patch(jamaa_procedure_audio_play, "PLAYS_PER_HOUR", 2)
        for _time in range(4):
            self.assertEqual(self.url_open(self.heard["played"], data={"x": "1"}).status_code, 204)
        self.assertEqual(len(self._plays()), 2)

    @mute_logger("odoo.http")
    def test_a_get_counts_nothing(self):
        self.assertIn(self._get(self.heard["played"]).status_code, (404, 405))
        self.assertFalse(self._plays())

    def test_budget(self):
        self._get(self.heard["src"])
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._get(self.heard["src"])
        self.assertLessEqual(self.env.cr.sql_log_count - before, 30)

    def test_what_a_page_shows(self):
        self._provisional(part="papers", variety="fr")
        audio = self.sheet._audio_values("fr", "fr")
        page = {"heard": audio["papers"], "audio": audio, "static_url": lambda name: f"/{name}"}
        qweb = self.env["ir.qweb"]
        html = str(qweb._render("jamaa_reception.public_listen", page))
        self.assertIn('preload="none"', html)
        self.assertIn("controls", html)
        self.assertIn("Provisional voice", html)
        self.assertNotIn(
            "Provisional", str(qweb._render("jamaa_reception.public_listen", {**page, "heard": audio["summary"]}))
        )
        self.assertFalse(str(qweb._render("jamaa_reception.public_listen", {"heard": None})).strip())
        choice = str(qweb._render("jamaa_reception.public_listen_choice", page))
        self.assertIn('href="?voice=ar"', choice)
        nothing = self._published(code="civil-silent").sheet_id._audio_values("ar")
        self.assertFalse(str(qweb._render("jamaa_reception.public_listen_choice", {"audio": nothing})).strip())

    def test_staff_hears_it_by_its_rights(self):
        inside = f"/web/content/jamaa.procedure.audio/{self.audio.id}/sound"
        with mute_logger("odoo.http"):
            self.assertNotEqual(self._get(inside).content, SPOKEN)
        for user, may in ((self.agent, True), (self.stranger, False)):
            user.password = "a long pass phrase"
            self.authenticate(user.login, "a long pass phrase")
            with self.subTest(user=user.login), mute_logger("odoo.http"):
                self.assertEqual(self._get(inside).content == SPOKEN, may)

    def test_html_in_the_store_is_served_as_what_it_was_told_to_be(self):
        """Even a file that went in by another way is no page."""
        stored = self.env["ir.attachment"].search(
            [("res_model", "=", "jamaa.procedure.audio"), ("res_id", "=", self.audio.id), ("res_field", "=", "sound")]
        )
        stored.write({"raw": b"<html><script>alert(1)</script></html>"})
        answer = self._get(self.heard["src"])
        self.assertEqual(answer.headers["Content-Type"], "audio/ogg")
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertTrue(base64.b64encode(answer.content))
