"""The public pages of procedures: entrance, lists, search, sheet."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.jamaa_base.controllers import public_page
from odoo.addons.jamaa_base.controllers.public import PublicController
from odoo.addons.jamaa_base.controllers.public_home import GET
from odoo.addons.jamaa_base.tools.text import clean_text

from ..tools.pictograms import pictogram
from ..tools.search_text import QUERY_LIMIT

#: Seconds any cache may keep these pages: hours of today stand on them.
CACHE = 120
PAGE = 30
FOUND = 12
CSS = "jamaa_reception/static/src/public/procedures.css"
ROOT = "/c/<slug>/<lang>/procedures"


def page_number(text):
    """Return the number of a page an address names, from 1; junk counts as 1."""
    return min(int(text), 1000) if isinstance(text, str) and text.isascii() and text.isdigit() and text != "0" else 1


def named(text):
    """Return what an address names, fit to be looked up; signs the database refuses are left out."""
    return clean_text(text, 100, multiline=False)


class PublicProcedures(PublicController):
    """Only published sheets of the commune in the address; nothing else is told apart from nothing."""

    def _procedures_render(self, template, values, company, code, **options):
        """Answer with a page of procedures, its style and drawings with it."""
        values = {"pictogram": pictogram, "css": public_page.static_url(CSS), "q": "", **values}
        return self._jamaa_render(f"jamaa_reception.{template}", values, company, code, **options)

    def _procedure(self, slug, lang, code, variant):
        """Return commune, language code and procedure of an address.

        :raise NotFound: nothing published there
        """
        company, lang_code = self._jamaa_context(slug, lang)
        procedure = company.env["jamaa.procedure"]._public_procedure(company, named(code), named(variant))
        if not procedure:
            raise NotFound()
        return company, lang_code, procedure

    # ---- lists ----

    @http.route(ROOT, **GET)
    def entrance(self, slug, lang, **_query):
        """Search first, then what happens in life, for whom, where."""
        company, code = self._jamaa_context(slug, lang)
        values = {"groups": company._procedure_groups(), "root": company._public_url(lang, "procedures")}
        return self._procedures_render("public_procedures", values, company, code, max_age=CACHE)

    @http.route(f"{ROOT}/event/<name>", **GET)
    def listed_by_event(self, slug, lang, name, page=None, **_query):
        """What is published for a life event."""
        company, code = self._jamaa_context(slug, lang)
        entry = company.env["jamaa.life.event"].search([("code", "=", named(name))], limit=1)
        return self._list(company, code, lang, entry, Domain("life_event_ids", "in", entry.ids), page)

    @http.route(f"{ROOT}/for/<name>", **GET)
    def listed_by_audience(self, slug, lang, name, page=None, **_query):
        """What is published for an audience."""
        company, code = self._jamaa_context(slug, lang)
        entry = company.env["jamaa.audience"].search([("code", "=", named(name))], limit=1)
        return self._list(company, code, lang, entry, Domain("audience_ids", "in", entry.ids), page)

    @http.route(f"{ROOT}/site/<int:site>", **GET)
    def listed_by_site(self, slug, lang, site, page=None, **_query):
        """What is done at one site."""
        company, code = self._jamaa_context(slug, lang)
        entry = company.env["jamaa.site"].search([("id", "=", min(site, 2**31 - 1)), ("company_id", "=", company.id)])
        done = Domain("site_line_ids", "any", [("site_id", "in", entry.ids), ("what", "!=", "not_here")])
        return self._list(company, code, lang, entry, done, page)

    @http.route(f"{ROOT}/all", **GET)
    def listed_all(self, slug, lang, page=None, **_query):
        """Everything that is published."""
        company, code = self._jamaa_context(slug, lang)
        return self._list(company, code, lang, None, Domain.TRUE, page)

    def _list(self, company, code, lang, entry, domain, page):
        Procedure = company.env["jamaa.procedure"]
        number = page_number(page)
        domain &= Procedure._public_domain(company)
        found = Procedure.search(domain, limit=PAGE + 1, offset=(number - 1) * PAGE)
        if not found:
            raise NotFound()
        path = request.httprequest.path
        values = {
            "title": entry.name if entry else "",
            "drawing": entry.pictogram if entry and "pictogram" in entry._fields else "",
            "links": found[:PAGE]._public_links(lang),
            "before": f"{path}?page={number - 1}" if number > 1 else "",
            "after": f"{path}?page={number + 1}" if len(found) > PAGE else "",
            "root": company._public_url(lang, "procedures"),
        }
        return self._procedures_render("public_procedure_list", values, company, code, max_age=CACHE)

    # ---- search ----

    @http.route(f"{ROOT}/search", **GET)
    def search(self, slug, lang, q=None, said=None, **_query):
        """What a query may mean, best first; a page that helps when it means nothing."""
        company, code = self._jamaa_context(slug, lang)
        query = clean_text(q, QUERY_LIMIT, multiline=False)
        found = company.env["jamaa.procedure"]._search_public(company, query, FOUND)
        values = {
            "q": query,
            "links": found._public_links(lang),
            "said": said == "missed",
            "root": company._public_url(lang, "procedures"),
            "groups": {} if found else company._procedure_groups(),
            "hours": "" if found else company._desk_hours(),
        }
        return self._procedures_render("public_procedure_search", values, company, code, max_age=CACHE)

    # ---- one sheet ----

    @http.route([f"{ROOT}/<code>", f"{ROOT}/<code>/<variant>"], **GET)
    def sheet(self, slug, lang, code, variant=None, said=None, **_query):
        """The sheet: what it is, papers, cost, how long, where, steps, and the rest folded."""
        company, lang_code, procedure = self._procedure(slug, lang, code, variant)
        sheet = procedure.sheet_id
        content = sheet._content()
        values = {
            "sheet": sheet._page_values(lang, content),
            "here": company._public_url(lang, procedure._public_page()),
            "root": company._public_url(lang, "procedures"),
            "said": said if said in ("clear", "unclear", "later") else "",
        }
        return self._procedures_render("public_sheet", values, company, lang_code, max_age=CACHE)

    @http.route([f"{ROOT}/<code>/form/<int:rank>", f"{ROOT}/<code>/<variant>/form/<int:rank>"], **GET)
    def form(self, slug, lang, code, rank, variant=None, **_query):
        """One form to print, of the published sheet alone."""
        _company, _lang, procedure = self._procedure(slug, lang, code, variant)
        forms = procedure.sheet_id.form_ids
        if not 1 <= rank <= len(forms):
            raise NotFound()
        form = forms[rank - 1]
        return self._procedure_file(form.raw or b"", form.mimetype, http.content_disposition(form.name))

    def _procedure_file(self, content, mimetype, disposition):
        """Answer with a file anybody may keep for a while."""
        response = request.make_response(
            content,
            [
                ("Content-Type", mimetype or "application/octet-stream"),
                ("Content-Length", str(len(content))),
                ("Content-Disposition", disposition),
            ],
        )
        return public_page.set_headers(response, max_age=CACHE)
