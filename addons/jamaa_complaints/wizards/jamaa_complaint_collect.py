"""Handling cases together, or apart again."""

from odoo import api, fields, models
from odoo.fields import Command


class JamaaComplaintCollect(models.TransientModel):
    """Joins cases to a collective case (a new one, or one that is there), or takes one out."""

    _name = "jamaa.complaint.collect"
    _description = "Handle together"

    what = fields.Selection(
        [("join", "Handle together"), ("part", "Handle alone")], string="Step", required=True, default="join"
    )
    case_ids = fields.Many2many(
        "helpdesk.ticket", relation="jamaa_case_collect_rel", required=True, readonly=True, string="Cases"
    )
    company_id = fields.Many2one("res.company", compute="_compute_company_id", string="Commune")
    group_id = fields.Many2one(
        "jamaa.complaint.group", string="Join the group of", domain="[('company_id', '=', company_id)]"
    )
    name = fields.Char(string="What it is about")
    reason = fields.Text()

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        ids = self.env.context.get("default_case_ids") or self.env.context.get("active_ids")
        cases = self.env["helpdesk.ticket"].browse(ids or [])
        if cases:
            values["case_ids"] = [Command.set(cases.ids)]
        return values

    @api.depends("case_ids")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.case_ids.company_id[:1]

    def action_confirm(self):
        """Do it; the group and each case check that this user may."""
        self.ensure_one()
        # Whoever uses the wizard could name any case: rights are asked of each below.
        cases = self.case_ids.sorted("id")
        groups = self.env["jamaa.complaint.group"]
        if self.what == "part":
            groups._part(cases, self.reason)
        elif self.group_id:
            self.group_id._join(cases)
        else:
            group = groups._found(cases, self.name)
            action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.jamaa_complaint_group_action")
            return {**action, "views": [(False, "form")], "view_mode": "form", "res_id": group.id}
        return {"type": "ir.actions.act_window_close"}
