"""The page of who follows a case with the citizen's consent: to read, nothing else."""

from werkzeug.exceptions import NotFound

from odoo import http

from odoo.addons.jamaa_base.controllers.public import PublicController
from odoo.addons.jamaa_base.controllers.public_home import GET


class MandatePage(PublicController):
    """The token in the address is the right, as long as the consent holds."""

    @http.route("/c/<slug>/<lang>/mandate/<token>", **GET)
    def mandate(self, slug, lang, token, **_query):
        """Where the case stands, and the answer."""
        company, code = self._jamaa_context(slug, lang)
        mandate = company.env["jamaa.complaint.mandate"]._find_by_token(token)
        # Unknown, withdrawn, ended, another commune's: one and the same answer.
        if not mandate or mandate.company_id != company:
            raise NotFound()
        values = {"page": mandate._mandate_page(lang)}
        return self._jamaa_render("jamaa_complaints.public_mandate", values, company, code, private=True)
