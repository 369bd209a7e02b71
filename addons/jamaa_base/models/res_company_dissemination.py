from odoo import fields, models


class ResCompany(models.Model):
    """How a commune, or the programme, reminds the readers of its documents."""

    _inherit = "res.company"

    reminder_days = fields.Char(
        "Reminders of documents (days)",
        default="3, 7, 14",
        help="Days after a document was sent, one reminder each; they stop on receipt.",
    )
