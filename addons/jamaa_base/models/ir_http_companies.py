from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Show communes by their name in the reader's language where one changes from one to another."""
        info = super().session_info()
        allowed = info.get("user_companies", {}).get("allowed_companies", {})
        # sudo: res.company - upstream lists these companies under sudo too; only their names are read
        for company in self.env["res.company"].sudo().browse(allowed):
            allowed[company.id]["name"] = company.display_name
        return info
