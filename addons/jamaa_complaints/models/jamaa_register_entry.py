"""Entries of the register about a case are closed to whom the case is closed to."""

from odoo import api, fields, models
from odoo.fields import Domain


class JamaaRegisterEntry(models.Model):
    """The register is read by the president too, and a case may be about the president."""

    _inherit = "jamaa.register.entry"

    open_to_me = fields.Boolean("Not closed to me", compute="_compute_open_to_me", search="_search_open_to_me")

    @api.depends("res_model", "res_id")
    @api.depends_context("uid")
    def _compute_open_to_me(self):
        open_ones = set(self.search(Domain("id", "in", self.ids) & self._domain_open_to_me())._ids)
        for entry in self:
            entry.open_to_me = entry.id in open_ones

    def _search_open_to_me(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return self._domain_open_to_me()

    def _domain_open_to_me(self):
        closed = self.env["helpdesk.ticket"]._closed_to_me()
        return Domain("res_model", "!=", "helpdesk.ticket") | Domain("res_id", "not in", closed)
