"""What a sheet is made of: steps, legal texts, access; and what all lines of a sheet share."""

from odoo import api, fields, models


class JamaaProcedureLine(models.AbstractModel):
    """Mixin of a line of a sheet: it stays as it is once the sheet was published."""

    _name = "jamaa.procedure.line"
    _inherit = ["jamaa.multilingual"]
    _description = "Line of a procedure sheet"
    _order = "sheet_id, sequence, id"

    sheet_id = fields.Many2one("jamaa.procedure.sheet", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="sheet_id.company_id", string="Commune", store=True, index=True)
    sequence = fields.Integer(default=10)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.sheet_id._check_writable()
        return lines

    def write(self, vals):
        self.sheet_id._check_writable()
        result = super().write(vals)
        # Moved into another sheet, it is that one's content too.
        self.sheet_id._check_writable()
        return result

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        self.sheet_id._check_writable()
        return super()._update_field_translations(field_name, translations, digest=digest, source_lang=source_lang)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self.sheet_id._check_writable()


class JamaaProcedureStep(models.Model):
    """One thing to do, in the order in which it is done."""

    _name = "jamaa.procedure.step"
    _inherit = ["jamaa.procedure.line"]
    _description = "Step of a Procedure"

    name = fields.Text("What one does", required=True, translate=True)
    pictogram = fields.Char(help="Name of the drawing shown beside it.")


class JamaaProcedureLegal(models.Model):
    """A text that the sheet rests on (CPSV-AP: LegalResource)."""

    _name = "jamaa.procedure.legal"
    _inherit = ["jamaa.procedure.line"]
    _description = "Legal Text of a Procedure"

    name = fields.Char("Text", required=True, translate=True)
    reference = fields.Char("Number")
    article = fields.Char()
    dated = fields.Date()
    url = fields.Char("Address")

    @api.depends("name", "reference")
    def _compute_display_name(self):
        for text in self:
            text.display_name = f"{text.name} {text.reference}" if text.reference else text.name


class JamaaProcedureAccess(models.Model):
    """How people of one category get it done; a category without a line is a gap to fill."""

    _name = "jamaa.procedure.access"
    _inherit = ["jamaa.procedure.line"]
    _description = "Access to a Procedure"

    category_id = fields.Many2one("jamaa.access.category", required=True, ondelete="restrict")
    how = fields.Text("How they get it done", required=True, translate=True)

    _category_uniq = models.Constraint("UNIQUE(sheet_id, category_id)", "This category already has its line.")
