"""What is written down after an answer: a wish for another look, its decision, a promise given up."""

from odoo import fields, models
from odoo.exceptions import UserError


class JamaaComplaintAfter(models.TransientModel):
    """The words that go with a step after the answer; the citizen reads the reason."""

    _name = "jamaa.complaint.after"
    _description = "After the answer"

    case_id = fields.Many2one("helpdesk.ticket", required=True, readonly=True)
    promise_id = fields.Many2one("jamaa.complaint.promise", readonly=True)
    what = fields.Selection(
        [
            ("ask", "The citizen asks for another look"),
            ("decide", "Decide on another look"),
            ("drop", "Give up a promise"),
        ],
        string="Step",
        required=True,
        readonly=True,
    )
    citizen_words = fields.Text(related="case_id.reopen_words", string="In the citizen's words")
    decision = fields.Selection(
        [("again", "Open the case again"), ("keep", "Keep the answer")],
        string="Decision",
    )
    reason = fields.Text(string="Reason", required=True)

    def action_confirm(self):
        """Apply; who may is checked on the case."""
        self.ensure_one()
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(self.env._("Give the reason in a few words."))
        if self.what == "ask":
            self.case_id._ask_again_at_desk(reason)
        elif self.what == "drop":
            self.promise_id._drop(reason)
        elif self.decision:
            self.case_id._decide_reopening(self.decision == "again", reason)
        else:
            raise UserError(self.env._("Choose whether the case is opened again."))
        return {"type": "ir.actions.act_window_close"}
