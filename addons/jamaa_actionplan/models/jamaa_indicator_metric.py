"""Indicators the commune's own figures fill."""

from odoo import api, models
from odoo.exceptions import UserError

from ..tools import indicator_rules


class JamaaIndicator(models.Model):
    _inherit = "jamaa.indicator"

    def _in_words(self, parts):
        """Return the value that parts make, with its unit; a dash where nothing can be said.

        :param list parts: pairs (numerator, denominator)
        """
        return self._number_words(indicator_rules.rolled_up(self.kind, parts))

    def _number_words(self, value):
        """Return a value of this indicator with its unit; a dash for None."""
        if value is None:
            return "–"
        number = f"{value:,.2f}".rstrip("0").rstrip(".").replace(",", "\u202f")
        if self.kind == "percent":
            return f"{number}\u00a0%"
        return f"{number}\u00a0{self.unit}" if self.unit else number

    def action_feed(self):
        """Button: take over the figures now.

        :raise UserError: nothing measures these indicators
        """
        self.check_access("write")
        if not self.metric_id:
            raise UserError(self.env._("Nothing measures this indicator: its values are typed."))
        self._feed()

    @api.model
    def _cron_feed(self):
        """Take over the figures of every indicator that has a measure."""
        self.search([("metric_id", "!=", False)])._feed()

    def _feed(self):
        """Write the values of the measure over the whole commune; what it froze is locked here too.

        One search for the figures and one for the values of all indicators.
        """
        fed = self.filtered("metric_id")
        # sudo: jamaa.metric.value - of the indicator's own commune, the whole of it alone
        figures = (
            self.env["jamaa.metric.value"]
            .sudo()
            .search(
                [
                    ("metric_id", "in", fed.metric_id.ids),
                    ("company_id", "in", fed.company_id.ids),
                    ("site_id", "=", False),
                    ("grain", "in", list(set(fed.mapped("frequency")))),
                ],
                order="period_start, id",
            )
        )
        # sudo: jamaa.indicator.value - taken from the figures, typed by nobody
        values = self.env["jamaa.indicator.value"].sudo()
        known = {
            (row.indicator_id.id, row.period_start): row
            for row in values.search([("indicator_id", "in", fed.ids), ("from_metric", "=", True)])
        }
        by_source = {}
        for row in figures:
            by_source.setdefault((row.metric_id, row.company_id, row.grain), []).append(row)
        new = []
        for indicator in fed:
            for figure in by_source.get((indicator.metric_id, indicator.company_id, indicator.frequency), ()):
                facts = indicator._facts_of(figure)
                old = known.get((indicator.id, figure.period_start))
                if not old:
                    new.append({**facts, "indicator_id": indicator.id, "period_start": figure.period_start})
                elif old.state != "locked" and any(old[name] != value for name, value in facts.items()):
                    old.write(facts)
        values.create(new)

    def _facts_of(self, figure):
        """Return the values that a figure gives: a share by its parts, everything else as it is."""
        share = self.kind == "percent"
        return {
            "numerator": figure.numerator if share else figure.value,
            "denominator": figure.denominator if share else 0.0,
            "from_metric": True,
            "state": "locked" if figure.closed else "validated",
        }
