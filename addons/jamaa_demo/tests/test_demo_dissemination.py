"""The scene of the report: twelve functions, coverage and reminders as they should be."""

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestDemoDissemination(TransactionCase):
    def test_report_to_twelve_functions(self):
        commune = self.env["res.company"].search([("commune_slug", "=", "exemple-la-grande")])
        sending = self.env["jamaa.dissemination"].search([("company_id", "=", commune.id)], order="id", limit=1)
        rows = sending.recipient_ids
        count = lambda **vals: len(  # noqa: E731
            rows.filtered(lambda row: all(row[name] == value for name, value in vals.items()))
        )
        self.assertEqual(len(rows), 12)
        self.assertEqual((sending.received_count, sending.coverage, sending.to_mend_count), (9, 75.0, 2))
        self.assertEqual((count(state="vacant"), count(state="bounced"), count(state="paper")), (1, 1, 1))
        self.assertEqual(count(by_stand_in=True, state="received", received_quality="stand_in"), 1)
        waiting = rows.filtered(lambda row: row.state == "sent")
        self.assertEqual((waiting.function_code, waiting.reminder_count), ("council_member", 2))
        self.assertTrue(waiting.next_reminder_on)
        self.assertFalse((rows - waiting).filtered("next_reminder_on"))
        mails = self.env["mail.mail"].search([("model", "=", rows._name)])
        self.assertFalse(mails.filtered(lambda mail: mail.state == "outgoing"), "nothing of the demo leaves")
