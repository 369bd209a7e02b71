"""What it costs."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class JamaaProcedureFee(models.Model):
    """A fee, in dirhams (CPSV-AP: Cost), by the way one asks and by case."""

    _name = "jamaa.procedure.fee"
    _inherit = ["jamaa.procedure.condition"]
    _description = "Fee of a Procedure"

    name = fields.Char("For what", required=True, translate=True)
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.ref("base.MAD"), ondelete="restrict"
    )
    amount = fields.Monetary(help="0: free of charge.")
    amount_known = fields.Boolean(
        default=True, help="Off: the amount is still to be checked by the commune, and pages say so."
    )
    channel_id = fields.Many2one("jamaa.procedure.channel", "When asked by", help="Empty: whatever the way.")
    legal_id = fields.Many2one("jamaa.procedure.legal", "By which text", ondelete="set null")
    condition_ids = fields.Many2many(
        "jamaa.procedure.answer", "jamaa_procedure_fee_condition_rel", "fee_id", "answer_id", "Only when"
    )

    _amount_positive = models.Constraint("CHECK(amount >= 0)", "A fee is not negative.")

    @api.constrains("legal_id", "sheet_id")
    def _check_legal(self):
        for fee in self:
            if fee.legal_id and fee.legal_id.sheet_id != fee.sheet_id:
                raise ValidationError(self.env._("The text of a fee is one of the same sheet."))
