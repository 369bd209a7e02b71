"""Why somebody is called a little earlier, and by how much."""

from odoo import api, fields, models
from odoo.exceptions import AccessError


class JamaaQueueReason(models.Model):
    """A reason of priority: a credit in minutes, as if the person had come so much earlier.

    A credit protects the others better than “always first”: who has waited long is not overtaken for
    ever. It is said at the desk, not proven; minutes are set by each commune and shown to everybody.
    """

    _name = "jamaa.queue.reason"
    _inherit = ["jamaa.catalogue.list"]
    _description = "Reason of Priority"

    minutes = fields.Integer(
        "Credit (minutes)",
        company_dependent=True,
        help="The person is called as if he or she had come so many minutes earlier. Each commune sets its own.",
    )

    def write(self, vals):
        """Let a commune's director set its minutes; the list itself is shared by all communes.

        :raise AccessError: more than the minutes, by somebody who is no administrator
        """
        shared = vals.keys() - {"minutes"}
        if shared and not (self.env.su or self.env.user.has_group("jamaa_base.group_administrator")):
            raise AccessError(self.env._("The list is the same in every commune: set the minutes only."))
        return super().write(vals)

    @api.model
    def _credit(self, reasons, cap):
        """Minutes of several reasons together, never more than the cap.

        :param reasons: rows of this model, in the commune's company
        :param int cap: in minutes, of the site
        """
        return max(0, min(sum(reasons.mapped("minutes")), cap))


class JamaaQueueReasonUse(models.Model):
    """One use of a reason on a day at a queue: counted apart, so that no ticket carries a reason.

    A disability or a pregnancy stands on no paper and beside no number, name or request.
    """

    _name = "jamaa.queue.reason.use"
    _inherit = ["jamaa.append.only"]
    _description = "Priority given"
    _order = "day desc, id desc"
    _rec_name = "reason_id"
    _log_access = False
    _check_company_auto = True

    company_id = fields.Many2one("res.company", "Commune", required=True, index=True)
    site_id = fields.Many2one("jamaa.site", required=True, check_company=True, ondelete="restrict")
    queue_id = fields.Many2one("jamaa.queue", required=True, check_company=True, index=True, ondelete="restrict")
    day = fields.Date(required=True)
    reason_id = fields.Many2one("jamaa.queue.reason", required=True, index=True, ondelete="restrict")
    quantity = fields.Integer("Number", required=True, default=1)

    _facts_idx = models.Index("(company_id, site_id, day)")
