"""What may go wrong, or already stands in the way, and who was asked to clear it."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: To whom a risk goes up, in this order; each level is a function of the commune, or a body.
LEVELS = [
    ("owner", "Who is in charge"),
    ("director", "Director of services"),
    ("president", "President"),
    ("bureau", "Bureau"),
    ("council", "Council"),
]
#: What only the buttons change.
MOVED = {"level", "state", "raised_on", "closed_on"}


class JamaaPlanRisk(models.Model):
    """A risk or an obstacle of a plan or of one of its actions."""

    _name = "jamaa.plan.risk"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Risk or Obstacle"
    _order = "state, weight desc, id desc"

    name = fields.Char("Risk or obstacle", required=True, tracking=True)
    plan_id = fields.Many2one(
        "project.project",
        "Plan",
        compute="_compute_plan_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('is_plan', '=', True)]",
    )
    action_id = fields.Many2one(
        "project.task", "Action", index="btree_not_null", ondelete="cascade", domain="[('project_id', '=', plan_id)]"
    )
    company_id = fields.Many2one(related="plan_id.company_id", string="Commune", store=True, index=True)
    kind = fields.Selection(
        [("risk", "Risk: may come"), ("obstacle", "Obstacle: is there")], required=True, default="risk"
    )
    likelihood = fields.Selection([("1", "Low"), ("2", "Middle"), ("3", "High")], required=True, default="2")
    impact = fields.Selection([("1", "Low"), ("2", "Middle"), ("3", "High")], required=True, default="2")
    weight = fields.Integer(compute="_compute_weight", store=True, help="Likelihood × impact, from 1 to 9.")
    answer = fields.Text("What is done about it")
    function_id = fields.Many2one(
        "jamaa.function", "Who sees to it", index="btree_not_null", domain="[('company_id', '=', company_id)]"
    )
    level = fields.Selection(LEVELS, "Raised to", default="owner", required=True, readonly=True, tracking=True)
    raised_on = fields.Date(readonly=True, copy=False)
    state = fields.Selection(
        [("open", "Open"), ("raised", "Waits for a decision"), ("closed", "Settled")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    outcome = fields.Text("How it was settled")
    closed_on = fields.Date("Settled on", readonly=True, copy=False)

    @api.depends("action_id")
    def _compute_plan_id(self):
        for risk in self:
            risk.plan_id = risk.action_id.project_id or risk.plan_id

    @api.depends("likelihood", "impact", "kind")
    def _compute_weight(self):
        for risk in self:
            likelihood = 3 if risk.kind == "obstacle" else int(risk.likelihood or 0)
            risk.weight = likelihood * int(risk.impact or 0)

    @api.constrains("plan_id", "action_id", "function_id")
    def _check_plan(self):
        for risk in self:
            if not risk.plan_id.is_plan or (risk.action_id and risk.action_id.project_id != risk.plan_id):
                raise ValidationError(self.env._("A risk belongs to an action plan, and to one of its own actions."))
            # sudo: jamaa.function - its commune is compared, nothing of it is shown
            if risk.function_id.sudo().company_id - risk.company_id:
                raise ValidationError(self.env._("This function belongs to another commune."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            for name in MOVED:
                vals.pop(name, None)
        return super().create(vals_list)

    def write(self, vals):
        if MOVED & vals.keys() and not self.env.su:
            raise UserError(self.env._("A risk is raised and settled by its buttons."))
        return super().write(vals)

    def action_raise(self):
        """Raise to the next level; who holds that function finds it among the own activities."""
        self.check_access("write")
        ladder = [level for level, _label in LEVELS]
        for risk in self:
            if risk.state == "closed" or risk.level == ladder[-1]:
                raise UserError(self.env._("This one is settled, or stands at the highest level already."))
            # sudo: jamaa.plan.risk - level and status move by the buttons alone; the right to write was checked
            risk.sudo().write(
                {
                    "level": ladder[ladder.index(risk.level) + 1],
                    "raised_on": fields.Date.context_today(risk),
                    "state": "raised",
                }
            )
            risk._tell_level()

    def _tell_level(self):
        """Give an activity to who holds the function a risk was raised to; bodies are told by their agenda."""
        self.ensure_one()
        code = self.level if self.level in ("director", "president") else False
        # sudo: jamaa.function - who holds a function is no secret inside the commune
        functions = self.env["jamaa.function"].sudo()
        holder = functions.search([("company_id", "=", self.company_id.id), ("code", "=", code)], limit=1)
        user = holder.current_holder_id.user_id
        if code and user:
            self.activity_schedule("mail.mail_activity_data_todo", summary=self.name, user_id=user.id)

    def action_settle(self):
        """Close with a word on how."""
        self.check_access("write")
        for risk in self:
            if not risk.outcome:
                raise UserError(self.env._("Write down first how it was settled."))
        # sudo: jamaa.plan.risk - as above
        self.sudo().write({"state": "closed", "closed_on": fields.Date.context_today(self)})
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def action_reopen(self):
        """Open again what came back."""
        self.check_access("write")
        # sudo: jamaa.plan.risk - as above
        self.sudo().write({"state": "open", "level": "owner", "closed_on": False, "raised_on": False})
