"""What citizens tell about sheets and searches: counted, without a person, not to be flooded."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models import jamaa_procedure_clarity as clarity_model
from ..models import jamaa_search_miss as miss_model
from .common import SAMPLE, ReceptionCase

CODE = SAMPLE["code"]
ROOT = "/c/test-here/fr/procedures"


@tagged("post_install", "-at_install")
class TestProcedureSaid(ReceptionCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure = cls._published()

    def _post(self, path, **data):
        return self.url_open(f"{ROOT}{path}", data=data, allow_redirects=False)

    def _said(self):
        return self.env["jamaa.procedure.clarity"].search([("procedure_id", "=", self.procedure.id)], order="id")

    def _missed(self):
        return self.env["jamaa.search.miss"].search([("company_id", "=", self.here.id)], order="id")

    # ---- clear or not ----

    def test_one_tap(self):
        answer = self._post(f"/{CODE}/clear", answer="clear", comment="not kept with a yes")
        self.assertEqual((answer.status_code, answer.headers["Location"]), (303, f"{ROOT}/{CODE}?said=clear#said"))
        said = self._said()
        self.assertEqual((said.value, said.what, said.comment, said.lang), ("clear", False, False, "fr_MA"))
        self.assertEqual(said.sheet_id, self.procedure.sheet_id)
        self.assertFalse({"create_uid", "create_date"} & set(said._fields), "no person and no hour is kept")

    def test_what_was_not_clear(self):
        self._post(f"/{CODE}/clear", answer="papers", comment=" quelle\x00 carte ? " + "x" * 900)
        said = self._said()
        self.assertEqual((said.value, said.what), ("unclear", "papers"))
        self.assertTrue(said.comment.startswith("quelle carte ?"))
        self.assertEqual(len(said.comment), 500)

    def test_a_second_tap_of_the_same_counts_once(self):
        for _tap in range(3):
            self._post(f"/{CODE}/clear", answer="clear")
        self.assertEqual(len(self._said()), 1)
        self._post(f"/{CODE}/clear", answer="cost")
        self.assertEqual(len(self._said()), 2)

    def test_no_flood(self):
        with patch.object(clarity_model, "PER_HOUR", 2):
            for comment in ("1", "2", "3"):
                answer = self._post(f"/{CODE}/clear", answer="other", comment=comment)
        self.assertIn("said=later", answer.headers["Location"])
        self.assertEqual(len(self._said()), 2)

    @mute_logger("odoo.http")
    def test_junk_is_not_counted(self):
        for answer in ("", "yes", "unclear", "<script>", "x" * 9000):
            self.assertIn(self._post(f"/{CODE}/clear", answer=answer).status_code, (303, 413))
        self.assertFalse(self._said())
        self.assertEqual(self._post("/nothing/clear", answer="clear").status_code, 404)
        self.assertEqual(self.url_open(f"{ROOT}/{CODE}/clear", allow_redirects=False).status_code, 404)

    def test_said_stays_and_is_for_those_who_write(self):
        self._post(f"/{CODE}/clear", answer="clear")
        said = self._said()
        for attempt in (lambda: said.write({"value": "unclear"}), said.unlink):
            with self.assertRaises(UserError):
                attempt()
        self.assertEqual(said.with_user(self.editor).read(["value"])[0]["value"], "clear")
        for user in (self.agent, self.stranger):
            with self.assertRaises(AccessError):
                said.with_user(user).read(["value"])
        with self.assertRaises(AccessError):
            self.env["jamaa.procedure.clarity"].with_user(self.editor).create(
                {"sheet_id": said.sheet_id.id, "lang": "fr_MA", "value": "clear"}
            )

    def test_share_of_clear(self):
        self._post(f"/{CODE}/clear", answer="clear")
        self._post(f"/{CODE}/clear", answer="words")
        procedure = self.procedure.with_user(self.editor)
        self.assertEqual((procedure.clarity_count, procedure.clarity_share), (2, 50))
        self.assertEqual(procedure.action_open_clarity()["domain"], [("procedure_id", "=", self.procedure.id)])

    # ---- searched and not found ----

    def test_languages_have_a_name(self):
        for model in ("jamaa.search.miss", "jamaa.procedure.clarity"):
            for lang, name in (("en_US", "Arabic"), ("ar_MA", "العربية"), ("fr_MA", "Arabe")):
                field = self.env[model].with_context(lang=lang).fields_get(["lang"])["lang"]
                self.assertEqual(dict(field["selection"])["ar_MA"].casefold(), name.casefold())

    def test_a_miss_is_counted_without_a_person(self):
        answer = self._post("/missed", q="Ginkgo 0612345678 AB123456 bleu")
        self.assertEqual(answer.status_code, 303)
        miss = self._missed()
        self.assertEqual((miss.text, miss.lang, miss.count), ("ginkgo bleu", "fr_MA", 1))
        page = self.url_open(answer.headers["Location"])
        self.assertNotIn("/missed", page.text)

    def test_a_get_counts_nothing(self):
        self.url_open(f"{ROOT}/search?q=ginkgo")
        self.assertFalse(self._missed())

    def test_misses_are_not_flooded(self):
        for _again in range(3):
            self._post("/missed", q="ginkgo")
        self.assertEqual(len(self._missed()), 1)
        with patch.object(miss_model, "PER_HOUR", 2):
            for word in ("aaa", "bbb", "ccc"):
                self._post("/missed", q=word)
        self.assertEqual(len(self._missed()), 2)
        for query in ("", "061234567", "\x00", "%%%"):
            self._post("/missed", q=query)
        self.assertEqual(len(self._missed()), 2)

    def test_an_editor_makes_it_a_word(self):
        Miss = self.env["jamaa.search.miss"]
        rows = Miss.create([{"company_id": self.here.id, "text": "ginkgo bleu", "lang": "fr_MA"}] * 2)
        self.assertFalse(self.env["jamaa.procedure"]._search_public(self.here, "ginkgo bleu"))
        rows[0].with_user(self.editor).procedure_id = self.procedure
        self.assertEqual(rows.procedure_id, self.procedure)
        self.assertEqual(
            self.procedure.word_ids.filtered(lambda word: word.name == "ginkgo bleu").mapped("name"), ["ginkgo bleu"]
        )
        self.assertEqual(self.env["jamaa.procedure"]._search_public(self.here, "ginkgo bleu"), self.procedure)

    def test_misses_are_the_communes_own(self):
        miss = self.env["jamaa.search.miss"].create({"company_id": self.here.id, "text": "ginkgo", "lang": "fr_MA"})
        for user in (self.agent, self.stranger):
            with self.assertRaises(AccessError):
                miss.with_user(user).read(["text"])
        with self.assertRaises(UserError):
            miss.with_user(self.editor).text = "other"
        foreign = self._published(self.there)
        with self.assertRaises(UserError):
            miss.with_user(self.editor).procedure_id = foreign
