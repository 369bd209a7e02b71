"""The yearly evaluation of the communal action programme as a text document."""

from odoo.addons.jamaa_base.tools.docx_writer import DocxWriter


def pac_docx(paper, heads, letterhead, demo, right_to_left):
    """Return the bytes of the document.

    :param dict paper: what ``_paper`` of ``jamaa.pac.report`` gives
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
    if paper["comments"]:
        writer.heading(heads["comments"])
        for title, comment in paper["comments"]:
            writer.heading(title, 2)
            writer.text(comment)
    for name in ("difficulties", "proposals"):
        if paper[name]:
            writer.heading(heads[name])
            writer.text(paper[name])
    writer.heading(heads["method"])
    for sentence in paper["method"]:
        writer.text(sentence)
    return writer.content()
