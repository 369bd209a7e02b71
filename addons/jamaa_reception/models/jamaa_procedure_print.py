"""The sheet on paper: one A4 page with the way to the page of the sheet."""

import io

from pypdf import PdfReader
from werkzeug.urls import url_encode

from odoo import models

from odoo.addons.jamaa_base.tools.public_lang import by_code
from odoo.addons.jamaa_base.tools.qr import qr_data_uri

from ..tools.case import Case
from ..tools.pictograms import pictogram

#: Classes of layout and text, the roomiest first; see the template.
SIZES = ("large", "columns", "small", "tiny")
#: From how many signs on it is not worth trying the larger ones; measured on the sheets we ship.
WORTH_TRYING = (1000, 1450)
REPORT = "jamaa_reception.action_report_sheet"


class JamaaProcedureSheet(models.Model):
    _inherit = "jamaa.procedure.sheet"

    def _public_address(self, lang, page="", answers=""):
        """Return the whole address of a page of the sheet, for QR codes and for sharing.

        :param str lang: public language, by URL code or ``res.lang`` code
        """
        self.ensure_one()
        path = self.company_id._public_url(lang, self.procedure_id._public_page(page))
        return f"{self.get_base_url()}{path}{'?' + url_encode({'a': answers}) if answers else ''}"

    def _public_pdf(self, lang, answers=None):
        """Return the paper of a published sheet as PDF: one page, in the largest text that fits.

        :param str lang: ``res.lang`` code of the page it was asked on
        :param str answers: of “What do I need?”, as in its address; None for all papers with their conditions
        """
        return self._fit_paper(lang, answers)[0]

    def _fit_paper(self, lang, answers=None):
        """Return the paper with what it took: PDF, class of text (see :data:`SIZES`), number of pages.

        More than one page means that not even the smallest text fits.
        """
        self.ensure_one()
        # sudo: ir.actions.report - the sheet is published, its paper is for everybody
        reports = self.env["ir.actions.report"].sudo()
        start = 0 if answers else sum(self._paper_length(lang) > length for length in WORTH_TRYING)
        for size in SIZES[start:]:
            data = {"lang": lang, "answers": answers or "", "size": size}
            pdf = reports._render_qweb_pdf(REPORT, self.ids, data=data)[0]
            pages = len(PdfReader(io.BytesIO(pdf)).pages)
            if pages == 1:
                break
        return pdf, size, pages

    def _paper_length(self, lang):
        """Return about how many signs the paper holds, to begin with a size that may fit."""
        sheet = self.with_context(lang=lang)
        content = sheet._content()
        lines = [*content["piece"], *content["step"], *content["fee"]]
        signs = sum(
            len(sheet._line_said(line, name).text) for line in lines for name in ("name", "note", "delivered_by")
        )
        return signs + 60 * len(content["piece"])

    def _paper_values(self, answers=""):
        """Return what the paper shows, in the environment's language.

        :param str answers: see :meth:`_public_pdf`
        """
        self.ensure_one()
        lang = by_code(self.env.lang).url
        content = self._content()
        case = Case(content, answers) if answers else None
        sheet = self._page_values(lang, content)
        address = self._public_address(lang, "need" if case else "", case.address() if case else "")
        return {
            "sheet": {**sheet, **self._papers_and_cost(content, case)},
            "case": self._case_page(case) if case else None,
            "address": address,
            "qr": qr_data_uri(address),
            "pictogram": pictogram,
        }
