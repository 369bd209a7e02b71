"""Letters about a case are closed to whom the case is closed to."""

from odoo import api, models
from odoo.fields import Domain


class JamaaMailEntry(models.Model):
    """The registry is read by the president and by clerks, and a case may be about one of them."""

    _inherit = "jamaa.mail.entry"

    @api.model
    def _domain_open_to_me(self):
        closed = self.env["helpdesk.ticket"]._closed_to_me()
        not_closed = Domain("res_model", "!=", "helpdesk.ticket") | Domain("res_id", "not in", closed)
        return super()._domain_open_to_me() & not_closed
