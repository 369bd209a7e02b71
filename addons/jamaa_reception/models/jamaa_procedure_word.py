"""What people call a procedure when they do not know its name."""

from odoo import fields, models


class JamaaProcedureWord(models.Model):
    """An everyday word or a few: in Darija, in French, in French written in Arabic letters, with usual mistakes."""

    _name = "jamaa.procedure.word"
    _description = "Everyday Word for a Procedure"
    _order = "procedure_id, id"

    name = fields.Char("Word", required=True)
    procedure_id = fields.Many2one("jamaa.procedure", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="procedure_id.company_id", string="Commune", store=True, index=True)

    _word_uniq = models.Constraint("UNIQUE(procedure_id, name)", "This procedure already has this word.")
