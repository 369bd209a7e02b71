"""Where a login works, as what reception opens to it depends on that."""

from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    # Core's own link shows the employees of the companies one has switched on, and is kept whichever these were.
    reception_employee_ids = fields.One2many(
        "hr.employee", "user_id", groups="base.group_system", export_string_translation=False
    )

    def _works_as(self):
        """The employees a login is, as superuser, in all communes; whoever has left is none any more.

        Asked for by the link and not searched: a record rule that comes here for each column of a
        screen finds it in the cache, which a change of site or service empties.
        """
        self.ensure_one()
        # sudo: hr.employee - where the user works decides what the user reads
        return self.sudo().with_context(active_test=True).reception_employee_ids
