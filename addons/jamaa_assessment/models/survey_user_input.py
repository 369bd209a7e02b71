"""What a rater has chosen so far on the pages of the own link."""

from odoo import fields, models


class SurveyUserInput(models.Model):
    """One for each seat that answers by its link; it names neither person nor address.

    Nobody reads these rows, not even whoever manages surveys: they are the seat's own notes until they are
    copied (`jamaa.assessment.rater._finish_by_link`).
    """

    _inherit = "survey.user_input"

    assessment_rater_id = fields.Many2one(
        "jamaa.assessment.rater",
        "Seat",
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        index="btree_not_null",
        ondelete="cascade",
    )
    assessment_saves = fields.Integer("Pages saved", readonly=True, copy=False, groups=fields.NO_ACCESS)

    _assessment_rater_uniq = models.UniqueIndex(
        "(assessment_rater_id) WHERE assessment_rater_id IS NOT NULL", "This seat has its answers already."
    )

    def _assessment_given(self):
        """Return what was chosen, as ``{item id: (answer or False, comment or False, when)}``."""
        given = {}
        for line in self.user_input_line_ids:
            item = line.question_id.assessment_item_id.id
            answer, comment, when = given.get(item, (False, False, line.create_date))
            if line.suggested_answer_id:
                answer = line.suggested_answer_id.assessment_answer
            elif line.answer_type == "char_box":
                comment = line.value_char_box or False
            given[item] = (answer, comment, max(when, line.create_date))
        return given

    def _assessment_save(self, changes):
        """Replace what was chosen for some questions, in few statements.

        :param dict changes: ``survey.question`` → (``survey.question.answer`` or empty, comment or False)
        """
        self.ensure_one()
        # The same page sent twice at once: the database lets one through, the server runs the other again.
        self.assessment_saves += 1
        self.flush_recordset(["assessment_saves"])
        questions = self.env["survey.question"].union(*changes)
        self.user_input_line_ids.filtered(lambda line: line.question_id in questions).unlink()
        vals_list = []
        for question, (choice, comment) in changes.items():
            if choice:
                vals_list.append(self._get_line_answer_values(question, choice.id, "suggestion"))
            if comment:
                vals_list.append(self._get_line_comment_values(question, comment))
        self.env["survey.user_input.line"].create(vals_list)
