import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ..tools.letterhead import french_of, letterhead_ar, letterhead_fr

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# What printed codes, web addresses and record rules hang on: only who runs the
# database changes it, not the administrator of one commune.
IDENTITY_FIELDS = {"is_commune", "is_programme", "commune_code", "commune_slug", "is_demo"}
LETTERHEAD_SOURCES = {"name_ar", "name_fr", "province_ar", "province_fr", "province_kind"}


class ResCompany(models.Model):
    """A company is a commune, or the programme that accompanies communes.

    Record rules, sequences, letterhead and language all follow the company.
    """

    _inherit = "res.company"
    _rec_names_search = ["name", "name_ar", "name_fr", "name_zgh", "commune_code"]

    # What it is
    is_commune = fields.Boolean("Is a commune", index=True)
    is_programme = fields.Boolean(
        "Is a programme", help="Its users belong to no commune and read only what communes publish."
    )
    is_demo = fields.Boolean("Fictional", help="Pages and documents carry the mark « demo data ».")
    commune_code = fields.Char("National code", copy=False, index="btree_not_null")
    commune_slug = fields.Char(
        "Web name", copy=False, help="Small Latin letters, digits and hyphens; part of every public address."
    )
    profile = fields.Selection(
        [("standard", "Standard"), ("small", "Small commune")],
        default="standard",
        required=True,
        help="In a small commune one person may hold several functions, "
        "and a missing second person leaves a mark instead of a block.",
    )

    # Names and place
    name_ar = fields.Char("Arabic name", help="Without the word for commune.")
    name_fr = fields.Char("French name", help="Without the word for commune.")
    name_zgh = fields.Char("Amazigh name", help="In Tifinagh, without the word for commune.")
    region_id = fields.Many2one("jamaa.region", ondelete="restrict")
    province_kind = fields.Selection(
        [("province", "Province"), ("prefecture", "Prefecture")], "Province or prefecture", default="province"
    )
    province_ar = fields.Char("Province or prefecture (Arabic)")
    province_fr = fields.Char("Province or prefecture (French)")
    population = fields.Integer(help="Last census. Leave empty when no checked figure is at hand.")

    # Paper and contact
    commune_lang = fields.Selection(
        [("ar_MA", "Arabic"), ("fr_MA", "French")],
        "Main language",
        default="ar_MA",
        help="Language of new users and of the commune's own paper.",
    )
    letterhead_ar = fields.Text("Arabic letterhead", help="One line each row.")
    letterhead_fr = fields.Text("French letterhead", help="One line each row.")
    contact_phone = fields.Char("Phone for citizens")
    contact_hours = fields.Char("Hours in words", translate=True)

    # Rooms
    site_ids = fields.One2many("jamaa.site", "company_id", "Sites")
    function_ids = fields.One2many("jamaa.function", "company_id", "Functions")

    _commune_code_uniq = models.Constraint("UNIQUE(commune_code)", "Another commune has this national code.")
    _commune_slug_uniq = models.Constraint("UNIQUE(commune_slug)", "Another commune has this web name.")
    _commune_is_no_programme = models.Constraint(
        "CHECK(NOT (is_commune AND is_programme))", "A company is a commune or a programme, never both."
    )
    _population_positive = models.Constraint("CHECK(population >= 0)", "A population cannot be negative.")

    @api.depends("name", "name_ar", "name_fr", "is_commune")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """A commune shows in the reader's language, everything else as upstream does."""
        result = super()._compute_display_name()
        for company in self.filtered("is_commune"):
            company.display_name = company._commune_title(self.env.lang)
        return result

    # ---------- rules ----------

    @api.constrains("commune_slug", "is_commune")
    def _check_commune_slug(self):
        for company in self:
            if company.is_commune and not company.commune_slug:
                raise ValidationError(self.env._("A commune needs a web name."))
            if company.commune_slug and not SLUG.fullmatch(company.commune_slug):
                raise ValidationError(
                    self.env._(
                        "The web name “%(slug)s” may hold only small Latin letters, digits and single hyphens.",
                        slug=company.commune_slug,
                    )
                )

    # ---------- writing ----------

    @api.model_create_multi
    def create(self, vals_list):
        """A new commune gets what it needs before its first citizen comes."""
        for vals in vals_list:
            if vals.get("is_commune"):
                vals.setdefault("country_id", self.env.ref("base.ma").id)
                vals.setdefault("currency_id", self.env.ref("base.MAD").id)
                # Upstream's default is a picture that asks for a logo, also on paper.
                vals.setdefault("logo", False)
        companies = super().create(vals_list)
        companies.filtered("is_commune")._prepare_commune()
        return companies

    def write(self, vals):
        changed = IDENTITY_FIELDS & vals.keys()
        if changed and not self.env.su and not self.env.user.has_group("base.group_system"):
            raise AccessError(
                self.env._(
                    "Only the administrator of the database changes what identifies a commune: "
                    "its code, its web name, its nature."
                )
            )
        if "user_ids" in vals and not self.env.su and not self.env.user.has_group("base.group_erp_manager"):
            # Whoever is in a company passes its record rules.
            raise AccessError(self.env._("Only the administrator of the database says who belongs to a commune."))
        # A letterhead nobody touched follows the names; one written by hand stays.
        followers = {}
        if LETTERHEAD_SOURCES & vals.keys():
            for name in ("letterhead_ar", "letterhead_fr"):
                if name not in vals:
                    followers[name] = self.filtered(
                        lambda company, name=name: (company[name] or "") == company._letterhead_default(name)
                    )
        result = super().write(vals)
        for name, companies in followers.items():
            for company in companies:
                company[name] = company._letterhead_default(name)
        if vals.get("is_commune"):
            self._prepare_commune()
        if "profile" in vals:
            # Menus depend on the profile (ir.ui.menu) and are cached.
            self.env.registry.clear_cache()
        return result

    # ---------- helpers ----------

    def _letterhead_default(self, name):
        """The usual lines in one language.

        :param str name: ``letterhead_ar`` or ``letterhead_fr``
        """
        self.ensure_one()
        if name == "letterhead_ar":
            return letterhead_ar(self.name_ar, self.province_ar, self.province_kind)
        return letterhead_fr(self.name_fr, self.province_fr, self.province_kind)

    def _commune_name(self, lang_code=None):
        """The bare name in a language, such as « Meknès ».

        :param str lang_code: code of a language (``ar_MA``, ``fr_MA``, ``zgh``…); the user's when left out
        :return: the name in that language, else in Arabic for Amazigh, else the first one known
        :rtype: str
        """
        self.ensure_one()
        base = (lang_code or self.env.lang or "").split("_")[0]
        order = {
            "ar": ("name_ar", "name_fr"),
            "zgh": ("name_zgh", "name_ar", "name_fr"),
        }.get(base, ("name_fr", "name_ar"))
        return next((self[name] for name in order if self[name]), self.name or "")

    def _commune_title(self, lang_code=None):
        """The name with the word for commune before it, such as « Commune de Meknès »."""
        self.ensure_one()
        base = (lang_code or self.env.lang or "").split("_")[0]
        if base == "ar" and self.name_ar:
            return f"جماعة {self.name_ar}"
        if base == "fr" and self.name_fr:
            return f"Commune {french_of(self.name_fr)}"
        if base == "zgh" and self.name_zgh:
            return self.name_zgh
        return self.name or ""

    @api.model
    def _commune_by_slug(self, slug):
        """The commune that answers at a web name.

        :param str slug: what stands in the address
        :return: the company under sudo, empty when there is none; never raises on odd input
        """
        # sudo: res.company - a visitor without account opens the commune's public page
        companies = self.sudo()
        if not isinstance(slug, str) or len(slug) > 80 or not SLUG.fullmatch(slug):
            return companies.browse()
        return companies.search(Domain("commune_slug", "=", slug) & Domain("is_commune", "=", True), limit=1)

    def _function(self, code):
        """The first function of this commune with a code, such as ``president``."""
        self.ensure_one()
        return self.env["jamaa.function"].search([("company_id", "=", self.id), ("code", "=", code)], limit=1)
