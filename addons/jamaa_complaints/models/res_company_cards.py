"""Complaints on the commune's public home page."""

from odoo import models

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS


class ResCompany(models.Model):
    _inherit = "res.company"

    def _public_cards(self, lang):
        """Add the card that opens the complaint form, where a unit answers it."""
        cards = super()._public_cards(lang)
        if not self._complaint_unit():
            return cards
        env = self.with_context(lang=PUBLIC_LANGS[lang].code).env
        return [
            *cards,
            {
                "title": env._("File a complaint or say something"),
                "text": env._(
                    "A complaint, a remark, a proposal or a report. You need no account; "
                    "you get a receipt and follow what becomes of it."
                ),
                "url": f"/c/{self.commune_slug}/{lang}/complaint",
                "icon": "complaint",
                "sequence": 10,
            },
        ]

    def _national_id_kinds(self):
        """Kinds of case whose regime demands the national identity number.

        None does today: the number is asked nowhere unless a law makes it necessary
        (law 09-08 wants an authorisation to process it).

        :return: set of kinds
        """
        return set()
