"""Whether a commune speaks Open311; it does not until somebody says so."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    open311_read = fields.Boolean(
        string="Published cases can be read by programs",
        help="What the commune released, in its own words, with the month and the quarter; "
        "never a name, a place on the map or any other case.",
    )
    open311_write = fields.Boolean(
        string="Applications with a key can send requests",
        help="Each becomes a case like those of the public form. Keys are under Complaints, Settings, Open311 keys.",
    )
