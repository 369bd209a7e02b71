"""Text documents written with python-docx: paragraphs, tables and pictures that run the way the language does."""

import io

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

#: Word's schema gives an order to the properties of a paragraph and of a table: these come after ours.
AFTER_BIDI = (
    "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId",
    "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
AFTER_BIDI_VISUAL = (
    "w:tblStyleRowBandSize", "w:tblStyleColBandSize", "w:tblW", "w:jc", "w:tblCellSpacing", "w:tblInd", "w:tblBorders",
    "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption", "w:tblDescription", "w:tblPrChange",
)  # fmt: skip
#: Width of the text on an A4 page.
TEXT_WIDTH = 170


class DocxWriter:
    """A document written from top to bottom.

    :param bool right_to_left: direction of the text
    """

    def __init__(self, right_to_left):
        self.book = Document()
        self.right_to_left = right_to_left
        for section in self.book.sections:
            section.page_width, section.page_height = Mm(210), Mm(297)
            section.left_margin = section.right_margin = Mm((210 - TEXT_WIDTH) / 2)

    def heading(self, text, level=1):
        """Add a title; level 0 is the title of the document."""
        self._turn(self.book.add_heading(text, level))

    def text(self, text, bold=False, style=None):
        """Add a paragraph.

        :param str style: one of Word's, as ``List Number``
        """
        paragraph = self.book.add_paragraph(style=style)
        self._run(paragraph, text, bold)
        self._turn(paragraph)

    def table(self, heads, rows, widths=None):
        """Add a table; a column runs as the language does.

        :param list heads: titles of columns, or None
        :param list rows: lists of texts, of one length
        :param list widths: of the columns, in shares of the text's width
        """
        table = self.book.add_table(rows=0, cols=len(heads or rows[0]))
        table.style = "Table Grid"
        if self.right_to_left:
            table._tbl.tblPr.insert_element_before(OxmlElement("w:bidiVisual"), *AFTER_BIDI_VISUAL)
        for row in [*([heads] if heads else []), *rows]:
            cells = table.add_row().cells
            for cell, text in zip(cells, row, strict=True):
                paragraph = cell.paragraphs[0]
                self._run(paragraph, text, row is heads)
                self._turn(paragraph)
        if heads:
            self._repeat(table.rows[0])
        if widths:
            table.autofit = False
            for column, share in enumerate(widths):
                width = Mm(TEXT_WIDTH * share / sum(widths))
                table.columns[column].width = width
                for cell in table.columns[column].cells:
                    cell.width = width

    def picture(self, content, width, description):
        """Add a picture, in the middle.

        :param bytes content: PNG or JPEG
        :param width: in millimetres
        :param str description: for who does not see it
        """
        shape = self.book.add_picture(io.BytesIO(content), width=Mm(width))
        shape._inline.docPr.set("descr", description)
        self.book.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER

    def content(self):
        """Return the bytes of the document."""
        output = io.BytesIO()
        self.book.save(output)
        return output.getvalue()

    def _run(self, paragraph, text, bold):
        run = paragraph.add_run(text)
        run.bold = bold or None
        run.font.cs_bold = bold or None  # Word keeps the weight of Arabic letters apart

    @staticmethod
    def _repeat(row):
        """The head of a table stands again on each page."""
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:tblHeader"))

    def _turn(self, paragraph):
        """Word needs it said of the paragraph and of each run."""
        if not self.right_to_left:
            return
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT  # of a paragraph that is turned: its start, the right
        paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *AFTER_BIDI)
        for run in paragraph.runs:
            properties = run._r.get_or_add_rPr()
            turned = OxmlElement("w:rtl")
            turned.set(qn("w:val"), "1")
            properties.append(turned)
