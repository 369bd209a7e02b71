"""From what is missing to sessions, who came, and what is different afterwards."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .people_common import PeopleCase


@tagged("post_install", "-at_install")
class TestTraining(PeopleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.training = cls.env["jamaa.training.plan"].with_user(cls.planner).create({"name": "Year"})

    def _session(self, **vals):
        values = {"name": "Languages", "training_plan_id": self.training.id, "date": self._day(-1)}
        return self.env["jamaa.training.session"].with_user(self.planner).create({**values, **vals})

    def test_what_is_missing_is_brought_in_once(self):
        need = self._need(people_needed=2)
        self.training.action_fill()
        self.training.action_fill()
        self.assertEqual(self.training.need_ids.requirement_id, need)
        self.assertEqual((self.training.need_ids.people_count, self.training.open_need_count), (2, 1))

    def test_covered_skills_are_not_brought_in(self):
        self._learns(self.agent_file)
        self._learns(self.knower)
        self._need()
        self.training.action_fill()
        self.assertFalse(self.training.need_ids)

    def test_adopted_with_a_decision(self):
        self._need()
        self.training.action_fill()
        with self.assertRaises(UserError):
            self.training.action_adopt()
        self.training.write({"decision_number": "4/2026", "decision_date": self._day(0)})
        self.training.action_adopt()
        with self.assertRaises(UserError):
            self.training.unlink()
        with self.assertRaises(UserError):
            self.training.state = "draft"
        self.training.action_close()
        with self.assertRaises(UserError):
            self.training.action_fill()

    def test_a_session_answers_needs(self):
        self._need()
        self.training.action_fill()
        need = self.training.need_ids
        session = self._session(need_ids=[(6, 0, need.ids)])
        self.assertEqual(need.state, "planned")
        session.action_hold()
        self.assertEqual(need.state, "held")
        self.assertEqual(self.training.open_need_count, 0)

    def test_not_held_before_its_day(self):
        session = self._session(date=self._day(3))
        with self.assertRaises(UserError):
            session.action_hold()
        session.action_cancel()
        with self.assertRaises(UserError):
            session.unlink()

    def test_effect_after_three_months_once(self):
        session = self._session(date=self._day(-60))
        session.action_hold()
        session.effect_note = "The desk answers"
        with self.assertRaisesRegex(UserError, "early"):
            session.action_record_effect()
        session.date = self._day(-100)
        self._run_cron("jamaa.training.session")
        self.assertEqual(session.activity_ids.user_id, self.planner)
        session.action_record_effect()
        self.assertEqual(session.effect_on, self._day(0))
        self.assertFalse(session.activity_ids)
        with self.assertRaises(UserError):
            session.effect_note = "Changed"
        with self.assertRaises(UserError):
            session.action_record_effect()

    def test_names_for_the_own_head_and_oneself(self):
        session = self._session()
        rows = self.env["jamaa.training.participant"]
        other = self._employee(name="Third", department_id=self.roads.id)
        one = rows.create({"session_id": session.id, "employee_id": self.agent_file.id, "attended": True})
        two = rows.with_user(self.parks_head).create({"session_id": session.id, "employee_id": self.knower.id})
        for user, seen in (
            (self.parks_head, two),
            (self.roads_head, one),
            (self.agent, one),
            (self.director_user, one | two),
            (self.planner, rows),
            (self.onlooker, rows),
            (self.planner_there, rows),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(rows.with_user(user).search([("session_id", "=", session.id)]), seen)
                self.assertEqual(session.with_user(user).has_access("read"), user != self.planner_there)
        with self.assertRaises(AccessError):
            rows.with_user(self.parks_head).create({"session_id": session.id, "employee_id": other.id})
        with self.assertRaises(AccessError):
            one.with_user(self.agent).attended = False
        with Form(session.with_user(self.parks_head)) as form, form.participant_ids.edit(0) as line:
            line.attended = True
        self.assertTrue(two.attended)
        for change in (
            lambda: session.with_user(self.parks_head).write({"women_count": 9}),
            session.with_user(self.parks_head).action_cancel,
        ):
            with self.assertRaises(AccessError):
                change()

    def test_paper(self):
        self._need()
        self.training.action_fill()
        self._session().action_hold()
        pdf, _kind = self.env["ir.actions.report"]._render_qweb_pdf("jamaa_actionplan.training_plan", self.training.ids)
        self.assertTrue(pdf.startswith(b"%PDF"))

    def test_steps_and_commune_are_not_typed(self):
        made = self.env["jamaa.training.plan"].create({"name": "Mine", "company_id": self.here.id, "state": "closed"})
        self.assertEqual(made.state, "draft")
        with self.assertRaises(UserError):
            made.company_id = self.there
        made.unlink()

    def test_screens(self):
        with Form(self.env["jamaa.training.session"].with_user(self.planner)) as form:
            form.name = "Signs"
            form.training_plan_id = self.training
            form.date = self._day(2)
            form.women_count = 3
        with Form(self.training) as form, form.need_ids.new() as line:
            line.skill_id = self.skill
        self.assertEqual(self.training.need_count, 1)
