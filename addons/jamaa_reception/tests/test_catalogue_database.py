"""What the database itself refuses of the catalogue, whoever writes: one rule each, by its name."""

from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ReceptionCase


@tagged("post_install", "-at_install")
class TestCatalogueDatabase(ReceptionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure = cls._published()
        cls.sheet = cls.procedure.sheet_id
        cls.other = cls._procedure(code="civil-other")
        cls.draft = cls.other.draft_sheet_id

    def _refused(self, rule, call):
        with self.subTest(rule=rule), mute_logger("odoo.sql_db"):
            with self.assertRaises(IntegrityError) as caught, self.cr.savepoint():
                call()
                self.env.flush_all()
            self.assertEqual(caught.exception.diag.constraint_name, rule)
        self.env.invalidate_all()

    def test_procedures(self):
        other, Word, Site = self.other, self.env["jamaa.procedure.word"], self.env["jamaa.procedure.site"]
        self._refused("jamaa_procedure_code_uniq", lambda: other.write({"code": self.procedure.code}))
        for code in ("Not a code", "a--b", "-a", "a_b", ""):
            self._refused("jamaa_procedure_code_form", lambda code=code: other.write({"code": code}))
        word = {"procedure_id": other.id, "name": "extrait"}
        self._refused("jamaa_procedure_word_word_uniq", lambda: Word.create([word, word]))
        line = other.site_line_ids[0]
        same = {"procedure_id": other.id, "site_id": line.site_id.id, "what": "done"}
        self._refused("jamaa_procedure_site_site_uniq", lambda: Site.create(same))
        self._refused("jamaa_procedure_site_one_place", lambda: line.write({"site_kind": "annex"}))
        self._refused("jamaa_procedure_site_one_place", lambda: line.write({"site_id": False}))
        self._refused("jamaa_procedure_site_minutes_positive", lambda: line.write({"typical_minutes": -1}))
        event = self.env["jamaa.life.event"].search([], limit=1)
        self._refused("jamaa_life_event_code_uniq", lambda: event.create({"code": event.code, "name": "Twice"}))

    def test_sheets(self):
        sheet, draft = self.sheet.sudo(), self.draft.sudo()
        self._refused("jamaa_procedure_sheet_one_draft", lambda: draft.create({"procedure_id": self.other.id}))
        later = self.procedure._new_draft().sudo()
        self._refused("jamaa_procedure_sheet_version_uniq", lambda: later.write({"version": sheet.version}))
        self._refused("jamaa_procedure_sheet_one_published", lambda: later.write({"state": "published"}))

    def test_lines(self):
        piece, fee, access = self.draft.piece_ids[0], self.draft.fee_ids[0], self.draft.access_ids[0]
        for count in (0, 21):
            self._refused("jamaa_procedure_piece_count_range", lambda count=count: piece.write({"count": count}))
        self._refused("jamaa_procedure_fee_amount_positive", lambda: fee.write({"amount": -1}))
        self._refused("jamaa_procedure_access_category_uniq", access.copy)

    def test_what_was_said(self):
        values = {"sheet_id": self.sheet.id, "lang": "fr_MA", "value": "unclear"}
        said = self.env["jamaa.procedure.clarity"]
        self._refused("jamaa_procedure_clarity_comment_length", lambda: said.create({**values, "comment": "x" * 501}))
        self._refused(
            "jamaa_procedure_clarity_what_when_unclear",
            lambda: said.create({**values, "value": "clear", "what": "cost"}),
        )
