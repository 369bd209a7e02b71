"""Handing procedures on as files."""

from odoo import models
from odoo.exceptions import UserError

#: Procedures in one file of the exchange format; the import takes as many.
MAX_FILE = 500


class JamaaProcedure(models.Model):
    _inherit = "jamaa.procedure"

    def action_export_json(self):
        """Give the chosen procedures as a file another commune can import.

        :raise UserError: more than one file holds
        """
        return self._export_file("json")

    def action_export_csv(self):
        """Give the chosen procedures as a table, one row each."""
        return self._export_file("csv")

    def action_export_pieces_csv(self):
        """Give the papers of the chosen procedures as a table, one row each."""
        return self._export_file("pieces.csv")

    def action_export_xlsx(self):
        """Give the chosen procedures and their papers as a workbook."""
        self.check_access("read")
        return self.env.ref("jamaa_reception.action_report_catalogue_xlsx").report_action(self)

    def action_export_jsonld(self):
        """Give those of the chosen procedures that are published in CPSV-AP."""
        return self._export_file("jsonld")

    def _export_file(self, ending):
        self.check_access("read")
        if len(self) > MAX_FILE:
            raise UserError(self.env._("One file holds %(most)s procedures at most: choose fewer.", most=MAX_FILE))
        ids = ",".join(map(str, self.ids))
        return {"type": "ir.actions.act_url", "url": f"/jamaa/procedures.{ending}?ids={ids}", "target": "self"}
