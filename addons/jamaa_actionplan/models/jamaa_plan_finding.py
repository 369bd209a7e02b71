from odoo import fields, models


class JamaaPlanFinding(models.Model):
    """One thing a diagnosis found: a strength to build on, a weakness, an obstacle or an opportunity."""

    _name = "jamaa.plan.finding"
    _description = "Finding of a Diagnosis"
    _order = "diagnosis_id, sequence, id"
    _check_company_auto = True

    name = fields.Char("Finding", required=True)
    sequence = fields.Integer(default=10)
    diagnosis_id = fields.Many2one(
        "jamaa.plan.diagnosis", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(related="diagnosis_id.company_id", string="Commune", store=True, index=True)
    kind = fields.Selection(
        [
            ("strength", "Strength"),
            ("weakness", "Weakness"),
            ("obstacle", "Obstacle"),
            ("opportunity", "Opportunity"),
        ],
        required=True,
        default="weakness",
    )
    evidence = fields.Char("What shows it", help="A figure, a document, an observation with its date.")
    result_ids = fields.Many2many("jamaa.plan.result", string="Objectives and results", check_company=True)
