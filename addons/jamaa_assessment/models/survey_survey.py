"""Questions of a grid as a survey: the channel by which answers come in from a link."""

from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .jamaa_assessment_item import LEVELS
from .jamaa_assessment_panel import ANSWERS

SURVEY_TYPE = "jamaa_assessment"


class SurveySurvey(models.Model):
    """A survey of our type stands for one wording of a grid.

    It is made by the tool and closed to everybody: to whoever manages surveys, to survey's own pages
    (`ir.http`), for good. What was answered is copied into `jamaa.assessment.score` when a rater is done;
    survey's counts and scores are never looked at.
    """

    _inherit = "survey.survey"

    survey_type = fields.Selection(
        selection_add=[(SURVEY_TYPE, "Self-assessment of a commune")],
        # Never another type: answers would then be open to whoever manages surveys.
        ondelete={SURVEY_TYPE: "cascade"},
    )
    assessment_version_id = fields.Many2one(
        "jamaa.assessment.version",
        "Version of a grid",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    _assessment_version_uniq = models.UniqueIndex(
        "(assessment_version_id) WHERE assessment_version_id IS NOT NULL", "This wording has its survey already."
    )
    _assessment_type = models.Constraint(
        f"CHECK((survey_type = '{SURVEY_TYPE}') = (assessment_version_id IS NOT NULL))",
        "A survey of a self-assessment is made from a grid.",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_assessment_answered(self):
        # sudo: survey.user_input - whether there are any
        answers = self.env["survey.user_input"].sudo()
        if answers.search_count([("survey_id", "in", self.ids), ("assessment_rater_id", "!=", False)], limit=1):
            raise UserError(self.env._("People have answered this grid: its questions stay as they are."))

    @api.model
    def _assessment_of(self, version):
        """Return the survey of a published wording (sudo), made when there is none yet.

        A published version never changes, so neither does its survey.

        :param version: a ``jamaa.assessment.version``
        :raise UserError: it is in preparation
        """
        # sudo: survey.survey - made and read by the tool alone
        surveys = self.sudo().with_context(active_test=False, tracking_disable=True, mail_create_nosubscribe=True)
        known = surveys.search([("assessment_version_id", "=", version.id)], limit=1)
        if known:
            return known
        if version.state == "draft":
            raise UserError(self.env._("Publish this version first: people answer what no longer changes."))
        # sudo: jamaa.assessment.version - its words, whoever asks
        return surveys._make_assessment(version.sudo())

    @api.model
    def _make_assessment(self, version):
        """Make pages of criteria, and below them one question per item with a choice per level."""
        survey = self.create(
            {
                "title": version.display_name,
                "survey_type": SURVEY_TYPE,
                "assessment_version_id": version.id,
                "access_mode": "token",
                "scoring_type": "no_scoring",
                "questions_layout": "page_per_section",
                "users_can_go_back": True,
                "user_id": False,
                "lang_ids": [(5,)],
            }
        )
        vals_list, sequence = [], 0
        for criterion, items in version.item_ids.grouped("criterion_id").items():
            sequence += 1
            vals_list.append(
                {
                    "survey_id": survey.id,
                    "sequence": sequence,
                    "is_page": True,
                    "question_type": False,
                    "title": criterion.name,
                    "assessment_criterion_id": criterion.id,
                }
            )
            for item in items:
                sequence += 1
                vals_list.append(
                    {
                        "survey_id": survey.id,
                        "sequence": sequence,
                        "title": item.name,
                        "question_type": "simple_choice",
                        "comments_allowed": True,
                        "assessment_item_id": item.id,
                        "suggested_answer_ids": [
                            (0, 0, {"assessment_answer": answer, "sequence": rank, "value": answer})
                            for rank, answer in enumerate(item._possible_answers())
                        ],
                    }
                )
        self.env["survey.question"].create(vals_list)
        survey._copy_assessment_words()
        return survey

    def _copy_assessment_words(self):
        """Give questions and choices the words of the grid in all languages at once.

        Straight in the database: through the ORM it would be one write per text and language.
        """
        self.ensure_one()
        self.env.flush_all()
        words = self._assessment_words()
        statements = [
            SQL(
                """UPDATE survey_question q SET title = i.name FROM jamaa_assessment_item i
                   WHERE q.survey_id = %s AND q.assessment_item_id = i.id""",
                self.id,
            ),
            SQL(
                """UPDATE survey_question q SET title = c.name FROM jamaa_assessment_criterion c
                   WHERE q.survey_id = %s AND q.assessment_criterion_id = c.id""",
                self.id,
            ),
        ]
        for level in LEVELS:
            statements.append(
                SQL(
                    """UPDATE survey_question_answer a SET value = i.%s
                       FROM survey_question q JOIN jamaa_assessment_item i ON q.assessment_item_id = i.id
                       WHERE a.question_id = q.id AND q.survey_id = %s AND a.assessment_answer = %s
                         AND i.%s IS NOT NULL""",
                    SQL.identifier(f"anchor_{level}"),
                    self.id,
                    str(level),
                    SQL.identifier(f"anchor_{level}"),
                )
            )
        for answer, texts in words.items():
            statements.append(
                SQL(
                    """UPDATE survey_question_answer a SET value = %s FROM survey_question q
                       WHERE a.question_id = q.id AND q.survey_id = %s AND a.assessment_answer = %s""",
                    Json(texts),
                    self.id,
                    answer,
                )
            )
        for statement in statements:
            self.env.cr.execute(statement)
        self.env.invalidate_all(flush=False)

    @api.model
    def _assessment_words(self):
        """Return yes, no and “does not apply” in every language that is switched on."""
        words = {answer: {} for answer in ("yes", "no", "na")}
        for code, _name in self.env["res.lang"].get_installed():
            answers = self.env["jamaa.assessment.score"].with_context(lang=code)
            said = dict(answers._fields["answer"]._description_selection(answers.env))
            for answer, texts in words.items():
                texts[code] = said[answer]
        return words


class SurveyQuestion(models.Model):
    _inherit = "survey.question"

    assessment_item_id = fields.Many2one(
        "jamaa.assessment.item", "Item of a grid", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    assessment_criterion_id = fields.Many2one(
        "jamaa.assessment.criterion", "Criterion of a grid", readonly=True, ondelete="restrict"
    )


class SurveyQuestionAnswer(models.Model):
    _inherit = "survey.question.answer"

    assessment_answer = fields.Selection(ANSWERS, "Answer it stands for", readonly=True)


class JamaaAssessmentItem(models.Model):
    _inherit = "jamaa.assessment.item"

    def _possible_answers(self):
        """Return the keys of the answers this item takes, in the order they are offered."""
        self.ensure_one()
        answers = ["yes", "no"] if self.kind == "gate" else [str(level) for level in LEVELS]
        return [*answers, "na"] if self.may_not_apply else answers
