"""What was measured, period by period: typed with evidence and validated, or taken from the commune's figures."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.misc import format_date

#: What was measured; frozen once the value is validated, for good once it is locked.
FACTS = {
    "indicator_id",
    "period_start",
    "numerator",
    "denominator",
    "site_id",
    "sex",
    "proof_file",
    "proof_file_name",
    "proof_link",
    "proof_note",
    "corrects_id",
    "reason",
}
#: What only the buttons change.
MOVED = {"state", "from_metric", "typed_by_id", "validated_by_id", "validated_on", "validated_alone", "reread_by_id"}


class JamaaIndicatorValue(models.Model):
    """A value of an indicator over a period, for the whole or for one part of it.

    Draft → validated → locked. Who validates is not who typed it; in a small commune it is, and the value says so
    until somebody re-read it. What is locked is corrected by a further row with its reason, which takes its place
    once it is validated.
    """

    _name = "jamaa.indicator.value"
    _description = "Value of an Indicator"
    _order = "period_start desc, indicator_id, id desc"
    _check_company_auto = True

    indicator_id = fields.Many2one("jamaa.indicator", "Indicator", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="indicator_id.company_id", string="Commune", store=True, index=True)
    plan_id = fields.Many2one(related="indicator_id.plan_id", store=True, index="btree_not_null")
    kind = fields.Selection(related="indicator_id.kind")
    by_site = fields.Boolean(related="indicator_id.by_site")
    by_sex = fields.Boolean(related="indicator_id.by_sex")
    period_start = fields.Date(
        "Period",
        required=True,
        default=lambda self: self.env["jamaa.indicator"]._today(),
        help="Any day of it: the period follows from the frequency.",
    )
    period_end = fields.Date("Until", compute="_compute_period_end", store=True)
    site_id = fields.Many2one("jamaa.site", "Site", check_company=True, index="btree_not_null", ondelete="restrict")
    sex = fields.Selection([("f", "Women"), ("m", "Men")])
    numerator = fields.Float("What counts", digits=(16, 2), required=True)
    denominator = fields.Float("Out of", digits=(16, 2))
    value_text = fields.Char("Value", compute="_compute_value_text")

    # Where it comes from
    from_metric = fields.Boolean("From the commune's figures", readonly=True, copy=False)
    proof_file = fields.Binary("Evidence", attachment=True, copy=False)
    proof_file_name = fields.Char(copy=False)
    proof_link = fields.Char("Link to the evidence", copy=False)
    proof_note = fields.Char("What proves it", copy=False)
    typed_by_id = fields.Many2one("res.users", "Typed by", readonly=True, copy=False)

    # What became of it
    state = fields.Selection(
        [("draft", "To validate"), ("validated", "Validated"), ("locked", "Locked")],
        "Status",
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    validated_by_id = fields.Many2one("res.users", "Validated by", readonly=True, copy=False)
    validated_on = fields.Date(readonly=True, copy=False)
    validated_alone = fields.Boolean(
        "Validated alone", readonly=True, copy=False, help="By who typed it: somebody else re-reads it."
    )
    reread_by_id = fields.Many2one("res.users", "Re-read by", readonly=True, copy=False)
    corrects_id = fields.Many2one(
        "jamaa.indicator.value", "Corrects", index="btree_not_null", ondelete="restrict", copy=False
    )
    correction_ids = fields.One2many("jamaa.indicator.value", "corrects_id", "Corrections")
    reason = fields.Char("Why it is corrected", copy=False)
    superseded = fields.Boolean("Corrected", compute="_compute_superseded", store=True)

    _cell_uniq = models.UniqueIndex(
        "(indicator_id, period_start, (coalesce(site_id, 0)), (coalesce(sex, ''))) WHERE corrects_id IS NULL",
        "This period has its value already. Correct that one.",
    )
    _corrects_uniq = models.UniqueIndex(
        "(corrects_id) WHERE corrects_id IS NOT NULL", "This value has its correction already. Correct that one."
    )
    _denominator_positive = models.Constraint("CHECK(denominator >= 0)", "“Out of” is not negative.")
    _correction_has_reason = models.Constraint(
        "CHECK(corrects_id IS NULL OR coalesce(length(reason), 0) > 2)", "Say why the value is corrected."
    )
    _period_idx = models.Index("(indicator_id, period_end)")

    # ---------- computes ----------

    @api.depends("indicator_id.name", "period_start")
    def _compute_display_name(self):
        for row in self:
            month = format_date(self.env, row.period_start, date_format="MMM yyyy") if row.period_start else ""
            row.display_name = f"{row.indicator_id.name or ''}, {month}"

    @api.depends("period_start", "indicator_id.frequency")
    def _compute_period_end(self):
        for row in self:
            known = row.period_start and row.indicator_id
            row.period_end = row.indicator_id._period_of(row.period_start)[1] if known else False

    @api.depends("numerator", "denominator", "indicator_id.kind")
    def _compute_value_text(self):
        for row in self:
            row.value_text = row.indicator_id._in_words([(row.numerator, row.denominator)])

    @api.depends("correction_ids.state")
    def _compute_superseded(self):
        for row in self:
            row.superseded = any(one.state != "draft" for one in row.correction_ids)

    @api.model
    def _periods_of(self, indicators):
        """Return what counts of these indicators: ``{indicator: [(end, numerator, denominator), …]}`` in order of time.

        Parts by site and sex are summed; drafts and what was corrected since do not count.
        """
        # sudo: jamaa.indicator.value - sums for the light, which stands with the indicator
        rows = self.sudo()._read_group(
            [("indicator_id", "in", indicators.ids), ("state", "!=", "draft"), ("superseded", "=", False)],
            ["indicator_id", "period_end:day"],
            ["numerator:sum", "denominator:sum"],
            order="period_end:day",
        )
        periods = defaultdict(list)
        for indicator, end, numerator, denominator in rows:
            day = fields.Date.to_date(end)
            periods[indicators.browse(indicator.id)].append((day, numerator, denominator))
        return periods

    # ---------- constrains and CRUD ----------

    @api.constrains("indicator_id", "site_id", "sex", "period_start", "corrects_id")
    def _check_cell(self):
        today = self.env["jamaa.indicator"]._today()
        for row in self:
            indicator = row.indicator_id
            if bool(row.site_id) != indicator.by_site or bool(row.sex) != indicator.by_sex:
                raise ValidationError(
                    self.env._(
                        "Give the parts “%(indicator)s” is split by, and no others: the whole is their sum.",
                        indicator=indicator.name,
                    )
                )
            if row.period_start > today:
                raise ValidationError(self.env._("This period has not begun yet."))
            old = row.corrects_id
            same = all(old[name] == row[name] for name in ("indicator_id", "period_start", "site_id", "sex"))
            if old and (old.state != "locked" or not same):
                raise ValidationError(
                    self.env._("A correction takes the place of a locked value of the same period and part.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{key: value for key, value in vals.items() if key not in MOVED} for vals in vals_list]
        # what a form shows and does not send
        defaults = self.default_get(["indicator_id", "period_start"])
        vals_list = [{**defaults, **vals} for vals in vals_list]
        vals_list = [
            {**vals, "typed_by_id": not vals.get("from_metric") and self.env.uid, **self._snapped(vals)}
            for vals in vals_list
        ]
        rows = super().create(vals_list)
        rows._check_may_report()
        return rows

    def write(self, vals):
        if FACTS & vals.keys() and any(row.state == "locked" for row in self):
            raise UserError(self.env._("This value is locked. Correct it by a further row that says why."))
        if not self.env.su:
            if MOVED & vals.keys():
                raise UserError(self.env._("A value is validated and locked by its buttons."))
            if FACTS & vals.keys() and any(row.state != "draft" for row in self):
                raise UserError(self.env._("This value is validated. Take it back to change it."))
            self._check_may_report()
        if FACTS & vals.keys() and not self.env.su:
            # sudo: jamaa.indicator.value - who typed it last, for who validates
            self.sudo().typed_by_id = self.env.user
        return super().write({**vals, **(self._snapped(vals, self.indicator_id[:1]) if "period_start" in vals else {})})

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        if any(row.state != "draft" for row in self):
            raise UserError(self.env._("A validated value stays on record."))

    @api.model
    def _snapped(self, vals, indicator=None):
        """Return the first day of the period that the given day lies in."""
        indicator = self.env["jamaa.indicator"].browse(vals.get("indicator_id")) or indicator
        day = fields.Date.to_date(vals.get("period_start"))
        # sudo: jamaa.indicator - its frequency alone
        return {"period_start": indicator.sudo()._period_of(day)[0]} if day and indicator else {}

    def _check_may_report(self):
        """Raise unless the present user plans, or holds the function in charge today."""
        if self.env.su or self.env.user.has_group("jamaa_actionplan.group_planner"):
            return
        mine = self.env["jamaa.function"]._held_by(self.env.user, self.env["jamaa.indicator"]._today())
        if any(row.indicator_id.owner_function_id.id not in mine.ids for row in self):
            raise AccessError(self.env._("Planners and the function in charge of the indicator report its values."))

    # ---------- the way of a value ----------

    def _check_may_validate(self):
        self.check_access("read")
        if not self.env.user.has_group("jamaa_actionplan.group_planner"):
            raise AccessError(self.env._("Values are validated by who makes the plans of the commune."))

    def action_validate(self):
        """Button: a second person says the value is right.

        :raise AccessError: no planner, or the one who typed it where there are others
        :raise UserError: no evidence
        """
        self._check_may_validate()
        for row in self:
            if row.state != "draft":
                raise UserError(self.env._("Only a value that waits for it is validated."))
            if not (row.proof_file or row.proof_link or row.proof_note):
                raise UserError(self.env._("Join the evidence first: a file, a link, or a word on where it is."))
            alone = row.typed_by_id == self.env.user
            if alone and row.company_id.profile != "small":
                raise AccessError(self.env._("You typed this value: somebody else validates it."))
            # sudo: jamaa.indicator.value - the status is the tool's to set; who may was checked
            row.sudo().write(
                {
                    "state": "validated",
                    "validated_by_id": self.env.uid,
                    "validated_on": fields.Date.context_today(self),
                    "validated_alone": alone,
                }
            )
        self.indicator_id.activity_unlink(["mail.mail_activity_data_todo"])

    def action_reread(self):
        """Button: a second person read what was validated alone."""
        self._check_may_validate()
        for row in self:
            if not row.validated_alone or row.reread_by_id or row.validated_by_id == self.env.user:
                raise UserError(self.env._("Somebody else re-reads what was validated alone."))
        # sudo: jamaa.indicator.value - the mark is the tool's to set
        self.sudo().write({"reread_by_id": self.env.uid})

    def action_take_back(self):
        """Button: back to draft while the value is not locked."""
        self._check_may_validate()
        if any(row.state != "validated" or row.from_metric for row in self):
            raise UserError(self.env._("Only a typed value that is validated and not locked is taken back."))
        # sudo: jamaa.indicator.value - as above
        self.sudo().write({"state": "draft", "validated_by_id": False, "validated_on": False, "validated_alone": False})

    def action_lock(self):
        """Button: the period is over; the value changes no more."""
        self._check_may_validate()
        if any(row.state != "validated" for row in self):
            raise UserError(self.env._("Only a validated value is locked."))
        # sudo: jamaa.indicator.value - as above
        self.sudo().write({"state": "locked"})

    def action_correct(self):
        """Button: open a further row that takes the place of this one."""
        self.ensure_one()
        self.check_access("read")
        if self.state != "locked":
            raise UserError(self.env._("Only a locked value needs a correction: take the others back."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Correction"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_indicator_id": self.indicator_id.id,
                "default_period_start": fields.Date.to_string(self.period_start),
                "default_site_id": self.site_id.id,
                "default_sex": self.sex,
                "default_numerator": self.numerator,
                "default_denominator": self.denominator,
                "default_corrects_id": self.id,
            },
        }
