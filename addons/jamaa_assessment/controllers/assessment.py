"""The pages behind the link of a seat: who asks, the grid page by page, thanks."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.jamaa_base.controllers.public import PublicController
from odoo.addons.jamaa_base.controllers.public_home import GET, POST
from odoo.addons.jamaa_base.tools.text import clean_text

from ..models.jamaa_assessment_answering import MAX_COMMENT

#: A page has a handful of items with a comment each; an Arabic letter takes up to six bytes in a form.
MAX_PAGE = 512 * 1024
#: Pages one seat may send in an hour.
PAGES_PER_HOUR = 300
# The token of the link is what proves; the signed form token shows that a person opened the page.
TAKEN = (None, "proof")
#: Where the buttons of a page lead.
WAYS = {"next": 1, "back": -1}


class PublicAssessment(PublicController):
    """The token in the address is the right to the seat; GET changes nothing, since mail scanners open links."""

    def _assessment_seat(self, company, token):
        """Return the seat of a link, in superuser mode.

        :raise NotFound: unknown token, and another commune's, alike
        """
        seat = company.env["jamaa.assessment.rater"]._by_link(company, token)
        if not seat:
            raise NotFound()
        return seat

    def _assessment_url(self, slug, lang, token, page=""):
        return f"/c/{slug}/{lang}/assessment/{token}{f'/{page}' if page else ''}"

    def _assessment_facts(self, seat):
        """Return who asks for what until when, as plain values."""
        one = seat.round_id
        return {
            "round": one.name,
            "grid": one.grid_id.name,
            "subject": one.subject_name,
            "purpose": one.purpose or "",
            "seat": seat._seat_words(),
            "until": format_date(seat.env, one.answer_due) if one.answer_due else "",
            "meeting": format_date(seat.env, one.date) if one.date else "",
            "state": seat._page_state(),
        }

    @http.route("/c/<slug>/<lang>/assessment/<token>", **GET)
    def assessment(self, slug, lang, token, **_query):
        """Who asks, what for, until when; thanks to who has finished."""
        company, code = self._jamaa_context(slug, lang)
        return self._assessment_front(company, code, slug, lang, token, self._assessment_seat(company, token))

    def _assessment_front(self, company, code, slug, lang, token, seat, status=200, **values):
        facts = self._assessment_facts(seat)
        pages = seat._sheet() if facts["state"] in ("open", "late") else []
        answered = sum(page["answered"] for page in pages)
        total = sum(len(page["questions"]) for page in pages)
        opened = next((n for n, page in enumerate(pages, 1) if page["answered"] < len(page["questions"])), len(pages))
        values = {
            "page": {
                **facts,
                "answered": answered,
                "total": total,
                "pages": [
                    {
                        "title": page["title"],
                        "url": self._assessment_url(slug, lang, token, number),
                        "answered": page["answered"],
                        "total": len(page["questions"]),
                    }
                    for number, page in enumerate(pages, 1)
                ],
                "continue": self._assessment_url(slug, lang, token, opened),
                "finish": self._assessment_url(slug, lang, token, "finish"),
                "again": self._assessment_url(slug, lang, token, "again"),
            },
            "form": self._jamaa_form(company, "assessment"),
            **values,
        }
        return self._jamaa_render(
            "jamaa_assessment.public_assessment", values, company, code, private=True, status=status
        )

    @http.route("/c/<slug>/<lang>/assessment/<token>/<int:number>", **GET)
    def assessment_page(self, slug, lang, token, number, **_query):
        """One criterion of the grid, with what was chosen so far."""
        company, code = self._jamaa_context(slug, lang)
        seat = self._assessment_seat(company, token)
        if seat._page_state() != "open":
            return self._jamaa_redirect(self._assessment_url(slug, lang, token))
        return self._assessment_criterion(company, code, slug, lang, token, seat, number)

    def _assessment_criterion(self, company, code, slug, lang, token, seat, number, status=200, typed=None, **values):
        pages = seat._sheet()
        if not 1 <= number <= len(pages):
            raise NotFound()
        page = pages[number - 1]
        # A page that was refused gives back what was chosen and typed.
        for question in page["questions"]:
            choice, comment = (typed or {}).get(question["id"], (None, None))
            question["comment"] = question["comment"] if comment is None else comment
            if choice:
                for one in question["choices"]:
                    one["chosen"] = one["id"] == choice
        values = {
            "page": {
                **self._assessment_facts(seat),
                "title": page["title"],
                "questions": page["questions"],
                "number": number,
                "count": len(pages),
                "url": self._assessment_url(slug, lang, token, number),
                "front": self._assessment_url(slug, lang, token),
                "max_comment": MAX_COMMENT,
            },
            "form": self._jamaa_form(company, "assessment"),
            **values,
        }
        return self._jamaa_render(
            "jamaa_assessment.public_assessment_page", values, company, code, private=True, status=status
        )

    @http.route("/c/<slug>/<lang>/assessment/<token>/<int:number>", **{**POST, "max_content_length": MAX_PAGE})
    def assessment_keep(self, slug, lang, token, number, **post):
        """Keep one page, then lead on, back, or to the overview."""
        company, code = self._jamaa_context(slug, lang)
        seat = self._assessment_seat(company, token)
        if seat._page_state() != "open":
            return self._jamaa_redirect(self._assessment_url(slug, lang, token))
        pages = seat._sheet()
        if not 1 <= number <= len(pages):
            raise NotFound()
        typed = {
            question["id"]: (
                self._assessment_number(post, f"a-{question['id']}"),
                clean_text(self._jamaa_text(post, f"c-{question['id']}"), MAX_COMMENT),
            )
            for question in pages[number - 1]["questions"]
        }
        problem, status = self._assessment_guard(company, seat, post)
        if not problem:
            try:
                with company.env.cr.savepoint():
                    seat._keep(typed)
            except UserError as refusal:
                problem, status = refusal.args[0], 422
        if problem:
            return self._assessment_criterion(
                company, code, slug, lang, token, seat, number, status, typed, problem=problem
            )
        onward = number + WAYS.get(self._jamaa_text(post, "go"), 0)
        stays = onward == number or not 1 <= onward <= len(pages)
        return self._jamaa_redirect(self._assessment_url(slug, lang, token, "" if stays else onward))

    @http.route("/c/<slug>/<lang>/assessment/<token>/<any(finish,again):what>", **POST)
    def assessment_finish(self, slug, lang, token, what, **post):
        """Hand in the answers, or take them up again; done twice it is done once."""
        company, code = self._jamaa_context(slug, lang)
        seat = self._assessment_seat(company, token)
        if seat._page_state() == {"finish": "open", "again": "finished"}[what]:
            problem, status = self._assessment_guard(company, seat, post)
            if not problem:
                try:
                    with company.env.cr.savepoint():
                        seat._finish_by_link() if what == "finish" else seat._reopen_by_link()
                except UserError as refusal:
                    problem, status = refusal.args[0], 422
            if problem:
                return self._assessment_front(company, code, slug, lang, token, seat, status, problem=problem)
        return self._jamaa_redirect(self._assessment_url(slug, lang, token))

    def _assessment_guard(self, company, seat, post):
        """Return why a page is not taken (empty when it is), and the status to answer with."""
        form = self._jamaa_read_form(company, "assessment", post)
        if form.problem not in TAKEN:
            return self._jamaa_problem(company, form), 422
        if not company.env["jamaa.throttle"]._allow("assessment", seat.id, PAGES_PER_HOUR, 3600):
            return company.env._("Too many answers came from here. Try again in an hour."), 429
        return "", 200

    def _assessment_number(self, post, name):
        """Return one posted field as an id; None for nothing, -1 (which fits nothing) for what is no number."""
        value = self._jamaa_text(post, name)
        if not value:
            return None
        return int(value) if value.isascii() and value.isdigit() and len(value) <= 9 else -1
