"""What is to be decided, by whom, since when; and how it was decided."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

#: Who decides; the first two are persons in exercise, the others bodies whose signed minutes say it.
LEVELS = [
    ("president", "President"),
    ("vice_president", "Vice-president, by delegation"),
    ("bureau", "Bureau of the council"),
    ("permanent_committee", "Permanent committee"),
    ("council", "Council of the commune"),
]
PERSONAL = ("president", "vice_president")
#: On what a decision is asked.
MATTERS = [("plan", "A plan"), ("action", "An action"), ("risk", "A risk or an obstacle"), ("free", "Something else")]
OUTCOMES = [("approved", "Approved"), ("refused", "Refused"), ("sent_back", "Sent back")]
#: What who asks may write; all else follows the buttons.
ASKED = {
    "name", "text", "options", "company_id", "theme_id", "plan_id", "action_id", "risk_id", "adopts_plan", "level",
    "wanted_by", "correction_of_id", "previous_id", "file", "file_name",
}  # fmt: skip
#: Written by the client itself, or by Odoo's own buttons.
HARMLESS = {"message_follower_ids", "message_ids", "activity_ids", "message_main_attachment_id"}


class JamaaDecision(models.Model):
    """A decision on a plan, an action, a risk or something else, from the question to the answer.

    The president decides, or a vice-president inside the sector and the days of a delegation on record
    (organic law 113-14, arts. 94 and 103). What the bureau, a committee or the council decided is recorded from
    signed minutes. Once decided it is a fact: a mistake is answered by a further row that corrects it.
    """

    _name = "jamaa.decision"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Decision"
    _order = "asked_on desc, id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    # What
    name = fields.Char("What is to be decided", required=True, tracking=True)
    text = fields.Text("Why, and what it changes", help="In plain words: who decides may read it on a phone.")
    options = fields.Text("Choices", help="One on each line, with what speaks for and against it.")
    file = fields.Binary("File to read", attachment=True, copy=False)
    file_name = fields.Char(copy=False)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    theme_id = fields.Many2one(
        "jamaa.theme",
        compute="_compute_theme_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The sector: a vice-president decides inside the sector of the delegation.",
    )
    plan_id = fields.Many2one(
        "project.project",
        "Plan",
        compute="_compute_plan_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        index="btree_not_null",
        domain="[('is_plan', '=', True), ('company_id', '=', company_id)]",
    )
    action_id = fields.Many2one(
        "project.task",
        "Action",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('is_action', '=', True), ('company_id', '=', company_id)]",
    )
    risk_id = fields.Many2one(
        "jamaa.plan.risk", "Risk or obstacle", ondelete="restrict", index="btree_not_null", check_company=True
    )
    matter = fields.Selection(MATTERS, "On", compute="_compute_matter", store=True)
    adopts_plan = fields.Boolean("Adopts the plan", help="Approved, it makes the plan a decided one.")

    # By whom, by when
    level = fields.Selection(LEVELS, "Who decides", required=True, default="president", index=True, tracking=True)
    asked_by_id = fields.Many2one(
        "res.users", "Asked by", required=True, readonly=True, default=lambda self: self.env.user, copy=False
    )
    asked_on = fields.Date(readonly=True, copy=False)
    wanted_by = fields.Date("Wanted by")
    days_waited = fields.Integer(
        "Days waited", compute="_compute_days_waited", help="From the day it was asked until it was decided, or today."
    )
    is_overdue = fields.Boolean("Overdue", compute="_compute_is_overdue", search="_search_is_overdue")
    state = fields.Selection(
        [
            ("draft", "Being written"),
            ("waiting", "Waits for a decision"),
            ("decided", "Decided"),
            ("withdrawn", "Withdrawn"),
        ],
        "Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    can_decide = fields.Boolean("I decide this", compute="_compute_can_decide")
    can_record = fields.Boolean("I record this", compute="_compute_can_decide")

    # How it was decided
    outcome = fields.Selection(OUTCOMES, "Decision", readonly=True, copy=False, tracking=True)
    reason = fields.Text("Reason", readonly=True, copy=False)
    decided_on = fields.Date(readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", "Decided or recorded by", readonly=True, copy=False)
    decided_under = fields.Reference(
        [("jamaa.function.holder", "Function held"), ("jamaa.delegation", "Delegation")],
        "Under",
        readonly=True,
        copy=False,
    )
    decided_capacity = fields.Char("As", readonly=True, copy=False)
    number = fields.Char("Number of the decision", readonly=True, copy=False, index="trigram")
    votes_for = fields.Integer("Votes for", readonly=True, copy=False, aggregator=None)
    votes_against = fields.Integer("Votes against", readonly=True, copy=False, aggregator=None)
    votes_abstain = fields.Integer("Abstentions", readonly=True, copy=False, aggregator=None)
    scan = fields.Binary("Signed minutes", attachment=True, readonly=True, copy=False)
    scan_name = fields.Char(readonly=True, copy=False)
    scan_digest = fields.Char("Fingerprint of the scan", readonly=True, copy=False)
    visa_due = fields.Boolean(
        "Needs the governor's visa",
        readonly=True,
        copy=False,
        help="Some decisions of the council take effect only with the visa of the governor (organic law 113-14, art. 118).",
    )
    visa_on = fields.Date("Visa of the governor on", readonly=True, copy=False)
    visa_number = fields.Char("Number of the visa", readonly=True, copy=False)
    in_force = fields.Boolean(
        compute="_compute_in_force", store=True, help="Approved, with the visa where one is due, and not corrected."
    )

    # What came before and after
    outcome_id = fields.Many2one(
        "jamaa.body.outcome",
        "Asked by the meeting",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    meeting_id = fields.Many2one(related="outcome_id.meeting_id", string="Meeting", store=True, index="btree_not_null")
    previous_id = fields.Many2one(
        "jamaa.decision", "Asked before as", readonly=True, copy=False, index="btree_not_null", check_company=True
    )
    correction_of_id = fields.Many2one(
        "jamaa.decision", "Corrects", readonly=True, copy=False, index="btree_not_null", check_company=True
    )
    correction_ids = fields.One2many("jamaa.decision", "correction_of_id", "Corrected by")
    carried_ids = fields.One2many("project.task", "decision_id", "Actions that carry it out")

    _waiting_idx = models.Index("(company_id, state, asked_on)")
    _decided_whole = models.Constraint(
        "CHECK(state != 'decided' OR (outcome IS NOT NULL AND decided_on IS NOT NULL))",
        "A decision says what was decided and when.",
    )
    _votes_positive = models.Constraint(
        "CHECK(votes_for >= 0 AND votes_against >= 0 AND votes_abstain >= 0)", "Votes are not negative."
    )
    _number_uniq = models.UniqueIndex(
        "(company_id, level, number, decided_on) WHERE number IS NOT NULL AND correction_of_id IS NULL",
        "This decision is recorded already. Correct it instead.",
    )

    # ---------- computes ----------

    @api.depends("action_id", "risk_id")
    def _compute_plan_id(self):
        for decision in self:
            decision.plan_id = decision.action_id.project_id or decision.risk_id.plan_id or decision.plan_id

    @api.depends("plan_id")
    def _compute_theme_id(self):
        for decision in self:
            decision.theme_id = decision.plan_id.theme_id or decision.theme_id

    @api.depends("plan_id", "action_id", "risk_id")
    def _compute_matter(self):
        for decision in self:
            decision.matter = (
                "risk"
                if decision.risk_id
                else "action"
                if decision.action_id
                else "plan"
                if decision.plan_id
                else "free"
            )

    @api.depends("asked_on", "decided_on")
    def _compute_days_waited(self):
        today = fields.Date.context_today(self)
        for decision in self:
            end = decision.decided_on or today
            decision.days_waited = max((end - decision.asked_on).days, 0) if decision.asked_on else 0

    @api.depends("wanted_by", "state")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for decision in self:
            decision.is_overdue = bool(
                decision.state == "waiting" and decision.wanted_by and decision.wanted_by < today
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("state", "=", "waiting") & Domain("wanted_by", "<", fields.Date.context_today(self))
        return late if True in value else ~late

    @api.depends("state", "outcome", "visa_due", "visa_on", "correction_ids.state")
    def _compute_in_force(self):
        for decision in self:
            decision.in_force = (
                decision.state == "decided"
                and decision.outcome == "approved"
                and bool(decision.visa_on or not decision.visa_due)
                and "decided" not in decision.correction_ids.mapped("state")
            )

    @api.depends_context("uid")
    @api.depends("state", "level", "theme_id", "company_id")
    def _compute_can_decide(self):
        user = self.env.user
        for decision in self:
            decision.can_decide = decision.state == "waiting" and bool(decision._right_to_decide(user))
            decision.can_record = (
                decision.state in ("draft", "waiting") and decision.level not in PERSONAL and decision._may_record()
            )

    # ---------- rules ----------

    @api.constrains("company_id", "plan_id", "action_id", "risk_id", "outcome_id", "adopts_plan")
    def _check_subject(self):
        for decision in self:
            if not decision.company_id.is_commune:
                raise ValidationError(self.env._("Decisions are taken in a commune."))
            # sudo: links of a decision - their commune is compared, nothing of them is shown
            linked = decision.sudo()
            rooms = (
                linked.plan_id.company_id
                | linked.action_id.project_id.company_id
                | linked.risk_id.company_id
                | linked.outcome_id.company_id
            )
            if rooms - linked.company_id:
                raise ValidationError(self.env._("This decision is on something of another commune."))
            if linked.plan_id and not linked.plan_id.is_plan:
                raise ValidationError(self.env._("Decisions are on action plans, not on other projects."))
            if linked.action_id and linked.action_id.project_id != linked.plan_id:
                raise ValidationError(self.env._("The action belongs to another plan. Choose the plan of the action."))
            if linked.adopts_plan and not linked.plan_id:
                raise ValidationError(self.env._("Say which plan the decision adopts."))

    @api.constrains("correction_of_id", "level")
    def _check_correction(self):
        for decision in self:
            first = decision.correction_of_id
            if first and (first.level != decision.level or first.state != "decided"):
                raise ValidationError(self.env._("Who took a decision corrects it: choose the same level."))

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{name: vals[name] for name in ASKED & vals.keys()} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """Before it is decided, who asks may change the question; after that nobody changes anything.

        :raise UserError: the decision is taken, or the value follows the buttons
        """
        if vals.keys() - HARMLESS:
            if any(decision.state == "decided" for decision in self):
                raise UserError(self.env._("What was decided is not changed. Make a correction instead."))
            if not self.env.su:
                if vals.keys() - ASKED - HARMLESS:
                    raise UserError(self.env._("A decision follows its buttons."))
                if any(decision.state != "draft" for decision in self):
                    raise UserError(self.env._("The question rests while it waits. Withdraw it to ask another way."))
        return super().write(vals)

    def _rewrite(self, vals):
        """Write on a decided row all the same: for what comes later by law (the visa), checked by the caller."""
        # sudo: jamaa.decision - decided rows are written by nobody; the caller checked who may
        return super(JamaaDecision, self.sudo()).write(vals)  # pylint: disable=super-method-mismatch

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(decision.state != "draft" for decision in self):
            raise UserError(self.env._("What was asked stays on record. Withdraw it instead."))
