"""The project's own translations hold every source text, and they show."""

import io

import polib

from odoo.modules import Manifest
from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import code_translations, trans_export

from ..tools.upstream_words import is_upstream
from ..tools.vocabulary import LANGUAGES


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    def test_no_source_text_is_missing(self):
        """Only what is translated in the files shows: they are exported anew after each change of a text.

        The command is in the README of the folder of words.
        """
        names = self.env["ir.module.module"].search([("state", "=", "installed")]).mapped("name")
        for module in names:
            if is_upstream(module):
                continue
            buffer = io.BytesIO()
            trans_export(None, [module], buffer, "po", self.env)
            if not buffer.getvalue():  # no text of its own
                continue
            sources = {entry.msgid for entry in polib.pofile(buffer.getvalue().decode())}
            for lang in LANGUAGES.values():
                with self.subTest(module=module, lang=lang):
                    path = f"{Manifest.for_addon(module).path}/i18n/{lang}.po"
                    held = {entry.msgid for entry in polib.pofile(path) if entry.msgstr}
                    self.assertFalse(sources - held, "to export and translate")

    def test_own_labels_and_menus_show(self):
        menu = self.env.ref("jamaa_base.menu_privacy")
        self.assertEqual(menu.with_context(lang="fr_MA").name, "Données à caractère personnel")
        self.assertEqual(menu.with_context(lang="ar_MA").name, "المعطيات ذات الطابع الشخصي")
        for lang, label in (("fr_MA", "Commune"), ("ar_MA", "الجماعة")):
            fields = self.env["jamaa.site"].with_context(lang=lang).fields_get(["company_id"])
            self.assertEqual(fields["company_id"]["string"], label)

    def test_french_stands_in_for_missing_amazigh(self):
        """A public page in Amazigh says in Amazigh what is known, the rest in French, nothing in English."""
        self.env["ir.module.module"]._load_module_terms(["jamaa_base"], ["zgh"])
        menu = self.env.ref("jamaa_base.menu_privacy")
        self.assertEqual(menu.with_context(lang="zgh").name, "Données à caractère personnel")
        region = self.env.ref("jamaa_base.field_res_company__region_id")
        self.assertEqual(region.with_context(lang="zgh").field_description, "ⵜⴰⵎⵏⴰⴹⵜ")
        said = code_translations.get_python_translations("jamaa_base", "zgh")
        self.assertEqual(said["nine"], "ⵜⵥⴰ")
        self.assertEqual(said["Too many requests"], "Trop de demandes")
