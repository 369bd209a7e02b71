"""After the answer: the citizen asks for another look, from the own page."""

from odoo import http

from odoo.addons.jamaa_base.controllers.public_form import throttle_address
from odoo.addons.jamaa_base.controllers.public_home import POST
from odoo.addons.jamaa_base.tools.text import clean_text

from .case_page import CasePage, case_of

WORDS_LIMIT = 2000
#: Forms one address may send in an hour.
FORMS_PER_HOUR = 20


class CaseAfter(CasePage):
    """As for the tap, the token in the address is the right; there is no session to ride on."""

    def _page_values(self, case, said):
        return {
            **super()._page_values(case, said),
            "after_note": self._after_note(case.env, said),
            "after_kind": "fine" if said == "again_thanks" else "info",
            "after_typed": "",
        }

    def _after_note(self, env, said):
        """What is said back, by the code of what became of the form; None for any other code."""
        return {
            "again_thanks": env._("Your wish for another look was taken."),
            "again_asked": env._("You asked already: an officer decides."),
            "again_refused": env._("You asked already, and the commune keeps its answer."),
            "again_late": env._("The time to ask for another look is over."),
            "again_not_yet": env._("There is no answer yet to look at again."),
            "again_empty": env._("Write in a few words why the commune should look again."),
            "again_busy": env._("Too many forms came from here. Try again in an hour; your words are still below."),
        }.get(said)

    @http.route(
        "/c/<slug>/<lang>/case/<token>/again",
        **{**POST, "max_content_length": 64 * 1024},
    )
    def again(self, slug, lang, token, **post):
        """The citizen asks for another look; sent twice, it is taken once."""
        company, code = self._jamaa_context(slug, lang)
        case = case_of(company, token)
        words = clean_text(self._jamaa_text(post, "words"), WORDS_LIMIT)
        if not company.env["jamaa.throttle"]._allow("case_after", throttle_address(), FORMS_PER_HOUR, 3600):
            return self._case_response(company, code, lang, case, "again_busy", typed=words, status=422)
        with case.env.cr.savepoint():
            outcome = case._ask_again(words)
        if outcome == "again_empty":
            return self._case_response(company, code, lang, case, outcome, typed=words, status=422)
        return self._jamaa_redirect(f"{case._public_path(lang)}?said={outcome}#again")
