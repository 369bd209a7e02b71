"""The yearly evaluation of the communal action programme as a text document, to be finished by hand."""

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import content_disposition, request

from ..tools.pac_docx import pac_docx

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGS = {"ar": "ar_MA", "fr": "fr_MA"}


class PacReport(http.Controller):
    @http.route(
        "/jamaa/pac/report/<int:report_id>/<string:lang>.docx", type="http", auth="user", methods=["GET"], readonly=True
    )
    def pac_report_docx(self, report_id, lang, **_query):
        """The report in Arabic or French.

        :raise NotFound: no such report, no such language, or not for this reader: all look the same
        """
        report = request.env["jamaa.pac.report"].browse(report_id)
        try:
            report.check_access("read")
            report = report.exists()
        except (AccessError, MissingError):
            report = report.browse()
        if not report or lang not in LANGS:
            raise request.not_found()
        report = report.with_context(lang=LANGS[lang])
        env = report.env
        content = pac_docx(
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
