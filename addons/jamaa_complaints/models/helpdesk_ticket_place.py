"""Where it is: quarter or douar, a pin for whoever can set one."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS

from ..tools.folded_text import folded

#: Facts of the place, set by lodging; the complaint unit may add what is missing.
PLACE_FIELDS = {"quarter_id", "latitude", "longitude"}


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    quarter_id = fields.Many2one(
        "jamaa.quarter",
        string="Quarter or douar",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('company_id', '=', company_id)]",
    )
    latitude = fields.Float(digits=(9, 6), copy=False, help="Degrees north; empty where nobody set a pin.")
    longitude = fields.Float(digits=(9, 6), copy=False, help="Degrees east, negative to the west.")
    has_pin = fields.Boolean(string="Pin on the map", compute="_compute_has_pin")
    map_tile_address = fields.Char(related="company_id.map_tile_address", string="Map tiles of the commune")
    map_copyright = fields.Char(related="company_id.map_copyright", string="Source of the commune's map")
    search_words = fields.Text(
        string="Words as they are compared",
        compute="_compute_search_words",
        store=True,
        groups=fields.NO_ACCESS,
        help="Facts and place without accents and capitals; for finding similar cases, shown to nobody.",
    )

    _case_pin_on_earth = models.Constraint(
        "CHECK (COALESCE(latitude, 0) BETWEEN -90 AND 90 AND COALESCE(longitude, 0) BETWEEN -180 AND 180)",
        "These coordinates are not on the earth: check both numbers.",
    )
    _case_pin_whole = models.Constraint(
        "CHECK ((COALESCE(latitude, 0) = 0) = (COALESCE(longitude, 0) = 0))",
        "A pin needs both coordinates.",
    )
    _case_pin_idx = models.Index("(company_id, latitude, longitude) WHERE kind IS NOT NULL AND latitude <> 0")
    _case_recent_idx = models.Index("(company_id, category_id, legal_receipt_date) WHERE kind IS NOT NULL")
    # Without the extension the search of similar words is left out, see `_similar_cases`.
    _case_words_idx = models.Index(
        lambda registry: "USING gin (search_words gin_trgm_ops) WHERE kind IS NOT NULL" if registry.has_trigram else ""
    )

    @api.depends("latitude", "longitude")
    def _compute_has_pin(self):
        for case in self:
            # Half a pin is none yet: whoever types it still needs the second box. No commune lies on either zero.
            case.has_pin = bool(case.latitude and case.longitude)

    @api.depends("facts", "place_text", "kind")
    def _compute_search_words(self):
        """Follows the facts, so that what is erased there is erased here."""
        for case in self:
            case.search_words = folded(f"{case.facts or ''} {case.place_text or ''}") if case.kind else False

    @api.model
    def _lodge_vals(self, company, vals, identity):
        """Keep the quarter and the pin that were given.

        :raise ValidationError: the quarter is another commune's, the pin not on the earth
        """
        values = super()._lodge_vals(company, vals, identity)
        quarter = self.env["jamaa.quarter"].browse(vals.get("quarter_id") or ())
        if quarter and (not quarter.exists() or quarter.company_id != company):
            raise ValidationError(self.env._("This quarter is not one of the commune."))
        latitude, longitude = vals.get("latitude") or 0.0, vals.get("longitude") or 0.0
        if not self._is_pin(latitude, longitude) and (latitude or longitude):
            raise ValidationError(self.env._("These coordinates are not on the earth: check both numbers."))
        return {**values, "quarter_id": quarter.id, "latitude": latitude, "longitude": longitude}

    @api.model
    def _is_pin(self, latitude, longitude):
        """Whether two numbers are a place on the earth (0, 0 stands for none)."""
        return bool(latitude and longitude and abs(latitude) <= 90 and abs(longitude) <= 180)

    @api.model
    def _frozen_fields(self):
        return super()._frozen_fields() | PLACE_FIELDS

    @api.model
    def _desk_fields(self):
        return super()._desk_fields() | PLACE_FIELDS

    def _case_page(self, lang):
        """The citizen reads the quarter back."""
        page = super()._case_page(lang)
        # sudo: jamaa.quarter - the name of the own quarter, on the citizen's page
        quarter = self.sudo().with_context(lang=PUBLIC_LANGS[lang].code).quarter_id
        return {**page, "quarter": quarter.display_name or ""}
