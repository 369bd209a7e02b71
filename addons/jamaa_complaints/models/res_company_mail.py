"""How a commune receives the mail of its complaint unit."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    mail_hour_limit = fields.Integer(
        string="Mails of one sender in an hour",
        default=20,
        help="Further mails to the complaint unit are set aside for a person to judge.",
    )
    mail_aside_days = fields.Integer(
        string="Days mails set aside are kept",
        default=180,
        help="Set by the commune; no jurist has confirmed this time.",
    )

    _mail_limits_positive = models.Constraint(
        "CHECK (mail_hour_limit > 0 AND mail_aside_days > 0)",
        "These numbers are one at least.",
    )
