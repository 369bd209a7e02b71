"""A round beside its peers, on screen and on paper."""

from odoo import api, fields, models

from ..tools import pictures, scores
from .jamaa_assessment_picture import _address


class JamaaAssessmentRound(models.Model):
    _inherit = "jamaa.assessment.round"

    peer_summary = fields.Html("Beside other communes", compute="_compute_peer_summary", sanitize=False)

    @api.depends("result_ids")
    @api.depends_context("lang", "uid")
    def _compute_peer_summary(self):
        for one in self:
            beside = one._beside_peers()
            one.peer_summary = beside and self.env["ir.qweb"]._render(
                "jamaa_assessment.round_beside_peers", {"beside": beside}
            )

    def _beside_peers(self):
        """Return the own values and the bands, as far as the reader may see the results of the round.

        :return: dict with ``date`` of the bands and ``criteria`` (name, own, range, middle, bar, items); None
            without results
        """
        self.ensure_one()
        results = self.env["jamaa.assessment.result"].search([("round_id", "=", self._origin.id)])
        parts = results.filtered("criterion_id")
        if not parts:
            return None
        right_to_left = self.env["res.lang"]._get_data(code=self.env.lang or "en_US").direction == "rtl"
        bands = self.env["jamaa.assessment.pool"]._bands_of(self.company_id, self.version_id)
        lines = self.consensus_ids.filtered(lambda line: line.kind == "level")
        lines = lines.sorted(lambda line: (line.item_id.sequence, line.item_id.id)).grouped("criterion_id")
        return {
            "date": bands["date"],
            "criteria": [
                {
                    "name": row.criterion_id.name,
                    **_drawn(
                        row.score if row.shown else None, bands["criteria"].get(row.criterion_id.id), 1, right_to_left
                    ),
                    "items": [
                        {
                            "name": line.item_id.name,
                            **_drawn(
                                line._value(),
                                bands["items"].get(line.item_id.id),
                                100 / scores.HIGHEST,
                                right_to_left,
                            ),
                        }
                        for line in lines.get(row.criterion_id, [])
                    ],
                }
                for row in parts
            ],
        }


def _drawn(own, band, scale, right_to_left):
    """The own value, the band in words and both as a bar.

    :param own: a level, a score, or what has neither
    :param band: a Band on the same scale, or None
    :param float scale: what brings both to 100
    """
    known = own if isinstance(own, int | float) and not isinstance(own, bool) else None
    places = band and tuple(value * scale for value in (band.low, band.middle, band.high))
    return {
        "own": "–" if known is None else f"{known:.0f}",
        "range": band and f"{band.low:g} – {band.high:g}",
        "middle": band and f"{band.middle:g}",
        "bar": _address(pictures.bar(None if known is None else known * scale, right_to_left, places)),
    }
