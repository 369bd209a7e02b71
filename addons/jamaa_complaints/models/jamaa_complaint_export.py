"""The register of cases as a spreadsheet, without anything of the persons."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.jamaa_base.controllers.export_guard import as_text
from odoo.addons.jamaa_base.tools.public_lang import by_code

#: Cases read at once: memory stays the same for a hundred and for a hundred thousand.
BATCH = 1000
COLUMNS = (
    "case_number",
    "national_number",
    "kind",
    "legal_receipt_date",
    "name",
    "category_id",
    "site_id",
    "place_text",
    "channel_id",
    "service_id",
    "stage_id",
    "due_date",
    "answered_on",
    "outcome",
    "cause_id",
    "citizen_sex",
    "public_lang",
)


class JamaaComplaintExport(models.TransientModel):
    """Choose the period of an export."""

    _name = "jamaa.complaint.export"
    _description = "Export of cases"

    date_from = fields.Date("Received from", required=True, default=lambda self: self._first_day())
    date_to = fields.Date(
        "Received until", required=True, default=lambda self: self.env["helpdesk.ticket"]._commune_today()
    )

    @api.model
    def _first_day(self):
        return self.env["helpdesk.ticket"]._commune_today().replace(month=1, day=1)

    def action_export(self):
        """Button: make the file.

        :raise AccessError: neither of the complaint unit nor the director
        """
        self.ensure_one()
        if not self.env["helpdesk.ticket"]._is_desk():
            raise AccessError(self.env._("The register is exported by the complaint unit or the director."))
        if self.date_from > self.date_to:
            raise UserError(self.env._("The first day lies after the last one."))
        return self.env.ref("jamaa_complaints.action_report_cases_xlsx").report_action(
            self.ids, data={"first": str(self.date_from), "last": str(self.date_to)}
        )


class ReportCasesXlsx(models.AbstractModel):
    """One sheet, one row a case, as far as the reader sees cases."""

    _name = "report.jamaa_complaints.cases_xlsx"
    _inherit = "report.report_xlsx.abstract"
    _description = "Register of cases as a spreadsheet"

    @api.model
    def _get_objs_for_report(self, docids, data):
        """The period comes in the data: there are no records to look up."""
        return self.env["jamaa.complaint.export"]

    def get_workbook_options(self):
        """Rows go to the disk one by one, and no text becomes a formula or a link."""
        return {
            **super().get_workbook_options(),
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_date_format": "dd/mm/yyyy",
        }

    def generate_xlsx_report(self, workbook, data, objs):
        """Write the register of the communes one works in; rights are the reader's own."""
        tickets = self.env["helpdesk.ticket"]
        if not tickets._is_desk():
            raise AccessError(self.env._("The register is exported by the complaint unit or the director."))
        sheet = workbook.add_worksheet(self.env._("Register of cases")[:31])
        if self.env["res.lang"]._get_data(code=self.env.lang or "en_US").direction == "rtl":
            sheet.right_to_left()
        bold = workbook.add_format({"bold": True})
        for column, name in enumerate(COLUMNS):
            sheet.write_string(0, column, self._heading(name), bold)
        first, last = (fields.Date.to_date(data.get(key)) for key in ("first", "last"))
        domain = [
            ("kind", "!=", False),
            ("company_id", "in", self.env.companies.ids),
            ("legal_receipt_date", ">=", first),
            ("legal_receipt_date", "<=", last),
        ]
        row, seen = 1, 0
        while cases := tickets.search_fetch([*domain, ("id", ">", seen)], list(COLUMNS), order="id", limit=BATCH):
            for case in cases:
                self._write_row(sheet, row, case)
                row += 1
            seen = cases[-1].id
            self.env.invalidate_all(flush=False)

    @api.model
    def _heading(self, name):
        """What a column is called: as on the screens of cases, not as upstream calls a ticket's field."""
        if name == "name":
            return self.env._("Subject")
        return self.env["helpdesk.ticket"]._fields[name]._description_string(self.env)

    def _write_row(self, sheet, row, case):
        for column, name in enumerate(COLUMNS):
            value, field = case[name], case._fields[name]
            if not value:
                continue
            if name == "public_lang":
                sheet.write_string(row, column, by_code(value).name)
            elif field.type == "date":
                sheet.write_datetime(row, column, fields.Datetime.to_datetime(value))
            elif field.type == "selection":
                sheet.write_string(row, column, dict(field._description_selection(self.env))[value])
            elif field.type == "many2one":
                sheet.write_string(row, column, as_text(value.display_name))
            else:
                sheet.write_string(row, column, as_text(value))
