"""Mails set aside, threads, bounces: who decides, who joins a case, who does not."""

from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import IDENTITY
from .mail_samples import bounce, flat, head
from .test_mail_samples import GatewayCase

OWN = f"Zineb <{IDENTITY['email']}>"


@tagged("post_install", "-at_install")
class TestMailAside(GatewayCase):
    def _aside(self):
        self._receive(
            flat(head(self.address, 1, "Out of office", Auto_Submitted="auto-replied"), b"The drain is open.")
        )
        return self.Aside.search([], order="id desc", limit=1)

    def _mail(self, number, text=b"One more word.", **more):
        return flat(head(self.address, number, **more), text)

    # ---- who decides

    def test_an_officer_opens_a_case(self):
        row = self._aside()
        queue = self.env["mail.mail"].search_count([])
        action = self._as(self.officer, row).action_open_case()
        case = self.Ticket.browse(action["res_id"])
        self.assertEqual(case.company_id, self.here)
        self.assertIn("The drain is open.", case.facts)
        self.assertEqual(row.state, "opened")
        self.assertEqual(row.decided_by_id, self.officer)
        self.assertEqual(row.case_id, case)
        self.assertEqual(case.sudo().complainant_id.email, "amina.raji@example.org")
        self.assertEqual(self.env["mail.mail"].search_count([]), queue + 1, "the citizen gets the receipt")
        with self.assertRaises(UserError):
            self._as(self.officer, row).action_open_case()

    def test_nothing_to_do_is_kept(self):
        row = self._aside()
        self._as(self.officer, row).action_nothing()
        self.assertEqual((row.state, row.decided_by_id), ("done", self.officer))
        self.assertTrue(row.decided_on)

    def test_who_may_not(self):
        row = self._aside()
        self.assertTrue(self._as(self.officer, row).mail_file)
        for user in (self.agent, self.officer_there, self.portal_user, self.director_user, self.programme_user):
            with self.subTest(user=user.login):
                mine = self._as(user, row)
                self.assertFalse(mine.has_access("read"))
                for button in ("action_open_case", "action_join", "action_nothing"):
                    with self.assertRaises(AccessError):
                        getattr(mine, button)()
        with self.assertRaises(AccessError):
            self._as(self.officer, row).write({"state": "done"})
        with self.assertRaises(AccessError):
            self._as(self.officer, row).unlink()

    def test_who_the_case_is_about_reads_no_mail_of_it(self):
        row = self._aside()
        row.case_id = self.case
        self.assertTrue(self._as(self.officer, row).has_access("read"))
        self.case.sudo().locked_user_ids = self.officer
        self.assertFalse(self._as(self.officer, row).has_access("read"))

    def test_the_time_ends(self):
        row, kept = self._aside(), None
        self._receive(flat(head(self.address, 2, Precedence="bulk"), b"Buy."))
        kept = self.Aside.search([], order="id desc", limit=1)
        self.assertEqual(row.keep_until, self.Ticket._commune_today() + timedelta(days=self.here.mail_aside_days))
        row.keep_until = self._day(-2)
        files = self.env["ir.attachment"].search([("res_model", "=", row._name), ("res_field", "=", "mail_file")])
        self.assertEqual(len(files), 2)
        with patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=60):
            self.Aside._cron_erase()
        self.assertFalse(row.exists())
        self.assertTrue(kept.exists())
        self.assertEqual(len(files.exists()), 1)

    # ---- too many, and what breaks

    def test_many_mails_of_one_sender(self):
        self.here.mail_hour_limit = 3
        cases, queue = len(self._cases()), self.env["mail.mail"].search_count([])
        for number in range(5):
            self._receive(self._mail(number))
        self.assertEqual(len(self._cases()), cases + 3)
        self.assertEqual(self.Aside.search_count([("reason", "=", "many")]), 2)
        self.assertEqual(self.env["mail.mail"].search_count([]), queue + 3)
        self._receive(self._mail(9, sender="Other <other@example.org>"))
        self.assertEqual(len(self._cases()), cases + 4, "another sender is not held up")

    def test_what_breaks_is_kept(self):
        cases = len(self._cases())
        with patch.object(type(self.Ticket), "_lodge", side_effect=ValueError("amina.raji@example.org")):
            self._receive(self._mail(1))
        row = self.Aside.search([])
        self.assertEqual((row.reason, row.note), ("error", "ValueError"))
        self.assertEqual(len(self._cases()), cases)
        self._as(self.officer, row).action_open_case()
        self.assertEqual(len(self._cases()), cases + 1)

    # ---- threads

    def _sent_id(self, case=None):
        """Message-ID of the receipt, as it leaves."""
        case = case or self.case
        mail = self.env["mail.mail"].sudo().search([("vault_id", "=", case.sudo().complainant_id.id)], limit=1)
        values = mail._prepare_outgoing_list()[0]
        self.assertIn(self.address, values["reply_to"])
        self.assertEqual(values["headers"]["Auto-Submitted"], "auto-generated")
        self.assertEqual(values["message_id"], mail._prepare_outgoing_list()[0]["message_id"])
        return values["message_id"]

    def test_the_citizens_reply_joins_its_case(self):
        count = len(self._cases())
        reference = self._sent_id()
        self.assertEqual(self._receive(self._mail(1, sender=OWN, In_Reply_To=reference)), self.case.id)
        self.assertEqual(len(self._cases()), count)
        self.assertIn("message_received", self.case.milestone_ids.mapped("code"))
        self.assertIn("One more word.", self.case.message_ids.sorted("id")[-1:].body)
        self.assertNotIn(IDENTITY["email"], self._words(self.case))
        self.assertFalse(self._receive(self._mail(1, sender=OWN, In_Reply_To=reference)))
        self.assertEqual(self.case.milestone_ids.mapped("code").count("message_received"), 1)

    def test_number_and_address_together_join(self):
        for number, known in enumerate((self.case.case_number, self.case.public_code), start=1):
            with self.subTest(known=known):
                subject = f"About {known}"
                self.assertEqual(self._receive(self._mail(f"own{number}", sender=OWN, subject=subject)), self.case.id)
                other = self._receive(self._mail(f"other{number}", subject=subject))
                self.assertNotEqual(other, self.case.id)
        self.assertEqual(self.case.milestone_ids.mapped("code").count("message_received"), 2)

    def test_a_stranger_never_writes_into_a_case(self):
        messages = self.case.message_ids
        self.assertFalse(self._receive(self._mail(1, In_Reply_To=self._sent_id())))
        row = self.Aside.search([])
        self.assertEqual((row.reason, row.case_id), ("other_sender", self.case))
        self.assertEqual(self.case.message_ids, messages)
        self._as(self.officer, row).action_join()
        self.assertEqual(row.state, "joined")
        self.assertEqual(len(self.case.message_ids), len(messages) + 1)

    def test_a_forged_reference_is_worth_nothing(self):
        forged = self._sent_id().replace(f"-{self.case.id}-", f"-{self._lodge().id}-")
        count = len(self._cases())
        self._receive(self._mail(1, In_Reply_To=forged))
        self.assertEqual(len(self._cases()), count + 1)

    def test_a_reply_after_the_end_tells_the_unit(self):
        self.case.sudo()._add_milestone("closed")
        self._receive(self._mail(1, sender=OWN, In_Reply_To=self._sent_id()))
        self.assertEqual(self.case.mail_alert, "after_close")
        self.assertEqual(self.case.activity_ids.user_id, self.officer)
        with self.assertRaises(AccessError):
            self._as(self.agent).action_mail_seen()
        self._as(self.officer).action_mail_seen()
        self.assertFalse(self.case.mail_alert)

    # ---- bounces

    def test_a_bounce_of_ours_marks_its_case(self):
        count, queue = len(self._cases()), self.env["mail.mail"].search_count([])
        self._receive(bounce(self.address, 1, self._sent_id()))
        self.assertEqual(self.case.mail_alert, "bounced")
        self.assertIn("mail_bounced", self.case.milestone_ids.mapped("code"))
        row = self.Aside.search([])
        self.assertEqual((row.case_id, row.state), (self.case, "done"))
        self.assertEqual(len(self._cases()), count)
        self.assertEqual(self.env["mail.mail"].search_count([]), queue)

    def test_a_bounce_to_another_address_of_ours_finds_its_case(self):
        self._receive(bounce("bounce@somewhere.test", 1, self._sent_id()))
        self.assertEqual(self.case.mail_alert, "bounced")

    def test_a_delay_or_a_forged_bounce_marks_nothing(self):
        self._receive(bounce(self.address, 1, self._sent_id(), action="delayed"))
        forged = self._sent_id().replace("-jamaa", "0-jamaa")
        self._receive(bounce(self.address, 2, forged))
        self.assertFalse(self.case.mail_alert)
        self.assertEqual(self.Aside.search_count([("reason", "=", "report"), ("state", "=", "todo")]), 2)
