"""The yearly report and the sheet for the council as text documents, written with python-docx; Arabic runs from right to left."""

from odoo.addons.jamaa_base.tools.docx_writer import DocxWriter


def report_docx(paper, heads, letterhead, demo, right_to_left):
    """Return the bytes of the document.

    :param dict paper: what ``_paper`` of ``jamaa.complaint.report`` or ``jamaa.complaint.session`` gives
    :param dict heads: titles of the sections
    :param list letterhead: lines
    :param str demo: the mark of invented data, or nothing
    :param bool right_to_left: direction of the text
    :rtype: bytes
    """
    writer = DocxWriter(right_to_left)
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
    return writer.content()
