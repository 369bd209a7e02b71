"""A panel is invited and reminded."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .jamaa_assessment_rater_invite import REACHED, REMIND_DAYS

BATCH = 50


class JamaaAssessmentRound(models.Model):
    _inherit = "jamaa.assessment.round"

    answer_until = fields.Date(
        "Answers until",
        copy=False,
        help="After that day no individual answer is taken. Empty: until the meeting begins.",
    )
    answer_due = fields.Date("Answers due", compute="_compute_answer_due", store=True, index="btree_not_null")
    not_invited_count = fields.Integer("Not invited yet", compute="_compute_not_invited_count")
    invitation_ids = fields.One2many("jamaa.assessment.invitation", "round_id", "Invitations")

    @api.depends("answer_until", "date")
    def _compute_answer_due(self):
        for one in self:
            one.answer_due = one.answer_until or one.date

    @api.depends("rater_ids.invited_on", "rater_ids.finished_on")
    def _compute_not_invited_count(self):
        for one in self:
            one.not_invited_count = len(
                one.rater_ids.filtered(lambda rater: not rater.invited_on and not rater.finished_on)
            )

    @api.constrains("answer_until", "date")
    def _check_answer_until(self):
        for one in self:
            if one.answer_until and one.date and one.answer_until > one.date:
                raise ValidationError(self.env._("Answers end before the meeting, or on its day."))

    def write(self, vals):
        result = super().write(vals)
        if {"answer_until", "date"} & vals.keys():
            # A new day is a new count: who was reminded of the old one is reminded of this one.
            # sudo: jamaa.assessment.rater - the count of reminders is the tool's
            self.sudo().rater_ids.reminder_stage = 0
        return result

    # ---------- steps ----------

    def _move(self, state, note=False):
        super()._move(state, note)
        if state == "individual":
            # Pages of links only read: what they show is made before.
            self.env["survey.survey"]._assessment_of(self.version_id)
        elif state == "consensus":
            self._forget_notes()
        elif state == "validated":
            self._forget_addresses()

    def _forget_notes(self):
        """Erase what seats chose on their pages: what was handed in is copied, the rest was not."""
        # sudo: survey.user_input - the tool's own rows; that somebody answered, and when, stays
        notes = self.env["survey.user_input"].sudo().search([("assessment_rater_id.round_id", "in", self.ids)])
        notes.user_input_line_ids.unlink()

    def _forget_addresses(self):
        """Erase what was needed to invite people from outside; the facts stay."""
        # sudo: jamaa.assessment.round - addresses go when the round is over
        one = self.sudo()
        one.rater_ids.filtered("email").write({"email": False})
        one.invitation_ids._forget_addresses()

    def action_invite(self):
        """Invite everybody who was not invited yet; mails go into the queue.

        :raise UserError: the round is not open for answers, or everybody was invited
        """
        self.check_access("write")
        for one in self:
            one._check_state("individual")
            seats = one.rater_ids.filtered(lambda rater: not rater.invited_on and not rater.finished_on)
            if not seats:
                raise UserError(
                    self.env._("Everybody was invited. To invite somebody again use the button of the seat.")
                )
            for seat in seats:
                seat._invite("invitation")

    def action_open_invitations(self):
        """Show who was invited when, and what came back."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_assessment.jamaa_assessment_invitation_action")
        return {**action, "domain": [("round_id", "=", self.id)]}

    def _surface(self, summary):
        """Tell whoever leads the round, once as long as the same is open."""
        # sudo: jamaa.assessment.round, mail.activity - told by the tool
        for one in self.sudo():
            known = one.activity_ids.filtered(lambda activity: activity.summary == summary)
            if one.facilitator_id and not known:
                one.with_context(mail_activity_quick_update=True).activity_schedule(
                    "mail.mail_activity_data_todo", user_id=one.facilitator_id.id, summary=summary
                )

    # ---------- reminders ----------

    @api.model
    def _cron_remind_panels(self):
        """Each day: who was invited and has not finished is reminded, once at each stage, by mail.

        By range: a day on which the tool did not run is made up for, by one mail and not by several.
        """
        self.env["jamaa.assessment.invitation"]._retry_failed_mails()
        # sudo: jamaa.assessment.rater - the scheduled action looks at all communes
        seats = self.env["jamaa.assessment.rater"].sudo()
        today = fields.Date.context_today(self)
        domain = self._domain_to_remind(today)
        remaining = seats.search_count(domain)
        while batch := seats.search(domain, limit=BATCH, order="id"):
            for seat in batch:
                seat._remind(today)
            remaining -= len(batch)
            if not self.env["ir.cron"]._commit_progress(len(batch), remaining=max(remaining, 0)):
                break

    @api.model
    def _domain_to_remind(self, today):
        """Seats whose stage of reminders is behind."""
        behind = Domain.OR(
            Domain("round_id.answer_due", "<=", today + timedelta(days=days)) & Domain("reminder_stage", "<", stage)
            for stage, days in enumerate(REMIND_DAYS, start=1)
        )
        return (
            Domain("round_id.state", "=", "individual")
            & Domain("round_id.answer_due", ">=", today)
            & Domain("finished_on", "=", False)
            & Domain("invited_on", "<", fields.Datetime.to_datetime(today))
            & behind
        )


class JamaaAssessmentRater(models.Model):
    _inherit = "jamaa.assessment.rater"

    def _remind(self, today):
        """Remind one seat, where a mail reaches it, and remember the stage; at the last one tell who leads."""
        self.ensure_one()
        stage = self._reminder_due(today)
        self.reminder_stage = stage
        if self.invitation_state in REACHED:
            # A seat that meanwhile cannot be written to is told to who leads; the others are reminded all the same.
            try:
                with self.env.cr.savepoint():
                    self._invite("reminder")
            except UserError as refusal:
                self.round_id._surface(refusal.args[0])
        if stage == len(REMIND_DAYS):
            self.round_id._surface(self.env._("Some of the panel have not finished their answers"))
