"""Procedures as files: what is in them, who gets them, what they cost."""

import csv
import io
import json
from unittest.mock import patch

import openpyxl

from odoo.tests import HttpCase, tagged

from ..controllers import catalogue_files
from ..tools import exchange_check
from .common import SAMPLE, ReceptionCase


@tagged("post_install", "-at_install")
class TestCatalogueFiles(ReceptionCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.evil = "=HYPERLINK(1)"
        cls.one = cls._published(code="civil-one")
        cls.two = cls._procedure(code="civil-two", name={"ar": cls.evil, "fr": "Deux"})
        cls.foreign = cls._published(cls.there, code="civil-there")

    def _get(self, ending, procedures):
        self.authenticate(self.editor.login, self.editor.login)
        return self.url_open(f"/jamaa/procedures.{ending}?ids={','.join(map(str, procedures.ids))}")

    def _rows(self, ending):
        answer = self._get(ending, self.one | self.two | self.foreign)
        self.assertEqual(answer.status_code, 200)
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    def test_json_is_what_the_import_takes(self):
        found = json.loads(self._get("json", self.one | self.two | self.foreign).content)
        self.assertEqual([one["code"] for one in found], ["civil-one", "civil-two"])
        known = self.env["jamaa.procedure.import"].new({"company_id": self.there.id})._known_codes()
        self.assertEqual([exchange_check.problems(one, known) for one in found], [[], []])
        self.assertEqual(found[0]["name"], SAMPLE["name"])

    def test_csv_one_row_a_procedure(self):
        heads, *rows = self._rows("csv")
        self.assertEqual([row[0] for row in rows], ["civil-one", "civil-two"])
        self.assertEqual({len(row) for row in (heads, *rows)}, {len(heads)})
        self.assertIn(SAMPLE["name"]["fr"], rows[0])
        self.assertIn("'" + self.evil, rows[1], "a text that looks like a formula is marked as text")

    def test_csv_one_row_a_piece(self):
        _heads, *rows = self._rows("pieces.csv")
        self.assertEqual([row[0] for row in rows], ["civil-one"] * 2 + ["civil-two"] * 2)
        self.assertEqual(rows[0][6], "Carte nationale")
        self.assertTrue(rows[1][12], "the case in which it is needed")

    def test_workbook(self):
        report = self.env.ref("jamaa_reception.action_report_catalogue_xlsx").with_user(self.editor)
        content, kind = report._render_xlsx(report.report_name, (self.one | self.two).ids, data={})
        self.assertEqual(kind, "xlsx")
        book = openpyxl.load_workbook(io.BytesIO(content))
        self.assertEqual(len(book.worksheets), 2)
        procedures, pieces = ([list(row) for row in sheet.iter_rows()] for sheet in book.worksheets)
        self.assertEqual((len(procedures), len(pieces)), (3, 5))
        cell = procedures[2][2]
        self.assertEqual((cell.value, cell.data_type, cell.quotePrefix), (self.evil, "s", True))

    def test_jsonld_of_the_chosen(self):
        text = self._get("jsonld", self.one | self.two).text
        self.assertIn("civil-one", text)
        self.assertNotIn("civil-two", text)

    def test_nothing_for_others(self):
        for ending in ("json", "jsonld", "csv", "pieces.csv"):
            with self.subTest(ending=ending):
                self.assertEqual(self._get(ending, self.foreign).status_code, 404)
                self.assertEqual(self.url_open(f"/jamaa/procedures.{ending}?ids=x,%00,-1").status_code, 404)
        self.authenticate(None, None)
        answer = self.url_open(f"/jamaa/procedures.json?ids={self.one.id}", allow_redirects=False)
        self.assertIn("/web/login", answer.headers.get("Location", ""))

    def test_addresses_that_ask_too_much(self):
        """No id of any length breaks a file, no more are looked up than one file holds; models are no catalogue."""
        self.authenticate(self.editor.login, self.editor.login)
        for junk in ("9" * 10, "9" * 4000):
            self.assertEqual(self.url_open(f"/jamaa/procedures.json?ids={junk}").status_code, 404)
        with patch.object(catalogue_files, "MAX_FILE", 1):
            found = json.loads(self._get("json", self.two | self.one).content)
        self.assertEqual([one["code"] for one in found], ["civil-two"])
        shared = self.env["jamaa.procedure"].search([("company_id", "=", False)], limit=1)
        self.assertEqual(self._get("json", shared).status_code, 200)
        self.assertEqual(self._get("jsonld", shared).status_code, 404)

    def test_queries_do_not_grow(self):
        tables = self.env["jamaa.catalogue.table"]
        procedures = self.one

        def count(wanted):
            def read():
                self.env.flush_all()
                self.env.invalidate_all()
                for _title, _heads, rows in tables._tables(wanted.browse(wanted.ids)):
                    list(rows)
                for one in wanted.browse(wanted.ids)._with_texts():
                    one._export_procedure()

            read()
            before = self.env.cr.sql_log_count
            read()
            return self.env.cr.sql_log_count - before

        few = count(procedures)
        for number in range(10):
            procedures |= self._published(code=f"civil-more-{number}")
        self.assertLessEqual(count(procedures), few)
