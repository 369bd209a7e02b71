"""A case comes into being."""

from datetime import timedelta

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import FACTS, IDENTITY, ComplaintCase


@tagged("post_install", "-at_install")
class TestLodge(ComplaintCase):
    def test_number_per_commune_and_year(self):
        year = self.Ticket._commune_today().year
        self.assertRegex(self.case.case_number, rf"^{year}-\d{{5}}$")
        # another commune counts for itself
        here, there, here_again = (
            int(self._lodge(company=company).case_number[-5:]) for company in (self.here, self.there, self.here)
        )
        self.assertEqual(here_again, here + 1)
        self.assertLess(there, here)
        self.assertEqual(self.case.number, self.case.case_number)

    def test_code_token_stage_milestone(self):
        self.assertEqual(len(self.case.public_code), 8)
        self.assertTrue(self.case.sudo().access_token)
        self.assertEqual(self.case.stage_id, self.env.ref("jamaa_complaints.stage_received"))
        self.assertEqual(self.case.milestone_ids.mapped("code"), ["received"])
        self.assertTrue(self.case.milestone_ids.is_public)
        self.assertEqual(self.case.team_id, self.unit)

    def test_identity_is_in_the_vault_only(self):
        person = self.case.sudo().complainant_id
        self.assertEqual(person.name, IDENTITY["name"])
        self.assertEqual(person.company_id, self.here)
        self.assertFalse(self.case.partner_id or self.case.partner_name)
        self.assertFalse(self.case.partner_email or self.case.email_cc)
        self.assertFalse(self.env["res.partner"].search([("email", "=", IDENTITY["email"])]))

    def test_words_are_kept_and_escaped(self):
        case = self._lodge(facts="<script>alert(1)</script> & co")
        self.assertEqual(case.facts, "<script>alert(1)</script> & co")
        self.assertNotIn("<script>", case.description)
        self.assertIn("&lt;script&gt;", case.description)
        self.assertEqual(self._lodge(facts="a\x00b\u202ec").facts, "abc")

    def test_photos_under_plain_names(self):
        names = self.case.photo_ids.sorted("id").mapped("name")
        self.assertEqual(names, ["photo-1.jpg", "photo-2.jpg"])
        self.assertEqual(set(self.case.photo_ids.mapped("res_id")), {self.case.id})
        self.assertFalse(any(self.case.photo_ids.mapped("public")))

    def test_clocks_run_from_legal_receipt(self):
        start = self.Ticket._commune_today() - timedelta(days=10)
        case = self._lodge(legal_receipt_date=start)
        self.assertEqual(case.legal_receipt_date, start)
        self.assertGreaterEqual(case.due_date, start + timedelta(days=60))
        self.assertLess(case.due_date, start + timedelta(days=75))
        self.assertLess(case.internal_due_date, case.due_date)
        self.assertFalse(case.due_is_legal, "nobody of the commune confirmed the rule")
        self.assertTrue(case.due_proof)

    def test_remarks_have_no_legal_clock(self):
        remark = self._lodge(kind="remark")
        self.assertEqual(remark.due_date, remark.internal_due_date)
        self.assertFalse(remark.due_is_legal)

    def test_a_complaint_has_a_name(self):
        with self.assertRaises(ValidationError):
            self._lodge(identity={})
        report = self._lodge(identity={}, kind="report")
        self.assertTrue(report.is_anonymous)
        self.assertFalse(report.sudo().complainant_id)

    def test_refusals(self):
        tomorrow = self.Ticket._commune_today() + timedelta(days=1)
        foreign = self.env["jamaa.site"].create({"name": "Elsewhere", "company_id": self.there.id})
        plain = self.env["helpdesk.ticket.category"].create({"name": "Printers"})
        for vals in (
            {"kind": "petition"},
            {"facts": " \n "},
            {"subject": ""},
            {"legal_receipt_date": tomorrow},
            {"legal_receipt_date": "0026-11-03"},
            {"site_id": foreign.id},
            {"category_id": plain.id},
            {"category_id": 999999999},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                self._lodge(**vals)

    def test_long_text_is_capped(self):
        self.assertLessEqual(len(self._lodge(facts="x" * 100_000).facts), 20_000)

    def test_reply_channel_without_address(self):
        self.assertEqual(self.case.reply_by, "email")
        only_name = self._lodge(identity={"name": "A"})
        self.assertEqual(only_name.reply_by, "page")
        self.assertEqual(self._lodge(facts=FACTS, reply_by="phone").reply_by, "phone")
