"""Noting that a letter was signed outside this tool."""

import base64

from odoo import fields, models


class JamaaComplaintSigned(models.TransientModel):
    """When and how the letter was signed, and its scan where there is one."""

    _name = "jamaa.complaint.signed"
    _description = "Note that the letter is signed"

    case_id = fields.Many2one("helpdesk.ticket", required=True, readonly=True)
    signed_on = fields.Date(
        string="Signed on", required=True, default=lambda self: self.env["helpdesk.ticket"]._commune_today()
    )
    how = fields.Selection(
        [
            ("hand", "By hand, with stamp"),
            ("electronic", "Electronically, outside this tool; the file shows it"),
        ],
        string="How",
        required=True,
        default="hand",
    )
    scan = fields.Binary(string="Scan or file", attachment=False)
    scan_name = fields.Char(string="Name of the file")

    def action_confirm(self):
        """Note it; who may is checked on the case."""
        self.ensure_one()
        content = base64.b64decode(self.scan) if self.scan else None
        self.case_id._sign_letter(self.signed_on, self.how, self.scan_name, content)
        return {"type": "ir.actions.act_window_close"}
