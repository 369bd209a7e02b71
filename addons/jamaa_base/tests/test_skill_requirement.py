"""Required against held: levels, dates, one person only, small communes, cost."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .skill_common import SkillCase


@tagged("post_install", "-at_install")
class TestSkillRequirement(SkillCase):
    def test_exactly_one_requirer(self):
        with self.assertRaises(ValidationError):
            self._need(site_id=False)
        with self.assertRaises(ValidationError):
            self._need(site_id=self.site.id, function_id=self.director.id)

    def test_level_belongs_to_the_skill(self):
        with self.assertRaises(ValidationError):
            self._need(level_id=self.env.ref("jamaa_base.skill_level_digital_2").id)

    def test_nothing_of_another_commune(self):
        with self.assertRaises(UserError):
            self._need(company_id=self.there.id)

    def test_nobody_is_a_gap(self):
        row = self._need(people_needed=2)
        self.assertEqual((row.held_count, row.missing_count, row.state), (0, 2, "gap"))
        self.assertTrue(row.to_do)

    def test_level_and_dates_count(self):
        row = self._need(level_id=self.levels[2].id, people_needed=2)
        self._skill(self._employee(site_id=self.site.id), level=2)
        self._skill(self._employee(site_id=self.site.id), level=3)
        self._skill(self._employee(site_id=self.site.id), level=4, end=-1)
        self._skill(self._employee(site_id=self.site.id), level=4, start=1)
        self._skill(self._employee(), level=4)
        self.assertEqual((row.held_count, row.below_count, row.expired_count), (1, 1, 1))
        self.assertEqual(row.state, "gap")

    def test_archived_people_do_not_count(self):
        row = self._need()
        person = self._employee(site_id=self.site.id)
        self._skill(person)
        self.assertEqual(row.held_count, 1)
        person.active = False
        row.invalidate_recordset()
        self.assertEqual(row.held_count, 0)

    def test_one_person_only(self):
        row = self._need(importance="critical")
        self._skill(self._employee(site_id=self.site.id))
        self.assertEqual(row.state, "single")
        self._skill(self._employee(site_id=self.site.id))
        row.invalidate_recordset()
        self.assertEqual(row.state, "met")

    def test_small_commune_gets_a_mark(self):
        row = self._need(people_needed=2)
        self._skill(self._employee(site_id=self.site.id))
        self.assertEqual(row.state, "gap")
        self.here.profile = "small"
        row.invalidate_recordset()
        self.assertEqual(row.state, "single")

    def test_certificate_that_ends_soon(self):
        row = self._need()
        self._skill(self._employee(site_id=self.site.id), end=30)
        self.assertEqual((row.held_count, row.later_count, row.state), (1, 0, "soon"))
        found = self.env["jamaa.skill.requirement"].search([("state", "in", ["soon"]), ("site_id", "=", self.site.id)])
        self.assertFalse(found - row)

    def test_holder_of_a_function_until_the_mandate_ends(self):
        person = self._employee()
        self._skill(person)
        self._make_holder(self.director, employee_id=person.id, date_to=self._day(20))
        row = self._need(function_id=self.director.id)
        self.assertEqual((row.held_count, row.later_count, row.state), (1, 0, "soon"))

    def test_service(self):
        service = self.env["hr.department"].create({"name": "Roads", "company_id": self.here.id})
        self._skill(self._employee(department_id=service.id))
        self.assertEqual(self._need(department_id=service.id).held_count, 1)

    def test_search_by_state(self):
        row = self._need()
        rows = self.env["jamaa.skill.requirement"].with_user(self.director_user)
        self.assertIn(row, rows.search([("state", "=", "gap")]))
        self.assertNotIn(row, rows.search([("state", "=", "met")]))

    def test_reminder_once(self):
        self._make_holder(self.director, self.director_user)
        row = self._need()
        self._skill(self._employee(site_id=self.site.id), end=30)
        for _run in range(2):
            with self.enter_registry_test_mode():
                self.env.ref("jamaa_base.cron_skill_remind").method_direct_trigger()
        self.assertEqual(row.activity_ids.user_id, self.director_user)
        self.assertEqual(len(row.activity_ids), 1)

    def test_validity_of_a_skill(self):
        rows = {
            "valid": self._skill(self._employee()),
            "soon": self._skill(self._employee(), end=30),
            "expired": self._skill(self._employee(), end=-1),
            "future": self._skill(self._employee(), start=5),
        }
        everything = self.env["hr.employee.skill"].browse([row.id for row in rows.values()])
        for code, row in rows.items():
            with self.subTest(code):
                self.assertEqual(row.validity, code)
                self.assertEqual(everything.search([("id", "in", everything.ids), ("validity", "=", code)]), row)

    def test_list_is_flat(self):
        names = ["name", "skill_id", "level_id", "held_count", "state", "to_do", "site_id", "function_id"]

        def cost():
            rows = self.env["jamaa.skill.requirement"].with_user(self.director_user)
            spec = {name: {"fields": {"display_name": {}}} for name in names}
            rows.web_search_read([], spec)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows.web_search_read([], spec)
            return self.env.cr.sql_log_count - before

        self._need()
        self._skill(self._employee(site_id=self.site.id))
        self._need(function_id=self.director.id)
        cost()
        few = cost()
        for rank in range(25):
            site = self.env["jamaa.site"].create({"name": f"Site {rank}", "company_id": self.here.id})
            self._need(site_id=site.id)
            self._skill(self._employee(site_id=site.id))
        many = cost()
        self.assertEqual(few, many)
        self.assertLessEqual(many, 20)
