"""The public face of a commune."""

import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.contrast import MINIMUM, contrast
from ..tools.public_lang import by_code

PRIMARY = "#0b5d4e"


class ResCompany(models.Model):
    _inherit = "res.company"

    public_color = fields.Char(
        "Colour of the public pages",
        help="A colour as #rrggbb, dark enough for white text to be read on it. Empty: the dark green of the suite.",
    )

    @api.constrains("public_color")
    def _check_public_color(self):
        for company in self.filtered("public_color"):
            if not re.fullmatch(r"#[0-9a-fA-F]{6}", company.public_color):
                raise ValidationError(self.env._("Write the colour as # and six figures."))
            ratio = contrast(company.public_color, "#ffffff")
            if ratio < MINIMUM:
                raise ValidationError(
                    self.env._(
                        "White text is hard to read on this colour: the contrast is "
                        "%(ratio)s, at least %(minimum)s is needed. Choose a darker one.",
                        ratio=round(ratio, 1),
                        minimum=MINIMUM,
                    )
                )

    def _public_url(self, lang, page=""):
        """Return the path of one of the commune's public pages.

        :param str lang: a public language, by URL code or ``res.lang`` code
        :param str page: what follows the language in the address; empty for the home page
        """
        self.ensure_one()
        path = f"/c/{self.commune_slug}/{by_code(lang).url}"
        return f"{path}/{page}" if page else path

    def _public_cards(self, lang):
        """Return what the home page offers, most wanted first.

        Each addon extends the list. Texts come out in the language of the environment.

        :param str lang: a public language, by URL code or ``res.lang`` code
        :return: list of dicts: ``title``, ``text``, ``url``, ``icon`` (see the template
            ``public_icon``), ``sequence``
        """
        self.ensure_one()
        return [
            {
                "title": self.env._("Follow up"),
                "text": self.env._("You have a code and a PIN on your receipt."),
                "url": self._public_url(lang, "follow"),
                "icon": "search",
                "sequence": 90,
            }
        ]

    @api.model
    def _public_communes(self):
        """Return the communes that have public pages, in superuser mode."""
        # sudo: res.company - names and addresses of communes are public
        return self.sudo().search([("is_commune", "=", True), ("commune_slug", "!=", False)])
