"""A call to the citizen, put on record."""

from odoo import fields, models

from ..models.helpdesk_ticket_phone import CALL_SUBJECTS


class JamaaComplaintCall(models.TransientModel):
    """What the call was about and whether the citizen was reached; nothing of the talk itself."""

    _name = "jamaa.complaint.call"
    _description = "Call to the citizen of a case"

    case_id = fields.Many2one("helpdesk.ticket", required=True, readonly=True)
    subject = fields.Selection(CALL_SUBJECTS, string="What was said", required=True, default="news")
    reached = fields.Selection(
        [("yes", "The citizen was reached"), ("no", "Nobody answered")],
        string="Was somebody reached?",
        required=True,
    )

    def action_confirm(self):
        """Add the fact; who may is checked on the case."""
        self.ensure_one()
        self.case_id._note_call(self.subject, self.reached == "yes")
        return {"type": "ir.actions.act_window_close"}
