"""What stands behind the buttons on a commune's form: its rooms and how full they are."""

from odoo import api, fields, models
from odoo.fields import Domain


class ResCompany(models.Model):
    _inherit = "res.company"

    site_count = fields.Integer("Number of sites", compute="_compute_room_counts")
    function_count = fields.Integer("Number of functions", compute="_compute_room_counts")
    vacancy_count = fields.Integer("Vacant functions", compute="_compute_room_counts")
    holder_count = fields.Integer("Mandates today", compute="_compute_room_counts")
    delegation_count = fields.Integer("Delegations in force", compute="_compute_room_counts")

    def _compute_room_counts(self):
        """One grouped query per room, whatever the number of communes."""
        rooms = {
            "site_count": ("jamaa.site", Domain.TRUE),
            "function_count": ("jamaa.function", Domain.TRUE),
            "vacancy_count": ("jamaa.function", Domain("is_vacant", "=", True)),
            "holder_count": ("jamaa.function.holder", Domain("state", "=", "current")),
            "delegation_count": ("jamaa.delegation", Domain("state", "=", "current")),
        }
        for name, (model, domain) in rooms.items():
            counts = dict(
                self.env[model]._read_group(Domain("company_id", "in", self.ids) & domain, ["company_id"], ["__count"])
            )
            for company in self:
                company[name] = counts.get(company._origin, 0)

    @api.model
    def action_my_commune(self):
        """Open the commune one works in; the list of communes for who works in none."""
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_base.res_company_action_communes")
        company = self.env.company
        if not company.is_commune:
            return action
        form = self.env.ref("jamaa_base.res_company_view_form_commune")
        return {
            **action,
            "name": company.display_name,
            "res_id": company.id,
            "view_mode": "form",
            "views": [(form.id, "form")],
        }

    def action_open_sites(self):
        """Open the sites of this commune."""
        return self._action_of_room("jamaa_base.jamaa_site_action")

    def action_open_functions(self):
        """Open the functions of this commune."""
        return self._action_of_room("jamaa_base.jamaa_function_action")

    def action_open_vacancies(self):
        """Open the functions nobody holds today."""
        return self._action_of_room("jamaa_base.jamaa_function_action", search_default_vacant=1)

    def action_open_holders(self):
        """Open the mandates of this commune."""
        return self._action_of_room("jamaa_base.jamaa_function_holder_action", search_default_current=1)

    def action_open_delegations(self):
        """Open the delegations of this commune."""
        return self._action_of_room("jamaa_base.jamaa_delegation_action", search_default_current=1)

    def _action_of_room(self, xmlid, **context):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        domain = [("company_id", "=", self.id)]
        return {**action, "domain": domain, "context": {"default_company_id": self.id, **context}}
