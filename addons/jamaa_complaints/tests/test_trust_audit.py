"""The auditor's room: a sample by chance, calls, findings, files; nobody's identity."""

import io

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import FACTS, IDENTITY, ComplaintCase


class AuditCase(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.case
        for _rank in range(5):
            cls.cases |= cls._lodge()
        for case in cls.cases.sudo():
            case.write({"service_id": cls.lighting.id, "answer": "Done", "outcome": "solved"})
            case.write({"answer_state": "sent", "answered_on": cls.today})
        cls.open_case = cls._lodge()
        cls.hidden = cls._lodge(identity={}, kind="report", names_person="yes")
        cls.hidden.sudo().write({"answer": "x", "not_heard": True})
        cls.hidden.sudo().write({"answer_state": "sent", "answered_on": cls.today})
        cls.audit = (
            cls.env["jamaa.complaint.audit"]
            .with_user(cls.auditor)
            .create({"company_id": cls.here.id, "date_from": cls.today, "date_to": cls.today, "size": 3})
        )
        cls.env.flush_all()

    def _draw(self):
        self._as(self.auditor, self.audit).action_draw()
        self.env.invalidate_all()
        return self.audit.item_ids


@tagged("post_install", "-at_install")
class TestAudit(AuditCase):
    def test_drawn_by_chance_and_again_the_same(self):
        items = self._draw()
        self.assertEqual((len(items), self.audit.population), (3, 6))
        numbers = sorted(self.cases.mapped("case_number"))
        again = self.audit._sample(numbers, 3, self.audit.seed)
        self.assertEqual(again, items.mapped("number"))
        self.assertNotEqual(self.audit._sample(range(1000), 3, "a"), self.audit._sample(range(1000), 3, "b"))
        with self.assertRaises(UserError):
            self._as(self.auditor, self.audit).action_draw()
        with self.assertRaises(UserError):
            self._as(self.auditor, self.audit).write({"size": 5})

    def test_category_and_service_in_the_readers_language(self):
        self.lighting.update_field_translations("name", {"fr_MA": "Éclairage"})
        item = self._as(self.auditor, self._draw()[0]).with_context(lang="fr_MA")
        read = item.web_read(
            {"category_id": {"fields": {"display_name": {}}}, "service_id": {"fields": {"display_name": {}}}}
        )
        names = [read[0][name]["display_name"] for name in ("category_id", "service_id")]
        self.assertEqual(names, [item.sudo().case_id.category_id.name, "Éclairage"])
        rows = self._as(self.auditor, self.audit).with_context(lang="fr_MA")._file_rows()
        self.assertIn("Éclairage", rows[1])
        groups = item.web_read_group([("audit_id", "=", self.audit.id)], ["service_id"], ["__count"])["groups"]
        self.assertEqual(groups[0]["service_id"][1], "Éclairage")

    def test_sensitive_and_open_cases_are_not_drawn(self):
        self._as(self.auditor, self.audit).write({"size": 100})
        numbers = self._draw().mapped("number")
        self.assertEqual(sorted(numbers), sorted(self.cases.mapped("case_number")))

    def test_only_the_auditor_draws(self):
        for user in (self.officer, self.director_user, self.president_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user, self.audit).action_draw()

    def test_the_auditor_reads_no_case(self):
        items = self._draw()
        self.assertFalse(self._as(self.auditor).has_access("read"))
        row = self._as(self.auditor, items[:1]).read()[0]
        self.assertNotIn("case_id", row)
        texts = str(row).lower()
        for secret in (*IDENTITY.values(), FACTS):
            self.assertNotIn(secret.lower(), texts)

    def test_who_does_not_see_it(self):
        items = self._draw()
        for user in (self.agent, self.portal_user, self.officer_there, self.council_member):
            with self.subTest(user=user.login):
                self.assertFalse(self._as(user, self.audit).has_access("read"))
                self.assertFalse(self._as(user, items).has_access("read"))
        about = items.sudo().case_id[:1]
        about.locked_user_ids = [(4, self.officer.id)]
        self.assertEqual(len(self._as(self.officer, items)._filtered_access("read")), 2)
        rest = (items.sudo().case_id - about)[:1]
        rest.confidentiality = "sensitive"
        self.assertEqual(len(self._as(self.auditor, items)._filtered_access("read")), 2)

    def test_a_call_is_noted_once(self):
        item = self._draw()[:1]
        officer = self._as(self.officer, item)
        with self.assertRaises(UserError):
            officer.write({"outcome": "refused"})
        with self.assertRaises(ValidationError):
            officer.write({"call_result": "solved", "call_note": f"{IDENTITY['name']} is glad"})
        self._as(self.officer, item).write({"call_result": "not_reached"})
        self._as(self.officer, item).write({"call_result": "not_solved", "call_note": "It went out again"})
        self.assertEqual((item.called_by_id, bool(item.called_on)), (self.officer, True))
        with self.assertRaises(UserError):
            self._as(self.officer, item).write({"call_result": "solved"})

    def test_finding_and_reply(self):
        self._draw()
        findings = self.env["jamaa.complaint.audit.finding"]
        values = {"audit_id": self.audit.id, "text": "Two answers do not say what was done.", "reply": "None"}
        with self.assertRaises(AccessError):
            findings.with_user(self.officer).create(values)
        finding = findings.with_user(self.auditor).create(values)
        self.assertFalse(finding.reply)
        with self.assertRaises(AccessError):
            self._as(self.auditor, finding).write({"reply": "We are content"})
        with self.assertRaises(AccessError):
            self._as(self.director_user, finding).write({"text": "All is well"})
        self._as(self.director_user, finding).write({"reply": "The letters are written anew."})
        self.assertEqual((finding.replied_by_id, finding.replied_on), (self.director_user, self.today))
        with self.assertRaises(UserError):
            self._as(self.auditor, finding).write({"text": "Three answers"})
        with self.assertRaises(UserError):
            finding.sudo().unlink()

    def test_the_form_offers_what_is_allowed(self):
        self._draw()
        model = self.env["jamaa.complaint.audit.finding"]
        finding = model.with_user(self.auditor).create({"audit_id": self.audit.id, "text": "No date."})

        def offered(user):
            row = self._as(user, finding)
            return row.may_find, row.may_reply

        self.assertEqual((offered(self.auditor), offered(self.officer)), ((True, False), (False, True)))
        self._as(self.officer, finding).write({"reply": "It is added."})
        self.assertEqual((offered(self.auditor), offered(self.officer)), ((False, False), (False, False)))

    def test_the_case_of_a_call_is_open_to_its_readers_alone(self):
        item = self._draw()[:1]
        case = item.sudo().case_id
        self.assertEqual(self._as(self.officer, item).action_open_case()["res_id"], case.id)
        with self.assertRaises(AccessError):
            self._as(self.auditor, item).action_open_case()

    def test_files_hold_no_identity_and_no_formula(self):
        self.lighting.name = "=1+1"
        items = self._draw()
        self._as(self.auditor, self.audit).action_export_xlsx()
        self._as(self.auditor, self.audit).action_export_csv()
        files = self.env["ir.attachment"].search([("name", "=like", "audit-%")], order="id")
        sheet = load_workbook(io.BytesIO(files[0].raw)).active
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
        self.assertIn(items[0].number, [cell.value for cell in cells])
        self.assertNotIn("f", {cell.data_type for cell in cells})
        text = files[1].raw.decode("utf-8-sig")
        self.assertIn("'=1+1", text)
        for content in (text, str([cell.value for cell in cells])):
            for secret in (*IDENTITY.values(), FACTS):
                self.assertNotIn(secret.lower(), content.lower())
