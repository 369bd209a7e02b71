"""What shows whether a plan, one of its results, or a line of the communal action programme is reached."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..tools import indicator_rules

#: How an indicator stands; the computed one. “stale” is no shade of the others.
LIGHTS = [
    ("green", "On track"),
    ("amber", "Behind"),
    ("red", "Far behind"),
    ("stale", "No fresh value"),
    ("none", "Nothing to say yet"),
]
#: What a person says of a plan or an action.
DECLARED = LIGHTS[:3]
#: What cannot change once there are values: they would mean something else.
SHAPE = {"kind", "frequency", "by_sex", "by_site", "total", "metric_id", "plan_id", "pac_line_id"}


class JamaaIndicator(models.Model):
    """An indicator: from which baseline to which targets, measured how often, by which function, seen where.

    It belongs to a plan, to one of its results, or to a line of the communal action programme. Its light is computed;
    what people declare stands beside it. The arithmetic is in ``tools/indicator_rules.py``.
    """

    _name = "jamaa.indicator"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Indicator"
    _order = "plan_id, result_id, sequence, id"
    _check_company_auto = True

    # What it is about
    name = fields.Char("Indicator", required=True, translate=True, tracking=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    plan_id = fields.Many2one(
        "project.project",
        "Plan",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        domain="[('is_plan', '=', True)]",
    )
    result_id = fields.Many2one(
        "jamaa.plan.result",
        "Result",
        index="btree_not_null",
        ondelete="cascade",
        domain="[('plan_id', '=', plan_id)]",
        help="Empty: the indicator is about the plan as a whole.",
    )
    pac_line_id = fields.Many2one(
        "jamaa.pac.line", "Line of the programme", index="btree_not_null", ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        "res.company", "Commune", compute="_compute_company_id", store=True, precompute=True, index=True
    )
    level = fields.Selection(
        [("activity", "Activity"), ("output", "Output"), ("outcome", "Outcome")], required=True, default="output"
    )

    # How it is measured
    kind = fields.Selection(
        [("number", "A number"), ("percent", "A percentage"), ("ratio", "So many for each")],
        "How it is made",
        required=True,
        default="number",
        help="Percentages and ratios are kept as what counts and out of how many, and rolled up from their sums.",
    )
    unit = fields.Char(translate=True, help="Files, minutes, people trained…")
    numerator_text = fields.Char("What counts", translate=True)
    denominator_text = fields.Char("Out of what", translate=True)
    direction = fields.Selection(
        [("up", "More is better"), ("down", "Less is better"), ("range", "Between two values")],
        "Which way",
        required=True,
        default="up",
        tracking=True,
    )
    total = fields.Selection(
        [("latest", "The latest period counts"), ("sum", "Periods since the baseline add up")],
        "Over time",
        required=True,
        default="latest",
    )
    frequency = fields.Selection(
        [
            ("month", "Each month"),
            ("quarter", "Every three months"),
            ("half", "Every six months"),
            ("year", "Each year"),
        ],
        required=True,
        default="quarter",
        tracking=True,
    )
    by_sex = fields.Boolean("Split by sex", help="Each period has a value for women and one for men.")
    by_site = fields.Boolean("Split by site", help="Each period has a value for each site.")
    owner_function_id = fields.Many2one(
        "jamaa.function",
        "Function in charge",
        check_company=True,
        index="btree_not_null",
        tracking=True,
        help="Reports the values, and is told when none came for long. It stays when the person changes.",
    )
    source = fields.Char("Where it is verified", translate=True, help="Register, survey, report: where one looks.")
    metric_id = fields.Many2one(
        "jamaa.metric",
        "Measured by",
        index="btree_not_null",
        ondelete="restrict",
        help="The commune's own figures fill the values; nobody types them.",
    )

    # From where to where
    baseline_value = fields.Float("Baseline", digits=(16, 2), tracking=True)
    baseline_date = fields.Date("Baseline of", tracking=True, help="Empty while the starting point is not known.")
    baseline_source = fields.Char("Source of the baseline", translate=True)
    target_ids = fields.One2many("jamaa.indicator.target", "indicator_id", "Targets", copy=True)
    value_ids = fields.One2many("jamaa.indicator.value", "indicator_id", "Values")

    # How it stands
    light = fields.Selection(LIGHTS, "How it stands", compute="_compute_light", store=True, index=True)
    has_actual = fields.Boolean("Measured", compute="_compute_light", store=True)
    actual = fields.Float("Latest value", digits=(16, 2), compute="_compute_light", store=True, aggregator=None)
    actual_on = fields.Date("Measured until", compute="_compute_light", store=True)
    target_now = fields.Float("Target", digits=(16, 2), compute="_compute_light", store=True, aggregator=None)
    reached = fields.Float(
        "Share of the way (%)",
        digits=(16, 0),
        compute="_compute_light",
        store=True,
        aggregator=None,
        help="From the baseline to the target of the present period.",
    )
    waiting_count = fields.Integer("Values to validate", compute="_compute_waiting_count")
    told_for = fields.Date(readonly=True, copy=False, help="The period whose missing value was told.")

    _one_subject = models.Constraint(
        "CHECK((plan_id IS NULL) <> (pac_line_id IS NULL))",
        "An indicator belongs to a plan or to a line of the communal action programme, to one of them.",
    )
    _stale_idx = models.Index("(light, company_id) WHERE active")

    # ---------- computes ----------

    @api.depends("plan_id.company_id", "pac_line_id.company_id")
    def _compute_company_id(self):
        for indicator in self:
            indicator.company_id = indicator.plan_id.company_id or indicator.pac_line_id.company_id

    @api.depends(
        "direction",
        "kind",
        "total",
        "frequency",
        "baseline_value",
        "baseline_date",
        "target_ids.date",
        "target_ids.value",
        "target_ids.value_high",
        "value_ids.state",
        "value_ids.superseded",
        "value_ids.numerator",
        "value_ids.denominator",
        "value_ids.period_end",
        "company_id.light_green_margin",
        "company_id.light_amber_margin",
    )
    def _compute_light(self):
        today = self._today()
        periods = self.env["jamaa.indicator.value"]._periods_of(self)
        for indicator in self:
            day, actual = indicator._latest(periods.get(indicator._origin, []))
            path = indicator._path()
            known = indicator.baseline_date
            indicator.light = indicator_rules.light(
                indicator.direction,
                actual,
                day,
                (known, indicator.baseline_value if known else None),
                path,
                indicator.frequency,
                today,
                indicator.company_id._light_margins(),
            )
            target = indicator_rules.target_on(day or today, path)
            share = None
            if actual is not None and target and known and indicator.direction != "range":
                share = indicator_rules.progress(actual, indicator.baseline_value, target.low)
            indicator.has_actual = actual is not None
            indicator.actual = actual or 0.0
            indicator.actual_on = day
            indicator.target_now = target.low if target else 0.0
            indicator.reached = 100.0 * (share or 0.0)

    def _latest(self, periods):
        """Return the end of the latest period with a value, and the value that counts; (False, None) for nothing.

        :param list periods: (end, numerator, denominator) in the order of time
        """
        self.ensure_one()
        known = [row for row in periods if indicator_rules.made_of(self.kind, row[1], row[2]) is not None]
        if self.total == "sum" and self.baseline_date:
            known = [row for row in known if row[0] > self.baseline_date]
        if not known:
            return False, None
        counted = known if self.total == "sum" else known[-1:]
        return known[-1][0], indicator_rules.rolled_up(self.kind, [row[1:] for row in counted])

    def _path(self):
        """Return the targets as the rules want them, in the order of their days."""
        self.ensure_one()
        return [
            indicator_rules.Target(row.date, row.value, row.value_high if self.direction == "range" else row.value)
            for row in self.target_ids.filtered("date").sorted("date")
        ]

    def _compute_waiting_count(self):
        counts = dict(
            self.env["jamaa.indicator.value"]._read_group(
                [("indicator_id", "in", self.ids), ("state", "=", "draft")], ["indicator_id"], ["__count"]
            )
        )
        for indicator in self:
            indicator.waiting_count = counts.get(indicator, 0)

    @api.model
    def _today(self):
        return fields.Date.context_today(self.with_context(tz="Africa/Casablanca"))

    def _period_of(self, day):
        """Return the first and the last day of the period a day lies in."""
        self.ensure_one()
        months = indicator_rules.MONTHS[self.frequency]
        first = day.replace(month=(day.month - 1) // months * months + 1, day=1)
        return first, first + relativedelta(months=months, days=-1)

    # ---------- constrains and CRUD ----------

    @api.constrains("plan_id", "result_id", "pac_line_id", "owner_function_id")
    def _check_subject(self):
        for indicator in self:
            if indicator.plan_id and not indicator.plan_id.is_plan:
                raise ValidationError(self.env._("Indicators belong to action plans, not to other projects."))
            if indicator.result_id and indicator.result_id.plan_id != indicator.plan_id:
                raise ValidationError(
                    self.env._("“%(indicator)s” is about a result of another plan.", indicator=indicator.name)
                )

    @api.constrains("metric_id", "frequency", "kind", "total", "by_sex", "by_site")
    def _check_metric(self):
        for indicator in self.filtered("metric_id"):
            # sudo: jamaa.metric - how it is made, no value of it
            metric = indicator.metric_id.sudo()
            if indicator.by_sex or indicator.by_site:
                raise ValidationError(
                    self.env._("What the commune's figures fill is not split here: the figures have their own sites.")
                )
            if indicator.frequency not in metric._grains():
                raise ValidationError(
                    self.env._("“%(metric)s” is not computed that often. Choose another frequency.", metric=metric.name)
                )
            if (metric.statistic == "share") != (indicator.kind == "percent") or indicator.kind == "ratio":
                raise ValidationError(
                    self.env._(
                        "“%(metric)s” is made otherwise: a share is a percentage, everything else a number.",
                        metric=metric.name,
                    )
                )
            if indicator.total == "sum" and metric.statistic in ("median", "p90", "snapshot"):
                raise ValidationError(
                    self.env._("“%(metric)s” does not add up over time: the latest period counts.", metric=metric.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{key: value for key, value in vals.items() if key != "told_for"} for vals in vals_list])

    def write(self, vals):
        changed = SHAPE & vals.keys()
        if changed and self.filtered(
            lambda one: one.value_ids and any(one[name] != one._as_value(name, vals[name]) for name in changed)
        ):
            raise UserError(
                self.env._("There are values already: they would mean something else. Make a new indicator instead.")
            )
        return super().write(vals)

    def _as_value(self, name, value):
        """Return what a field would hold after a write, to compare it with what it holds."""
        return self._fields[name].convert_to_record(self._fields[name].convert_to_cache(value, self), self)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_measured(self):
        if self.value_ids.filtered(lambda row: row.state != "draft"):
            raise UserError(self.env._("An indicator with validated values stays on record. Archive it instead."))

    # ---------- windows ----------

    def action_open_values(self):
        """Button: the values of these indicators."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_actionplan.jamaa_indicator_value_action")
        context = {"default_indicator_id": self.id} if len(self) == 1 else {}
        return {**action, "domain": [("indicator_id", "in", self.ids)], "context": context}

    def action_open_chart(self):
        """Button: the line of actuals against targets."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_actionplan.jamaa_indicator_point_action")
        return {**action, "display_name": self.name, "domain": [("indicator_id", "=", self.id)]}

    # ---------- each night ----------

    @api.model
    def _cron_lights(self, batch=200):
        """Each night: fill from figures, mark what became stale, and tell the function in charge once per period."""
        self._cron_feed()
        followed = Domain("plan_id.plan_state", "in", ("decided", "running"))
        followed |= Domain("pac_line_id.pac_id.state", "=", "adopted")
        last, remaining = 0, 1
        while remaining:
            rows = self.search(followed & Domain("id", ">", last), order="id", limit=batch)
            if not rows:
                break
            last = rows[-1].id
            rows._refresh_light()
            rows.filtered(lambda one: one.light == "stale")._tell_stale()
            remaining = self.search_count(followed & Domain("id", ">", last))
            if not self.env["ir.cron"]._commit_progress(len(rows), remaining=remaining):
                break

    def _refresh_light(self):
        """Compute anew what changes with the day alone."""
        for name in ("light", "has_actual", "actual", "actual_on", "target_now", "reached"):
            self.env.add_to_compute(self._fields[name], self)

    def _tell_stale(self):
        """Give an activity to who holds the function in charge; one for each period that passed without a value."""
        today = self._today()
        for indicator in self:
            due = indicator._period_of(today)[0] - timedelta(days=1)
            if indicator.told_for and indicator.told_for >= due:
                continue
            # sudo: jamaa.function - who holds a function is no secret inside the commune
            user = indicator.owner_function_id.sudo().current_holder_id.user_id
            if user:
                indicator.activity_unlink(["mail.mail_activity_data_todo"], user_id=user.id)
                indicator.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.env._("No fresh value: report the last period"),
                    user_id=user.id,
                )
            indicator.told_for = due
