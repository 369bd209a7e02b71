"""What a citizen holds of a record of his: a code, a PIN, a link."""

import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import consteq, hmac

from ..tools import public_code
from ..tools.public_lang import DEFAULT_LANG, by_code
from ..tools.qr import qr_data_uri

HOUR = 3600
#: What is given to each record, whatever its maker says.
REFERENCE = ("public_code", "access_token", "pin_version")
# Wrong tries before the page asks to wait. One address may serve a whole quarter (mobile
# networks, a cyber café), so its limit is wide; what protects a code is the other two.
WRONG_PER_ADDRESS = 30  # an hour
WRONG_PER_CODE_AND_ADDRESS = 5  # an hour: one attacker shuts out himself, not the citizen
WRONG_PER_CODE = 30  # a day, from everywhere: of a million PINs


class FollowProblem(Exception):
    """Why a code and PIN open nothing: ``mistyped``, ``unknown`` or ``too_many``."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


class JamaaPublicReference(models.AbstractModel):
    """Mixin of what citizens follow: code + PIN for typing, a token for links and QR.

    The code says which record; it is short enough for paper and telephone, so it proves
    nothing by itself. The PIN goes with it and is nowhere stored: it is computed from the
    token, so that a copy of the table without the database's secret opens nothing, and a
    new one can be given without touching the link. The token (128 bits) is enough alone.

    A model that inherits this has ``company_id`` and says ``_public_page``, the name of its
    page in ``/c/<commune>/<lang>/<page>/<token>``.
    """

    _name = "jamaa.public.reference"
    _description = "Public reference"

    _public_page = None

    public_code = fields.Char(
        "Tracking code",
        readonly=True,
        copy=False,
        help="Eight signs a citizen gives, with the PIN, to follow up. The last is a check.",
    )
    access_token = fields.Char(readonly=True, copy=False, groups="base.group_system", export_string_translation=False)
    pin_version = fields.Integer(
        default=1, readonly=True, copy=False, groups="base.group_system", export_string_translation=False
    )

    _public_code_uniq = models.Constraint("UNIQUE(public_code)", "This code is already taken.")
    _access_token_uniq = models.Constraint("UNIQUE(access_token)", "This link is already taken.")

    # ------------------------------------------------------------
    # Making
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # Not field defaults: a column added to a table with rows gets one default for all.
        given = [self._new_public_reference() for _vals in vals_list]
        if self.env.su:
            for vals, reference in zip(vals_list, given, strict=True):
                vals.update(reference)
            return super().create(vals_list)
        for vals in vals_list:
            for name in REFERENCE:
                vals.pop(name, None)
        records = super().create(vals_list)
        for record, reference in zip(records, given, strict=True):
            # sudo: any - code and token are nobody's to write, whoever makes the record
            record.sudo().write(reference)
        return records

    @api.model
    def _new_public_reference(self):
        """Return values of a fresh, free code and token."""
        code = public_code.new_code()
        # sudo: any - a code of a record out of sight is taken all the same
        while self.sudo().with_context(active_test=False).search_count([("public_code", "=", code)], limit=1):
            code = public_code.new_code()
        return {
            "public_code": code,
            "access_token": secrets.token_urlsafe(16),
            "pin_version": 1,
        }

    def _ensure_public_reference(self):
        """Give a code and token to records older than the mixin."""
        # sudo: any - code and token are nobody's to write
        for record in self.sudo().filtered(lambda record: not record.access_token):
            record.write(self._new_public_reference())

    def _renew_pin(self):
        """Make the former PIN worthless (it was seen by somebody); the link stays."""
        for record in self.sudo():  # sudo: any - the version is nobody's to write
            record.pin_version += 1

    def _renew_link(self):
        """Make the former link and PIN worthless; the code stays."""
        for record in self.sudo():  # sudo: any - the token is nobody's to write
            record.access_token = secrets.token_urlsafe(16)

    # ------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------

    def _public_code_shown(self):
        """Return the code as printed, ``XXXX-XXXX``."""
        self.ensure_one()
        return public_code.show(self.public_code)

    def _public_pin(self):
        """Return the PIN, six digits.

        Only for the citizen's own paper, page or mail: who calls this answers for it.
        """
        self.ensure_one()
        record = self.sudo()  # sudo: any - the token is hidden from all roles
        return self._pin_digits(record.access_token, record.pin_version)

    @api.model
    def _pin_digits(self, token, version):
        """Compute the PIN that goes with a token, from the database's secret."""
        # sudo: ir.config_parameter - the database secret keys the PIN
        digest = hmac(self.env(su=True), "jamaa.public.pin", (token, version))
        return f"{int(digest[:16], 16) % 1_000_000:06d}"

    def _public_path(self, lang=DEFAULT_LANG):
        """Return the path of the citizen's own page, with the token in it.

        :param str lang: a public language, by its URL code or its ``res.lang`` code
        :raise UserError: the commune has no public address yet
        """
        self.ensure_one()
        if not self._public_page:
            raise NotImplementedError(f"{self._name} names no public page")
        record = self.sudo()  # sudo: any - the token is hidden from all roles
        slug = record.company_id.commune_slug
        if not slug:
            raise UserError(self.env._("This commune has no public address yet."))
        return f"/c/{slug}/{by_code(lang).url}/{self._public_page}/{record.access_token}"

    def _follow_url(self, lang=DEFAULT_LANG):
        """Return where a citizen who gave code and PIN is led."""
        return self._public_path(lang)

    def _public_url(self, lang=DEFAULT_LANG):
        """Return the whole address of the citizen's own page."""
        self.ensure_one()
        return self.get_base_url() + self._public_path(lang)

    def _public_qr(self, lang=DEFAULT_LANG):
        """Return the address as a QR picture, a ``data:`` URI."""
        return qr_data_uri(self._public_url(lang))

    # ------------------------------------------------------------
    # Finding
    # ------------------------------------------------------------

    @api.model
    def _find_by_token(self, token):
        """Return the record of a token, in superuser mode; empty when there is none.

        :param str token: as it came in the address, possibly junk
        """
        # sudo: any - the token is the right to see; the page shows plain values only
        model = self.sudo().with_context(active_test=False)
        if not isinstance(token, str) or not public_code.TOKEN.fullmatch(token):
            return model.browse()
        record = model.search([("access_token", "=", token)], limit=1)
        # The index compares byte by byte; this keeps the answer's time from telling more.
        return record if record and consteq(record.access_token, token) else model.browse()

    @api.model
    def _reference_models(self):
        """Return the names of the models whose records citizens follow."""
        names = self.env.registry.descendants(["jamaa.public.reference"], "_inherit")
        return sorted(name for name in names if not self.env[name]._abstract)

    @api.model
    def _find_by_code(self, code, pin, address):
        """Return the record of a code and PIN, in superuser mode.

        Called on the mixin it looks through all models that have codes. Unknown codes and
        wrong PINs give the same answer at the same cost, and both are counted.

        :param str code: as typed
        :param str pin: as typed
        :param str address: of the visitor, for counting (see ``_throttle_address``)
        :raise FollowProblem: ``mistyped`` (cannot be a code, or the PIN is not six digits:
            nothing was looked up), ``unknown``, ``too_many`` (wait, or use the link)
        """
        throttle = self.env["jamaa.throttle"]
        if throttle._count("follow.address", address, HOUR) >= WRONG_PER_ADDRESS:
            raise FollowProblem("too_many")
        normal = public_code.normalise(code)
        pin = "".join(public_code.western_digits(pin)[:64].split())
        if not normal or len(pin) != 6 or not (pin.isascii() and pin.isdigit()):
            throttle._note("follow.address", address)
            raise FollowProblem("mistyped")
        pair = f"{normal} {address}"
        if (
            throttle._count("follow.pair", pair, HOUR) >= WRONG_PER_CODE_AND_ADDRESS
            or throttle._count("follow.code", normal, 24 * HOUR) >= WRONG_PER_CODE
        ):
            raise FollowProblem("too_many")
        names = self._reference_models() if self._abstract else [self._name]
        found = None
        for name in names:
            # sudo: any - code and PIN together are the right to see
            model = self.env[name].sudo().with_context(active_test=False)
            record = model.search([("public_code", "=", normal)], limit=1)
            # An unknown code is computed with too, so that time tells nothing.
            expected = self._pin_digits(record.access_token or "", record.pin_version)
            if consteq(expected, pin) and record.access_token:
                found = record
        if found:
            return found
        throttle._note("follow.address", address)
        throttle._note("follow.pair", pair)
        throttle._note("follow.code", normal)
        raise FollowProblem("unknown")
