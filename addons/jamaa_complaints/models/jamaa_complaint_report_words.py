"""What the yearly report says, the same on paper and in the text document."""

from num2words import num2words

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ..tools.small_cells import LEAST, mask
from .jamaa_complaint_report_line import LABELS

#: Fewer answers than this are too few for a share of the satisfied.
FEWEST_SAID = 10
#: How many recurring matters the report names.
MOST_RECURRING = 10
#: Stands in place of a small number.
MASKED = "*"
#: Told in a section of their own; the quarter is too fine for a report that is published.
NO_TABLE = ("outcome", "ground", "quarter")


class JamaaComplaintReport(models.Model):
    _inherit = "jamaa.complaint.report"

    period_words = fields.Char("Period", compute="_compute_period_words")

    def _in_figures_and_words(self, number):
        """A count as reports write it: 312 (three hundred and twelve), in the context's language."""
        lang = (self.env.lang or "en_US")[:2]
        words = num2words(number, lang=lang if lang in ("ar", "fr") else "en")
        return self.env._("%(number)s (%(words)s)", number=number, words=words)

    @staticmethod
    def _percent(share):
        return f"{share:.0f}\u00a0%"

    @api.depends("date_from", "date_to")
    @api.depends_context("lang")
    def _compute_period_words(self):
        for report in self:
            report.period_words = report._period_words() if report.date_from and report.date_to else False

    def _period_words(self):
        """The period, in the context's language."""
        return self.env._(
            "From %(first)s to %(last)s",
            first=format_date(self.env, self.date_from, date_format="d MMMM y"),
            last=format_date(self.env, self.date_to, date_format="d MMMM y"),
        )

    def _paper(self):
        """All the report says, in the context's language.

        :return: dict: ``title``, ``period``, ``introduction``, ``summary`` (sentences), ``charts``,
            ``tables`` (title, heads, rows), ``outcomes``, ``grounds``, ``national``, ``recurring`` (rows),
            ``difficulties``, ``method`` (sentences), ``digest``
        """
        self.ensure_one()
        _ = self.env._
        whole = self.line_ids.filtered(lambda line: line.dimension == "all")[:1]
        return {
            "title": self.display_name,
            "period": self._period_words(),
            "introduction": self.introduction or "",
            "summary": self._summary(whole),
            "charts": self._charts(),
            "tables": [self._dimension_table(dimension) for dimension in LABELS if dimension not in NO_TABLE],
            "outcomes": self._outcomes(),
            "grounds": self._grounds(),
            "national": self._national_rows(whole),
            "recurring": self._recurring_rows(),
            "difficulties": self.difficulties or "",
            "method": [
                _("Counted on the day of legal receipt and on the day the answer left, in the time of Morocco."),
                _("« In time » is counted of the answers that had a due date; reports have none."),
                _(
                    "The national portal counts as treated those answered of the cases received, and gives the mean time."
                ),
                _("No figure is about a named person. Reports that name a person are not counted."),
                *([self._masked_words()] if any(row[1] == MASKED for row in self._grounds()) else []),
            ],
            "digest": self.digest or "",
        }

    def _paper_heads(self):
        """Titles of the sections that are no tables of figures."""
        _ = self.env._
        return {
            "introduction": _("Introduction"),
            "summary": _("In short"),
            "outcomes": _("How the answered cases ended"),
            "grounds": _("Why cases were not admitted"),
            "national": _("As the national portal counts"),
            "recurring": _("What came back in the last twelve months"),
            "difficulties": _("Difficulties met and proposals"),
            "method": _("How it was counted"),
        }

    def _summary(self, whole):
        """The year in sentences, figures in words too."""
        _ = self.env._
        n = self._in_figures_and_words
        said = [
            _("The commune received %(count)s cases.", count=n(whole.received)),
            _("It answered %(count)s.", count=n(whole.answered)),
        ]
        if whole.timed:
            said.append(
                _("Of the answers with a due date, %(share)s left in time.", share=self._percent(whole.in_time_share))
            )
        if whole.answered:
            said.append(
                _(
                    "Half of the answers took %(half)s days or less, nine in ten %(nine)s days or less.",
                    half=f"{whole.days_median:.0f}",
                    nine=f"{whole.days_p90:.0f}",
                )
            )
        said.append(
            _(
                "At the end of the period %(open)s cases were open, %(late)s of them late.",
                open=n(whole.open_at_end),
                late=n(whole.late_at_end),
            )
        )
        if whole.reopened:
            said.append(_("Cases opened again: %(count)s.", count=n(whole.reopened)))
        if whole.said >= FEWEST_SAID:
            said.append(
                _(
                    "Of those who got an answer %(rate)s said whether it helped; %(share)s of them said yes.",
                    rate=self._percent(whole.response_rate),
                    share=self._percent(whole.helped_share),
                )
            )
        return said

    def _dimension_table(self, dimension):
        """Rows of one dimension, as text."""
        _ = self.env._
        lines = self.line_ids._of(dimension)
        return {
            "title": dict(self.line_ids._fields["dimension"]._description_selection(self.env))[dimension],
            "heads": [
                _("What"), _("Received"), _("Answered"), _("In time (%)"), _("Half within (days)"),
                _("Nine in ten (days)"), _("Open at the end"), _("Late at the end"),
            ],
            "rows": [
                [
                    line.label,
                    str(line.received),
                    str(line.answered),
                    f"{line.in_time_share:.0f}" if line.timed else "–",
                    f"{line.days_median:.0f}" if line.answered else "–",
                    f"{line.days_p90:.0f}" if line.answered else "–",
                    str(line.open_at_end),
                    str(line.late_at_end),
                ]
                for line in lines
            ],
        }  # fmt: skip

    def _outcomes(self):
        """How the answered cases ended: rows of name and count."""
        lines = self.line_ids._of("outcome").filtered("answered")
        return [[line.label, str(line.answered)] for line in lines]

    def _grounds(self):
        """Why cases that were answered were not admitted: rows of name and count, small ones masked."""
        lines = self.line_ids._of("ground").filtered("answered")
        return [
            [line.label, MASKED if count is None else str(count)]
            for line, count in zip(lines, mask(lines.mapped("answered")), strict=True)
        ]

    @api.model
    def _masked_words(self):
        """What the sign in place of a number means."""
        return self.env._(
            "* A number under %(least)s, or one that would give such a number away, is not shown: nobody is to be recognised.",
            least=LEAST,
        )

    def _national_rows(self, whole):
        """The national portal's own figures, beside which a commune is compared."""
        _ = self.env._
        rows = [
            [_("Received"), str(whole.received)],
            [_("Treated"), f"{whole.answered_of_received} ({self._percent(whole.treated_share)})"],
            [_("In progress"), str(whole.received - whole.answered_of_received)],
            [_("Reopened"), str(whole.reopened)],
            [_("Mean time of treatment (days)"), f"{whole.days_mean:.1f}" if whole.answered else "–"],
        ]
        if whole.said >= FEWEST_SAID:
            rows += [
                [_("Satisfied"), str(whole.helped)],
                [_("Dissatisfied"), str(whole.not_helped)],
            ]
        return rows

    def _recurring_rows(self):
        return self._recurring_in(self.company_id)

    @api.model
    def _recurring_in(self, company, least=0):
        """What came back: category, cause, cases. No place: it could point at a house.

        :param int least: matters with fewer cases are left out
        """
        # sudo: jamaa.complaint.recurrence - counts alone, on a paper about the whole commune
        recurring = (
            self.env["jamaa.complaint.recurrence"]
            .sudo()
            .search([("company_id", "=", company.id), ("cases", ">=", least)], limit=MOST_RECURRING)
        )
        return [
            [row.category_id.name, row.cause_id.name or self.env._("Cause not named"), str(row.cases)]
            for row in recurring
        ]
