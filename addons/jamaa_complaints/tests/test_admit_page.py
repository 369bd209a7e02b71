"""The citizen answers what the commune asked, on the own page."""

from datetime import timedelta

from odoo.tests import tagged

from .public_common import PublicComplaintCase, picture


@tagged("post_install", "-at_install")
class TestInformationPage(PublicComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.lodge(cls)

    def setUp(self):
        super().setUp()
        today = self.case._commune_today()
        self.case.sudo().write(
            {
                "ask_what": "Which lamp?",
                "ask_reason": "There are forty",
                "ask_on": today,
                "ask_until": today + timedelta(days=15),
                "ask_state": "open",
            }
        )

    def url(self, tail="/information", lang="fr"):
        return self.case._public_path(lang) + tail

    def post(self, guard, text="Lamp 7 <b>", files=None, redirects=True, lang="fr"):
        return self.url_open(
            self.url(lang=lang),
            data={**guard, "text": text},
            files=files or {"photo_1": ("", b"")},
            allow_redirects=redirects,
            timeout=60,
        )

    def guard(self, lang="fr"):
        return self.guard_of(self.url_open(self.url(lang=lang)).text)

    def test_page_says_what_is_asked(self):
        for lang in ("ar", "fr"):
            text = self.url_open(self.url("", lang)).text
            self.assertIn("Which lamp?", text)
            self.assertIn("There are forty", text)
            self.assertIn(self.url(lang=lang), text)
            answer = self.url_open(self.url(lang=lang))
            self.assertEqual(answer.status_code, 200)
            self.assertIn("Which lamp?", answer.text)
            self.assertEqual(answer.headers["Cache-Control"], "no-store")

    def test_answer_with_photos_is_taken_once(self):
        guard = self.guard()
        with self.no_mail_leaves():
            answer = self.post(guard, files=self.photos(picture("red", exif=True), picture("blue")), redirects=False)
        self.assertEqual(answer.status_code, 303)
        case = self.case
        self.assertEqual((case.ask_answer, case.ask_answered_by), ("Lamp 7 <b>", "page"))
        self.assertEqual(len(case.ask_photo_ids), 2)
        self.assertNotIn(b"SECRET-CAMERA", case.ask_photo_ids[0].raw + case.ask_photo_ids[1].raw)
        self.assertEqual(case.ask_state, "received")
        # the same form again, and another one after it
        self.assertEqual(self.post(guard, text="Again", redirects=False).status_code, 303)
        self.assertEqual(case.ask_answer, "Lamp 7 <b>")
        self.assertEqual(case.milestone_ids.mapped("code").count("info_received"), 1)
        page = self.url_open(self.url("")).text
        self.assertIn("Lamp 7 &lt;b&gt;", page)
        self.assertIn("<bdi>2</bdi>", page)
        self.assertNotIn(self.url(), page)
        self.assertTrue(self.url_open(self.url()).url.endswith("#asked") or "Lamp 7" in self.url_open(self.url()).text)

    def test_errors_keep_the_text(self):
        empty = self.post(self.guard(), text=" ")
        self.assertEqual(empty.status_code, 422)
        long = self.post(self.guard(), text="x" * 5001 + " END")
        self.assertEqual(long.status_code, 422)
        self.assertIn("x END", long.text)
        token = self.guard()
        token.pop("form_proof")
        unproven = self.post(token)
        self.assertEqual(unproven.status_code, 422)
        self.assertIn("form_answer", unproven.text)
        self.assertIn("Lamp 7 &lt;b&gt;", unproven.text)
        forged = self.post({"form_token": "x", "form_proof": "y"})
        self.assertEqual(forged.status_code, 422)
        file = self.post(self.guard(), files={"photo_1": ("a.pdf", b"%PDF-1.4", "application/pdf")})
        self.assertEqual(file.status_code, 422)
        self.assertEqual(self.case.ask_state, "open")

    def test_the_form_asks_whether_a_body_may_learn_the_name(self):
        self.assertIn('name="consent_referral"', self.url_open(self.page_url()).text)
        kept = self.send(self.fresh_form(), facts="", consent_referral="1").text
        self.assertRegex(kept, r'name="consent_referral"[^>]*checked')
        self.send(self.fresh_form(), consent_referral="1")
        self.assertTrue(self.cases().sorted("id")[-1].consent_referral)
        self.send(self.fresh_form())
        self.assertFalse(self.cases().sorted("id")[-1].consent_referral)

    def test_unknown_and_never_asked_look_the_same(self):
        other = self.lodge()
        self.make_commune("commune-essai-2")
        for path in (
            other._public_path("fr") + "/information",
            self.page_url("case/" + "x" * 22 + "/information"),
            f"/c/commune-essai-2/fr/case/{self.case.access_token}/information",
        ):
            self.assertEqual(self.url_open(path).status_code, 404, path)
            self.assertEqual(self.url_open(path, data={"text": "x"}).status_code, 404, path)
