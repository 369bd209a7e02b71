"""A risk raised to the president, the bureau or the council asks for a decision there."""

from odoo import fields, models

#: The level of a decision for the level a risk is raised to.
ASKED_AT = {"president": "president", "bureau": "bureau", "council": "council"}


class JamaaPlanRisk(models.Model):
    _inherit = "jamaa.plan.risk"

    decision_ids = fields.One2many("jamaa.decision", "risk_id", "Decisions asked")

    def _tell_level(self):
        """A question goes along with the risk; the one at the level below is withdrawn."""
        result = super()._tell_level()
        level = ASKED_AT.get(self.level)
        if level:
            # sudo: jamaa.decision - who raises a risk asks by that, planner or not
            before = self.sudo().decision_ids.filtered(lambda one: one.state in ("draft", "waiting"))
            before.action_withdraw()
            question = before.create(
                {
                    "name": self.name,
                    "text": self.answer,
                    "risk_id": self.id,
                    "plan_id": self.plan_id.id,
                    "action_id": self.action_id.id,
                    "company_id": self.company_id.id,
                    "level": level,
                    "previous_id": before[:1].id,
                    "asked_by_id": self.env.uid,
                }
            )
            question.action_ask()
        return result

    def _take_decision(self, decision):
        """The decision asked for is there: who sees to the risk goes on from it."""
        words = dict(decision._fields["outcome"]._description_selection(self.env))[decision.outcome]
        # sudo: jamaa.plan.risk - follows from the decision, whoever took it
        self.sudo().write({"state": "open"})
        self.sudo().message_post(
            body=self.env._("%(outcome)s: %(reason)s", outcome=words, reason=decision.reason or decision.name)
        )

    def action_settle(self):
        """As before; a question that still waits is withdrawn, for nothing is to be decided any more."""
        result = super().action_settle()
        # sudo: jamaa.decision - follows from the risk, which the user may settle
        self.sudo().decision_ids.filtered(lambda one: one.state in ("draft", "waiting")).action_withdraw()
        return result
