"""Nothing of somebody's own survey is moved into one of ours."""

from odoo import models


class JamaaAssessmentClosed(models.AbstractModel):
    """Mixin of survey's models: rules are looked at before a write, so a row could be moved past them by it.

    Otherwise whoever manages surveys could turn a survey of theirs into the questions of a grid, hang a question
    or a choice into it, or an answer into a seat's.
    """

    _name = "jamaa.assessment.closed"
    _description = "Not to be moved into a self-assessment"

    #: Fields that say to what a row belongs.
    _belongs = frozenset()

    def write(self, vals):
        result = super().write(vals)
        if self._belongs & vals.keys() and not self.env.su:
            self.check_access("write")
        return result


class SurveySurvey(models.Model):
    _name = "survey.survey"
    _inherit = ["survey.survey", "jamaa.assessment.closed"]
    _belongs = frozenset({"survey_type", "assessment_version_id"})


class SurveyQuestion(models.Model):
    _name = "survey.question"
    _inherit = ["survey.question", "jamaa.assessment.closed"]
    _belongs = frozenset({"survey_id"})


class SurveyQuestionAnswer(models.Model):
    _name = "survey.question.answer"
    _inherit = ["survey.question.answer", "jamaa.assessment.closed"]
    _belongs = frozenset({"question_id", "matrix_question_id"})


class SurveyUserInput(models.Model):
    _name = "survey.user_input"
    _inherit = ["survey.user_input", "jamaa.assessment.closed"]
    _belongs = frozenset({"survey_id"})


class SurveyUserInputLine(models.Model):
    _name = "survey.user_input.line"
    _inherit = ["survey.user_input.line", "jamaa.assessment.closed"]
    _belongs = frozenset({"user_input_id", "survey_id"})
