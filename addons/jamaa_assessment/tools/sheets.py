"""Tables for a spreadsheet: every text stays a text, columns run the way the language does."""

import xlsxwriter

from odoo.addons.jamaa_base.controllers.export_guard import starts_like_formula


class SheetWriter:
    """A workbook written in memory.

    :param output: a binary file
    """

    def __init__(self, output):
        self.book = xlsxwriter.Workbook(
            output, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self.plain = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.bold = self.book.add_format({"text_wrap": True, "valign": "top", "bold": True, "bg_color": "#E4E7EB"})
        self.quoted = self.book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        self.open = self.book.add_format({"text_wrap": True, "valign": "top", "locked": False, "bg_color": "#FFFBEA"})

    def sheet(self, name, right_to_left, widths):
        """Add a sheet with a frozen head.

        :param list widths: of its columns, in characters
        """
        sheet = self.book.add_worksheet(name)
        if right_to_left:
            sheet.right_to_left()
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def row(self, sheet, number, values, bold=False):
        """Write one row; numbers stay numbers, a text that starts like a formula is marked as quoted."""
        for column, value in enumerate(values):
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                sheet.write_number(number, column, value, self.plain)
            else:
                text = value or ""
                style = self.bold if bold else self.quoted if starts_like_formula(text) else self.plain
                sheet.write_string(number, column, text, style)

    def close(self):
        """Finish the file."""
        self.book.close()
