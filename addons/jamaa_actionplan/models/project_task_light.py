"""How an action stands by its dates, beside what who is in charge declares."""

from odoo import api, fields, models

from ..tools import indicator_rules
from .jamaa_declared_light import DECLARING


class ProjectTask(models.Model):
    _name = "project.task"
    _inherit = ["project.task", "jamaa.declared.light"]

    weight = fields.Integer(
        default=1, help="How much the action counts in what is done of the plan: 1 for most, more for the great ones."
    )

    _weight_positive = models.Constraint("CHECK(weight > 0)", "The weight of an action is at least 1.")

    @api.depends("start_on", "due_on", "state", "stage_id")
    def _compute_computed_light(self):
        today = fields.Date.context_today(self)
        for action in self:
            action.computed_light = indicator_rules.action_light(
                action.state == "1_done",
                action.state == "1_canceled" or not action.is_action,
                action.start_on,
                action.due_on,
                action.stage_id.action_stage not in (False, "planned"),
                today,
            )

    def _check_may_change(self, vals):
        """Who is in charge declares the status too."""
        return super()._check_may_change({name: value for name, value in vals.items() if name not in DECLARING})
