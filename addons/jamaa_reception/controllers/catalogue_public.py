"""The published catalogue for programs, without an account."""

import json

from odoo import http
from odoo.http import request

from odoo.addons.jamaa_base.controllers import public_page
from odoo.addons.jamaa_base.controllers.public import PublicController
from odoo.addons.jamaa_base.controllers.public_home import GET

CACHE = 3600


class CataloguePublic(PublicController):
    @http.route("/c/<slug>/catalogue.jsonld", **GET)
    def catalogue_jsonld(self, slug, **_query):
        """Give all published procedures of a commune in CPSV-AP; nothing where the commune does not want it."""
        company, _code = self._jamaa_context(slug, self._jamaa_best_lang().url)
        if not company.catalogue_open:
            raise request.not_found()
        # Every language stands in the file: it is the same for all who ask.
        document = company.with_context(lang="ar_MA").env["jamaa.procedure"]._cpsv_catalogue(company)
        response = request.make_response(
            json.dumps(document, ensure_ascii=False), [("Content-Type", "application/ld+json; charset=utf-8")]
        )
        public_page.set_headers(response, max_age=CACHE)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.add_etag()
        response.make_conditional(request.httprequest)
        return response
