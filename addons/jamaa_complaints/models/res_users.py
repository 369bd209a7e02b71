"""Who sees which case."""

from odoo import models
from odoo.fields import Domain

# Roles that answer for every case of their commune.
ALL_CASES = ("complaint_officer", "director", "president")
# States in which an answer concerns whoever signs it.
SIGNING_STATES = ("to_approve", "approved", "sent")


class ResUsers(models.Model):
    _inherit = "res.users"

    def _case_domain(self):
        """Cases the role of this user opens, inside the own communes.

        Called by record rules, whose result is cached per user: nothing here may
        depend on rows that change (memberships are looked up by the domain).
        Locks and communes are rules of their own.

        :return: a domain list on `helpdesk.ticket`
        """
        self.ensure_one()

        def has(role):
            return self.has_group(f"jamaa_base.group_{role}")

        if any(has(role) for role in ALL_CASES):
            return [(1, "=", 1)]
        domain = Domain.FALSE
        if has("service_agent") or has("service_head"):
            domain |= Domain("service_id.user_ids", "in", [self.id])
        if has("service_head"):
            domain |= Domain("service_id.user_id", "=", self.id)
            domain |= Domain("service_id.parent_id.user_id", "=", self.id)
        if has("signatory"):
            domain |= Domain("answer_state", "in", SIGNING_STATES)
        if has("reception_agent"):
            # the agent wrote these words down and may be asked for a new slip
            domain |= Domain("create_uid", "=", self.id)
        return list(domain)
