from odoo import fields, models


class JamaaBodyAgenda(models.Model):
    """A point of the agenda, and what was said on it."""

    _name = "jamaa.body.agenda"
    _inherit = ["jamaa.body.line"]
    _description = "Point of the Agenda"
    _order = "meeting_id, sequence, id"
    _check_company_auto = True

    name = fields.Char("Point", required=True)
    sequence = fields.Integer(default=10)
    function_id = fields.Many2one(
        "jamaa.function", "Presented by", index="btree_not_null", ondelete="restrict", check_company=True
    )
    minutes = fields.Integer("Time (minutes)")
    notes = fields.Text("What was said")
