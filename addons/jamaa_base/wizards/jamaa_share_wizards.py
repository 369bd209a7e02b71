"""Share a copy after seeing it; withdraw one with a reason."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class JamaaSharePublish(models.TransientModel):
    """Choose the readers, see exactly what they will see, publish."""

    _name = "jamaa.share.publish"
    _description = "Share a Copy"

    res_model = fields.Char(required=True, export_string_translation=False)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    title = fields.Char(compute="_compute_title", store=True, precompute=True, readonly=False, required=True)
    audience = fields.Selection(selection="_selection_audience", string="For whom", default="programme", required=True)
    programme_id = fields.Many2one(
        "jamaa.programme",
        compute="_compute_programme_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', allowed_programme_ids)]",
    )
    allowed_programme_ids = fields.Many2many("jamaa.programme", compute="_compute_allowed")
    peer_ids = fields.Many2many("res.company", string="Named communes", domain="[('id', 'in', allowed_peer_ids)]")
    allowed_peer_ids = fields.Many2many("res.company", compute="_compute_allowed")
    until = fields.Date("Open until", help="Last day, included. Empty: until it is withdrawn.")
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    file_names = fields.Text("Files", compute="_compute_preview")

    @api.model
    def _selection_audience(self):
        return self.env["jamaa.share"]._fields["audience"]._description_selection(self.env)

    def _source(self):
        """The record to be shared, as the user may read it."""
        self.ensure_one()
        if self.res_model not in self.env["jamaa.share"]._shareable_models():
            raise UserError(self.env._("This kind of record is never shared."))
        # Stored computes run as superuser: what is shown is what the user may read.
        source = self.sudo(False).env[self.res_model].browse(self.res_id)
        source.check_access("read")
        return source

    @api.depends("res_model", "res_id")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard._source()._share_company()

    @api.depends("res_model", "res_id")
    def _compute_title(self):
        for wizard in self:
            wizard.title = wizard.title or wizard._source()._share_title()

    @api.depends("res_model", "res_id")
    def _compute_programme_id(self):
        for wizard in self:
            programmes = self.env["jamaa.share"]._programmes_of(wizard._source()._share_company())
            wizard.programme_id = wizard.programme_id or programmes[:1]

    @api.depends("res_model", "res_id", "programme_id")
    def _compute_allowed(self):
        Share = self.env["jamaa.share"]
        for wizard in self:
            company = wizard._source()._share_company()
            programmes = Share._programmes_of(company)
            wizard.allowed_programme_ids = programmes
            chosen = wizard.programme_id & programmes
            wizard.allowed_peer_ids = Share._members_today(chosen) - company

    @api.depends("res_model", "res_id")
    def _compute_preview(self):
        for wizard in self:
            source = wizard._source()
            # The publishing room renders what it will store, in every language it will store.
            wizard.preview = self.env["ir.qweb"]._render(
                "jamaa_base.share_preview", {"pages": wizard._pages(source._share_payloads())}
            )
            wizard.file_names = "\n".join(name for name, _data in source._share_files())

    def _pages(self, payloads):
        """Name of the language, its direction and sections, the user's language first."""
        langs = {code: self.env["res.lang"]._get_data(code=code) for code in payloads}
        codes = sorted(payloads, key=lambda code: code != self.env.lang)
        return [
            {
                "name": langs[code].name.rpartition("/")[2].strip(),
                "dir": "rtl" if langs[code].direction == "rtl" else "ltr",
                "sections": payloads[code]["sections"],
            }
            for code in codes
        ]

    def action_publish(self):
        """Publish the copy that was shown."""
        self.ensure_one()
        source = self._source()
        share = self.env["jamaa.share"]._publish(
            source,
            source._share_kind(),
            self.title,
            source._share_payloads(),
            self.audience,
            until=self.until,
            programme=self.programme_id,
            peers=self.peer_ids if self.audience == "peers" else None,
            files=source._share_files(),
        )
        return {"type": "ir.actions.act_window", "res_model": share._name, "res_id": share.id, "view_mode": "form"}


class JamaaShareWithdraw(models.TransientModel):
    """Withdraw a copy."""

    _name = "jamaa.share.withdraw"
    _description = "Withdraw a Shared Copy"

    share_id = fields.Many2one("jamaa.share", required=True, ondelete="cascade")
    reason = fields.Char(required=True, help="Read inside the commune only.")

    def action_withdraw(self):
        """Withdraw it now."""
        self.share_id._withdraw(self.reason)
        return {"type": "ir.actions.act_window_close"}
