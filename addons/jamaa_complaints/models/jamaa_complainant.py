"""A pseudonym in the vault is listed to those who see its case."""

from odoo import api, models
from odoo.fields import Domain


class JamaaComplainant(models.Model):
    """That a row exists, and whose case it is, tells too: who complained is never listed apart from the case."""

    _name = "jamaa.complainant"
    _inherit = ["jamaa.complainant", "jamaa.case.satellite"]

    @api.model
    def _answers_for_vault(self):
        """The contact for personal data keeps the whole vault, without reading the cases."""
        return self.env.user.has_group("jamaa_base.group_data_protection")

    @api.depends_context("uid")
    def _compute_case_visible(self):
        if not self._answers_for_vault():
            return super()._compute_case_visible()
        # sudo: helpdesk.ticket - a case about the contact is closed to the contact too
        tickets = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        closed = set(tickets.search([("locked_user_ids", "in", [self.env.uid])])._ids)
        for person in self:
            person.case_visible = person.res_model != "helpdesk.ticket" or person.res_id not in closed
        return None

    def _search_case_visible(self, operator, value):
        if operator != "in" or set(value) != {True} or not self._answers_for_vault():
            return super()._search_case_visible(operator, value)
        return (
            Domain("res_model", "!=", "helpdesk.ticket")
            | Domain("res_model", "=", False)
            | Domain("res_id", "not in", self.env["helpdesk.ticket"]._closed_to_me())
        )
