"""The minutes of a meeting as a text document."""

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import content_disposition, request

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class MeetingMinutes(http.Controller):
    @http.route(
        "/jamaa/assessment/meeting/<int:meeting_id>.docx", type="http", auth="user", methods=["GET"], readonly=True
    )
    def minutes_docx(self, meeting_id, **_query):
        """The minutes in the reader's language, to be finished by hand.

        :raise NotFound: no such meeting, or not for this reader: both look the same
        """
        meeting = request.env["jamaa.assessment.meeting"].browse(meeting_id)
        try:
            meeting.check_access("read")
            meeting = meeting.exists()
        except (AccessError, MissingError):
            meeting = meeting.browse()
        if not meeting:
            raise request.not_found()
        headers = [
            ("Content-Type", DOCX),
            ("Content-Disposition", content_disposition(meeting._minutes_name("docx"))),
        ]
        return request.make_response(meeting._minutes_docx(), headers)
