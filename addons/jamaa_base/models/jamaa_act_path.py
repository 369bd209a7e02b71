"""Which functions see an act before it is signed."""

from odoo import fields, models


class JamaaActPath(models.Model):
    """One step of the way of a kind of act in a commune: the function whose internal visa it needs."""

    _name = "jamaa.act.path"
    _description = "Visa before signature"
    _order = "kind_id, sequence, id"
    _rec_name = "function_id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    kind_id = fields.Many2one("jamaa.act.kind", "Kind of act", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    function_id = fields.Many2one(
        "jamaa.function", "Visa of the function", required=True, index=True, check_company=True, ondelete="cascade"
    )

    _once = models.Constraint("UNIQUE(company_id, kind_id, function_id)", "This function is on the way already.")
