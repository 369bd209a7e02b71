"""What came back on a work order, in words and photos."""

from odoo import fields, models
from odoo.exceptions import UserError

from .jamaa_complaint_order_issue import cleaned


class JamaaComplaintOrderReply(models.TransientModel):
    """Work reported done, an order refused, cancelled or sent back."""

    _name = "jamaa.complaint.order.reply"
    _description = "Reply on a work order"

    order_id = fields.Many2one("jamaa.complaint.order", string="Work order", required=True, readonly=True)
    what = fields.Selection(
        [
            ("done", "The work is done"),
            ("refused", "It cannot be done"),
            ("returned", "It is not done as ordered"),
            ("cancelled", "It is no longer wanted"),
        ],
        string="What is noted",
        required=True,
        readonly=True,
        default="done",
    )
    done_on = fields.Date(string="Done on", default=lambda self: self.env["helpdesk.ticket"]._commune_today())
    words = fields.Text()
    photo_before = fields.Binary(attachment=False)
    photo_after = fields.Binary(attachment=False)
    photo_after_more = fields.Binary(string="Another photo after", attachment=False)

    def action_confirm(self):
        """Note it; who may is checked on the order."""
        self.ensure_one()
        words = (self.words or "").strip()
        if self.what == "done":
            if not self.done_on:
                raise UserError(self.env._("Give the day on which it was done."))
            self.order_id._report_done(
                self.done_on,
                words,
                cleaned(self.env, self.photo_before),
                cleaned(self.env, self.photo_after, self.photo_after_more),
            )
        elif not words:
            raise UserError(self.env._("Give the reason in a few words."))
        elif self.what == "returned":
            self.order_id._return(words)
        else:
            self.order_id._end(self.what, words)
        return {"type": "ir.actions.act_window_close"}
