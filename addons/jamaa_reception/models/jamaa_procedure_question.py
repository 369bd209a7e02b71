"""The few questions by which a person learns what to bring in his own case."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import conditions


class JamaaProcedureCondition(models.AbstractModel):
    """Mixin of a line that concerns only those who gave certain answers.

    Answers of one question stand for "one of these", answers of several questions for "all of
    these questions"; without any, the line concerns everybody.
    """

    _name = "jamaa.procedure.condition"
    _inherit = ["jamaa.procedure.line"]
    _description = "Conditional line of a procedure sheet"

    condition_text = fields.Char("Only when (in words)", compute="_compute_condition_text")

    @api.depends("condition_ids")
    @api.depends_context("lang")
    def _compute_condition_text(self):
        for line in self:
            parts = [
                self.env._(
                    "%(question)s %(answers)s",
                    question=question.name,
                    answers=self.env._(" or ").join(answers.mapped("name")),
                )
                for question, answers in line.condition_ids.grouped("question_id").items()
            ]
            line.condition_text = " · ".join(parts)

    @api.constrains("condition_ids", "sheet_id")
    def _check_condition(self):
        for line in self:
            if line.condition_ids.question_id.sheet_id - line.sheet_id:
                raise ValidationError(self.env._("A condition names answers of the same sheet."))

    def _condition(self):
        """Return the condition as ``tools.conditions`` wants it: question id -> set of answer ids."""
        self.ensure_one()
        found = defaultdict(set)
        for answer in self.condition_ids:
            found[answer.question_id.id].add(answer.id)
        return dict(found)


class JamaaProcedureQuestion(models.Model):
    """A question with a few answers; it may itself hang on an earlier one."""

    _name = "jamaa.procedure.question"
    _inherit = ["jamaa.procedure.condition"]
    _description = "Question of a Procedure"

    name = fields.Char("Question", required=True, translate=True)
    code = fields.Char(help="Short name in exchanged files: “who”.")
    answer_ids = fields.One2many("jamaa.procedure.answer", "question_id", "Answers", copy=False)
    condition_ids = fields.Many2many(
        "jamaa.procedure.answer", "jamaa_procedure_question_condition_rel", "question_id", "answer_id", "Only when"
    )

    @api.constrains("condition_ids", "sequence")
    def _check_earlier(self):
        for question in self.sheet_id.question_ids:
            place = list(question.sheet_id.question_ids).index(question)
            earlier = question.sheet_id.question_ids[:place]
            if question.condition_ids.question_id - earlier:
                raise ValidationError(
                    self.env._("“%(question)s” hangs on a question that comes after it.", question=question.name)
                )


class JamaaProcedureAnswer(models.Model):
    """One answer to a question of a sheet."""

    _name = "jamaa.procedure.answer"
    _inherit = ["jamaa.procedure.line"]
    _description = "Answer to a Question of a Procedure"
    _order = "question_id, sequence, id"

    name = fields.Char("Answer", required=True, translate=True)
    code = fields.Char(help="Short name in exchanged files: “self”.")
    question_id = fields.Many2one("jamaa.procedure.question", required=True, index=True, ondelete="cascade")
    sheet_id = fields.Many2one(related="question_id.sheet_id", store=True, required=False)

    @api.depends("question_id.name", "name")
    def _compute_display_name(self):
        for answer in self:
            answer.display_name = self.env._(
                "%(question)s %(answers)s", question=answer.question_id.name or "", answers=answer.name or ""
            )


class JamaaProcedureSheetQuestions(models.Model):
    _inherit = "jamaa.procedure.sheet"

    def _walk(self, given):
        """Put the questions of a sheet to somebody.

        :param dict given: question id -> answer id, as posted; what does not belong to the
            sheet is ignored
        :return: a :class:`~..tools.conditions.Walk` of ids
        """
        self.ensure_one()
        known = {
            question.id: given[question.id]
            for question in self.question_ids
            if given.get(question.id) in question.answer_ids._ids
        }
        return conditions.walk([(one.id, one._condition()) for one in self.question_ids], known)

    def _needed(self, lines, walked):
        """Sort conditional lines by whether they concern a person.

        :param lines: pieces or fees of the sheet
        :param walked: as returned by :meth:`_walk`
        :return: dict of ``yes`` and ``maybe`` to recordsets; the others do not concern him
        """
        given = {question: answer for question, answer in walked.asked.items() if answer}
        verdicts = {line.id: conditions.concerns(line._condition(), given, walked.excluded) for line in lines}
        return {
            verdict: lines.filtered(lambda line, verdict=verdict: verdicts[line.id] == verdict)
            for verdict in (conditions.YES, conditions.MAYBE)
        }
