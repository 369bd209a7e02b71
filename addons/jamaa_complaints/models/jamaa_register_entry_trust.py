"""Names of the details that entries about the course of a case hold."""

from odoo import api, models


class JamaaRegisterEntry(models.Model):
    _inherit = "jamaa.register.entry"

    @api.model
    def _fact_words(self):
        return {**super()._fact_words(), "step": self.env._("step"), "seed": self.env._("seed of chance")}
