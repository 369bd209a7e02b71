"""The answer form of a seat as a spreadsheet: taken along empty, filled without a connection, brought back."""

import io
from typing import NamedTuple

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.jamaa_base.tools.sheet_file import SheetProblem, open_book, rows_of

from ..tools.answer_cells import WORDS, read_answer
from ..tools.sheets import SheetWriter
from .jamaa_assessment_answering import MAX_COMMENT, MAX_LINK
from .jamaa_assessment_item import ANCHORS

FORMAT = "jamaa-assessment-answers/1"
#: Columns of the form.
KEY, CRITERION, ITEM, LEVELS, ANSWER, COMMENT, LINK = range(7)
WIDTHS = (14, 22, 42, 60, 12, 40, 30)
#: Name of the sheet that says what the form belongs to; it is hidden.
MARK = "form"
#: Place of the language of the reader among the words of an answer.
WORD_PLACE = {"fr": 2, "ar": -1}


class FilledForm(NamedTuple):
    """What a form says.

    :param list answers: dicts with ``item``, ``answer``, ``comment``, ``link``
    :param list problems: sentences, each with the cell it is about
    """

    answers: list
    problems: list


class JamaaAssessmentRater(models.Model):
    _inherit = "jamaa.assessment.rater"

    def action_form_xlsx(self):
        """Button: take the answer form along."""
        self.ensure_one()
        self._check_mine()
        return {
            "type": "ir.actions.act_url",
            "url": f"/jamaa/assessment/seat/{self.id}.xlsx",
            "target": "download",
        }

    def action_bring_form(self):
        """Button: bring the filled form back."""
        self.ensure_one()
        self._check_mine()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_assessment.jamaa_assessment_form_action")
        return {**action, "context": {"default_rater_id": self.id}}

    # ---------- the empty form ----------

    def _form_mark(self):
        """Return what a form is recognised by: format, round and seat."""
        return [FORMAT, str(self.round_id.id), str(self.id)]

    def _form_xlsx(self):
        """Return the bytes of the form in the reader's language, without any answer.

        :raise AccessError: the seat is somebody else's
        """
        self.ensure_one()
        self._check_mine()
        _ = self.env._
        lang = self.env.lang or "en_US"
        output = io.BytesIO()
        writer = SheetWriter(output)
        sheet = writer.sheet(_("Answers"), self.env["res.lang"]._get_data(code=lang).direction == "rtl", WIDTHS)
        heads = [_("Key"), _("Criterion"), _("Item"), _("Levels"), _("Answer"), _("Comment"), _("Link")]
        writer.row(sheet, 0, heads, bold=True)
        yes, no, na = (_word(answer, lang) for answer in ("yes", "no", "na"))
        for number, item in enumerate(self.round_id.version_id.item_ids, start=1):
            if item.kind == "gate":
                levels, choices = f"{yes} / {no}", [yes, no]
            else:
                levels = "\n".join(f"{level}: {item[name] or ''}" for level, name in enumerate(ANCHORS))
                choices = [str(level) for level in range(len(ANCHORS))]
            if item.may_not_apply:
                levels, choices = f"{levels}\n{na}", [*choices, na]
            writer.row(sheet, number, [item.key, item.criterion_id.name, item.name, levels])
            for column in (ANSWER, COMMENT, LINK):
                sheet.write_blank(number, column, None, writer.open)
            sheet.data_validation(
                number, ANSWER, number, ANSWER, {"validate": "list", "source": choices, "error_type": "warning"}
            )
        sheet.protect()
        mark = writer.book.add_worksheet(MARK)
        writer.row(mark, 0, self._form_mark())
        mark.hide()
        writer.close()
        return output.getvalue()

    # ---------- the filled form ----------

    def _read_form(self, content):
        """Read a filled form; nothing is written.

        :param bytes content: of the file
        :raise UserError: it is no such form, or belongs to another seat
        :rtype: FilledForm
        """
        self.ensure_one()
        try:
            book = open_book(content)
            if MARK not in book.sheetnames:
                raise SheetProblem("not_a_table")
            mark = [str(cell or "") for cell in next(rows_of(book[MARK]), [])][:3]
            rows = list(rows_of(book.worksheets[0]))
        except SheetProblem:
            raise UserError(
                self.env._("This file is not the answer form: take the form along here, fill it, bring it back.")
            ) from None
        if mark != self._form_mark():
            raise UserError(self.env._("This form was made for another seat or another round."))
        items = {item.key: item for item in self.round_id.version_id.item_ids}
        answers, problems, seen = [], [], set()
        for number, cells in enumerate(rows[1:], start=2):
            cells = [*cells, *[None] * (LINK + 1 - len(cells))]
            key = str(cells[KEY] or "").strip()
            if not key and not any(cells):
                continue
            item = items.get(key)
            if not item or key in seen:
                problems.append(self.env._("A%(row)s: this row belongs to no item of the grid.", row=number))
                continue
            seen.add(key)
            self._read_row(item, number, cells, answers, problems)
        return FilledForm(answers, problems)

    def _read_row(self, item, number, cells, answers, problems):
        """Judge one row; add what it says, or what is wrong with which cell."""
        answer, wrong = read_answer(cells[ANSWER], item.kind, item.may_not_apply)
        if wrong:
            problems.append(self._form_words(wrong, number, cells[ANSWER]))
        comment = str(cells[COMMENT]).strip() if cells[COMMENT] is not None else ""
        link = str(cells[LINK]).strip() if cells[LINK] is not None else ""
        if len(comment) > MAX_COMMENT:
            problems.append(self.env._("F%(row)s: this comment is too long.", row=number))
        if link and (len(link) > MAX_LINK or not link.lower().startswith(("http://", "https://"))):
            problems.append(self.env._("G%(row)s: a link begins with https://.", row=number))
        if answer or comment or link:
            answers.append({"item": item, "answer": answer, "comment": comment, "link": link})

    def _form_words(self, wrong, number, raw):
        value = str(raw)[:40]
        if wrong == "na":
            return self.env._(
                "E%(row)s: “%(value)s” cannot be: this item applies to everybody.", row=number, value=value
            )
        if wrong == "gate":
            return self.env._("E%(row)s: “%(value)s” is neither yes nor no.", row=number, value=value)
        return self.env._("E%(row)s: “%(value)s” is no level from 0 to 5.", row=number, value=value)

    def _take_form(self, form):
        """Keep what a form says, all of it or nothing; an empty cell leaves what was there.

        :param FilledForm form: without problems
        """
        self.ensure_one()
        self._check_mine()
        self._check_answering()
        given = {score.item_id: score for score in self.score_ids}
        with self.env.cr.savepoint():
            for row in form.answers:
                score = given.get(row["item"])
                self.answer(
                    row["item"].id,
                    row["answer"] or (score and score.answer) or False,
                    row["comment"] or (score and score.comment) or False,
                    row["link"] or (score and score.evidence_link) or False,
                )


def _word(answer, lang):
    """Return how an answer is written in a language."""
    return WORDS[answer][WORD_PLACE.get(lang[:2], 0)]
