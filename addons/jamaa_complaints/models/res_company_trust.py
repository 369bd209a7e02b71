"""What a commune says and decides about trust."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    corruption_where = fields.Text(
        string="Where corruption is reported",
        translate=True,
        help="Shown to citizens beside the choice “Report” and on the page of a report: "
        "the public lines and addresses of the bodies in charge. Empty: nothing is shown.",
    )
    report_erase_days = fields.Integer(
        string="Unverified reports are erased after (days)",
        default=180,
        help="An anonymous report that names a person and was not verified in this time is erased "
        "by the erasure run. The number of days was not confirmed by a jurist.",
    )

    _report_erase_days_positive = models.Constraint(
        "CHECK(report_erase_days IS NULL OR report_erase_days >= 30)",
        "Reports are kept for thirty days at least.",
    )
