"""The search of published procedures: the right ones, in few queries, after each change."""

import logging

from odoo.tests import tagged

from ..tools.search_text import normalise
from .common import SAMPLE, ReceptionCase
from .test_search import WANTED, queries

_logger = logging.getLogger(__name__)


@tagged("jamaa_search")
class TestProcedureSearch(ReceptionCase):
    def _found(self, query, commune=None):
        return self.env["jamaa.procedure"]._search_public(commune or self.here, query)

    def test_only_what_is_published_in_the_commune(self):
        mine = self._published()
        self._procedure(code="civil-test-draft")
        self._published(self.there)
        self._published(code="civil-test-archived").active = False
        self.assertEqual(self._found("extrait d'essai"), mine)
        mine.sheet_id.action_withdraw()
        self.assertFalse(self._found("extrait d'essai"))

    def test_a_change_is_found_at_once(self):
        mine = self._published()
        self.assertFalse(self._found("ginkgo"))
        word = self.env["jamaa.procedure.word"].create({"procedure_id": mine.id, "name": "ginkgo"})
        self.assertEqual(self._found("ginko"), mine)
        word.unlink()
        self.assertFalse(self._found("ginkgo"))
        mine.update_field_translations("name", {"fr_MA": "Attestation botanique"})
        self.assertEqual(self._found("botanique"), mine)
        new = mine.sheet_id._new_version()
        new._write_texts({"summary": {"ar": "ملخص", "fr": "Concerne les magnolias."}})
        self.assertFalse(self._found("magnolia"), "a sheet in preparation is nobody's yet")
        new.action_submit()
        new.action_publish()
        self.assertEqual(self._found("magnolia"), mine)

    def test_few_queries_whatever_is_typed(self):
        for number in range(20):
            self._published(code=f"civil-more-{number}")
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(6):
            self._found("extrait d'essai")
        with self.assertQueryCount(0):
            self._found("je veux")

    def test_nothing_typed_finds_nothing(self):
        self._published()
        for query in ("", None, "%", "_", "' OR 1=1 --", "\x00", "x" * 100_000):
            self.assertFalse(self._found(query))

    def test_what_people_type_finds_its_sheet_among_the_first_three(self):
        models = self.env["jamaa.procedure"].search([("company_id", "=", False)])
        models.with_company(self.here).with_context(allowed_company_ids=self.here.ids).action_adopt()
        adopted = self.env["jamaa.procedure"].search([("company_id", "=", self.here.id)])
        adopted.draft_sheet_id.action_submit()
        adopted.draft_sheet_id.action_publish()
        rows = queries()
        missed = [row["query"] for row in rows if not row["code"] & set(self._found(row["query"])[:3].mapped("code"))]
        _logger.info("search as citizens use it: %s of %s queries missed: %s", len(missed), len(rows), missed)
        self.assertLessEqual(len(missed), len(rows) * (1 - WANTED), missed)

    def test_what_holds_a_word_by_chance_is_not_shown(self):
        mine = self._published()
        sheet = {**SAMPLE["sheet"], "summary": {"ar": "ملخص", "fr": "Avec un extrait du plan."}}
        other = self._published(
            code="tree-test", name={"ar": "قطع شجرة", "fr": "Abattage"}, words=["arbre"], sheet=sheet
        )
        self.assertEqual(self._found("extrait d'essai"), mine)
        self.assertEqual(self._found("plan"), other, "alone, it is the best there is")

    def test_the_key_holds_every_language(self):
        key = self._published().search_key
        for text in (*SAMPLE["name"].values(), *SAMPLE["words"]):
            self.assertIn(normalise(text).split()[0][:3], key)
