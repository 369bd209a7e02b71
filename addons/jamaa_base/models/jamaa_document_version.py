import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

FILES = ("file_ar", "file_fr")
# What readers were shown: nothing of it changes once the version left.
FROZEN = {"document_id", "number", "date", "summary", "file_ar", "file_fr", "file_ar_name", "file_fr_name", "digest"}


class JamaaDocumentVersion(models.Model):
    """One state of a document, with its files in Arabic and French; frozen once it was sent."""

    _name = "jamaa.document.version"
    _description = "Version of a Document"
    _order = "document_id desc, number desc"
    _rec_names_search = ["document_id.name"]
    _check_company_auto = True

    document_id = fields.Many2one("jamaa.document", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="document_id.company_id", string="Commune", store=True, index=True)
    number = fields.Integer("Version", readonly=True, copy=False)
    date = fields.Date(required=True, default=fields.Date.context_today)
    summary = fields.Text(translate=True, help="Stands on the page of each reader, above the files.")
    file_ar = fields.Binary("File in Arabic", attachment=True)
    file_ar_name = fields.Char()
    file_fr = fields.Binary("File in French", attachment=True)
    file_fr_name = fields.Char()
    digest = fields.Char("Fingerprint", readonly=True, copy=False, help="SHA-256 of the files that were sent.")
    state = fields.Selection(
        [("draft", "In preparation"), ("sent", "Sent"), ("replaced", "Replaced"), ("withdrawn", "Withdrawn")],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    withdrawn_reason = fields.Char("Why it was withdrawn", copy=False)

    _number_uniq = models.Constraint("UNIQUE(document_id, number)", "This document already has this version.")

    @api.depends("document_id.name", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(title)s, version %(number)s", title=version.document_id.name or "", number=version.number or 1
            )

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create([{**vals, "state": "draft", "digest": False} for vals in vals_list])
        for version in versions:
            last = self._read_group([("document_id", "=", version.document_id.id)], [], ["number:max"])[0][0]
            version.number = (last or 0) + 1
        return versions

    def write(self, vals):
        if FROZEN & vals.keys():
            self._check_not_frozen()
        if "state" in vals and not self.env.su:
            raise UserError(self.env._("A version is sent, replaced or withdrawn by its buttons."))
        return super().write(vals)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        if field_name in FROZEN:
            self._check_not_frozen()
        return super()._update_field_translations(field_name, translations, digest=digest, source_lang=source_lang)

    def _check_not_frozen(self):
        if any(version.state != "draft" for version in self):
            raise UserError(self.env._("This version was sent: make a new version instead of changing it."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        self._check_not_frozen()

    @api.constrains("withdrawn_reason")
    def _check_withdrawn_reason(self):
        if any(version.state == "withdrawn" and not version.withdrawn_reason for version in self):
            raise ValidationError(self.env._("Say why the version was withdrawn."))

    def _files_digest(self):
        """SHA-256 over the fingerprints of both files, Arabic first."""
        self.ensure_one()
        version = self.with_context(bin_size=False)
        parts = [hashlib.sha256(base64.b64decode(version[name] or b"")).hexdigest() for name in FILES]
        return hashlib.sha256("".join(parts).encode()).hexdigest()

    def _freeze(self):
        """Called when it leaves: files are fingerprinted, earlier versions are replaced by it."""
        # sudo: jamaa.document.version - the state is the tool's to set; the caller checked the right
        for version in self.sudo().filtered(lambda version: version.state == "draft"):
            if not version.file_ar and not version.file_fr:
                raise UserError(self.env._("Add the file of the document first."))
            version.write({"digest": version._files_digest(), "state": "sent"})
            older = version.document_id.version_ids.filtered(
                lambda other, version=version: other.state == "sent" and other.number < version.number
            )
            older.write({"state": "replaced"})

    def action_withdraw(self):
        """Take a sent version back: its links show no file any more, reminders stop."""
        self.check_access("write")
        for version in self:
            if version.state not in ("sent", "replaced"):
                raise UserError(self.env._("Only a version that was sent is withdrawn."))
            if not version.withdrawn_reason:
                raise UserError(self.env._("Say why the version is withdrawn first: readers see it."))
        # sudo: jamaa.document.version - the state is the tool's to set, after the check above
        self.sudo().write({"state": "withdrawn"})

    def action_send(self):
        """Open a new sending of this version."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "jamaa.dissemination",
            "view_mode": "form",
            "context": {"default_version_id": self.id},
        }
