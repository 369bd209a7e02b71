"""The end of what a case holds: its words go, that it was stays."""

from odoo import fields, models
from odoo.tools import SQL

ERASED = "…"


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    contents_erased_on = fields.Date(string="Contents erased on", copy=False, readonly=True)

    def _erase_contents(self, code="contents_erased"):
        """Erase words, photos, letter, messages and remarks of these cases, for good.

        The one way, beside the erasure of an identity, in which facts go: the time that the
        commune confirmed is over. Number, dates, place in the figures and the fingerprint of
        what was filed stay.

        :param code: the milestone that tells it
        """
        # sudo: helpdesk.ticket, mail.message, ir.attachment, mail.activity - erasure is a duty, not a role's right
        cases = self.sudo().with_context(active_test=False)
        if not cases:
            return
        self.env.flush_all()
        attachments = self.env["ir.attachment"]
        # sudo: ir.attachment - photos, letters and files of messages of these cases
        attachments.sudo().search([("res_model", "=", self._name), ("res_id", "in", cases.ids)]).unlink()
        cases._blank_messages(cases.message_ids)
        # sudo: mail.activity - remarks of what was to do
        self.env["mail.activity"].sudo().search([("res_model", "=", self._name), ("res_id", "in", cases.ids)]).unlink()
        for case in cases:
            self.env["jamaa.satisfaction"]._erase_words(case)
        self.env.cr.execute(
            SQL(
                """UPDATE helpdesk_ticket
                      SET facts = NULL, name = %(blank)s, description = %(blank)s, place_text = NULL,
                          answer = NULL, contents_erased_on = %(today)s
                    WHERE id IN %(ids)s""",
                blank=ERASED,
                today=self._commune_today(),
                ids=cases._ids,
            )
        )
        self.env.cr.execute(
            SQL("UPDATE jamaa_complaint_milestone SET note = NULL WHERE case_id IN %s AND note IS NOT NULL", cases._ids)
        )
        self.env.invalidate_all()
        cases._add_milestone(code)

    def _blank_messages(self, messages):
        """Erase the words and files of messages; who wrote when stays."""
        # sudo: mail.message, mail.mail, ir.attachment - erasure is a duty, not a role's right
        messages = messages.sudo()
        if not messages:
            return
        messages.attachment_ids.unlink()
        # sudo: mail.mail - copies that wait or were kept
        self.env["mail.mail"].sudo().search([("mail_message_id", "in", messages.ids)]).unlink()
        # sudo: mail.tracking.value - old and new values name what the fields held
        self.env["mail.tracking.value"].sudo().search([("mail_message_id", "in", messages.ids)]).unlink()
        messages = messages.exists()
        messages.write({"body": "", "subject": False})

    def _stage_names(self):
        return {**super()._stage_names(), "report_erased": "closed"}

    def _erase_report(self):
        """Erase reports that were not verified in time; each has its line in the register."""
        self._erase_contents("report_erased")
        # sudo: helpdesk.ticket - the register number alone
        for case in self.sudo():
            self.env["jamaa.register.entry"]._enter(
                case.company_id, "report_erased", {"number": case.case_number}, case
            )
