from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.jamaa_complaint_triage import ELSEWHERE

# Facts are required, and who goes elsewhere has told none.
NO_FACTS = "-"


class JamaaComplaintCounter(models.TransientModel):
    """The same questions at the counter; what was answered is not kept with anybody."""

    _inherit = "jamaa.complaint.counter"

    triage_shown = fields.Boolean(string="Which way is it?", store=False)
    triage_choice_ids = fields.Many2many(
        "jamaa.complaint.triage", string="Questions of the commune", compute="_compute_triage_choice_ids"
    )
    triage_id = fields.Many2one(
        "jamaa.complaint.triage",
        string="Answered by yes",
        domain="[('id', 'in', triage_choice_ids)]",
        help="Ask one after the other; at the first yes, choose it.",
    )
    triage_elsewhere = fields.Boolean(compute="_compute_triage", string="It is something else")
    triage_words = fields.Text(compute="_compute_triage", string="Tell the person")

    @api.depends("company_id")
    def _compute_triage_choice_ids(self):
        for wizard in self:
            wizard.triage_choice_ids = self.env["jamaa.complaint.triage"]._questions(wizard.company_id)

    @api.depends("triage_id")
    @api.depends_context("lang")
    def _compute_triage(self):
        for wizard in self:
            row = wizard.triage_id
            wizard.triage_elsewhere = row.leads_to == ELSEWHERE
            wizard.triage_words = "\n".join(filter(None, [row.title, row.words, row.where_to])) or False

    @api.onchange("triage_id")
    def _onchange_triage_id(self):
        if self.triage_id and self.triage_id.leads_to != ELSEWHERE:
            self.kind = self.triage_id.leads_to

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("triage_id") and not vals.get("facts"):
                vals["facts"] = NO_FACTS
        return super().create(vals_list)

    def action_elsewhere(self):
        """The person goes to another desk: counted without the person, and nothing typed is kept."""
        self.ensure_one()
        self._check_clerk()
        questions = self.env["jamaa.complaint.triage"]._questions(self.company_id)
        if self.triage_id in questions and self.triage_elsewhere:
            self.env["jamaa.complaint.triage.answer"]._note(self.company_id, self.triage_id.code, "counter")
        # sudo: jamaa.complaint.counter - clerks delete no wizard, this one is nobody's any more
        self.sudo().unlink()
        return self._counter_action()

    def action_lodge(self):
        """Count the kind that the questions led to."""
        self.ensure_one()
        if (self.facts or "").strip() == NO_FACTS:
            raise UserError(self.env._("Write what happened."))
        asked = self.triage_id
        result = super().action_lodge()
        if asked:
            self.env["jamaa.complaint.triage.answer"]._note(self.company_id, self.kind, "counter")
            self.triage_id = False
        return result
