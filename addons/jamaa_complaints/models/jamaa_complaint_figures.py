"""What is counted about the cases of a commune over a period: one query, whatever their number."""

from odoo import api, models
from odoo.tools import SQL

from .jamaa_metric import WITH_CLOCK

#: What cases are told apart by, and the column that says so (as text; NULL: not said).
DIMENSIONS = {
    "kind": SQL("t.kind::text"),
    "category": SQL("t.category_id::text"),
    "site": SQL("t.site_id::text"),
    "service": SQL("t.service_id::text"),
    "channel": SQL("t.channel_id::text"),
    "sex": SQL("t.citizen_sex::text"),
    "language": SQL("t.public_lang::text"),
    "outcome": SQL("t.outcome::text"),
    "cause": SQL("t.cause_id::text"),
    "quarter": SQL("t.quarter_id::text"),
    # by its code: a commune's own copy of a ground is the same ground
    "ground": SQL(
        "(SELECT g.code FROM jamaa_complaint_ground g"
        " WHERE g.id = t.ground_id AND t.admissibility IN ('inadmissible', 'referred'))"
    ),
}
COUNTS = (
    "received",
    "answered",
    "answered_of_received",
    "open_at_end",
    "late_at_end",
    "timed",
    "in_time",
    "reopened",
    "said",
    "helped",
    "not_helped",
)
MEASURES = ("days_median", "days_p90", "days_mean")


