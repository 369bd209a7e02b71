from odoo import fields, models
from odoo.exceptions import UserError


class JamaaPrivacyRefuse(models.TransientModel):
    """Why a request about own data is refused."""

    _name = "jamaa.privacy.refuse"
    _description = "Refuse a request"

    request_id = fields.Many2one("jamaa.privacy.request", "Request", required=True, ondelete="cascade")
    reason = fields.Text(required=True)

    def action_apply(self):
        """Refuse it."""
        if len((self.reason or "").split()) < 3:
            raise UserError(self.env._("Say why in a sentence: the person reads it."))
        self.request_id._refuse(self.reason.strip())
        return {"type": "ir.actions.act_window_close"}
