"""Teams as the complaint unit and the services of a commune."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class HelpdeskTicketTeam(models.Model):
    """A team is a plain OCA team, the complaint unit of a commune, or a service.

    The unit keeps a case from receipt to closing; a service is charged with
    looking into it and proposing the answer.
    """

    _inherit = "helpdesk.ticket.team"

    case_role = fields.Selection(
        [("unit", "Complaint unit"), ("service", "Service")],
        string="Part in cases",
        help="Empty for teams that only treat plain tickets.",
    )
    function_id = fields.Many2one(
        "jamaa.function",
        string="Function in charge",
        check_company=True,
        help="The function that answers for this service.",
    )

    _one_unit = models.UniqueIndex(
        "(company_id) WHERE case_role = 'unit' AND active",
        "A commune has one complaint unit.",
    )

    @api.constrains("case_role", "company_id", "show_in_portal")
    def _check_case_role(self):
        for team in self.filtered("case_role"):
            if not team.company_id:
                raise ValidationError(self.env._("A complaint unit or service belongs to a commune."))
            if team.show_in_portal:
                raise ValidationError(
                    self.env._("A complaint unit or service is not offered in the form for plain tickets.")
                )

    @api.onchange("case_role")
    def _onchange_case_role(self):
        if self.case_role:
            self.show_in_portal = False

    def _get_applicable_stages(self):
        """Cases and plain tickets keep to their own stages."""
        stages = super()._get_applicable_stages()
        if self.case_role:
            return stages.filtered("for_cases")
        return stages.filtered(lambda stage: not stage.for_cases)
