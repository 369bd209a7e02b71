"""The steps that count go into the tamper-evident register, by number and code."""

from odoo import models

# Receipt, answer and closing to persons have kinds of their own, with more details.
REGISTERED = {
    "assigned",
    "approved",
    "returned",
    "closed",
    "reopened",
    "appealed",
    "kind_changed",
    "receipt_date_changed",
    "closed_to_many",
    "opened_to_more",
    "heard",
    "not_heard",
    "verified",
    "inadmissible",
    "referred",
    "extended",
    "withdrawn",
    "escalated",
}


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _add_milestone(self, code, *args, **kwargs):
        """Enter what changes the course of a case; neither words nor persons."""
        result = super()._add_milestone(code, *args, **kwargs)
        if code in REGISTERED:
            register = self.env["jamaa.register.entry"]
            # sudo: helpdesk.ticket - the register number alone
            for case in self.sudo():
                register._enter(case.company_id, "case_step", {"number": case.case_number, "step": code}, case)
        return result
