"""Who leads the complaint unit of a commune."""

from odoo import models

#: In the order in which work falls to them.
UNIT_FUNCTIONS = ("complaint_head", "complaint_deputy")


class ResCompany(models.Model):
    _inherit = "res.company"

    def _prepare_commune(self):
        """Add the functions of the unit; those a commune has already stay as they are."""
        super()._prepare_commune()
        # sudo: jamaa.function - set-up of a commune, by who may create communes
        functions = self.env["jamaa.function"].sudo().with_context(active_test=False)
        have = {
            (company.id, code)
            for company, code in functions._read_group(
                [("company_id", "in", self.ids), ("code", "in", UNIT_FUNCTIONS)], ["company_id", "code"]
            )
        }
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        for commune in self:
            head = functions.search([("company_id", "=", commune.id), ("code", "=", "complaint_head")], limit=1)
            for code in UNIT_FUNCTIONS:
                if (commune.id, code) in have:
                    continue
                function = functions.create(
                    {
                        "name": self._unit_function_name(code),
                        "code": code,
                        "company_id": commune.id,
                        "parent_id": head.id if code == "complaint_deputy" else False,
                        "is_prepared": True,
                    }
                )
                head = head or function
                for lang in languages:
                    function.with_context(lang=lang).name = self.with_context(lang=lang)._unit_function_name(code)

    def _unit_function_name(self, code):
        """Name of a function of the unit, in the language of the context."""
        if code == "complaint_head":
            return self.env._("Head of the complaint unit")
        return self.env._("Deputy head of the complaint unit")

    def _complaint_unit_head(self):
        """Who leads the complaint unit today: its head, else who stands in, else the deputy.

        :return: the logins (`res.users`, superuser), empty where nobody with a login is in exercise
        """
        self.ensure_one()
        today = self.env["helpdesk.ticket"]._commune_today()
        # sudo: jamaa.function, jamaa.function.holder - asked by machines and by people who read no mandates
        functions = self.env["jamaa.function"].sudo()
        for code in UNIT_FUNCTIONS:
            rows = functions.search([("company_id", "=", self.id), ("code", "=", code)])._holders_on(today)
            for role in ("holder", "stand_in"):
                users = rows.filtered(lambda row, role=role: row.role == role).user_id.filtered("active")
                if users:
                    return users
        # sudo: res.users - an empty answer of the same kind
        return self.env["res.users"].sudo()
