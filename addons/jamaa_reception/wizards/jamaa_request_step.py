"""The window in which a step of a request gets its words."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.jamaa_request_flow import OUTCOMES

#: Days proposed to bring what is missing.
PROPOSED_DAYS = 30


class JamaaRequestStep(models.TransientModel):
    """One window for all steps; each shows its own fields. What identifies a proxy goes to the vault."""

    _name = "jamaa.request.step"
    _description = "Step of a request"

    request_id = fields.Many2one("jamaa.procedure.request", required=True, readonly=True)
    company_id = fields.Many2one(related="request_id.company_id")
    step = fields.Selection(
        [
            ("waive", "Do without a piece"),
            ("ask", "Ask for the missing pieces"),
            ("extend", "Extend the time"),
            ("decide", "Record the decision"),
            ("deliver", "Done on the spot"),
            ("ready", "Ready to collect"),
            ("hand_over", "Hand over"),
            ("withdraw", "Withdraw the request"),
            ("lapse", "End: the pieces did not come"),
        ],
        required=True,
        readonly=True,
    )
    piece_line_id = fields.Many2one("jamaa.procedure.request.piece", "Piece", readonly=True)
    missing_text = fields.Text("What is missing", compute="_compute_missing_text")
    reason = fields.Text("Reasons")
    day = fields.Date(compute="_compute_day", store=True, readonly=False)
    outcome = fields.Selection(OUTCOMES, "Decision", compute="_compute_decision", store=True, readonly=False)
    signer_id = fields.Many2one(
        "jamaa.function.holder", "Signed by", domain="[('company_id', '=', company_id), ('state', '=', 'current')]"
    )
    by_letter = fields.Boolean("Goes out as a letter", default=True)
    typed_number = fields.Char("National number")
    numbering = fields.Selection(related="company_id.mail_numbering")
    site_id = fields.Many2one(
        "jamaa.site",
        "Where",
        domain="[('company_id', '=', company_id)]",
        compute="_compute_site_id",
        store=True,
        readonly=False,
    )
    handed_to = fields.Selection(
        [("self", "The applicant"), ("proxy", "A proxy")], "Collected by", default="self", required=True
    )
    proxy_name = fields.Char("Name of the proxy")
    proxy_number = fields.Char("National id of the proxy")

    @api.depends("request_id", "step")
    def _compute_missing_text(self):
        for wizard in self:
            lines = wizard.request_id.piece_ids.filtered(lambda line: line.state == "missing")
            if wizard.step == "waive":
                lines = wizard.piece_line_id
            wizard.missing_text = "\n".join(lines.mapped("piece_id.name"))

    @api.depends("request_id", "step")
    def _compute_day(self):
        for wizard in self:
            today = wizard.request_id._commune_today()
            wizard.day = today + timedelta(days=PROPOSED_DAYS) if wizard.step == "ask" else today

    @api.depends("request_id", "step")
    def _compute_decision(self):
        for wizard in self:
            wizard.outcome = wizard.request_id.decision_outcome or "granted"
            if wizard.step == "decide" and not wizard.reason:
                wizard.reason = wizard.request_id.decision_reason

    @api.depends("request_id", "step")
    def _compute_site_id(self):
        for wizard in self:
            wizard.site_id = wizard.request_id.site_id

    @api.depends("request_id", "step")
    @api.depends_context("lang")
    def _compute_display_name(self):
        words = dict(self._fields["step"]._description_selection(self.env))
        for wizard in self:
            wizard.display_name = words.get(wizard.step, "")

    def action_do(self):
        """Take the step; the request itself checks who may and when."""
        self.ensure_one()
        request, reason = self.request_id, (self.reason or "").strip()
        proxy = {"name": self.proxy_name, "national_id": self.proxy_number}
        # What identifies the proxy does not stay in the window's row.
        self.write({"proxy_name": False, "proxy_number": False})
        result = {
            "waive": lambda: self._line()._waive(reason),
            "ask": lambda: request._ask(self.day),
            "extend": lambda: request._extend(reason),
            "decide": lambda: request._decide(
                self.outcome, reason, self.signer_id, self.day, self.by_letter, self.typed_number
            ),
            "deliver": lambda: request._deliver(self.handed_to, proxy),
            "ready": lambda: request._set_ready(self._site()),
            "hand_over": lambda: request._hand_over(self.handed_to, proxy),
            "withdraw": lambda: request._withdraw(reason),
            "lapse": lambda: request._lapse(reason),
        }[self.step]()
        return result or {"type": "ir.actions.act_window_close"}

    def _line(self):
        if self.piece_line_id.request_id != self.request_id:
            raise UserError(self.env._("This piece is of another request."))
        return self.piece_line_id

    def _site(self):
        if not self.site_id:
            raise UserError(self.env._("Say where it can be collected."))
        return self.site_id
