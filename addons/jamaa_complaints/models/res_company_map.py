"""Whether, and from where, a commune's pages load a map."""

import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: An address with the three placeholders of tiles, on one host, without query or user.
TILE_ADDRESS = re.compile(
    r"(?P<origin>https://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?)/[A-Za-z0-9._~/@-]*\{[zxy]\}[A-Za-z0-9._~/@{}-]*",
    re.IGNORECASE,
)


class ResCompany(models.Model):
    _inherit = "res.company"

    map_tile_address = fields.Char(
        string="Address of map tiles",
        help="Empty: no map, and nothing is loaded from elsewhere; places are told by quarter and landmark. "
        "Example: https://tiles.example.org/{z}/{x}/{y}.png. That server learns the address of whoever opens "
        "the map: take one that the commune or the State runs.",
    )
    map_copyright = fields.Char(string="Source of the map", help="Named on the map, as its licence asks.")

    @api.constrains("map_tile_address")
    def _check_map_tile_address(self):
        for company in self.filtered("map_tile_address"):
            address = company.map_tile_address
            if not TILE_ADDRESS.fullmatch(address) or any(part not in address for part in ("{z}", "{x}", "{y}")):
                raise ValidationError(
                    self.env._("The address of map tiles starts with https:// and holds {z}, {x} and {y}.")
                )

    def _map_origin(self):
        """Scheme and host of the tiles, for the page's policy; empty where there is no map."""
        self.ensure_one()
        found = TILE_ADDRESS.fullmatch(self.map_tile_address or "")
        return found["origin"] if found else ""

    def _map_words(self):
        """What a page needs for a map: the tiles, their source, where the commune is.

        Without a site whose place is known there is no map: it would open on somewhere else.

        :return: dict of ``tiles`` and ``tiles_source`` (texts, empty for no map), ``centre``
            (latitude and longitude, or two empty values)
        """
        self.ensure_one()
        if not self._map_origin():
            return {"tiles": "", "tiles_source": "", "centre": (None, None)}
        # sudo: jamaa.site - where the commune receives, printed on its public pages too
        site = (
            self.env["jamaa.site"]
            .sudo()
            .search([("company_id", "=", self.id), ("latitude", "!=", 0), ("longitude", "!=", 0)], limit=1)
        )
        return {
            "tiles": self.map_tile_address if site else "",
            "tiles_source": self.map_copyright or "",
            "centre": (site.latitude, site.longitude) if site else (None, None),
        }
