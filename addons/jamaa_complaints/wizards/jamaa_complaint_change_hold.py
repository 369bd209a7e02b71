from odoo import fields, models


class JamaaComplaintChange(models.TransientModel):
    """A hold of the internal target is asked with its reason, like other changes."""

    _inherit = "jamaa.complaint.change"

    what = fields.Selection(
        selection_add=[("hold", "The internal target is put on hold")], ondelete={"hold": "cascade"}
    )

    def action_confirm(self):
        """Apply a hold; who may is checked on the case."""
        self.ensure_one()
        if self.what == "hold" and (self.reason or "").strip():
            self.case_id._hold_with_reason(self.reason)
            return {"type": "ir.actions.act_window_close"}
        return super().action_confirm()
