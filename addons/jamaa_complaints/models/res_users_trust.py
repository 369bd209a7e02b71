"""Levels of confidentiality narrow what a role opens."""

from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    def _case_domain(self):
        """Take away by level what the role alone would open.

        Restricted: the complaint unit, director, president, and the person in charge.
        Sensitive: president and director. Nothing here depends on rows that change: the
        result is cached per user.
        """
        domain = super()._case_domain()
        if self.has_group("jamaa_base.group_president") or self.has_group("jamaa_base.group_director"):
            return domain
        if self.has_group("jamaa_base.group_complaint_officer"):
            return list(Domain(domain) & Domain("confidentiality", "!=", "sensitive"))
        open_to_all = Domain("confidentiality", "not in", ("restricted", "sensitive"))
        in_charge = Domain("confidentiality", "=", "restricted") & Domain("user_id", "=", self.id)
        return list(Domain(domain) & (open_to_all | in_charge))
