"""The number series of work orders."""

from odoo import models

from .jamaa_complaint_order import ORDER_SEQUENCE


class ResCompany(models.Model):
    _inherit = "res.company"

    def _commune_sequences(self):
        """Add the work orders: one series per commune and year (OT, ordre de travail)."""
        return [
            *super()._commune_sequences(),
            {
                "code": ORDER_SEQUENCE,
                "name": self.env._("Work orders"),
                "prefix": "OT%(range_year)s-",
                "padding": 4,
            },
        ]
