"""Procedures on the commune's public home page."""

from odoo import models

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS


class ResCompany(models.Model):
    _inherit = "res.company"

    def _public_cards(self, lang):
        """Add the card of the procedures, once a sheet is published."""
        cards = super()._public_cards(lang)
        Procedure = self.env["jamaa.procedure"]
        if not Procedure.search(Procedure._public_domain(self), limit=1):
            return cards
        env = self.with_context(lang=PUBLIC_LANGS[lang].code).env
        return [
            *cards,
            {
                "title": env._("Papers and procedures"),
                "text": env._("What to bring, what it costs, how long it takes and where to go."),
                "url": self._public_url(lang, "procedures"),
                "icon": "document",
                "sequence": 5,
            },
        ]

    def _procedure_groups(self):
        """Return the ways into the catalogue that lead somewhere: life events, audiences, sites.

        :return: dict of lists of ``name``, ``path`` (under the catalogue's address), ``pictogram``, ``count``
        """
        self.ensure_one()
        Procedure = self.env["jamaa.procedure"]
        domain = Procedure._public_domain(self)
        groups = {}
        for by, field, model in (
            ("event", "life_event_ids", "jamaa.life.event"),
            ("for", "audience_ids", "jamaa.audience"),
        ):
            counts = {one.id: count for one, count in Procedure._read_group(domain, [field], ["__count"]) if one}
            groups[by] = [
                {
                    "name": one.name,
                    "path": f"{by}/{one.code}",
                    "pictogram": one.pictogram or "",
                    "count": counts[one.id],
                }
                for one in self.env[model].search([("id", "in", list(counts))])
            ]
        done = self.env["jamaa.procedure.site"]._read_group(
            [("procedure_id", "any", domain), ("what", "!=", "not_here"), ("site_id.active", "=", True)],
            ["site_id"],
            ["__count"],
        )
        groups["site"] = [
            {"name": site.name, "path": f"site/{site.id}", "pictogram": "counter", "count": count}
            for site, count in done
        ]
        return groups

    def _desk_hours(self):
        """Return the hours of the headquarters, for somebody who is sent to the desk; see ``_opening_words``."""
        self.ensure_one()
        Site = self.env["jamaa.site"]
        site = Site.search([("company_id", "=", self.id), ("kind", "=", "headquarters")], limit=1)
        return {"name": site.name, "street": site.street or "", **Site._opening_words(site)[site.id]} if site else {}
