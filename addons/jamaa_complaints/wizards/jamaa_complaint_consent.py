"""A citizen lets somebody follow the case."""

import base64

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.jamaa_base.tools.uploads import UploadProblem

from ..models.jamaa_complaint_mandate import CONSENT_HOW, MANDATE_KINDS
from ..tools.filed_papers import clean_scan

IDENTITY = ("name", "phone", "email")


class JamaaComplaintConsent(models.TransientModel):
    """Who follows goes to the vault and is wiped here at once."""

    _name = "jamaa.complaint.consent"
    _description = "Consent that somebody follows a case"

    case_id = fields.Many2one("helpdesk.ticket", string="Case", required=True, readonly=True)
    kind = fields.Selection(MANDATE_KINDS, string="Who follows", required=True, default="trusted")
    name = fields.Char(string="Name (goes to the vault)", required=True)
    phone = fields.Char()
    email = fields.Char(string="E-mail")
    consent_on = fields.Date(
        string="Consent given on",
        required=True,
        default=lambda self: self.env["helpdesk.ticket"]._commune_today(),
    )
    consent_how = fields.Selection(CONSENT_HOW, string="Consent given", required=True, default="paper")
    until = fields.Date(string="Until")
    scan = fields.Binary(string="Mandate on paper (scan)")
    scan_name = fields.Char(string="File of the mandate")

    def _compute_display_name(self):
        """Never the name: it would stay in the trail of pages."""
        for wizard in self:
            wizard.display_name = self.env._("Consent")

    def action_give(self):
        """Button: record the consent and print the slip of who follows."""
        self.ensure_one()
        self.case_id._check_step("mandate")
        mandate = self.env["jamaa.complaint.mandate"]._give(
            self.case_id,
            {
                "kind": self.kind,
                "consent_on": self.consent_on,
                "consent_how": self.consent_how,
                "until": self.until,
            },
            {name: self[name] for name in IDENTITY},
            self._clean_scan(),
        )
        self.write({"name": "-", **dict.fromkeys(("phone", "email", "scan", "scan_name"), False)})
        return {**mandate.sudo(False).action_print(), "close_on_report_download": True}

    def _clean_scan(self):
        if not self.scan:
            return None
        try:
            return clean_scan(base64.b64decode(self.scan))
        except UploadProblem as problem:
            raise UserError(
                self.env._("The scan cannot be read. Use a PDF file, or a JPEG or PNG picture, of 10 MB at most.")
            ) from problem
