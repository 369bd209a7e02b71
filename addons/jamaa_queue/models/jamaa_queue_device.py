"""A screen that stands in the hall: the board, the kiosk; opened by an address with a key in it."""

from hashlib import sha256
from secrets import token_hex

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS

KINDS = [("board", "Board"), ("kiosk", "Kiosk")]
#: Hexadecimal digits of a key: not to be guessed.
KEY_LENGTH = 32


class JamaaQueueDevice(models.Model):
    """The key is shown once, when it is made; only its hash is kept. A device without a key opens nothing."""

    _name = "jamaa.queue.device"
    _inherit = ["mail.thread"]
    _description = "Board or Kiosk"
    _order = "site_id, kind, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True, help="Where it stands: “Board of the hall”.")
    active = fields.Boolean(default=True, tracking=True)
    kind = fields.Selection(KINDS, required=True, default="board", tracking=True)
    site_id = fields.Many2one("jamaa.site", required=True, index=True, ondelete="cascade", tracking=True)
    company_id = fields.Many2one(related="site_id.company_id", string="Commune", store=True, index=True)
    lang = fields.Selection(
        lambda self: [(lang.code, lang.name) for lang in PUBLIC_LANGS.values()],
        "Language shown first",
        required=True,
        default="ar_MA",
    )
    key_hash = fields.Char(copy=False, readonly=True, groups="base.group_system", export_string_translation=False)
    key_at = fields.Datetime("Key made at", copy=False, readonly=True)
    has_key = fields.Boolean("Can be opened", compute="_compute_has_key")

    _key_uniq = models.UniqueIndex("(key_hash) WHERE key_hash IS NOT NULL")

    @api.depends("key_at")
    def _compute_has_key(self):
        for device in self:
            device.has_key = bool(device.key_at)

    def action_new_key(self):
        """Button: make a key and show the address, once. An earlier address opens nothing any more.

        :raise AccessError: not somebody who may change this device
        :raise UserError: the commune has no public address yet
        """
        self.ensure_one()
        self.check_access("write")
        key = self._new_key()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Address of the device"),
            "res_model": "jamaa.queue.device.key",
            "view_mode": "form",
            "target": "new",
            "context": {"default_address": self.get_base_url() + self._path(key)},
        }

    def action_revoke(self):
        """Button: from now on the address of these devices opens nothing.

        :raise AccessError: not somebody who may change this device
        """
        self.check_access("write")
        # sudo: jamaa.queue.device - the hash is hidden from all roles
        self.sudo().write({"key_hash": False, "key_at": False})

    def _new_key(self):
        """Make a key; only who asks now ever sees it."""
        self.ensure_one()
        key = token_hex(KEY_LENGTH // 2)
        # sudo: jamaa.queue.device - the hash is hidden from all roles
        self.sudo().write({"key_hash": self._hash(key), "key_at": fields.Datetime.now()})
        return key

    def _path(self, key):
        slug = self.company_id.commune_slug
        if not slug:
            raise UserError(self.env._("This commune has no public address yet."))
        return self.company_id._public_url(self.lang, f"{self.kind}/{key}")

    @staticmethod
    def _hash(key):
        # A key of 128 random bits needs no salt: nobody can try them all.
        return sha256(key.encode()).hexdigest()

    @api.model
    def _by_key(self, company, kind, key):
        """The device behind an address, as superuser; empty for an unknown, revoked or foreign key.

        :param company: the commune the address names
        :param str kind: board or kiosk
        :param str key: of the address
        """
        # sudo: jamaa.queue.device - the key is the right
        devices = self.sudo()
        if not isinstance(key, str) or len(key) != KEY_LENGTH:
            return devices.browse()
        return devices.search(
            [
                ("key_hash", "=", self._hash(key)),
                ("kind", "=", kind),
                ("company_id", "=", company.id),
                ("site_id.active", "=", True),
            ],
            limit=1,
        )


class JamaaQueueDeviceKey(models.TransientModel):
    """Shows the address of a device once. Nothing of it is stored."""

    _name = "jamaa.queue.device.key"
    _description = "Address of a Device"

    address = fields.Char(store=False, help="Open it once on the device. It is not shown again.")
