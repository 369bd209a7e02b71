"""When a commune warns of a due date."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    alert_early_days = fields.Integer(
        string="First alert (days before)",
        default=15,
        help="From this many days before an answer is due, the person in charge is told.",
    )
    alert_near_days = fields.Integer(
        string="Second alert (days before)",
        default=5,
        help="From this many days before an answer is due, the head of the service is told.",
    )

    _alert_days_order = models.Constraint(
        "CHECK (alert_near_days >= 0 AND alert_early_days >= alert_near_days)",
        "The first alert comes before the second, and the second before the day itself.",
    )
