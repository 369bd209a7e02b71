"""What is measured about plans; assessments by the seven criteria use it as evidence."""

from odoo import api, models
from odoo.tools import SQL

#: Actions that count: of decided plans, not given up.
COUNTED = SQL(
    "t.is_action AND t.active AND t.state <> '1_canceled' AND p.active AND p.plan_state IN ('decided', 'running', 'closed')"
)


class JamaaMetric(models.Model):
    """Facts of plans. How things stand is taken at the end of a month and today; months long past are not made up
    from how things stand now: their values are those that were kept then."""

    _inherit = "jamaa.metric"

    @api.model
    def _metric_sources(self):
        owned = "t.owner_id IS NOT NULL AND t.deputy_id IS NOT NULL"
        means = "coalesce(t.resources, '') <> '' OR t.budget_amount > 0 OR t.effort_days > 0"
        complete = f"t.owner_id IS NOT NULL AND t.due_on IS NOT NULL AND ({means})"
        return {
            **super()._metric_sources(),
            "plan_actions_owned": {"facts": self._plan_state_facts(owned), "drill": self._plan_drill([])},
            "plan_actions_complete": {"facts": self._plan_state_facts(complete), "drill": self._plan_drill([])},
            "plans_published": {"facts": self._plan_published_facts, "drill": self._plan_published_drill},
            "plan_actions_late": {
                "facts": self._plan_state_facts("t.due_on < ends.day"),
                "drill": self._plan_drill([("is_late", "=", True)]),
            },
            "plan_actions_in_time": {"facts": self._plan_due_facts, "drill": self._plan_drill_due},
            "plan_actions_proved": {
                "facts": self._plan_proof_facts,
                "drill": self._plan_drill([("state", "=", "1_done")]),
            },
        }

    @api.model
    def _month_ends(self, first, last):
        """The end of last month and today, as far as they lie between two days."""
        return SQL(
            """SELECT least((m + interval '1 month' - interval '1 day')::date, %s) AS day
                 FROM generate_series(
                      date_trunc('month', greatest(%s::date, (%s::date - interval '1 month')::date)),
                      %s::date, interval '1 month') AS m""",
            last, first, last, last,
        )  # fmt: skip

    def _plan_state_facts(self, good):
        """Open actions at the end of this month and the last one, and which of them are so."""
        return lambda first, last: SQL(
            """SELECT p.company_id, NULL::integer AS site_id, ends.day,
                      CASE WHEN %s THEN 1 ELSE 0 END::numeric AS num, 1::numeric AS den
                 FROM (%s) AS ends
                 JOIN project_task t ON t.create_date::date <= ends.day AND t.state <> '1_done'
                 JOIN project_project p ON p.id = t.project_id
                WHERE %s AND p.plan_state <> 'closed'""",
            SQL(good), self._month_ends(first, last), COUNTED,
        )  # fmt: skip

    def _plan_published_facts(self, first, last):
        """Decided plans at the end of this month and the last one, and which of them were on the public page then."""
        return SQL(
            """SELECT p.company_id, NULL::integer AS site_id, ends.day,
                      CASE WHEN EXISTS (
                           SELECT FROM jamaa_plan_publication pub
                            WHERE pub.plan_id = p.id AND pub.published_on::date <= ends.day
                              AND (pub.withdrawn_on IS NULL OR pub.withdrawn_on::date > ends.day)
                      ) THEN 1 ELSE 0 END::numeric AS num, 1::numeric AS den
                 FROM (%s) AS ends
                 JOIN project_project p ON p.create_date::date <= ends.day
                WHERE p.is_plan AND p.active AND p.plan_state IN ('decided', 'running')""",
            self._month_ends(first, last),
        )  # fmt: skip

    def _plan_published_drill(self, value):
        plans = [("is_plan", "=", True), ("company_id", "=", value.company_id.id)]
        return "project.project", [*plans, ("plan_state", "in", ("decided", "running"))]

    def _plan_due_facts(self, first, last):
        """Actions on the day they were due, and whether they were done by then."""
        return SQL(
            """SELECT p.company_id, NULL::integer AS site_id, t.due_on AS day,
                      CASE WHEN t.state = '1_done'
                            AND (t.date_last_stage_update AT TIME ZONE 'UTC' AT TIME ZONE 'Africa/Casablanca')::date
                                <= t.due_on THEN 1 ELSE 0 END::numeric AS num, 1::numeric AS den
                 FROM project_task t JOIN project_project p ON p.id = t.project_id
                WHERE %s AND t.due_on BETWEEN %s AND %s AND (t.due_on < %s OR t.state = '1_done')""",
            COUNTED, first, last, last,
        )  # fmt: skip

    def _plan_proof_facts(self, first, last):
        """Actions on the day they were done, and whether a file or a link proves it."""
        return SQL(
            """SELECT p.company_id, NULL::integer AS site_id,
                      (t.date_last_stage_update AT TIME ZONE 'UTC' AT TIME ZONE 'Africa/Casablanca')::date AS day,
                      CASE WHEN coalesce(t.proof_link, '') <> ''
                             OR EXISTS (SELECT FROM project_task_proof_rel r WHERE r.project_task_id = t.id)
                           THEN 1 ELSE 0 END::numeric AS num, 1::numeric AS den
                 FROM project_task t JOIN project_project p ON p.id = t.project_id
                WHERE %s AND t.state = '1_done'
                  AND (t.date_last_stage_update AT TIME ZONE 'UTC' AT TIME ZONE 'Africa/Casablanca')::date
                      BETWEEN %s AND %s""",
            COUNTED, first, last,
        )  # fmt: skip

    def _plan_drill(self, more):
        return lambda value: (
            "project.task",
            [
                ("is_action", "=", True),
                ("company_id", "=", value.company_id.id),
                ("project_id.plan_state", "in", ("decided", "running", "closed")),
                *more,
            ],
        )

    def _plan_drill_due(self, value):
        model, domain = self._plan_drill([])(value)
        return model, [*domain, ("due_on", ">=", value.period_start), ("due_on", "<=", value.period_end)]
