"""What a case was before it was opened again."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .helpdesk_ticket import OUTCOMES
from .helpdesk_ticket_guard import without_person


class JamaaComplaintCycle(models.Model):
    """One round of a case: its answer, its dates, what the citizen said of it.

    Written when the case is opened again, by code alone, and never changed: the new
    round has its own answer and its own clock, the old one stays as it was.
    """

    _name = "jamaa.complaint.cycle"
    _inherit = ["jamaa.complaint.case.fact"]
    _description = "Earlier round of a case"
    _order = "case_id, number desc"
    _rec_name = "number"

    number = fields.Integer(string="Round", required=True)
    started_on = fields.Date(string="Clock from", required=True)
    due_date = fields.Date(string="Answer due")
    answered_on = fields.Date(string="Answered on", required=True)
    answer = fields.Text(string="Answer")
    answer_reasons = fields.Text(string="Reasons")
    outcome = fields.Selection(OUTCOMES, string="Outcome")
    approved_capacity = fields.Char(string="Approved as")
    approved_by_id = fields.Many2one("res.users", string="Approved by")
    approved_on = fields.Datetime(string="Approved on")
    letter_entry_id = fields.Many2one(
        "jamaa.mail.entry", string="In the book of outgoing mail", index="btree_not_null", ondelete="restrict"
    )
    answer_letter_id = fields.Many2one("ir.attachment", string="Letter on file", ondelete="restrict")
    letter_scan_id = fields.Many2one("ir.attachment", string="Signed letter", ondelete="restrict")
    satisfaction = fields.Integer(string="Face chosen", help="0: none, 1: did not help, 2: in part, 3: helped.")
    asked_on = fields.Date(string="Another look asked for on")
    asked_words = fields.Text(string="Why, in the citizen's words")
    decision_reason = fields.Text(string="Why it was opened again")

    _number_unique = models.UniqueIndex("(case_id, number)", "This round of the case is on file already.")

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise UserError(self.env._("Rounds of a case are kept by opening it again."))
        return super().create(vals_list)

    @api.model
    def _words_not_changed(self):
        return self.env._("An earlier round of a case is a fact: it is not changed.")

    @api.model
    def _words_not_deleted(self):
        return self.env._("An earlier round of a case is a fact: it is not deleted.")

    def _erase_words(self, values):
        """Take the person out of the words: the one exception to append-only (law 09-08)."""
        for cycle in self:
            words = {
                name: without_person(cycle[name], values)
                for name in ("answer", "answer_reasons", "asked_words", "decision_reason")
                if cycle[name]
            }
            if words:
                cycle._rewrite(words)
