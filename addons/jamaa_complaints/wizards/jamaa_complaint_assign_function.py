"""Sending cases to a service: where no agent is chosen, the routing table names who answers."""

from odoo import models


class JamaaComplaintAssign(models.TransientModel):
    _inherit = "jamaa.complaint.assign"

    def action_assign(self):
        """Send; a case left without agent goes to the function of its line."""
        result = super().action_assign()
        if not self.user_id:
            self.case_ids._give_to_function()
        return result
