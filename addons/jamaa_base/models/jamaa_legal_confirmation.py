"""Who, in a commune, read a rule and confirmed it."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class JamaaLegalConfirmation(models.Model):
    """A named holder of a commune read the text of a rule and confirms this version of it.

    From then on, and only for that commune, dates computed from it are called legal. A
    confirmation is a fact: it is added and may be withdrawn with a date, never changed.
    """

    _name = "jamaa.legal.confirmation"
    _description = "Confirmation of a rule by a commune"
    _order = "confirmed_on desc, id desc"
    _rec_name = "regime_id"
    _check_company_auto = True

    regime_id = fields.Many2one("jamaa.legal.regime", string="Rule", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(
        "res.company",
        string="Commune",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    holder_id = fields.Many2one(
        "jamaa.function.holder",
        string="Confirmed by",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        help="Who read the text: president, vice-president, director of services …",
    )
    confirmed_on = fields.Date(required=True, default=fields.Date.context_today)
    text_read = fields.Text(required=True, help="Which text was read: title, number, article, where it was published.")
    entered_by = fields.Many2one("res.users", readonly=True, default=lambda self: self.env.user, string="Entered by")
    withdrawn_on = fields.Date(readonly=True)

    _one_at_a_time = models.UniqueIndex(
        "(regime_id, company_id) WHERE withdrawn_on IS NULL",
        "This commune has already confirmed this rule.",
    )

    @api.constrains("holder_id", "confirmed_on")
    def _check_holder(self):
        """Whoever confirms is in function on that day, and the day has come."""
        for row in self:
            if row.confirmed_on > fields.Date.context_today(row):
                raise ValidationError(self.env._("A confirmation cannot be dated in the future."))
            if not row.holder_id._filtered_on(row.confirmed_on):
                raise ValidationError(
                    self.env._(
                        "%(holder)s was not in function on that day.",
                        holder=row.holder_id.display_name,
                    )
                )

    @api.constrains("text_read")
    def _check_text_read(self):
        for row in self:
            if len((row.text_read or "").strip()) < 10:
                raise ValidationError(self.env._("Say which text was read: title, number, article."))

    @api.model_create_multi
    def create(self, vals_list):
        """Who enters it is whoever is logged in, whatever the request says."""
        rows = super().create([{**vals, "entered_by": self.env.uid} for vals in vals_list])
        for row in rows:
            row._enter_in_register("rule_confirmed", confirmed_on=fields.Date.to_string(row.confirmed_on))
        return rows

    def write(self, vals):
        """A confirmation is not rewritten; it can only be withdrawn, once."""
        if set(vals) - {"withdrawn_on"} or any(row.withdrawn_on for row in self):
            raise UserError(self.env._("A confirmation is a fact: withdraw it and make a new one."))
        result = super().write(vals)
        if vals.get("withdrawn_on"):
            for row in self:
                row._enter_in_register("rule_withdrawn", withdrawn_on=fields.Date.to_string(row.withdrawn_on))
        return result

    def _enter_in_register(self, kind, **facts):
        self.env["jamaa.register.entry"]._enter(
            self.company_id, kind, {"rule": self.regime_id.code, "version": self.regime_id.version, **facts}, self
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("A confirmation stays on record; it can be withdrawn."))

    def action_withdraw(self):
        """From today on, dates under this rule are no longer called legal in this commune."""
        self.check_access("write")
        self.withdrawn_on = fields.Date.context_today(self)
