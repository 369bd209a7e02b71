"""Asking a citizen for what is missing, and entering what the citizen says."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class JamaaComplaintAsk(models.TransientModel):
    """The one request for missing information of a case."""

    _name = "jamaa.complaint.ask"
    _description = "Ask the citizen"

    case_id = fields.Many2one("helpdesk.ticket", required=True, readonly=True)
    what = fields.Text(string="What is missing", required=True)
    reason = fields.Text(string="Why it is needed", required=True)
    until = fields.Date(string="Expected by", required=True)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        case = self.env["helpdesk.ticket"].browse(values.get("case_id"))._filtered_access("read")
        if case:
            values["until"] = case._commune_today() + timedelta(days=case.company_id.complaint_info_days)
        return values

    def action_confirm(self):
        """Ask; who may is checked on the case."""
        self.ensure_one()
        self.case_id._ask_citizen(self.what, self.reason, self.until)
        return {"type": "ir.actions.act_window_close"}


class JamaaComplaintInform(models.TransientModel):
    """What the citizen said at the counter or by phone."""

    _name = "jamaa.complaint.inform"
    _description = "Enter what the citizen added"

    case_id = fields.Many2one("helpdesk.ticket", required=True, readonly=True)
    way = fields.Selection(
        [("counter", "At the counter"), ("phone", "By phone")], string="Received", required=True, default="counter"
    )
    text = fields.Text(string="The citizen's words", required=True)

    def action_confirm(self):
        """Keep it; who may is checked on the case."""
        self.ensure_one()
        self.case_id._check_step("inform")
        if not self.case_id._take_information(self.text, way=self.way):
            raise UserError(self.env._("Write what the citizen said."))
        return {"type": "ir.actions.act_window_close"}
