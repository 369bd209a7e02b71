"""What Open311 tells of published cases: what was released, and nothing of the case behind it."""

import secrets
from datetime import UTC

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS

from ..tools.open311_query import MOST, ZONE, first_moment

#: The specification's longest description, in characters.
DESCRIPTION = 4000


class JamaaComplaintPublication(models.Model):
    _inherit = "jamaa.complaint.publication"

    public_number = fields.Char(
        compute="_compute_public_number",
        store=True,
        precompute=True,
        copy=False,
        help="Under which Open311 tells of it: neither the number of the case nor its code.",
    )

    # Two rows of one case that came by Open311 bear the number its sender was told.
    _public_number_uniq = models.UniqueIndex(
        "(public_number) WHERE state = 'released'", "This case is published already: withdraw the other text first."
    )
    _public_month_idx = models.Index("(company_id, month DESC, id DESC) WHERE state = 'released'")

    @api.depends("case_id")
    def _compute_public_number(self):
        """Given once, for good."""
        for row in self:
            row.public_number = row.public_number or row.case_id.open311_number or self._new_public_number()

    @api.model
    def _new_public_number(self):
        """Return a free number of ten figures that tells nothing of how many there are."""
        # sudo: jamaa.complaint.publication, helpdesk.ticket - numbers of rows out of sight are taken too
        rows, cases = self.sudo(), self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
        while True:
            number = str(10**9 + secrets.randbelow(9 * 10**9))
            if not rows.search_count([("public_number", "=", number)], limit=1) and not cases.search_count(
                [("open311_number", "=", number)], limit=1
            ):
                return number

    @api.model
    def _open311_rows(self, company, numbers=(), months=None, categories=(), status=None):
        """Return what is released now and asked for, the newest first, as superuser.

        :param company: the commune
        :param numbers: public numbers; they override the rest, as in the specification
        :param months: first and last month of receipt, ``2026-11``
        :param categories: ids
        :param status: ``open``, ``closed`` or None for both
        """
        domain = Domain(self._public_domain(company))
        if numbers:
            domain &= Domain("public_number", "in", list(numbers))
        else:
            if months:
                domain &= Domain("month", ">=", months[0]) & Domain("month", "<=", months[1])
            if categories:
                domain &= Domain("case_id.category_id", "in", list(categories))
            if status:
                domain &= Domain("case_id.stage_id.closed", "=", status == "closed")
        # sudo: jamaa.complaint.publication - only what was released, as plain values
        return self.sudo().search(domain, order="month desc, id desc", limit=MOST)

    def _open311_values(self, lang):
        """What the specification lists for a request, as plain values.

        The day of receipt, the place and whoever handles it are the case's: only the month,
        the quarter and the commune were released.

        :param str lang: URL code of a public language
        """
        told = self._public_values(lang, "")
        rows = self.with_context(lang=PUBLIC_LANGS[lang].code)
        values = []
        for row, words in zip(rows, told, strict=True):
            company, category = row.company_id, row.case_id.category_id
            photos = f"{company.get_base_url()}{company._public_url(lang, 'complaints/published')}"
            values.append(
                {
                    "service_request_id": row.public_number,
                    "status": "closed" if row.case_id.stage_id.closed else "open",
                    "status_notes": words["outcome"] or None,
                    "service_name": category.name or None,
                    "service_code": str(category.id) if category else None,
                    "description": f"{words['title']}\n\n{words['text']}"[:DESCRIPTION],
                    "agency_responsible": company._commune_title(PUBLIC_LANGS[lang].code),
                    "service_notice": None,
                    "requested_datetime": first_moment(row.month).isoformat() if row.month else None,
                    "updated_datetime": self._open311_moment(row.released_on),
                    "expected_datetime": None,
                    "address": words["quarter"] or None,
                    "address_id": None,
                    "zipcode": None,
                    "lat": None,
                    "long": None,
                    "media_url": f"{photos}/{row.id}/photo/1" if row.photo_ids else None,
                }
            )
        return values

    @api.model
    def _open311_moment(self, moment):
        """A stored moment with its zone, or None."""
        if not moment:
            return None
        return moment.replace(microsecond=0, tzinfo=UTC).astimezone(ZONE).isoformat()
