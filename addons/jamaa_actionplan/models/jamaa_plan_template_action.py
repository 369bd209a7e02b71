from odoo import api, fields, models
from odoo.exceptions import ValidationError


class JamaaPlanTemplateAction(models.Model):
    """An action a template proposes: its days are counted from the first day of the plan, its role is a function."""

    _name = "jamaa.plan.template.action"
    _description = "Action in a Template of Plans"
    _order = "template_id, sequence, id"

    name = fields.Char("Action", required=True, translate=True)
    sequence = fields.Integer(default=10)
    template_id = fields.Many2one("jamaa.plan.template", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="template_id.company_id", string="Commune", store=True, index=True)
    deliverable = fields.Char(required=True, translate=True)
    result_id = fields.Many2one(
        "jamaa.plan.template.result",
        "Result it serves",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('template_id', '=', template_id)]",
    )
    function_code = fields.Selection(
        selection=lambda self: self.env["jamaa.function"]._fields["code"]._description_selection(self.env),
        string="Role",
        required=True,
        default="director",
        help="The function that will be in charge; the commune says which of its own functions that is.",
    )
    start_offset = fields.Integer("Begins after (days)", required=True, default=0)
    due_offset = fields.Integer("Due after (days)", required=True, default=30)
    effort_days = fields.Float("Days of work")
    depend_on_ids = fields.Many2many(
        "jamaa.plan.template.action",
        "jamaa_plan_template_action_depend_rel",
        "action_id",
        "depends_on_id",
        string="After",
        domain="[('template_id', '=', template_id), ('id', '!=', id)]",
    )

    _days_in_order = models.Constraint(
        "CHECK(start_offset >= 0 AND due_offset >= start_offset)", "An action is due after it begins."
    )

    @api.constrains("template_id", "result_id", "depend_on_ids")
    def _check_template(self):
        if self._has_cycle("depend_on_ids"):
            raise ValidationError(self.env._("These actions wait for each other."))
        for action in self:
            if (action.result_id | action.depend_on_ids.result_id).template_id - action.template_id:
                raise ValidationError(self.env._("An action refers to its own template alone."))
