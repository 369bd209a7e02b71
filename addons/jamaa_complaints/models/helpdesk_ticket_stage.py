"""Stages: the screen of a case, not its legal state."""

from odoo import fields, models


class HelpdeskTicketStage(models.Model):
    """A stage serves either cases or plain tickets, never both."""

    _inherit = "helpdesk.ticket.stage"

    for_cases = fields.Boolean(
        string="For cases",
        help="Used by complaints, remarks, proposals and reports; plain tickets have stages of their own.",
    )
