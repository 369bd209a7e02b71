"""Every kind of mail in: none lost, none answered to a machine, none twice."""

import base64

from odoo.tests import tagged

from .common import ComplaintCase
from .mail_samples import of_machines, of_people

SECRETS = ("amina.raji", "hidden@", "other@example", "lost@example")


class GatewayCase(ComplaintCase):
    """A unit with an address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].search([], limit=1) or cls.env["mail.alias.domain"].create(
            {"name": "commune.test"}
        )
        cls.unit.alias_id.alias_domain_id = domain
        cls.address = f"{cls.unit.alias_name}@{domain.name}"
        cls.here.mail_hour_limit = 1000
        cls.Aside = cls.env["jamaa.complaint.mail.aside"]
        cls.gate = cls.env["mail.thread"].with_context(fetchmail_cron_running=True)

    def _cases(self):
        return self.Ticket.search([("kind", "!=", False)], order="id")

    def _receive(self, raw):
        return self.gate.message_process("helpdesk.ticket", raw, save_original=True)

    def _state(self):
        """All that a mail could change."""
        return (
            self.Ticket.search_count([]),
            self.Aside.search_count([]),
            self.env["mail.message"].search_count([("model", "=", "helpdesk.ticket")]),
            self.env["mail.mail"].search_count([]),
            self.env["jamaa.complaint.milestone"].search_count([]),
            self.env["ir.attachment"].search_count([]),
        )

    def _words(self, case):
        """All that staff could read of a case, as one text."""
        rows = [case, case.message_ids, case.milestone_ids]
        texts = [str(row) for records in rows for row in records.with_user(self.officer).sudo(False).read()]
        return "\n".join([*texts, *case.attachment_ids.mapped("name")])


@tagged("post_install", "-at_install")
class TestMailSamples(GatewayCase):
    def test_mails_of_people(self):
        for sample in of_people(self.address):
            with self.subTest(sample=sample.name):
                before, cases = self._state(), self._cases()
                case = self.Ticket.browse(self._receive(sample.raw))
                after = self._state()
                self.assertEqual(self._cases() - cases, case)
                self.assertEqual(len(case), 1)
                self.assertEqual(after[1], before[1], "no mail of a person is set aside")
                self.assertEqual(len(case.message_ids.filtered(lambda m: m.message_type == "email")), 1)
                shown = f"{case.name}\n{case.facts}"
                for words in sample.words:
                    self.assertIn(words, shown)
                self.assertNotIn("alert(1)", shown)
                self.assertNotIn("\0", shown)
                text = self._words(case).lower()
                for secret in SECRETS:
                    self.assertNotIn(secret, text)
                self.assertEqual(len(case.attachment_ids - case.photo_ids), sample.files)
                for file in case.attachment_ids - case.photo_ids:
                    self.assertNotRegex(file.mimetype, "html|svg|xml|script")
                self.assertFalse(self._receive(sample.raw))
                self.assertEqual(self._state(), after, "the same mail again changes nothing")

    def test_mails_of_machines(self):
        for sample in of_machines(self.address):
            with self.subTest(sample=sample.name):
                before = self._state()
                self.assertFalse(self._receive(sample.raw))
                after = self._state()
                self.assertEqual(after[0], before[0], "a machine opens no case")
                self.assertEqual(after[1], before[1] + 1, "nothing is thrown away")
                self.assertEqual(after[3], before[3], "a machine is not answered")
                row = self.Aside.search([], order="id desc", limit=1)
                self.assertEqual(row.reason, sample.fate)
                self.assertEqual(row.company_id, self.here)
                self.assertEqual(row.size, len(sample.raw))
                self.assertEqual(base64.b64decode(row.mail_file), sample.raw)
                self.assertNotIn("@", str(row.read(["subject", "note", "display_name"])))
                self.assertFalse(self._receive(sample.raw))
                self.assertEqual(self._state(), after)

    def test_forwarded_addresses_are_in_the_vault(self):
        sample = next(one for one in of_people(self.address) if one.name == "forwarded mail")
        case = self.Ticket.browse(self._receive(sample.raw))
        self.assertIn("hidden@example.org", case.sudo().complainant_id.raw_mail)

    def test_active_files_are_downloads(self):
        sample = next(one for one in of_people(self.address) if one.name == "active files")
        case = self.Ticket.browse(self._receive(sample.raw))
        kinds = {file.name: file.mimetype for file in case.attachment_ids}
        self.assertEqual(kinds["page.html"], "application/octet-stream")
        self.assertEqual(kinds["image.svg"], "application/octet-stream")
