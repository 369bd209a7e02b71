"""A newcomer's path on a phone: from a misspelled everyday word to the list of papers."""

from odoo.tests import tagged

from odoo.addons.jamaa_base.tests.browser_common import RealBrowserCase

from .common import ReceptionCase

PHONE = {"width": 390, "height": 844}
PATHS = {
    "ar": ("عقد ازدياد", "نسخة موجزة من رسم الولادة", "بطاقة التعريف الوطنية", "rtl"),
    "fr": ("extrai de naissence", "Extrait d'acte de naissance", "Carte nationale d'identité", "ltr"),
}


@tagged("post_install", "-at_install")
class TestProcedureBrowser(ReceptionCase, RealBrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        models = cls.env["jamaa.procedure"].search([("company_id", "=", False), ("code", "=like", "civil-%")])
        models.with_company(cls.here).with_context(allowed_company_ids=cls.here.ids).action_adopt()
        adopted = cls.env["jamaa.procedure"].search([("company_id", "=", cls.here.id)])
        adopted.draft_sheet_id.action_submit()
        adopted.draft_sheet_id.action_publish()

    def test_from_a_misspelled_word_to_the_list(self):
        with self.browser() as chromium:
            for lang in PATHS:
                # Without JavaScript as well: every page is a plain one.
                for script in (True, False):
                    self._walk(self.page(chromium, PHONE, java_script_enabled=script), lang)

    def _walk(self, page, lang):
        word, name, paper, direction = PATHS[lang]
        self.public(page, lang, "")
        page.locator("a[href$='/procedures']").click()
        self.assertEqual(page.locator("html").get_attribute("dir"), direction)
        page.fill("#f-q", word)
        page.locator(".jm-search button").click()
        page.locator(".jm-card-sheet").first.click()
        self.assertEqual(page.locator("h1").inner_text(), name)
        page.locator("a.jm-button[href$='/need']").click()
        steps = 0
        while page.locator(".jm-answers").count():
            steps += 1
            self.assertLess(steps, 10)
            page.locator(".jm-answer-link").first.click()
            page.wait_for_load_state()
        self.assertIn(paper, page.locator("#papers").inner_text())
        self.assertIn("?a=", page.locator("#jm-share").inner_text())
        page.go_back()
        page.locator(".jm-answers").wait_for()
        page.go_forward()
        page.locator("#papers").wait_for()
        self.assertTrue(page.locator("a[href*='/print?a=']").count())
        page.locator("main > p > a[href$='/civil-birth-extract']").last.click()
        page.locator("#said button[value=clear]").click()
        page.locator("#said .jm-alert").wait_for()
