"""A case is not treated, or goes to who is competent: the ground, the reasons, the letter."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class JamaaComplaintReject(models.TransientModel):
    """Proposes a rejection; somebody else approves it before it leaves."""

    _name = "jamaa.complaint.reject"
    _description = "Not admissible"

    case_id = fields.Many2one("helpdesk.ticket", required=True, readonly=True)
    company_id = fields.Many2one("res.company", compute="_compute_offer", string="Commune")
    offered_ids = fields.Many2many("jamaa.complaint.ground", compute="_compute_offer")
    ground_id = fields.Many2one(
        "jamaa.complaint.ground", string="Ground", required=True, domain="[('id', 'in', offered_ids)]"
    )
    needs_body = fields.Boolean(related="ground_id.needs_body")
    legal_basis = fields.Text(related="ground_id.legal_basis", string="Legal basis")
    is_confirmed = fields.Boolean(related="ground_id.is_confirmed")
    body_id = fields.Many2one(
        "jamaa.complaint.body",
        string="Competent body",
        domain="[('company_id', 'in', (False, company_id))]",
    )
    consent = fields.Boolean(
        string="The citizen agreed to be named to that body",
        help="Asked on the form or at the counter, or by phone. Without it the facts go without the name.",
    )
    reason = fields.Text(
        string="Reasons", required=True, help="The facts it rests on, as the citizen will read them (law 03-01)."
    )
    letter = fields.Text(
        compute="_compute_letter", store=True, readonly=False, precompute=True,
        help="In the language of the citizen. It changes with the ground, the body and the reasons.",
    )  # fmt: skip

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        case = self.env["helpdesk.ticket"].browse(values.get("case_id"))._filtered_access("read")
        if case:
            values.update(consent=case.consent_referral)
            if case.ground_id:
                values.update(ground_id=case.ground_id.id, body_id=case.body_id.id, reason=case.ground_reason)
        return values

    @api.depends("case_id")
    def _compute_offer(self):
        for wizard in self:
            # whoever uses the wizard could name any case here
            case = wizard.case_id._filtered_access("read")
            wizard.company_id = case.company_id
            wizard.offered_ids = self.env["jamaa.complaint.ground"]._for_commune(case.company_id)

    @api.depends("ground_id", "body_id", "reason")
    def _compute_letter(self):
        for wizard in self:
            case = wizard.case_id._filtered_access("read")
            if not case or not wizard.ground_id:
                wizard.letter = False
                continue
            body = wizard.body_id if wizard.ground_id.needs_body else None
            wizard.letter = case._rejection_letter(wizard.ground_id, wizard.reason, body)

    def action_propose(self):
        """Propose; who may is checked on the case."""
        self.ensure_one()
        ground = self.ground_id
        body = self.body_id if ground.needs_body else None
        self.case_id._propose_rejection(ground, self.reason, self.letter, body, self.consent)
        return {"type": "ir.actions.act_window_close"}


class JamaaComplaintReadmit(models.TransientModel):
    """Drops a proposed rejection, with a reason."""

    _name = "jamaa.complaint.readmit"
    _description = "Admit after all"

    case_id = fields.Many2one("helpdesk.ticket", required=True, readonly=True)
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Admit; who may is checked on the case."""
        self.ensure_one()
        if not (self.reason or "").strip():
            raise UserError(self.env._("Give the reason in a few words."))
        self.case_id._readmit(self.reason)
        return {"type": "ir.actions.act_window_close"}
