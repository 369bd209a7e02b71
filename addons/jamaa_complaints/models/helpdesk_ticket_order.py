"""Work orders of a case."""

import re

from odoo import fields, models


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    order_ids = fields.One2many("jamaa.complaint.order", "case_id", string="Work orders", readonly=True)
    may_order = fields.Boolean(compute="_compute_may")

    def _case_steps(self):
        return (*super()._case_steps(), "order")

    def _may(self, step):
        """The unit and the head of the service in charge order work, as long as the case is open."""
        if step != "order":
            return super()._may(step)
        self.ensure_one()
        if self.stage_id == self._stage_after("closed"):
            return False
        head = self.env.user.has_group("jamaa_base.group_service_head")
        return self._is_desk() or (head and self._is_of_service())

    def action_order(self):
        """Button: order work from a service or an operator."""
        self._check_step("order")
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.jamaa_complaint_order_issue_action")
        return {**action, "context": {"default_case_id": self.id}}

    def _erase_identity(self, values):
        """Take the person's name and addresses out of the words of the orders too."""
        secrets = sorted((value for value in values.values() if value), key=len, reverse=True)

        def clean(text):
            for secret in secrets:
                text = re.sub(re.escape(secret), "…", text, flags=re.IGNORECASE)
            return text

        # sudo: jamaa.complaint.order - erasure is a duty, not a role's right
        for order in self.sudo().order_ids:
            names = ("name", "details", "place", "reason", "done_note")
            order.write({name: clean(order[name]) for name in names if order[name]})
            order.step_ids._replace_words(clean)
        return super()._erase_identity(values)
