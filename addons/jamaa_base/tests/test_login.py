"""The login page speaks Arabic or French, turns to the right side, and lets nobody sign up."""

from lxml import html as lxml_html

from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestLogin(HttpCase):
    def _page(self, accept, query=""):
        answer = self.url_open(f"/web/login{query}", headers={"Accept-Language": accept})
        self.assertEqual(answer.status_code, 200)
        return lxml_html.fromstring(answer.content)

    def test_language_of_the_browser(self):
        """A browser that says no country is understood too; an unknown language gets Arabic."""
        for accept, direction, lang in (
            ("ar", "rtl", "ar-MA"),
            ("ar-MA,fr;q=0.5", "rtl", "ar-MA"),
            ("fr-FR,fr;q=0.9", "ltr", "fr-MA"),
            ("de", "rtl", "ar-MA"),
            ("zgh", "rtl", "ar-MA"),
        ):
            with self.subTest(accept=accept):
                page = self._page(accept)
                self.assertEqual((page.get("dir"), page.get("lang")), (direction, lang))

    def test_link_changes_the_language(self):
        page = self._page("ar", "?lang=fr")
        self.assertEqual(page.get("dir"), "ltr")
        self.assertEqual(self._page("ar", "?lang=../etc").get("dir"), "rtl")

    def test_no_link_leaves_and_nobody_signs_up(self):
        page = self._page("fr")
        self.assertFalse([link for link in page.xpath("//a/@href") if "://" in link])
        self.assertFalse(page.xpath("//a[contains(@href, 'signup')]"))
