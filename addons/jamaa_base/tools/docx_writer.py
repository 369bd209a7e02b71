"""Text documents written with python-docx; Arabic runs from right to left."""

import io

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


class DocxWriter:
    """Paragraphs and tables that run the way the language does.

    :param bool right_to_left: direction of the text
    """

    def __init__(self, right_to_left):
        self.book = Document()
        self.right_to_left = right_to_left

    def heading(self, text, level=1):
        """Add a heading; level 0 is the title."""
        self._turn(self.book.add_heading(text, level))

    def text(self, text, bold=False):
        """Add a paragraph."""
        paragraph = self.book.add_paragraph()
        paragraph.add_run(text).bold = bold
        self._turn(paragraph)

    def table(self, heads, rows):
        """Add a table.

        :param heads: titles of the columns, or None
        :param list rows: of texts, as many as there are columns; at least one row
        """
        table = self.book.add_table(rows=0, cols=len(rows[0]))
        table.style = "Table Grid"
        if self.right_to_left:
            table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))
        for row in [*([heads] if heads else []), *rows]:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                paragraph = cell.paragraphs[0]
                paragraph.add_run(text).bold = row is heads
                self._turn(paragraph)

    def content(self):
        """Return the document.

        :rtype: bytes
        """
        output = io.BytesIO()
        self.book.save(output)
        return output.getvalue()

    def _turn(self, paragraph):
        """Word needs it said of the paragraph and of each run."""
        if not self.right_to_left:
            return
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT  # of a paragraph that is turned: its start, the right
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for run in paragraph.runs:
            properties = run._r.get_or_add_rPr()
            turned = OxmlElement("w:rtl")
            turned.set(qn("w:val"), "1")
            properties.append(turned)
