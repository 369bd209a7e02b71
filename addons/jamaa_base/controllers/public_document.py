"""Pages behind the links of functions: a document to receive, a contact to confirm."""

import base64

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request
from odoo.tools import email_normalize
from odoo.tools.mimetypes import guess_mimetype

from ..tools.text import clean_text
from . import public_page
from .public import PublicController
from .public_form import throttle_address
from .public_home import GET, POST

QUALITIES = ("holder", "stand_in", "secretariat")
#: Taps one address may send in an hour: a whole town hall may stand behind one.
TAPS_PER_HOUR = 120
# The token of the link is what proves; the signed form token shows that a person opened the page.
TAKEN = (None, "proof")


class PublicDocument(PublicController):
    """The token in the address is the right; GET changes nothing, since mail scanners open links."""

    def _row(self, model, company, token):
        """Return the record of a link, in superuser mode.

        :raise NotFound: unknown token, another commune's, and one not sent yet alike
        """
        row = company.env[model]._find_by_token(token)
        if not row or row.company_id != company:
            raise NotFound()
        return row

    def _recipient(self, company, token):
        row = self._row("jamaa.dissemination.recipient", company, token)
        if row.sending_state == "draft":
            raise NotFound()
        return row

    @http.route("/c/<slug>/<lang>/document/<token>", **GET)
    def document(self, slug, lang, token, **_query):
        """Title, summary, files, and one button."""
        company, code = self._jamaa_context(slug, lang)
        return self._document_page(company, code, lang, self._recipient(company, token))

    def _document_page(self, company, code, lang, row, problem="", status=200):
        values = {"page": row._page_words(lang), "form": self._jamaa_form(company, "document"), "problem": problem}
        return self._jamaa_render("jamaa_base.public_document", values, company, code, private=True, status=status)

    @http.route("/c/<slug>/<lang>/document/<token>", **POST)
    def document_received(self, slug, lang, token, **post):
        """« I have received it »: recorded once, whoever taps again."""
        company, code = self._jamaa_context(slug, lang)
        row = self._recipient(company, token)
        form = self._jamaa_read_form(company, "document", post)
        if form.problem not in TAKEN:
            problem = self._jamaa_problem(company, form)
            return self._document_page(company, code, lang, row, problem, status=422)
        quality = self._jamaa_text(post, "quality")
        quality = quality if quality in QUALITIES else "holder"
        if row._receivable():
            if not company.env["jamaa.throttle"]._allow("document", throttle_address(), TAPS_PER_HOUR, 3600):
                problem = company.env._("Too many answers came from here. Try again in an hour.")
                return self._document_page(company, code, lang, row, problem, status=429)
            row._receive("link", quality)
        return self._jamaa_redirect(row._public_path(lang))

    @http.route("/c/<slug>/<lang>/document/<token>/file/<any(ar,fr):which>", **GET)
    def document_file(self, slug, lang, token, which, **_query):
        """One file of the version; none once it is withdrawn, replaced or closed."""
        company, _code = self._jamaa_context(slug, lang)
        row = self._recipient(company, token)
        if row.sending_state != "sent" or row.version_state != "sent":
            raise NotFound()
        version = row.dissemination_id.version_id
        content = base64.b64decode(version[f"file_{which}"] or b"")
        if not content:
            raise NotFound()
        name = version[f"file_{which}_name"] or f"document-{which}"
        response = request.make_response(
            content,
            [
                ("Content-Type", guess_mimetype(content)),
                ("Content-Length", str(len(content))),
                ("Content-Disposition", http.content_disposition(name)),
            ],
        )
        return public_page.set_headers(response, private=True)

    @http.route("/c/<slug>/<lang>/contact/<token>", **GET)
    def contact(self, slug, lang, token, **_query):
        """The details on record, to confirm or to correct."""
        company, code = self._jamaa_context(slug, lang)
        return self._contact_page(company, code, self._row("jamaa.contact.check", company, token))

    def _contact_page(self, company, code, check, status=200, **values):
        function = check.function_id
        page = {
            "state": check.state,
            "function": function.name,
            "email": function.contact_email or "",
            "phone": function.contact_phone or "",
            "holder": function.current_person_id.name or "",
        }
        values = {"page": page, "form": self._jamaa_form(company, "contact"), **values}
        return self._jamaa_render("jamaa_base.public_contact", values, company, code, private=True, status=status)

    @http.route("/c/<slug>/<lang>/contact/<token>", **POST)
    def contact_answer(self, slug, lang, token, **post):
        """« Still right », or a correction somebody of the commune accepts."""
        company, code = self._jamaa_context(slug, lang)
        check = self._row("jamaa.contact.check", company, token)
        form = self._jamaa_read_form(company, "contact", post)
        typed = {name: clean_text(self._jamaa_text(post, name), 200) for name in ("email", "phone", "words")}
        right = self._jamaa_text(post, "answer") != "correct"
        errors = {}
        if not right and typed["email"] and not email_normalize(typed["email"]):
            errors["email"] = company.env._(
                "This is no e-mail address: it has an @ and a dot, such as name@example.org."
            )
        elif not right and not any(typed.values()):
            errors["email"] = company.env._("Write what has changed.")
        problem = "" if form.problem in TAKEN else self._jamaa_problem(company, form)
        if problem or errors:
            return self._contact_page(company, code, check, status=422, problem=problem, errors=errors, typed=typed)
        check._answer(right, **typed)
        return self._jamaa_redirect(check._public_path(lang))
