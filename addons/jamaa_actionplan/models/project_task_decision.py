"""Why an action is there: the decision it carries out, the meeting it comes from."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class ProjectTask(models.Model):
    _inherit = "project.task"

    decision_id = fields.Many2one(
        "jamaa.decision",
        "Carries out the decision",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        tracking=True,
        domain="[('company_id', '=', company_id), ('state', '=', 'decided')]",
    )
    outcome_id = fields.Many2one(
        "jamaa.body.outcome", "From the meeting", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    meeting_id = fields.Many2one(related="outcome_id.meeting_id", string="Meeting")
    asked_decision_ids = fields.One2many("jamaa.decision", "action_id", "Decisions on it")
    why_id = fields.Many2one("jamaa.decision", "Decided by", compute="_compute_why_id")

    @api.depends("decision_id", "asked_decision_ids.state", "project_id.adopting_decision_id")
    def _compute_why_id(self):
        """The decision it carries out; else the last one on it; else the one that adopted its plan."""
        for action in self:
            own = action.asked_decision_ids.filtered(lambda one: one.state == "decided").sorted("id")[-1:]
            action.why_id = action.decision_id or own or action.project_id.adopting_decision_id

    @api.constrains("decision_id", "outcome_id", "project_id")
    def _check_decision_commune(self):
        for action in self:
            # sudo: jamaa.decision, jamaa.body.outcome - their commune is compared, nothing of them is shown
            linked = action.sudo()
            rooms = linked.decision_id.company_id | linked.outcome_id.company_id
            if rooms - linked.project_id.company_id:
                raise ValidationError(self.env._("This decision was taken in another commune."))

    def write(self, vals):
        if "outcome_id" in vals and not self.env.su:
            raise UserError(self.env._("Minutes say which actions come from a meeting."))
        return super().write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{name: value for name, value in vals.items() if name != "outcome_id"} for vals in vals_list]
        return super().create(vals_list)

    def action_open_why(self):
        """Open the decision behind this action."""
        self.ensure_one()
        self.check_access("read")
        return self.why_id._window() if self.why_id else False

    def action_open_meeting(self):
        """Open the meeting this action comes from."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_window", "res_model": "jamaa.body.meeting", "res_id": self.meeting_id.id,
                "view_mode": "form", "views": [(False, "form")]}  # fmt: skip

    def action_ask_decision(self):
        """Open a new question on this action, at the level that the table of the commune says."""
        self.ensure_one()
        self.check_access("read")
        self.env["jamaa.decision"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for a decision"),
            "res_model": "jamaa.decision",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {
                "default_action_id": self.id,
                "default_company_id": self.project_id.company_id.id,
                "default_level": self.env["jamaa.decision.rule"]._level_for(
                    self.project_id.company_id, self.theme_id, "action"
                ),
            },
        }
