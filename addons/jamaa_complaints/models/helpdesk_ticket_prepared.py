"""The button that offers prepared answers."""

from odoo import models


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def action_use_prepared(self):
        """Button: choose a prepared answer for the draft."""
        self._check_step("draft")
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.jamaa_complaint_prepared_action")
        return {**action, "context": {"default_case_id": self.id}}
