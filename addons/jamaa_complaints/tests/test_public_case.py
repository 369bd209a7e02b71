"""The citizen's own page: what it shows, to whom, and the one tap."""

import io

from pypdf import PdfReader

from odoo.tests import tagged

from .public_common import PublicComplaintCase, picture


@tagged("post_install", "-at_install")
class TestPublicCase(PublicComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.lodge(cls, photos=(picture("red"), picture("blue")))

    def url(self, tail="", lang="fr", case=None):
        return (case or self.case)._public_path(lang) + tail

    def open(self, tail="", lang="fr", case=None):
        return self.url_open(self.url(tail, lang, case))

    # ---- who reaches it ----

    def test_link_opens_the_page(self):
        for lang in ("ar", "fr"):
            answer = self.open(lang=lang)
            self.assertEqual(answer.status_code, 200)
            self.assertIn(self.case._public_code_shown(), answer.text)
            self.assertIn(self.case.facts, answer.text)
            self.assertNotIn("Set-Cookie", answer.headers)

    def test_page_shows_neither_identity_nor_pin(self):
        text = self.open().text
        for secret in ("Complainant 1", "complainant1@example.com", self.case._public_pin()):
            self.assertNotIn(secret, text)

    def test_token_pages_stay_private(self):
        for tail in ("", "/receipt", "/photo/1"):
            headers = self.open(tail).headers
            self.assertEqual(headers["Cache-Control"], "no-store")
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")
            self.assertIn("noindex", headers["X-Robots-Tag"])

    def test_unknown_and_forbidden_look_the_same(self):
        other = self.make_commune("commune-essai-2")
        ticket = self.env["helpdesk.ticket"].create(
            {"name": "Plain", "description": "Plain", "company_id": self.commune.id}
        )
        token = self.case.access_token
        urls = [
            f"/c/{other.commune_slug}/fr/case/{token}",
            self.url_of(ticket.access_token or "x" * 22),
            self.url_of("x" * 22),
            self.url_of("%00"),
            self.url_of(token[:-1]),
            self.url_of(token.swapcase()),
            self.url_of(self.case.public_code),
            self.url_of(str(self.case.id)),
        ]
        bodies = set()
        for url in urls:
            answer = self.url_open(url)
            self.assertEqual(answer.status_code, 404, url)
            main = answer.text.partition("<main")[2].partition("</main>")[0]
            # The way back repeats the commune that was asked for, and nothing else.
            bodies.add(main.replace(other.commune_slug, self.commune.commune_slug))
        self.assertEqual(len(bodies), 1)

    def url_of(self, token):
        return self.page_url(f"case/{token}")

    def test_code_and_pin_lead_here(self):
        follow = self.page_url("follow")
        right = {"code": self.case._public_code_shown().lower(), "pin": self.case._public_pin()}
        answer = self.url_open(follow, data=right)
        self.assertTrue(answer.url.endswith(self.url()))
        pin = "000000" if right["pin"] != "000000" else "111111"
        wrong = self.url_open(follow, data={**right, "pin": pin})
        self.assertEqual(wrong.status_code, 422)
        self.assertNotIn(self.case.facts, wrong.text)

    # ---- photos and papers ----

    def test_photos(self):
        answer = self.open("/photo/1")
        self.assertEqual(answer.headers["Content-Type"], "image/jpeg")
        self.assertEqual(answer.content, self.case.photo_ids.sorted("id")[0].raw)
        self.assertEqual(self.open("/photo/0").status_code, 404)
        self.assertEqual(self.open("/photo/3").status_code, 404)

    def test_files_of_the_desk_are_not_reached(self):
        self.env["ir.attachment"].create(
            {
                "name": "internal.jpg",
                "raw": picture("green"),
                "res_model": "helpdesk.ticket",
                "res_id": self.case.id,
            }
        )
        self.assertEqual(self.open("/photo/3").status_code, 404)
        self.assertNotIn("internal.jpg", self.open().text)

    def text_of(self, answer):
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)

    def test_receipt(self):
        for lang in ("ar", "fr"):
            text = self.text_of(self.open("/receipt", lang))
            self.assertIn(self.case._public_code_shown(), text)
            self.assertIn(self.case._public_pin(), text)
            self.assertIn(self.case.case_number, text)
            self.assertIn(self.case.filed_digest[:8], text)
            self.assertIn("2-17-265", text)
            self.assertNotIn("Complainant 1", text)

    def test_counter_slip(self):
        """One small page, in either language, with all one needs to follow the case."""
        reports = self.env["ir.actions.report"].sudo()
        for lang in ("ar_MA", "fr_MA"):
            content, kind = reports._render_qweb_pdf(
                "jamaa_complaints.action_report_counter_slip", self.case.ids, data={"lang": lang}
            )
            self.assertEqual(kind, "pdf")
            pages = PdfReader(io.BytesIO(content)).pages
            self.assertEqual(len(pages), 1, lang)
            self.assertIn(self.case._public_pin(), pages[0].extract_text())

    # ---- the answer ----

    def test_answer_shows_only_once_sent(self):
        self.case.write({"answer": "Draft of the answer", "answer_state": "draft"})
        self.assertNotIn("Draft of the answer", self.open().text)
        self.assertEqual(self.open("/answer").status_code, 404)
        self.answer(self.case)
        self.assertIn("The lamp was repaired on Monday.", self.open().text)
        self.assertIn("The lamp was repaired on Monday.", self.text_of(self.open("/answer")))

    def test_answer_mail(self):
        self.answer(self.case)
        with self.no_mail_leaves():
            self.assertTrue(self.case._mail_to_citizen("answer"))
        mail = self.env["mail.mail"].sudo().search([], order="id desc", limit=1)
        self.assertIn("The lamp was repaired on Monday.", mail.body_html)
        self.assertIn(self.url(), mail.body_html)

    # ---- one tap ----

    def tap(self, **data):
        return self.url_open(self.url("/satisfaction"), data=data)

    def satisfaction(self):
        return self.env["jamaa.satisfaction"]._current(self.case)

    def test_no_tap_before_the_answer(self):
        self.assertNotIn('id="satisfaction"', self.open().text)
        self.tap(value="3")
        self.assertFalse(self.satisfaction())

    def test_one_tap(self):
        self.answer(self.case)
        self.assertIn('id="satisfaction"', self.open().text)
        answer = self.tap(value="3")
        self.assertEqual(answer.status_code, 200)
        row = self.satisfaction()
        self.assertEqual((row.value, row.team_id, row.company_id), (3, self.service, self.commune))
        self.assertIn("satisfied", self.case.milestone_ids.mapped("code"))
        self.tap(value="3")
        self.assertEqual(self.satisfaction(), row, "the same link twice changes nothing")
        self.tap(value="1")
        self.assertEqual(self.satisfaction().value, 1)
        self.tap(comment="Still <b>dark</b>")
        self.assertEqual(self.satisfaction().comment, "Still <b>dark</b>")
        self.assertNotIn("<b>dark", self.open().text)

    def test_tap_is_no_link(self):
        """A mail scanner that opens every link must not answer for the citizen."""
        self.answer(self.case)
        self.assertIn(self.open("/satisfaction?value=3").status_code, (404, 405))
        self.assertFalse(self.satisfaction())

    def test_junk_taps(self):
        self.answer(self.case)
        for value in ("0", "4", "", "x", "3 OR 1=1"):
            self.assertEqual(self.tap(value=value).status_code, 200)
        self.tap()
        self.tap(comment="Words without a face")
        self.assertFalse(self.satisfaction())

    # ---- budget ----

    def queries(self):
        self.open()
        self.env.flush_all()
        before = self.cr.sql_log_count
        self.open()
        return self.cr.sql_log_count - before

    def test_page_budget_is_flat(self):
        few = self.queries()
        self.assertLessEqual(few, 30)
        for _turn in range(40):
            self.case._add_milestone("message_received")
            self.case._add_milestone("taken")
        self.lodge()
        self.assertLessEqual(self.queries(), few)
