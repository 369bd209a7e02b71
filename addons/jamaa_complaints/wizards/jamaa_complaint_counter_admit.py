"""At the counter: may another body learn who wrote?"""

from odoo import fields, models


class JamaaComplaintCounter(models.TransientModel):
    _inherit = "jamaa.complaint.counter"

    consent_referral = fields.Boolean(
        string="May be passed on by name",
        help="Ask: if it is not for the commune and is sent on, may the competent body learn your name?",
    )

    def _case_values(self):
        return {**super()._case_values(), "consent_referral": self.consent_referral}
