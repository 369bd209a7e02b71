"""How a due date is computed: on the screen and on a sheet one can hand over."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.legal_due import LegalDue


class JamaaLegalProof(models.TransientModel):
    """Choose a rule and the day the clock starts; see and print how the due date is reached."""

    _name = "jamaa.legal.proof"
    _description = "Proof of a due date"
    _rec_name = "regime_id"

    company_id = fields.Many2one("res.company", string="Commune", required=True, default=lambda self: self.env.company)
    regime_id = fields.Many2one(
        "jamaa.legal.regime",
        string="Rule",
        required=True,
        domain="[('company_id', 'in', [False, company_id])]",
    )
    start_date = fields.Date(string="The clock starts on", required=True, default=fields.Date.context_today)
    extended = fields.Boolean(string="Extension decided")
    extension_days = fields.Integer(related="regime_id.extension_days")
    lang = fields.Selection(
        "_selection_lang", string="Language of the sheet", required=True, default=lambda self: self.env.lang or "en_US"
    )
    due_date = fields.Date(string="Due on", compute="_compute_due")
    due_label = fields.Char(string="Called", compute="_compute_due")
    caution = fields.Char(compute="_compute_due")
    steps = fields.Text(string="How it is computed", compute="_compute_due")

    @api.model
    def _selection_lang(self):
        return self.env["res.lang"].get_installed()

    @api.depends("company_id", "regime_id", "start_date", "extended", "lang")
    def _compute_due(self):
        for proof in self:
            due = proof._due()
            proof.due_date = due and due.date
            proof.due_label = due and due.label(proof.lang)
            proof.caution = due and due.caution(proof.lang)
            proof.steps = due and "\n".join(due.proof_lines(proof.lang))

    def _due(self) -> LegalDue | None:
        """The computed date, or None while a field is still empty."""
        self.ensure_one()
        if not (self.regime_id and self.company_id and self.start_date):
            return None
        return self.regime_id._due(self.start_date, self.company_id, extended=self.extended)

    def _document_lang(self):
        return self.lang

    def action_print(self):
        """Print the sheet. Odoo would ask to choose a layout first; the layout is ours."""
        self.ensure_one()
        if not self.start_date:
            raise UserError(self.env._("Give the day on which the clock starts."))
        report = self.env.ref("jamaa_base.report_legal_proof")
        return report.report_action(self, config=False)
