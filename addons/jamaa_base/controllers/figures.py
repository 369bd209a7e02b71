"""Figures as a table for a spreadsheet."""

import io

import xlsxwriter

from odoo import http
from odoo.http import content_disposition, request

HEADS = (
    "measure",
    "what_counts",
    "out_of",
    "unit",
    "commune",
    "site",
    "over",
    "from",
    "to",
    "numerator",
    "denominator",
    "value",
    "frozen",
)


class Figures(http.Controller):
    @http.route("/jamaa/figures.xlsx", type="http", auth="user", methods=["GET"], readonly=True)
    def figures(self, metrics="", **_query):
        """The values the user may read, one a row, with what they mean; every text stays a text.

        :param str metrics: ids of measures, with commas; junk is left out
        """
        ids = [int(part) for part in metrics.split(",")[:200] if part.isdigit() and len(part) < 10]
        env = request.env
        env["jamaa.metric.value"].check_access("read")
        output = io.BytesIO()
        # Rows are written to disk as they come: the memory does not grow with them.
        book = xlsxwriter.Workbook(
            output, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        sheet = book.add_worksheet()
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        if env["res.lang"]._get_data(code=env.lang).direction == "rtl":
            sheet.right_to_left()
        titles = self._titles(env)
        for column, name in enumerate(HEADS):
            sheet.write_string(0, column, titles[name], bold)
        values = env["jamaa.metric.value"].search([("metric_id", "in", ids)], order="metric_id, period_start, id")
        grains = dict(env["jamaa.metric.value"]._fields["grain"]._description_selection(env))
        units = dict(env["jamaa.metric"]._fields["unit"]._description_selection(env))
        for rank, row in enumerate(values, start=1):
            metric = row.metric_id
            texts = (
                metric.name, metric.numerator_text, metric.denominator_text, units[metric.unit],
                row.company_id._commune_name(), row.site_id.name, grains[row.grain],
            )  # fmt: skip
            for column, text in enumerate(texts):
                sheet.write_string(rank, column, text or "")
            sheet.write_datetime(rank, 7, row.period_start, day)
            sheet.write_datetime(rank, 8, row.period_end, day)
            for column, number in enumerate((row.numerator, row.denominator, row.value), start=9):
                sheet.write_number(rank, column, number)
            sheet.write_boolean(rank, 12, row.closed)
        book.close()
        headers = [
            ("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ("Content-Disposition", content_disposition(f"{titles['file']}.xlsx")),
        ]
        return request.make_response(output.getvalue(), headers)

    def _titles(self, env):
        _ = env._
        return {
            "file": _("figures"),
            "measure": _("Measure"),
            "what_counts": _("What counts"),
            "out_of": _("Out of what"),
            "unit": _("Unit"),
            "commune": _("Commune"),
            "site": _("Site"),
            "over": _("Over"),
            "from": _("From"),
            "to": _("To"),
            "numerator": _("Numerator"),
            "denominator": _("Denominator"),
            "value": _("Value"),
            "frozen": _("Frozen"),
        }
