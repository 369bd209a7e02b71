"""Days on which the commune waits for somebody else: they move the internal target."""

from odoo import api, fields, models


class JamaaComplaintHold(models.Model):
    """One hold of the internal clock: since when, why, until when.

    The first day is not counted and the last is, like the days of a time limit. A row is
    written by the case's own methods; its end is added once and nothing else changes.
    """

    _name = "jamaa.complaint.hold"
    _inherit = ["jamaa.complaint.case.fact"]
    _description = "Hold of the internal target of a case"
    _order = "case_id, date_from desc, id desc"
    _rec_name = "reason"

    date_from = fields.Date(string="Since", required=True)
    date_to = fields.Date(string="Until", help="Empty: the hold goes on.")
    reason = fields.Text(required=True)
    user_id = fields.Many2one("res.users", string="By", default=lambda self: self.env.user)

    _one_open = models.UniqueIndex("(case_id) WHERE date_to IS NULL", "This case is on hold already.")
    _dates_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)", "A hold cannot end before it began."
    )

    def write(self, vals):
        """The end alone is added, once.

        :raise UserError: something else would change
        """
        if set(vals) == {"date_to"} and vals["date_to"] and not any(hold.date_to for hold in self):
            return self._rewrite(vals)
        return super().write(vals)

    @api.model
    def _words_not_changed(self):
        return self.env._("A hold is a fact: only its end is added, once.")

    @api.model
    def _words_not_deleted(self):
        return self.env._("A hold is a fact: it is not deleted.")

    def _days(self, start):
        """Days held since the clock started, by holds that are over.

        :param start: day the clock of the case runs from; what was before it does not count
        """
        over = self.filtered(lambda hold: hold.date_to and hold.date_to > start)
        return sum((hold.date_to - max(hold.date_from, start)).days for hold in over)
