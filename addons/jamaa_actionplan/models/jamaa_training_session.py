from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

#: After how many months one looks at what a training changed.
EFFECT_MONTHS = 3


class JamaaTrainingSession(models.Model):
    """One training: when, where, by whom; how many came; and, three months later, what is different."""

    _name = "jamaa.training.session"
    _inherit = ["jamaa.step.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Training Session"
    _order = "date desc, id desc"
    _check_company_auto = True
    _step_fields = frozenset({"state", "effect_on"})
    _loose_states = ("planned",)

    name = fields.Char("Subject", required=True)
    training_plan_id = fields.Many2one(
        "jamaa.training.plan", "Training plan", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="training_plan_id.company_id", string="Commune", store=True, index=True)
    need_ids = fields.Many2many(
        "jamaa.training.need",
        "jamaa_training_need_session_rel",
        string="Needs it answers",
        check_company=True,
        domain="[('training_plan_id', '=', training_plan_id)]",
    )
    date = fields.Date("Day", required=True, tracking=True)
    days = fields.Float("Number of days", default=1)
    place = fields.Char()
    trainer = fields.Char(help="A person of the commune, another commune, a State service, a school.")
    invited_count = fields.Integer("People invited")
    women_count = fields.Integer("Women present")
    men_count = fields.Integer("Men present")
    participant_ids = fields.One2many(
        "jamaa.training.participant",
        "session_id",
        "Participants",
        help="Everybody sees the own name, a head those of the own service; others see counts.",
    )
    state = fields.Selection(
        [("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")],
        "Status",
        default="planned",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    effect_due_on = fields.Date("Effect to be looked at on", compute="_compute_effect_due_on", store=True)
    effect_note = fields.Text(
        "What is different three months later",
        copy=False,
        help="A fact one can see in the work: what is done now that was not done before. No mark for anybody.",
    )
    effect_on = fields.Date("Effect recorded on", readonly=True, copy=False)

    _counts_positive = models.Constraint(
        "CHECK(COALESCE(invited_count, 0) >= 0 AND COALESCE(women_count, 0) >= 0 AND COALESCE(men_count, 0) >= 0)",
        "Numbers of people are not negative.",
    )
    _effect_idx = models.Index("(effect_due_on) WHERE state = 'held' AND effect_on IS NULL")

    @api.depends("date")
    def _compute_effect_due_on(self):
        for session in self:
            session.effect_due_on = session.date and session.date + relativedelta(months=EFFECT_MONTHS)

    @api.constrains("need_ids", "training_plan_id")
    def _check_needs(self):
        for session in self:
            if session.need_ids.training_plan_id - session.training_plan_id:
                raise ValidationError(self.env._("A session answers needs of its own training plan."))

    def write(self, vals):
        if vals.keys() - {"participant_ids"}:
            self._check_keeps()
        if "effect_note" in vals and any(session.effect_on for session in self):
            raise UserError(self.env._("The effect was recorded and stays as it was written."))
        return super().write(vals)

    def _check_keeps(self):
        """Raise unless the present user keeps trainings; heads name the people of their service, and no more."""
        self.check_access("write")
        user = self.env.user
        keeps = user.has_group("jamaa_actionplan.group_planner") or user.has_group("hr.group_hr_user")
        if not self.env.su and not keeps:
            raise AccessError(self.env._("You name the participants of your service; who plans keeps the session."))

    def action_hold(self):
        """The session took place.

        :raise UserError: before its day, or when it is not a planned one
        """
        self._check_keeps()
        for session in self:
            if session.state != "planned" or session.date > fields.Date.context_today(self):
                raise UserError(self.env._("A planned session is held on its day, not before."))
            session._step({"state": "held"})

    def action_cancel(self):
        """The session does not take place."""
        self._check_keeps()
        if any(session.state != "planned" for session in self):
            raise UserError(self.env._("Only a planned session is cancelled."))
        self._step({"state": "cancelled"})

    def action_record_effect(self):
        """Record as a fact what is different after three months.

        :raise UserError: too early, or when nothing is written
        """
        self._check_keeps()
        today = fields.Date.context_today(self)
        for session in self:
            if session.state != "held" or session.effect_on:
                raise UserError(self.env._("The effect is recorded once, for a session that was held."))
            if session.effect_due_on > today:
                raise UserError(self.env._("Too early: the effect is looked at three months after the session."))
            if not session.effect_note:
                raise UserError(self.env._("Write what is different first."))
            session._step({"effect_on": today})
            session.activity_unlink(["mail.mail_activity_data_todo"])

    def _reminder(self):
        words = self.env._("Look at what the training changed, and record it")
        return self.training_plan_id.user_id, words, self.effect_due_on

    @api.model
    def _cron_remind(self):
        """Each day: sessions whose effect is to be looked at become an activity of who keeps the training plan."""
        self.search(
            Domain("state", "=", "held")
            & Domain("effect_on", "=", False)
            & Domain("effect_due_on", "<=", fields.Date.context_today(self))
            & Domain("activity_ids", "=", False)
        )._remind()


class JamaaTrainingParticipant(models.Model):
    """Who took part, for that person and their head; others see how many."""

    _name = "jamaa.training.participant"
    _description = "Participant in a Training"
    _order = "session_id, id"
    _check_company_auto = True

    session_id = fields.Many2one(
        "jamaa.training.session", "Training session", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="session_id.company_id", string="Commune", store=True, index=True)
    employee_id = fields.Many2one(
        "hr.employee", "Person", required=True, index=True, check_company=True, ondelete="restrict"
    )
    attended = fields.Boolean("Was there")

    _once = models.Constraint("UNIQUE(session_id, employee_id)", "This person is on the list already.")
