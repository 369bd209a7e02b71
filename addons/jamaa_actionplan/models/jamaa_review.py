from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Domain


class JamaaReview(models.Model):
    """The yearly look at what a function undertook in the plans: facts, its own word, and what it undertakes next.

    It speaks of a function and its commitments, never of a person, and gives no mark. Closed, it stays as it is.
    """

    _name = "jamaa.review"
    _inherit = ["jamaa.step.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Yearly Review"
    _order = "date_to desc, id desc"
    _check_company_auto = True
    _step_fields = frozenset({"state", "closed_on", "word_on"})

    function_id = fields.Many2one(
        "jamaa.function", "Function reviewed", required=True, index=True, check_company=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="function_id.company_id", string="Commune", store=True, index=True)
    level = fields.Selection(
        [("service", "Service"), ("director", "Director of services"), ("elected", "Elected officials")],
        compute="_compute_level",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    reviewer_function_id = fields.Many2one(
        "jamaa.function",
        "Reviewed with",
        check_company=True,
        compute="_compute_reviewer_function_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        help="The function to which the reviewed one accounts.",
    )
    date_from = fields.Date(
        "From", required=True, default=lambda self: fields.Date.context_today(self).replace(month=1, day=1)
    )
    date_to = fields.Date(
        "To", required=True, default=lambda self: fields.Date.context_today(self).replace(month=12, day=31)
    )
    commitment_ids = fields.One2many("jamaa.review.commitment", "review_id", "What was undertaken")
    summary = fields.Text("What both sides keep", help="What went well, what stood in the way, what is done about it.")
    reviewed_word = fields.Text("Word of the reviewed side", help="Written by who holds the function, and nobody else.")
    word_on = fields.Date("Word given on", readonly=True, copy=False)
    next_ids = fields.One2many("jamaa.review.next", "review_id", "Undertaken for the next year")
    closed_on = fields.Date("Closed on", readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "In preparation"), ("word", "With the reviewed side"), ("closed", "Closed")],
        "Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )

    _once = models.Constraint("UNIQUE(function_id, date_from)", "This function has a review for this period already.")
    _order_dates = models.Constraint("CHECK(date_to >= date_from)", "The period ends before it begins.")

    @api.depends("function_id.name", "date_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for review in self:
            review.display_name = self.env._(
                "%(function)s, review of %(year)s",
                function=review.function_id.name or "",
                year=str(review.date_to.year) if review.date_to else "",
            )

    @api.depends("function_id.code")
    def _compute_level(self):
        elected = ("president", "vice_president", "council_secretary", "council_member")
        for review in self:
            code = review.function_id.code
            review.level = "elected" if code in elected else "director" if code == "director" else "service"

    @api.depends("function_id")
    def _compute_reviewer_function_id(self):
        for review in self:
            review.reviewer_function_id = review.reviewer_function_id or review.function_id.parent_id

    @api.constrains("function_id", "reviewer_function_id")
    def _check_two_sides(self):
        if any(review.function_id == review.reviewer_function_id for review in self):
            raise ValidationError(self.env._("A function is not reviewed with itself."))

    # ---------- append-only once closed ----------

    def write(self, vals):
        self._check_not_closed()
        if not self.env.su:
            if "reviewed_word" in vals:
                self._check_reviewed_side()
            if vals.keys() - {"reviewed_word"}:
                self._check_prepares()
        return super().write(vals)

    def _check_not_closed(self):
        """Raise when a review is closed: it is added to by a further review, never changed, by nobody."""
        if any(review.state == "closed" for review in self):
            raise UserError(self.env._("A closed review stays as it is. What is to be added goes into the next one."))

    def _check_reviewed_side(self):
        """Raise unless the present user holds the reviewed functions and it is their turn."""
        held = self.env["jamaa.function"]._held_by(self.env.user, fields.Date.context_today(self))
        if self.function_id - held:
            raise AccessError(self.env._("Only who holds the reviewed function writes this word."))
        if any(review.state != "word" for review in self):
            raise UserError(self.env._("The word of the reviewed side is written once the review was handed over."))

    def _check_prepares(self):
        """Raise unless the present user prepares reviews: director, president, or who holds the reviewing function."""
        user = self.env.user
        if user.has_group("jamaa_base.group_director") or user.has_group("jamaa_base.group_president"):
            return
        held = self.env["jamaa.function"]._held_by(user, fields.Date.context_today(self))
        if self.reviewer_function_id - held or any(not review.reviewer_function_id for review in self):
            raise AccessError(self.env._("Who holds the reviewing function prepares this review."))

    # ---------- facts and steps ----------

    def _domain_commitments(self):
        """Actions of the function (for a head of service: of all functions of the service) due in the period."""
        self.ensure_one()
        functions = self.function_id
        if self.function_id.code == "service_head" and self.function_id.department_id:
            functions |= functions.search([("department_id", "=", self.function_id.department_id.id)])
        return (
            Domain("is_action", "=", True)
            & Domain("plan_state", "in", ("running", "closed"))
            & Domain("owner_function_id", "in", functions.ids)
            & Domain("due_on", ">=", self.date_from)
            & Domain("due_on", "<=", self.date_to)
        )

    def action_collect(self):
        """Take over, as facts of the plans, what was undertaken in the period and how it stands today."""
        self.check_access("write")
        self._check_not_closed()
        self._check_prepares()
        for review in self:
            actions = self.env["project.task"].search(review._domain_commitments(), order="due_on, id")
            facts = [
                Command.create(
                    {
                        "action_id": action.id,
                        "name": action.name,
                        "plan_name": action.project_id.name,
                        "due_on": action.due_on,
                        "outcome": action._review_outcome(),
                    }
                )
                for action in actions
            ]
            review._step({"commitment_ids": [Command.clear(), *facts]})

    def action_hand_over(self):
        """Give the review to the reviewed side for its word."""
        self.check_access("write")
        self._check_prepares()
        for review in self:
            if review.state != "draft" or not review.commitment_ids:
                raise UserError(self.env._("Collect what was undertaken first, then hand the review over."))
            review._step({"state": "word"})
            user = review.function_id.current_holder_id.user_id
            if user:
                review.activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=user.id,
                    summary=self.env._("Your word on the yearly review"),
                )

    def action_close(self):
        """Close: both sides have spoken.

        :raise UserError: without the word of the reviewed side, or without a next commitment
        """
        self.check_access("write")
        self._check_prepares()
        for review in self:
            if review.state != "word" or not review.reviewed_word:
                raise UserError(self.env._("The reviewed side has not written its word yet."))
            if not review.next_ids:
                raise UserError(self.env._("Write down what is undertaken for the next year first."))
            review.activity_unlink(["mail.mail_activity_data_todo"])
            review._step({"state": "closed", "closed_on": fields.Date.context_today(self)})


class JamaaReviewCommitment(models.Model):
    """An action that was undertaken, copied as it stood on the day of the review."""

    _name = "jamaa.review.commitment"
    _description = "Commitment Reviewed"
    _order = "review_id, due_on, id"

    review_id = fields.Many2one("jamaa.review", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="review_id.company_id", string="Commune", store=True, index=True)
    action_id = fields.Many2one("project.task", "Action", index="btree_not_null", ondelete="set null")
    name = fields.Char("What", required=True)
    plan_name = fields.Char("Plan")
    due_on = fields.Date("Due on")
    outcome = fields.Selection(
        [
            ("done", "Done in time"),
            ("done_late", "Done after its date"),
            ("late", "Not done, past its date"),
            ("open", "Under way"),
            ("dropped", "Given up"),
        ],
        "How it stands",
        required=True,
    )
    remark = fields.Char(help="What stood in the way, what helped.")

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows.review_id._check_not_closed()
        return rows

    def write(self, vals):
        self.review_id._check_not_closed()
        if not self.env.su:
            if vals.keys() - {"remark"}:
                raise UserError(self.env._("These are facts of the plans: only a remark is added here."))
            self.review_id._check_prepares()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self.review_id._check_not_closed()


class JamaaReviewNext(models.Model):
    """What a function undertakes for the next year."""

    _name = "jamaa.review.next"
    _description = "Next Commitment"
    _order = "review_id, due_on, id"

    review_id = fields.Many2one("jamaa.review", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="review_id.company_id", string="Commune", store=True, index=True)
    name = fields.Char("What", required=True)
    due_on = fields.Date("By when")
    help_needed = fields.Char("What it needs for that", help="People, training, a decision, money.")

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._check_may_change()
        return rows

    def write(self, vals):
        self._check_may_change()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._check_may_change()

    def _check_may_change(self):
        self.review_id._check_not_closed()
        if not self.env.su:
            self.review_id._check_prepares()


class ProjectTask(models.Model):
    _inherit = "project.task"

    def _review_outcome(self):
        """How an action stands, for a review: a fact of the plan."""
        self.ensure_one()
        if self.state == "1_canceled":
            return "dropped"
        if self.state == "1_done":
            moved = self.date_last_stage_update
            ended = fields.Datetime.context_timestamp(self, moved).date() if moved else self.due_on
            return "done_late" if ended > self.due_on else "done"
        return "late" if self.is_late else "open"
