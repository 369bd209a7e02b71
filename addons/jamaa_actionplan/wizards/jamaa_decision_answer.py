from odoo import fields, models

from ..models.jamaa_decision import OUTCOMES


class JamaaDecisionAnswer(models.TransientModel):
    """Decide on a phone: approve, refuse or send back, with a reason."""

    _name = "jamaa.decision.answer"
    _description = "Decide"

    decision_id = fields.Many2one(
        "jamaa.decision", "What is to be decided", required=True, readonly=True, ondelete="cascade"
    )
    text = fields.Text(related="decision_id.text")
    outcome = fields.Selection(OUTCOMES, "Decision", required=True, default="approved")
    reason = fields.Text(help="Needed to refuse or to send back.")

    def action_confirm(self):
        """Decide; whether the user may is asked at this moment.

        :raise AccessError: the user does not decide this today
        """
        for answer in self:
            answer.decision_id._decide(answer.outcome, answer.reason)
