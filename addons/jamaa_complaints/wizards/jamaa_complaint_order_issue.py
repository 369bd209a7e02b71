"""Ordering work because of a case."""

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.jamaa_base.tools.uploads import UploadProblem, clean_image

#: Rule of the law table that orders are proposed to follow, where the commune has one.
ORDER_RULE = "work_order"


def cleaned(env, *files):
    """The pictures among these (base64 or empty), made harmless.

    :raise UserError: a file is no picture that can be kept
    """
    pictures = []
    for content in filter(None, files):
        try:
            pictures.append(clean_image(base64.b64decode(content)))
        except UploadProblem as problem:
            raise UserError(env._("This photo cannot be kept. Take it as JPEG or PNG, of 10 MB at most.")) from problem
    return pictures


class JamaaComplaintOrderIssue(models.TransientModel):
    """What is to be done, where, by whom and by when."""

    _name = "jamaa.complaint.order.issue"
    _description = "Order work"

    case_id = fields.Many2one("helpdesk.ticket", string="Case", required=True, readonly=True)
    company_id = fields.Many2one("res.company", compute="_compute_company_id", string="Commune")
    addressee = fields.Selection(
        [("service", "A service of the commune"), ("operator", "An operator or outside body")],
        string="Who does it",
        required=True,
        default="service",
    )
    service_id = fields.Many2one(
        "helpdesk.ticket.team",
        string="Service",
        domain="[('case_role', '=', 'service'), ('company_id', '=', company_id)]",
    )
    operator_id = fields.Many2one(
        "jamaa.complaint.operator", string="Operator", domain="[('company_id', '=', company_id)]"
    )
    name = fields.Char(string="Work to do", required=True)
    details = fields.Text()
    place = fields.Char()
    regime_id = fields.Many2one(
        "jamaa.legal.regime", string="Rule of the time limit", domain="[('company_id', 'in', (False, company_id))]"
    )
    days = fields.Integer(string="Days given", default=7)
    unit = fields.Selection(
        [("calendar", "Calendar days"), ("working", "Working days")], string="Counted in", default="calendar"
    )
    due_date = fields.Date(string="Due", compute="_compute_due_date")
    photo = fields.Binary(string="Photo before", attachment=False)
    photo_more = fields.Binary(string="Another photo before", attachment=False)

    _days_range = models.Constraint("CHECK (days BETWEEN 0 AND 366)", "Give between 0 and 366 days.")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        case = self.env["helpdesk.ticket"].browse(values.get("case_id") or [])
        if case and case.has_access("read"):
            values["place"] = case.place_text
            rules = self.env["jamaa.legal.regime"]
            values["regime_id"] = rules._applicable(ORDER_RULE, case.company_id, case._commune_today()).id
            values["service_id"] = case.service_id.id
        return values

    @api.depends("case_id")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.case_id.company_id

    @api.depends("regime_id", "days", "unit", "case_id")
    def _compute_due_date(self):
        for wizard in self:
            wizard.due_date = wizard._due()[0] if wizard.company_id else False

    def _due(self):
        # sudo: jamaa.legal.regime - the law is public
        regime = self.regime_id.sudo()
        days = min(max(self.days, 0), 366)
        today = self.env["helpdesk.ticket"]._commune_today()
        return self.env["jamaa.complaint.order"]._due(self.company_id, today, days, self.unit or "calendar", regime)

    def action_issue(self):
        """Issue the order; the case checks that this user may."""
        self.ensure_one()
        self.case_id._check_step("order")
        to_service = self.addressee == "service"
        target = self.service_id if to_service else self.operator_id
        if not target:
            raise UserError(self.env._("Say who does the work."))
        if target.company_id != self.company_id or (to_service and target.case_role != "service"):
            raise UserError(self.env._("Work is ordered from services and operators of the own commune."))
        if self.regime_id.company_id not in (self.env["res.company"], self.company_id):
            raise UserError(self.env._("This rule is not one of the own commune."))
        due_date, due_values = self._due()
        self.env["jamaa.complaint.order"]._issue(
            self.case_id,
            {
                "service_id": target.id if to_service else False,
                "operator_id": False if to_service else target.id,
                "name": self.name,
                "details": self.details,
                "place": self.place,
                "due_date": due_date,
                "due_values": due_values,
            },
            cleaned(self.env, self.photo, self.photo_more),
        )
        return {"type": "ir.actions.act_window_close"}
