"""Cases that a commune published: rewritten, released by name, blacked out."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.jamaa_base.controllers import public_page
from odoo.addons.jamaa_base.controllers.public import PublicController
from odoo.addons.jamaa_base.controllers.public_home import GET


class PublishedCases(PublicController):
    @http.route("/c/<slug>/<lang>/complaints/published", **GET)
    def published(self, slug, lang, **_query):
        """List what is released now; by default nothing is."""
        company, code = self._jamaa_context(slug, lang)
        path = company._public_url(lang, "complaints/published")
        rows = company.env["jamaa.complaint.publication"]._public_rows(company)
        values = {"rows": rows._public_values(lang, path)}
        # never kept by a cache between: withdrawn is withdrawn at once
        return self._jamaa_render("jamaa_complaints.public_published", values, company, code, private=True)

    @http.route("/c/<slug>/<lang>/complaints/published/<int:row_id>/photo/<int:rank>", **GET)
    def published_photo(self, slug, lang, row_id, rank, **_query):
        """Give a blacked-out photo of what is released now."""
        company, _code = self._jamaa_context(slug, lang)
        rows = company.env["jamaa.complaint.publication"]._public_rows(company)
        photos = rows.filtered(lambda row: row.id == row_id).photo_ids.sorted("id")
        if not 1 <= rank <= len(photos):
            raise NotFound()
        photo = photos[rank - 1]
        response = request.make_response(
            photo.raw, [("Content-Type", photo.mimetype), ("Content-Disposition", "inline")]
        )
        return public_page.set_headers(response, private=True)
