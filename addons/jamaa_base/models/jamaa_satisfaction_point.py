"""Where people are asked on leaving: a tablet or a poster at the exit of a site."""

import secrets

from odoo import api, fields, models
from odoo.tools.misc import consteq, hmac

from ..tools import public_code
from ..tools.public_lang import DEFAULT_LANG, by_code
from ..tools.qr import qr_data_uri
from .jamaa_satisfaction import COMMENT_LIMIT, VALUES

# More answers than these from one place are kept and not counted: a child at the tablet, or one
# person with a telephone, is not a crowd. A busy exit lets out some two people a minute.
PER_MINUTE = 4
PER_HOUR = 90
PER_TELEPHONE = 3  # a day, from one address
DAY = 24 * 3600


class JamaaSatisfactionPoint(models.Model):
    """A tablet or a poster with an unguessable address, at one site.

    Whoever leaves taps one of three faces: no login, no name, nothing about the person is
    kept. The address can be revoked when a tablet is lost or a poster copied.
    """

    _name = "jamaa.satisfaction.point"
    _description = "Place where people are asked"
    _order = "company_id, site_id, id"
    _check_company_auto = True

    name = fields.Char(required=True, help="Such as: tablet at the main exit.")
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    site_id = fields.Many2one("jamaa.site", required=True, index=True, check_company=True, ondelete="restrict")
    kind = fields.Selection(
        [("tablet", "Tablet at the exit"), ("poster", "Poster with a QR code")], required=True, default="tablet"
    )
    active = fields.Boolean(default=True, help="Switched off, its address answers nothing any more.")
    token = fields.Char(readonly=True, copy=False, groups="base.group_system", export_string_translation=False)
    address = fields.Char("Address", compute="_compute_address")
    answer_count = fields.Integer("Answers this year", compute="_compute_answer_count")
    doubtful_count = fields.Integer("Not counted this year", compute="_compute_answer_count")

    _token_uniq = models.UniqueIndex("(token)")

    @api.model_create_multi
    def create(self, vals_list):
        points = super().create(vals_list)
        points._renew_address()
        return points

    def _renew_address(self):
        # sudo: jamaa.satisfaction.point - the token is closed even to who keeps the point
        for point in self.sudo():
            point.token = secrets.token_urlsafe(16)

    def _compute_address(self):
        # sudo: jamaa.satisfaction.point - who keeps the point sets the tablet up with it
        for point in self.sudo():
            lang = by_code(point.company_id.commune_lang or DEFAULT_LANG.code).url
            point.address = f"{point.get_base_url()}{point._public_path(lang)}"

    def _compute_answer_count(self):
        """How many answered here; the faces are counted elsewhere, with those of other places."""
        year = fields.Date.context_today(self).replace(month=1, day=1)
        # sudo: jamaa.satisfaction - a count of taps, never a face
        rows = (
            self.env["jamaa.satisfaction"]
            # sudo: jamaa.satisfaction - as above
            .sudo()
            ._read_group(
                [("point_id", "in", self.ids), ("replaces_id", "=", False), ("create_date", ">=", year)],
                ["point_id", "is_doubtful"],
                ["__count"],
            )
        )
        counts = {(point.id, doubtful): count for point, doubtful, count in rows}
        for point in self:
            point.doubtful_count = counts.get((point._origin.id, True), 0)
            point.answer_count = counts.get((point._origin.id, False), 0) + point.doubtful_count

    def action_new_address(self):
        """Button: a new address; the old one, on a lost tablet or a copied poster, is dead."""
        self.check_access("write")
        self._renew_address()

    def action_print_poster(self):
        """Button: the poster with the QR code."""
        self.check_access("write")
        return self.env.ref("jamaa_base.report_satisfaction_poster").report_action(self)

    # ---------- the public page ----------

    @api.model
    def _by_token(self, company, token):
        """The point of an address, as superuser; empty for an unknown or a revoked one.

        :param company: the commune of the address
        :param str token: as it stands in the address, possibly junk
        """
        # sudo: jamaa.satisfaction.point - reached by its token alone
        points = self.sudo().with_context(active_test=True)
        if not public_code.TOKEN.fullmatch(token or ""):
            return points.browse()
        return points.search([("token", "=", token), ("company_id", "=", company.id)], limit=1)

    def _public_path(self, lang):
        # sudo: jamaa.satisfaction.point - the address is made for who keeps it, or for the page itself
        point = self.sudo()
        return f"/c/{point.company_id.commune_slug}/{lang}/exit/{point.token}"

    def _poster_qr(self):
        """The QR picture of the poster."""
        self.check_access("write")
        return qr_data_uri(self.address)

    def _tap(self, value, address):
        """Take a face.

        :param int value: 1 to 3
        :param str address: of the visitor, counted and not kept
        :return: what lets this visitor, and nobody else, add words for a while; None for no face
        """
        self.ensure_one()
        if value not in VALUES:
            return None
        throttle = self.env["jamaa.throttle"]
        doubtful = not throttle._allow("exit.point", self.id, PER_MINUTE, 60)
        if not doubtful and throttle._count("exit.point", self.id, 3600) > PER_HOUR:
            doubtful = True
        if self.kind == "poster" and not throttle._allow("exit.address", f"{self.id} {address}", PER_TELEPHONE, DAY):
            doubtful = True
        # sudo: jamaa.satisfaction - nobody has rights on answers; the page's token is the right
        row = (
            self.env["jamaa.satisfaction"]
            # sudo: jamaa.satisfaction - as above
            .sudo()
            .create(
                {
                    "company_id": self.company_id.id,
                    "topic": "reception",
                    "res_model": self._name,
                    "res_id": self.id,
                    "site_id": self.site_id.id,
                    "point_id": self.id,
                    "value": value,
                    "is_doubtful": doubtful,
                }
            )
        )
        return f"{row.id}-{self._words_key(row)}"

    def _words_key(self, row):
        # sudo: ir.config_parameter - the database secret keys the address
        return hmac(self.env(su=True), "jamaa.satisfaction.point", (self.id, row.id))[:24]

    def _add_words(self, ticket, words):
        """Add words to the answer just given; once, within a quarter of an hour.

        :param str ticket: what `_tap` returned
        :param str words: cleaned text
        :return: whether they were taken
        :rtype: bool
        """
        self.ensure_one()
        number, _dash, key = (ticket or "").partition("-")
        words = (words or "").strip()[:COMMENT_LIMIT]
        if not number.isdigit() or len(number) > 12 or not words:
            return False
        # sudo: jamaa.satisfaction - as in `_tap`
        row = self.env["jamaa.satisfaction"].sudo().browse(int(number)).exists()
        if not row or row.point_id != self or not consteq(key, self._words_key(row)):
            return False
        fresh = (fields.Datetime.now() - row.create_date).total_seconds() < 900
        if not fresh or row.replaces_id or row.replaced_by_ids:
            return False
        row.create(
            {
                **{
                    name: row[name].id if row._fields[name].type == "many2one" else row[name]
                    for name in (
                        "company_id", "topic", "res_model", "res_id", "site_id", "point_id", "value", "is_doubtful"
                    )
                },
                "comment": words,
                "replaces_id": row.id,
            }
        )  # fmt: skip
        return True
