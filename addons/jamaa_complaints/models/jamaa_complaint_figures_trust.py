"""What only president and director read is never counted."""

from odoo import api, models
from odoo.tools import SQL


class JamaaComplaintFigures(models.AbstractModel):
    _inherit = "jamaa.complaint.figures"

    @api.model
    def _where(self):
        return SQL("%s AND t.confidentiality IS DISTINCT FROM 'sensitive'", super()._where())
