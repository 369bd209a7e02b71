"""From a work order to its case, for whoever reads both."""

from odoo import api, fields, models


class JamaaComplaintOrder(models.Model):
    _inherit = "jamaa.complaint.order"

    may_open_case = fields.Boolean(compute="_compute_may_open_case")

    @api.depends("case_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_may_open_case(self):
        # a superuser's search on behalf of somebody would open every case
        readable = self.case_id.sudo(False)._filtered_access("read")
        for order in self:
            order.may_open_case = order.case_id in readable

    def action_open_case(self):
        """Button: the case, for those it is open to; who does the work need not be one of them."""
        self.ensure_one()
        self.check_access("read")
        case = self.case_id.sudo(False)
        case.check_access("read")
        return case._case_form_action()
