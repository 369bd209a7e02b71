"""Changes of a case that need a reason."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..models.helpdesk_ticket import CASE_KINDS


class JamaaComplaintChange(models.TransientModel):
    """A correction, another kind, another date of receipt, or an answer sent back.

    The reason stays with the milestone; the citizen's words stay as they are.
    """

    _name = "jamaa.complaint.change"
    _description = "Change of a case, with its reason"

    case_id = fields.Many2one("helpdesk.ticket", required=True, readonly=True)
    what = fields.Selection(
        [
            ("correction", "Add a correction to the facts"),
            ("kind", "It is of another kind"),
            ("date", "It was received on another day"),
            ("return", "The answer goes back to its author"),
        ],
        string="What changes",
        required=True,
        default="correction",
    )
    new_kind = fields.Selection(CASE_KINDS, string="Kind")
    new_date = fields.Date(string="Received on")
    reason = fields.Text(string="Reason", required=True)

    def action_confirm(self):
        """Apply; who may is checked on the case."""
        self.ensure_one()
        if not (self.reason or "").strip():
            raise UserError(self.env._("Give the reason in a few words."))
        if self.what == "return":
            self.case_id._return_answer(self.reason)
        else:
            self.case_id._change_with_reason(self.what, self.reason, kind=self.new_kind, received=self.new_date)
        return {"type": "ir.actions.act_window_close"}
