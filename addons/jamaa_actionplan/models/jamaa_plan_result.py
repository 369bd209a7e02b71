from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: The chain of results, from what is wished for to what the commune itself makes.
LEVELS = [("objective", "Objective"), ("outcome", "Outcome"), ("output", "Output")]
RANK = {level: rank for rank, (level, _label) in enumerate(LEVELS)}


class JamaaPlanResult(models.Model):
    """A result of a plan: an objective, an outcome for citizens, or an output of the commune that leads there.

    Actions serve a result; a finding of the diagnosis says why it is wanted.
    """

    _name = "jamaa.plan.result"
    _description = "Result of a Plan"
    _order = "plan_id, sequence, id"
    _check_company_auto = True

    name = fields.Char("Result", required=True, help="A state that is reached, not a thing that is done.")
    sequence = fields.Integer(default=10)
    plan_id = fields.Many2one(
        "project.project", "Plan", required=True, index=True, ondelete="cascade", domain="[('is_plan', '=', True)]"
    )
    company_id = fields.Many2one(related="plan_id.company_id", string="Commune", store=True, index=True)
    level = fields.Selection(LEVELS, required=True, default="output")
    parent_id = fields.Many2one(
        "jamaa.plan.result",
        "Leads to",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('plan_id', '=', plan_id), ('id', '!=', id)]",
    )
    child_ids = fields.One2many("jamaa.plan.result", "parent_id", "Reached through")
    finding_ids = fields.Many2many("jamaa.plan.finding", string="Findings behind it", check_company=True)
    action_ids = fields.One2many("project.task", "result_id", "Actions")
    action_count = fields.Integer("Number of actions", compute="_compute_action_count")

    @api.depends("action_ids.active")
    def _compute_action_count(self):
        counts = dict(self.env["project.task"]._read_group([("result_id", "in", self.ids)], ["result_id"], ["__count"]))
        for result in self:
            result.action_count = counts.get(result, 0)

    @api.constrains("plan_id")
    def _check_plan(self):
        for result in self:
            if not result.plan_id.is_plan:
                raise ValidationError(self.env._("Results belong to an action plan."))

    @api.constrains("parent_id", "level", "plan_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A result cannot lead to itself."))
        for result in self.filtered("parent_id"):
            if result.parent_id.plan_id != result.plan_id:
                raise ValidationError(self.env._("“%(result)s” leads to a result of another plan.", result=result.name))
            if RANK[result.parent_id.level] > RANK[result.level]:
                raise ValidationError(
                    self.env._(
                        "“%(result)s” leads to a lower level. Outputs lead to outcomes, outcomes to objectives.",
                        result=result.name,
                    )
                )
