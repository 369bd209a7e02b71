"""The model file of an import: the headings, in the reader's language."""

import csv
import io

from odoo import http
from odoo.http import content_disposition, request

from ..tools.register_file import HEADINGS, heading


class ImportModel(http.Controller):
    @http.route("/jamaa_complaints/import-model.csv", type="http", auth="user", methods=["GET"], readonly=True)
    def import_model(self, **_query):
        """Give a file with the headings alone; only who imports needs it."""
        if not request.env["jamaa.complaint.import"].has_access("create"):
            raise request.not_found()
        output = io.StringIO()
        csv.writer(output, delimiter=";").writerow(heading(column, request.env.lang) for column in HEADINGS)
        response = request.make_response("\ufeff" + output.getvalue())
        response.headers["Content-Type"] = "text/csv; charset=utf-8"
        response.headers["Content-Disposition"] = content_disposition("register.csv")
        return response
