"""What a case is about."""

from odoo import fields, models


class HelpdeskTicketCategory(models.Model):
    """Categories offered to citizens are marked; the others stay with plain tickets."""

    _inherit = "helpdesk.ticket.category"

    for_cases = fields.Boolean(string="For cases")
    case_hint = fields.Char(
        string="In plain words",
        translate=True,
        help="A few words under the name, shown to citizens.",
    )
