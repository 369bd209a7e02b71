from odoo import api, models


class IrUiMenu(models.Model):
    """Menus that a small commune does not need are hidden; a role sees three applications at most."""

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

    @api.model
    def _outside_communes_hidden_menus(self):
        """External ids of menus that are empty for who belongs to no commune, such as the programme's team."""
        return ["jamaa_base.menu_commune", "jamaa_base.menu_privacy"]

    @api.model
    def _in_the_bar_menus(self):
        """External ids of applications that everybody has in the bar at the top anyway: messages open from there."""
        return ["mail.menu_root_discuss"]

    def _load_menus_blacklist(self):
        blacklist = super()._load_menus_blacklist()
        user = self.env.user
        if user.has_group("base.group_system"):
            return blacklist
        hidden = self._in_the_bar_menus()
        if user.company_id.profile == "small":
            hidden = hidden + self._small_profile_hidden_menus()
        if not any(user.company_ids.mapped("is_commune")):
            hidden = hidden + self._outside_communes_hidden_menus()
        menus = (self.env.ref(xmlid, raise_if_not_found=False) for xmlid in hidden)
        return blacklist + [menu.id for menu in menus if menu]
