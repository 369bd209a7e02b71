"""Recording the signature of an act, filing its scan, sending it back or making it void."""

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError


class JamaaActSign(models.TransientModel):
    """What is recorded of a signature made on paper, or electronically outside."""

    _name = "jamaa.act.sign"
    _description = "Record a signature"

    act_id = fields.Many2one("jamaa.act", "Act", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="act_id.company_id")
    numbering = fields.Selection(related="act_id.kind_id.numbering")
    mail_numbering = fields.Selection(related="company_id.mail_numbering")
    kind = fields.Selection(
        [("hand", "By hand, on paper"), ("external", "Electronic, made outside")],
        "Signed",
        required=True,
        default="hand",
    )
    signer_id = fields.Many2one(
        "jamaa.function.holder",
        "By",
        required=True,
        domain="[('company_id', '=', company_id), ('state', '=', 'current')]",
        compute="_compute_signer",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="cascade",
    )
    day = fields.Date("On", required=True, default=lambda self: self.env["jamaa.act"]._today())
    stamped = fields.Boolean("The stamp is on it", default=True)
    typed_number = fields.Char("Number in its book", help="Such as 12/2026.")
    file = fields.Binary("File signed electronically", attachment=False)
    file_name = fields.Char()

    @api.depends("act_id")
    def _compute_signer(self):
        """Whoever opens this and may sign, else the president."""
        for wizard in self:
            right = wizard.act_id._right_of(self.env.user) if wizard.act_id else None
            if right and right._name == "jamaa.delegation":
                wizard.signer_id = right._acting_holder(self.env.user, self.env["jamaa.act"]._today())
            elif right:
                wizard.signer_id = right
            else:
                wizard.signer_id = wizard.company_id._function("president").current_holder_id

    def action_apply(self):
        """Record it."""
        self.act_id.check_access("read")
        content = base64.b64decode(self.file) if self.file and self.kind == "external" else None
        self.act_id._sign(self.signer_id, self.day, self.kind, self.stamped, self.typed_number, content, self.file_name)
        return {"type": "ir.actions.act_window_close"}


class JamaaActReason(models.TransientModel):
    """Why an act goes back, or becomes void."""

    _name = "jamaa.act.reason"
    _description = "Reason"

    act_id = fields.Many2one("jamaa.act", "Act", required=True, ondelete="cascade")
    what = fields.Selection([("back", "Send back to its author"), ("void", "Make void")], required=True, default="back")
    reason = fields.Char(required=True)

    def action_apply(self):
        """Do it, with the reason."""
        self.act_id.check_access("read")
        reason = " ".join((self.reason or "").split())
        if len(reason) < 5:
            raise UserError(self.env._("Say why in a few words."))
        if self.what == "back":
            self.act_id._send_back(reason)
        else:
            self.act_id._make_void(reason)
        return {"type": "ir.actions.act_window_close"}


class JamaaActScan(models.TransientModel):
    """The scan of a signed paper."""

    _name = "jamaa.act.scan"
    _description = "File the scan"

    act_id = fields.Many2one("jamaa.act", "Act", required=True, ondelete="cascade")
    file = fields.Binary("Scan (PDF or picture)", required=True, attachment=False)
    file_name = fields.Char()

    def action_apply(self):
        """File it."""
        self.act_id.check_access("read")
        self.act_id._file_scan(base64.b64decode(self.file), self.file_name)
        return {"type": "ir.actions.act_window_close"}
