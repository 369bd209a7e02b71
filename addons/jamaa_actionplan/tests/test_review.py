"""The yearly review: facts of the plans, the word of the reviewed side, and nothing changes once closed."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import PlanCase


@tagged("post_install", "-at_install")
class TestReview(PlanCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls._make_function("service_head", parent_id=cls.director.id)
        cls._make_holder(cls.head, cls.agent)
        cls._make_holder(cls.director, cls.director_user)
        cls.done = cls._make_action(name="Done", owner_function_id=cls.head.id)
        cls.late = cls._make_action(name="Late", owner_function_id=cls.head.id, due_on=cls._day(-3))
        cls.other = cls._make_action(name="Other's")
        cls._start()
        cls.done.write({"stage_id": cls.env.ref("jamaa_actionplan.stage_done").id, "proof_note": "Seen"})
        cls.review = (
            cls.env["jamaa.review"]
            .with_user(cls.director_user)
            .create({"function_id": cls.head.id, "date_from": cls._day(-100), "date_to": cls._day(100)})
        )

    def _with_word(self):
        self.review.action_collect()
        self.review.action_hand_over()
        self.review.with_user(self.agent).reviewed_word = "The room came late."

    def test_level_and_reviewer_follow_the_function(self):
        self.assertEqual((self.review.level, self.review.reviewer_function_id), ("service", self.director))
        president = self.env["jamaa.review"].create({"function_id": self.president.id})
        self.assertEqual(president.level, "elected")
        self.assertEqual(president.date_from, date(self.today.year, 1, 1))

    def test_facts_of_the_function_alone(self):
        self.review.action_collect()
        self.review.action_collect()
        found = {row.name: row.outcome for row in self.review.commitment_ids}
        self.assertEqual(found, {"Done": "done", "Late": "late"})
        row = self.review.commitment_ids[0]
        row.remark = "Well done"
        with self.assertRaises(UserError):
            row.outcome = "dropped"

    def test_done_after_its_date(self):
        self.done.sudo().due_on = self._day(-2)
        self.assertEqual(self.done._review_outcome(), "done_late")
        self.done.state = "1_canceled"
        self.assertEqual(self.done._review_outcome(), "dropped")

    def test_a_service_answers_for_all_its_functions(self):
        roads = self.env["hr.department"].create({"name": "Roads", "company_id": self.here.id})
        self.head.department_id = roads
        clerk = self._make_function("other", department_id=roads.id)
        self.other.owner_function_id = clerk
        self.review.action_collect()
        self.assertIn("Other's", self.review.commitment_ids.mapped("name"))

    def test_no_person_in_it(self):
        for model in ("jamaa.review", "jamaa.review.commitment", "jamaa.review.next"):
            for name, field in self.env[model]._fields.items():
                if name in ("create_uid", "write_uid") or name.startswith(("message_", "activity_")):
                    continue
                self.assertNotIn(field.comodel_name, ("res.users", "res.partner", "hr.employee"), name)
                self.assertFalse(field.type == "float" and field.store, name)

    def test_the_word_is_the_reviewed_sides(self):
        with self.assertRaises(UserError):
            self.review.with_user(self.agent).reviewed_word = "Too early"
        self.review.action_collect()
        self.review.action_hand_over()
        self.assertEqual(self.review.activity_ids.user_id, self.agent)
        with self.assertRaises(AccessError):
            self.review.reviewed_word = "Mine"
        with self.assertRaises(AccessError):
            self.review.with_user(self.agent).summary = "All well"
        with self.assertRaises(AccessError):
            self.review.with_user(self.agent).action_close()
        with self.assertRaises(UserError):
            self.review.action_close()
        self.review.with_user(self.agent).reviewed_word = "The room came late."

    def test_closed_it_stays(self):
        self._with_word()
        with self.assertRaisesRegex(UserError, "next year"):
            self.review.action_close()
        self.review.next_ids = [(0, 0, {"name": "A second desk"})]
        self.review.action_close()
        self.assertEqual(self.review.state, "closed")
        review = self.review.sudo()
        for change in (
            lambda: review.write({"summary": "Changed"}),
            lambda: review.commitment_ids[0].write({"remark": "Changed"}),
            review.commitment_ids.unlink,
            review.next_ids.unlink,
            lambda: self.env["jamaa.review.next"].create({"review_id": review.id, "name": "More"}),
            review.unlink,
            review.action_collect,
        ):
            with self.assertRaises(UserError):
                change()

    def test_who_reads(self):
        self.review.action_collect()
        for user, expected in (
            (self.agent, True),
            (self.president_user, True),
            (self.planner, False),
            (self.onlooker, False),
            (self.planner_there, False),
            (self.team, False),
            (self.portal, False),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(self.review.with_user(user).has_access("read"), expected)
                self.assertEqual(self.review.commitment_ids[0].with_user(user).has_access("read"), expected)

    def test_who_left_reads_no_more(self):
        self.head.holder_ids.date_to = self._day(-1)
        self.assertFalse(self.review.with_user(self.agent).has_access("read"))

    def test_paper_and_screen(self):
        self._with_word()
        with Form(self.review) as form:
            form.summary = "Kept"
            with form.next_ids.new() as line:
                line.name = "Second desk"
        pdf, _kind = self.env["ir.actions.report"]._render_qweb_pdf("jamaa_actionplan.review", self.review.ids)
        self.assertTrue(pdf.startswith(b"%PDF"))
