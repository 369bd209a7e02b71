from odoo import fields, models


class JamaaDelegation(models.Model):
    """A delegation of powers names the sector inside which a vice-president decides (organic law 113-14, art. 103)."""

    _inherit = "jamaa.delegation"

    theme_ids = fields.Many2many(
        "jamaa.theme",
        string="Sector: themes",
        tracking=True,
        help="Decisions on action plans are taken inside these themes alone. Empty: none is taken by it.",
    )

    def write(self, vals):
        """A wider sector is a wider delegation: nobody gives it to themselves, and it goes on the register."""
        result = super().write(vals)
        if "theme_ids" in vals:
            self._check_recorded_by_another()
            self._enter_in_register("delegation_changed")
        return result
