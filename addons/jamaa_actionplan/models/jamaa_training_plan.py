from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class JamaaTrainingPlan(models.Model):
    """The trainings of a commune in a year: what is missing, the sessions that answer it, and what came of them."""

    _name = "jamaa.training.plan"
    _inherit = ["jamaa.step.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Training Plan"
    _order = "year desc, id desc"
    _check_company_auto = True

    name = fields.Char("Title", required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    year = fields.Char(required=True, default=lambda self: str(fields.Date.context_today(self).year), size=4)
    user_id = fields.Many2one(
        "res.users",
        "Kept by",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        index="btree_not_null",
        tracking=True,
    )
    decision_number = fields.Char("Number of the decision", tracking=True)
    decision_date = fields.Date("Date of the decision", tracking=True)
    state = fields.Selection(
        [("draft", "In preparation"), ("adopted", "Adopted"), ("closed", "Closed")],
        "Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    need_ids = fields.One2many("jamaa.training.need", "training_plan_id", "Needs")
    session_ids = fields.One2many("jamaa.training.session", "training_plan_id", "Sessions")
    need_count = fields.Integer("Number of needs", compute="_compute_counts")
    open_need_count = fields.Integer("Needs without a session", compute="_compute_counts")
    session_count = fields.Integer("Number of sessions", compute="_compute_counts")

    @api.depends("need_ids.session_ids", "session_ids")
    def _compute_counts(self):
        needs = self.env["jamaa.training.need"]
        all_of = dict(needs._read_group([("training_plan_id", "in", self.ids)], ["training_plan_id"], ["__count"]))
        bare = dict(
            needs._read_group(
                [("training_plan_id", "in", self.ids), ("session_ids", "=", False)], ["training_plan_id"], ["__count"]
            )
        )
        sessions = dict(
            self.env["jamaa.training.session"]._read_group(
                [("training_plan_id", "in", self.ids)], ["training_plan_id"], ["__count"]
            )
        )
        for plan in self:
            plan.need_count = all_of.get(plan, 0)
            plan.open_need_count = bare.get(plan, 0)
            plan.session_count = sessions.get(plan, 0)

    @api.constrains("year")
    def _check_year(self):
        for plan in self:
            if len(plan.year) != 4 or not plan.year.isdecimal():
                raise ValidationError(self.env._("Type the year with four digits."))

    def action_fill(self):
        """Add a need for each required skill that is short, or known by one person alone, and not listed yet.

        Only rows the present user reads: who plans brings in the plans' skills, the director those of services too.
        """
        self.check_access("write")
        for plan in self:
            if plan.state == "closed":
                raise UserError(self.env._("This training plan is closed."))
            rows = self.env["jamaa.skill.requirement"].search([("company_id", "=", plan.company_id.id)])
            listed = plan.need_ids.requirement_id
            short = rows.filtered(lambda row: row.state in ("gap", "single", "soon")) - listed
            plan.need_ids = [fields.Command.create(row._training_need()) for row in short]

    def action_adopt(self):
        """Record the decision on the training plan.

        :raise UserError: without a need, or without number and date of the decision
        """
        self.check_access("write")
        for plan in self:
            if plan.state != "draft" or not plan.need_ids:
                raise UserError(self.env._("Only a training plan in preparation, with at least one need, is adopted."))
            if not (plan.decision_number and plan.decision_date):
                raise UserError(self.env._("Type number and date of the decision first."))
            plan._step({"state": "adopted"})

    def action_close(self):
        """The year is over."""
        self.check_access("write")
        if any(plan.state != "adopted" for plan in self):
            raise UserError(self.env._("Only an adopted training plan is closed."))
        self._step({"state": "closed"})

    def action_open_sessions(self):
        """Open the sessions of this training plan."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_actionplan.jamaa_training_session_action")
        return {
            **action,
            "domain": [("training_plan_id", "=", self.id)],
            "context": {"default_training_plan_id": self.id},
        }


class JamaaSkillRequirement(models.Model):
    _inherit = "jamaa.skill.requirement"

    def _training_need(self):
        """What a training plan says of a skill that is short: a count, and no name.

        :rtype: dict
        """
        self.ensure_one()
        return {
            "requirement_id": self.id,
            "skill_id": self.skill_id.id,
            "level_id": self.level_id.id,
            "people_count": max(self.missing_count, 1),
            "needed_by": self.name,
        }
