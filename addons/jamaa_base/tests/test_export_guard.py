"""Exports opened again: what looks like a formula is text, what is a number stays a number."""

import csv
import io
import json

from openpyxl import load_workbook

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged

from ..controllers.export_guard import as_text, starts_like_formula

DANGEROUS = [
    "=1+1",
    '=HYPERLINK("http://example.com","x")',
    "+212612345678",
    "-1+1",
    "@SUM(1;1)",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "＝1+1",
]


@tagged("post_install", "-at_install", "jamaa_export")
class TestExportGuard(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(
            cls.env, "x_export", "base.group_user,base.group_partner_manager,base.group_allow_export"
        )
        cls.partners = cls.env["res.partner"].create(
            [{"name": f"Row {number:02}", "function": text, "color": -number} for number, text in enumerate(DANGEROUS)]
        )

    def export(self, kind, **params):
        self.authenticate("x_export", "x_export")
        data = {
            "model": "res.partner",
            "fields": [
                {"name": "name", "label": "Name", "type": "char"},
                {"name": "function", "label": "=Label", "type": "char"},
                {"name": "color", "label": "Colour", "type": "integer"},
            ],
            "ids": self.partners.ids,
            "domain": [],
            "import_compat": False,
            "context": {},
            **params,
        }
        response = self.url_open(f"/web/export/{kind}", data={"data": json.dumps(data), "csrf_token": self.token()})
        response.raise_for_status()
        return response.content

    def token(self):
        # The session of the test client stands in for the request's.
        return http.Request.csrf_token(self)

    def cells(self, content):
        sheet = load_workbook(io.BytesIO(content)).active
        return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]

    def assertNoFormula(self, cells):
        self.assertTrue(cells)
        for cell in cells:
            self.assertNotEqual(cell.data_type, "f", cell.value)
            if cell.data_type == "s" and starts_like_formula(cell.value):
                self.assertTrue(cell.quotePrefix, cell.value)

    def test_xlsx(self):
        cells = self.cells(self.export("xlsx"))
        self.assertNoFormula(cells)
        values = [cell.value for cell in cells]
        self.assertIn("=1+1", values)
        self.assertIn("+212612345678", values)
        # Numbers stay numbers, negative ones too.
        self.assertIn(-3, values)
        self.assertNotIn("-3", values)

    def test_xlsx_grouped(self):
        cells = self.cells(self.export("xlsx", groupby=["function"]))
        self.assertNoFormula(cells)
        self.assertTrue(any(str(cell.value).startswith("=1+1 (") for cell in cells))

    def test_csv(self):
        rows = list(csv.reader(io.StringIO(self.export("csv").decode())))
        self.assertEqual(rows[0][1], "'=Label")
        self.assertEqual([row[1] for row in rows[1:]], [f"'{text}" for text in DANGEROUS])
        self.assertEqual(rows[2][2], "-1")

    def test_pivot(self):
        self.authenticate("x_export", "x_export")
        table = {
            "title": "Pivot",
            "model": "res.partner",
            "measure_count": 1,
            "col_group_headers": [[{"title": "=1+1", "width": 1, "height": 1}]],
            "measure_headers": [{"title": "@SUM(1)", "is_bold": False}],
            "rows": [{"title": "+1", "indent": 0, "values": [{"value": -5}]}],
        }
        response = self.url_open("/web/pivot/export_xlsx", data={"data": json.dumps(table), "csrf_token": self.token()})
        response.raise_for_status()
        cells = self.cells(response.content)
        self.assertTrue(cells)
        for cell in cells:
            self.assertNotEqual(cell.data_type, "f", cell.value)
        values = [cell.value for cell in cells]
        self.assertIn("'=1+1", values)
        self.assertIn(-5, values)

    def test_ordinary_text_is_left_alone(self):
        for text in ("a=b", "شكاية رقم 5", "2026-01-01", "", "x - y"):
            self.assertEqual(as_text(text), text)
