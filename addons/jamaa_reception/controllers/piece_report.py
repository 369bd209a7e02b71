"""A citizen says that a paper was asked which the sheet does not list; no name is needed."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.tools import email_normalize

from odoo.addons.jamaa_base.controllers.public import PublicController
from odoo.addons.jamaa_base.controllers.public_form import throttle_address
from odoo.addons.jamaa_base.controllers.public_home import GET, POST
from odoo.addons.jamaa_base.tools.text import clean_text, is_too_long

from ..models.jamaa_piece_report import PIECE_LIMIT, WORDS_LIMIT
from .request_page import request_of

PURPOSE = "piece_report"
#: Reports one address may send in an hour.
PER_HOUR = 20
EMAIL_LIMIT = 120


def report_of(company, token):
    """Return the report of a link, in superuser mode.

    :param company: the commune of the address
    :param str token: as it stands in the address, possibly junk
    :raise NotFound: for an unknown token, another commune's and a colleague's report alike
    """
    found = company.env["jamaa.piece.report"]._find_by_token(token)
    if not found or found.company_id != company or found.said_by != "citizen":
        raise NotFound()
    return found


class PieceReport(PublicController):
    """The same form from the page of a request and from a sheet (``?procedure=<code>``); then a page to follow it."""

    @http.route("/c/<slug>/<lang>/asked", **GET)
    def asked(self, slug, lang, procedure=None, **_query):
        """The form; the procedure may be named in the address."""
        company, code = self._jamaa_context(slug, lang)
        typed = {"procedure": (procedure or "")[:80]}
        return self._asked_page(company, code, lang, None, typed)

    @http.route("/c/<slug>/<lang>/asked", **POST)
    def asked_sent(self, slug, lang, **post):
        """Take the report, or show the form again with what is wrong."""
        company, code = self._jamaa_context(slug, lang)
        return self._take(company, code, lang, None, post)

    @http.route("/c/<slug>/<lang>/request/<token>/asked", **GET)
    def request_asked(self, slug, lang, token, **_query):
        """The form, about a request of one's own."""
        company, code = self._jamaa_context(slug, lang)
        return self._asked_page(company, code, lang, request_of(company, token), {})

    @http.route("/c/<slug>/<lang>/request/<token>/asked", **POST)
    def request_asked_sent(self, slug, lang, token, **post):
        """Take the report about a request of one's own."""
        company, code = self._jamaa_context(slug, lang)
        return self._take(company, code, lang, request_of(company, token), post)

    @http.route("/c/<slug>/<lang>/asked/<token>", **GET)
    def asked_followed(self, slug, lang, token, **_query):
        """Received, looked at, what came of it; code and PIN for the first hour."""
        company, code = self._jamaa_context(slug, lang)
        found = report_of(company, token)
        values = {"page": found._page(lang), "qr": found._public_qr(lang)}
        return self._jamaa_render("jamaa_reception.public_asked_follow", values, company, code, private=True)

    def _procedures(self, company):
        """Published procedures of a commune, in superuser mode."""
        return company.env["jamaa.procedure"].search_fetch(
            [("company_id", "=", company.id), ("sheet_id", "!=", False)], ["name", "code", "variant"]
        )

    def _take(self, company, code, lang, about, post):
        env = company.env
        typed = {
            name: clean_text(self._jamaa_text(post, name), limit * 2, name == "words")
            for name, limit in (
                ("piece", PIECE_LIMIT),
                ("words", WORDS_LIMIT),
                ("procedure", 80),
                ("email", EMAIL_LIMIT),
            )
        }
        form = self._jamaa_read_form(company, PURPOSE, post)
        if form.sent:
            return self._jamaa_redirect(form.sent._public_path(lang))
        errors = {}
        procedure = about.procedure_id if about else self._chosen(company, typed["procedure"])
        if not procedure:
            errors["procedure"] = env._("Choose the procedure it was about.")
        if not typed["piece"]:
            errors["piece"] = env._("Write which paper was asked from you.")
        elif is_too_long(typed["piece"], PIECE_LIMIT):
            errors["piece"] = env._("Write it in a few words: %(limit)s letters at most.", limit=PIECE_LIMIT)
        if is_too_long(typed["words"], WORDS_LIMIT):
            errors["words"] = env._("Write it shorter: %(limit)s letters at most.", limit=WORDS_LIMIT)
        email = email_normalize(typed["email"]) if typed["email"] else ""
        if typed["email"] and not email:
            errors["email"] = env._("This is no e-mail address. Correct it, or leave it empty.")
        if form.problem or errors:
            return self._asked_page(company, code, lang, about, typed, errors, form)
        if not env["jamaa.throttle"]._allow("piece_report", throttle_address(), PER_HOUR, 3600):
            form.problem = "busy"
            return self._asked_page(company, code, lang, about, typed, errors, form)
        submission = form.claim()
        if not submission._record():
            with env.cr.savepoint():
                report = env["jamaa.piece.report"]._from_public(
                    company, procedure, typed["piece"], typed["words"], about, email=email or ""
                )
                submission._done(report)
        return self._jamaa_redirect(submission._record()._public_path(lang))

    def _chosen(self, company, value):
        """The published procedure a visitor named, by code or by the key of the list."""
        code, _slash, variant = value.partition("/")
        return self._procedures(company).filtered(lambda one: one.code == code and (one.variant or "") == variant)[:1]

    def _asked_page(self, company, code, lang, about, typed, errors=None, form=None):
        status = 200 if form is None else 429 if form.problem == "busy" else 422
        procedures = about.procedure_id if about else self._procedures(company)
        if not procedures:
            raise NotFound()
        values = {
            "typed": typed,
            "errors": errors or {},
            "problem": self._jamaa_problem(company, form) if form else "",
            "form": self._jamaa_form(company, PURPOSE, bool(form) and form.problem == "proof"),
            "action": f"{about._public_path(lang)}/asked" if about else company._public_url(lang, "asked"),
            "about": about.procedure_id.name if about else "",
            "back": about._public_path(lang) if about else "",
            "options": [
                (f"{one.code}/{one.variant}" if one.variant else one.code, one.display_name) for one in procedures
            ],
            "limits": {"piece": PIECE_LIMIT, "words": WORDS_LIMIT, "email": EMAIL_LIMIT},
        }
        return self._jamaa_render(
            "jamaa_reception.public_asked", values, company, code, private=bool(about), status=status
        )
