"""How long a commune gives a citizen to add what is missing."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    complaint_info_days = fields.Integer(
        string="Days to add missing information",
        default=15,
        help="Proposed when a citizen is asked for what is missing from a complaint.",
    )

    _complaint_info_days_possible = models.Constraint(
        "CHECK (complaint_info_days BETWEEN 1 AND 60)", "A citizen has between 1 and 60 days to add what is missing."
    )
