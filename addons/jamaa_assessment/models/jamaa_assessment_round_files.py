"""A round as a spreadsheet and as a text document: what the group agreed on, never what one person answered."""

import io

from odoo import models

from ..tools.pictures_png import radar_png
from ..tools.sheets import SheetWriter
from .jamaa_assessment_item import ANCHORS

#: Sheets of the spreadsheet: name of the sheet and language.
SHEETS = (("عربية", "ar_MA"), ("Français", "fr_MA"))
WIDTHS = (26, 40, 12, *(22,) * len(ANCHORS), 10, 10, 34, 34, 12, 10, 12, 12, 30, 10, 12, 12, 14)


class JamaaAssessmentRound(models.Model):
    _inherit = "jamaa.assessment.round"

    def action_xlsx(self):
        """Button: what was agreed, as a spreadsheet in Arabic and French."""
        return self._download("xlsx")

    def action_docx(self):
        """Button: the report as a text document in the reader's language, to be finished by hand."""
        return self._download("docx")

    def _download(self, kind):
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/jamaa/assessment/round/{self.id}.{kind}", "target": "download"}

    # ---------- spreadsheet ----------

    def _xlsx(self):
        """Return the bytes of the spreadsheet: one sheet a language, as far as the reader may see the lines."""
        self.ensure_one()
        output = io.BytesIO()
        writer = SheetWriter(output)
        installed = dict(self.env["res.lang"].get_installed())
        sheets = [pair for pair in SHEETS if pair[1] in installed] or [("Sheet", self.env.lang or "en_US")]
        for name, lang in sheets:
            one = self.with_context(lang=lang)
            right_to_left = self.env["res.lang"]._get_data(code=lang).direction == "rtl"
            sheet = writer.sheet(name, right_to_left, WIDTHS)
            writer.row(sheet, 0, one._xlsx_heads(), bold=True)
            for number, row in enumerate(one._xlsx_rows(), start=1):
                writer.row(sheet, number, row)
        writer.close()
        return output.getvalue()

    def _xlsx_heads(self):
        _ = self.env._
        return [
            _("Criterion"), _("Item"), _("Kind"),
            *(_("Words of level %(level)s", level=level) for level in range(len(ANCHORS))),
            _("Agreed level"), _("Counts as"), _("Why this level"), _("Differing opinion"), _("How far apart"),
            _("Distance"), _("Lowest to highest"), _("Median"), _("Evidence"), _("Priority"), _("Importance"),
            _("Effort"), _("Last round"),
        ]  # fmt: skip

    def _xlsx_rows(self):
        lines = self.env["jamaa.assessment.consensus"].search([("round_id", "=", self.id)])
        words = {
            name: dict(lines._fields[name]._description_selection(self.env))
            for name in ("answer", "verdict", "importance", "effort")
        }
        kinds = dict(self.env["jamaa.assessment.item"]._fields["kind"]._description_selection(self.env))
        for line in lines.sorted(lambda one: (one.criterion_id.sequence, one.criterion_id.id, one.item_id.sequence)):
            item = line.item_id
            evidence = [line.evidence, line.evidence_record_name]
            yield [
                line.criterion_id.name, item.name, kinds[item.kind], *(item[name] for name in ANCHORS),
                _number(line.answer, words["answer"]), line.counted if line.capped else "", line.reason, line.dissent,
                words["verdict"].get(line.verdict), line.spread, line.range_text, line.middle_text,
                "\n".join(text for text in evidence if text),
                self.env._("Yes") if line.is_priority else "",
                words["importance"].get(line.importance), words["effort"].get(line.effort),
                self.env._("Worded anew") if line.bar_raised else line.previous_answer,
            ]  # fmt: skip

    # ---------- text document ----------

    def _docx(self):
        """Return the bytes of the report as a text document, as far as the reader may see the results."""
        from odoo.addons.jamaa_base.tools.docx_writer import DocxWriter  # slow to load, and needed here alone

        self.ensure_one()
        _ = self.env._
        right_to_left = self.env["res.lang"]._get_data(code=self.env.lang or "en_US").direction == "rtl"
        writer = DocxWriter(right_to_left)
        # sudo: res.company - the letterhead, for who may read the round
        for line in self.company_id.sudo()._commune_title(self.env.lang).splitlines():
            writer.text(line)
        if self.company_id.is_demo:
            writer.text(_("Invented data"), bold=True)
        writer.heading(_("Report of a self-assessment"), 0)
        writer.table(None, self._docx_facts(), (1, 3))
        page = self.results_page()
        if page["hidden"]:
            writer.text(_("You still have to answer about this subject: results appear when you have finished."))
            return writer.content()
        self._docx_glance(writer, page, right_to_left)
        self._docx_lists(writer, page)
        self._docx_agreed(writer)
        writer.text(
            _(
                "Change is in levels, over the items that read the same in both rounds."
                " It serves the commune's own work and ranks nobody."
            )
        )
        if self.grid_id.sources:
            writer.text(self.grid_id.sources)
        return writer.content()

    def _docx_facts(self):
        _ = self.env._
        head = self._page_head()
        rows = [
            [_("Round"), head["name"]],
            [_("Grid"), head["grid"]],
            [_("What it is about"), head["subject"]],
            [_("Day of the meeting"), head["date"]],
            [_("People who answered, each alone"), str(head["answered"])],
            [_("Why this round"), self.purpose or ""],
        ]
        return [row for row in rows if row[1]]

    def _docx_glance(self, writer, page, right_to_left):
        """The radar and the table it numbers."""
        _ = self.env._
        writer.heading(_("At a glance"))
        picture = self._picture()
        drawing = radar_png(picture["values"], picture["former"], right_to_left)
        if drawing:
            writer.picture(drawing, 80, _("Radar of the criteria; the figures are in the table"))
        rows = [[str(row["number"]), row["name"], *self._docx_score(row)] for row in page["criteria"]]
        rows.append(["", page["whole"]["name"], *self._docx_score(page["whole"])])
        writer.table([_("No."), _("Criterion"), _("Out of 100"), _("Change")], rows, (1, 6, 2, 2))

    def _docx_score(self, row):
        score = self.env._("too few answers") if row["score"] is False else str(row["score"])
        return [score, row["progress"]]

    def _docx_lists(self, writer, page):
        """Duties, priorities and the questions that remain."""
        _ = self.env._
        if page["duties"]:
            writer.heading(_("Duties of the law"))
            rows = [[row["name"], row["words"], row["legal"]] for row in page["duties"]]
            writer.table([_("Duty"), _("Met"), _("Legal text")], rows, (5, 1, 3))
        if page["priorities"]:
            writer.heading(_("What the group will do first"))
            rows = [
                [row["name"], row["level"], row["wanted"], row["due"], row["function"]] for row in page["priorities"]
            ]
            heads = [_("What to do"), _("Level then"), _("Level wanted"), _("By when"), _("Function in charge")]
            writer.table(heads, rows, (5, 1, 1, 2, 2))
        questions = [row for row in page["shown"] if row["question"]]
        if questions:
            writer.heading(_("Said and shown"))
            rows = [[row["name"], row["question"]] for row in questions]
            writer.table([_("Item"), _("Question for the meeting")], rows, (1, 1))

    def _docx_agreed(self, writer):
        """Every item with its level and the reason, criterion by criterion."""
        _ = self.env._
        writer.heading(_("What was agreed"))
        lines = self.env["jamaa.assessment.consensus"].search([("round_id", "=", self.id)])
        for criterion, group in lines.sorted(lambda one: one.criterion_id.sequence).grouped("criterion_id").items():
            writer.heading(criterion.name, 2)
            rows = [
                [line.item_id.name, line.counted or "", self._docx_reason(line)]
                for line in group.sorted(lambda one: one.item_id.sequence)
            ]
            writer.table([_("Item"), _("Level"), _("Why")], rows, (5, 2, 5))

    def _docx_reason(self, line):
        parts = [line.reason or ""]
        if line.dissent:
            parts.append(self.env._("Differing opinion: %(opinion)s", opinion=line.dissent))
        if line.capped:
            parts.append(self.env._("No evidence yet."))
        if line.bar_raised:
            parts.append(self.env._("Worded anew since the last round."))
        return "\n".join(part for part in parts if part)


def _number(answer, words):
    """Return a level as a number, so that a spreadsheet may count with it; any other answer in words."""
    return int(answer) if answer and answer.isdigit() else words.get(answer, "")
