from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date


class JamaaIndicatorTarget(models.Model):
    """What an indicator shall reach on a day; a later day has its own target."""

    _name = "jamaa.indicator.target"
    _description = "Target of an Indicator"
    _order = "indicator_id, date"

    indicator_id = fields.Many2one("jamaa.indicator", "Indicator", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="indicator_id.company_id", string="Commune", store=True, index=True)
    direction = fields.Selection(related="indicator_id.direction")
    date = fields.Date("By", required=True)
    value = fields.Float("Target", digits=(16, 2), required=True, aggregator=None, help="Of a range: its lower end.")
    value_high = fields.Float("Up to", digits=(16, 2), aggregator=None, help="Of a range: its upper end.")
    note = fields.Char(translate=True)

    _date_uniq = models.Constraint("UNIQUE(indicator_id, date)", "There is a target for this day already.")

    @api.depends("indicator_id.name", "date")
    def _compute_display_name(self):
        for target in self:
            target.display_name = self.env._(
                "%(indicator)s, by %(day)s", indicator=target.indicator_id.name or "", day=target.date or ""
            )

    @api.constrains("date", "value", "value_high", "indicator_id")
    def _check_target(self):
        for target in self:
            baseline = target.indicator_id.baseline_date
            if baseline and target.date <= baseline:
                raise ValidationError(self.env._("A target lies after the baseline (%(day)s).", day=baseline))
            if target.direction == "range" and target.value_high < target.value:
                raise ValidationError(self.env._("The upper end of a range is not below the lower end."))

    def write(self, vals):
        """A target that is moved leaves its trace with the indicator."""
        before = {target: target._in_words() for target in self}
        result = super().write(vals)
        for target, words in before.items():
            if target._in_words() != words:
                target.indicator_id._message_log(
                    body=self.env._("Target changed: %(before)s → %(after)s", before=words, after=target._in_words())
                )
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_with_trace(self):
        for target in self:
            target.indicator_id._message_log(
                body=self.env._("Target taken away: %(target)s", target=target._in_words())
            )

    def _in_words(self):
        """Return the target as its indicator's history says it."""
        self.ensure_one()
        value = self.indicator_id._number_words(self.value)
        if self.direction == "range":
            value = f"{value} – {self.indicator_id._number_words(self.value_high)}"
        return f"{value}, {format_date(self.env, self.date)}"
