from odoo import api, models


class IrUiMenu(models.Model):
    """The application shows where it has something for the reader: a role sees few applications."""

    _inherit = "ir.ui.menu"

    @api.model
    def _outside_communes_hidden_menus(self):
        return [*super()._outside_communes_hidden_menus(), "jamaa_assessment.menu_root"]

    def _load_menus_blacklist(self):
        blacklist = super()._load_menus_blacklist()
        root = self.env.ref("jamaa_assessment.menu_root", raise_if_not_found=False)
        if root and not self._assesses():
            blacklist = [*blacklist, root.id]
        return blacklist

    @api.model
    def _assesses(self):
        """Whether the present user leads rounds, sits on a panel, or answers for a commune that holds rounds."""
        user = self.env.user
        if user.has_group("jamaa_base.group_facilitator") or user.has_group("base.group_system"):
            return True
        # sudo: jamaa.assessment.rater - whether there are any, while menus are being made
        if self.env["jamaa.assessment.rater"].sudo().search_count([("user_id", "=", user.id)], limit=1):
            return True
        answerable = any(user.has_group(f"jamaa_base.group_{name}") for name in ("director", "president"))
        # sudo: jamaa.assessment.round - whether there are any, while menus are being made
        rounds = self.env["jamaa.assessment.round"].sudo()
        return answerable and bool(rounds.search_count([("company_id", "in", user.company_ids.ids)], limit=1))
