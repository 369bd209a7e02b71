"""The yearly report, and the sheet for the council, as text documents."""

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import content_disposition, request

from ..tools.report_docx import report_docx

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class ComplaintReport(http.Controller):
    @http.route(
        "/jamaa/complaints/report/<int:report_id>.docx", type="http", auth="user", methods=["GET"], readonly=True
    )
    def docx(self, report_id, **_query):
        """The report in the reader's language, to be finished by hand.

        :raise NotFound: no such report, or not for this reader: both look the same
        """
        return self._document(self._readable("jamaa.complaint.report", report_id))

    @http.route(
        "/jamaa/complaints/session/<int:session_id>.docx", type="http", auth="user", methods=["GET"], readonly=True
    )
    def session_docx(self, session_id, **_query):
        """The sheet for the council in the language chosen for it, to be finished by hand.

        :raise NotFound: no such sheet, or not this reader's: both look the same
        """
        sheet = self._readable("jamaa.complaint.session", session_id)
        return self._document(sheet.with_context(lang=sheet.lang))

    def _readable(self, model, record_id):
        """The record, where the user may read it."""
        record = request.env[model].browse(record_id)
        try:
            record.check_access("read")
            record = record.exists()
        except (AccessError, MissingError):
            record = record.browse()
        if not record:
            raise request.not_found()
        return record

    def _document(self, record):
        """Answer with what a record has to say, in the language of its context."""
        env = record.env
        content = report_docx(
            record._paper(),
            record._paper_heads(),
            # sudo: res.company - the letterhead, for who may read the record
            record.company_id.sudo()._commune_title(env.lang).splitlines(),
            env._("Invented data") if record.company_id.is_demo else "",
            env["res.lang"]._get_data(code=env.lang).direction == "rtl",
        )
        headers = [
            ("Content-Type", DOCX),
            ("Content-Disposition", content_disposition(f"{record.display_name}.docx")),
        ]
        return request.make_response(content, headers)
