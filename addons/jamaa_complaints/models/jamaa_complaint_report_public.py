"""What everybody may read of the figures: counts, small ones masked, never a case."""

from odoo import api, fields, models

from odoo.addons.jamaa_base.controllers.export_guard import as_text
from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS

from ..tools.small_cells import LEAST, mask
from .jamaa_complaint_report_line import LABELS
from .jamaa_complaint_report_words import FEWEST_SAID

#: By whom and how people speak is for the commune; what about, and with what result, is for all.
PUBLIC_DIMENSIONS = ("kind", "category", "outcome", "ground", "channel", "sex")


class JamaaComplaintReport(models.Model):
    _inherit = "jamaa.complaint.report"

    public_file_ids = fields.Many2many(
        "ir.attachment", relation="jamaa_complaint_report_file_rel", string="Files on the public page", readonly=True
    )

    @api.model
    def _public_running(self, company):
        """The running figures of a commune that publishes them, in superuser mode; maybe none."""
        if not company.publish_figures:
            return self.browse()
        return self.search([("company_id", "=", company.id), ("scope", "=", "running")], limit=1)

    @api.model
    def _public_years(self, company):
        """Published yearly reports as ``year`` and ``title``, the latest first."""
        reports = self.search(
            [("company_id", "=", company.id), ("scope", "=", "year"), ("state", "=", "published")], order="year desc"
        )
        return [
            {"year": report.year, "title": self.env._("Report on complaints %(year)s (PDF)", year=report.year)}
            for report in reports
        ]

    @api.model
    def _public_report(self, company, year):
        """The published report of a year, or none."""
        return self.search(
            [
                ("company_id", "=", company.id),
                ("scope", "=", "year"),
                ("year", "=", year),
                ("state", "=", "published"),
            ],
            limit=1,
        )

    def _public_cells(self):
        """The rows that may be published.

        :return: list of dicts: dimension, title, name, received, answered (None: masked),
            in_time (share, or None where it rests on fewer than :data:`LEAST` answers), days
        """
        self.ensure_one()
        rows = []
        for dimension in PUBLIC_DIMENSIONS:
            lines = self.line_ids._of(dimension)
            received = mask(lines.mapped("received"))
            answered = mask(lines.mapped("answered"))
            for rank, line in enumerate(lines):
                shown = answered[rank] is not None and line.answered >= LEAST
                rows.append(
                    {
                        "dimension": dimension,
                        "name": line.label,
                        "received": received[rank],
                        "answered": answered[rank],
                        "in_time": round(line.in_time_share) if shown and line.timed >= LEAST else None,
                        "days": round(line.days_median) if shown else None,
                    }
                )
        return rows

    def _public_page(self):
        """What the public page shows: plain values in the context's language."""
        self.ensure_one()
        whole = self.line_ids.filtered(lambda line: line.dimension == "all")[:1]
        titles = {name: label for name, label in self._public_titles().items() if name in PUBLIC_DIMENSIONS}
        cells = self._public_cells()
        return {
            "period": self._period_words(),
            "sentences": self._public_sentences(whole),
            "tables": [
                {"title": title, "rows": [row for row in cells if row["dimension"] == name]}
                for name, title in titles.items()
                if any(row["dimension"] == name for row in cells)
            ],
            "masked": self._masked_words(),
        }

    def _public_sentences(self, whole):
        """The whole in words, for who listens; a share of very few is not said."""
        _ = self.env._
        said = [
            _("The commune received %(count)s cases.", count=whole.received),
            _("It answered %(count)s.", count=whole.answered),
        ]
        if whole.timed >= LEAST:
            said.append(
                _("Of the answers with a due date, %(share)s left in time.", share=self._percent(whole.in_time_share))
            )
        if whole.answered >= LEAST:
            said.append(_("Half of the answers took %(days)s days or less.", days=round(whole.days_median)))
        said.append(_("Cases open at the end: %(count)s.", count=whole.open_at_end))
        if whole.said >= FEWEST_SAID:
            said.append(
                _(
                    "Of those who got an answer %(rate)s said whether it helped; %(share)s of them said yes.",
                    rate=self._percent(whole.response_rate),
                    share=self._percent(whole.helped_share),
                )
            )
        return said

    def _public_titles(self):
        labels = dict(self.env["jamaa.complaint.report.line"]._fields["dimension"]._description_selection(self.env))
        return {name: labels[name] for name in LABELS}

    def _public_table(self):
        """The published rows for a spreadsheet: a head, then one row a cell; masked ones are empty."""
        self.ensure_one()
        _ = self.env._
        titles = self._public_titles()
        head = [_("From"), _("To"), _("Seen by"), _("What"), _("Received"), _("Answered"), _("In time (%)"), _("Days")]
        days = [fields.Date.to_string(self.date_from), fields.Date.to_string(self.date_to)]
        rows = [
            [*days, titles[cell["dimension"]], cell["name"], cell["received"], cell["answered"], cell["in_time"], cell["days"]]
            for cell in self._public_cells()
        ]  # fmt: skip
        return [[as_text(cell) for cell in row] for row in [head, *rows]]

    # ------------------------------------------------------------------
    # Files
    # ------------------------------------------------------------------

    def action_publish(self):
        """Make the files once: nobody's click on the public page costs a rendering."""
        result = super().action_publish()
        # sudo: ir.actions.report, ir.attachment - who may publish was checked by the step itself
        for report in self.sudo():
            files = report.env["ir.attachment"]
            for code, _name in report.env["res.lang"].get_installed():
                if code in ("ar_MA", "fr_MA"):
                    content = report.env["ir.actions.report"]._render_qweb_pdf(
                        "jamaa_complaints.report_complaints_report", report.ids, data={"lang": code}
                    )[0]
                    files |= files.create(
                        {
                            "name": f"{report.year}-{code}.pdf",
                            "raw": content,
                            "res_model": report._name,
                            "res_id": report.id,
                            "company_id": report.company_id.id,
                        }
                    )
            report.public_file_ids = files
        return result

    def action_withdraw(self):
        """The files go with the report."""
        result = super().action_withdraw()
        # sudo: ir.attachment - who may withdraw was checked by the step itself
        self.sudo().public_file_ids.unlink()
        return result

    def _public_pdf(self, lang):
        """Bytes of the file in this language, or in the one there is; empty where there is none.

        :param str lang: a ``res.lang`` code
        """
        self.ensure_one()
        files = self.public_file_ids
        return (files.filtered(lambda file: lang in file.name) or files)[:1].raw or b""


class ResCompany(models.Model):
    _inherit = "res.company"

    publish_figures = fields.Boolean(
        "Figures about complaints on the public page",
        default=True,
        help="Counts of the last twelve months, small ones masked. No case and no person can be read from them.",
    )

    def _public_cards(self, lang):
        """Add the card of the figures, where there are some."""
        cards = super()._public_cards(lang)
        if not self.publish_figures or not self._complaint_unit():
            return cards
        env = self.with_context(lang=PUBLIC_LANGS[lang].code).env
        return [
            *cards,
            {
                "title": env._("Complaints in figures"),
                "text": env._("How many came, how many were answered, and how long it took."),
                "url": self._public_url(lang, "figures"),
                "icon": "plan",
                "sequence": 80,
            },
        ]
