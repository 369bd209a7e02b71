from odoo import api, models


class IrUiMenu(models.Model):
    """The programme's team assesses nothing here: it sees what communes publish to it."""

    _inherit = "ir.ui.menu"

    @api.model
    def _outside_communes_hidden_menus(self):
        return [*super()._outside_communes_hidden_menus(), "jamaa_assessment.menu_root"]
