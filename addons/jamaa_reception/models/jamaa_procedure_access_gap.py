"""Which people a sheet forgets: each current sheet against each category."""

from odoo import fields, models
from odoo.tools import SQL


class JamaaProcedureAccessGap(models.Model):
    """One category of people for one procedure: said how they get it done, or not.

    Of a procedure the published sheet counts; the one in preparation where none is published.
    """

    _name = "jamaa.procedure.access.gap"
    _description = "Access of a Category to a Procedure"
    _auto = False
    _order = "procedure_id, category_id"
    _rec_name = "category_id"

    procedure_id = fields.Many2one("jamaa.procedure", readonly=True)
    sheet_id = fields.Many2one("jamaa.procedure.sheet", readonly=True)
    company_id = fields.Many2one("res.company", "Commune", readonly=True)
    category_id = fields.Many2one("jamaa.access.category", "Category", readonly=True)
    state = fields.Selection([("filled", "Said how"), ("gap", "Nothing said")], "Status", readonly=True)
    filled = fields.Integer("Said how", readonly=True)
    gap = fields.Integer("Gaps", readonly=True)

    _depends = {
        "jamaa.procedure": ["active"],
        "jamaa.procedure.sheet": ["procedure_id", "company_id", "state"],
        "jamaa.procedure.access": ["sheet_id", "category_id"],
        "jamaa.access.category": ["active"],
    }

    @property
    def _table_query(self):
        return SQL(
            """SELECT sheet.id * 1000 + category.id AS id, sheet.procedure_id, sheet.id AS sheet_id, sheet.company_id,
                      category.id AS category_id,
                      CASE WHEN line.id IS NULL THEN 'gap' ELSE 'filled' END AS state,
                      CASE WHEN line.id IS NULL THEN 0 ELSE 1 END AS filled,
                      CASE WHEN line.id IS NULL THEN 1 ELSE 0 END AS gap
                 FROM (SELECT DISTINCT ON (s.procedure_id) s.id, s.procedure_id, s.company_id
                         FROM jamaa_procedure_sheet s
                         JOIN jamaa_procedure p ON p.id = s.procedure_id AND p.active
                        WHERE s.company_id IS NOT NULL AND s.state IN ('draft', 'review', 'published')
                        ORDER BY s.procedure_id, (s.state = 'published') DESC, s.id DESC) sheet
                CROSS JOIN jamaa_access_category category
                 LEFT JOIN jamaa_procedure_access line
                        ON line.sheet_id = sheet.id AND line.category_id = category.id
                WHERE category.active"""
        )

    def action_fill(self):
        """Button: open the sheet in which it can be said."""
        self.ensure_one()
        return self.procedure_id.action_open_draft()
