"""The screen of half-hours: hours of the site and of people, absences, holidays, access."""

from datetime import date, datetime

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .skill_common import SkillCase

MONDAY = date(2026, 6, 1)


@tagged("post_install", "-at_install")
class TestSkillCoverageScreen(SkillCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.need = cls._need(date_from=date(2026, 1, 1), level_id=cls.levels[1].id)
        cls.person = cls._employee(site_id=cls.site.id)
        cls.person.resource_calendar_id = cls.here.resource_calendar_id
        cls._skill(cls.person, level=3).valid_from = date(2026, 1, 1)
        cls.supervisor = cls._make_user("t_super", "jamaa_base.group_site_supervisor")

    def _grid(self, user=None, day=MONDAY):
        choice = self.env["jamaa.skill.coverage"].with_user(user or self.supervisor)
        choice = choice.create({"site_id": self.site.id, "date": day, "company_id": self.here.id})
        return choice._grid()

    def _short(self, **kwargs):
        return self._grid(**kwargs)["short"][self.need]

    def test_there_all_the_week(self):
        grid = self._grid()
        self.assertEqual(self._short(), 0)
        self.assertEqual(len(grid["days"]), 5)
        self.assertEqual(grid["rows"][0][0], "08:30")

    def test_absence_is_seen(self):
        """In June Casablanca is an hour ahead of UTC: 9:00 to 11:00 there."""
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Leave",
                "resource_id": self.person.resource_id.id,
                "calendar_id": self.here.resource_calendar_id.id,
                "company_id": self.here.id,
                "date_from": datetime(2026, 6, 1, 8),
                "date_to": datetime(2026, 6, 1, 10),
            }
        )
        self.assertEqual(self._short(), 4)
        self.assertEqual(self._short(day=date(2026, 6, 8)), 0)

    def test_level_and_expiry(self):
        self.need.level_id = self.levels[3]
        self.assertEqual(self._short(), 73)
        self.need.level_id = self.levels[0]
        self.person.employee_skill_ids.valid_to = date(2026, 6, 1)
        self.assertEqual(self._short(), 73 - 15)

    def test_dated_hours_are_kept_by_who_keeps_the_usual_ones(self):
        hours = self.env["resource.calendar"].create(
            {
                "name": "Ramadan",
                "company_id": self.here.id,
                "tz": "Africa/Casablanca",
                "attendance_ids": [
                    (5, 0, 0),
                    (0, 0, {"name": "D", "dayofweek": "0", "hour_from": 9, "hour_to": 15, "day_period": "full_day"}),
                ],
            }
        )
        self.env["jamaa.site.opening"].create(
            {
                "name": "Ramadan",
                "site_id": self.site.id,
                "date_from": MONDAY,
                "date_to": date(2026, 6, 7),
                "calendar_id": hours.id,
            }
        )
        grid = self._grid()
        self.assertEqual((len(grid["days"]), len(grid["rows"]), grid["short"][self.need]), (1, 12, 0))

    def test_holiday_is_closed(self):
        self.assertNotIn(date(2026, 5, 1), self._grid(day=date(2026, 5, 1))["days"])

    def test_page_and_paper(self):
        choice = self.env["jamaa.skill.coverage"].with_user(self.supervisor)
        choice = choice.create({"site_id": self.site.id, "date": MONDAY, "company_id": self.here.id})
        self.assertIn("08:30", choice.grid)
        self.assertNotIn(self.person.name, choice.grid)
        pdf, kind = (
            self.env["ir.actions.report"]
            .with_user(self.supervisor)
            ._render_qweb_pdf("jamaa_base.report_skill_coverage", choice.ids)
        )
        self.assertEqual((kind, pdf[:4]), ("pdf", b"%PDF"))

    def test_who_opens_it(self):
        for user in (self.clerk, self.president_user):
            with self.assertRaises(AccessError):
                self._grid(user=user)
        there = self._make_user("t_super_there", "jamaa_base.group_site_supervisor", company=self.there)
        elsewhere = self.env["jamaa.skill.coverage"].with_user(there)
        with self.assertRaises(AccessError):
            elsewhere.new({"site_id": self.site.id, "date": MONDAY, "company_id": self.here.id})._grid()

    def test_cost_is_flat_in_people(self):
        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._grid()
            return self.env.cr.sql_log_count - before

        cost()
        few = cost()
        for _rank in range(15):
            self._skill(self._employee(site_id=self.site.id), level=3)
        self.assertEqual(cost(), few)
