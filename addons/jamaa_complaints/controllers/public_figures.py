"""Figures about complaints for everybody: a page and open data, small numbers masked."""

import csv
import io

from odoo import http
from odoo.http import content_disposition, request

from odoo.addons.jamaa_base.controllers import public_page
from odoo.addons.jamaa_base.controllers.public import PublicController
from odoo.addons.jamaa_base.controllers.public_home import GET

CACHE = 3600


class PublicFigures(PublicController):
    @http.route("/c/<slug>/<lang>/figures", **GET)
    def figures(self, slug, lang, **_query):
        """Show the last twelve months that are over, and the yearly reports that are published."""
        company, code = self._jamaa_context(slug, lang)
        reports = company.env["jamaa.complaint.report"]
        running = reports._public_running(company)
        values = {
            "figures": running._public_page() if running else {},
            "reports": reports._public_years(company),
            "path": company._public_url(lang, "figures"),
        }
        return self._jamaa_render("jamaa_complaints.public_figures", values, company, code, max_age=CACHE)

    @http.route("/c/<slug>/<lang>/figures.csv", **GET)
    def figures_csv(self, slug, lang, **_query):
        """Give the same figures as a table; every text stays a text."""
        company, code = self._jamaa_context(slug, lang)
        running = company.env["jamaa.complaint.report"]._public_running(company)
        if not running:
            raise request.not_found()
        output = io.StringIO()
        writer = csv.writer(output)
        writer.writerows(running._public_table())
        # The sign tells spreadsheets that it is UTF-8.
        response = request.make_response("\ufeff" + output.getvalue())
        response.headers["Content-Type"] = "text/csv; charset=utf-8"
        response.headers["Content-Disposition"] = content_disposition(f"{slug}-{running.date_to}.csv")
        public_page.set_headers(response, max_age=CACHE)
        return response

    @http.route("/c/<slug>/<lang>/figures/<int:year>", **GET)
    def figures_report(self, slug, lang, year, **_query):
        """Give a published yearly report as PDF."""
        company, code = self._jamaa_context(slug, lang)
        report = company.env["jamaa.complaint.report"]._public_report(company, year)
        if not report:
            raise request.not_found()
        response = request.make_response(report._public_pdf(code))
        response.headers["Content-Type"] = "application/pdf"
        response.headers["Content-Disposition"] = content_disposition(f"{slug}-{year}.pdf", "inline")
        public_page.set_headers(response, max_age=CACHE)
        return response
