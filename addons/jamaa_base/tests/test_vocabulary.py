"""The rules that turn company words into a town hall's, on their own."""

from odoo.tests import BaseCase

from ..tools import vocabulary


class TestVocabulary(BaseCase):
    def assertSaid(self, lang, pairs):
        for text, expected in pairs.items():
            said = vocabulary.town_hall(lang, text)
            self.assertEqual(said, expected)
            self.assertEqual(vocabulary.town_hall(lang, said), said, "twice is as once")
            self.assertFalse(vocabulary.forbidden_words(lang, said), said)

    def test_arabic_prefixes_and_suffixes(self):
        self.assertSaid(
            "ar",
            {
                "شركة": "جماعة",
                "والشركات": "والجماعات",
                "للشركة": "للجماعة",
                "شركتك": "جماعتك",
                "بالشركات المسموح بها": "بالجماعات المسموح بها",
                "العملاء": "المرتفقون",
                "بوابة العملاء": "بوابة المرتفقين",
                "لعملائك": "لمرتفقيك",
                "الزبون": "المرتفق",
                "عميل الويب": "متصفح الويب",
            },
        )

    def test_arabic_words_that_only_look_alike(self):
        for text in ("مشاركة", "شراكة", "العملات", "عملية", "شركاء", "معاملة"):
            self.assertEqual(vocabulary.town_hall("ar", text), text)
            self.assertFalse(vocabulary.forbidden_words("ar", text))

    def test_french_determiners(self):
        self.assertSaid(
            "fr",
            {
                "Le client": "L'usager",
                "Nom du client": "Nom de l'usager",
                "ce client": "cet usager",
                "un nouveau client": "un nouvel usager",
                "le nouveau client": "le nouvel usager",
                "Clients": "Usagers",
                "L'entreprise": "La commune",
                "l’entreprise": "la commune",
                "d'entreprise": "de commune",
                "son entreprise": "sa commune",
                "Multi-sociétés": "Multi-communes",
                "SOCIÉTÉ": "COMMUNE",
                "le vendeur": "l'agent",
            },
        )

    def test_what_nobody_reads_stays(self):
        for text in (
            '<a href="/my/client">x</a>',
            "ir.actions.client",
            "%(client)s",
            "{{ object.client }}",
            "https://example.com/client",
        ):
            self.assertEqual(vocabulary.town_hall("fr", text), text)
            self.assertFalse(vocabulary.forbidden_words("fr", text))

    def test_what_is_read_in_markup_changes(self):
        said = vocabulary.town_hall("fr", '<i title="Société"/> <b>le client</b>')
        self.assertEqual(said, '<i title="Commune"/> <b>l\'usager</b>')

    def test_exempt_expressions(self):
        self.assertFalse(vocabulary.forbidden_words("fr", "Votre ticket de passage"))
        self.assertEqual(vocabulary.forbidden_words("fr", "Votre ticket"), ["ticket"])
        self.assertFalse(vocabulary.forbidden_words("ar", "تذكرة الدور"))

    def test_each_row_has_its_reason(self):
        for name, column in (
            ("vocabulary_forbidden.csv", "remark"),
            ("vocabulary_exempt.csv", "reason"),
        ):
            for row in vocabulary._rows(name):
                self.assertTrue(row[column], row)
