"""The citizen's own page of a case: follow, papers, photos, one tap."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.jamaa_base.controllers import public_page
from odoo.addons.jamaa_base.controllers.public import PublicController
from odoo.addons.jamaa_base.controllers.public_home import GET, POST
from odoo.addons.jamaa_base.controllers.satisfaction_exit import faces, take_answer

PAPERS = {
    "receipt": "jamaa_complaints.action_report_receipt",
    "answer": "jamaa_complaints.action_report_answer_letter",
}


def case_of(company, token):
    """Return the case of a link, in superuser mode.

    :param company: the commune of the address
    :param str token: as it stands in the address, possibly junk
    :raise NotFound: for an unknown token, another commune's and a plain ticket's alike
    """
    case = company.env["helpdesk.ticket"]._find_by_token(token)
    if not case or not case.kind or case.company_id != company:
        raise NotFound()
    return case


class CasePage(PublicController):
    """Everything under the link of a case; the token in the address is the right."""

    @http.route("/c/<slug>/<lang>/case/<token>", **GET)
    def case(self, slug, lang, token, said=None, **_query):
        """What happened, what comes next, the answer."""
        company, code = self._jamaa_context(slug, lang)
        return self._case_response(company, code, lang, case_of(company, token), said)

    def _page_values(self, case, said):
        """Return what rooms add to the tracking page; ``said`` is the outcome of a form."""
        return {}

    def _case_response(self, company, code, lang, case, said, typed=None, status=200):
        """Render the tracking page; ``said`` is the outcome of a tap, ``typed`` the values that come back."""
        env = case.env
        labels = {
            3: env._("It helped"),
            2: env._("In part"),
            1: env._("It did not help"),
        }
        thanks = {
            "thanks": env._("Thank you. Your answer was taken."),
            "corrected": env._("Thank you. Your answer was changed."),
            "unchanged": env._("Your answer was already taken."),
            "closed": env._("Your answer stays as it was: it can no longer be changed."),
            "no_value": env._("Choose one of the three faces first."),
            "busy": env._("Too many answers came from here. Try again in an hour."),
        }.get(said)
        page = case._case_page(lang)
        values = {
            "page": page,
            "thanks": thanks,
            "faces": faces(labels),
            "chosen": page["satisfaction"]["value"] if page["satisfaction"] else None,
            **self._page_values(case, said),
        }
        values.update(typed or {})
        return self._jamaa_render("jamaa_complaints.public_case", values, company, code, private=True, status=status)

    @http.route(
        "/c/<slug>/<lang>/case/<token>/satisfaction",
        **{**POST, "max_content_length": 64 * 1024},
    )
    def satisfaction(self, slug, lang, token, **post):
        """One tap, or words after it; the token in the address is all it takes.

        There is no session to ride on, so no forgery token: who has the link may tap.
        """
        company, _code = self._jamaa_context(slug, lang)
        case = case_of(company, token)
        outcome = take_answer(case, self._jamaa_text(post, "value"), post.get("comment"))
        return self._jamaa_redirect(f"{case._public_path(lang)}?said={outcome}#satisfaction")

    @http.route("/c/<slug>/<lang>/case/<token>/<any(receipt,answer):paper>", **GET)
    def paper(self, slug, lang, token, paper, **_query):
        """The receipt or the letter, as PDF, in the language of the page."""
        company, code = self._jamaa_context(slug, lang)
        case = case_of(company, token)
        if paper == "answer" and case.answer_state != "sent":
            raise NotFound()
        name = f"{paper}-{case._public_code_shown()}.pdf"
        return self._file(
            case._paper_pdf(PAPERS[paper], code),
            "application/pdf",
            http.content_disposition(name),
        )

    @http.route("/c/<slug>/<lang>/case/<token>/photo/<int:rank>", **GET)
    def photo(self, slug, lang, token, rank, **_query):
        """One of the citizen's own photos; files added by the desk are not reached."""
        company, _code = self._jamaa_context(slug, lang)
        photos = case_of(company, token).photo_ids.sorted("id")
        if not 1 <= rank <= len(photos):
            raise NotFound()
        photo = photos[rank - 1]
        return self._file(photo.raw, photo.mimetype, "inline")

    def _file(self, content, mimetype, disposition):
        """Answer with a file only its owner should keep."""
        response = request.make_response(
            content,
            [
                ("Content-Type", mimetype),
                ("Content-Length", str(len(content))),
                ("Content-Disposition", disposition),
            ],
        )
        return public_page.set_headers(response, private=True)
