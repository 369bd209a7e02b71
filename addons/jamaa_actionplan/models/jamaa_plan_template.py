from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .jamaa_plan_result import LEVELS


class JamaaPlanTemplate(models.Model):
    """A plan to begin with: results and actions of a theme, with days counted from the start and lasting roles.

    Upstream's project templates lose every date and role when they are used; here both are the point.
    """

    _name = "jamaa.plan.template"
    _description = "Template of an Action Plan"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char("Title", required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", "Commune", index=True, help="Empty: every commune may use it.")
    theme_id = fields.Many2one("jamaa.theme", required=True, index=True, ondelete="restrict")
    objective = fields.Text(required=True, translate=True)
    result_ids = fields.One2many("jamaa.plan.template.result", "template_id", "Results", copy=True)
    action_ids = fields.One2many("jamaa.plan.template.action", "template_id", "Actions")
    action_count = fields.Integer("Number of actions", compute="_compute_size")
    duration = fields.Integer("Days in all", compute="_compute_size")

    @api.depends("action_ids.due_offset")
    def _compute_size(self):
        groups = self.env["jamaa.plan.template.action"]._read_group(
            [("template_id", "in", self.ids)], ["template_id"], ["__count", "due_offset:max"]
        )
        sizes = {template.id: (count, longest) for template, count, longest in groups}
        for template in self:
            template.action_count, template.duration = sizes.get(template.id, (0, 0))


class JamaaPlanTemplateResult(models.Model):
    """A result a template proposes."""

    _name = "jamaa.plan.template.result"
    _description = "Result in a Template of Plans"
    _order = "template_id, sequence, id"

    name = fields.Char("Result", required=True, translate=True)
    sequence = fields.Integer(default=10)
    template_id = fields.Many2one("jamaa.plan.template", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="template_id.company_id", string="Commune", store=True, index=True)
    level = fields.Selection(LEVELS, required=True, default="output")
    parent_id = fields.Many2one(
        "jamaa.plan.template.result",
        "Leads to",
        index="btree_not_null",
        ondelete="set null",
        domain="[('template_id', '=', template_id), ('id', '!=', id)]",
    )

    @api.constrains("parent_id", "template_id")
    def _check_parent(self):
        if self._has_cycle() or any(one.parent_id and one.parent_id.template_id != one.template_id for one in self):
            raise ValidationError(self.env._("A result leads to another result of the same template."))
