"""What citizens tell about the sheets: clear or not, searched and not found."""

from werkzeug.urls import url_encode

from odoo import http

from odoo.addons.jamaa_base.controllers.public_form import throttle_address
from odoo.addons.jamaa_base.controllers.public_home import POST
from odoo.addons.jamaa_base.tools.text import clean_text

from ..tools.search_text import QUERY_LIMIT
from .procedures import ROOT, PublicProcedures

WORDS = 500


class PublicProcedureSaid(PublicProcedures):
    """One tap, no name, nothing kept of who said it.

    The pages may come from a cache, so their forms carry no token; there is no session to
    ride on, and what one address can count is limited.
    """

    @http.route([f"{ROOT}/<code>/clear", f"{ROOT}/<code>/<variant>/clear"], **POST)
    def clear(self, slug, lang, code, variant=None, **post):
        """« Was this clear? »"""
        company, lang_code, procedure = self._procedure(slug, lang, code, variant)
        answer = self._jamaa_text(post, "answer")
        comment = clean_text(self._jamaa_text(post, "comment"), WORDS)
        taken = company.env["jamaa.procedure.clarity"]._take(
            procedure.sheet_id, lang_code, answer, comment, throttle_address()
        )
        here = company._public_url(lang, procedure._public_page())
        said = "later" if not taken else "clear" if answer == "clear" else "unclear"
        return self._jamaa_redirect(f"{here}?said={said}#said")

    @http.route(f"{ROOT}/missed", **POST)
    def missed(self, slug, lang, **post):
        """« I did not find it »: the words are counted, not who typed them."""
        company, lang_code = self._jamaa_context(slug, lang)
        query = clean_text(self._jamaa_text(post, "q"), QUERY_LIMIT, multiline=False)
        company.env["jamaa.search.miss"]._take(company, query, lang_code, throttle_address())
        root = company._public_url(lang, "procedures")
        return self._jamaa_redirect(f"{root}/search?{url_encode({'q': query, 'said': 'missed'})}")
