"""What a commune needs before its first complaint."""

from odoo import models

CASE_SEQUENCE = "jamaa.complaint"


class ResCompany(models.Model):
    _inherit = "res.company"

    def _commune_sequences(self):
        """Add the register of complaints: one series per commune and year."""
        return [
            *super()._commune_sequences(),
            {
                "code": CASE_SEQUENCE,
                "name": self.env._("Register of complaints"),
                "prefix": "%(range_year)s-",
                "padding": 5,
            },
        ]

    def _prepare_commune(self):
        """Add a complaint unit and quiet settings; what exists is left alone."""
        super()._prepare_commune()
        # sudo: helpdesk.ticket.team - set-up of a commune, by who may create communes
        teams = self.env["helpdesk.ticket.team"].sudo().with_context(active_test=False)
        have_unit = teams.search([("case_role", "=", "unit"), ("company_id", "in", self.ids)]).company_id
        for commune in self - have_unit:
            unit = teams.create(
                {
                    "name": "Complaint unit",
                    "company_id": commune.id,
                    "case_role": "unit",
                    "show_in_portal": False,
                    "alias_name": commune._alias_name("chikayat"),
                }
            )
            for code, _name in self.env["res.lang"].get_installed():
                env = self.with_context(lang=code).env
                unit.with_context(lang=code).name = env._("Complaint unit")
        # upstream would give each new ticket to whoever typed it
        # sudo: res.company - quiet settings come with the commune, whoever makes it
        self.sudo().write(
            {
                "helpdesk_mgmt_ticket_auto_assign": False,
                "helpdesk_mgmt_portal_select_team": False,
                "helpdesk_mgmt_portal_select_category": False,
            }
        )

    def _complaint_unit(self):
        """The complaint unit of this commune (sudo), or an empty record."""
        self.ensure_one()
        # sudo: helpdesk.ticket.team - asked by public pages and the mail gateway
        return (
            self.env["helpdesk.ticket.team"]
            .sudo()
            .search([("case_role", "=", "unit"), ("company_id", "=", self.id)], limit=1)
        )
