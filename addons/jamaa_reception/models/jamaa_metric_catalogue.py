"""What is measured about the catalogue."""

from odoo import api, models
from odoo.tools import SQL

#: Texts of a sheet's lines that must be there in both languages: table, column.
BILINGUAL = (
    ("jamaa_procedure_step", "name"),
    ("jamaa_procedure_question", "name"),
    ("jamaa_procedure_answer", "name"),
    ("jamaa_procedure_piece", "name"),
    ("jamaa_procedure_fee", "name"),
    ("jamaa_procedure_access", "how"),
)
BOTH = "?& array['ar_MA', 'fr_MA']"


class JamaaMetric(models.Model):
    """Facts of the sheets citizens could read at the end of each month, and today.

    They are of the commune, not of a site: a sheet is one for all sites.
    """

    _inherit = "jamaa.metric"

    @api.model
    def _metric_sources(self):
        return {
            **super()._metric_sources(),
            "sheets_reviewed_in_time": {"facts": self._sheets_in_time, "drill": self._sheets_behind},
            "sheets_in_both_languages": {"facts": self._sheets_in_both_languages, "drill": self._sheets_behind},
            "access_said_how": {"facts": self._access_said_how, "drill": self._gaps_behind},
        }

    def _sheet_facts(self, first, last, num, den="1", more=""):
        """Count over the sheets that were published on each last day of a month, and today.

        :param num: what counts of one sheet; ``s`` is the sheet, ``ends.day`` the day
        :param den: out of what
        :param more: further joins
        """
        return SQL(
            """SELECT s.company_id, NULL::integer AS site_id, ends.day,
                      sum(%s)::numeric AS num, sum(%s)::numeric AS den
                 FROM (SELECT least((m + interval '1 month' - interval '1 day')::date, %s) AS day
                         FROM generate_series(date_trunc('month', %s::date), %s::date, interval '1 month') AS m) AS ends
                 JOIN jamaa_procedure_sheet s
                   ON s.company_id IS NOT NULL AND s.published_on <= ends.day
                  AND (s.superseded_on IS NULL OR s.superseded_on > ends.day)
                 JOIN jamaa_procedure p ON p.id = s.procedure_id AND p.active %s
                GROUP BY s.company_id, ends.day""",
            num, SQL(den), last, first, last, SQL(more),
        )  # fmt: skip

    def _sheets_in_time(self, first, last):
        due = """LEFT JOIN LATERAL (SELECT r.due FROM jamaa_procedure_review r
                                   WHERE r.sheet_id = s.id AND r.reviewed_on <= ends.day
                                   ORDER BY r.reviewed_on DESC, r.id DESC LIMIT 1) review ON true"""
        num = SQL("CASE WHEN coalesce(review.due, s.review_due) >= ends.day THEN 1 ELSE 0 END")
        return self._sheet_facts(first, last, num, more=due)

    def _sheets_in_both_languages(self, first, last):
        lines = SQL(" ").join(
            SQL(
                "AND NOT EXISTS (SELECT FROM %s l WHERE l.sheet_id = s.id AND NOT (l.%s %s))",
                SQL.identifier(table), SQL.identifier(column), SQL(BOTH),
            )
            for table, column in BILINGUAL
        )  # fmt: skip
        num = SQL(
            "CASE WHEN p.name %s AND coalesce(s.summary %s, false) %s THEN 1 ELSE 0 END", SQL(BOTH), SQL(BOTH), lines
        )
        return self._sheet_facts(first, last, num)

    def _access_said_how(self, first, last):
        num = SQL(
            """(SELECT count(*) FROM jamaa_procedure_access a JOIN jamaa_access_category c
                    ON c.id = a.category_id AND c.active WHERE a.sheet_id = s.id)"""
        )
        den = "(SELECT count(*) FROM jamaa_access_category c WHERE c.active)"
        return self._sheet_facts(first, last, num, den)

    def _sheets_behind(self, value):
        """The sheets that were published at the end of the period."""
        day = min(value.period_end, self._today())
        return (
            "jamaa.procedure.sheet",
            [
                ("company_id", "=", value.company_id.id),
                ("published_on", "<=", day),
                "|",
                ("superseded_on", "=", False),
                ("superseded_on", ">", day),
            ],
        )

    def _gaps_behind(self, value):
        return "jamaa.procedure.access.gap", [("company_id", "=", value.company_id.id)]
