"""The dated facts of a work order: added, never edited."""

from odoo import api, fields, models

ORDER_STEPS = [
    ("issued", "Issued"),
    ("mailed", "Sent by e-mail"),
    ("acknowledged", "Taken note of"),
    ("done", "Reported done"),
    ("returned", "Sent back: not done as ordered"),
    ("checked", "Checked"),
    ("refused", "Refused"),
    ("cancelled", "Cancelled"),
    ("reminded_before", "Reminded before the day"),
    ("reminded_late", "Reminded after the day"),
]


class JamaaComplaintOrderStep(models.Model):
    """What happened to an order, when and by whom: the evidence behind a penalty."""

    _name = "jamaa.complaint.order.step"
    _inherit = ["jamaa.append.only"]
    _description = "Step of a work order"
    _order = "order_id, date desc, id desc"
    _rec_name = "code"

    order_id = fields.Many2one(
        "jamaa.complaint.order", string="Work order", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", string="Commune", related="order_id.company_id", store=True, index=True, precompute=True
    )
    code = fields.Selection(ORDER_STEPS, string="What happened", required=True)
    date = fields.Datetime(string="When", required=True, default=lambda self: self.env.cr.now())
    user_id = fields.Many2one("res.users", string="By", default=lambda self: self.env.user)
    note = fields.Text(string="Words")

    @api.model
    def _words_not_changed(self):
        return self.env._("A step of an order is a fact: it is not changed.")

    @api.model
    def _words_not_deleted(self):
        return self.env._("A step of an order is a fact: it is not deleted.")

    def _replace_words(self, clean):
        """Take an erased identity out of what was noted (law 09-08): the one exception.

        :param clean: function from text to text
        """
        for step in self.filtered("note"):
            step._rewrite({"note": clean(step.note)})
