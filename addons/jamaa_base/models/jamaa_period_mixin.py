from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class JamaaPeriodMixin(models.AbstractModel):
    """A row that holds from one day to another, both included; no end means open."""

    _name = "jamaa.period.mixin"
    _description = "Dated Period"

    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("To", help="Last day, included. Empty while no end is known.")

    @api.constrains("date_from", "date_to")
    def _check_period_order(self):
        for row in self:
            if row.date_to and row.date_to < row.date_from:
                raise ValidationError(
                    self.env._("The last day cannot come before the first day (%(day)s).", day=row.date_from)
                )

    @api.model
    def _domain_on(self, date):
        """Domain of the rows that hold on a day.

        :param date: a date
        :rtype: Domain
        """
        return Domain("date_from", "<=", date) & (Domain("date_to", "=", False) | Domain("date_to", ">=", date))

    def _filtered_on(self, date):
        """The rows of this recordset that hold on a day."""
        return self.filtered(lambda row: row.date_from <= date and (not row.date_to or row.date_to >= date))

    def _period_overlaps(self, other):
        """Whether two periods have a day in common."""
        self.ensure_one()
        return (not other.date_to or self.date_from <= other.date_to) and (
            not self.date_to or other.date_from <= self.date_to
        )
