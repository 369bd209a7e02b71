"""Satisfaction in figures, where there are enough answers to be one."""

from odoo import api, fields, models
from odoo.tools import SQL

from .jamaa_satisfaction import SMALLEST_COUNT


class JamaaSatisfactionSummary(models.Model):
    """Counts of answers per commune, site, kind and year, computed when read.

    A count under :data:`~.jamaa_satisfaction.SMALLEST_COUNT` is not shown. Nor is a whole level
    where what is hidden could be found by subtracting what is shown from the commune's total.
    A shown count grows by whole tens only: whoever looks every day would else read each new
    answer off the difference. Words or another face keep the place of the first tap. Answers
    that are doubtful are not counted. No count is per official.

    Beside it stands how many were asked, where that is known (``_asked_query``), and the share
    of them that answered: without it a figure says little.
    """

    _name = "jamaa.satisfaction.summary"
    _description = "Satisfaction in figures"
    _auto = False
    _order = "year desc, level, answers desc, id"
    _rec_name = "year"

    level = fields.Selection([("commune", "Whole commune"), ("site", "By site"), ("kind", "By kind")], readonly=True)
    company_id = fields.Many2one("res.company", string="Commune", readonly=True)
    topic = fields.Selection([("complaint", "Complaints"), ("reception", "Reception")], readonly=True)
    year = fields.Char(readonly=True)
    site_id = fields.Many2one("jamaa.site", readonly=True)
    kind_code = fields.Selection([], string="Kind", readonly=True)
    answers = fields.Integer(readonly=True)
    helped = fields.Integer(readonly=True)
    partly = fields.Integer(string="In part", readonly=True)
    not_helped = fields.Integer(string="Did not help", readonly=True)
    helped_share = fields.Float(string="Helped (%)", digits=(5, 1), readonly=True, aggregator=None)
    asked = fields.Integer(readonly=True, help="How many were asked; empty where nobody counts them, as at an exit.")
    response_rate = fields.Float(
        string="Answered (%)",
        digits=(5, 1),
        readonly=True,
        aggregator=None,
        help="Share of those asked who answered, of the answers shown here: they come in tens, so it may be a little more.",
    )

    @api.model
    def _levels(self):
        """Return ``{level: (column of jamaa_satisfaction, its SQL type)}``; None for the whole."""
        return {"commune": None, "site": ("site_id", "integer"), "kind": ("kind_code", "varchar")}

    @api.model
    def _asked_query(self):
        """Return a query of how many were asked: company_id, topic, year and the columns of all levels.

        Each addon that asks adds its own with UNION ALL; one row for each person asked.
        """
        columns = [column for column in self._levels().values() if column]
        empty = SQL(", ").join(SQL("NULL::%s AS %s", SQL(kind), SQL.identifier(name)) for name, kind in columns)
        return SQL(
            "SELECT NULL::integer AS company_id, NULL::varchar AS topic, NULL::varchar AS year, %s WHERE false", empty
        )

    @property
    def _table_query(self):
        columns = [column for column in self._levels().values() if column]
        parts = [SQL("(%s)", self._level_query(level, column, columns)) for level, column in self._levels().items()]
        return SQL(
            """WITH asked AS (%s)
               SELECT row_number() OVER (ORDER BY company_id, topic, year, level, %s) AS id, * FROM (%s) AS levels""",
            self._asked_query(),
            SQL(", ").join(SQL.identifier(name) for name, _kind in columns),
            SQL(" UNION ALL ").join(parts),
        )

    def _level_query(self, level, column, columns):
        """Return the query of one level: the cells that may be shown."""
        keys = SQL(", ").join(
            SQL("%s AS %s", SQL.identifier("s", name), SQL.identifier(name))
            if column and name == column[0]
            else SQL("NULL::%s AS %s", SQL(kind), SQL.identifier(name))
            for name, kind in columns
        )
        by_column = SQL(", %s", SQL.identifier("s", column[0])) if column else SQL()
        same_column = (
            SQL(" AND asked.%s IS NOT DISTINCT FROM shown.%s", SQL.identifier(column[0]), SQL.identifier(column[0]))
            if column
            else SQL()
        )
        return SQL(
            """
            SELECT level, company_id, topic, year, %(names)s,
                   answers, helped, partly, not_helped,
                   round(100.0 * helped / answers, 1)::float8 AS helped_share,
                   nullif(asked_count, 0)::integer AS asked,
                   CASE WHEN asked_count >= answers
                        THEN round(100.0 * answers / asked_count, 1)::float8 END AS response_rate
              FROM (
                SELECT cells.*,
                       sum(answers) FILTER (WHERE answers < %(least)s)
                           OVER (PARTITION BY company_id, topic, year) AS hidden
                  FROM (
                    SELECT %(level)s::varchar AS level, s.company_id, s.topic, s.year, %(keys)s,
                           CASE WHEN count(*) < %(least)s THEN count(*)
                                ELSE count(*) FILTER (WHERE s.counted) END::integer AS answers,
                           (count(*) FILTER (WHERE s.value = 3 AND s.counted))::integer AS helped,
                           (count(*) FILTER (WHERE s.value = 2 AND s.counted))::integer AS partly,
                           (count(*) FILTER (WHERE s.value = 1 AND s.counted))::integer AS not_helped
                      FROM (
                        SELECT s.*, to_char(s.create_date, 'YYYY')::varchar AS year,
                               row_number() OVER cell
                                   <= count(*) OVER (PARTITION BY s.company_id, s.topic,
                                                     to_char(s.create_date, 'YYYY') %(by_column)s)
                                      / %(least)s * %(least)s AS counted
                          FROM (
                            SELECT a.*, CASE WHEN a.point_id IS NULL
                                             THEN min(a.id) OVER (PARTITION BY a.res_model, a.res_id)
                                             ELSE coalesce(a.replaces_id, a.id) END AS first_id
                              FROM jamaa_satisfaction a
                          ) AS s
                         WHERE s.is_doubtful IS NOT TRUE
                           AND NOT EXISTS (SELECT FROM jamaa_satisfaction r WHERE r.replaces_id = s.id)
                        WINDOW cell AS (PARTITION BY s.company_id, s.topic,
                                        to_char(s.create_date, 'YYYY') %(by_column)s ORDER BY s.first_id)
                      ) AS s
                     GROUP BY s.company_id, s.topic, s.year %(by_column)s
                  ) AS cells
              ) AS shown
              CROSS JOIN LATERAL (
                SELECT count(*) AS asked_count FROM asked
                 WHERE asked.company_id = shown.company_id AND asked.topic = shown.topic
                   AND asked.year = shown.year %(same_column)s
              ) AS counts
             WHERE answers >= %(least)s AND coalesce(hidden, %(least)s) >= %(least)s
            """,
            names=SQL(", ").join(SQL.identifier(name) for name, _kind in columns),
            least=SMALLEST_COUNT,
            level=level,
            keys=keys,
            by_column=by_column,
            same_column=same_column,
        )