class JamaaComplaintFigures(models.AbstractModel):
    """Counts and times of cases between two days, for the report, the dashboard and the public page.

    Days are those of the commune in Morocco:

    ``received``
        legal receipt in the period
    ``answered``
        an answer left in the period
    ``answered_of_received``
        of those received in the period, the answered ones: the national portal's « treated »
    ``open_at_end``, ``late_at_end``
        without an answer at the end of the period; of them, those whose date had passed
    ``timed``, ``in_time``
        answers with a due date; of them, those that left on that day or before
    ``days_median``, ``days_p90``, ``days_mean``
        from receipt to answer, of the answers of the period; the mean is the national portal's
    ``reopened``
        cases opened again in the period
    ``said``, ``helped``, ``not_helped``
        of those answered in the period, who tapped a face; the happy and the unhappy one

    Nothing is counted per official.
    """

    _name = "jamaa.complaint.figures"
    _description = "Figures about cases"

    @api.model
    def _where(self):
        """Which cases are counted at all, as SQL on ``helpdesk_ticket t``."""
        return SQL("t.kind IS NOT NULL")

    @api.model
    def _figures(self, company, first, last):
        """Count the cases of a commune between two days, both included.

        :param company: the commune
        :return: dict ``(dimension, key)`` → dict of :data:`COUNTS` and :data:`MEASURES`;
            the whole is ``("all", "")``; a key is text, empty where it is not said
        """
        names = list(DIMENSIONS)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH said AS (
                    SELECT DISTINCT ON (s.res_id) s.res_id, s.value
                      FROM jamaa_satisfaction s
                     WHERE s.company_id = %(company)s AND s.res_model = 'helpdesk.ticket'
                       AND s.value > 0 AND s.is_doubtful IS NOT TRUE
                     ORDER BY s.res_id, s.id DESC
                ), again AS (
                    SELECT m.case_id, count(*) AS times
                      FROM jamaa_complaint_milestone m
                     WHERE m.company_id = %(company)s AND m.code = 'reopened'
                       AND (m.date AT TIME ZONE 'UTC' AT TIME ZONE 'Africa/Casablanca')::date
                           BETWEEN %(first)s AND %(last)s
                     GROUP BY m.case_id
                ), facts AS (
                    SELECT %(columns)s,
                           t.legal_receipt_date BETWEEN %(first)s AND %(last)s AS is_received,
                           coalesce(t.answered_on BETWEEN %(first)s AND %(last)s, false) AS is_answered,
                           coalesce(t.answered_on <= %(last)s, false) AS is_done,
                           t.due_date IS NOT NULL AND %(with_clock)s AS has_clock,
                           t.answered_on <= t.due_date AS is_in_time,
                           t.due_date < %(last)s AS is_due,
                           t.answered_on - t.legal_receipt_date AS days,
                           again.times, said.value
                      FROM helpdesk_ticket t
                      LEFT JOIN said ON said.res_id = t.id
                      LEFT JOIN again ON again.case_id = t.id
                     WHERE t.company_id = %(company)s AND %(where)s
                       AND t.legal_receipt_date <= %(last)s
                       AND (t.answered_on IS NULL OR t.answered_on >= %(first)s
                            OR t.legal_receipt_date >= %(first)s OR again.times > 0)
                )
                SELECT grouping(%(names)s) AS mask, %(names)s,
                       count(*) FILTER (WHERE is_received) AS received,
                       count(*) FILTER (WHERE is_answered) AS answered,
                       count(*) FILTER (WHERE is_received AND is_done) AS answered_of_received,
                       count(*) FILTER (WHERE NOT is_done) AS open_at_end,
                       count(*) FILTER (WHERE NOT is_done AND has_clock AND is_due) AS late_at_end,
                       count(*) FILTER (WHERE is_answered AND has_clock) AS timed,
                       count(*) FILTER (WHERE is_answered AND has_clock AND is_in_time) AS in_time,
                       coalesce(sum(times), 0)::integer AS reopened,
                       count(value) FILTER (WHERE is_answered) AS said,
                       count(*) FILTER (WHERE is_answered AND value = 3) AS helped,
                       count(*) FILTER (WHERE is_answered AND value = 1) AS not_helped,
                       percentile_cont(0.5) WITHIN GROUP (ORDER BY days) FILTER (WHERE is_answered) AS days_median,
                       percentile_cont(0.9) WITHIN GROUP (ORDER BY days) FILTER (WHERE is_answered) AS days_p90,
                       (avg(days) FILTER (WHERE is_answered))::float8 AS days_mean
                  FROM facts
                 GROUP BY GROUPING SETS ((), %(sets)s)
                """,
                company=company.id,
                first=first,
                last=last,
                columns=SQL(", ").join(
                    SQL("%s AS %s", column, SQL.identifier(name)) for name, column in DIMENSIONS.items()
                ),
                with_clock=SQL(WITH_CLOCK),
                where=self._where(),
                names=SQL(", ").join(map(SQL.identifier, names)),
                sets=SQL(", ").join(SQL("(%s)", SQL.identifier(name)) for name in names),
            )
        )
        cells = {}
        for row in self.env.cr.dictfetchall():
            # The mask has one bit a name, set for those that are not grouped by; the last name is bit 0.
            told = [name for bit, name in enumerate(reversed(names)) if not row["mask"] >> bit & 1]
            key = (told[0], row[told[0]] or "") if told else ("all", "")
            cells[key] = {name: row[name] for name in (*COUNTS, *MEASURES)}
        return cells

    @api.model
    def _promises(self, company, first, last):
        """What the answers of a period promised, and what became of it until now.

        :return: dict of counts: ``made``, and of them ``done``, ``dropped``, ``waiting`` (its day is
            to come), ``late`` (its day is past)
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT count(*) AS made,
                       count(*) FILTER (WHERE p.state = 'done') AS done,
                       count(*) FILTER (WHERE p.state = 'dropped') AS dropped,
                       count(*) FILTER (WHERE p.state = 'open' AND p.due_on >= %(today)s) AS waiting,
                       count(*) FILTER (WHERE p.state = 'open' AND p.due_on < %(today)s) AS late
                  FROM jamaa_complaint_promise p
                  JOIN helpdesk_ticket t ON t.id = p.case_id
                 WHERE t.company_id = %(company)s AND %(where)s AND p.is_told
                   AND t.answered_on BETWEEN %(first)s AND %(last)s
                """,
                today=self.env["helpdesk.ticket"]._commune_today(),
                company=company.id,
                where=self._where(),
                first=first,
                last=last,
            )
        )
        return self.env.cr.dictfetchone()

    @api.model
    def _months(self, company, first, last):
        """Received and answered of each month.

        :return: list of dicts ``month`` (YYYY-MM), ``received``, ``answered``; every month of the period
        """
        self.env.cr.execute(
            SQL(
                """
                SELECT to_char(month, 'YYYY-MM') AS month,
                       count(*) FILTER (WHERE what = 'received') AS received,
                       count(*) FILTER (WHERE what = 'answered') AS answered
                  FROM generate_series(date_trunc('month', %(first)s::date), %(last)s::date, interval '1 month') AS month
                  LEFT JOIN (
                    SELECT t.legal_receipt_date AS day, 'received' AS what
                      FROM helpdesk_ticket t
                     WHERE t.company_id = %(company)s AND %(where)s
                       AND t.legal_receipt_date BETWEEN %(first)s AND %(last)s
                     UNION ALL
                    SELECT t.answered_on, 'answered'
                      FROM helpdesk_ticket t
                     WHERE t.company_id = %(company)s AND %(where)s
                       AND t.answered_on BETWEEN %(first)s AND %(last)s
                  ) AS facts ON date_trunc('month', facts.day) = month
                 GROUP BY month ORDER BY month
                """,
                company=company.id,
                first=first,
                last=last,
                where=self._where(),
            )
        )
        return self.env.cr.dictfetchall()
