"""The log of every look into the vault; the only place its values appear."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

#: How long the values are shown after they were asked for.
SHOWN_FOR = timedelta(minutes=15)
#: A reason is a sentence, not a dot.
MIN_REASON = 15
ASKABLE = ("name", "national_id", "phone", "email", "address")


class JamaaIdentityReveal(models.Model):
    """Somebody asked to see an identity, and why.

    A row is added and stays: nobody changes or deletes it, the administrator included. The
    values are computed while the form is looked at, for the person who asked and for fifteen
    minutes; they are stored nowhere, cannot be searched and are not exported.
    """

    _name = "jamaa.identity.reveal"
    _inherit = ["jamaa.append.only"]
    _description = "Look into the identity vault"
    _order = "id desc"
    _rec_name = "complainant_id"

    complainant_id = fields.Many2one(
        "jamaa.complainant", string="Identity", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", string="Commune", required=True, index=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Asked by",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
    )
    reason = fields.Text(required=True)
    # what was asked for
    ask_name = fields.Boolean(string="Name", default=True)
    ask_national_id = fields.Boolean(string="National identity number")
    ask_phone = fields.Boolean(string="Telephone")
    ask_email = fields.Boolean(string="E-mail")
    ask_address = fields.Boolean(string="Address")
    # what is shown, and until when
    shown_until = fields.Datetime(compute="_compute_values", compute_sudo=True)
    shown = fields.Boolean(compute="_compute_values", compute_sudo=True)
    value_name = fields.Char(
        string="Name of the person", compute="_compute_values", compute_sudo=True, exportable=False
    )
    value_national_id = fields.Char(
        string="Identity number shown", compute="_compute_values", compute_sudo=True, exportable=False
    )
    value_phone = fields.Char(string="Telephone shown", compute="_compute_values", compute_sudo=True, exportable=False)
    value_email = fields.Char(string="E-mail shown", compute="_compute_values", compute_sudo=True, exportable=False)
    value_address = fields.Text(string="Address shown", compute="_compute_values", compute_sudo=True, exportable=False)

    @api.depends_context("uid")
    @api.depends("user_id", "create_date")
    def _compute_values(self):
        """Fill the values for the one who asked, while the quarter of an hour lasts."""
        now = fields.Datetime.now()
        for look in self:
            until = look.create_date and look.create_date + SHOWN_FOR
            mine = look.user_id.id == self.env.uid and bool(until) and now < until
            look.shown_until = until
            look.shown = mine
            for name in ASKABLE:
                look[f"value_{name}"] = look.complainant_id[name] if mine and look[f"ask_{name}"] else False

    @api.constrains("reason")
    def _check_reason(self):
        for look in self:
            if len("".join((look.reason or "").split())) < MIN_REASON:
                raise ValidationError(
                    self.env._(
                        "Say in a sentence why you need to see this identity: at least %(count)s letters.",
                        count=MIN_REASON,
                    )
                )

    @api.constrains(*(f"ask_{name}" for name in ASKABLE))
    def _check_asked(self):
        for look in self:
            if not any(look[f"ask_{name}"] for name in ASKABLE):
                raise ValidationError(self.env._("Choose at least one thing to see."))

    @api.model_create_multi
    def create(self, vals_list):
        """Log the look in the name of whoever is logged in, after asking for the right to it."""
        allowed = {"complainant_id", "reason", *(f"ask_{name}" for name in ASKABLE)}
        rows = []
        for vals in vals_list:
            person = self.env["jamaa.complainant"].browse(vals.get("complainant_id"))
            if not person:
                raise ValidationError(self.env._("Choose whose identity you need to see."))
            person._check_may_reveal()
            # sudo: jamaa.complainant - the log row belongs to the commune of the identity
            rows.append(
                {
                    **{name: value for name, value in vals.items() if name in allowed},
                    "user_id": self.env.uid,
                    # sudo: jamaa.complainant - the commune alone, for the rules of the log
                    "company_id": person.sudo().company_id.id,
                }
            )
        looks = super().create(rows)
        for look in looks:
            look._enter_in_register()
        return looks

    def _enter_in_register(self):
        """Put the look on the register: whose pseudonym, and what was asked for."""
        asked = " ".join(name for name in ASKABLE if self[f"ask_{name}"])
        self.env["jamaa.register.entry"]._enter(
            self.company_id, "identity_seen", {"reference": self.complainant_id.reference, "asked": asked}, self
        )

    @api.model
    def _words_not_changed(self):
        return self.env._("The log of looks into the vault cannot be changed.")

    @api.model
    def _words_not_deleted(self):
        return self.env._("The log of looks into the vault cannot be deleted.")

    def copy_data(self, default=None):
        """Each look has its own reason."""
        raise AccessError(self.env._("A look into the vault cannot be copied."))

    def action_show(self):
        """Stay on the row that was just logged, now with the values."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Identity"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }
