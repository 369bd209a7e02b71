"""What a case is about."""

from odoo import api, fields, models


class HelpdeskTicketCategory(models.Model):
    """Categories offered to citizens are marked; the others stay with plain tickets."""

    _inherit = "helpdesk.ticket.category"

    for_cases = fields.Boolean(string="For cases")
    case_hint = fields.Char(
        string="In plain words",
        translate=True,
        help="A few words under the name, shown to citizens.",
    )

    @api.model
    def _offered_to_citizens(self, company):
        """Subjects the commune offers to citizens, its own and the shared ones."""
        return self.search_fetch(
            [("for_cases", "=", True), ("company_id", "in", (False, company.id))],
            # What `_lodge` checks again is fetched at once.
            ["name", "for_cases", "company_id"],
        )
