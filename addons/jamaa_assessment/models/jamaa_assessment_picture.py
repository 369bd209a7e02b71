"""A round as a picture, in the client and on paper."""

from base64 import b64encode

from odoo import api, fields, models

from ..tools import pictures


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
        results = self.env["jamaa.assessment.result"].search([("round_id", "=", self._origin.id)])
        parts = results.filtered("criterion_id")
        if not parts:
            return None
        right_to_left = self.env["res.lang"]._get_data(code=self.env.lang or "en_US").direction == "rtl"
        previous = {row.criterion_id.key: row for row in self._previous().result_ids if row.criterion_id}
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
                    "bar": self._drawing(pictures.bar(value, right_to_left)),
                }
                for number, (row, value) in enumerate(zip(parts, values, strict=True), start=1)
            ],
            "whole": results - parts,
            "radar": drawing and self._drawing(drawing),
            "before": bool(previous),
            "values": values,
            "former": before,
        }

    def action_print(self):
        """Print the report of the round."""
        return self.env.ref("jamaa_assessment.report_round").report_action(self)

    @api.model
    def _drawing(self, svg):
        """Return a drawing as an address that needs no fetching."""
        return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
