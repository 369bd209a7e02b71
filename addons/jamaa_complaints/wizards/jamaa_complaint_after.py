"""What is written down after an answer: a wish for another look, its decision, a promise given up."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..models.jamaa_complaint_appeal import RESULTS


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
            ("appeal", "The citizen appeals to the president"),
            ("decide_appeal", "Decide on the appeal"),
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
    appeal_words = fields.Text(string="The appeal, in the citizen's words", compute="_compute_appeal_words")
    result = fields.Selection(RESULTS, string="Decision on the appeal")
    reason = fields.Text(string="Reason", required=True)

    def _compute_appeal_words(self):
        for wizard in self:
            appeals = wizard.case_id.appeal_ids.filtered(lambda appeal: not appeal.decided_on)
            wizard.appeal_words = appeals[:1].words

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
        elif self.what == "appeal":
            self.case_id._appeal_at_desk(reason)
        elif self.what == "decide_appeal":
            if not self.result:
                raise UserError(self.env._("Choose whether the answer stands."))
            self.case_id._decide_appeal(self.result, reason)
        elif self.decision:
            self.case_id._decide_reopening(self.decision == "again", reason)
        else:
            raise UserError(self.env._("Choose whether the case is opened again."))
        return {"type": "ir.actions.act_window_close"}
