"""The dated facts of a case: added, never edited."""

from odoo import api, fields, models

# What may happen to a case, in the order it usually does. The second item says
# whether the citizen sees it on the tracking page.
MILESTONES = [
    ("received", "Received", True),
    ("assigned", "Sent to the service", True),
    ("taken", "Being handled", True),
    ("answer_drafted", "Answer being prepared", False),
    ("submitted", "Answer submitted for approval", False),
    ("returned", "Answer returned for rework", False),
    ("approved", "Answer approved", True),
    ("sent", "Answer sent", True),
    ("satisfied", "The answer helped", True),
    ("unsatisfied", "The answer did not help", True),
    ("closed", "Closed", True),
    ("message_received", "Message from the citizen", True),
    ("corrected", "Correction added", False),
    ("kind_changed", "Kind changed", True),
    ("receipt_date_changed", "Date of legal receipt changed", True),
    ("locked", "Closed to named users", False),
    ("unlocked", "Reopened to named users", False),
    # files
    ("imported", "Entered from a file", False),
    ("copied_back", "Answer copied to the national portal", False),
    # clocks
    ("due_passed", "Due date passed without an answer", True),
    ("target_held", "Internal target put on hold", False),
    ("target_released", "Internal target goes on", False),
    # counter
    ("read_back", "Read back and approved", True),
    ("read_out", "State read out to the citizen", True),
    ("answer_read_out", "Answer read out to the citizen", True),
    ("code_replaced", "Code replaced at the counter", True),
    ("code_refused", "Code not replaced: identity not proved", False),
    ("mandate_given", "Consent that somebody follows", True),
    ("mandate_withdrawn", "Consent withdrawn", True),
    # mail
    ("mail_bounced", "A message did not reach the citizen", False),
    ("mail_alert_seen", "Looked at by the unit", False),
    ("called", "Called by telephone", True),
    ("call_missed", "Called by telephone, not reached", False),
    ("order_issued", "Work was ordered", True),
    ("order_done", "The work was done", True),
    ("joined_group", "Handled together with others", True),
    ("left_group", "Handled alone again", True),
    ("letter_signed", "Letter signed", False),
    ("promise_kept", "What was promised is done", True),
    ("promise_dropped", "What was promised is not done", True),
    ("reopen_asked", "Another look asked for", True),
    ("reopened", "Opened again", True),
    ("reopen_refused", "Not opened again", True),
    ("appealed", "Appeal to the president", True),
    ("appeal_decided", "Appeal decided", True),
    # admissibility, and the request for missing information
    ("admitted", "Admitted", True),
    ("inadmissible_proposed", "Rejection proposed", False),
    ("readmitted", "Admitted after all", False),
    ("referred", "Referred to the competent body", True),
    ("consent_noted", "Being named to another body: the citizen's word noted", False),
    ("info_asked", "Missing information asked", True),
    ("info_received", "Missing information received", True),
    ("info_missed", "Missing information not received in time", True),
    # trust
    ("closed_to_many", "Read by fewer persons", False),
    ("opened_to_more", "Read by more persons", False),
    ("heard", "Person named was heard", False),
    ("not_heard", "Person named could not be heard", False),
    ("verified", "What was reported is verified", False),
    ("report_erased", "Erased: not verified in time", True),
    ("contents_erased", "Contents erased: their time was over", True),
]
PUBLIC_CODES = {code for code, _label, public in MILESTONES if public}


class JamaaComplaintMilestone(models.Model):
    """One fact in the life of a case: what happened, when, by whom.

    The stage is only a screen; what can be proved is here. Rows are written by
    the case's own methods and by nobody else, and are never changed: a mistake
    is answered by a further row.
    """

    _name = "jamaa.complaint.milestone"
    _inherit = ["jamaa.complaint.case.fact"]
    _description = "Milestone of a case"
    _order = "case_id, date desc, id desc"
    _rec_name = "code"

    code = fields.Selection(
        [(code, label) for code, label, _public in MILESTONES],
        string="What happened",
        required=True,
    )
    date = fields.Datetime(string="When", required=True, default=lambda self: self.env.cr.now())
    user_id = fields.Many2one("res.users", string="By", default=lambda self: self.env.user)
    service_id = fields.Many2one("helpdesk.ticket.team", string="Service")
    is_public = fields.Boolean(string="Shown to the citizen")
    note = fields.Text(string="Remark")

    _code_date_idx = models.Index("(code, date)")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["is_public"] = vals["code"] in PUBLIC_CODES
        return super().create(vals_list)

    @api.model
    def _words_not_changed(self):
        return self.env._("A milestone is a fact: it is not changed. Add a correction.")

    @api.model
    def _words_not_deleted(self):
        return self.env._("A milestone is a fact: it is not deleted. Add a correction.")
