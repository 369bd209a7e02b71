from odoo import fields, models


class JamaaDocument(models.Model):
    """A report, minutes or a guide that is spread, version after version.

    It belongs to the commune that wrote it, or to the programme's own company.
    """

    _name = "jamaa.document"
    _inherit = ["mail.thread"]
    _description = "Document"
    _order = "id desc"

    name = fields.Char("Title", required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    theme_id = fields.Many2one("jamaa.theme", ondelete="restrict")
    version_ids = fields.One2many("jamaa.document.version", "document_id", "Versions")
