"""Named measures of a commune's work, computed from facts and kept as values."""

import logging
from base64 import b64encode

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..tools.line_chart import line_chart

_logger = logging.getLogger(__name__)

GRAINS = [("month", "Month"), ("quarter", "Three months"), ("year", "Year")]
MONTHS = {"month": 1, "quarter": 3, "year": 12}
#: A period is frozen this many days after its end: what is entered late still counts.
GRACE_DAYS = 20
#: How far back the nightly run looks.
MONTHS_BACK = 13
#: How each statistic is made of the facts' ``num`` and ``den``.
STATISTICS = {
    "sum": SQL("sum(num)"),
    "share": SQL("100.0 * sum(num) / nullif(sum(den), 0)"),
    "median": SQL("percentile_cont(0.5) WITHIN GROUP (ORDER BY num)"),
    "p90": SQL("percentile_cont(0.9) WITHIN GROUP (ORDER BY num)"),
    "snapshot": SQL("sum(num)"),
}
COMPUTERS = ("director", "administrator")


class JamaaMetric(models.Model):
    """A measure: what counts, in which unit, which way is better.

    Its addon says where the facts are (``_metric_sources``); this model turns them into values
    per commune, site and period by one query per grain, whatever the number of communes and
    facts. Values of open periods are computed anew each night; a period that ended
    :data:`GRACE_DAYS` ago is frozen. Assessments use values as evidence, plans as actuals.

    No measure is about a named person.
    """

    _name = "jamaa.metric"
    _description = "Measure"
    _order = "sequence, id"

    code = fields.Char(required=True, readonly=True, help="By which other rooms name it; it never changes.")
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    description = fields.Text("What is measured", translate=True)
    numerator_text = fields.Char("What counts", translate=True)
    denominator_text = fields.Char("Out of what", translate=True)
    unit = fields.Selection(
        [("count", "Number"), ("percent", "%"), ("days", "Days")], required=True, default="count", readonly=True
    )
    direction = fields.Selection(
        [("up", "More is better"), ("down", "Less is better"), ("neutral", "Neither is better")],
        "Which way",
        required=True,
        default="neutral",
    )
    statistic = fields.Selection(
        [
            ("sum", "Sum over the period"),
            ("share", "Share over the period"),
            ("median", "Middle value of the period"),
            ("p90", "Nine in ten are below"),
            ("snapshot", "State at the end of the period"),
        ],
        "How it is made",
        required=True,
        default="sum",
        readonly=True,
    )
    least = fields.Integer(
        "Smallest number shown",
        default=0,
        help="A value made of fewer facts than this is not kept: it could be read off.",
    )
    active = fields.Boolean(default=True)
    value_ids = fields.One2many("jamaa.metric.value", "metric_id", "Values")
    last_error = fields.Char("Last trouble", readonly=True)
    computed_at = fields.Datetime("Computed on", readonly=True)
    # of the commune one works in
    last_period = fields.Date("Period", compute="_compute_last")
    last_text = fields.Char("Latest", compute="_compute_last")
    previous_text = fields.Char("Before", compute="_compute_last")
    trend = fields.Selection(
        [
            ("better", "▲ Better"),
            ("worse", "▼ Worse"),
            ("more", "↗ More"),
            ("less", "↘ Less"),
            ("same", "= The same"),
            ("none", "No earlier value"),
        ],
        compute="_compute_last",
    )

    _code_uniq = models.Constraint("UNIQUE(code)", "Another measure has this code.")

    # ---------- what the addons say ----------

    @api.model
    def _metric_sources(self):
        """Where the facts of each measure are; each addon adds its own.

        A source is a dict of two functions::

            {"cases_received": {
                "facts": lambda first, last: SQL("SELECT company_id, site_id, day, num, den …"),
                "drill": lambda value: ("helpdesk.ticket", [(…)]),
            }}

        ``facts`` gives one row for each fact, or each group of them, between two days (both
        included): ``company_id``, ``site_id`` (or NULL), ``day``, ``num`` and ``den`` as
        numbers. ``drill`` names the records behind a ``jamaa.metric.value``; they are opened
        with the reader's own rights.

        :rtype: dict
        """
        return {}

    # ---------- reading ----------

    @api.depends_context("company", "lang")
    def _compute_last(self):
        rows = self.env["jamaa.metric.value"].search(
            [
                ("metric_id", "in", self.ids),
                ("company_id", "=", self.env.company.id),
                ("site_id", "=", False),
                ("grain", "=", "month"),
                ("period_start", ">=", self._today() - relativedelta(months=MONTHS_BACK)),
            ],
            order="metric_id, period_start desc",
        )
        for metric in self:
            mine = rows.filtered(lambda row, metric=metric: row.metric_id == metric)
            last, before = mine[:1], mine[1:2]
            metric.last_period = last.period_start
            metric.last_text = metric._in_words(last)
            metric.previous_text = metric._in_words(before)
            metric.trend = metric._trend(last, before)

    def _in_words(self, row):
        """A value with its unit, such as « 62.5 % »; nothing for no value."""
        if not row:
            return False
        number = f"{row.value:,.1f}".rstrip("0").rstrip(".").replace(",", "\u202f")
        return {
            "count": number,
            "percent": f"{number}\u00a0%",
            "days": self.env._("%(days)s days", days=number),
        }[self.unit]

    def _trend(self, last, before):
        if not last or not before:
            return "none"
        if last.value == before.value:
            return "same"
        more = last.value > before.value
        if self.direction == "neutral":
            return "more" if more else "less"
        return "better" if more == (self.direction == "up") else "worse"

    @api.model
    def _today(self):
        return fields.Date.context_today(self.with_context(tz="Africa/Casablanca"))

    def action_open_values(self):
        """Button: the values of this measure."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_base.jamaa_metric_value_action")
        return {
            **action,
            "name": self.name,
            "domain": [("metric_id", "in", self.ids)],
            "context": {"search_default_month": 1, "search_default_whole": 1},
        }

    def action_xlsx(self):
        """Button: all values of the chosen measures, with what they mean, as a table."""
        self.check_access("read")
        ids = ",".join(map(str, self.ids))
        return {"type": "ir.actions.act_url", "url": f"/jamaa/figures.xlsx?metrics={ids}", "target": "self"}

    def action_print(self):
        """Button: the chosen measures on paper."""
        self.check_access("read")
        return self.env.ref("jamaa_base.report_metrics").report_action(self)

    # ---------- computing ----------

    def action_compute(self):
        """Button: compute open periods now.

        :raise AccessError: not for this role
        """
        self._check_may_compute()
        (self or self.search([("active", "=", True)]))._compute_values()

    def _check_may_compute(self):
        if not any(self.env.user.has_group(f"jamaa_base.group_{role}") for role in COMPUTERS):
            raise AccessError(self.env._("The director or an administrator has figures computed."))

    @api.model
    def _cron_compute(self):
        """Each night: every measure, one a step; one that fails does not hold up the others."""
        metrics = self.search([("active", "=", True)])
        for done, metric in enumerate(metrics, start=1):
            metric._compute_values()
            if not self.env["ir.cron"]._commit_progress(1, remaining=len(metrics) - done):
                break

    def _compute_values(self, first=None):
        """Compute the values of these measures for all communes, from a day on.

        Frozen periods stay as they are.

        :param first: a date; default :data:`MONTHS_BACK` months ago
        """
        today = self._today()
        first = (first or today - relativedelta(months=MONTHS_BACK)).replace(day=1)
        sources = self._metric_sources()
        # sudo: jamaa.metric - values are written by the computation alone
        for metric in self.sudo():
            source = sources.get(metric.code)
            if not source:
                continue
            try:
                with self.env.cr.savepoint():
                    for grain in metric._grains():
                        metric._compute_grain(source["facts"], grain, first, today)
                metric.write({"last_error": False, "computed_at": fields.Datetime.now()})
            except Exception as error:
                _logger.warning("Measure %s could not be computed: %s", metric.code, error)
                metric.last_error = str(error)[:200]
        self.env["jamaa.metric.value"].invalidate_model()

    def _grains(self):
        """Kinds of periods: months alone where small numbers are hidden, or the hidden month would be
        found by subtracting the others from the quarter or the year."""
        self.ensure_one()
        return ["month"] if self.least else list(MONTHS)

    def _compute_grain(self, facts, grain, first, today):
        """Compute one measure for one grain: one query, however many communes, sites and facts."""
        self.ensure_one()
        months = MONTHS[grain]
        first = first.replace(month=(first.month - 1) // months * months + 1)
        last = today
        period = SQL("date_trunc(%s, day)::date", grain)
        snapshot = SQL("WHERE day = last_day") if self.statistic == "snapshot" else SQL()
        self.env.cr.execute(
            SQL(
                """
                WITH facts AS (%(facts)s),
                dated AS (
                    -- The last day by the calendar: a state of nothing has no facts on it.
                    SELECT facts.*, %(period)s AS period_start,
                           least((%(period)s + make_interval(months => %(months)s) - interval '1 day')::date,
                                 %(today)s::date) AS last_day
                      FROM facts
                ),
                cells AS (
                    SELECT company_id, CASE WHEN grouping(site_id) = 1 THEN NULL ELSE site_id END AS site_id,
                           period_start, sum(num) AS numerator, sum(den) AS denominator, %(statistic)s AS value
                      FROM dated %(snapshot)s
                     GROUP BY GROUPING SETS ((company_id, period_start), (company_id, site_id, period_start))
                    HAVING grouping(site_id) = 1 OR site_id IS NOT NULL
                ),
                weighed AS (
                    SELECT cells.*, sum(denominator) FILTER (WHERE site_id IS NULL) OVER commune
                                    - coalesce(sum(denominator) FILTER (
                                        WHERE site_id IS NOT NULL AND denominator >= %(least)s) OVER commune, 0) AS rest
                      FROM cells WINDOW commune AS (PARTITION BY company_id, period_start)
                ),
                kept AS (
                    INSERT INTO jamaa_metric_value AS old (
                        metric_id, company_id, site_id, grain, period_start, period_end,
                        numerator, denominator, value, closed, computed_at)
                    SELECT %(metric)s, company_id, site_id, %(grain)s, period_start,
                           (period_start + make_interval(months => %(months)s) - interval '1 day')::date,
                           numerator, denominator, value,
                           period_start + make_interval(months => %(months)s, days => %(grace)s) <= %(today)s,
                           now() AT TIME ZONE 'UTC'
                      FROM weighed
                     WHERE value IS NOT NULL AND coalesce(denominator, 0) >= %(least)s
                       -- What the sites shown leave of the whole commune is not small either.
                       AND (%(least)s = 0 OR site_id IS NULL OR rest = 0 OR rest >= %(least)s)
                        ON CONFLICT (metric_id, company_id, grain, period_start, (coalesce(site_id, 0)))
                        DO UPDATE SET numerator = excluded.numerator, denominator = excluded.denominator,
                                      value = excluded.value, closed = excluded.closed,
                                      computed_at = excluded.computed_at
                                WHERE NOT old.closed
                    RETURNING old.id
                )
                DELETE FROM jamaa_metric_value gone
                 WHERE gone.metric_id = %(metric)s AND gone.grain = %(grain)s AND NOT gone.closed
                   AND gone.period_start >= %(first)s AND gone.id NOT IN (SELECT id FROM kept)
                """,
                facts=facts(first, last),
                period=period,
                statistic=STATISTICS[self.statistic],
                snapshot=snapshot,
                metric=self.id,
                grain=grain,
                months=months,
                grace=GRACE_DAYS,
                today=today,
                first=first,
                least=self.least,
            )
        )

    def _reopen(self, company, period_start, grain):
        """Compute a frozen period anew, on the word of who answers for the commune; it is put on the register.

        :raise AccessError: not for this role
        """
        self._check_may_compute()
        self.ensure_one()
        rows = self.env["jamaa.metric.value"].search(
            [
                ("metric_id", "=", self.id),
                ("company_id", "=", company.id),
                ("grain", "=", grain),
                ("period_start", "=", period_start),
                ("closed", "=", True),
            ]
        )
        if not rows:
            raise UserError(self.env._("This period is not frozen: it is computed each night."))
        rows._thaw()
        self._compute_values(first=period_start)
        self.env["jamaa.register.entry"]._enter(
            company,
            "figures_recomputed",
            {"metric": self.code, "grain": grain, "period": fields.Date.to_string(period_start)},
            self,
        )

    def _series(self, company, months=12):
        """The monthly values of a commune, oldest first, for papers and charts.

        :return: list of (first day of the month, value or None)
        """
        self.ensure_one()
        first = self._today().replace(day=1) - relativedelta(months=months - 1)
        rows = self.env["jamaa.metric.value"].search(
            [
                ("metric_id", "=", self.id),
                ("company_id", "=", company.id),
                ("site_id", "=", False),
                ("grain", "=", "month"),
                ("period_start", ">=", first),
            ]
        )
        known = {row.period_start: row for row in rows}
        return [(month, known.get(month)) for month in (first + relativedelta(months=step) for step in range(months))]

    def _chart(self, series):
        """The picture of a series for a paper, as a ``data:`` address; time runs the way the reader reads."""
        self.ensure_one()
        right_to_left = self.env["res.lang"]._get_data(code=self.env.lang).direction == "rtl"
        points = [(month.strftime("%m/%y"), row.value if row else None) for month, row in series]
        svg = line_chart(points, right_to_left)
        return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
