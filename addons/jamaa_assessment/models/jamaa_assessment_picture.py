"""A round as a picture, in the client and on paper."""

from odoo import api, fields, models

from ..tools import pictures

#: What the overview reads of a result, in one look.
RESULT_FIELDS = [
    "round_id", "criterion_id", "score", "shown", "answered", "not_applicable", "gates_met", "gates_failed", "compared",
    "progress",
]  # fmt: skip


class JamaaAssessmentRound(models.Model):
    _inherit = "jamaa.assessment.round"

    summary = fields.Html("Overview", compute="_compute_summary", sanitize=False)

    @api.depends("result_ids")
    @api.depends_context("lang", "uid")
    def _compute_summary(self):
        for one in self:
            picture = one._picture()
            one.summary = picture and self.env["ir.qweb"]._render("jamaa_assessment.round_summary", picture)

    def _picture(self):
        """Return what the overview and the report draw, as far as the reader may see it.

        :return: dict with ``rows`` (number, name, result, bar), ``whole``, ``radar``, and the ``values`` it draws
            with the ``former`` ones; None without results
        """
        self.ensure_one()
        previous_round = self._previous()
        both = self.env["jamaa.assessment.result"].search_fetch(
            [("round_id", "in", [self._origin.id, previous_round.id])], RESULT_FIELDS
        )
        results = both.filtered(lambda row: row.round_id.id == self._origin.id)
        parts = results.filtered("criterion_id")
        if not parts:
            return None
        right_to_left = self.env["res.lang"]._get_data(code=self.env.lang or "en_US").direction == "rtl"
        previous = {row.criterion_id.key: row for row in both - results if row.criterion_id}
        values = [row.score if row.shown else None for row in parts]
        former = [previous.get(row.criterion_id.key) for row in parts]
        before = [row.score if row and row.shown else None for row in former] if previous else None
        drawing = pictures.radar(values, before, right_to_left)
        return {
            "rows": [
                {
                    "number": number,
                    "name": row.criterion_id.name,
                    "result": row,
                    "bar": pictures.address(pictures.bar(value, right_to_left)),
                }
                for number, (row, value) in enumerate(zip(parts, values, strict=True), start=1)
            ],
            "whole": results - parts,
            "radar": drawing and pictures.address(drawing),
            "before": bool(previous),
            "values": values,
            "former": before,
        }

    def action_print(self):
        """Print the report of the round."""
        return self.env.ref("jamaa_assessment.report_round").report_action(self)
