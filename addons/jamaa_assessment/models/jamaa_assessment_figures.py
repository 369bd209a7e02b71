"""What the data say beside a level: the figures of measures that items name."""

from dateutil.relativedelta import relativedelta

from odoo import fields, models

#: A figure older than so many months says nothing about the day of the meeting.
MONTHS_BACK = 12


class JamaaAssessmentRound(models.Model):
    _inherit = "jamaa.assessment.round"

    def _figures(self, items):
        """Return the last value of each measure the items name, of the site or else of the commune.

        Of a validated round: as it was on the day of the meeting, since that is what the levels are held against.

        :param items: of the grid
        :return: dict of a measure's code to its ``name`` and ``value`` in words; measures that are not installed, or
            have no value, are absent
        """
        self.ensure_one()
        codes = [code for code in set(items.mapped("metric_code")) if code]
        if not codes:
            return {}
        until = (self.state == "validated" and self.date) or fields.Date.context_today(self)
        # sudo: jamaa.metric, jamaa.metric.value - figures of the own commune, about nobody
        rows = self.env["jamaa.metric.value"].sudo().search(
            [
                ("metric_id.code", "in", codes),
                ("company_id", "=", self.company_id.id),
                ("site_id", "in", [self.site_id.id, False]),
                ("grain", "=", "month"),
                ("period_start", "<=", until),
                ("period_start", ">", until - relativedelta(months=MONTHS_BACK)),
            ],
            order="period_start desc, site_id",
        )  # fmt: skip
        figures = {}
        for row in rows:
            code = row.metric_id.code
            if code not in figures:
                figures[code] = {"name": row.display_name, "value": row.metric_id._in_words(row)}
        return figures
