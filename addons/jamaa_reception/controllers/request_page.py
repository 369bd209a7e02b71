"""The citizen's own page of a request: follow, papers, one tap."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.jamaa_base.controllers import public_page
from odoo.addons.jamaa_base.controllers.public import PublicController
from odoo.addons.jamaa_base.controllers.public_home import GET, POST
from odoo.addons.jamaa_base.controllers.satisfaction_exit import faces, take_answer


def request_of(company, token):
    """Return the request of a link, in superuser mode.

    :param company: the commune of the address
    :param str token: as it stands in the address, possibly junk
    :raise NotFound: for an unknown token and another commune's alike
    """
    found = company.env["jamaa.procedure.request"]._find_by_token(token)
    if not found or found.company_id != company:
        raise NotFound()
    return found


class RequestPage(PublicController):
    """Everything under the link of a request; the token in the address is the right."""

    @http.route("/c/<slug>/<lang>/request/<token>", **GET)
    def request_page(self, slug, lang, token, said=None, **_query):
        """Where it stands, what is missing, when and where to collect."""
        company, code = self._jamaa_context(slug, lang)
        found = request_of(company, token)
        env = company.env
        page = found._page(lang)
        labels = {3: env._("Good"), 2: env._("So-so"), 1: env._("Not good")}
        thanks = {
            "thanks": env._("Thank you. Your answer was taken."),
            "corrected": env._("Thank you. Your answer was changed."),
            "unchanged": env._("Your answer was already taken."),
            "closed": env._("Your answer stays as it was: it can no longer be changed."),
            "no_value": env._("Choose one of the three faces first."),
            "busy": env._("Too many answers came from here. Try again in an hour."),
        }.get(said)
        values = {
            "page": page,
            "thanks": thanks,
            "faces": faces(labels),
            "chosen": page["satisfaction"].get("value"),
        }
        return self._jamaa_render("jamaa_reception.public_request", values, company, code, private=True)

    @http.route("/c/<slug>/<lang>/request/<token>/satisfaction", **POST)
    def request_satisfaction(self, slug, lang, token, **post):
        """One tap, or words after it; there is no session to ride on, so no forgery token."""
        company, _code = self._jamaa_context(slug, lang)
        found = request_of(company, token)
        outcome = take_answer(found, self._jamaa_text(post, "value"), post.get("comment"))
        return self._jamaa_redirect(f"{found._public_path(lang)}?said={outcome}#satisfaction")

    @http.route("/c/<slug>/<lang>/request/<token>/receipt", **GET)
    def request_receipt(self, slug, lang, token, **_query):
        """The receipt as PDF, in the language of the page."""
        company, code = self._jamaa_context(slug, lang)
        found = request_of(company, token)
        content = found._public_paper("jamaa_reception.action_report_request_receipt", code)
        name = f"receipt-{found._public_code_shown()}.pdf"
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Length", str(len(content))),
            ("Content-Disposition", http.content_disposition(name)),
        ]
        return public_page.set_headers(request.make_response(content, headers), private=True)
