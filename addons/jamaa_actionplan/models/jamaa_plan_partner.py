from odoo import fields, models


class JamaaPlanPartner(models.Model):
    """Somebody outside the administration who takes part in an action, and with what."""

    _name = "jamaa.plan.partner"
    _description = "Outside Partner of an Action"
    _order = "action_id, id"

    action_id = fields.Many2one("project.task", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="action_id.company_id", string="Commune", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('company_id', 'in', [company_id, False])]",
    )
    kind = fields.Selection(
        [
            ("association", "Association"),
            ("state", "State service"),
            ("company", "Private company"),
            ("commune", "Other commune or grouping"),
            ("programme", "Programme or donor"),
            ("other", "Other"),
        ],
        required=True,
        default="association",
    )
    contribution = fields.Char("What it brings", help="Money, people, rooms, know-how.")

    _once = models.Constraint("UNIQUE(action_id, partner_id)", "This partner is named for this action already.")
