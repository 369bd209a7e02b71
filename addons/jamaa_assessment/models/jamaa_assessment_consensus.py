"""What the group agreed on, item by item."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import scores
from .jamaa_assessment_panel import ANSWERS, value_of

LOW_TO_HIGH = [("1", "Low"), ("2", "Medium"), ("3", "High")]
#: What the meeting writes; the rest is computed from the answers when they are closed.
WRITTEN = {"answer", "reason", "dissent", "evidence", "importance", "effort", "is_priority"}


class JamaaAssessmentConsensus(models.Model):
    """The agreed answer to one item, why, and who differs in what (never who by name).

    Rows are made when the individual answers close, those farthest apart first. Where all agree the level is
    filled in already. Without evidence no more than the grid allows counts.
    """

    _name = "jamaa.assessment.consensus"
    _inherit = ["jamaa.assessment.panel"]
    _description = "Agreed answer to an item"
    _order = "round_id desc, spread desc, item_id"

    round_id = fields.Many2one("jamaa.assessment.round", required=True, index=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one(related="round_id.company_id", string="Commune", store=True, index=True)
    round_state = fields.Selection(related="round_id.state")
    item_id = fields.Many2one("jamaa.assessment.item", required=True, index=True, readonly=True, ondelete="restrict")
    criterion_id = fields.Many2one(related="item_id.criterion_id", store=True, index=True)
    kind = fields.Selection(related="item_id.kind")
    item_evidence = fields.Text(related="item_id.evidence", string="What would show it")

    # What the raters answered, without anybody's name
    verdict = fields.Selection(
        [("none", "No answer"), ("agreed", "Agreed"), ("discuss", "To discuss"), ("split", "Split")],
        "Answers",
        readonly=True,
    )
    spread = fields.Float(
        "Distance",
        digits=(3, 2),
        readonly=True,
        aggregator=None,
        help="How far answers lie from their mean, in levels. A duty of the law on which answers differ comes first.",
    )
    range_text = fields.Char("Lowest to highest", compute="_compute_answers")
    middle_text = fields.Char("Median", compute="_compute_answers")
    role_text = fields.Char("By role", compute="_compute_answers")
    comments = fields.Text("Comments, without names", compute="_compute_answers")
    evidence_count = fields.Integer("Pieces of evidence", compute="_compute_answers")

    # What the meeting writes
    answer = fields.Selection(ANSWERS, "Agreed level")
    reason = fields.Text("Why this level")
    dissent = fields.Text("Differing opinion", help="What some still see otherwise; no name.")
    evidence = fields.Char("Evidence seen", help="Where it lies: a link, or the number of a file.")
    counted = fields.Char("Counts as", compute="_compute_counted")
    capped = fields.Boolean(compute="_compute_counted")
    previous_answer = fields.Char("Last round", compute="_compute_previous")
    bar_raised = fields.Boolean("Wording changed", compute="_compute_previous")

    # What to do first
    importance = fields.Selection(LOW_TO_HIGH, required=True, default="2")
    effort = fields.Selection(LOW_TO_HIGH, required=True, default="2")
    urgency = fields.Float("Worth doing", digits=(3, 2), compute="_compute_urgency", store=True, aggregator=None)
    is_priority = fields.Boolean("Priority", help="Three at most: who has ten priorities has none.")

    _item_uniq = models.Constraint("UNIQUE(round_id, item_id)", "This item has its agreed answer already.")

    @api.depends("item_id.name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.item_id.name or ""

    def action_open(self):
        """Open one item with everything the meeting needs beside it."""
        return self._get_records_action()

    # ---------- what comes from the answers ----------

    @api.model
    def _prepare_of(self, one):
        """Make the rows of a round from the answers of those who finished; fill in what all agree on."""
        given = self._answers_of(one)
        vals_list = []
        for item in one.version_id.item_ids:
            values = [value for _role, value in given[item.id]]
            if item.kind == "gate":
                verdict, spread = scores.gate_agreement(values), 0.0
                # A duty on which people differ is looked at before anything else.
                spread = float(scores.HIGHEST) if verdict == "split" else spread
            else:
                found = scores.agreement(values)
                verdict, spread = found.verdict, found.spread
            vals_list.append(
                {
                    "round_id": one.id,
                    "item_id": item.id,
                    "verdict": verdict,
                    "spread": spread,
                    "answer": self._agreed_of(item, values),
                }
            )
        return self.create(vals_list)

    @api.model
    def _answers_of(self, rounds):
        """Return the answers of those who finished, as ``{item id: [(role, value)]}`` in no order of persons."""
        # sudo: jamaa.assessment.score - read to be summed up; no caller hands single answers on
        rows = self.env["jamaa.assessment.score"].sudo().search(
            [("round_id", "in", rounds.ids), ("rater_id.finished_on", "!=", False)]
        )  # fmt: skip
        given = defaultdict(list)
        for row in rows:
            given[row.item_id.id].append((row.rater_id.role, value_of(row.answer)))
        return given

    @api.depends("round_id", "item_id")
    def _compute_answers(self):
        for one, lines in self.grouped("round_id").items():
            given = self._answers_of(one)
            notes = self._notes_of(one)
            for line in lines:
                spread = line._spread_of(given[line.item_id.id])
                line.range_text, line.middle_text, line.role_text = spread["range"], spread["median"], spread["roles"]
                comments, line.evidence_count = notes[line.item_id.id]
                line.comments = "\n".join(f"• {comment}" for comment in sorted(comments)) or False

    @api.model
    def _notes_of(self, one):
        """Return comments and number of pieces of evidence, ``{item id: (comments, count)}``."""
        # sudo: jamaa.assessment.score - comments leave without their authors, in alphabetical order
        rows = self.env["jamaa.assessment.score"].sudo().search_fetch(
            [("round_id", "=", one.id), ("rater_id.finished_on", "!=", False)],
            ["item_id", "comment", "evidence_link", "evidence_name"],
        )  # fmt: skip
        notes = defaultdict(lambda: ([], 0))
        for row in rows:
            comments, count = notes[row.item_id.id]
            if row.comment:
                comments.append(row.comment)
            notes[row.item_id.id] = (comments, count + bool(row.evidence_link or row.evidence_name))
        return notes

    # ---------- what counts ----------

    def _value(self):
        """Return the agreed answer as it counts: a level, no more than the grid allows without evidence."""
        self.ensure_one()
        value = value_of(self.answer)
        if self.kind == "gate":
            return value
        return scores.counted_level(
            value, bool(self.evidence or self.evidence_count), self.round_id.version_id.evidence_cap
        )

    @api.depends("answer", "evidence", "evidence_count")
    def _compute_counted(self):
        names = dict(self._fields["answer"]._description_selection(self.env))
        for line in self:
            counted = _answer_of(line._value())
            line.capped = counted != (line.answer or False)
            line.counted = names.get(counted, False)

    @api.depends("answer", "importance", "effort", "kind")
    def _compute_urgency(self):
        for line in self:
            line.urgency = scores.urgency(line._candidate())

    def _candidate(self):
        """Return the line as the formula of priorities reads it."""
        self.ensure_one()
        level = None if self.kind == "gate" else value_of(self.answer)
        failed = self.kind == "gate" and self.answer == "no"
        return scores.Candidate(self.id, level, int(self.importance or 2), int(self.effort or 2), failed)

    @api.depends("round_id", "item_id")
    def _compute_previous(self):
        names = dict(self._fields["answer"]._description_selection(self.env))
        for one, lines in self.grouped("round_id").items():
            previous = one._previous()
            former = {line.item_id.key: line for line in previous.consensus_ids}
            same = one.version_id._comparable_with(previous.version_id) if previous else set()
            for line in lines:
                key = line.item_id.key
                line.bar_raised = key in former and key not in same
                line.previous_answer = names.get(former[key].answer, False) if key in former and key in same else False

    # ---------- who sees it ----------

    @api.model
    def _domain_open_to_me(self):
        return self._domain_agreed_open_to_me()

    # ---------- constrains and CRUD ----------

    @api.constrains("answer")
    def _check_answer(self):
        for line in self:
            line.item_id._check_answer_fits(line.answer)

    @api.constrains("is_priority")
    def _check_priorities(self):
        for one in self.round_id:
            if self.search_count([("round_id", "=", one.id), ("is_priority", "=", True)]) > scores.MOST_PRIORITIES:
                raise ValidationError(
                    self.env._("No more than %(count)s priorities in a round.", count=scores.MOST_PRIORITIES)
                )

    def write(self, vals):
        if vals.keys() & WRITTEN and any(line.round_id.state != "consensus" for line in self):
            raise UserError(self.env._("What was validated stays as it was agreed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was agreed stays on record."))

    def _check_complete(self):
        """Refuse to validate while something is open.

        :raise UserError: with how many items have no level, or no reason where people were split
        """
        missing = len(self.filtered(lambda line: not line.answer))
        if missing:
            raise UserError(self.env._("%(count)s items have no agreed level yet.", count=missing))
        unexplained = len(self.filtered(lambda line: line.verdict == "split" and not line.reason))
        if unexplained:
            raise UserError(
                self.env._(
                    "On %(count)s items people were split: write why the group chose this level.", count=unexplained
                )
            )

    def action_suggest_priorities(self):
        """Mark the three items that are weak, important and soonest done; the meeting may choose otherwise."""
        for one, lines in self.grouped("round_id").items():
            one._check_state("consensus")
            keys = scores.priorities(line._candidate() for line in lines.sorted("id"))
            lines.filtered("is_priority").is_priority = False
            lines.filtered(lambda line, keys=keys: line.id in keys).is_priority = True


def _answer_of(value):
    """Return a value of the formulas as the answer people read; False where a median falls between two levels."""
    if value is None:
        return False
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value == scores.NOT_APPLICABLE:
        return "na"
    return str(int(value)) if float(value).is_integer() else False
