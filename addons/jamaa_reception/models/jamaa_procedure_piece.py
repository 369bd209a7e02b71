"""The papers a person brings."""

from odoo import fields, models


class JamaaProcedurePiece(models.Model):
    """A paper that is asked for (CPSV-AP: Evidence).

    Law 55-19: nobody asks for a paper that is not on the published sheet, for more than one
    copy, or for one the administration already has. The sheet is therefore the one list from
    which receipts are made.
    """

    _name = "jamaa.procedure.piece"
    _inherit = ["jamaa.procedure.condition"]
    _description = "Piece of a Procedure"

    name = fields.Char("Paper", required=True, translate=True)
    code = fields.Char(help="Short name in exchanged files.")
    form = fields.Selection(
        [
            ("original", "Original, kept by the commune"),
            ("shown", "Original, shown only"),
            ("copy", "Plain copy"),
            ("original_and_copy", "Plain copy, original shown"),
            ("form", "Form filled in"),
        ],
        required=True,
        default="copy",
    )
    count = fields.Integer("How many", required=True, default=1)
    delivered_by = fields.Char("Who delivers it", translate=True)
    held_by_us = fields.Boolean(
        "We already have it", help="The commune looks it up itself: the person does not bring it."
    )
    note = fields.Char("Good to know", translate=True)
    pictogram = fields.Char(help="Name of the drawing shown beside it.")
    condition_ids = fields.Many2many(
        "jamaa.procedure.answer", "jamaa_procedure_piece_condition_rel", "piece_id", "answer_id", "Only when"
    )

    _count_range = models.Constraint("CHECK(count BETWEEN 1 AND 20)", "Between 1 and 20 of one paper.")
