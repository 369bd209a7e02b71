"""What a validated round came to, criterion by criterion."""

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import scores


class JamaaAssessmentResult(models.Model):
    """The score of one criterion of a validated round, or of the whole (without criterion).

    Computed once, from what was agreed, and kept: a fact. It serves the commune's own work. It is no rank, is not
    compared with a named commune, and is not part of a file for grants.
    """

    _name = "jamaa.assessment.result"
    _inherit = ["jamaa.append.only", "jamaa.assessment.panel"]
    _description = "Result of a round"
    _order = "round_id desc, sequence, id"

    round_id = fields.Many2one("jamaa.assessment.round", required=True, index=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", "Commune", required=True, index=True, readonly=True)
    criterion_id = fields.Many2one(
        "jamaa.assessment.criterion",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: the whole.",
    )
    sequence = fields.Integer(readonly=True)
    score = fields.Float("Score (0 to 100)", digits=(4, 1), readonly=True, aggregator=None)
    shown = fields.Boolean("Enough answered", readonly=True, help="Three fifths of the items that apply, at least.")
    answered = fields.Integer("Items with a level", readonly=True, aggregator=None)
    not_applicable = fields.Integer("Items that do not apply", readonly=True, aggregator=None)
    gates_met = fields.Integer("Duties met", readonly=True, aggregator=None)
    gates_failed = fields.Integer("Duties not met", readonly=True, aggregator=None)
    compared = fields.Integer(
        "Items compared", readonly=True, aggregator=None, help="That read the same in the last round."
    )
    progress = fields.Float(
        "Change in levels", digits=(3, 2), readonly=True, aggregator=None, help="Mean over the items compared alone."
    )
    raised = fields.Integer(
        "Bar raised", readonly=True, aggregator=None, help="Items worded anew since the last round: not compared."
    )

    _criterion_uniq = models.UniqueIndex("(round_id, coalesce(criterion_id, 0))")

    @api.depends("criterion_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.criterion_id.name or self.env._("The whole")

    def action_open_page(self):
        """Open the page of results of the round."""
        self.ensure_one()
        return self.round_id.action_open_results()

    @api.model
    def _domain_open_to_me(self):
        return Domain("round_id", "any!", [("state", "=", "validated")]) & self._domain_agreed_open_to_me()

    @api.model
    def _words_not_changed(self):
        return self.env._("Results are computed from what the group agreed on; they are not typed.")

    @api.model
    def _words_not_deleted(self):
        return self.env._("The results of a round stay on record.")

    @api.model
    def _make_of(self, one):
        """Compute and keep the results of a round that was just validated."""
        lines = one.consensus_ids
        before = {line.item_id.key: (line.item_id.fingerprint, line._value()) for line in one._previous().consensus_ids}
        vals_list, parts = [], []
        for criterion, group in lines.sorted(lambda line: line.criterion_id.sequence).grouped("criterion_id").items():
            levels = group.filtered(lambda line: line.kind == "level")
            score = scores.criterion_score((line.item_id.weight, line._value()) for line in levels)
            parts.append((criterion.weight, score))
            vals_list.append(
                {**self._row(score, group, before), "criterion_id": criterion.id, "sequence": criterion.sequence}
            )
        vals_list.append({**self._row(scores.whole_score(parts), lines, before), "sequence": 1000})
        return self.create([{**vals, "round_id": one.id, "company_id": one.company_id.id} for vals in vals_list])

    @api.model
    def _row(self, score, lines, before):
        """Return the figures of one row, of a criterion or of the whole."""
        gates = lines.filtered(lambda line: line.kind == "gate")
        met, failed, _open = scores.gates({line.id: line._value() for line in gates})
        moved = scores.progress(
            before, {line.item_id.key: (line.item_id.fingerprint, line._value()) for line in lines - gates}
        )
        return {
            "score": score.value or 0.0,
            "shown": score.shown,
            "answered": score.answered,
            "not_applicable": score.not_applicable,
            "gates_met": len(met),
            "gates_failed": len(failed),
            "compared": len(moved.changes),
            "progress": moved.mean or 0.0,
            "raised": len(moved.raised),
        }
