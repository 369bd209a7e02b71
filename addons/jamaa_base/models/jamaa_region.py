from odoo import fields, models


class JamaaRegion(models.Model):
    """One of the twelve regions of the kingdom (decree 2-15-40 of 2015)."""

    _name = "jamaa.region"
    _description = "Region"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True, help="Number of the region in the decree.")

    _code_uniq = models.Constraint("UNIQUE(code)", "Another region has this number.")
