"""The sheet on paper: one A4 page, whatever stands on it."""

import io

from pypdf import PdfReader

from odoo.tests import tagged

from .common import SAMPLE, ReceptionCase


@tagged("post_install", "-at_install")
class TestProcedurePaper(ReceptionCase):
    def _pages(self, pdf):
        return PdfReader(io.BytesIO(pdf)).pages

    def test_every_sheet_we_ship_fits_one_page(self):
        """Six sheets of the longest papers, in both languages: the shorter ones fit where these do."""
        models = self.env["jamaa.procedure"].search([("company_id", "=", False)])
        models.with_company(self.here).with_context(allowed_company_ids=self.here.ids).action_adopt()
        adopted = self.env["jamaa.procedure"].search([("company_id", "=", self.here.id)])
        adopted.draft_sheet_id.action_submit()
        adopted.draft_sheet_id.action_publish()
        self.assertGreaterEqual(len(adopted), 39)
        for lang in ("ar_MA", "fr_MA"):
            for sheet in adopted.sheet_id.sorted(lambda one, lang=lang: -one._paper_length(lang))[:6]:
                with self.subTest(code=sheet.procedure_id.code, lang=lang):
                    pages = self._pages(sheet._public_pdf(lang))
                    self.assertEqual(len(pages), 1)
                    width, height = (round(float(side) / 72 * 25.4) for side in pages[0].mediabox[2:])
                    self.assertEqual((width, height), (210, 297))

    def test_what_does_not_fit_is_known(self):
        """A paper longer than a page in the smallest text says so, with its pages; a short one is large."""
        sheet = self._published().sheet_id
        self.assertEqual(sheet._fit_paper("fr_MA")[1:], ("large", 1))
        steps = [{"text": {"fr": "Allez au bureau suivant et demandez. " * 12}}] * 45
        long = self._published(code="civil-test-long", sheet={**SAMPLE["sheet"], "steps": steps}).sheet_id
        pdf, size, pages = long._fit_paper("fr_MA")
        self.assertEqual(size, "tiny")
        self.assertGreater(pages, 1)
        self.assertEqual(len(self._pages(pdf)), pages)

    def test_the_personal_list_holds_the_own_papers(self):
        sheet = self._published().sheet_id
        answers = {one.code: one.id for one in sheet.question_ids.answer_ids}
        text = self._pages(sheet._public_pdf("fr_MA"))[0].extract_text()
        self.assertIn("Procuration", text)
        values = sheet.with_context(lang="fr_MA")._paper_values(_base36(answers["self"]))
        self.assertEqual([str(one["name"].text) for one in values["sheet"]["bring"]], ["Carte nationale"])
        self.assertTrue(values["address"].endswith(f"/need?a={_base36(answers['self'])}"))


def _base36(number):
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits
