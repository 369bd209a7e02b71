"""What the yearly evaluation says, the same on paper and in the text document."""

from num2words import num2words

from odoo import models
from odoo.tools.misc import format_amount, format_date

from .jamaa_indicator import LIGHTS

DASH = "–"


class JamaaPacReport(models.Model):
    _inherit = "jamaa.pac.report"

    def _paper(self):
        """All the report says, in the context's language.

        :return: dict: ``title``, ``period``, ``introduction``, ``summary`` (sentences), ``tables`` (title, heads,
            rows), ``comments`` (pairs of line and text), ``difficulties``, ``proposals``, ``method`` (sentences)
        """
        self.ensure_one()
        _ = self.env._
        return {
            "title": _("Yearly evaluation of the communal action programme"),
            "period": _(
                "Year %(year)s of the programme %(first)s–%(last)s",
                year=self.year,
                first=self.pac_id.year_from,
                last=self.pac_id.year_to,
            ),
            "introduction": self.introduction or "",
            "summary": self._summary(),
            "tables": [self._line_table(), self._indicator_table()],
            "comments": [(row.pac_line_id.display_name, row.comment) for row in self.line_ids if row.comment],
            "difficulties": self.difficulties or "",
            "proposals": self.proposals or "",
            "method": [
                _(
                    "Figures as they stood on %(day)s.",
                    day=format_date(self.env, self.drafted_on) if self.drafted_on else DASH,
                ),
                _("Actions that were given up are not counted. Percentages are made of sums, not of means."),
                _("“No fresh value” means that an indicator was not measured lately: neither good nor bad."),
            ],
        }

    def _paper_heads(self):
        """Titles of the sections, in the context's language."""
        _ = self.env._
        return {
            "introduction": _("Introduction"),
            "summary": _("The year in short"),
            "comments": _("Line by line"),
            "difficulties": _("Difficulties met"),
            "proposals": _("Proposals"),
            "method": _("How it was counted"),
        }

    def _count_words(self, number):
        """A count as reports write it: 12 (twelve), in the context's language."""
        lang = (self.env.lang or "en_US")[:2]
        words = num2words(number, lang=lang if lang in ("ar", "fr") else "en")
        return self.env._("%(number)s (%(words)s)", number=number, words=words)

    def _summary(self):
        _ = self.env._
        n = self._count_words
        counts = self.coverage or {}
        projects = self.line_ids.filtered(lambda row: row.kind == "project")
        cost = sum(projects.mapped("cost"))
        said = [
            _(
                "Projects in the programme: %(count)s, at a cost of %(cost)s.",
                count=n(counts.get("projects", 0)),
                cost=format_amount(self.env, cost, self.currency_id),
            ),
            _(
                "Actions that serve the programme directly: %(direct)s; that make it possible: %(enabling)s.",
                direct=n(counts.get("direct", 0)),
                enabling=n(counts.get("enabling", 0)),
            ),
        ]
        if counts.get("unserved"):
            said.append(_("Projects that no action serves yet: %(count)s.", count=n(counts["unserved"])))
        if outside := counts.get("none", 0) + counts.get("unsaid", 0):
            said.append(
                _("Actions of the commune outside the programme, or that do not say: %(count)s.", count=n(outside))
            )
        lights = [one["light"] for row in self.line_ids for one in row.indicators or ()]
        names = dict(self.env["jamaa.indicator"]._fields["light"]._description_selection(self.env))
        said += [
            _("Indicators “%(light)s”: %(count)s.", light=names[light], count=n(lights.count(light)))
            for light, _label in LIGHTS
            if light in lights
        ]
        return said

    def _line_table(self):
        _ = self.env._
        kinds = dict(self.env["jamaa.pac.line"]._fields["kind"]._description_selection(self.env))
        return {
            "title": _("Axes, programmes and projects"),
            "heads": [_("Kind"), _("Line"), _("Cost"), _("Actions"), _("Done")],
            "rows": [
                [
                    kinds[row.kind],
                    row.pac_line_id.display_name,
                    format_amount(self.env, row.cost, self.currency_id),
                    str(row.action_count),
                    str(row.done_count),
                ]
                for row in self.line_ids
            ],
        }

    def _indicator_table(self):
        _ = self.env._
        lang = self.env.lang or "en_US"
        names = dict(self.env["jamaa.indicator"]._fields["light"]._description_selection(self.env))

        def said(texts):
            return texts.get(lang) or next(iter(texts.values()), DASH)

        return {
            "title": _("Indicators"),
            "heads": [_("Line"), _("Indicator"), _("Baseline"), _("Target"), _("Latest value"), _("How it stands")],
            "rows": [
                [
                    row.pac_line_id.display_name,
                    said(one["names"]),
                    said(one["baseline"]),
                    said(one["target"]),
                    said(one["actual"]),
                    names[one["light"]],
                ]
                for row in self.line_ids
                for one in row.indicators or ()
            ],
        }
