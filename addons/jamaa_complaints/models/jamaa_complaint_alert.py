"""What was told about a due date: each step once for a case and a date."""

from odoo import api, fields, models

# From the person who works on it up to who answers for the commune.
ALERT_STEPS = [
    ("early", "First alert"),
    ("near", "Second alert"),
    ("late", "Date passed"),
    ("very_late", "Long past"),
]


class JamaaComplaintAlert(models.Model):
    """One step of the escalation of a case: added by the nightly run, never changed.

    The due date is part of the key: a case that gets another date (a corrected day of receipt,
    a new cycle) is told of again; the same date never is.
    """

    _name = "jamaa.complaint.alert"
    _inherit = ["jamaa.complaint.case.fact"]
    _description = "Alert about the due date of a case"
    _order = "case_id, id desc"
    _rec_name = "step"

    step = fields.Selection(ALERT_STEPS, required=True)
    due_date = fields.Date(string="About the date", required=True)
    date = fields.Date(string="Told on", required=True)
    user_ids = fields.Many2many("res.users", relation="jamaa_complaint_alert_user_rel", string="Told")

    _once = models.UniqueIndex("(case_id, step, due_date)", "This was told already.")

    @api.model
    def _words_not_changed(self):
        return self.env._("An alert is a fact: it is not changed.")

    @api.model
    def _words_not_deleted(self):
        return self.env._("An alert is a fact: it is not deleted.")
