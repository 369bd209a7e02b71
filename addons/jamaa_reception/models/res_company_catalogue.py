"""Whether programs may read the published catalogue."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    catalogue_open = fields.Boolean(
        "Programs can read the published procedures",
        default=True,
        help="The same that citizens read on the pages, in the European form CPSV-AP (JSON-LD). Nothing of any person.",
    )

    catalogue_address = fields.Char("Address for programs", compute="_compute_catalogue_address")

    def _compute_catalogue_address(self):
        for company in self:
            company.catalogue_address = company.commune_slug and company._catalogue_address()

    def _catalogue_address(self):
        """Return the whole address of the catalogue for programs."""
        self.ensure_one()
        return f"{self.get_base_url()}/c/{self.commune_slug}/catalogue.jsonld"
