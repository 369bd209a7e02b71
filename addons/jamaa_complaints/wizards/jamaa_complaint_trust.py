"""Who reads a case, whether the person named was heard, whether it is verified: each with its reason."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..models.helpdesk_ticket_confidential import LEVELS


class JamaaComplaintTrust(models.TransientModel):
    """The reason stays with the milestone; who may is checked on the case."""

    _name = "jamaa.complaint.trust"
    _description = "Trust in the handling of a case"

    case_id = fields.Many2one("helpdesk.ticket", required=True, readonly=True)
    what = fields.Selection(
        [
            ("level", "Change who reads it"),
            ("heard", "The person named was heard"),
            ("not_heard", "The person named could not be heard"),
            ("verified", "What was reported is verified"),
        ],
        string="What is noted",
        required=True,
        default="level",
    )
    level = fields.Selection(LEVELS, string="Who reads it from now on")
    date = fields.Date(string="Heard on")
    reason = fields.Text(string="How, or why", required=True)

    def action_confirm(self):
        """Apply it.

        :raise UserError: no reason is given
        """
        self.ensure_one()
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(self.env._("Give the reason in a few words."))
        if self.what == "level":
            self.case_id._set_confidentiality(self.level, reason)
        elif self.what == "verified":
            self.case_id._note_verified(reason)
        else:
            self.case_id._note_hearing(self.what == "heard", self.date, reason)
        if self.case_id.has_access("read"):
            return {"type": "ir.actions.act_window_close"}
        # out of the sight of who raised the level: back to the list
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.helpdesk_ticket_action_cases")
        return {**action, "target": "main"}
