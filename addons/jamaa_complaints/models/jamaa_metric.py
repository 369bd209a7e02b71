"""What is measured about complaints."""

from odoo import api, models
from odoo.tools import SQL

# The kinds that are measured together; reports have no time limit of their own.
WITH_CLOCK = "t.kind IN ('complaint', 'remark', 'proposal')"


class JamaaMetric(models.Model):
    """Facts of the cases: days of legal receipt, of the answer, and the day it was due.

    The definitions follow those of the national portal where it publishes one (received,
    treated, share treated, mean time): days are those of the commune in Morocco.
    """

    _inherit = "jamaa.metric"

    @api.model
    def _metric_sources(self):
        counted = self.env["jamaa.complaint.figures"]._where()

        def cases(day, num="1", den="1", where="true"):
            """Facts of one case each, on the day of an event of it."""
            return lambda first, last: SQL(
                """SELECT t.company_id, t.site_id, %s AS day, (%s)::numeric AS num, (%s)::numeric AS den
                     FROM helpdesk_ticket t
                    WHERE %s AND %s BETWEEN %s AND %s AND %s""",
                SQL(day), SQL(num), SQL(den), counted, SQL(day), first, last, SQL(where),
            )  # fmt: skip

        def behind(day, *more):
            """The cases whose event fell into the period of a value."""
            return lambda value: (
                "helpdesk.ticket",
                [
                    ("kind", "!=", False),
                    ("confidentiality", "!=", "sensitive"),
                    ("company_id", "=", value.company_id.id),
                    (day, ">=", value.period_start),
                    (day, "<=", value.period_end),
                    *([("site_id", "=", value.site_id.id)] if value.site_id else []),
                    *more,
                ],
            )

        received, answered = "t.legal_receipt_date", "t.answered_on"
        days = "t.answered_on - t.legal_receipt_date"
        clock = ("kind", "in", ("complaint", "remark", "proposal"))
        return {
            **super()._metric_sources(),
            "cases_received": {"facts": cases(received), "drill": behind("legal_receipt_date")},
            "complaints_received": {
                "facts": cases(received, where="t.kind = 'complaint'"),
                "drill": behind("legal_receipt_date", ("kind", "=", "complaint")),
            },
            "cases_answered": {"facts": cases(answered), "drill": behind("answered_on")},
            "answered_in_time": {
                "facts": cases(
                    answered,
                    num="CASE WHEN t.answered_on <= t.due_date THEN 1 ELSE 0 END",
                    where=f"t.due_date IS NOT NULL AND {WITH_CLOCK}",
                ),
                "drill": behind("answered_on", ("due_date", "!=", False), clock),
            },
            "days_to_answer_median": {"facts": cases(answered, num=days), "drill": behind("answered_on")},
            "days_to_answer_p90": {"facts": cases(answered, num=days), "drill": behind("answered_on")},
            "cases_open": {"facts": self._open_facts("true"), "drill": self._open_behind(False)},
            "cases_late": {"facts": self._open_facts("t.due_date < ends.day"), "drill": self._open_behind(True)},
            "answer_helped": {"facts": self._helped_facts},
        }

    def _open_facts(self, where):
        """Cases without answer at the end of each month, and today: counted, one row a site."""
        return lambda first, last: SQL(
            """SELECT t.company_id, t.site_id, ends.day, count(*)::numeric AS num, count(*)::numeric AS den
                 FROM (SELECT least((m + interval '1 month' - interval '1 day')::date, %s) AS day
                         FROM generate_series(date_trunc('month', %s::date), %s::date, interval '1 month') AS m) AS ends
                 JOIN helpdesk_ticket t
                   ON %s AND t.legal_receipt_date <= ends.day
                  AND (t.answered_on IS NULL OR t.answered_on > ends.day) AND %s
                GROUP BY t.company_id, t.site_id, ends.day""",
            last, first, last, self.env["jamaa.complaint.figures"]._where(), SQL(where),
        )  # fmt: skip

    def _open_behind(self, late):
        def drill(value):
            day = min(value.period_end, self._today())
            return (
                "helpdesk.ticket",
                [
                    ("kind", "!=", False),
                    ("confidentiality", "!=", "sensitive"),
                    ("company_id", "=", value.company_id.id),
                    ("legal_receipt_date", "<=", day),
                    "|",
                    ("answered_on", "=", False),
                    ("answered_on", ">", day),
                    *([("due_date", "<", day)] if late else []),
                    *([("site_id", "=", value.site_id.id)] if value.site_id else []),
                ],
            )

        return drill

    def _helped_facts(self, first, last):
        """Faces of months that are over: within a month a daily figure would tell single answers."""
        return SQL(
            """SELECT s.company_id, s.site_id,
                      (s.create_date AT TIME ZONE 'UTC' AT TIME ZONE 'Africa/Casablanca')::date AS day,
                      CASE WHEN s.value = 3 THEN 1 ELSE 0 END::numeric AS num, 1::numeric AS den
                 FROM jamaa_satisfaction s
                WHERE s.topic = 'complaint' AND s.is_doubtful IS NOT TRUE
                  AND (s.create_date AT TIME ZONE 'UTC' AT TIME ZONE 'Africa/Casablanca')::date
                      BETWEEN %s AND (date_trunc('month', %s::date) - interval '1 day')::date
                  AND NOT EXISTS (SELECT FROM jamaa_satisfaction r WHERE r.replaces_id = s.id)
                  AND NOT EXISTS (SELECT FROM helpdesk_ticket t
                                   WHERE s.res_model = 'helpdesk.ticket' AND t.id = s.res_id AND NOT (%s))""",
            first,
            last,
            self.env["jamaa.complaint.figures"]._where(),
        )
