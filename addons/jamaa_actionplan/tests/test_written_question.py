"""Council members ask in writing and are answered; question and answer stay; nothing else is theirs to do."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .decision_common import DecisionCase


@tagged("post_install", "-at_install")
class TestWrittenQuestion(DecisionCase):
    def _put(self, user=None, **vals):
        questions = self.env["jamaa.written.question"].with_user(user or self.member)
        return questions.create({"name": "Waiting times", "text": "Since when?", "plan_id": self.plan.id, **vals})

    def _answer(self, question, user, text="Since May"):
        return self.env["jamaa.written.answer"].with_user(user).create({"question_id": question.id, "text": text})

    def test_a_member_asks_and_is_answered(self):
        question = self._put(user_id=self.president_user.id, due_on="2099-01-01", asked_on="2001-01-01")
        self.assertEqual((question.user_id, question.asked_on), (self.member, self.today))
        self.assertEqual(question.due_on, question._next_session(self.today))
        self.assertEqual(question.state, "waiting")
        self.assertFalse(question.can_answer)
        answer = self._answer(question, self.president_user)
        self.assertEqual(question.state, "answered")
        self.assertIn("president", answer.capacity)

    def test_the_next_session(self):
        next_session = self.env["jamaa.written.question"]._next_session
        self.assertEqual(next_session(date(2026, 1, 31)), date(2026, 2, 7))
        self.assertEqual(next_session(date(2026, 2, 7)), date(2026, 5, 7))
        self.assertEqual(next_session(date(2026, 11, 1)), date(2027, 2, 7))

    def test_late_answers_show(self):
        question = self._put()
        self.env.flush_all()
        self.env.cr.execute("UPDATE jamaa_written_question SET due_on = '2020-02-07' WHERE id = %s", [question.id])
        question.invalidate_recordset()
        self.assertTrue(question.is_late)
        self.assertIn(question, self.env["jamaa.written.question"].search([("is_late", "=", True)]))

    def test_only_seats_of_the_council_ask(self):
        for user in (self.agent, self.planner):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._put(user)
        without_seat = self._make_user("t_no_seat", "jamaa_base.group_council_member")
        with self.assertRaises(AccessError):
            self._put(without_seat)
        self.member_holder.date_to = self._day(-1)
        with self.assertRaises(AccessError):
            self._put()

    def test_only_who_answers_for_the_commune_answers(self):
        question = self._put()
        for user in (self.member, self.planner, self.agent):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._answer(question, user)
        self._answer(question, self.vice_user)
        self._answer(question, self.director_user, "With figures")
        self.assertEqual(len(question.answer_ids), 2)
        self.delegation.ended_on = self.today
        with self.assertRaises(AccessError):
            self._answer(question, self.vice_user)

    def test_question_and_answer_stay(self):
        question = self._put()
        answer = self._answer(question, self.president_user)
        for row, vals in ((question, {"text": "Other"}), (answer, {"text": "Other"})):
            for one in (row, row.sudo()):
                with self.subTest(model=row._name), self.assertRaises(UserError):
                    one.write(vals)
                with self.assertRaises(UserError):
                    one.unlink()

    def test_one_asks_about_what_one_received(self):
        document = self.env["jamaa.document"].create(
            {"name": "Report", "company_id": self.here.id, "version_ids": [(0, 0, {"file_fr": b"UGRm"})]}
        )
        sending = self.env["jamaa.dissemination"].create(
            {"version_id": document.version_ids.id, "recipient_ids": [(0, 0, {"function_id": self.director.id})]}
        )
        with self.assertRaises(AccessError):
            self._put(recipient_id=sending.recipient_ids.id)

    def test_communes_stay_apart(self):
        question = self._put()
        member_there = self._make_user("t_member_there", "jamaa_base.group_council_member", self.there)
        for user in (member_there, self.planner_there, self.team):
            self.assertFalse(question.with_user(user).search_count([("id", "=", question.id)]))
        seat = self._make_function("council_member", self.there)
        self._make_holder(seat, member_there)
        with self.assertRaises(UserError):
            self._put(member_there)
