"""The sheet on complaints for a session of the council: figures of a period, no case and no person."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date

from ..models.jamaa_complaint_report_line import LABELS
from ..models.jamaa_complaint_report_words import MASKED
from ..tools.small_cells import LEAST, mask

#: Ordinary sessions are held in February, May and October (organic law 113-14, article 33):
#: four months lie between two of them, more or less; the commune chooses its own period.
MONTHS = 4
#: What the council is told by. Services and channels are the administration's own affair.
TABLES = ("kind", "category", "quarter", "site")


class JamaaComplaintSession(models.TransientModel):
    """A printed sheet that the president puts before the council.

    Members read no case and no identity (organic law 113-14, article 66): the sheet holds counts
    alone, small ones masked. It is counted when it is made, and says on which day that was.
    """

    _name = "jamaa.complaint.session"
    _description = "Sheet on complaints for a session of the council"
    _rec_name = "name"

    company_id = fields.Many2one(
        "res.company",
        string="Commune",
        required=True,
        default=lambda self: self.env.company,
        domain="[('is_commune', '=', True)]",
    )
    name = fields.Char(string="Session", required=True, default=lambda self: self.env._("Ordinary session"))
    held_on = fields.Date(string="Held on")
    date_from = fields.Date(
        string="From", required=True, default=lambda self: self._latest_end() + relativedelta(days=1, months=-MONTHS)
    )
    date_to = fields.Date(string="To", required=True, default=lambda self: self._latest_end())
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        required=True,
        default=lambda self: self.env.lang,
    )

    @api.model
    def _latest_end(self):
        """Last day of the latest month that is over: what is entered late is on file by then."""
        return self.env["jamaa.complaint.report"]._running_end()

    @api.constrains("date_from", "date_to")
    def _check_period(self):
        today = self.env["helpdesk.ticket"]._commune_today()
        for sheet in self:
            if sheet.date_from > sheet.date_to or sheet.date_to > today:
                raise ValidationError(self.env._("Choose a period that is over: its first day, then its last."))

    @api.depends("name", "held_on")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for sheet in self:
            sheet.display_name = (
                self.env._(
                    "Complaints: %(session)s, %(day)s",
                    session=sheet.name,
                    day=format_date(self.env, sheet.held_on, date_format="d MMMM y"),
                )
                if sheet.held_on
                else self.env._("Complaints: %(session)s", session=sheet.name or "")
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_print(self):
        """Button: the sheet on paper."""
        self.check_access("read")
        return self.env.ref("jamaa_complaints.action_report_complaints_session").report_action(self, config=False)

    def action_docx(self):
        """Button: the sheet as a text document, to be finished by hand."""
        self.check_access("read")
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/jamaa/complaints/session/{self.id}.docx", "target": "self"}

    # ------------------------------------------------------------------
    # The sheet
    # ------------------------------------------------------------------

    def _document_lang(self):
        return self.lang

    def _paper(self):
        """All the sheet says, in the context's language.

        :return: dict as ``_paper`` of ``jamaa.complaint.report``; counts are texts, small ones masked
        """
        self.ensure_one()
        _ = self.env._
        figures = self.env["jamaa.complaint.figures"]
        reports = self.env["jamaa.complaint.report"]
        cells = figures._figures(self.company_id, self.date_from, self.date_to)
        promises = figures._promises(self.company_id, self.date_from, self.date_to)
        # sudo: jamaa.complaint.report - names of what is counted, on a sheet without any case
        names = reports.sudo()._names_of(cells, self.company_id)
        labels = dict(self.env["jamaa.complaint.report.line"]._fields["dimension"]._description_selection(self.env))
        paper = {
            "title": self.display_name,
            "period": self._period(),
            "introduction": "",
            "summary": self._summary(cells["all", ""], promises),
            "charts": [],
            "tables": [
                {"title": labels[name], "heads": self._heads(), "rows": self._rows(cells, names, name)}
                for name in TABLES
                if name in LABELS
            ],
            "outcomes": self._counts(cells, names, "outcome", "answered"),
            "grounds": self._counts(cells, names, "ground", "answered"),
            "promises": self._promise_rows(promises),
            # « Not shown » is the rule for a matter of few cases too: it is left out
            "recurring": reports._recurring_in(self.company_id, LEAST),
            "difficulties": "",
            "digest": "",
        }
        shown = [row for table in paper["tables"] for row in table["rows"]]
        shown += paper["outcomes"] + paper["grounds"] + paper["promises"]
        paper["method"] = [
            _("Counted on the day of legal receipt and on the day the answer left, in the time of Morocco."),
            _("« In time » is counted of the answers that had a due date; reports have none."),
            _("No figure is about a named person. Reports that name a person are not counted."),
            *([reports._masked_words()] if any(MASKED in row for row in shown) else []),
        ]
        return paper

    def _paper_heads(self):
        """Titles of the sections that are no tables of figures."""
        return {
            **self.env["jamaa.complaint.report"]._paper_heads(),
            "promises": self.env._("What was promised in these answers"),
        }

    def _period(self):
        def day(date):
            return format_date(self.env, date, date_format="d MMMM y")

        return self.env._(
            "From %(first)s to %(last)s. Figures of %(today)s.",
            first=day(self.date_from),
            last=day(self.date_to),
            today=day(self.env["helpdesk.ticket"]._commune_today()),
        )

    def _summary(self, whole, promises):
        """The period in sentences; the whole commune is no small cell."""
        _ = self.env._
        reports = self.env["jamaa.complaint.report"]
        said = [
            _("The commune received %(count)s cases.", count=whole["received"]),
            _("It answered %(count)s.", count=whole["answered"]),
        ]
        if whole["timed"]:
            said.append(
                _(
                    "Time limits kept: %(kept)s of %(all)s answers with a due date (%(share)s).",
                    kept=whole["in_time"],
                    all=whole["timed"],
                    share=reports._percent(100 * whole["in_time"] / whole["timed"]),
                )
            )
        if whole["answered"] >= LEAST:
            said.append(_("Half of the answers took %(days)s days or less.", days=round(whole["days_median"])))
        said.append(
            _(
                "At the end of the period %(open)s cases waited for an answer, %(late)s of them past their date.",
                open=whole["open_at_end"],
                late=whole["late_at_end"],
            )
        )
        if whole["reopened"]:
            said.append(_("Cases opened again: %(count)s.", count=whole["reopened"]))
        if promises["made"]:
            said.append(_("Things promised in these answers: %(count)s.", count=promises["made"]))
        return said

    def _heads(self):
        _ = self.env._
        return [
            _("What"), _("Received"), _("Answered"), _("In time (%)"), _("Open at the end"), _("Late at the end"),
        ]  # fmt: skip

    def _rows(self, cells, names, dimension):
        """Rows of a table as text, the largest first, each column masked on its own."""
        rows = self._cells_of(cells, dimension)
        shown = {
            name: mask([cells[row][name] for row in rows])
            for name in ("received", "answered", "open_at_end", "late_at_end")
        }
        return [
            [
                names[row][self.env.lang or "en_US"],
                self._shown(shown["received"][rank]),
                self._shown(shown["answered"][rank]),
                # a share of few would give their number away
                f"{100 * cells[row]['in_time'] / cells[row]['timed']:.0f}" if cells[row]["timed"] >= LEAST else "–",
                self._shown(shown["open_at_end"][rank]),
                self._shown(shown["late_at_end"][rank]),
            ]
            for rank, row in enumerate(rows)
        ]

    def _counts(self, cells, names, dimension, count):
        """Rows of name and one count, masked; only what there is."""
        rows = [row for row in self._cells_of(cells, dimension) if cells[row][count]]
        masked = mask([cells[row][count] for row in rows])
        return [
            [names[row][self.env.lang or "en_US"], self._shown(number)]
            for row, number in zip(rows, masked, strict=True)
        ]

    def _promise_rows(self, promises):
        _ = self.env._
        if not promises["made"]:
            return []
        parts = {
            "done": _("Done"),
            "dropped": _("Given up, with the reason"),
            "waiting": _("Waiting, before its day"),
            "late": _("Waiting, past its day"),
        }
        masked = mask([promises[name] for name in parts])
        return [[label, self._shown(number)] for label, number in zip(parts.values(), masked, strict=True)]

    @api.model
    def _cells_of(self, cells, dimension):
        """Cells of a dimension, the largest first; none where nothing was said of it."""
        found = [cell for cell in cells if cell[0] == dimension and (cell[1] or dimension != "ground")]
        if not any(key for _dimension, key in found):
            return []
        return sorted(found, key=lambda cell: (-cells[cell]["received"], cell))

    @staticmethod
    def _shown(number):
        return MASKED if number is None else str(number)
