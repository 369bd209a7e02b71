"""Written questions of council members, and their answers: each is put once, and stays."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

#: Months of the ordinary sessions, which meet in their first week (organic law 113-14, art. 33).
SESSION_MONTHS = (2, 5, 10)
FIRST_WEEK = 7
#: Who sits in the council without deciding in the name of the commune.
SEATS = ("council_member", "vice_president", "council_secretary")
ASKED = {"name", "text", "company_id", "plan_id", "decision_id", "recipient_id"}
WORK = "mail.mail_activity_data_todo"


class JamaaWrittenQuestion(models.Model):
    """A question of a council member to the president, on what the member's body received.

    Members read, ask and are answered (organic law 113-14, art. 46); nothing here decides, assigns or signs.
    """

    _name = "jamaa.written.question"
    _inherit = ["jamaa.append.only", "mail.thread", "mail.activity.mixin"]
    _description = "Written Question"
    _order = "asked_on desc, id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    name = fields.Char("Subject", required=True)
    text = fields.Text("Question", required=True)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one("res.users", "Asked by", required=True, readonly=True, default=lambda self: self.env.user)
    asked_on = fields.Date(required=True, readonly=True, default=fields.Date.context_today)
    due_on = fields.Date(
        "Answer due on",
        required=True,
        readonly=True,
        default=lambda self: self._next_session(fields.Date.context_today(self)),
        help="The next ordinary session of the council: February, May or October, in the first week.",
    )

    # On what
    plan_id = fields.Many2one(
        "project.project",
        "Plan",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('is_plan', '=', True), ('company_id', '=', company_id)]",
    )
    decision_id = fields.Many2one(
        "jamaa.decision",
        "Decision",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('state', '=', 'decided'), ('company_id', '=', company_id)]",
    )
    recipient_id = fields.Many2one(
        "jamaa.dissemination.recipient",
        "Document received",
        index="btree_not_null",
        ondelete="restrict",
        domain="['|', ('user_id', '=', uid), ('stand_in_user_id', '=', uid)]",
    )

    # The answer
    answer_ids = fields.One2many("jamaa.written.answer", "question_id", "Answers")
    state = fields.Selection(
        [("waiting", "Waits for an answer"), ("answered", "Answered")],
        "Status",
        compute="_compute_state",
        store=True,
        index=True,
    )
    is_late = fields.Boolean("Late", compute="_compute_is_late", search="_search_is_late")
    can_answer = fields.Boolean("I may answer", compute="_compute_can_answer")

    _due_idx = models.Index("(company_id, state, due_on)")

    @api.model
    def _next_session(self, day):
        """The last day of the first week of the next ordinary session after a day."""
        days = [
            day.replace(year=year, month=month, day=FIRST_WEEK)
            for year in (day.year, day.year + 1)
            for month in SESSION_MONTHS
        ]
        return min(one for one in days if one > day)

    @api.depends("answer_ids")
    def _compute_state(self):
        for question in self:
            question.state = "answered" if question.answer_ids else "waiting"

    @api.depends("state", "due_on")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for question in self:
            question.is_late = question.state == "waiting" and question.due_on < today

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("state", "=", "waiting") & Domain("due_on", "<", fields.Date.context_today(self))
        return late if True in value else ~late

    @api.depends_context("uid")
    @api.depends("company_id", "plan_id", "decision_id")
    def _compute_can_answer(self):
        for question in self:
            question.can_answer = bool(question._capacity_to_answer())

    def _capacity_to_answer(self):
        """As whom the present user answers: the president, a vice-president inside the sector, or the director who
        writes down the president's answer; empty for anybody else."""
        self.ensure_one()
        decisions = self.env["jamaa.decision"]
        theme = self.plan_id.theme_id or self.decision_id.theme_id
        right = decisions._right_in(self.company_id, theme, "vice_president", self.env.user)
        if right:
            return right._signing_capacity(self.env.user, decisions._today())
        if self.env.user.has_group("jamaa_base.group_director"):
            return self.env._("Director of services, for the president")
        return ""

    @api.constrains("company_id", "plan_id", "decision_id", "recipient_id")
    def _check_links(self):
        for question in self:
            # sudo: links of a question - their commune is compared, nothing of them is shown
            linked = question.sudo()
            rooms = linked.plan_id.company_id | linked.decision_id.company_id | linked.recipient_id.company_id
            if rooms - linked.company_id or not linked.company_id.is_commune:
                raise ValidationError(self.env._("Ask about something of the own commune."))
            if linked.plan_id and not linked.plan_id.is_plan:
                raise ValidationError(self.env._("Choose an action plan."))

    @api.model_create_multi
    def create(self, vals_list):
        """Put a question, once.

        :raise AccessError: the user holds no seat in that council, or did not receive the document
        """
        if not self.env.su:
            vals_list = [{name: vals[name] for name in ASKED & vals.keys()} for vals in vals_list]
        questions = super().create(vals_list)
        if not self.env.su:
            questions._check_asker()
        for question in questions:
            # sudo: jamaa.function, mail.activity - the question gives work to who answers
            president = question.company_id.sudo()._function("president")._holders_on(question.asked_on).user_id[:1]
            if president:
                # sudo: mail.activity - as above
                question.sudo().activity_schedule(
                    WORK,
                    summary=self.env._("Written question: %(name)s", name=question.name),
                    user_id=president.id,
                    date_deadline=question.due_on,
                )
        return questions

    def _check_asker(self):
        held = self.env["jamaa.function"]._held_by(self.env.user, self.env["jamaa.decision"]._today())
        for question in self:
            seats = held.filtered(lambda one, question=question: one.company_id == question.company_id)
            if not set(seats.mapped("code")) & set(SEATS):
                raise AccessError(self.env._("Written questions are put by members of the council of the commune."))
            # sudo: jamaa.dissemination.recipient - only who received it
            got = question.sudo().recipient_id
            if got and self.env.user not in got.user_id | got.stand_in_user_id:
                raise AccessError(self.env._("Ask about a document that your function received."))

    @api.model
    def _words_not_changed(self):
        return self.env._("A question that was put is not changed. Put another one.")

    def action_answer(self):
        """Button: open the answer."""
        self.ensure_one()
        if not self._capacity_to_answer():
            raise AccessError(
                self.env._("The president answers, or a vice-president inside the sector of a delegation.")
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer"),
            "res_model": "jamaa.written.answer",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_question_id": self.id},
        }
