from odoo import api, models


class JamaaEvidence(models.AbstractModel):
    """A published procedure sheet is evidence; requests of citizens never are."""

    _inherit = "jamaa.evidence"

    @api.model
    def _evidence_models(self):
        return {**super()._evidence_models(), "jamaa.procedure.sheet": [("state", "=", "published")]}
