"""The model file of an import: the headings, in the reader's language."""

import csv
import io

from odoo import http
from odoo.http import content_disposition, request

from ..tools.register_file import HEADINGS

#: Position of a language among the accepted headings of a column.
PLACE = {"fr": 1, "ar": -1}


class ImportModel(http.Controller):
    @http.route("/jamaa_complaints/import-model.csv", type="http", auth="user", methods=["GET"], readonly=True)
    def import_model(self, **_query):
        """Give a file with the headings alone; only who imports needs it."""
        if not request.env["jamaa.complaint.import"].has_access("create"):
            raise request.not_found()
        place = PLACE.get((request.env.lang or "")[:2], 0)
        output = io.StringIO()
        csv.writer(output, delimiter=";").writerow(words[place] for words in HEADINGS.values())
        response = request.make_response("\ufeff" + output.getvalue())
        response.headers["Content-Type"] = "text/csv; charset=utf-8"
        response.headers["Content-Disposition"] = content_disposition("register.csv")
        return response
