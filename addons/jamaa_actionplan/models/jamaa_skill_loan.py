from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

#: What the head of the service fills in before agreeing or refusing.
HEAD_FIELDS = {"employee_id", "refusal_reason"}
#: How long before its end a loan is reminded of.
REMIND_DAYS = 14


class JamaaSkillLoan(models.Model):
    """A skill put at a plan's disposal: asked by who runs the plan, agreed by the person's head, with an end."""

    _name = "jamaa.skill.loan"
    _inherit = ["jamaa.step.mixin", "mail.thread", "mail.activity.mixin", "jamaa.period.mixin"]
    _description = "Skill at a Plan's Disposal"
    _order = "date_from desc, id desc"
    _check_company_auto = True
    _step_fields = frozenset({"state", "asked_by_id", "agreed_by_id", "agreed_on", "agreed_alone", "ended_on"})
    _loose_states = ("asked",)

    # For what
    plan_id = fields.Many2one(
        "project.project", "Plan", required=True, index=True, ondelete="restrict", domain="[('is_plan', '=', True)]"
    )
    action_id = fields.Many2one(
        "project.task", "Action", index="btree_not_null", ondelete="set null", domain="[('project_id', '=', plan_id)]"
    )
    company_id = fields.Many2one(related="plan_id.company_id", string="Commune", store=True, index=True)
    skill_id = fields.Many2one("hr.skill", required=True, index=True, ondelete="restrict")
    skill_type_id = fields.Many2one(related="skill_id.skill_type_id", string="Family of skills")
    level_id = fields.Many2one(
        "hr.skill.level", "Lowest level", domain="[('skill_type_id', '=', skill_type_id)]", ondelete="restrict"
    )
    date_to = fields.Date(required=True)
    days_a_week = fields.Float("Days a week", default=1, help="How much of the week the plan asks for.")
    reason = fields.Text("What for", help="What the person will do on the plan.")

    # Who
    department_id = fields.Many2one(
        "hr.department",
        "Service asked",
        check_company=True,
        index="btree_not_null",
        help="Left empty, the director of services is asked.",
    )
    employee_id = fields.Many2one(
        "hr.employee", "Person", check_company=True, index="btree_not_null", tracking=True, ondelete="restrict"
    )
    asked_by_id = fields.Many2one("res.users", "Asked by", readonly=True)
    agreed_by_id = fields.Many2one("res.users", "Answered by", readonly=True, copy=False)
    agreed_on = fields.Date("Answered on", readonly=True, copy=False)
    agreed_alone = fields.Boolean(
        "Agreed alone", readonly=True, copy=False, help="Asked and agreed by the same person, in a small commune."
    )
    refusal_reason = fields.Char("Why it was refused")
    ended_on = fields.Date("Ended on", readonly=True, copy=False)
    state = fields.Selection(
        [("asked", "Asked"), ("agreed", "At the plan's disposal"), ("refused", "Refused"), ("ended", "Ended")],
        "Status",
        default="asked",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )

    _days_in_week = models.Constraint(
        "CHECK(days_a_week > 0 AND days_a_week <= 6)", "Between a part of a day and six days a week."
    )

    @api.depends("skill_id", "plan_id")
    def _compute_display_name(self):
        for loan in self:
            loan.display_name = f"{loan.skill_id.name or ''} · {loan.plan_id.name or ''}"

    @api.constrains("plan_id", "action_id")
    def _check_plan(self):
        for loan in self:
            if not loan.plan_id.is_plan or (loan.action_id and loan.action_id.project_id != loan.plan_id):
                raise ValidationError(
                    self.env._("A skill is asked for an action plan, and for one of its own actions.")
                )

    @api.model
    def _domain_at_disposal(self, date):
        """What is agreed and holds on a day.

        :rtype: Domain
        """
        ended = Domain("ended_on", "=", False) | Domain("ended_on", ">", date)
        return Domain("state", "in", ("agreed", "ended")) & self._domain_on(date) & ended

    # ---------- writing ----------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(vals.get("employee_id") for vals in vals_list):
            raise UserError(self.env._("Ask for the skill; the head of the service names the person."))
        loans = super().create(vals_list)
        for loan in loans:
            loan._check_may_ask()
        loans._step({"asked_by_id": self.env.uid})
        loans._tell_head()
        return loans

    def write(self, vals):
        if not self.env.su:
            if any(loan.state != "asked" for loan in self):
                raise UserError(self.env._("This request was answered and stays as it is. Ask anew."))
            named = self.env["hr.employee"].browse(vals.get("employee_id") or [])
            if named and not named._headed_by(self.env.user):
                raise AccessError(self.env._("Only the head of the person's service names the person."))
            if not self.env.user.has_group("jamaa_actionplan.group_planner") and vals.keys() - HEAD_FIELDS:
                raise AccessError(
                    self.env._("The head of the service names the person and answers; the rest is asked.")
                )
        return super().write(vals)

    def _check_may_ask(self):
        """Raise unless the present user runs the plan, or is the director or the president."""
        self.ensure_one()
        user = self.env.user
        above = user.has_group("jamaa_base.group_director") or user.has_group("jamaa_base.group_president")
        if not self.env.su and not above and self.plan_id.user_id != user:
            raise AccessError(
                self.env._("Who runs the plan “%(plan)s” asks for people, or the director.", plan=self.plan_id.name)
            )

    def _tell_head(self):
        """Give the head of the service asked, or the director of services, something to answer."""
        for loan in self:
            # sudo: hr.department - who heads a service is no secret inside the commune
            head = loan.department_id.sudo().manager_id.user_id
            user = head or loan.company_id._function("director").current_holder_id.user_id
            if user:
                loan.activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=user.id,
                    summary=self.env._("A skill is asked for a plan: name a person or refuse"),
                )

    # ---------- steps ----------

    def action_agree(self):
        """The head puts the person at the plan's disposal.

        :raise AccessError: for anybody but the person's head
        :raise UserError: without a person, or when that person does not have the skill
        """
        for loan in self:
            if loan.state != "asked":
                raise UserError(self.env._("This request was answered already."))
            if not loan.employee_id:
                raise UserError(self.env._("Name the person first."))
            if not loan.employee_id._headed_by(self.env.user):
                raise AccessError(self.env._("Only the head of the person's service agrees."))
            loan._check_holds_skill()
            alone = loan._check_second_person(loan.asked_by_id)
            loan._answer("agreed", alone)

    def action_refuse(self):
        """The head refuses, with a reason."""
        for loan in self:
            if loan.state != "asked":
                raise UserError(self.env._("This request was answered already."))
            if not loan._asked_of(self.env.user):
                raise AccessError(self.env._("Only the head of the service asked answers."))
            if not loan.refusal_reason:
                raise UserError(self.env._("Write the reason first."))
            loan._answer("refused", False)

    def action_end(self):
        """The person goes back to the own service today."""
        for loan in self:
            if loan.state != "agreed":
                raise UserError(self.env._("Only what is at the plan's disposal ends."))
            if not (loan.plan_id.user_id == self.env.user or loan.employee_id._headed_by(self.env.user)):
                raise AccessError(self.env._("Who runs the plan, or the person's head, ends it."))
            loan._step({"state": "ended", "ended_on": fields.Date.context_today(self)})

    def _asked_of(self, user):
        """Whether a user may answer: head of the service asked, or the director of services."""
        self.ensure_one()
        # sudo: hr.department - who heads a service is compared, nothing is shown
        service = self.department_id.sudo()
        member = (
            user.has_group("jamaa_base.group_service_head") and service and service in user.employee_ids.department_id
        )
        return bool(member or service.manager_id.user_id == user or user.has_group("jamaa_base.group_director"))

    def _answer(self, state, alone):
        self._step(
            {
                "state": state,
                "agreed_by_id": self.env.uid,
                "agreed_on": fields.Date.context_today(self),
                "agreed_alone": alone,
            }
        )
        # sudo: mail.activity - what was given to the head is answered
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def _check_holds_skill(self):
        self.ensure_one()
        # sudo: hr.employee.skill - one yes or no on somebody the user heads
        held = (
            self.env["hr.employee.skill"]
            .sudo()
            .search([("employee_id", "=", self.employee_id.id), ("skill_id", "=", self.skill_id.id)])
        )
        rows = [(one.employee_id.id, one.level_progress, one.valid_from, one.valid_to) for one in held]
        day = max(self.date_from, fields.Date.context_today(self))
        lowest = self.level_id.level_progress or 0
        if not self.env["jamaa.skill.requirement"]._holders(rows, {self.employee_id.id}, day, lowest):
            raise UserError(
                self.env._("This person does not have “%(skill)s” at this level on that day.", skill=self.skill_id.name)
            )

    def _reminder(self):
        return self.plan_id.user_id, self.env._("This person goes back to the own service"), self.date_to

    @api.model
    def _cron_remind(self):
        """Each day: what is past its end ends; what ends soon becomes an activity of who runs the plan."""
        today = fields.Date.context_today(self)
        for loan in self.search([("state", "=", "agreed"), ("date_to", "<", today)]):
            loan._step({"state": "ended", "ended_on": loan.date_to})
            self.env["ir.cron"]._commit_progress(1)
        soon = Domain("state", "=", "agreed") & Domain("date_to", "<=", today + timedelta(days=REMIND_DAYS))
        self.search(soon & Domain("activity_ids", "=", False))._remind()
