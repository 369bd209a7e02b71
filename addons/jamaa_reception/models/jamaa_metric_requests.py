"""What is measured about requests and about papers looked at before."""

from odoo import api, models
from odoo.tools import SQL


class JamaaMetric(models.Model):
    """Facts of requests and of papers looked at, per site. A site with few of them is not shown."""

    _inherit = "jamaa.metric"

    @api.model
    def _metric_sources(self):
        return {
            **super()._metric_sources(),
            "requests_received": {
                "facts": self._request_facts("received_on"),
                "drill": self._requests_behind("received_on"),
            },
            "requests_decided_in_time": {
                "facts": self._request_facts(
                    "decided_on", "CASE WHEN q.decided_on <= q.due_date THEN 1 ELSE 0 END", "q.due_date IS NOT NULL"
                ),
                "drill": self._requests_behind("decided_on", ("due_date", "!=", False)),
            },
            "days_to_decision_median": {
                "facts": self._request_facts("decided_on", "q.decided_on - q.received_on"),
                "drill": self._requests_behind("decided_on"),
            },
            "days_to_decision_p90": {
                "facts": self._request_facts("decided_on", "q.decided_on - q.received_on"),
                "drill": self._requests_behind("decided_on"),
            },
            "papers_complete_at_once": {
                "facts": self._precheck_facts("CASE WHEN l.missing_count = 0 THEN 1 ELSE 0 END")
            },
            "papers_missing": {"facts": self._precheck_facts("l.missing_count")},
            "returns_avoided": {"facts": self._precheck_facts("l.return_avoided")},
            "reception_helped": {"facts": self._reception_helped},
        }

    def _request_facts(self, day, num="1", where="true"):
        """Facts of one request each, on the day of an event of it.

        :param str day: its column; ``q`` is the request
        """
        column = SQL.identifier("q", day)
        return lambda first, last: SQL(
            """SELECT q.company_id, q.site_id, %s AS day, (%s)::numeric AS num, 1::numeric AS den
                 FROM jamaa_procedure_request q
                WHERE %s BETWEEN %s AND %s AND %s""",
            column, SQL(num), column, first, last, SQL(where),
        )  # fmt: skip

    def _requests_behind(self, day, *more):
        """The requests whose event fell into the period of a value."""
        return lambda value: (
            "jamaa.procedure.request",
            [
                ("company_id", "=", value.company_id.id),
                (day, ">=", value.period_start),
                (day, "<=", value.period_end),
                *([("site_id", "=", value.site_id.id)] if value.site_id else []),
                *more,
            ],
        )

    def _precheck_facts(self, num):
        """Facts of one look at somebody's papers each; ``l`` is the look."""
        return lambda first, last: SQL(
            """SELECT l.company_id, l.site_id, l.date AS day, coalesce(%s, 0)::numeric AS num, 1::numeric AS den
                 FROM jamaa_reception_precheck l WHERE l.date BETWEEN %s AND %s""",
            SQL(num), first, last,
        )  # fmt: skip

    def _reception_helped(self, first, last):
        """Faces of months that are over: within a month a daily figure would tell single answers."""
        return SQL(
            """SELECT s.company_id, s.site_id,
                      (s.create_date AT TIME ZONE 'UTC' AT TIME ZONE 'Africa/Casablanca')::date AS day,
                      CASE WHEN s.value = 3 THEN 1 ELSE 0 END::numeric AS num, 1::numeric AS den
                 FROM jamaa_satisfaction s
                WHERE s.topic = 'reception' AND s.is_doubtful IS NOT TRUE
                  AND (s.create_date AT TIME ZONE 'UTC' AT TIME ZONE 'Africa/Casablanca')::date
                      BETWEEN %s AND (date_trunc('month', %s::date) - interval '1 day')::date
                  AND NOT EXISTS (SELECT FROM jamaa_satisfaction r WHERE r.replaces_id = s.id)""",
            first,
            last,
        )
