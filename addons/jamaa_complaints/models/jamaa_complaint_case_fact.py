"""What every append-only row about a case has: the case and its commune."""

from odoo import fields, models


class JamaaComplaintCaseFact(models.AbstractModel):
    """Mixin of facts about a case: rows that are added and stay, and go with the case alone."""

    _name = "jamaa.complaint.case.fact"
    _inherit = ["jamaa.append.only"]
    _description = "Fact about a case"

    case_id = fields.Many2one("helpdesk.ticket", string="Case", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company",
        string="Commune",
        related="case_id.company_id",
        store=True,
        index=True,
        precompute=True,
    )
