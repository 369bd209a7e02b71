"""Skills are personal data: who may read whose."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .skill_common import SkillCase


@tagged("post_install", "-at_install")
class TestSkillAccess(SkillCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls.env["hr.department"].create({"name": "Roads", "company_id": cls.here.id})
        cls.other_service = cls.env["hr.department"].create({"name": "Parks", "company_id": cls.here.id})
        cls.person = cls._employee(user_id=cls.clerk.id, department_id=cls.service.id, site_id=cls.site.id)
        cls.skill = cls._skill(cls.person)
        cls.row = cls._need()

    def _sees(self, user, row=None):
        row = row or self.skill
        return bool(self.env[row._name].with_user(user).search([("id", "=", row.id)]))

    def _user(self, login, group, company=None, **employee):
        user = self._make_user(login, group, company=company)
        if employee:
            self._employee(user_id=user.id, **employee)
        return user

    def test_who_sees_the_skills_of_a_person(self):
        head, site = "jamaa_base.group_service_head", "jamaa_base.group_site_supervisor"
        annexe = self.env["jamaa.site"].create({"name": "Other", "company_id": self.here.id})
        cases = [
            (self.clerk, True, "oneself"),
            (self.director_user, True, "director"),
            (self._user("t_hr", "hr.group_hr_user"), True, "staff files"),
            (self._user("t_head", head, department_id=self.service.id), True, "own service"),
            (self._user("t_head_far", head, department_id=self.other_service.id), False, "other service"),
            (self._user("t_head_none", head), False, "no service"),
            (self._user("t_site", site, site_id=self.site.id), True, "own site"),
            (self._user("t_site_far", site, site_id=annexe.id), False, "other site"),
            (self._user("t_site_none", site), False, "no site"),
            (self._user("t_agent", "jamaa_base.group_reception_agent", site_id=self.site.id), False, "colleague"),
            (self.president_user, False, "president"),
            (self.clerk_there, False, "another commune"),
            (self._user("t_hr_far", "hr.group_hr_user", company=self.there), False, "staff files elsewhere"),
            (self._user("t_dir_far", "jamaa_base.group_director", company=self.there), False, "director elsewhere"),
            (
                self._user("t_team", "jamaa_base.group_programme_team", company=self.programme_company),
                False,
                "programme",
            ),
        ]
        for user, expected, label in cases:
            with self.subTest(label):
                self.assertEqual(self._sees(user), expected)
                self.assertEqual(self.skill.with_user(user).has_access("read"), expected)

    def test_reports_and_cv_follow(self):
        self._skill(self.person, self.env.ref("jamaa_base.skill_first_aid"), end=200)
        self.env["hr.resume.line"].create({"employee_id": self.person.id, "name": "Course", "date_start": self.today})
        self.env.flush_all()
        agent = self._user("t_agent", "jamaa_base.group_reception_agent", site_id=self.site.id)
        keeper_there = self._user("t_hr_far", "hr.group_hr_user", company=self.there)
        keeper = self._user("t_hr", "hr.group_hr_user")
        for model in (
            "hr.employee.skill.report",
            "hr.employee.skill.history.report",
            "hr.employee.certification.report",
            "hr.resume.line",
        ):
            domain = [("employee_id", "=", self.person.id)]
            with self.subTest(model):
                self.assertTrue(self.env[model].with_user(keeper).search_count(domain))
                for user in (agent, keeper_there, self.clerk_there):
                    self.assertFalse(self.env[model].with_user(user).search_count(domain))

    def test_directory_shows_no_skill_of_colleagues(self):
        agent = self._user("t_agent", "jamaa_base.group_reception_agent", site_id=self.site.id)
        public = self.env["hr.employee.public"].browse(self.person.id)
        self.assertFalse(public.with_user(agent).current_employee_skill_ids)
        self.assertEqual(public.with_user(self.clerk).current_employee_skill_ids, self.skill)

    def test_nobody_changes_the_skill_of_another(self):
        with self.assertRaises(AccessError):
            self.skill.with_user(self.clerk_there).valid_to = self.today
        with self.assertRaises(AccessError):
            self.skill.with_user(self.director_user).valid_to = self.today

    def test_requirements(self):
        self.assertTrue(self._sees(self.director_user, self.row))
        self.assertTrue(self.row.with_user(self.director_user).has_access("write"))
        self.assertFalse(self.row.with_user(self.president_user).has_access("write"))
        self.assertFalse(self.row.with_user(self.clerk).has_access("read"))
        there = self._user("t_dir_far", "jamaa_base.group_director", company=self.there)
        self.assertFalse(self._sees(there, self.row))
        citizen = new_test_user(self.env, login="t_portal", groups="base.group_portal")
        for user in (citizen, self.env.ref("base.public_user")):
            for row in (self.row, self.skill):
                self.assertFalse(row.with_user(user).has_access("read"))
