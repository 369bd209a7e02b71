"""Entries of the register about a case are closed to whom the case is closed to."""

from odoo import api, fields, models
from odoo.fields import Domain


class JamaaRegisterEntry(models.Model):
    """The register is read by the president too, and a case may be about the president."""

    _inherit = "jamaa.register.entry"

    open_to_me = fields.Boolean(
        "Not closed to me", compute="_compute_open_to_me", search="_search_open_to_me", compute_sudo=False
    )

    @api.depends("res_model", "res_id")
    @api.depends_context("uid")
    def _compute_open_to_me(self):
        # sudo: helpdesk.ticket - as in the search below
        tickets = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        closed = set(tickets.search([("locked_user_ids", "in", [self.env.uid])])._ids)
        for entry in self:
            entry.open_to_me = entry.res_model != "helpdesk.ticket" or entry.res_id not in closed

    def _search_open_to_me(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return self._domain_open_to_me()

    def _domain_open_to_me(self):
        # sudo: helpdesk.ticket - the closed list is for the unit alone, its effect for all
        tickets = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        closed = tickets._search([("locked_user_ids", "in", [self.env.uid])])
        return Domain("res_model", "!=", "helpdesk.ticket") | Domain("res_id", "not in", closed)
