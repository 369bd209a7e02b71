from odoo import api, fields, models

from ..models.jamaa_decision import OUTCOMES

TAKEN = ("outcome", "reason", "number", "decided_on", "votes_for", "votes_against", "votes_abstain", "scan",
         "scan_name", "visa_due")  # fmt: skip


class JamaaDecisionRecord(models.TransientModel):
    """Copy from signed minutes what the bureau, a committee or the council decided."""

    _name = "jamaa.decision.record"
    _description = "Record a Decision from Minutes"

    decision_id = fields.Many2one(
        "jamaa.decision", "What is to be decided", required=True, readonly=True, ondelete="cascade"
    )
    level = fields.Selection(related="decision_id.level")
    outcome = fields.Selection(OUTCOMES, "Decision", required=True, default="approved")
    reason = fields.Text("As the minutes say it")
    number = fields.Char("Number of the decision", required=True)
    decided_on = fields.Date("Decided on", required=True, default=fields.Date.context_today)
    votes_for = fields.Integer("Votes for")
    votes_against = fields.Integer("Votes against")
    votes_abstain = fields.Integer("Abstentions")
    scan = fields.Binary("Signed minutes", required=True, attachment=False)
    scan_name = fields.Char()
    visa_due = fields.Boolean("Needs the governor's visa", compute="_compute_visa_due", store=True, readonly=False)

    @api.depends("level")
    def _compute_visa_due(self):
        for record in self:
            record.visa_due = record.visa_due and record.level == "council"

    def action_confirm(self):
        """Record it, once.

        :raise AccessError: the user keeps no minutes
        """
        for record in self.with_context(bin_size=False):
            record.decision_id._record({name: record[name] for name in TAKEN})
