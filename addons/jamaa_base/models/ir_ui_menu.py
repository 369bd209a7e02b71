from odoo import api, models


class IrUiMenu(models.Model):
    """Menus that a small commune does not need are hidden."""

    _inherit = "ir.ui.menu"

    @api.model
    def _small_profile_hidden_menus(self):
        """External ids of menus a small commune does without; each room adds its own."""
        return [
            "hr.menu_hr_root",
            "jamaa_base.menu_programme_milestone",
            "jamaa_base.menu_theme",
            "jamaa_base.menu_region",
        ]

    def _load_menus_blacklist(self):
        blacklist = super()._load_menus_blacklist()
        if self.env.user.company_id.profile == "small" and not self.env.user.has_group("base.group_system"):
            menus = (self.env.ref(xmlid, raise_if_not_found=False) for xmlid in self._small_profile_hidden_menus())
            blacklist.extend(menu.id for menu in menus if menu)
        return blacklist
