"""The checker of the words: each kind of fault is found, and a good file has none."""

import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "i18n"))

import check  # noqa: E402

ENTRY = """
#. module: jamaa_x
#: model:ir.ui.menu,name:jamaa_x.menu
msgid "{source}"
msgstr "{text}"
"""
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


class TestPairs(unittest.TestCase):
    def assertFound(self, lang, source, text, words):
        self.assertIn(words, " ".join(check.check_pair(lang, source, text)))

    def test_good_pairs(self):
        for lang, source, text in (
            ("fr", "Complaint", "Réclamation"),
            ("fr", "Due date", "Échéance"),
            ("ar", "The complaint", "الشكاية"),
            ("ar", "Complaint", "الشكاية"),
            ("ar", "Received on %(date)s", "وردت بتاريخ %(date)s"),
            ("ar", "<b>Code</b>", "<b>الرمز</b>"),
            ("ar", "Receipt (PDF)", "وصل (PDF)"),
        ):
            with self.subTest(text=text):
                self.assertEqual(list(check.check_pair(lang, source, text)), [])

    def test_placeholders(self):
        self.assertFound("fr", "Hello %(name)s", "Bonjour", "placeholders differ")
        self.assertFound("fr", "Hello %s", "Bonjour %s %s", "placeholders differ")

    def test_markup(self):
        self.assertFound("fr", "<b>Code</b>", "Code", "markup differs")

    def test_spaces(self):
        self.assertFound("fr", "Code ", "Code", "spaces")

    def test_company_words(self):
        self.assertFound("fr", "A company", "Une société", "town hall")
        self.assertFound("fr", "A complaint", "Une plainte", "town hall")
        self.assertFound("ar", "A company", "شركة", "town hall")
        self.assertFound("ar", "For customers", "للزبناء", "town hall")

    def test_glossary(self):
        self.assertFound("fr", "Complaint", "Doléance", "glossary")
        self.assertFound("ar", "Mail registry", "سجل البريد", "glossary")

    def test_french_punctuation_does_not_start_a_line(self):
        self.assertFound("fr", "Where?", "Où ?", "no-break")
        self.assertEqual(list(check.check_pair("fr", "Where?", "Où\u00a0?")), [])

    def test_latin_in_arabic(self):
        self.assertFound("ar", "The dashboard", "لوحة dashboard", "Latin")
        self.assertFound("ar", "Nothing", "Nothing", "no Arabic letter")

    def test_amazigh_is_tifinagh(self):
        self.assertFound("zgh", "Hello", "Azul", "Tifinagh")
        self.assertEqual(list(check.check_pair("zgh", "Hello", "ⴰⵣⵓⵍ")), [])


class TestFiles(unittest.TestCase):
    def _problems(self, body, lang="fr"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{lang}.po"
            path.write_text(HEADER + body, encoding="utf-8")
            return " ".join(check.check_file(path, lang, "jamaa_x"))

    def test_good_file(self):
        self.assertEqual(self._problems(ENTRY.format(source="Hello", text="Bonjour")), "")

    def test_faults(self):
        good = ENTRY.format(source="Hello", text="Bonjour")
        for body, words in (
            (ENTRY.format(source="Hello", text=""), "not translated"),
            (good + good, "twice"),
            (good.replace("\nmsgid", "\n#, fuzzy\nmsgid"), "fuzzy"),
            (good.replace("#. module: jamaa_x\n", ""), "module: jamaa_x"),
            ('#~ msgid "Hello"\n#~ msgstr "Bonjour"\n', "obsolete"),
        ):
            with self.subTest(words=words):
                self.assertIn(words, self._problems(body))

    def test_amazigh_waits_for_review(self):
        body = ENTRY.format(source="Hello", text="ⴰⵣⵓⵍ")
        self.assertIn("needs review", self._problems(body, "zgh"))
        self.assertEqual(self._problems(body.replace("#. module", "# needs review\n#. module"), "zgh"), "")

    def test_a_missing_language_is_found(self):
        with tempfile.TemporaryDirectory() as folder:
            addon = Path(folder) / "jamaa_x"
            (addon / "i18n").mkdir(parents=True)
            problems = " ".join(check.check_addon(addon))
            self.assertIn("ar.po: missing", problems)
            (addon / "i18n" / "jamaa_x.pot").touch()
            self.assertIn("template", " ".join(check.check_addon(addon)))


class TestRepository(unittest.TestCase):
    def test_no_problem_here(self):
        self.assertEqual(check.check(ROOT), [])

    def test_the_glossary_has_its_terms(self):
        self.assertGreater(len(check._glossary()), 130)
