"""What a commune decides about time and personal data."""

from odoo import fields, models


class ResCompany(models.Model):
    """How long identities are kept after a case has ended."""

    _inherit = "res.company"

    identity_retention_months = fields.Integer(
        string="Identities kept (months)",
        default=0,
        help="Months after the end of a case; 0 erases nothing by itself. No text sets this time "
        "for complaints as far as known: the commune decides and declares it (law 09-08).",
    )

    _identity_retention_positive = models.Constraint(
        "CHECK (identity_retention_months >= 0)", "A time cannot be negative."
    )
