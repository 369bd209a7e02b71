"""Files of a round and of a seat, for who is logged in and may read them."""

from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import content_disposition, request

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class AssessmentFiles(http.Controller):
    @http.route("/jamaa/assessment/round/<int:round_id>.docx", type="http", auth="user", methods=["GET"], readonly=True)
    def round_docx(self, round_id, **_query):
        """The report as a text document in the reader's language.

        :raise NotFound: no such validated round, or not for this reader: all look the same
        """
        return self._file("jamaa.assessment.round", round_id, "_docx", "docx", DOCX)

    @http.route("/jamaa/assessment/round/<int:round_id>.xlsx", type="http", auth="user", methods=["GET"], readonly=True)
    def round_xlsx(self, round_id, **_query):
        """What was agreed, as a spreadsheet.

        :raise NotFound: as above
        """
        return self._file("jamaa.assessment.round", round_id, "_xlsx", "xlsx", XLSX)

    @http.route("/jamaa/assessment/seat/<int:rater_id>.xlsx", type="http", auth="user", methods=["GET"], readonly=True)
    def seat_xlsx(self, rater_id, **_query):
        """The answer form of a seat, to be filled without a connection.

        :raise NotFound: as above
        """
        return self._file("jamaa.assessment.rater", rater_id, "_form_xlsx", "xlsx", XLSX)

    def _file(self, model, record_id, maker, extension, mimetype):
        """Answer with a file a record makes; what may not be made for this reader is not found."""
        record = request.env[model].browse(record_id)
        try:
            record.check_access("read")
            content = getattr(record, maker)() if record.exists() else None
        except (AccessError, MissingError, UserError):
            content = None
        if content is None:
            raise request.not_found()
        headers = [
            ("Content-Type", mimetype),
            ("Content-Disposition", content_disposition(f"{record.display_name}.{extension}")),
        ]
        return request.make_response(content, headers)
