from odoo import api, models

#: A role sees three applications at most; these move into the application « Jamaa » when there would be more.
FOLDED = ("jamaa_assessment.menu_root", "jamaa_actionplan.menu_root")
HOST = "jamaa_base.menu_root"
LIMIT = 3
#: Upstream's test application, which no town hall has.
NOT_COUNTED = ("base.menu_tests",)


class IrUiMenu(models.Model):
    """Who works with complaints and reception finds assessment and plans inside « Jamaa »; others as applications."""

    _inherit = "ir.ui.menu"

    @api.model
    def _outside_communes_hidden_menus(self):
        return [*super()._outside_communes_hidden_menus(), "jamaa_actionplan.menu_root"]

    @api.model
    def load_menus(self, debug):
        """Return the menus, with the applications beyond the third moved into « Jamaa »."""
        menus = super().load_menus(debug)
        return menus if self.env.user.has_group("base.group_system") else self._fold(menus)

    @api.model
    def _fold(self, menus):
        """Return `menus` (as ``load_menus`` gives them, left as they are) with applications moved under another."""
        roots = menus["root"]["children"]
        known = {menus[menu_id]["xmlid"]: menu_id for menu_id in roots}
        excess = len(known.keys() - set(NOT_COUNTED)) - LIMIT
        moved = [known[xmlid] for xmlid in FOLDED if xmlid in known][: max(excess, 0)]
        host = known.get(HOST)
        if not moved or not host:
            return menus
        folded = dict(menus)
        folded["root"] = {**menus["root"], "children": [menu_id for menu_id in roots if menu_id not in moved]}
        folded[host] = {**menus[host], "children": [*menus[host]["children"], *moved]}
        below = list(moved)
        while below:
            menu = menus[below.pop()]
            folded[menu["id"]] = {**menu, "app_id": host}
            below += menu["children"]
        return folded
