from odoo import api, models


class JamaaEvidence(models.AbstractModel):
    """The yearly report on complaints is evidence once it was validated; cases never are."""

    _inherit = "jamaa.evidence"

    @api.model
    def _evidence_models(self):
        report = [("scope", "=", "year"), ("state", "in", ("validated", "published"))]
        return {**super()._evidence_models(), "jamaa.complaint.report": report}
