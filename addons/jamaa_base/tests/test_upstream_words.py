"""What a commune reads of upstream: no company words, in the database and in code."""

from unittest.mock import patch

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL
from odoo.tools.translate import (
    JAVASCRIPT_TRANSLATION_COMMENT,
    PYTHON_TRANSLATION_COMMENT,
    code_translations,
    get_translation,
)

from ..tools import upstream_words, vocabulary

# Model -> why its texts may keep a company's words.
EXEMPT_MODELS = {
    "ir.module.module": "the catalogue of all of Odoo's applications, for administrators",
    "ir.module.category": "the headings of that catalogue",
    "res.partner.industry": "an official list of economic activities",
}


@tagged("post_install", "-at_install")
class TestUpstreamWords(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.modules = cls.env["ir.module.module"]._upstream_modules_in_use()

    def _said(self, record, field, lang):
        return record.with_context(lang=lang)[field]

    # -- nothing forbidden is left ---------------------------------------------

    def _forbidden_in_database(self, lang):
        """Return (count of texts read, [what is wrong])."""
        count, wrong = 0, []
        self.env.flush_all()
        for model in self.env.registry.values():
            if model._abstract or not model._auto or model._name in EXEMPT_MODELS:
                continue
            for field in model._fields.values():
                if not (field.translate and field.store):
                    continue
                column = SQL.identifier("m", field.name)
                rows = self.env.execute_query(
                    SQL(
                        "SELECT d.module || '.' || d.name, %s->>%s FROM %s m"
                        " JOIN ir_model_data d ON d.model = %s AND d.res_id = m.id"
                        " WHERE %s->>%s IS NOT NULL AND d.module NOT LIKE '\\_\\_%%'",
                        column,
                        lang,
                        SQL.identifier(model._table),
                        model._name,
                        column,
                        lang,
                    )
                )
                count += len(rows)
                wrong += [
                    f"{model._name}.{field.name} {name}: {words}"
                    for name, text in rows
                    if (words := vocabulary.forbidden_words(vocabulary.LANGUAGES[lang], text))
                ]
        return count, wrong

    def _forbidden_in_code(self, lang):
        count, wrong = 0, []
        modules = self.env["ir.module.module"].search([("state", "=", "installed")]).mapped("name")
        for module in modules:
            javascript = self.env["ir.http"]._get_translations_for_webclient([module], lang)[0]
            texts = [
                *code_translations.get_python_translations(module, lang).values(),
                *(message["string"] for message in javascript[module]["messages"]),
            ]
            count += len(texts)
            wrong += [
                f"{module}: {text!r} {words}"
                for text in texts
                if (words := vocabulary.forbidden_words(vocabulary.LANGUAGES[lang], text))
            ]
        return count, wrong

    def test_no_company_words_in_the_database(self):
        for lang in vocabulary.LANGUAGES:
            with self.subTest(lang=lang):
                count, wrong = self._forbidden_in_database(lang)
                self.assertGreater(count, 3000)
                self.assertFalse(wrong, "\n".join(wrong))

    def test_no_company_words_in_code(self):
        for lang in vocabulary.LANGUAGES:
            with self.subTest(lang=lang):
                count, wrong = self._forbidden_in_code(lang)
                self.assertGreater(count, 1500)
                self.assertFalse(wrong, "\n".join(wrong))

    def test_the_walk_finds_what_no_rule_changed(self):
        upstream_words.put_words(self.env, self.modules, vocabulary.LANGUAGES, undo=True)
        upstream_words.code_words.cache_clear()
        self.addCleanup(upstream_words.code_words.cache_clear)
        with patch.object(vocabulary, "rules", return_value=()):
            for lang in vocabulary.LANGUAGES:
                self.assertTrue(self._forbidden_in_database(lang)[1], lang)
                self.assertTrue(self._forbidden_in_code(lang)[1], lang)

    # -- each kind of text really shows ------------------------------------------

    def test_labels_menus_views_and_code(self):
        company_menu = self.env.ref("base.menu_action_res_company_form")
        partner_form = self.env.ref("base.view_partner_form")
        for lang, word in (("ar_MA", "جماع"), ("fr_MA", "ommune")):
            with self.subTest(lang=lang):
                env = self.env(context={"lang": lang})
                label = env["res.users"].fields_get(["company_id"])["company_id"]["string"]
                self.assertIn(word, label)
                self.assertIn(word, self._said(company_menu, "name", lang))
                self.assertFalse(
                    vocabulary.forbidden_words(vocabulary.LANGUAGES[lang], self._said(partner_form, "arch_db", lang))
                )
                said = get_translation("base", lang, "The company hierarchy cannot be changed.", ())
                self.assertIn(word, said)
                web = env["ir.http"]._get_translations_for_webclient(["web"], lang)[0]["web"]
                texts = {message["id"]: message["string"] for message in web["messages"]}
                self.assertIn(word, texts["Switch Company"])

    def test_arabic_where_upstream_has_none(self):
        stage = self.env.ref("resource.field_resource_calendar__schedule_type")
        self.assertEqual(self._said(stage, "field_description", "ar_MA"), "نوع الجدول")
        said = upstream_words.code_words("hr", "ar_MA", PYTHON_TRANSLATION_COMMENT)
        self.assertEqual(said["Go to contact"], "الذهاب إلى جهة الاتصال")
        said = upstream_words.code_words("web", "ar_MA", JAVASCRIPT_TRANSLATION_COMMENT)
        self.assertEqual(said["My Preferences"], "تفضيلاتي")

    # -- what may not happen -------------------------------------------------------

    def test_twice_is_as_once(self):
        upstream_words.put_words(self.env, self.modules, vocabulary.LANGUAGES)
        again = upstream_words.put_words(self.env, self.modules, vocabulary.LANGUAGES)
        self.assertEqual(again, 0)

    def test_somebody_s_own_text_stays(self):
        menu = self.env.ref("base.menu_action_res_company_form")
        menu.with_context(lang="fr_MA").name = "Nos sociétés d'économie mixte"
        self.env["ir.module.module"]._load_module_terms(["base"], ["fr_MA"])
        self.assertEqual(self._said(menu, "name", "fr_MA"), "Nos sociétés d'économie mixte")

    def test_a_new_load_is_said_too(self):
        """An overwriting load writes upstream's words; ours come back over them."""
        menu = self.env.ref("base.menu_action_res_company_form")
        self.env["ir.module.module"]._load_module_terms(["base"], ["fr_MA"], overwrite=True)
        self.assertEqual(self._said(menu, "name", "fr_MA"), "Communes")

    def test_undone_at_uninstallation(self):
        menu = self.env.ref("base.menu_action_res_company_form")
        upstream_words.put_words(self.env, self.modules, vocabulary.LANGUAGES, undo=True)
        self.assertEqual(self._said(menu, "name", "fr_MA"), "Sociétés")
        self.assertEqual(self._said(menu, "name", "ar_MA"), "الشركات")
        self.assertIn("الشركة", self._said(self.env.ref("base.view_users_form"), "arch_db", "ar_MA"))

    def test_another_database_keeps_upstream_s_code_words(self):
        with patch.object(upstream_words, "_has_town_hall", return_value=False):
            said = code_translations.get_python_translations("base", "fr_MA")
        self.assertIn("société", said["The company hierarchy cannot be changed."])

    def test_french_of_france_is_left_alone(self):
        said = code_translations.get_python_translations("base", "fr_FR")
        self.assertIn("société", said["The company hierarchy cannot be changed."])
