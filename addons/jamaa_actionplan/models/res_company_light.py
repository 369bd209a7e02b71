"""How far behind a commune calls late."""

from odoo import fields, models

from ..tools.indicator_rules import Margins


class ResCompany(models.Model):
    _inherit = "res.company"

    light_green_margin = fields.Float(
        "On track up to (points behind)",
        default=5.0,
        help="An indicator that lags so many percentage points behind its path is still on track.",
    )
    light_amber_margin = fields.Float(
        "Behind up to (points)",
        default=20.0,
        help="An indicator that lags more than this is far behind.",
    )

    _light_margins_order = models.Constraint(
        "CHECK (light_green_margin >= 0 AND light_amber_margin >= light_green_margin)",
        "“Behind” begins where “on track” ends: give the larger number second.",
    )

    def _light_margins(self):
        """Return the margins of this commune as the rules of indicators want them."""
        # sudo: res.company - two numbers
        commune = self.sudo()
        return Margins(commune.light_green_margin, commune.light_amber_margin) if commune else Margins()
