"""Voice notes, scanned letters and mandates are facts like photos."""

from odoo import models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _case_facts(self):
        """Add what the counter filed with a case."""
        facts = super()._case_facts()
        # sudo: ir.attachment, helpdesk.ticket - only which files they are
        files = self.sudo().filtered(lambda file: file.res_model == "helpdesk.ticket")
        if not files:
            return facts
        # sudo: helpdesk.ticket - which files are facts of a case
        tickets = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        cases = tickets.search(["|", ("voice_note_id", "in", files.ids), ("paper_scan_id", "in", files.ids)])
        # sudo: jamaa.complaint.mandate - which files are mandates
        mandates = self.env["jamaa.complaint.mandate"].sudo().search([("scan_id", "in", files.ids)])
        filed = cases.voice_note_id | cases.paper_scan_id | mandates.scan_id
        return facts | (self & filed.sudo(self.env.su))
