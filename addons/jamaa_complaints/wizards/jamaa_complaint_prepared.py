"""Putting a prepared answer into the draft."""

from odoo import api, fields, models


class JamaaComplaintPrepared(models.TransientModel):
    """Chooses a prepared answer; its words are added to what is written already."""

    _name = "jamaa.complaint.prepared"
    _description = "Use a prepared answer"

    case_id = fields.Many2one("helpdesk.ticket", string="Case", required=True, readonly=True)
    fitting_ids = fields.Many2many("jamaa.complaint.template", compute="_compute_fitting_ids")
    template_id = fields.Many2one(
        "jamaa.complaint.template", string="Prepared answer", required=True, domain="[('id', 'in', fitting_ids)]"
    )
    preview = fields.Text(string="As the citizen reads it", compute="_compute_preview")

    @api.depends("case_id")
    def _compute_fitting_ids(self):
        for wizard in self:
            templates = self.env["jamaa.complaint.template"]
            wizard.fitting_ids = templates.search(templates._domain_for(wizard.case_id))

    @api.depends("template_id")
    def _compute_preview(self):
        for wizard in self:
            case = wizard.case_id
            wizard.preview = wizard.template_id._text_for(case) if wizard.template_id else False

    def action_use(self):
        """Add the words to the draft; who may is checked on the case."""
        self.ensure_one()
        self.case_id._check_step("draft")
        self.template_id.check_access("read")
        written = (self.case_id.answer or "").rstrip()
        words = self.template_id._text_for(self.case_id)
        vals = {"answer": f"{written}\n\n{words}" if written else words}
        if self.template_id.outcome and not self.case_id.outcome:
            vals["outcome"] = self.template_id.outcome
        self.case_id.write(vals)
        return {"type": "ir.actions.act_window_close"}
