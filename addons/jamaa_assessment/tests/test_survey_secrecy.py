"""What a seat chose on its own pages is nobody's: not of survey's managers, not of an administrator."""

import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import AssessmentCase

MODELS = (
    "survey.survey",
    "survey.question",
    "survey.question.answer",
    "survey.user_input",
    "survey.user_input.line",
)


class LinkCase(AssessmentCase):
    """A round with a seat by link, which has chosen one level with a comment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.here.commune_slug = "test-here"
        cls.survey_manager = cls._make_user("t_survey", "survey.group_survey_manager")
        cls.officer = cls._make_user("t_survey_officer", "survey.group_survey_user")
        cls.both = cls._make_user("t_both", "survey.group_survey_manager,jamaa_base.group_facilitator")
        cls.one = cls._round([cls.agent], paper=1)
        cls.seat = cls.one.rater_ids.filtered(lambda rater: not rater.user_id)
        cls.seat.email = "citizen@example.org"
        cls.survey = cls.env["survey.survey"]._assessment_of(cls.version)
        cls.question = cls.survey.question_and_page_ids.filtered(
            lambda question: question.assessment_item_id == cls.items["one"]
        )
        cls.choice = cls.question.suggested_answer_ids[4]
        cls.seat._keep({cls.question.id: (cls.choice.id, "a secret word")})
        cls.notes = cls.seat._notes()
        cls.readers = (
            cls.survey_manager,
            cls.officer,
            cls.both,
            cls.facilitator,
            cls.director_user,
            cls.president_user,
            cls.admin_user,
            cls.agent,
            cls.env.ref("base.user_admin"),
        )

    def _rows(self):
        questions = self.survey.question_and_page_ids
        return {
            "survey.survey": self.survey,
            "survey.question": questions,
            "survey.question.answer": questions.suggested_answer_ids,
            "survey.user_input": self.notes,
            "survey.user_input.line": self.notes.user_input_line_ids,
        }


@tagged("post_install", "-at_install", "security")
class TestSurveySecrecy(LinkCase):
    def test_the_survey_is_the_grid(self):
        pages = self.survey.question_and_page_ids.filtered("is_page")
        self.assertEqual(pages.assessment_criterion_id, self.version.criterion_ids)
        questions = self.survey.question_and_page_ids - pages
        self.assertEqual(questions.assessment_item_id, self.version.item_ids)
        offered = {
            question.assessment_item_id.key: question.suggested_answer_ids.mapped("assessment_answer")
            for question in questions
        }
        levels = [str(level) for level in range(6)]
        self.assertEqual(offered, {"one": levels, "two": [*levels, "na"], "three": levels, "duty": ["yes", "no"]})
        for lang in ("ar_MA", "fr_MA"):
            with self.subTest(lang):
                for question in questions.with_context(lang=lang):
                    item = question.assessment_item_id
                    self.assertEqual(question.title, item.name)
                    for choice in question.suggested_answer_ids.filtered(lambda one: one.assessment_answer.isdigit()):
                        self.assertEqual(choice.value, item[f"anchor_{choice.assessment_answer}"])
        answers = dict(
            self.env["jamaa.assessment.score"]
            .with_context(lang="ar_MA")
            ._fields["answer"]
            ._description_selection(self.env(context={"lang": "ar_MA"}))
        )
        duty = questions.filtered(lambda question: question.assessment_item_id.kind == "gate")
        self.assertEqual(duty.with_context(lang="ar_MA").suggested_answer_ids[0].value, answers["yes"])
        self.assertFalse(any(questions.suggested_answer_ids.mapped("answer_score")), "nothing is scored")

    def test_made_once_and_kept(self):
        self.assertEqual(self.env["survey.survey"]._assessment_of(self.version), self.survey)
        with self.assertRaisesRegex(UserError, "stay as they are"):
            self.survey.unlink()
        draft = self._grid(publish=False, code="draft-grid").draft_version_id
        with self.assertRaisesRegex(UserError, "Publish this version"):
            self.env["survey.survey"]._assessment_of(draft)

    def test_answers_name_nobody(self):
        self.assertFalse(self.notes.partner_id)
        self.assertFalse(self.notes.email)
        self.assertFalse(self.notes.nickname)
        self.assertFalse(self.notes.message_ids)
        self.assertFalse(self.notes.message_follower_ids)

    def test_nobody_reads_or_changes_them(self):
        rows = self._rows()
        for user in self.readers:
            for model in MODELS:
                with self.subTest(user=user.login, model=model):
                    Model = self.env[model].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
                    mine = Model.browse(rows[model].ids)
                    calls = [
                        lambda mine=mine: mine.read(["display_name"]),
                        lambda mine=mine: mine.export_data(["id", "display_name"]),
                        lambda mine=mine: mine[:1].write({"create_uid": 1}),
                        lambda mine=mine: mine[:1].unlink(),
                    ]
                    if Model.has_access("read"):
                        self.assertFalse(Model.search([("id", "in", rows[model].ids)]))
                        self.assertFalse(Model._read_group([("id", "in", rows[model].ids)], [], ["__count"])[0][0])
                    for call in calls:
                        with self.assertRaises(UserError):
                            call()

    def test_nothing_leaks_through_links(self):
        """Searching through what links to an answer must not tell what the answer hides."""
        for user in (self.survey_manager, self.both):
            for model, path, value in (
                ("survey.survey", "user_input_ids.user_input_line_ids.value_char_box", "a secret word"),
                ("survey.question", "user_input_line_ids.value_char_box", "a secret word"),
                ("survey.survey", "user_input_ids.state", "in_progress"),
                ("survey.survey", "question_and_page_ids.title", self.question.title),
                ("survey.survey", "survey_type", "jamaa_assessment"),
            ):
                with self.subTest(user=user.login, path=path):
                    self.assertFalse(self.env[model].with_user(user).search([(path, "=", value)]))
        for user in (self.both, self.facilitator, self.env.ref("base.user_admin")):
            Rater = self.env["jamaa.assessment.rater"].with_user(user)
            for path in ("access_token",):
                with self.subTest(user=user.login, path=path), self.assertRaises(AccessError):
                    Rater.search([(path, "!=", False)])
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.seat.with_user(user).read(["access_token"])

    def test_no_survey_becomes_or_stops_being_ours(self):
        manager = self.survey_manager
        mine = self.env["survey.survey"].with_user(manager).create({"title": "Mine"})
        question = (
            self.env["survey.question"]
            .with_user(manager)
            .create({"survey_id": mine.id, "title": "Why?", "suggested_answer_ids": [(0, 0, {"value": "So"})]})
        )
        answer = self.env["survey.user_input"].with_user(manager).create({"survey_id": mine.id})
        line = (
            self.env["survey.user_input.line"]
            .with_user(manager)
            .create(
                {
                    "user_input_id": answer.id,
                    "question_id": question.id,
                    "answer_type": "suggestion",
                    "suggested_answer_id": question.suggested_answer_ids.id,
                }
            )
        )
        unused = self._grid(code="unused-grid").version_id
        calls = (
            lambda: mine.write({"survey_type": "jamaa_assessment", "assessment_version_id": unused.id}),
            lambda: (
                self.env["survey.survey"]
                .with_user(manager)
                .create({"title": "X", "survey_type": "jamaa_assessment", "assessment_version_id": unused.id})
            ),
            lambda: question.write({"survey_id": self.survey.id}),
            lambda: question.suggested_answer_ids.write({"question_id": self.question.id}),
            lambda: answer.write({"survey_id": self.survey.id}),
            lambda: line.write({"user_input_id": self.notes.id}),
            lambda: mine.write({"user_input_ids": [(4, self.notes.id)]}),
            lambda: self.survey.with_user(manager).write({"survey_type": "custom"}),
            lambda: self.survey.with_user(manager).copy(),
            lambda: self.env["survey.invite"].with_user(manager).create({"survey_id": self.survey.id}),
            lambda: (
                self.env["survey.user_input"]
                .with_user(manager)
                .create({"survey_id": self.survey.id, "predefined_question_ids": [(5,)]})
            ),
        )
        for number, call in enumerate(calls):
            with self.subTest(number), self.assertRaises(UserError), self.env.cr.savepoint():
                call()
        self.assertEqual(len(self._rows()["survey.user_input.line"]), 2)
        # other surveys go on as they were
        self.assertEqual(self.env["survey.survey"].with_user(self.officer).search([("id", "=", mine.id)]), mine)
        self.assertTrue(question.suggested_answer_ids.with_user(self.officer).read(["value"]))

    def test_the_facilitator_opens_no_seat_that_answers_by_link(self):
        seat = self.seat.with_user(self.facilitator)
        for call in (seat.answer_sheet, seat.action_answer, seat.action_finish, seat.action_reopen):
            with self.subTest(call.__name__), self.assertRaises(AccessError):
                call()
        self._hand_in()
        Score = self.env["jamaa.assessment.score"].with_user(self.facilitator)
        self.assertFalse(Score.search([("rater_id", "=", self.seat.id)]))
        for vals in (
            {"channel": "paper"},
            {"email": "mine@example.org"},
            {"email": False},
            {"user_id": self.facilitator.id},
        ):
            with self.subTest(**vals), self.assertRaisesRegex(UserError, "has answers"):
                seat.write(vals)

    def _hand_in(self):
        for key, answer in (("two", "na"), ("three", "3"), ("duty", "yes")):
            question = self.survey.question_and_page_ids.filtered(
                lambda one, key=key: one.assessment_item_id == self.items[key]
            )
            choice = question.suggested_answer_ids.filtered(lambda one, answer=answer: one.assessment_answer == answer)
            self.seat._keep({question.id: (choice.id, "")})
        self.seat._finish_by_link()

    def test_paper_stays_the_facilitators_until_its_link_is_used(self):
        paper = self._round([self.agent], paper=1, name="Second").rater_ids.filtered(lambda rater: not rater.user_id)
        self.assertEqual(paper.channel, "paper")
        paper.with_user(self.facilitator).answer(self.items["three"].id, "1")
        self.assertTrue(
            self.env["jamaa.assessment.score"].with_user(self.facilitator).search([("rater_id", "=", paper.id)])
        )
        paper._keep({self.question.id: (self.choice.id, "")})
        self.assertEqual(paper.channel, "link")
        with self.assertRaises(AccessError):
            paper.with_user(self.facilitator).answer_sheet()
        self.assertFalse(
            self.env["jamaa.assessment.score"].with_user(self.facilitator).search([("rater_id", "=", paper.id)])
        )

    def test_scores_are_copied_and_nothing_is_read_back(self):
        self._hand_in()
        self._answer(self._seat(self.one, self.agent), one="4", two="1", three="3", duty="yes")
        # what stands in the survey no longer counts
        self.notes.user_input_line_ids.filtered("suggested_answer_id")[
            :1
        ].suggested_answer_id = self.question.suggested_answer_ids[0]
        lines = self._agreed(self.one)
        self.assertEqual(lines["one"].verdict, "agreed")
        self.assertFalse(self.notes.user_input_line_ids, "nor does it stay")
        self.assertEqual(self.notes.state, "done")
        self.assertEqual(lines["one"].comments, "• a secret word")


@tagged("post_install", "-at_install", "security")
class TestSurveyDoors(HttpCase, LinkCase):
    """Survey's own pages, by HTTP."""

    def test_no_page_of_survey_opens_ours(self):
        self.survey.session_code = self.survey.session_code or "8642"
        survey, answer = self.survey.access_token, self.notes.access_token
        self.env.flush_all()
        pages = (
            f"/survey/start/{survey}",
            f"/survey/start/{survey}?answer_token={answer}",
            f"/survey/{survey}/{answer}",
            f"/survey/print/{survey}",
            f"/survey/print/{survey}?answer_token={answer}",
            f"/survey/retry/{survey}/{answer}",
            f"/survey/{survey}/get_background_image",
            f"/survey/{survey}/{self.question.page_id.id}/get_background_image",
            f"/survey/get_question_image/{survey}/{answer}/{self.question.id}/{self.choice.id}",
            f"/survey/test/{survey}",
            f"/survey/results/{self.survey.id}",
            f"/survey/{self.survey.id}/certification_preview",
            f"/survey/{self.survey.id}/get_certification_preview",
            f"/survey/{self.survey.id}/get_certification",
            f"/survey/session/manage/{survey}",
            f"/s/{self.survey.session_code}",
            f"/fr/survey/start/{survey}",
        )
        calls = (
            f"/survey/begin/{survey}/{answer}",
            f"/survey/next_question/{survey}/{answer}",
            f"/survey/submit/{survey}/{answer}",
            f"/survey/session/next_question/{survey}",
            f"/survey/session/results/{survey}",
            f"/survey/session/leaderboard/{survey}",
            f"/survey/check_session_code/{self.survey.session_code}",
        )
        before = self.env["survey.user_input"].search_count([("survey_id", "=", self.survey.id)])
        for user in (None, self.survey_manager, self.both):
            self.authenticate(user and user.login, user and user.login)
            for path in pages:
                # a refusal of a record rule is logged
                with self.subTest(user=user and user.login, path=path), mute_logger("odoo.http"):
                    answer = self.url_open(path)
                    self.assertNotIn("a secret word", answer.text)
                    self.assertNotIn(self.question.title, answer.text)
                    if not user and answer.history:
                        continue  # led to the login
                    self.assertIn(answer.status_code, (403, 404))
            for path in calls:
                with self.subTest(user=user and user.login, path=path), mute_logger("odoo.http"):
                    answer = self.url_open(
                        path, data=json.dumps({"params": {}}), headers={"Content-Type": "application/json"}
                    )
                    self.assertNotIn("a secret word", answer.text)
                    self.assertTrue(answer.status_code == 404 or "error" in answer.json(), answer.text[:200])
        self.env.invalidate_all()
        self.assertEqual(self.env["survey.user_input"].search_count([("survey_id", "=", self.survey.id)]), before)

    def test_other_surveys_open(self):
        other = self.env["survey.survey"].create(
            {
                "title": "Other",
                "access_mode": "public",
                "question_and_page_ids": [(0, 0, {"title": "Why?", "question_type": "text_box"})],
            }
        )
        self.env.flush_all()
        answer = self.url_open(f"/survey/start/{other.access_token}")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Other", answer.text)

    def test_export_and_calls_as_manager(self):
        self.env.flush_all()
        self.authenticate(self.survey_manager.login, self.survey_manager.login)

        def call(model, method, *args, **kwargs):
            answer = self.url_open(
                f"/web/dataset/call_kw/{model}/{method}",
                data=json.dumps({"params": {"model": model, "method": method, "args": args, "kwargs": kwargs}}),
                headers={"Content-Type": "application/json"},
            )
            return answer.json()

        for model, rows in self._rows().items():
            with self.subTest(model):
                found = call(model, "search_read", [["id", "in", rows.ids]], ["id"])
                self.assertEqual(found["result"], [])
                with self.assertLogs("odoo.http", level="WARNING"):
                    self.assertIn("error", call(model, "read", rows.ids, ["id", "display_name"]))
        for model, method in (
            ("survey.survey", "get_start_url"),
            ("survey.user_input", "action_print_answers"),
            ("survey.user_input", "get_start_url"),
        ):
            with self.subTest(method=method), self.assertLogs("odoo.http", level="WARNING"):
                rows = self._rows()[model]
                self.assertIn("error", call(model, method, rows.ids))
