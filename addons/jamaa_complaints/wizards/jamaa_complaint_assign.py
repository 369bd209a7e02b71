"""Choosing the service of one or several cases."""

from odoo import api, fields, models
from odoo.fields import Command


class JamaaComplaintAssign(models.TransientModel):
    """Sends cases to a service; the routing table proposes one."""

    _name = "jamaa.complaint.assign"
    _description = "Send to a service"

    case_ids = fields.Many2many(
        "helpdesk.ticket",
        relation="jamaa_case_assign_rel",
        required=True,
        readonly=True,
        string="Cases",
    )
    case_count = fields.Integer(compute="_compute_case_count", string="Number of cases")
    company_id = fields.Many2one("res.company", compute="_compute_company_id", string="Commune")
    service_id = fields.Many2one(
        "helpdesk.ticket.team",
        string="Service",
        required=True,
        domain="[('case_role', '=', 'service'), ('company_id', '=', company_id)]",
    )
    member_ids = fields.Many2many("res.users", compute="_compute_member_ids")
    user_id = fields.Many2one("res.users", string="Agent", domain="[('id', 'in', member_ids)]")
    note = fields.Text(string="Instruction")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        ids = self.env.context.get("default_case_ids") or self.env.context.get("active_ids")
        cases = self.env["helpdesk.ticket"].browse(ids or [])
        if cases:
            values["case_ids"] = [Command.set(cases.ids)]
            proposed = cases.proposed_service_id
            current = cases.service_id
            if len(proposed) == 1 or len(current) == 1:
                values["service_id"] = (current if len(current) == 1 else proposed).id
        return values

    @api.depends("case_ids")
    def _compute_case_count(self):
        for wizard in self:
            wizard.case_count = len(wizard.case_ids)

    @api.depends("case_ids")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.case_ids.company_id[:1]

    @api.depends("service_id")
    def _compute_member_ids(self):
        for wizard in self:
            # sudo: helpdesk.ticket.team - names of colleagues only
            wizard.member_ids = wizard.service_id.sudo().user_ids

    @api.onchange("service_id")
    def _onchange_service_id(self):
        if self.user_id not in self.member_ids:
            self.user_id = False

    def action_assign(self):
        """Send; each case checks that this user may."""
        self.ensure_one()
        self.case_ids._check_step("assign")
        for case in self.case_ids:
            # sudo: helpdesk.ticket - checked just above
            case.sudo().write({"service_id": self.service_id.id, "user_id": self.user_id.id})
            if self.note:
                case.message_post(body=self.note, subtype_xmlid="mail.mt_note")
        return {"type": "ir.actions.act_window_close"}
