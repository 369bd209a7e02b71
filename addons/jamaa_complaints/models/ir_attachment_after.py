"""Signed letters, and the letters of earlier rounds, are facts of a case too."""

from odoo import models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _case_facts(self):
        facts = super()._case_facts()
        # sudo: ir.attachment, helpdesk.ticket, jamaa.complaint.cycle - only which files they are
        files = self.sudo().filtered(lambda file: file.res_model == "helpdesk.ticket")
        if not files:
            return facts
        # sudo: helpdesk.ticket - as above
        cases = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        scans = cases.search([("letter_scan_id", "in", files.ids)]).letter_scan_id
        # sudo: jamaa.complaint.cycle - as above
        cycles = self.env["jamaa.complaint.cycle"].sudo()
        earlier = cycles.search(["|", ("answer_letter_id", "in", files.ids), ("letter_scan_id", "in", files.ids)])
        mine = scans | earlier.answer_letter_id | earlier.letter_scan_id
        return facts | (self & mine.sudo(self.env.su))  # sudo: ir.attachment - back to the caller's rights
