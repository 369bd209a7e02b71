"""The quarters and douars of a commune, as its people call them."""

from odoo import api, fields, models


class JamaaQuarter(models.Model):
    """A part of the commune one may name as the place of a matter.

    Kept by the commune itself (list, import): no list of places is shipped, and no
    outline of any.
    """

    _name = "jamaa.quarter"
    _description = "Quarter or douar"
    _order = "company_id, sequence, name_fr, id"
    _rec_name = "name_fr"
    _rec_names_search = ["name_ar", "name_fr"]

    name_ar = fields.Char(string="Name in Arabic", required=True)
    name_fr = fields.Char(string="Name in French", required=True)
    kind = fields.Selection(
        [("quarter", "Quarter"), ("douar", "Douar"), ("centre", "Centre")],
        string="Kind of place",
        required=True,
        default="quarter",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="Commune",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        domain="[('is_commune', '=', True)]",
    )

    _name_fr_uniq = models.UniqueIndex(
        "(company_id, kind, name_fr) WHERE active", "This quarter or douar is on the list already."
    )
    _name_ar_uniq = models.UniqueIndex(
        "(company_id, kind, name_ar) WHERE active", "This quarter or douar is on the list already."
    )

    @api.depends("name_ar", "name_fr")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """The name in the reader's script: Arabic for Arabic, Latin for the others."""
        arabic = (self.env.lang or "").startswith("ar")
        for quarter in self:
            quarter.display_name = quarter.name_ar if arabic else quarter.name_fr
