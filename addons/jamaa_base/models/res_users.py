from odoo import api, models
from odoo.exceptions import ValidationError

from .res_company_setup import COMMUNE_TZ


class ResUsers(models.Model):
    """Where a login belongs: staff to a commune, citizens and the programme to none."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        for user, vals in zip(users, vals_list, strict=True):
            if user.company_id.is_commune:
                defaults = {"lang": user.company_id._installed_lang(), "tz": COMMUNE_TZ}
                user.write({name: value for name, value in defaults.items() if name not in vals and value})
        users._move_citizens_out_of_communes()
        return users

    def write(self, vals):
        result = super().write(vals)
        if {"company_id", "company_ids", "group_ids"} & vals.keys():
            self._move_citizens_out_of_communes()
        if {"company_id", "company_ids"} & vals.keys():
            # Menus differ by commune (ir.ui.menu), and they are cached per user.
            self.env.registry.clear_cache()
        return result

    def _move_citizens_out_of_communes(self):
        """Portal accounts belong to the programme's company, whoever invited them.

        A portal user inside a commune's company would pass that commune's record rules.
        """
        # sudo: res.users - who invites a citizen may not edit logins
        home = self.env.ref("base.main_company").sudo()
        for user in self.sudo().filtered(lambda user: user.share and any(user.company_ids.mapped("is_commune"))):
            if not home.is_commune:
                user.write({"company_ids": [(6, 0, home.ids)], "company_id": home.id})

    @api.constrains("company_ids", "group_ids")
    def _check_programme_team_outside_communes(self):
        """Who works for the programme belongs to no commune.

        Record rules let a user into every company they belong to; the programme reads
        published copies only.
        """
        # The groups themselves, not has_group(): its cache is cleared after this check.
        team = self.env.ref("jamaa_base.group_programme_team")
        system = self.env.ref("base.group_system")
        for user in self.filtered(lambda user: team in user.all_group_ids and system not in user.all_group_ids):
            commune = user.company_ids.filtered("is_commune")[:1]
            if commune:
                raise ValidationError(
                    self.env._(
                        "%(user)s works for the programme and cannot belong to %(commune)s.",
                        user=user.name,
                        commune=commune.name,
                    )
                )
