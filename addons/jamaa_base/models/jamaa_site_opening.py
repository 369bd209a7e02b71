from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class JamaaSiteOpening(models.Model):
    """Hours of a site that differ for a while: Ramadan, summer, works."""

    _name = "jamaa.site.opening"
    _inherit = ["jamaa.period.mixin"]
    _description = "Dated Hours of a Site"
    _order = "date_from desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, help="Why the hours differ, in words citizens read.")
    site_id = fields.Many2one("jamaa.site", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="site_id.company_id", store=True, index=True)
    closed = fields.Boolean(help="The site is closed the whole period.")
    calendar_id = fields.Many2one("resource.calendar", "Hours", check_company=True)

    _hours_or_closed = models.Constraint(
        "CHECK(closed IS TRUE OR calendar_id IS NOT NULL)", "Say the hours, or that the site is closed."
    )
    _site_dates_idx = models.Index("(site_id, date_from)")

    @api.constrains("site_id", "date_from", "date_to")
    def _check_overlap(self):
        for site in self.site_id:
            rows = self.search([("site_id", "=", site.id)], order="date_from, id")
            for earlier, later in pairwise(rows):
                if earlier._period_overlaps(later):
                    raise ValidationError(
                        self.env._(
                            "“%(first)s” and “%(second)s” hold on the same days at %(site)s.",
                            first=earlier.name,
                            second=later.name,
                            site=site.name,
                        )
                    )
