from odoo import api, fields, models
from odoo.exceptions import UserError


class JamaaBodyLine(models.AbstractModel):
    """Mixin of what minutes are made of: nothing of it changes once they are approved."""

    _name = "jamaa.body.line"
    _description = "Part of Minutes"

    meeting_id = fields.Many2one("jamaa.body.meeting", "Meeting", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="meeting_id.company_id", string="Commune", store=True, index=True)

    def _check_open(self):
        """Raise when the minutes are approved; it binds everybody."""
        if any(line.meeting_id.state in ("approved", "sent") for line in self):
            raise UserError(
                self.env._("These minutes are approved: they are not changed. The next meeting corrects them.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_open()
        return lines

    def write(self, vals):
        self._check_open()
        result = super().write(vals)
        self._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        self._check_open()
