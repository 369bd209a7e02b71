"""The line of an indicator: what was measured, against what was agreed on."""

from odoo import api, fields, models
from odoo.tools import SQL


class JamaaIndicatorPoint(models.Model):
    """A point of the chart: a value, a target, or the baseline of an indicator on a day. Read alone."""

    _name = "jamaa.indicator.point"
    _description = "Point of an Indicator's Chart"
    _auto = False
    _order = "day, id"
    _depends = {
        "jamaa.indicator": ["baseline_date", "baseline_value", "kind", "total", "company_id", "active"],
        "jamaa.indicator.target": ["date", "value", "indicator_id"],
        "jamaa.indicator.value": [
            "indicator_id",
            "period_end",
            "numerator",
            "denominator",
            "state",
            "superseded",
        ],
    }

    indicator_id = fields.Many2one("jamaa.indicator", "Indicator", readonly=True)
    company_id = fields.Many2one("res.company", "Commune", readonly=True)
    plan_id = fields.Many2one("project.project", "Plan", readonly=True)
    day = fields.Date("Day", readonly=True)
    kind = fields.Selection(
        [("baseline", "Baseline"), ("target", "Target"), ("actual", "Measured")], "What", readonly=True
    )
    # within one indicator and month there is one of a kind: the largest is that one
    value = fields.Float(digits=(16, 2), readonly=True, aggregator="max")

    @property
    def _table_query(self):
        """Sums first, ratios after; what adds up over time is added up."""
        return SQL(
            """
            WITH periods AS (
                SELECT v.indicator_id, v.period_end, sum(v.numerator) AS num, sum(v.denominator) AS den
                  FROM jamaa_indicator_value v
                 WHERE v.state <> 'draft' AND v.superseded IS NOT TRUE
                 GROUP BY v.indicator_id, v.period_end
            ),
            counted AS (
                SELECT p.indicator_id, p.period_end,
                       CASE WHEN i.total = 'sum' THEN sum(p.num) OVER line ELSE p.num END AS num,
                       CASE WHEN i.total = 'sum' THEN sum(p.den) OVER line ELSE p.den END AS den
                  FROM periods p JOIN jamaa_indicator i ON i.id = p.indicator_id
                 WHERE i.total <> 'sum' OR i.baseline_date IS NULL OR p.period_end > i.baseline_date
                WINDOW line AS (PARTITION BY p.indicator_id ORDER BY p.period_end)
            ),
            points AS (
                SELECT i.id AS indicator_id, c.period_end AS day, 'actual' AS kind,
                       CASE i.kind WHEN 'number' THEN c.num
                                   WHEN 'percent' THEN 100.0 * c.num / nullif(c.den, 0)
                                   ELSE c.num / nullif(c.den, 0) END AS value
                  FROM counted c JOIN jamaa_indicator i ON i.id = c.indicator_id
                 UNION ALL
                SELECT t.indicator_id, t.date, 'target', t.value FROM jamaa_indicator_target t
                 UNION ALL
                SELECT i.id, i.baseline_date, 'baseline', i.baseline_value
                  FROM jamaa_indicator i WHERE i.baseline_date IS NOT NULL
            )
            SELECT row_number() OVER (ORDER BY p.indicator_id, p.day, p.kind) AS id,
                   p.indicator_id, i.company_id, i.plan_id, p.day, p.kind, p.value
              FROM points p JOIN jamaa_indicator i ON i.id = p.indicator_id
             WHERE p.value IS NOT NULL
            """
        )

    @api.depends("indicator_id", "day")
    def _compute_display_name(self):
        for point in self:
            point.display_name = f"{point.indicator_id.name}, {point.day}"
