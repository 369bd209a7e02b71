from odoo import fields, models


class JamaaDecisionVisa(models.TransientModel):
    """Add the visa of the governor, when it came."""

    _name = "jamaa.decision.visa"
    _description = "Visa of the Governor"

    decision_id = fields.Many2one(
        "jamaa.decision", "What is to be decided", required=True, readonly=True, ondelete="cascade"
    )
    number = fields.Char("Number of the visa")
    visa_on = fields.Date("Visa of the governor on", required=True, default=fields.Date.context_today)

    def action_confirm(self):
        """Record the visa, once.

        :raise AccessError: the user keeps no minutes
        """
        for visa in self:
            visa.decision_id._record_visa(visa.number, visa.visa_on)
