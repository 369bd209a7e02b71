"""The page of a seat in the meeting: a phone votes there, without login and without a script."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.jamaa_base.controllers import public_page
from odoo.addons.jamaa_base.controllers.public import PublicController
from odoo.addons.jamaa_base.controllers.public_home import GET, POST

PATH = "/c/<slug>/<lang>/assessment/<token>/meeting"
#: What is kept of a form's key.
KEY_LENGTH = 32


class MeetingPage(PublicController):
    """Everything under the link of a seat; the token in it is the right."""

    def _meeting_seat(self, slug, lang, token):
        """Return the commune, the language and the seat.

        :raise NotFound: unknown commune, language or token: they look the same
        """
        company, code = self._jamaa_context(slug, lang)
        seat = company.env["jamaa.assessment.rater"]._by_meeting_link(company, token)
        if not seat:
            raise NotFound()
        return company, code, seat

    @http.route(PATH, **GET)
    def meeting_page(self, slug, lang, token, **_query):
        """Show where the meeting stands: the seat to be taken, the item, the buttons of a vote."""
        company, code, seat = self._meeting_seat(slug, lang, token)
        return self._meeting_answer(company, code, seat)

    @http.route(f"{PATH}/state", **GET)
    def meeting_state(self, slug, lang, token, **_query):
        """Say whether the page has changed, as JSON: a key, and how many votes are in."""
        _company, _code, seat = self._meeting_seat(slug, lang, token)
        response = request.make_json_response(seat._meeting_state())
        return public_page.set_headers(response, private=True)

    @http.route(PATH, **POST)
    def meeting_send(self, slug, lang, token, **post):
        """Take the seat, or a vote. There is no session to ride on, so no forgery token."""
        company, code, seat = self._meeting_seat(slug, lang, token)
        path = company._public_url(lang, f"assessment/{token}/meeting")
        if "answer" not in post:
            seat._meeting_join()
            return self._jamaa_redirect(path)
        answer, key = self._jamaa_text(post, "answer"), self._jamaa_text(post, "key")[:KEY_LENGTH]
        problem = seat._meeting_vote(self._jamaa_text(post, "ballot"), answer, key)
        if not problem:
            return self._jamaa_redirect(path)
        return self._meeting_answer(company, code, seat, problem=self._meeting_problem(company, problem), status=422)

    def _meeting_answer(self, company, code, seat, status=200, **values):
        page = {
            "problem": None,
            **values,
            "meeting": seat._meeting_page(),
            # The address one comes back to: without what was said, the same after a refused vote.
            "path": request.httprequest.path,
        }
        return self._jamaa_render("jamaa_assessment.public_meeting", page, company, code, private=True, status=status)

    def _meeting_problem(self, company, code):
        """Return why a vote was not taken."""
        env = company.env
        return {
            "closed": env._("This vote is closed: yours came too late or belongs to an earlier one."),
            "bad": env._("This answer does not fit here. Choose one of the buttons."),
            "slip": env._("A slip of paper was counted for your seat. Tell the facilitator if it is not yours."),
            "busy": env._("Too many votes came from this seat. Tell the facilitator."),
        }[code]
