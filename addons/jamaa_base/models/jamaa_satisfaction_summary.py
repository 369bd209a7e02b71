"""Satisfaction in figures, where there are enough answers to be one."""

from odoo import api, fields, models
from odoo.tools import SQL

from .jamaa_satisfaction import SMALLEST_COUNT


class JamaaSatisfactionSummary(models.Model):
    """Counts of answers per commune, site and year, computed when read.

    A count under :data:`~.jamaa_satisfaction.SMALLEST_COUNT` is not shown. Nor
    is a whole level where what is hidden could be found by subtracting what is
    shown from the commune's total. No count is per official.
    """

    _name = "jamaa.satisfaction.summary"
    _description = "Satisfaction in figures"
    _auto = False
    _order = "year desc, level, answers desc, id"
    _rec_name = "year"

    level = fields.Selection([("commune", "Whole commune"), ("site", "By site")], readonly=True)
    company_id = fields.Many2one("res.company", string="Commune", readonly=True)
    topic = fields.Selection([("complaint", "Complaints"), ("reception", "Reception")], readonly=True)
    year = fields.Char(readonly=True)
    site_id = fields.Many2one("jamaa.site", readonly=True)
    answers = fields.Integer(readonly=True)
    helped = fields.Integer(readonly=True)
    partly = fields.Integer(string="In part", readonly=True)
    not_helped = fields.Integer(string="Did not help", readonly=True)
    helped_share = fields.Float(string="Helped (%)", digits=(5, 1), readonly=True, aggregator=None)

    @api.model
    def _levels(self):
        """Return ``{level: column of jamaa_satisfaction}``; None for the whole."""
        return {"commune": None, "site": "site_id"}

    @property
    def _table_query(self):
        columns = [column for column in self._levels().values() if column]
        parts = [SQL("(%s)", self._level_query(level, column, columns)) for level, column in self._levels().items()]
        return SQL(
            "SELECT row_number() OVER (ORDER BY company_id, topic, year, level, %s) AS id, * FROM (%s) AS levels",
            SQL(", ").join(SQL.identifier(column) for column in columns),
            SQL(" UNION ALL ").join(parts),
        )

    def _level_query(self, level, column, columns):
        """Return the query of one level: the cells that may be shown."""
        keys = SQL(", ").join(
            SQL("%s AS %s", SQL.identifier("s", name), SQL.identifier(name))
            if name == column
            else SQL("NULL::integer AS %s", SQL.identifier(name))
            for name in columns
        )
        by_column = SQL(", %s", SQL.identifier("s", column)) if column else SQL()
        return SQL(
            """
            SELECT level, company_id, topic, year, %(names)s,
                   answers, helped, partly, not_helped,
                   round(100.0 * helped / answers, 1)::float8 AS helped_share
              FROM (
                SELECT cells.*,
                       sum(answers) FILTER (WHERE answers < %(least)s)
                           OVER (PARTITION BY company_id, topic, year) AS hidden
                  FROM (
                    SELECT %(level)s::varchar AS level, s.company_id, s.topic,
                           to_char(s.create_date, 'YYYY')::varchar AS year, %(keys)s,
                           count(*)::integer AS answers,
                           (count(*) FILTER (WHERE s.value = 3))::integer AS helped,
                           (count(*) FILTER (WHERE s.value = 2))::integer AS partly,
                           (count(*) FILTER (WHERE s.value = 1))::integer AS not_helped
                      FROM jamaa_satisfaction s
                     WHERE NOT EXISTS (SELECT FROM jamaa_satisfaction r
                                        WHERE r.replaces_id = s.id)
                     GROUP BY s.company_id, s.topic,
                              to_char(s.create_date, 'YYYY') %(by_column)s
                  ) AS cells
              ) AS shown
             WHERE answers >= %(least)s AND coalesce(hidden, %(least)s) >= %(least)s
            """,
            names=SQL(", ").join(SQL.identifier(name) for name in columns),
            least=SMALLEST_COUNT,
            level=level,
            keys=keys,
            by_column=by_column,
        )
