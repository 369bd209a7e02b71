"""What a round decided to do first, followed until it is done or dropped."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import scores
from .jamaa_assessment_consensus import LOW_TO_HIGH
from .jamaa_assessment_panel import ANSWERS, LEVEL_ANSWERS, answer_of, value_of

#: What those who lead write; what the round decided stays, and states move by their buttons.
WRITTEN = {"wanted_level", "due_date", "function_id", "note", "reason"}
#: Priorities somebody still works on.
OPEN = ("open", "taken_up")


class JamaaAssessmentPriority(models.Model):
    """One of the three things a validated round does first: what, how far, by when, by which function.

    Made when the round is validated, from the lines the meeting marked. An addon with action plans makes an action
    of it in `_take_up`; without one it is followed here. The next round about the same subject shows what it changed.
    """

    _name = "jamaa.assessment.priority"
    _inherit = ["jamaa.assessment.panel", "mail.thread"]
    _description = "Priority of a round"
    _order = "round_id desc, rank, id"
    _check_company_auto = True

    # What the round decided
    round_id = fields.Many2one("jamaa.assessment.round", required=True, index=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one(related="round_id.company_id", string="Commune", store=True, index=True)
    consensus_id = fields.Many2one(
        "jamaa.assessment.consensus", "Agreed answer", required=True, readonly=True, ondelete="restrict"
    )
    item_id = fields.Many2one(related="consensus_id.item_id", store=True, index=True)
    criterion_id = fields.Many2one(related="item_id.criterion_id", store=True, index=True)
    kind = fields.Selection(related="item_id.kind")
    subject_name = fields.Char(related="round_id.subject_name")
    rank = fields.Integer("Place", readonly=True, aggregator=None)
    answer = fields.Selection(ANSWERS, "Level then", readonly=True, help="As it counted when the round was validated.")
    importance = fields.Selection(LOW_TO_HIGH, readonly=True)
    effort = fields.Selection(LOW_TO_HIGH, readonly=True)

    # What is wanted, from whom
    wanted_level = fields.Selection(LEVEL_ANSWERS, tracking=True, help="The level the commune wants to reach.")
    due_date = fields.Date("By when", tracking=True)
    function_id = fields.Many2one(
        "jamaa.function",
        "Function in charge",
        check_company=True,
        index="btree_not_null",
        tracking=True,
        help="A function, so that the work stays when a person leaves.",
    )
    note = fields.Text("How", help="First steps, means, who helps.")

    # Where it stands
    state = fields.Selection(
        [("open", "Open"), ("taken_up", "Taken up"), ("done", "Done"), ("dropped", "Dropped")],
        "Status",
        required=True,
        default="open",
        readonly=True,
        index=True,
        tracking=True,
        group_expand=True,
    )
    reason = fields.Text("Why it was dropped", tracking=True)
    closed_on = fields.Date(readonly=True)
    late = fields.Boolean(compute="_compute_late")

    # What the next round says
    next_answer = fields.Char("Level now", compute="_compute_next", help="What the next round agreed on.")
    change = fields.Integer("Change in levels", compute="_compute_next")
    compared = fields.Boolean(compute="_compute_next")

    _consensus_uniq = models.Constraint("UNIQUE(consensus_id)", "This priority is there already.")
    _list_idx = models.Index("(company_id, round_id DESC, rank, id)")

    # ---------- computes ----------

    @api.depends("item_id.name")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.item_id.name or ""

    @api.depends("due_date", "state")
    def _compute_late(self):
        today = fields.Date.context_today(self)
        for row in self:
            row.late = bool(row.due_date and row.due_date < today and row.state in OPEN)

    @api.depends("round_id", "item_id")
    @api.depends_context("uid", "lang")
    def _compute_next(self):
        names = dict(self._fields["answer"]._description_selection(self.env))
        later = self._lines_after()
        for row in self:
            line = later.get(row.id)
            row.compared = bool(line)
            counted = answer_of(line._value()) if line else False
            row.next_answer = names.get(counted, False)
            before, now = value_of(row.answer), value_of(counted)
            row.change = scores.moved(before, now) or 0

    def _lines_after(self):
        """Return what the next validated round agreed on for the same wording, ``{priority id: line}``.

        One search for all rounds that follow, one for their lines.
        """
        keys = set(self.round_id.mapped("subject_key"))
        rounds = self.env["jamaa.assessment.round"].search(
            [("subject_key", "in", list(keys)), ("state", "=", "validated")], order="id"
        )
        following = {
            one: next((other for other in rounds if other.subject_key == one.subject_key and other.id > one.id), None)
            for one in self.round_id
        }
        lines = self.env["jamaa.assessment.consensus"].search(
            [
                ("round_id", "in", [other.id for other in following.values() if other]),
                ("item_id.key", "in", self.item_id.mapped("key")),
            ]
        )
        by_key = {(line.round_id, line.item_id.key, line.item_id.fingerprint): line for line in lines}
        return {
            row.id: by_key[found]
            for row in self
            if (found := (following[row.round_id], row.item_id.key, row.item_id.fingerprint)) in by_key
        }

    # ---------- making ----------

    @api.model
    def _make_of(self, one):
        """Make the priorities of a round that was just validated, the most urgent first."""
        chosen = one.consensus_ids.filtered("is_priority").sorted("urgency", reverse=True)
        return self.create(
            [
                {
                    "round_id": one.id,
                    "consensus_id": line.id,
                    "rank": rank,
                    "answer": answer_of(line._value()),
                    "importance": line.importance,
                    "effort": line.effort,
                }
                for rank, line in enumerate(chosen, start=1)
            ]
        )

    # ---------- steps ----------

    def action_take_up(self):
        """Begin to work on it; open the action where an addon with plans made one.

        :raise UserError: it is not open
        """
        self._check_step("open")
        self._move("taken_up")
        actions = [found for row in self if (found := row._take_up())]
        return actions[0]._get_records_action() if len(actions) == 1 else True

    def action_done(self):
        """Say that it is done; whether it changed anything the next round says."""
        self._check_step(*OPEN)
        self._move("done", closed_on=fields.Date.context_today(self))

    def action_drop(self):
        """Give it up, with the reason on record.

        :raise UserError: no reason is written
        """
        self._check_step(*OPEN)
        if any(not (row.reason or "").strip() for row in self):
            raise UserError(self.env._("Write why it is dropped: the next round will ask."))
        self._move("dropped", closed_on=fields.Date.context_today(self))

    def action_reopen(self):
        """Take it back among the open ones."""
        self._check_step("done", "dropped", "taken_up")
        self._move("open", closed_on=False)

    def _take_up(self):
        """Make the action of a plan that does this; for an addon with plans to override.

        :return: the action, an empty record or None where there is none
        """
        self.ensure_one()

    def _check_step(self, *states):
        """Let in who may write, and only from the states a step starts from.

        :raise UserError: it moved on meanwhile
        """
        self.check_access("write")
        if any(row.state not in states for row in self):
            raise UserError(self.env._("This priority has moved on meanwhile: open it again."))

    def _move(self, state, **values):
        # sudo: jamaa.assessment.priority - the state moves by its buttons alone, after the checks above
        self.sudo().write({"state": state, **values})

    # ---------- who sees it, who writes ----------

    @api.model
    def _domain_open_to_me(self):
        return self._domain_agreed_open_to_me()

    @api.constrains("wanted_level")
    def _check_wanted(self):
        for row in self:
            level = value_of(row.answer)
            if row.wanted_level and row.kind == "gate":
                raise ValidationError(self.env._("A duty of the law is met or not: it has no level to reach."))
            if row.wanted_level and scores.is_level(level) and int(row.wanted_level) <= level:
                raise ValidationError(self.env._("The level to reach lies above the present one."))

    def write(self, vals):
        own = {name for name in vals if name in self._fields and not name.startswith(("message_", "activity_"))}
        if not self.env.su and own - WRITTEN:
            raise UserError(self.env._("What the round decided stays; a priority moves on by its buttons."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A priority stays on record: drop it with the reason."))


class JamaaAssessmentRound(models.Model):
    _inherit = "jamaa.assessment.round"

    priority_count = fields.Integer("Number of priorities", compute="_compute_priority_count")

    @api.depends("priority_ids")
    @api.depends_context("uid")
    def _compute_priority_count(self):
        counts = dict(
            self.env["jamaa.assessment.priority"]._read_group([("round_id", "in", self.ids)], ["round_id"], ["__count"])
        )
        for one in self:
            one.priority_count = counts.get(one._origin, 0)

    def action_open_priorities(self):
        """Open what this round does first."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_assessment.jamaa_assessment_priority_action")
        return {**action, "domain": [("round_id", "=", self.id)]}
