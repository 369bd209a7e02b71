"""The entrance: list of communes, home page of a commune, follow-up by code and PIN."""

from odoo import http

from ..models.jamaa_public_reference import FollowProblem
from ..tools.public_lang import PUBLIC_LANGS
from . import public_page
from .public import PublicController
from .public_form import throttle_address

GET = {
    "type": "http",
    "auth": "public",
    "methods": ["GET"],
    "readonly": True,
    "save_session": False,
    "sitemap": False,
}
POST = {
    "type": "http",
    "auth": "public",
    "methods": ["POST"],
    "csrf": False,
    "save_session": False,
    "max_content_length": 16 * 1024,
}


class PublicHome(PublicController):
    @http.route("/c", **GET)
    def communes(self, lang=None, **_query):
        """List the communes by region; lead straight to the only one."""
        public_lang = PUBLIC_LANGS.get(lang)
        if public_lang not in public_page.active_langs():
            public_lang = self._jamaa_best_lang()
        env = public_page.public_env(public_lang)
        companies = env["res.company"]._public_communes()
        if len(companies) == 1:
            return self._jamaa_redirect(companies._public_url(public_lang.url))
        regions = {}
        for company in companies:
            regions.setdefault(company.region_id.name or "", []).append(
                {
                    "name": company._commune_name(public_lang.code),
                    "url": company._public_url(public_lang.url),
                    "is_demo": bool(company.is_demo),
                }
            )
        values = {
            "regions": [
                {"name": name, "communes": sorted(communes, key=lambda one: one["name"])}
                for name, communes in sorted(regions.items())
            ]
        }
        response = self._jamaa_render("jamaa_base.public_communes", values, None, public_lang.code)
        response.headers["Vary"] = "Accept-Language"
        return response

    @http.route("/c/<slug>", **GET)
    def commune(self, slug, **_query):
        """Lead to the commune's home page in the visitor's language."""
        lang = self._jamaa_best_lang()
        company, _code = self._jamaa_context(slug, lang.url)
        response = self._jamaa_redirect(company._public_url(lang.url))
        response.headers["Vary"] = "Accept-Language"
        return response

    @http.route("/c/<slug>/<lang>", **GET)
    def home(self, slug, lang, **_query):
        """Show what the commune offers on these pages."""
        company, code = self._jamaa_context(slug, lang)
        cards = sorted(company._public_cards(lang), key=lambda card: card.get("sequence", 50))
        return self._jamaa_render("jamaa_base.public_home", {"cards": cards}, company, code, max_age=120)

    @http.route("/c/<slug>/<lang>/follow", **GET)
    def follow(self, slug, lang, code=None, **_query):
        """Ask for code and PIN. A printed address may carry the code, never the PIN."""
        company, lang_code = self._jamaa_context(slug, lang)
        typed = {"code": (code or "")[:16]}
        return self._jamaa_render("jamaa_base.public_follow", {"typed": typed}, company, lang_code)

    @http.route("/c/<slug>/<lang>/follow", **POST)
    def follow_submit(self, slug, lang, **post):
        """Lead to the page of the record, or say what is wrong.

        The record may be of another commune of the same database: code and PIN decide.
        """
        company, lang_code = self._jamaa_context(slug, lang)
        env = company.env
        typed = {"code": self._jamaa_text(post, "code")[:16]}
        pin = self._jamaa_text(post, "pin")
        try:
            record = env["jamaa.public.reference"]._find_by_code(typed["code"], pin, throttle_address())
        except FollowProblem as problem:
            return self._follow_refused(company, lang_code, typed, problem.code)
        return self._jamaa_redirect(record._follow_url(lang))

    def _follow_refused(self, company, lang_code, typed, problem):
        """Show the form again with the reason; what was typed stays, but for the PIN."""
        env = company.env
        errors, notice = {}, ""
        if problem == "mistyped":
            errors["code"] = env._(
                "Look at your receipt once more: the code has 8 letters and figures, "
                "the PIN has 6 figures. There is no letter O or I and no figure 0 or 1 "
                "in a code."
            )
        elif problem == "unknown":
            errors["code"] = env._("No file has this code with this PIN. Check both on your receipt.")
        else:
            notice = env._(
                "There were too many wrong tries. Wait one hour, or scan the QR code of your "
                "receipt, or come to the reception desk with your receipt."
            )
        return self._jamaa_render(
            "jamaa_base.public_follow",
            {"typed": typed, "errors": errors, "problem": notice},
            company,
            lang_code,
            status=429 if problem == "too_many" else 422,
        )
