"""Take back what was counted by mistake: how many, and why."""

from odoo import fields, models
from odoo.exceptions import UserError


class JamaaReceptionVisitCorrect(models.TransientModel):
    """The window behind “Take back”: it adds a row, nothing is changed."""

    _name = "jamaa.reception.visit.correct"
    _description = "Take back what was counted"
    _rec_name = "visit_id"

    visit_id = fields.Many2one("jamaa.reception.visit", required=True, readonly=True)
    left_quantity = fields.Integer(related="visit_id.left_quantity")
    quantity = fields.Integer("How many", required=True)
    reason = fields.Char("Why", required=True)

    def action_apply(self):
        """Button: add the counter-row, with the rights of who asks.

        :raise UserError: nothing, or more than there is
        """
        self.ensure_one()
        self.check_access("write")
        if not 0 < self.quantity <= self.left_quantity:
            raise UserError(
                self.env._("Take back between 1 and %(most)s, what is still counted.", most=self.left_quantity)
            )
        self.visit_id._counter(self.quantity, self.reason.strip())
        return {"type": "ir.actions.act_window_close"}
