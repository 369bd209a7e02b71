"""What a shared copy says, read by those it is for as long as it is open."""

import base64
import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import share_payload


class JamaaShareContent(models.Model):
    """The words and tables of one copy, frozen.

    It stands apart from the share because a rule decides about whole rows: at the end the
    share stays readable as a note, and this row is out of every reader's reach. It has no
    chatter and no followers.
    """

    _name = "jamaa.share.content"
    _inherit = ["jamaa.append.only"]
    _description = "Content of a Shared Copy"
    _order = "id desc"
    _rec_name = "title"

    share_id = fields.Many2one("jamaa.share", required=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, readonly=True, index=True, ondelete="restrict"
    )
    title = fields.Char(required=True, readonly=True)
    kind = fields.Selection(related="share_id.kind", related_sudo=False)
    published_on = fields.Datetime(related="share_id.published_on", related_sudo=False)
    until = fields.Date(related="share_id.until", related_sudo=False)
    is_demo = fields.Boolean(related="company_id.is_demo")
    payload = fields.Text(required=True, readonly=True, export_string_translation=False)
    body = fields.Html(compute="_compute_body", sanitize=False)
    file_ids = fields.One2many("jamaa.share.file", "content_id", "Files", readonly=True)
    digest = fields.Char("Fingerprint", required=True, readonly=True, help="SHA-256 of the copy and its files.")

    _share_uniq = models.UniqueIndex("(share_id)")

    @api.depends("payload")
    @api.depends_context("lang")
    def _compute_body(self):
        for content in self:
            content.body = self._render_sections(content._sections())

    def _sections(self):
        """The sections in the reader's language."""
        self.ensure_one()
        return share_payload.sections(json.loads(self.payload), self.env.lang)

    @api.model
    def _render_sections(self, sections):
        """Sections as a page; every value is escaped by the template."""
        return self.env["ir.qweb"]._render("jamaa_base.share_sections", {"sections": sections})

    @api.model
    def _freeze(self, share, payload, files):
        """Write what a share says, once.

        :param files: ``[(name, bytes), …]``
        """
        text = share_payload.canonical(payload)
        file_digests = [[name, hashlib.sha256(data).hexdigest()] for name, data in files]
        # sudo: jamaa.share.content - nobody has the right to write it; `_publish` checked the publisher
        content = self.sudo().create(
            {
                "share_id": share.id,
                "company_id": share.company_id.id,
                "title": share.title,
                "payload": text,
                "digest": share_payload.digest(
                    share.company_id.commune_code or "", share.title, share.kind, text, file_digests
                ),
            }
        )
        content.env["jamaa.share.file"].create(
            [
                {"content_id": content.id, "name": name, "data": base64.b64encode(data), "digest": file_digest}
                for (name, data), (_name, file_digest) in zip(files, file_digests, strict=True)
            ]
        )
        return content

    @api.model
    def _words_not_changed(self):
        return self.env._("What was shared stays as it is: withdraw it, or share a newer copy.")

    @api.model
    def _words_not_deleted(self):
        return self.env._("What was shared is withdrawn, never deleted.")

    def action_print(self):
        """Button: the copy on paper."""
        self.check_access("read")
        return self.env.ref("jamaa_base.action_report_share").report_action(self)


class JamaaShareFile(models.Model):
    """A file copied into a share; it follows the rule of the content."""

    _name = "jamaa.share.file"
    _inherit = ["jamaa.append.only"]
    _description = "File of a Shared Copy"
    _order = "id"

    content_id = fields.Many2one("jamaa.share.content", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="content_id.company_id", string="Commune", store=True, index=True)
    name = fields.Char("File name", required=True, readonly=True)
    data = fields.Binary("File", attachment=True, required=True, readonly=True)
    digest = fields.Char("Fingerprint", required=True, readonly=True)

    @api.model
    def _words_not_changed(self):
        return self.env._("What was shared stays as it is: withdraw it, or share a newer copy.")

    @api.model
    def _words_not_deleted(self):
        return self.env._("What was shared is withdrawn, never deleted.")


class JamaaShareOpening(models.Model):
    """That somebody of a company read a copy on a day; never who.

    One row per reading, because a counter on a shared row would make readers wait for one
    another. No author is kept, on purpose.
    """

    _name = "jamaa.share.opening"
    _description = "Reading of a Shared Copy"
    _order = "date desc, id desc"
    _log_access = False

    share_id = fields.Many2one("jamaa.share", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="share_id.company_id", string="Commune", store=True, index=True)
    reader_id = fields.Many2one("res.company", "Read by", required=True, readonly=True, index=True, ondelete="restrict")
    date = fields.Date("Read on", required=True, readonly=True)

    @api.model
    def _note(self, share):
        """Note that the user's commune or programme read a copy today."""
        # sudo: jamaa.share.opening - readers leave a count, and list none
        self.sudo().create({"share_id": share.id, "reader_id": self.env.company.id, "date": share._today()})

    def write(self, vals):
        """Refuse: readings are added, never changed.

        :raise UserError: always
        """
        raise UserError(self.env._("Readings are counted, never changed."))
