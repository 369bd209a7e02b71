"""The complaint form over HTTP: what is taken, what is refused, what is never lost."""

import hashlib
import io

from PIL import Image

from odoo.tests import tagged

from odoo.addons.jamaa_base.controllers.public_form import _question
from odoo.addons.jamaa_base.tools.proof_of_work import DEFAULT_BITS

from .public_common import BITS, PublicComplaintCase, picture


@tagged("post_install", "-at_install")
class TestPublicForm(PublicComplaintCase):
    def assertRefused(self, answer, *words, status=422):
        """The form came back: nothing was made, what was typed is there."""
        self.assertEqual(answer.status_code, status)
        self.assertFalse(self.cases())
        for text in (*words, self.good["place"], "complainant1@example.com"):
            self.assertIn(text, answer.text)

    # ---- the way it should go ----

    def test_form_in_each_language(self):
        for lang, direction in (("ar", "rtl"), ("fr", "ltr")):
            answer = self.url_open(self.page_url(lang=lang))
            self.assertEqual(answer.status_code, 200)
            self.assertIn(f'dir="{direction}"', answer.text)
            self.assertNotIn("Set-Cookie", answer.headers)
            self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])

    def test_lodge_with_two_photos(self):
        files = self.photos(picture("red", exif=True), picture("blue"))
        with self.no_mail_leaves():
            answer = self.send(self.fresh_form(), files)
        self.assertEqual(answer.status_code, 200)
        case = self.cases()
        self.assertEqual(len(case), 1)
        self.assertEqual(case.facts, self.good["facts"])
        self.assertEqual(case.place_text, self.good["place"])
        self.assertEqual(case.reply_by, "email")
        self.assertEqual(case.public_lang, "fr_MA")
        self.assertEqual(len(case.photo_ids), 2)
        # What the citizen is told is what the database holds.
        self.assertIn(case._public_code_shown(), answer.text)
        self.assertIn(case._public_pin(), answer.text)
        self.assertIn(case.case_number, answer.text)
        self.assertEqual(case.filed_digest, case._filed_digest())

    def test_identity_goes_to_the_vault_alone(self):
        self.send(self.fresh_form())
        case = self.cases()
        self.assertFalse(case.partner_id or case.partner_name or case.partner_email)
        person = case.sudo().complainant_id
        self.assertEqual(person.name, "Complainant 1")
        self.assertEqual(person.phone, "+212612345678")

    def test_camera_data_is_dropped(self):
        original = picture("red", exif=True)
        self.assertIn(b"SECRET-CAMERA", original)
        self.send(self.fresh_form(), self.photos(original))
        kept = self.cases().photo_ids
        self.assertNotIn(b"SECRET-CAMERA", kept.raw)
        self.assertFalse(Image.open(io.BytesIO(kept.raw)).getexif())
        self.assertNotIn("IMG_", kept.name)

    def test_receipt_mail_is_queued_not_sent(self):
        with self.no_mail_leaves():
            self.send(self.fresh_form("ar"), lang="ar")
        case = self.cases()
        mail = self.env["mail.mail"].sudo().search([("vault_id", "=", case.complainant_id.id)])
        self.assertEqual(mail.state, "outgoing")
        self.assertIn("complainant1@example.com", mail.email_to)
        self.assertIn(case._public_path("ar"), mail.body_html)
        self.assertNotIn(case._public_pin(), mail.body_html)
        self.assertIn('dir="rtl"', mail.body_html)

    def test_anonymous_report(self):
        answer = self.send(self.fresh_form(), kind="report", name="", phone="", email="", answer_by="page")
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(self.cases().is_anonymous)
        self.assertFalse(self.cases().sudo().complainant_id)

    def test_pin_is_shown_for_an_hour(self):
        case = self.lodge()
        url = self.page_url(f"complaint/done/{case.access_token}")
        self.assertIn(case._public_pin(), self.url_open(url).text)
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET create_date = create_date - interval '2 hours' WHERE id = %s",
            (case.id,),
        )
        case.invalidate_recordset()
        later = self.url_open(url)
        self.assertEqual(later.status_code, 200)
        self.assertNotIn(case._public_pin(), later.text)

    # ---- once only ----

    def test_same_form_twice(self):
        guard = self.fresh_form()
        first = self.send(guard)
        second = self.send(guard)
        self.assertEqual(len(self.cases()), 1)
        self.assertEqual(first.url, second.url, "the same receipt")

    def test_expired_form_keeps_the_text(self):
        answer = self.send(self.old_form(age=48 * 3600), self.photos(picture()))
        self.assertRefused(answer, self.good["facts"], "photo_1_kept")
        again = self.send(self.guard_of(answer.text), photo_1_kept=self.kept(answer))
        self.assertEqual(again.status_code, 200)
        self.assertEqual(len(self.cases().photo_ids), 1)

    def test_forged_form(self):
        guard = self.fresh_form()
        token = guard["form_token"]
        for forged in ("", "x", token[:-1] + ("A" if token[-1] != "A" else "B")):
            self.assertRefused(self.send({**guard, "form_token": forged}), self.good["facts"])

    # ---- errors ----

    def kept(self, answer, slot=1):
        """Return the token under which a photo is kept on a page."""
        start = answer.text.index(f'name="photo_{slot}_kept" value="') + len(f'name="photo_{slot}_kept" value="')
        return answer.text[start : answer.text.index('"', start)]

    def test_photos_survive_an_error(self):
        files = self.photos(picture("red"), picture("blue"))
        answer = self.send(self.fresh_form(), files, category="")
        self.assertRefused(answer, self.good["facts"])
        again = self.send(
            self.guard_of(answer.text),
            photo_1_kept=self.kept(answer, 1),
            photo_2_kept=self.kept(answer, 2),
            photo_2_drop="1",
        )
        self.assertEqual(again.status_code, 200)
        self.assertEqual(len(self.cases().photo_ids), 1, "the second one was taken back")
        waiting = self.env["jamaa.upload.stash"].search([("company_id", "=", self.commune.id)])
        self.assertEqual(len(waiting), 1, "what was filed waits no more; the other is vacuumed")

    def test_kept_photo_of_somebody_else(self):
        other = self.make_commune("commune-essai-2")
        row = self.env["jamaa.upload.stash"]._keep(other, picture(), "image/jpeg")
        for token in (row.token, "x" * 22, "'; DROP TABLE x"):
            answer = self.send(self.fresh_form(), photo_1_kept=token)
            self.assertRefused(answer, self.good["facts"])

    def test_empty_form(self):
        empty = dict.fromkeys(self.good, "")
        answer = self.send(self.fresh_form(), **empty)
        self.assertEqual(answer.status_code, 422)
        self.assertFalse(self.cases())
        for name in ("kind", "category", "facts"):
            self.assertIn(f'href="#f-{name}"', answer.text)

    def test_100_000_characters(self):
        facts = "شكاية " * 16_700
        answer = self.send(self.fresh_form(), facts=facts)
        self.assertRefused(answer, facts.strip())

    def test_html_and_scripts_are_text(self):
        facts = "<script>alert(1)</script><img src=x onerror=alert(2)> {{7*7}} %(x)s"
        answer = self.send(self.fresh_form(), facts=facts)
        case = self.cases()
        self.assertEqual(case.facts, facts)
        page = self.url_open(case._public_path("fr"))
        for html in (answer.text, page.text):
            self.assertNotIn("<script>alert", html)
            self.assertNotIn("<img src=x", html)
            self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt;", html)
        refused = self.send(self.fresh_form(), facts=facts, kind="")
        self.assertNotIn("<script>alert", refused.text)

    def test_emoji_and_direction_signs(self):
        self.send(self.fresh_form(), facts="💡 مصباح \u202egnp.exe\u202c معطل \x00 منذ شهر 🇲🇦")
        self.assertEqual(self.cases().facts, "💡 مصباح gnp.exe معطل  منذ شهر 🇲🇦")

    def test_wrong_files(self):
        wrong = {
            "pdf": b"%PDF-1.4 not a photo",
            "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
            "html": b"<html><script>alert(1)</script></html>",
            "heic": b"\x00\x00\x00\x18ftypheic" + b"\x00" * 32,
            "cut": picture()[:200],
            "empty": b"",
            "gif": b"GIF89a" + b"\x00" * 32,
        }
        for name, content in wrong.items():
            with self.subTest(name):
                answer = self.send(self.fresh_form(), self.photos(content))
                self.assertRefused(answer, self.good["facts"], 'href="#f-photo_1"')

    def test_photo_of_50_megabytes(self):
        """It is refused beside its field; the other photo and the text stay."""
        huge = picture() + b"\x00" * (50 * 1024 * 1024)
        answer = self.send(self.fresh_form(), self.photos(huge, picture("blue")))
        self.assertRefused(answer, self.good["facts"], "50.0")
        self.assertNotIn("photo_1_kept", answer.text)
        self.assertIn("photo_2_kept", answer.text)

    def test_whole_form_too_large(self):
        """More than any form of ours: a page that says what to do, no bare error."""
        answer = self.url_open(
            self.page_url(),
            data={**self.good, **self.fresh_form()},
            files=self.photos(b"\x00" * (66 * 1024 * 1024)),
            timeout=60,
        )
        self.assertEqual(answer.status_code, 413)
        self.assertIn('class="jm"', answer.text)
        self.assertFalse(self.cases())

    def test_junk_fields(self):
        """Unknown fields, files where text is meant and the other way round."""
        answer = self.send(
            self.fresh_form(),
            files={"facts": ("x.txt", b"text"), "photo_1": ("", b"")},
            facts=None,
            state="sent",
            company_id="1",
            answer="hacked",
        )
        self.assertEqual(answer.status_code, 422)
        answer = self.send(self.fresh_form(), photo_1="text", answer="hacked", answer_state="sent")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(self.cases().answer_state, "none")
        self.assertFalse(self.cases().answer)

    def test_category_and_site_of_another_commune(self):
        other = self.make_commune("commune-essai-2")
        category = self.env["helpdesk.ticket.category"].create(
            {"name": "Other", "for_cases": True, "company_id": other.id}
        )
        site = self.env["jamaa.site"].create({"name": "Other", "company_id": other.id})
        self.assertNotIn(f'value="{category.id}"', self.url_open(self.page_url()).text)
        for changes in ({"category": str(category.id)}, {"site": str(site.id)}):
            self.assertRefused(self.send(self.fresh_form(), **changes), self.good["facts"])

    def test_unknown_addresses(self):
        for url in (
            "/c/no-such-commune/fr/complaint",
            self.page_url(lang="en"),
            self.page_url("complaint/done/xxxxxxxxxxxxxxxxxxxxxx"),
        ):
            self.assertEqual(self.url_open(url).status_code, 404)

    # ---- without JavaScript ----

    def test_without_javascript(self):
        """No proof of work: one question more, and nothing lost, photos included."""
        guard = {**self.fresh_form(), "form_proof": ""}
        answer = self.send(guard, self.photos(picture()))
        self.assertRefused(answer, self.good["facts"], "jm-asked")
        token = self.guard_of(answer.text)["form_token"]
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        right = str(sum(_question(secret.encode(), token.split(".")[3])))
        wrong = self.send({"form_token": token}, form_answer="999")
        self.assertRefused(wrong)
        again = self.send({"form_token": token}, form_answer=right, photo_1_kept=self.kept(answer))
        self.assertEqual(again.status_code, 200)
        self.assertEqual(len(self.cases().photo_ids), 1)

    def test_too_many_from_one_address(self):
        for _turn in range(60):
            self.env["jamaa.throttle"]._note("form.sent", "127.0.0.1")
        answer = self.send(self.fresh_form())
        self.assertRefused(answer, self.good["facts"], status=429)

    def test_forms_ask_for_work_unless_told_otherwise(self):
        """The page says how much, and without the parameter it is not nothing."""
        self.assertIn(f'data-bits="{BITS}"', self.url_open(self.page_url()).text)
        # A parameter that is set to False is taken away.
        self.env["ir.config_parameter"].sudo().set_param("jamaa_base.proof_bits", False)
        self.assertIn(f'data-bits="{DEFAULT_BITS}"', self.url_open(self.page_url()).text)

    # ---- budgets ----

    def queries(self, action):
        """Return how many queries ``action`` costs, warm."""
        action()
        self.env.flush_all()
        before = self.cr.sql_log_count
        action()
        return self.cr.sql_log_count - before

    def test_form_budget(self):
        self.assertLessEqual(self.queries(lambda: self.url_open(self.page_url())), 30)

    def test_submit_budget(self):
        files = self.photos(picture("red"), picture("blue"))
        guards = [self.fresh_form() for _turn in range(2)]
        cost = self.queries(lambda: self.send(guards.pop(), files, redirects=False))
        self.assertEqual(len(self.cases()), 2)
        self.assertLessEqual(cost, 45)

    def test_digest_is_of_what_was_sent(self):
        self.send(self.fresh_form(), self.photos(picture()))
        case = self.cases()
        photo = hashlib.sha256(case.photo_ids.raw).hexdigest()
        self.assertEqual(case._photo_digests(), [photo])
        shown = self.url_open(case._public_path("fr")).text
        self.assertIn(case.filed_digest[:8], shown)
