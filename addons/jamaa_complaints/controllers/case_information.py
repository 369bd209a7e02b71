"""The citizen sends what the commune asked for."""

from werkzeug.exceptions import NotFound

from odoo import http

from odoo.addons.jamaa_base.controllers.public import PublicController
from odoo.addons.jamaa_base.controllers.public_home import GET
from odoo.addons.jamaa_base.tools.text import clean_text

from ..tools.intake_form import LIMITS, SHOWN_AGAIN
from . import form_photos, form_words
from .case_page import case_of
from .complaint_form import SUBMIT

PURPOSE = "case_information"


class CaseInformation(PublicController):
    """One answer to the one request; the token in the address is the right."""

    def _asked(self, slug, lang, token):
        """Return commune, language code and case of an address where something is asked.

        :raise NotFound: unknown case, or nothing was ever asked
        """
        company, code = self._jamaa_context(slug, lang)
        case = case_of(company, token)
        if not case.ask_on:
            raise NotFound()
        return company, code, case

    @http.route("/c/<slug>/<lang>/case/<token>/information", **GET)
    def information(self, slug, lang, token, **_query):
        """What is asked, and the form; afterwards the page of the case."""
        company, code, case = self._asked(slug, lang, token)
        if not case._ask_is_open():
            return self._jamaa_redirect(case._public_path(lang) + "#asked")
        return self._information_page(company, code, lang, case)

    @http.route("/c/<slug>/<lang>/case/<token>/information", **SUBMIT)
    def information_sent(self, slug, lang, token, **post):
        """Take the answer, or show the form again with what is wrong."""
        company, code, case = self._asked(slug, lang, token)
        back = case._public_path(lang) + "#asked"
        form = self._jamaa_read_form(company, PURPOSE, post)
        if form.sent or not case._ask_is_open():
            return self._jamaa_redirect(back)
        typed = {"text": clean_text(self._jamaa_text(post, "text"), SHOWN_AGAIN)}
        photos = form_photos.read(company, post, proven=form.problem is None)
        errors = self._errors(company.env, typed["text"], photos)
        if form.problem or errors:
            form_photos.keep(company, photos)
            return self._information_page(company, code, lang, case, typed, errors, photos, form)
        submission = form.claim()
        if not submission._record():
            with company.env.cr.savepoint():
                case._take_information(typed["text"], [photo.content for photo in photos if photo.content])
                submission._done(case)
            form_photos.drop(photos)
        return self._jamaa_redirect(back)

    def _errors(self, env, text, photos):
        errors = {}
        if not text:
            errors["text"] = env._("Write your answer, also where you add a photo.")
        elif len(text) > LIMITS["facts"]:
            errors["text"] = form_words.field_error(env, "facts", "too_long", len(text))
        for photo in photos:
            if photo.error:
                errors[f"photo_{photo.slot}"] = photo.words(env)
        return errors

    def _information_page(self, company, code, lang, case, typed=None, errors=None, photos=None, form=None):
        """Show the form, empty or with what was typed."""
        env = company.env
        problem = form_words.form_problem(env, form.problem, self._jamaa_problem(company, form)) if form else None
        if errors and not problem:
            problem = env._("Something is missing or not clear. What you wrote is still here.")
        status = 200 if form is None else 429 if form.problem == "busy" else 422
        path = case._public_path(lang)
        values = {
            "typed": typed or {},
            "errors": errors or {},
            "problem": problem,
            "form": self._jamaa_form(company, PURPOSE, bool(form) and form.problem == "proof"),
            "action": f"{path}/information",
            "path": path,
            "asked": case._case_page(lang)["asked"],
            "photos": [photo.shown(env) for photo in photos or form_photos.empty()],
        }
        return self._jamaa_render(
            "jamaa_complaints.public_information", values, company, code, private=True, status=status
        )
