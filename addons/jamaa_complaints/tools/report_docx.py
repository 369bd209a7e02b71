"""The yearly report and the sheet for the council as text documents, written with python-docx; Arabic runs from right to left."""

import io

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def report_docx(paper, heads, letterhead, demo, right_to_left):
    """Return the bytes of the document.

    :param dict paper: what ``_paper`` of ``jamaa.complaint.report`` or ``jamaa.complaint.session`` gives
    :param dict heads: titles of the sections
    :param list letterhead: lines
    :param str demo: the mark of invented data, or nothing
    :param bool right_to_left: direction of the text
    :rtype: bytes
    """
    book = Document()
    writer = _Writer(book, right_to_left)
    for line in letterhead:
        writer.text(line)
    if demo:
        writer.text(demo, bold=True)
    writer.heading(paper["title"], 0)
    writer.text(paper["period"])
    if paper["introduction"]:
        writer.heading(heads["introduction"])
        writer.text(paper["introduction"])
    writer.heading(heads["summary"])
    for sentence in paper["summary"]:
        writer.text(sentence)
    for table in paper["tables"]:
        if table["rows"]:
            writer.heading(table["title"])
            writer.table(table["heads"], table["rows"])
    for name in ("outcomes", "grounds", "promises", "national", "recurring"):
        if paper.get(name):
            writer.heading(heads[name])
            writer.table(None, paper[name])
    if paper["difficulties"]:
        writer.heading(heads["difficulties"])
        writer.text(paper["difficulties"])
    writer.heading(heads["method"])
    for sentence in paper["method"]:
        writer.text(sentence)
    if paper["digest"]:
        writer.text(f"SHA-256 {paper['digest']}")
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


class _Writer:
    """Paragraphs and tables that run the way the language does."""

    def __init__(self, book, right_to_left):
        self.book = book
        self.right_to_left = right_to_left

    def heading(self, text, level=1):
        self._turn(self.book.add_heading(text, level))

    def text(self, text, bold=False):
        paragraph = self.book.add_paragraph()
        paragraph.add_run(text).bold = bold
        self._turn(paragraph)

    def table(self, heads, rows):
        table = self.book.add_table(rows=0, cols=len(rows[0]))
        table.style = "Table Grid"
        if self.right_to_left:
            table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))
        for row in [*([heads] if heads else []), *rows]:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                paragraph = cell.paragraphs[0]
                paragraph.add_run(text).bold = row is heads
                self._turn(paragraph)

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
