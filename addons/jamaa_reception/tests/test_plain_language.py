"""Whether a text is plain, in Arabic and French; and the remarks on a sheet."""

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged

from ..tools import plain_language
from ..tools.plain_language import check, compiled, sentences, words
from .common import ReceptionCase

FR = compiled({"requérant": "personne qui demande", "en vue de": "pour", "proroger": "prolonger"}, "fr")
AR = compiled({"بمقتضى": "حسب", "مستخرج": "نسخة", "وثائق ثبوتية": "أوراق تثبت"}, "ar")


class TestPlainLanguage(TransactionCase):
    def _kinds(self, text, lang, **options):
        return [(one.kind, one.found) for one in check(text, lang, FR if lang == "fr" else AR, **options)]

    def test_sentences(self):
        self.assertEqual(len(sentences("Allez au bureau. Payez 2,50 dirhams ! Signez ?")), 3)
        self.assertEqual(len(sentences("اذهب إلى المكتب. هل لديك وكالة؟ وقّع؛ ثم انصرف")), 4)
        self.assertEqual(len(sentences("Loi n° 37.99 du 3 octobre")), 1, "a point inside a number ends nothing")
        self.assertEqual(words("l'extrait d’acte, 2 fois"), ["l'extrait", "d’acte", "fois"])

    def test_long_sentence(self):
        for lang, word in (("fr", "mot"), ("ar", "كلمة")):
            most = plain_language.SENTENCE_WORDS[lang]
            self.assertEqual(self._kinds(" ".join([word] * most) + ".", lang), [])
            (remark,) = check(" ".join([word] * (most + 1)) + ".", lang, [])
            self.assertEqual((remark.kind, remark.number), ("long_sentence", most + 1))

    def test_hard_words(self):
        self.assertEqual(self._kinds("Les requérants signent.", "fr"), [("hard_word", "requérants")])
        self.assertEqual(self._kinds("En vue de signer, venez.", "fr"), [("hard_word", "en vue de")])
        self.assertEqual(self._kinds("Un vue des requérances.", "fr"), [], "a part of a word is no word")
        self.assertEqual(
            self._kinds("خذ المستخرج وبمقتضى القانون.", "ar"), [("hard_word", "المستخرج"), ("hard_word", "وبمقتضي")]
        )
        self.assertEqual(self._kinds("أحضر مُسْتَخْرَجًا", "ar")[:1], [])
        self.assertEqual(check("وثائق ثبوتية", "ar", AR)[0].instead, "أوراق تثبت")

    def test_marks_do_not_hide_a_word(self):
        self.assertEqual(self._kinds("هذا مُسْتَخْرَج", "ar"), [("hard_word", "مستخرج")])

    def test_passive(self):
        self.assertEqual(self._kinds("La demande doit être signée.", "fr"), [("passive", "doit être signée")])
        self.assertEqual(self._kinds("Vous signez la demande.", "fr"), [])
        self.assertEqual(
            self._kinds("يتم توقيع الطلب من طرف الرئيس.", "ar"), [("passive", "يتم"), ("passive", "من طرف")]
        )
        self.assertEqual(self._kinds("اليتيم يوقع الطلب.", "ar"), [])

    def test_long_words(self):
        self.assertEqual(self._kinds("Une circonscriptions.", "fr"), [("long_word", "circonscriptions")])
        self.assertEqual(self._kinds("L'administration répond.", "fr"), [], "what hangs before does not count")
        self.assertEqual(self._kinds("والاستثناءات", "ar"), [])

    def test_steps(self):
        text = "Allez au bureau. Payez. Signez."
        self.assertEqual(self._kinds(text, "fr"), [])
        self.assertEqual(self._kinds(text, "fr", step=True), [("long_step", text)])


@tagged("post_install", "-at_install")
class TestSheetRemarks(ReceptionCase):
    def test_shipped_words(self):
        Word = self.env["jamaa.plain.word"]
        for lang in ("ar", "fr"):
            found = Word.search([("lang", "=", lang), ("company_id", "=", False)])
            self.assertGreaterEqual(len(found), 60)
            self.assertFalse(found.filtered(lambda one: one.word == one.instead))

    def _sheet(self):
        procedure = self._procedure()
        sheet = procedure.draft_sheet_id
        sheet._write_texts({"summary": {"ar": "وثيقة تسلم بمقتضى القانون.", "fr": "Le pétitionnaire signe."}})
        sheet.step_ids._write_texts({"name": {"ar": "اذهب إلى المكتب.", "fr": ""}})
        return sheet

    def test_remarks(self):
        sheet = self._sheet()
        sheet.with_user(self.editor).action_check_writing()
        found = {(one.lang, one.place, one.rank, one.kind): one for one in sheet.remark_ids}
        self.assertEqual(found["fr", "summary", 0, "hard_word"].instead, "personne qui demande")
        self.assertIn(("ar", "summary", 0, "hard_word"), found)
        self.assertEqual(sheet.remark_count, len(sheet.remark_ids))
        self.assertTrue(sheet.remarks_on)
        remark = found["fr", "summary", 0, "hard_word"]
        self.assertEqual(remark.advice, "Write: personne qui demande")
        sheet._write_texts({"summary": {"ar": "وثيقة.", "fr": "Vous signez."}})
        sheet.with_user(self.editor).action_check_writing()
        self.assertNotIn("summary", sheet.remark_ids.mapped("place"), "looked at anew")

    def test_missing_language(self):
        data_sheet = {"summary": {"ar": "وثيقة."}, "steps": [{"text": {"ar": "اذهب."}}], "channels": ["counter"]}
        sheet = self._procedure(code="civil-arabic", sheet=data_sheet).draft_sheet_id
        sheet.action_check_writing()
        missing = sheet.remark_ids.filtered(lambda one: one.kind == "missing")
        self.assertEqual([(one.lang, one.place) for one in missing], [("fr", "summary"), ("fr", "step")])

    def test_never_blocks(self):
        sheet = self._sheet()
        sheet.sudo().written_by_id = self.editor
        sheet.with_user(self.editor).action_submit()
        self.assertTrue(sheet.remark_count, "handed in, it was looked at")
        sheet.with_user(self.second_editor).action_publish()
        self.assertEqual(sheet.state, "published")
        sheet.with_user(self.editor).action_check_writing()

    def test_words_of_the_commune(self):
        self.env["jamaa.plain.word"].with_user(self.editor).create(
            {"lang": "fr", "word": "papier", "instead": "feuille", "company_id": self.here.id}
        )
        here, there = self._procedure().draft_sheet_id, self._procedure(self.there).draft_sheet_id
        (here | there).action_check_writing()
        self.assertIn("papier", here.remark_ids.mapped("found"))
        self.assertNotIn("papier", there.remark_ids.mapped("found"))

    def test_doors(self):
        sheet = self._sheet()
        with self.assertRaises(AccessError):
            sheet.with_user(self.agent).action_check_writing()
        with self.assertRaises(AccessError):
            sheet.with_user(self.stranger).action_check_writing()
        shared = self.env["jamaa.plain.word"].search([("company_id", "=", False)], limit=1)
        with self.assertRaises(AccessError):
            shared.with_user(self.editor).instead = "x"
        own = self.env["jamaa.plain.word"].create(
            {"lang": "fr", "word": "papier", "instead": "feuille", "company_id": self.here.id}
        )
        self.assertFalse(own.with_user(self.stranger).search([("id", "=", own.id)]))
        with self.assertRaises(AccessError):
            self.env["jamaa.plain.word"].with_user(self.agent).search([])
