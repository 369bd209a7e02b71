"""The catalogue as tables: one row a procedure, one row a paper."""

from odoo import api, fields, models

from odoo.addons.jamaa_base.controllers.export_guard import starts_like_formula


class JamaaCatalogueTable(models.AbstractModel):
    """Rows for CSV and XLSX, texts in Arabic and French side by side.

    Values are texts and whole numbers; whoever writes them into a file guards them.
    """

    _name = "jamaa.catalogue.table"
    _description = "Catalogue as a table"

    @api.model
    def _tables(self, procedures):
        """Return both tables; queries do not grow with the number of rows.

        :param procedures: the reader's own rights hold
        :return: list of (title, heads, iterator of rows)
        """
        procedures = procedures._with_texts()
        return [
            (self.env._("Procedures"), self._procedure_heads(), self._procedure_rows(procedures)),
            (self.env._("Papers to bring"), self._piece_heads(), self._piece_rows(procedures)),
        ]

    @api.model
    def _procedure_heads(self):
        _ = self.env._
        return [
            _("Code"), _("Variant"), _("Name (Arabic)"), _("Name (French)"), _("Status"), _("Version"),
            _("Published on"), _("Next review"), _("In plain words (Arabic)"), _("In plain words (French)"),
            _("Life events"), _("For whom"), _("Done at"), _("Not done at"), _("Ways to ask"), _("Online service"),
            _("Papers"), _("Fees (MAD)"), _("Days at most"), _("Counted in"), _("Effect of silence"),
            _("What one gets (Arabic)"), _("What one gets (French)"), _("Competent authority (Arabic)"),
            _("Competent authority (French)"), _("Legal texts"), _("Legal values checked on"),
        ]  # fmt: skip

    @api.model
    def _procedure_rows(self, procedures):
        states = self._labels(procedures, "state")
        for procedure in procedures:
            sheet = procedure.sheet_id or procedure.draft_sheet_id
            names = procedure._export_texts("name")
            summary, output, authority = (
                sheet._export_texts(name) if sheet else {} for name in ("summary", "output_name", "authority")
            )
            lines = procedure.site_line_ids
            yield [
                procedure.code, procedure.variant, names.get("ar"), names.get("fr"), states.get(procedure.state),
                sheet.version, self._day(sheet.published_on), self._day(sheet.review_due),
                summary.get("ar"), summary.get("fr"),
                self._listed(procedure.life_event_ids), self._listed(procedure.audience_ids),
                self._places(lines, ("done", "deposit")), self._places(lines, ("not_here",)),
                self._listed(sheet.channel_ids), sheet.online_link,
                len(sheet.piece_ids), self._fees(sheet), sheet.regime_id.days if sheet.regime_id else None,
                self._labels(sheet.regime_id, "unit").get(sheet.regime_id.unit),
                self._labels(sheet, "silence_effect").get(sheet.silence_effect),
                output.get("ar"), output.get("fr"), authority.get("ar"), authority.get("fr"),
                "; ".join(
                    " ".join(filter(None, (law.name, law.reference, law.article))) for law in sheet.legal_ids
                ),
                self._day(sheet.values_checked_on),
            ]  # fmt: skip

    @api.model
    def _piece_heads(self):
        _ = self.env._
        return [
            _("Code"), _("Variant"), _("Name (Arabic)"), _("Name (French)"), _("Number"), _("Paper (Arabic)"),
            _("Paper (French)"), _("Form"), _("How many"), _("Who delivers it (Arabic)"),
            _("Who delivers it (French)"), _("We already have it"), _("Only when"), _("Good to know (Arabic)"),
            _("Good to know (French)"),
        ]  # fmt: skip

    @api.model
    def _piece_rows(self, procedures):
        for procedure in procedures:
            sheet = procedure.sheet_id or procedure.draft_sheet_id
            names = procedure._export_texts("name")
            for rank, piece in enumerate(sheet.piece_ids, start=1):
                texts, issuer, note = (piece._export_texts(name) for name in ("name", "delivered_by", "note"))
                yield [
                    procedure.code, procedure.variant, names.get("ar"), names.get("fr"), rank,
                    texts.get("ar"), texts.get("fr"), self._labels(piece, "form").get(piece.form), piece.count,
                    issuer.get("ar"), issuer.get("fr"), self.env._("Yes") if piece.held_by_us else None,
                    piece.condition_text, note.get("ar"), note.get("fr"),
                ]  # fmt: skip

    def _labels(self, records, name):
        return dict(records._fields[name]._description_selection(self.env))

    def _listed(self, records):
        return "; ".join(records.mapped("name"))

    def _places(self, lines, what):
        kinds = self._labels(lines, "site_kind")
        return "; ".join(line.site_id.name or kinds[line.site_kind] for line in lines if line.what in what)

    def _fees(self, sheet):
        """All fees in words and figures; one nobody could name yet has a question mark."""
        return "; ".join(
            f"{fee.name}: {fee.amount:g}" if fee.amount_known else f"{fee.name}: ?" for fee in sheet.fee_ids
        )

    def _day(self, day):
        return fields.Date.to_string(day) if day else None


class ReportCatalogueXlsx(models.AbstractModel):
    """Two sheets in one book, right to left where the reader reads so."""

    _name = "report.jamaa_reception.catalogue_xlsx"
    _inherit = "report.report_xlsx.abstract"
    _description = "Catalogue as a spreadsheet"

    def get_workbook_options(self):
        """Rows go to the disk one by one, and no text becomes a formula or a link."""
        return {
            **super().get_workbook_options(),
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }

    def generate_xlsx_report(self, workbook, data, objs):
        """Write both tables of the chosen procedures, as far as the reader may read them."""
        objs.check_access("read")
        bold = workbook.add_format({"bold": True})
        quoted = workbook.add_format({"quote_prefix": True})
        right_to_left = self.env["res.lang"]._get_data(code=self.env.lang or "en_US").direction == "rtl"
        for title, heads, rows in self.env["jamaa.catalogue.table"]._tables(objs):
            sheet = workbook.add_worksheet(title[:31])
            sheet.freeze_panes(1, 0)
            if right_to_left:
                sheet.right_to_left()
            for column, head in enumerate(heads):
                sheet.write_string(0, column, head, bold)
            for number, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    self._write_cell(sheet, number, column, value, quoted)

    def _write_cell(self, sheet, row, column, value, quoted):
        if isinstance(value, str) and value:
            sheet.write_string(row, column, value, quoted if starts_like_formula(value) else None)
        elif isinstance(value, int) and not isinstance(value, bool):
            sheet.write_number(row, column, value)
