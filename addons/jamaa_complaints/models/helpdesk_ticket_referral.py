"""What the competent body gets: the facts, and the name only where the citizen agreed."""

from odoo import api, fields, models

#: What of the identity goes along, where it goes along.
PASSED_ON = ("name", "phone", "email", "address")


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    may_dispatch = fields.Boolean(compute="_compute_may")

    @api.model
    def _case_steps(self):
        return (*super()._case_steps(), "dispatch")

    def _may(self, step):
        if step == "dispatch":
            return self._is_desk() and self.admissibility == "referred"
        return super()._may(step)

    def action_print_referral(self):
        """Button: the letter to the competent body."""
        self._check_step("dispatch")
        return self.env.ref("jamaa_complaints.action_report_referral").report_action(self)

    def _referral_paper(self):
        """Values of the letter to the competent body, in the language of the context.

        Made when it is printed and filed nowhere: it may bear the name. Taking the name out
        of the vault is put on record as any other look into it.

        :raise AccessError: not for this user, or the case is not referred
        """
        self.ensure_one()
        self._check_step("dispatch")
        # sudo: helpdesk.ticket - whether there is an identity; its values come out of the reveal log
        case = self.sudo()
        identity = []
        if case.consent_referral and case.complainant_id:
            look = self.env["jamaa.identity.reveal"].create(
                {
                    "complainant_id": case.complainant_id.id,
                    "reason": self.env._(
                        "Letter to the competent body about %(number)s: the citizen agreed to be named.",
                        number=case.case_number,
                    ),
                    **{f"ask_{name}": True for name in PASSED_ON},
                }
            )
            identity = [look[f"value_{name}"] for name in PASSED_ON if look[f"value_{name}"]]
        body = case.body_id
        return {
            "code": case._public_code_shown(),
            "qr": case._public_follow_qr(self._paper_lang()),
            "number": case.case_number,
            "letter_number": case.referral_entry_id.number_display or "",
            "body": body.name or "",
            "contact": body._contact_lines(),
            "about": case.category_id.name or case._kind_words(),
            "received": case._day(case.legal_receipt_date),
            "place": case.place_text or "",
            "facts": case.facts or "",
            "reason": case.ground_reason or "",
            "capacity": case.approved_capacity or "",
            "identity": identity,
        }
