"""The yearly report as a text document."""

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
        report = request.env["jamaa.complaint.report"].browse(report_id)
        try:
            report.check_access("read")
            report = report.exists()
        except (AccessError, MissingError):
            report = report.browse()
        if not report:
            raise request.not_found()
        env = request.env
        content = report_docx(
            report._paper(),
            report._paper_heads(),
            # sudo: res.company - the letterhead, for who may read the report
            report.company_id.sudo()._commune_title(env.lang).splitlines(),
            env._("Invented data") if report.company_id.is_demo else "",
            env["res.lang"]._get_data(code=env.lang).direction == "rtl",
        )
        headers = [
            ("Content-Type", DOCX),
            ("Content-Disposition", content_disposition(f"{report.display_name}.docx")),
        ]
        return request.make_response(content, headers)
