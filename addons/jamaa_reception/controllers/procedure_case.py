"""“What do I need?” one question a page, and the paper to print."""

from odoo import http

from odoo.addons.jamaa_base.controllers.public_home import GET

from ..tools.case import Case
from .procedures import CACHE, ROOT, PublicProcedures


class PublicProcedureCase(PublicProcedures):
    """Answers stand in the address: the way back works, an address can be shared, nothing is remembered."""

    @http.route([f"{ROOT}/<code>/need", f"{ROOT}/<code>/<variant>/need"], **GET)
    def need(self, slug, lang, code, variant=None, a=None, **_query):
        """Put the next question; after the last one list what this person brings."""
        company, lang_code, procedure = self._procedure(slug, lang, code, variant)
        sheet = procedure.sheet_id
        content = sheet._content()
        case = Case(content, a)
        here = company._public_url(lang, procedure._public_page())
        values = {
            "name": procedure._said("name")[procedure.id]["name"],
            "case": sheet._case_page(case),
            "strange": case.strange,
            "here": here,
            "need": f"{here}/need",
            "answers": case.address(),
            "root": company._public_url(lang, "procedures"),
        }
        if not case.following:
            values["needed"] = sheet._papers_and_cost(content, case)
            values["unchecked"] = not sheet.values_checked_on
            values["share"] = sheet._public_address(lang, "need", case.address())
        return self._procedures_render("public_need", values, company, lang_code, max_age=CACHE)

    @http.route([f"{ROOT}/<code>/print", f"{ROOT}/<code>/<variant>/print"], **GET)
    def procedure_paper(self, slug, lang, code, variant=None, a=None, **_query):
        """The sheet on one A4 page, or the personal list where answers are given."""
        _company, lang_code, procedure = self._procedure(slug, lang, code, variant)
        pdf = procedure.sheet_id._public_pdf(lang_code, a)
        name = f"{procedure.code}-{lang}.pdf"
        return self._procedure_file(pdf, "application/pdf", http.content_disposition(name, "inline"))
