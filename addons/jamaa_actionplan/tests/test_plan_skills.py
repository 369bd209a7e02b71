"""What a plan needs to know against who knows it; people put at its disposal."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .people_common import PeopleCase


@tagged("post_install", "-at_install")
class TestPlanSkills(PeopleCase):
    def test_people_of_the_plan_and_of_the_commune_are_counted(self):
        need = self._need()
        self.assertEqual((need.held_count, need.commune_count, need.state), (0, 0, "gap"))
        self._learns(self.knower)
        need.invalidate_recordset()
        self.assertEqual((need.held_count, need.commune_count, need.state), (0, 1, "gap"))
        self.assertIn("disposal", need.to_do)
        self._learns(self.agent_file)
        need.invalidate_recordset()
        self.assertEqual((need.held_count, need.commune_count, need.state), (1, 2, "met"))

    def test_what_expired_or_is_below_the_level_does_not_count(self):
        need = self._need(level_id=self.skill.skill_type_id.skill_level_ids[2].id)
        self._learns(self.agent_file, level=1)
        self.assertEqual((need.held_count, need.commune_count, need.below_count), (0, 0, 1))
        other = self._need()
        self._learns(self.knower, level=4, start=-100, end=-1)
        other.invalidate_recordset()
        self.assertEqual(other.commune_count, 1, "the agent's; the other one expired")

    def test_another_commune_does_not_count(self):
        self._learns(self._employee(company=self.there))
        self.assertEqual(self._need().commune_count, 0)

    def test_an_action_asks_its_own_people(self):
        other = self._make_action(name="Other", owner_id=self.deputy.id, deputy_id=False)
        self._learns(self.agent_file)
        self.assertEqual(self._need(action_id=self.action.id).held_count, 1)
        self.assertEqual(self._need(action_id=other.id).held_count, 0)

    def test_one_requirer_of_a_plan(self):
        with self.assertRaises(ValidationError):
            self._need(plan_id=self.plan.id, action_id=self.action.id)
        plain = self.env["project.project"].create({"name": "Plain", "company_id": self.here.id})
        with self.assertRaises(ValidationError):
            self._need(plan_id=plain.id)

    def test_one_person_alone_is_a_risk_and_an_action_without_a_name(self):
        self._learns(self.agent_file)
        need = self._need().with_user(self.planner)
        self.assertEqual(need.state, "single")
        self._start()
        need.action_secure()
        need.action_secure()
        self.assertEqual(len(self.plan.risk_ids), 1)
        self.assertEqual(len(self.plan.tasks), 2)
        self.assertFalse(need.training_action_id.missing)
        for text in (need.risk_id.name, need.training_action_id.name, need.to_do):
            self.assertNotIn("Agent One", text)
        self._learns(self.knower)
        other = self._need().with_user(self.planner)
        with self.assertRaises(UserError):
            other.action_secure()

    def test_names_are_for_who_may_read_these_skills(self):
        self._learns(self.knower)
        need = self._need()
        self.assertFalse(need.with_user(self.planner).holder_names)
        self.assertFalse(need.with_user(self.roads_head).holder_names)
        self.assertEqual(need.with_user(self.parks_head).holder_names, "Knower Two")
        self.assertEqual(need.with_user(self.director_user).holder_names, "Knower Two")

    def test_planners_see_the_skills_of_plans_alone(self):
        need = self._need()
        service = self.env["jamaa.skill.requirement"].create(
            {"skill_id": self.skill.id, "company_id": self.here.id, "department_id": self.roads.id}
        )
        seen = self.env["jamaa.skill.requirement"].with_user(self.planner).search([])
        self.assertIn(need, seen)
        self.assertNotIn(service, seen)
        self.assertFalse(service.with_user(self.president_user).has_access("write"))
        self.assertTrue(need.with_user(self.planner).has_access("write"))
        for user in (self.onlooker, self.planner_there, self.team, self.portal):
            with self.subTest(user=user.login):
                self.assertFalse(need.with_user(user).has_access("read"))

    def test_screen(self):
        self.env["jamaa.skill.requirement"].with_user(self.planner)
        with Form(
            self.env["jamaa.skill.requirement"].with_user(self.planner).with_context(default_plan_id=self.plan.id),
            view="jamaa_actionplan.jamaa_skill_requirement_view_form_plan",
        ) as form:
            form.skill_id = self.skill
        self.assertEqual(self.plan.with_user(self.planner).skill_short_count, 1)

    def test_list_is_flat(self):
        names = {name: {} for name in ("held_count", "commune_count", "state", "to_do", "holder_names")}

        def cost():
            rows = self.env["jamaa.skill.requirement"].with_user(self.planner)
            rows.web_search_read([("for_plan_id", "=", self.plan.id)], names)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows.web_search_read([("for_plan_id", "=", self.plan.id)], names)
            return self.env.cr.sql_log_count - before

        self._need()
        few = cost()
        for _rank in range(15):
            self._need()
        self.assertEqual(cost(), few)


@tagged("post_install", "-at_install")
class TestSkillLoan(PeopleCase):
    def _named(self, loan):
        loan.with_user(self.parks_head).employee_id = self.knower
        return loan.with_user(self.parks_head)

    def test_asked_by_who_runs_the_plan_agreed_by_the_head(self):
        self._learns(self.knower)
        loan = self._ask()
        self.assertEqual(loan.asked_by_id, self.planner)
        self.assertEqual(loan.sudo().activity_ids.user_id, self.env["res.users"])
        need = self._need()
        self.assertEqual(need.held_count, 0)
        self._named(loan).action_agree()
        self.assertEqual((loan.state, loan.agreed_by_id), ("agreed", self.parks_head))
        need.invalidate_recordset()
        self.assertEqual(need.held_count, 1, "the person now works for the plan")
        loan.action_end()
        need.invalidate_recordset()
        self.assertEqual(need.held_count, 0)

    def test_others_do_not_ask(self):
        self.plan.user_id = self.director_user
        with self.assertRaises(AccessError):
            self._ask()
        with self.assertRaises(AccessError):
            self._ask(self.agent)
        self._ask(self.director_user)

    def test_only_the_head_names_and_agrees(self):
        self._learns(self.knower)
        loan = self._ask()
        with self.assertRaises(AccessError):
            loan.employee_id = self.knower
        with self.assertRaises(UserError):
            self._ask(employee_id=self.knower.id)
        with self.assertRaises(AccessError):
            loan.with_user(self.roads_head).employee_id = self.knower
        self._named(loan)
        with self.assertRaises(AccessError):
            loan.action_agree()
        with self.assertRaises(AccessError):
            loan.with_user(self.parks_head).date_to = self._day(900)
        with self.assertRaises(UserError):
            loan.with_user(self.planner).state = "agreed"

    def test_the_person_has_the_skill(self):
        loan = self._named(self._ask())
        with self.assertRaisesRegex(UserError, "does not have"):
            loan.action_agree()

    def test_nobody_agrees_to_the_own_request(self):
        self._learns(self.knower)
        loan = self._ask(self.director_user)
        loan.employee_id = self.knower
        with self.assertRaises(UserError):
            loan.action_agree()
        self.here.profile = "small"
        loan.action_agree()
        self.assertTrue(loan.agreed_alone)

    def test_refused_with_a_reason_and_then_closed(self):
        loan = self._ask().with_user(self.parks_head)
        with self.assertRaises(UserError):
            loan.action_refuse()
        loan.refusal_reason = "Elections"
        loan.action_refuse()
        with self.assertRaises(UserError):
            loan.refusal_reason = "Changed"
        with self.assertRaises(UserError):
            loan.with_user(self.planner).unlink()

    def test_the_end_comes_by_itself(self):
        self._learns(self.knower)
        loan = self._named(self._ask(date_to=self._day(5)))
        loan.action_agree()
        self._run_cron("jamaa.skill.loan")
        self.assertEqual(loan.sudo().activity_ids.user_id, self.planner)
        self._run_cron("jamaa.skill.loan")
        self.assertEqual(len(loan.sudo().activity_ids), 1)
        loan.sudo().date_to = self._day(-1)
        self._run_cron("jamaa.skill.loan")
        self.assertEqual((loan.state, loan.ended_on), ("ended", self._day(-1)))

    def test_who_reads(self):
        loan = self._ask()
        for user, expected in (
            (self.planner, True),
            (self.parks_head, True),
            (self.roads_head, False),
            (self.onlooker, False),
            (self.planner_there, False),
            (self.team, False),
            (self.portal, False),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(loan.with_user(user).has_access("read"), expected)
