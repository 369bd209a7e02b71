"""Who sees which work order."""

from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    def _order_domain(self):
        """Work orders the role of this user opens, inside the own communes.

        Those of cases the user reads, and those addressed to the own service, whose case
        stays closed to it. As `_case_domain`, it depends on no row that changes.

        :return: a domain list on `jamaa.complaint.order`
        """
        self.ensure_one()
        domain = Domain("case_id", "any", self._case_domain())
        if self.has_group("jamaa_base.group_service_agent") or self.has_group("jamaa_base.group_service_head"):
            domain |= Domain("service_id.user_ids", "in", [self.id])
        if self.has_group("jamaa_base.group_service_head"):
            domain |= Domain("service_id.user_id", "=", self.id)
            domain |= Domain("service_id.parent_id.user_id", "=", self.id)
        return list(domain)
