"""What citizens say of the sheets, in figures."""

from odoo import api, models
from odoo.tools import SQL


class JamaaMetric(models.Model):
    """Facts of the question “Was this clear?”, on the day it was answered; they name nobody."""

    _inherit = "jamaa.metric"

    @api.model
    def _metric_sources(self):
        return {**super()._metric_sources(), "sheets_clear": {"facts": self._clarity_facts}}

    def _clarity_facts(self, first, last):
        """Answers of months that are over: within a month a daily figure would tell single answers."""
        return SQL(
            """SELECT a.company_id, NULL::integer AS site_id, a.day,
                      CASE WHEN a.value = 'clear' THEN 1 ELSE 0 END::numeric AS num, 1::numeric AS den
                 FROM jamaa_procedure_clarity a
                WHERE a.company_id IS NOT NULL
                  AND a.day BETWEEN %s AND (date_trunc('month', %s::date) - interval '1 day')::date""",
            first,
            last,
        )
