"""Text stays text when lists leave for a spreadsheet.

A cell that starts like a formula is run by the spreadsheet of whoever opens the file; citizens
type such cells (CWE-1236). Core writes strings starting with "=" as live formulas in XLSX, and
guards three of the signs in CSV.
"""

import csv
import io
import json

from werkzeug.datastructures import FileStorage

from odoo.http import route

from odoo.addons.web.controllers.export import (
    CSVExport,
    ExcelExport,
    ExportXlsxWriter,
    GroupExportXlsxWriter,
)
from odoo.addons.web.controllers.pivot import TableExporter

#: Signs a spreadsheet takes for the start of a formula, full-width forms included.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def starts_like_formula(value):
    """Whether a spreadsheet could take this text for a formula, blanks before it included."""
    return isinstance(value, str) and (value.startswith(FORMULA_STARTS) or value.lstrip().startswith(FORMULA_STARTS))


def as_text(value):
    """Return the text with an apostrophe before it, the sign for "this is text" in a CSV."""
    return f"'{value}" if starts_like_formula(value) else value


class TextOnlyWriter:
    """Writes every string as a string: no formula, no link, no number out of a text."""

    def write(self, row, column, cell_value, style=None):
        """Write a cell; a text that starts like a formula is marked as quoted besides, so that
        it stays text when somebody edits the cell."""
        if not isinstance(cell_value, str):
            return super().write(row, column, cell_value, style)
        if starts_like_formula(cell_value):
            style = self._quoted()
        self.worksheet.write_string(row, column, cell_value, style)

    def _quoted(self):
        if not hasattr(self, "_quoted_style"):
            self._quoted_style = self.workbook.add_format({"text_wrap": True, "quote_prefix": True})
        return self._quoted_style


class GuardedWriter(TextOnlyWriter, ExportXlsxWriter):
    """Plain list."""


class GuardedGroupWriter(TextOnlyWriter, GroupExportXlsxWriter):
    """Grouped list: titles of groups are typed text too."""


class GuardedExcelExport(ExcelExport):
    """XLSX of any list view."""

    def from_data(self, fields, columns_headers, rows):
        """Write a plain list."""
        with GuardedWriter(fields, columns_headers, len(rows)) as writer:
            for number, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    writer.write_cell(number, column, value)
        return writer.value

    def from_group_data(self, fields, columns_headers, groups):
        """Write a grouped list."""
        with GuardedGroupWriter(fields, columns_headers, groups.count) as writer:
            position = (1, 0)
            for name, group in groups.children.items():
                position = writer.write_group(*position, name, group)
        return writer.value


class GuardedCSVExport(CSVExport):
    """CSV of any list view."""

    def from_data(self, fields, columns_headers, rows):
        """Write the rows, with every text that looks like a formula marked as text."""
        output = io.StringIO()
        writer = csv.writer(output, quoting=csv.QUOTE_ALL)
        writer.writerow([as_text(header) for header in columns_headers])
        for row in rows:
            writer.writerow([as_text(self._cell(value)) for value in row])
        return output.getvalue()

    def _cell(self, value):
        if value is None or value is False:
            return ""
        return value.decode() if isinstance(value, bytes) else value


class GuardedTableExporter(TableExporter):
    """XLSX of a pivot: its titles are names somebody typed."""

    @route()
    def export_xlsx(self, data, **kw):
        """Mark titles that look like formulas as text, then let core draw the table."""
        table = json.load(data) if isinstance(data, FileStorage) else json.loads(data)
        return super().export_xlsx(json.dumps(_guard_titles(table)), **kw)


def _guard_titles(value):
    """Walk a pivot's table and return it with safe strings; numbers stay numbers."""
    if isinstance(value, dict):
        return {key: _guard_titles(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_guard_titles(item) for item in value]
    return as_text(value)
