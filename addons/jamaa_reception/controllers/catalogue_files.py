"""Procedures as files, for those who work here."""

import csv
import io
import json

from odoo import http
from odoo.http import content_disposition, request

from odoo.addons.jamaa_base.controllers.export_guard import as_text

from ..models.jamaa_procedure_files import MAX_FILE

FILE = {"type": "http", "auth": "user", "methods": ["GET"], "readonly": True}


class CatalogueFiles(http.Controller):
    @http.route("/jamaa/procedures.json", **FILE)
    def procedures_json(self, ids="", **_query):
        """Give procedures in the exchange format, as a list.

        :param str ids: of procedures, with commas; junk and what may not be read are left out
        """
        procedures = self._procedures(ids)._with_texts()
        return self._file([one._export_procedure() for one in procedures], "json", "application/json")

    @http.route("/jamaa/procedures.jsonld", **FILE)
    def procedures_jsonld(self, ids="", **_query):
        """Give the published ones of one commune in CPSV-AP; those of the first, where there are several."""
        procedures = self._procedures(ids)
        company = procedures.company_id[:1]
        if not company:
            raise request.not_found()
        return self._file(procedures._cpsv_catalogue(company, procedures), "jsonld", "application/ld+json")

    @http.route("/jamaa/procedures.csv", **FILE)
    def procedures_csv(self, ids="", **_query):
        """Give procedures as a table."""
        return self._table(ids, 0)

    @http.route("/jamaa/procedures.pieces.csv", **FILE)
    def procedures_pieces_csv(self, ids="", **_query):
        """Give the papers of procedures as a table."""
        return self._table(ids, 1)

    def _procedures(self, ids):
        """Return the procedures that are named and that the user may read, in the order of the catalogue."""
        wanted = [
            int(part) for part in ids.split(",")[:MAX_FILE] if part.isascii() and part.isdigit() and len(part) < 10
        ]
        found = request.env["jamaa.procedure"].with_context(active_test=False).search([("id", "in", wanted)])
        if not found:
            raise request.not_found()
        return found

    def _table(self, ids, which):
        title, heads, rows = request.env["jamaa.catalogue.table"]._tables(self._procedures(ids))[which]
        output = io.StringIO()
        writer = csv.writer(output, quoting=csv.QUOTE_ALL)
        for row in (heads, *rows):
            writer.writerow(["" if value in (None, False) else as_text(value) for value in row])
        # The sign tells spreadsheets that it is UTF-8.
        return self._answer("\ufeff" + output.getvalue(), f"{title}.csv", "text/csv")

    def _file(self, value, ending, kind):
        text = json.dumps(value, ensure_ascii=False, indent=1)
        return self._answer(text, f"{request.env._('Procedures')}.{ending}", kind)

    def _answer(self, text, name, kind):
        headers = [
            ("Content-Type", f"{kind}; charset=utf-8"),
            ("Content-Disposition", content_disposition(name)),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return request.make_response(text, headers)
