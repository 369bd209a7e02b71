"""Which function answers for a line of the routing table, and who holds it today."""

from odoo import fields, models


class JamaaComplaintRoute(models.Model):
    _inherit = "jamaa.complaint.route"

    function_id = fields.Many2one(
        "jamaa.function",
        string="Function that answers",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Its holder of the day, else the stand-in, gets the case. Empty: anyone in the service takes it.",
    )

    def _person_for(self, case, date):
        """Who answers for a case under this line on a day: the holder, else the stand-in.

        Left out are those who cannot do it: without a login that works, outside the service,
        or closed out of the case.

        :param case: the ``helpdesk.ticket``, already in its service
        :return: a ``res.users``, empty where nobody can
        """
        self.ensure_one()
        # sudo: jamaa.function.holder, helpdesk.ticket - the rule looks at every mandate, whoever assigns
        able = case.sudo()._case_members().filtered("active") - case.sudo().locked_user_ids
        # sudo: jamaa.function - as above
        holders = self.sudo().function_id.filtered("active")._holders_on(date)
        return next((row.user_id for row in holders if row.user_id in able), self.env["res.users"]).sudo(False)
