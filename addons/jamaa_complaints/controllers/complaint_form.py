"""The form a citizen fills in, and the page that follows."""

from odoo import http
from odoo.exceptions import UserError

from odoo.addons.jamaa_base.controllers import public_page
from odoo.addons.jamaa_base.controllers.public import PublicController
from odoo.addons.jamaa_base.controllers.public_home import GET, POST

from ..tools import intake_form
from . import form_map, form_photos, form_words
from .case_page import case_of

PURPOSE = "complaint"
#: Bytes of one whole form. Far over the largest photo, so that one that is too large
#: is refused beside its field with the text kept, and not by a bare error.
LARGEST_FORM = 64 * 1024 * 1024
IDENTITY = ("name", "phone", "email", "address", "national_id")
SUBMIT = {**POST, "max_content_length": LARGEST_FORM}


class ComplaintForm(PublicController):
    """Lodge a case without an account, a cookie or, where need be, a script."""

    @http.route("/c/<slug>/<lang>/complaint", **GET)
    def complaint(self, slug, lang, kind=None, **_query):
        """Show the empty form; an address may choose the kind beforehand."""
        company, code = self._jamaa_context(slug, lang)
        typed = {"kind": kind} if kind in intake_form.KINDS else {}
        return self._form_page(company, code, typed)

    @http.route("/c/<slug>/<lang>/complaint", **SUBMIT)
    def complaint_submit(self, slug, lang, **post):
        """Take the form, or show it again with what is wrong; nothing typed is lost."""
        company, code = self._jamaa_context(slug, lang)
        form = self._jamaa_read_form(company, PURPOSE, post)
        if form.sent:
            # Sent twice: the same case, the same receipt.
            return self._jamaa_redirect(self._done_path(form.sent, lang))
        choices = self._choices(company, post)
        intake = intake_form.read(post, choices)
        photos = form_photos.read(company, post, proven=form.problem is None)
        errors = form_words.all_errors(company.env, intake, photos)
        if form.problem or errors:
            form_photos.keep(company, photos)
            return self._form_page(company, code, intake.typed, errors, photos, form)
        submission = form.claim()
        case = submission._record()
        if not case:
            try:
                with company.env.cr.savepoint():
                    case = self._lodge(company, code, intake, photos)
                    submission._done(case)
            except UserError as error:
                # A choice that was withdrawn while the page stood open, for instance.
                # The key goes back: the next form is a new one.
                submission.unlink()
                form_photos.keep(company, photos)
                return self._form_page(company, code, intake.typed, {}, photos, form, problem=error.args[0])
            form_photos.drop(photos)
        return self._jamaa_redirect(self._done_path(case, lang))

    @http.route("/c/<slug>/<lang>/complaint/done/<token>", **GET)
    def complaint_done(self, slug, lang, token, **_query):
        """Give code, PIN (for one hour), receipt and due date."""
        company, code = self._jamaa_context(slug, lang)
        case = case_of(company, token)
        values = {
            "page": case._case_page(lang),
            "pin": case._public_pin() if case._pin_may_be_shown() else "",
            "qr": case._public_qr(lang),
            "others": case._others_nearby(),
        }
        return self._jamaa_render("jamaa_complaints.public_done", values, company, code, private=True)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _done_path(self, case, lang):
        """Return the address of the page after sending."""
        slug, token = case.company_id.commune_slug, case.access_token
        return f"/c/{slug}/{lang}/complaint/done/{token}"

    def _categories(self, company):
        """Subjects the commune offers to citizens, its own and the shared ones."""
        return company.env["helpdesk.ticket.category"]._offered_to_citizens(company)

    def _sites(self, company):
        """Places where this commune receives citizens."""
        return company.env["jamaa.site"].search_fetch([("company_id", "=", company.id)], ["name"])

    def _quarters(self, company):
        """Quarters and douars the commune put on its list, and no other's."""
        return company.env["jamaa.quarter"].search_fetch(
            [("company_id", "=", company.id)], ["name_ar", "name_fr", "company_id"]
        )

    def _choices(self, company, post):
        """What may be chosen; most people choose no site, and it is not looked up."""
        return intake_form.Choices(
            categories=set(self._categories(company).ids),
            sites=set(self._sites(company).ids) if post.get("site") else (),
            quarters=set(self._quarters(company).ids) if post.get("quarter") else (),
            languages={lang.code for lang in public_page.active_langs()},
            national_id_for=company._national_id_kinds(),
        )

    def _lodge(self, company, code, intake, photos):
        """Make the case from checked values."""
        values = intake.values
        return company.env["helpdesk.ticket"]._lodge(
            company,
            {
                "kind": values["kind"],
                "consent_referral": values["consent_referral"],
                "subject": intake_form.subject_line(values["facts"]),
                "facts": values["facts"],
                "place_text": values["place"],
                "quarter_id": values.get("quarter"),
                "latitude": values.get("latitude"),
                "longitude": values.get("longitude"),
                "category_id": values["category"],
                "site_id": values.get("site"),
                "reply_by": values["answer_by"],
                "citizen_sex": values.get("sex"),
                "names_person": values.get("names_person"),
            },
            identity={name: values[name] for name in IDENTITY if values.get(name)},
            photos=[photo.content for photo in photos if photo.content],
            channel="web",
            lang=values.get("lang") or code,
        )

    def _form_page(self, company, code, typed, errors=None, photos=None, form=None, problem=None):
        """Show the form, empty or with what was typed.

        :param dict errors: sentence by field
        :param list photos: see :mod:`.form_photos`
        :param form: the state of the guard, when the form comes back
        :param str problem: a sentence about the form as a whole
        """
        env = company.env
        errors = errors or {}
        if form and not problem:
            problem = form_words.form_problem(env, form.problem, self._jamaa_problem(company, form))
        if errors and not problem:
            problem = env._("Something is missing or not clear. What you wrote is still here.")
        status = 200 if form is None else 429 if form.problem == "busy" else 422
        proof_missing = bool(form) and form.problem == "proof"
        photos = photos or form_photos.empty()
        values = {
            "typed": typed,
            "errors": errors,
            "problem": problem,
            "form": self._jamaa_form(company, PURPOSE, proof_missing),
            "action": f"/c/{company.commune_slug}/{self._jamaa_lang(code).url}/complaint",
            "kinds": form_words.kinds(env),
            "categories": [(row.id, row.name) for row in self._categories(company)],
            "sites": [(row.id, row.name) for row in self._sites(company)],
            "quarters": [(row.id, row.display_name) for row in self._quarters(company)],
            **company._map_words(),
            "answer_ways": form_words.answer_ways(env),
            "languages_of_answer": [(lang.code, lang.name) for lang in public_page.active_langs()],
            "lang_code": code,
            "photos": [photo.shown(env) for photo in photos],
            "photos_open": any(photo.error or photo.kept for photo in photos),
            "answer_open": bool({"answer_by", "lang"} & errors.keys())
            or typed.get("answer_by", "page") not in ("", "page"),
            "ask_national_id": bool(company._national_id_kinds()),
            "corruption_where": company.corruption_where or "",
        }
        response = self._jamaa_render("jamaa_complaints.public_form", values, company, code, status=status)
        return form_map.allow_tiles(response, company._map_origin() if values["tiles"] else "")
