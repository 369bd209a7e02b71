"""Keys of the applications that may send requests by Open311."""

import hashlib
import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError

#: What may be typed; the rest is set by the tool.
TYPED = {"name", "company_id", "contact", "hour_limit", "active"}


class JamaaOpen311Key(models.Model):
    """The right of one application to lodge cases with one commune.

    The secret is shown once, to who made it; only its SHA-256 is kept (it has 256 random
    bits, so that no slow hash is needed). An archived key opens nothing.
    """

    _name = "jamaa.open311.key"
    _description = "Open311 key"
    _order = "name, id"

    name = fields.Char(
        string="Application",
        required=True,
        help="Who sends with this key. The desk reads it on the cases that came by it.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Commune",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
        domain="[('is_commune', '=', True)]",
    )
    contact = fields.Char(string="Who answers for it", help="A name and an address, for when something goes wrong.")
    hour_limit = fields.Integer(
        string="Requests an hour", required=True, default=60, help="More than that are refused until the hour is over."
    )
    active = fields.Boolean(default=True, help="Archived: the key is refused from now on.")
    digest = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS, export_string_translation=False)
    given_on = fields.Datetime(string="Secret made", readonly=True, copy=False)
    given_by_id = fields.Many2one("res.users", string="Secret made by", readonly=True, copy=False)
    last_used_on = fields.Date(string="Last used", readonly=True, copy=False)

    _digest_uniq = models.UniqueIndex("(digest) WHERE digest IS NOT NULL")
    _hour_limit_range = models.Constraint(
        "CHECK (hour_limit BETWEEN 1 AND 10000)", "Requests an hour: between 1 and 10,000."
    )

    # ------------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------------

    def _check_keeper(self, company):
        """Keys are kept by the commune's administrator and by who leads the complaint unit.

        :raise AccessError: for anybody else
        """
        user = self.env.user
        if self.env.su or user.has_group("jamaa_base.group_administrator") or user in company._complaint_unit_head():
            return
        raise AccessError(self.env._("Open311 keys are kept by the administrator and the head of the complaint unit."))

    @api.model_create_multi
    def create(self, vals_list):
        kept = [{name: vals[name] for name in vals.keys() & TYPED} for vals in vals_list]
        keys = super().create(kept if not self.env.su else vals_list)
        for company in keys.company_id:
            self._check_keeper(company)
        return keys

    def write(self, vals):
        """Only what is typed is written by people, and a key stays with its commune."""
        for company in self.company_id:
            self._check_keeper(company)
        if not self.env.su:
            vals = {name: vals[name] for name in vals.keys() & (TYPED - {"company_id"})}
        return super().write(vals)

    # ------------------------------------------------------------------
    # The secret
    # ------------------------------------------------------------------

    def action_make_secret(self):
        """Button: make a new secret and show it once; the former is void at once."""
        self.ensure_one()
        self.check_access("write")
        self._check_keeper(self.company_id)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("The secret of this key"),
            "res_model": "jamaa.open311.secret",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_secret": self._make_secret()},
        }

    def _make_secret(self):
        """Make and return a secret; only its digest is kept."""
        self.ensure_one()
        # figures and letters alone: a dash at an end would move on a page written from right to left
        secret = secrets.token_hex(32)
        # sudo: jamaa.open311.key - digest, day and person are not typed
        self.sudo().write(
            {"digest": self._digest_of(secret), "given_on": fields.Datetime.now(), "given_by_id": self.env.uid}
        )
        return secret

    @api.model
    def _digest_of(self, secret):
        return hashlib.sha256(secret.encode()).hexdigest()

    @api.model
    def _by_secret(self, company, secret):
        """Return the living key of a commune with this secret, as superuser, or an empty set.

        :param company: the commune
        :param secret: as sent; anything that is no short text finds nothing
        """
        # sudo: jamaa.open311.key - the secret is the proof; nothing of the row leaves
        keys = self.sudo()
        if not isinstance(secret, str) or not 0 < len(secret) <= 128:
            return keys.browse()
        return keys.search([("company_id", "=", company.id), ("digest", "=", self._digest_of(secret))], limit=1)

    def _note_use(self):
        """Note the day of the last use, once a day."""
        self.ensure_one()
        today = self.env["helpdesk.ticket"]._commune_today()
        if self.last_used_on != today:
            self.last_used_on = today


class JamaaOpen311Secret(models.AbstractModel):
    """The window that shows a new secret; it has no table, so that the secret is stored nowhere."""

    _name = "jamaa.open311.secret"
    _description = "Secret of an Open311 key"

    # The client asks for the values of a new record, which needs an id to stand for none.
    id = fields.Id()
    secret = fields.Char(readonly=True)
