"""“Which way is it?”: five short questions before the form; works without a script."""

from werkzeug.exceptions import NotFound

from odoo import http

from odoo.addons.jamaa_base.controllers.public import PublicController
from odoo.addons.jamaa_base.controllers.public_form import throttle_address
from odoo.addons.jamaa_base.controllers.public_home import GET, POST

from ..tools import intake_form
from . import form_words

#: Ways one address may have counted in an hour; beyond it pages go on, uncounted.
COUNTED_PER_HOUR = 60


class Triage(PublicController):
    @http.route("/c/<slug>/<lang>/complaint/which", **GET)
    def which(self, slug, lang, after=None, **_query):
        """Ask the first question, or the one after another; at the end offer the kinds."""
        company, code = self._jamaa_context(slug, lang)
        rows = company.env["jamaa.complaint.triage"]._questions(company)
        codes = rows.mapped("code")
        rank = codes.index(after) + 1 if after in codes else 0
        row = rows[rank : rank + 1]
        path = company._public_url(lang, "complaint/which")
        values = {
            "path": path,
            "form_path": company._public_url(lang, "complaint"),
            "row": {"code": row.code, "question": row.question} if row else {},
            "rank": rank + 1,
            "total": len(rows),
            "back": f"{path}?after={codes[rank - 2]}" if rank > 1 else path,
            "kinds": form_words.kinds(company.env),
        }
        return self._jamaa_render("jamaa_complaints.public_which", values, company, code)

    @http.route("/c/<slug>/<lang>/complaint/which", **POST)
    def which_answer(self, slug, lang, **post):
        """Take a yes, or the kind chosen at the end: count it without a person and lead on."""
        company, _code = self._jamaa_context(slug, lang)
        way = self._jamaa_text(post, "way")
        row = company.env["jamaa.complaint.triage"]._questions(company).filtered(lambda one: one.code == way)
        kind = way if way in intake_form.KINDS else row.leads_to
        if not row and kind not in intake_form.KINDS:
            return self._jamaa_redirect(company._public_url(lang, "complaint/which"))
        if company.env["jamaa.throttle"]._allow("triage", throttle_address(), COUNTED_PER_HOUR, 3600):
            company.env["jamaa.complaint.triage.answer"]._note(company, way, "page")
        if kind in intake_form.KINDS:
            return self._jamaa_redirect(f"{company._public_url(lang, 'complaint')}?kind={kind}")
        return self._jamaa_redirect(f"{company._public_url(lang, 'complaint/which')}/{row.code}")

    @http.route("/c/<slug>/<lang>/complaint/which/<code>", **GET)
    def which_elsewhere(self, slug, lang, code, **_query):
        """Say that it is something else, and where to go."""
        company, lang_code = self._jamaa_context(slug, lang)
        row = company.env["jamaa.complaint.triage"]._questions(company).filtered(lambda one: one.code == code)
        if not row or row.leads_to in intake_form.KINDS:
            raise NotFound()
        values = {
            "title": row.title,
            "words": row.words or "",
            "where_to": row.where_to or "",
            "path": company._public_url(lang, "complaint/which"),
            "form_path": company._public_url(lang, "complaint"),
            "after": row.code,
        }
        return self._jamaa_render("jamaa_complaints.public_elsewhere", values, company, lang_code)
