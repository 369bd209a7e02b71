"""After the answer: another look, an appeal and the dossier, from the citizen's own page."""

from odoo import http

from odoo.addons.jamaa_base.controllers.public_form import throttle_address
from odoo.addons.jamaa_base.controllers.public_home import POST
from odoo.addons.jamaa_base.tools.text import clean_text

from .case_page import CasePage, case_of

WORDS_LIMIT = 4000
#: Forms one address may send in an hour.
FORMS_PER_HOUR = 20
#: Dossiers of one case in an hour.
DOSSIERS_PER_HOUR = 5


class CaseAfter(CasePage):
    """As for the tap, the token in the address is the right; there is no session to ride on."""

    def _page_values(self, case, said):
        return {
            **super()._page_values(case, said),
            "after_note": self._after_note(case.env, said),
            "after_kind": "fine" if said == "again_thanks" else "info",
            "after_typed": "",
            "appeal_note": self._appeal_note(case.env, said),
            "appeal_kind": "fine" if said == "appeal_thanks" else "info",
            "appeal_typed": "",
            "said": said,
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

    def _appeal_note(self, env, said):
        """The same, about the appeal."""
        return {
            "appeal_thanks": env._("Your appeal was taken."),
            "appeal_pending": env._("You appealed already: it is being decided."),
            "appeal_decided": env._("Your appeal was decided already."),
            "appeal_late": env._("The time to appeal is over."),
            "appeal_waiting": env._("The commune first decides whether it looks again; after that you can appeal."),
            "appeal_not_yet": env._("There is no answer yet to appeal against."),
            "appeal_empty": env._("Write in a few words why you appeal."),
            "appeal_busy": env._("Too many forms came from here. Try again in an hour; your words are still below."),
        }.get(said)

    @http.route(
        "/c/<slug>/<lang>/case/<token>/<any(again,appeal):what>",
        **{**POST, "max_content_length": 64 * 1024},
    )
    def after(self, slug, lang, token, what, **post):
        """The citizen asks for another look, or appeals; sent twice, it is taken once."""
        company, code = self._jamaa_context(slug, lang)
        case = case_of(company, token)
        words = clean_text(self._jamaa_text(post, "words"), WORDS_LIMIT)
        if not company.env["jamaa.throttle"]._allow("case_after", throttle_address(), FORMS_PER_HOUR, 3600):
            outcome = f"{what}_busy"
        else:
            with case.env.cr.savepoint():
                outcome = case._ask_again(words) if what == "again" else case._appeal(words)
        if outcome.endswith(("_busy", "_empty")):
            typed = {"after_typed" if what == "again" else "appeal_typed": words}
            return self._case_response(company, code, lang, case, outcome, typed=typed, status=422)
        return self._jamaa_redirect(f"{case._public_path(lang)}?said={outcome}#{what}")

    @http.route("/c/<slug>/<lang>/case/<token>/dossier", **{**POST, "max_content_length": 1024})
    def dossier(self, slug, lang, token, **_post):
        """The citizen's own dossier; each one gets its number and its line in the register."""
        company, code = self._jamaa_context(slug, lang)
        case = case_of(company, token)
        if not company.env["jamaa.throttle"]._allow("case_dossier", str(case.id), DOSSIERS_PER_HOUR, 3600):
            return self._jamaa_redirect(f"{case._public_path(lang)}?said=dossier_busy")
        name, content = case._make_dossier(own=True, lang=code)
        return self._file(content, "application/pdf", http.content_disposition(name))
