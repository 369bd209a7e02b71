"""The picture of an indicator on its sheet."""

from base64 import b64encode

from markupsafe import escape

from odoo import api, fields, models

from ..tools import indicator_rules
from ..tools.indicator_chart import indicator_chart


class JamaaIndicator(models.Model):
    _inherit = "jamaa.indicator"

    chart = fields.Html("Measured against targets", compute="_compute_chart", sanitize=False)

    @api.depends("light", "actual", "actual_on", "target_ids.value", "baseline_value", "baseline_date", "total", "kind")
    @api.depends_context("lang")
    def _compute_chart(self):
        rtl = self.env["res.lang"]._get_data(code=self.env.lang or "en_US").direction == "rtl"
        periods = self.env["jamaa.indicator.value"]._periods_of(self)
        title = escape(self.env._("Measured (line), from the baseline to the targets (dashes)"))
        for indicator in self:
            path = [(indicator.baseline_date, indicator.baseline_value)] if indicator.baseline_date else []
            path += [(target.day, target.low) for target in indicator._path()]
            measured = indicator._line(periods.get(indicator._origin, []))
            svg = indicator_chart(path, measured, indicator._number_words, rtl)
            picture = b64encode(svg.encode()).decode()
            indicator.chart = svg and (
                f'<figure><img class="w-100" style="max-width:720px" alt="{title}" '
                f'src="data:image/svg+xml;base64,{picture}"/><figcaption class="text-muted">{title}</figcaption></figure>'
            )

    def _line(self, periods):
        """Return what is drawn of the periods: pairs (end, value), added up where they shall be.

        :param list periods: (end, numerator, denominator) in the order of time
        """
        self.ensure_one()
        line = []
        for rank, (end, _numerator, _denominator) in enumerate(periods):
            counted = periods[: rank + 1]
            if self.total == "sum":
                counted = [row for row in counted if not self.baseline_date or row[0] > self.baseline_date]
            else:
                counted = counted[-1:]
            value = indicator_rules.rolled_up(self.kind, [row[1:] for row in counted])
            if value is not None:
                line.append((end, value))
        return line
