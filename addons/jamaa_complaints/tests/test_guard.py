"""What may be changed on a case, and by whom."""

from datetime import timedelta

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import FACTS, ComplaintCase


@tagged("post_install", "-at_install")
class TestGuard(ComplaintCase):
    def test_facts_never_change(self):
        for env_case in (self._as(self.officer), self.case.sudo()):
            for vals in (
                {"facts": "Other"},
                {"name": "Other"},
                {"description": "<p>Other</p>"},
                {"place_text": "Elsewhere"},
                {"case_number": "2020-00001"},
                {"company_id": self.there.id},
                {"photo_ids": [(5,)]},
                {"kind": False},
            ):
                with (
                    self.subTest(su=env_case.env.su, vals=vals),
                    self.assertRaises(UserError),
                ):
                    env_case.write(vals)
        self.assertEqual(self.case.facts, FACTS)

    def test_direct_writes_by_role(self):
        self._as(self.officer).action_assign_proposed()
        forbidden = (
            {"kind": "remark"},
            {"legal_receipt_date": "2020-01-01"},
            {"due_date": "2040-01-01"},
            {"answer_state": "approved"},
            {"approved_by_id": self.officer.id},
            {"answered_on": "2026-01-01"},
            {"stage_id": self.env.ref("jamaa_complaints.stage_closed").id},
            {"team_id": self.unit.id},
            {"partner_id": self.officer.partner_id.id},
            {"is_anonymous": True},
            {"reply_by": "phone"},
            {"active": False},
            {"case_number": "x"},
            {"message_ids": [(5,)]},
        )
        for user in (self.officer, self.agent, self.head):
            for vals in forbidden:
                with self.subTest(user=user.login, vals=vals), self.assertRaises(UserError):
                    self._as(user).write(vals)
        for vals in ({"service_id": self.roads.id}, {"category_id": False}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                self._as(self.agent).write(vals)
        # readers do not write at all
        for user in (self.president_user, self.receptionist, self.other_agent):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user).write({"priority": "3"})

    def test_a_submitted_case_stays_with_its_service(self):
        self._to_approval()
        with self.assertRaises(AccessError):
            self._as(self.officer).write({"service_id": self.roads.id})

    def test_agents_take_heads_give(self):
        self._as(self.officer).action_assign_proposed()
        with self.assertRaises(AccessError):
            self._as(self.agent).write({"user_id": self.colleague.id})
        self._as(self.head).write({"user_id": self.colleague.id})
        self.assertEqual(self.case.user_id, self.colleague)
        with self.assertRaises(UserError):
            self._as(self.head).write({"user_id": self.other_agent.id})

    def test_no_other_way_in(self):
        vals = {"name": "x", "description": "x", "kind": "complaint"}
        for user in (self.officer, self.receptionist, self.portal_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.Ticket.with_user(user).create(vals)
        helpdesk = self._make_user("t_helpdesk", "helpdesk_mgmt.group_helpdesk_manager")
        with self.assertRaises(AccessError):
            self.Ticket.with_user(helpdesk).create(vals)
        plain = self.Ticket.with_user(helpdesk).create({"name": "x", "description": "x"})
        with self.assertRaises(AccessError):
            plain.write({"kind": "complaint"})

    def test_a_case_is_neither_deleted_nor_copied(self):
        with self.assertRaises(UserError):
            self.case.sudo().unlink()
        with self.assertRaises(UserError):
            self.case.sudo().copy()

    def test_milestones_are_added_only(self):
        fact = self.case.milestone_ids
        for change in (lambda: fact.sudo().write({"note": "x"}), fact.sudo().unlink):
            with self.assertRaises(UserError):
                change()
        with self.assertRaises(AccessError):
            fact.with_user(self.officer).create({"case_id": self.case.id, "code": "sent"})

    def test_changes_with_a_reason(self):
        officer = self._as(self.officer)
        officer._change_with_reason("correction", "The number is 14")
        officer._change_with_reason("kind", "No harm was done", kind="remark")
        self.assertEqual(self.case.kind, "remark")
        self.assertEqual(self.case.due_date, self.case.internal_due_date)
        start = self.Ticket._commune_today() - timedelta(days=3)
        officer._change_with_reason("date", "Stamp of the registry", received=start)
        self.assertEqual(self.case.legal_receipt_date, start)
        self.assertEqual(self.case.facts, FACTS)
        codes = self.case.milestone_ids.mapped("code")
        for code in ("corrected", "kind_changed", "receipt_date_changed"):
            self.assertIn(code, codes)
        with self.assertRaises(UserError):
            officer._change_with_reason("date", "x", received=self.Ticket._commune_today() + timedelta(days=1))
        self._as(self.officer).action_assign_proposed()
        with self.assertRaises(AccessError):
            self._as(self.agent)._change_with_reason("kind", "x", kind="report")

    def test_an_anonymous_report_does_not_become_a_complaint(self):
        report = self._lodge(identity={}, kind="report")
        with self.assertRaises(UserError):
            self._as(self.officer, report)._change_with_reason("kind", "x", kind="complaint")

    def test_a_reason_is_needed(self):
        wizard = (
            self.env["jamaa.complaint.change"]
            .with_user(self.officer)
            .create({"case_id": self.case.id, "what": "correction", "reason": "  "})
        )
        with self.assertRaises(UserError):
            wizard.action_confirm()

    def test_photos_are_facts(self):
        photo = self._as(self.officer, self.case.photo_ids[:1])
        for vals in ({"raw": b"x"}, {"res_id": 0}, {"public": True}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                photo.write(vals)
        with self.assertRaises(UserError):
            photo.unlink()
        with self.assertRaises(UserError):
            self.case.photo_ids[:1].sudo().public = True
        note = photo.create({"name": "n", "raw": b"x", "res_model": "helpdesk.ticket", "res_id": self.case.id})
        note.unlink()

    def test_erasing_takes_the_person_out_of_the_words(self):
        case = self._lodge(
            facts="I, zineb essaidi (+212612345678), live at 12 rue des Orangers.",
            place_text="12 rue des Orangers",
        )
        case.sudo().complainant_id._erase()
        for text in (case.facts, case.description, case.place_text):
            for secret in ("zineb", "+212612345678", "orangers"):
                self.assertNotIn(secret, (text or "").lower())
        self.assertIn("live at", case.facts)

    def test_the_database_keeps_identity_apart(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.env.cr.execute(
                "UPDATE helpdesk_ticket SET partner_name = 'Zineb' WHERE id = %s",
                (self.case.id,),
            )

    def test_the_database_keeps_numbers_unique(self):
        other = self._lodge()
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.env.cr.execute(
                "UPDATE helpdesk_ticket SET case_number = %s WHERE id = %s",
                (self.case.case_number, other.id),
            )

    def test_units_keep_cases_and_only_cases(self):
        with self.assertRaises(UserError):
            self.Ticket.create({"name": "x", "description": "x", "team_id": self.unit.id})
        foreign = self._make_service("Elsewhere", self.officer_there, company=self.there)
        with self.assertRaises(UserError):
            self.case.sudo().write({"service_id": foreign.id})
