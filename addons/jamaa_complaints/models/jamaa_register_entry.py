"""Entries of the register about a case are closed to whom the case is closed to."""

from odoo import api, models
from odoo.fields import Domain


class JamaaRegisterEntry(models.Model):
    """The register is read by the president too, and a case may be about the president."""

    _name = "jamaa.register.entry"
    _inherit = ["jamaa.register.entry", "jamaa.open.mixin"]

    @api.model
    def _domain_open_to_me(self):
        closed = self.env["helpdesk.ticket"]._closed_to_me()
        not_closed = Domain("res_model", "!=", "helpdesk.ticket") | Domain("res_id", "not in", closed)
        return super()._domain_open_to_me() & not_closed
