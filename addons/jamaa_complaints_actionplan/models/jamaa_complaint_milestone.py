from odoo import api, fields, models


class JamaaComplaintMilestone(models.Model):
    _inherit = "jamaa.complaint.milestone"

    code = fields.Selection(
        selection_add=[("cause_mended", "The cause was dealt with")], ondelete={"cause_mended": "cascade"}
    )

    @api.model
    def _public_codes(self):
        return super()._public_codes() | {"cause_mended"}
