from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CommuneCase

MONDAY, FRIDAY, SATURDAY = date(2026, 3, 2), date(2026, 3, 6), date(2026, 3, 7)


@tagged("post_install", "-at_install")
class TestSite(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.site = cls.env["jamaa.site"].create(
            {"name": "Town hall", "kind": "headquarters", "company_id": cls.here.id}
        )
        cls.ramadan_hours = cls.env["resource.calendar"].create(
            {
                "name": "Ramadan",
                "company_id": cls.here.id,
                "tz": "Africa/Casablanca",
                "attendance_ids": [
                    (5, 0, 0),
                    *[
                        (
                            0,
                            0,
                            {"name": "Day", "dayofweek": day, "hour_from": 9, "hour_to": 15, "day_period": "full_day"},
                        )
                        for day in "01234"
                    ],
                ],
            }
        )

    def _opening(self, start, end, **vals):
        values = {"name": "Ramadan", "site_id": self.site.id, "date_from": start, "date_to": end}
        return self.env["jamaa.site.opening"].create({**values, "calendar_id": self.ramadan_hours.id, **vals})

    def test_usual_hours_are_the_communes(self):
        self.assertEqual(self.site._calendar_on(MONDAY), self.here.resource_calendar_id)
        self.assertEqual(self.site._hours_on(MONDAY), [(8.5, 12.0), (12.5, 16.5)])
        self.assertEqual(self.site._hours_on(FRIDAY), [(8.5, 12.0), (13.5, 16.5)])
        self.assertEqual(self.site._hours_on(SATURDAY), [])

    def test_own_hours_of_a_site(self):
        self.site.calendar_id = self.ramadan_hours
        self.assertEqual(self.site._hours_on(MONDAY), [(9.0, 15.0)])

    def test_dated_hours_hold_on_their_days_only(self):
        self._opening(MONDAY, FRIDAY)
        self.assertEqual(self.site._calendar_on(MONDAY), self.ramadan_hours)
        self.assertEqual(self.site._hours_on(FRIDAY), [(9.0, 15.0)])
        self.assertEqual(self.site._calendar_on(date(2026, 3, 9)), self.here.resource_calendar_id)
        self.assertEqual(self.site._calendar_on(date(2026, 3, 1)), self.here.resource_calendar_id)

    def test_closed_period(self):
        self._opening(MONDAY, FRIDAY, closed=True, calendar_id=False)
        self.assertFalse(self.site._calendar_on(MONDAY))
        self.assertEqual(self.site._hours_on(MONDAY), [])

    @mute_logger("odoo.sql_db")
    def test_hours_or_closed(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._opening(MONDAY, FRIDAY, calendar_id=False)

    def test_dated_hours_do_not_overlap(self):
        self._opening(MONDAY, FRIDAY)
        with self.assertRaises(ValidationError):
            self._opening(FRIDAY, None)
        self._opening(SATURDAY, None)

    def test_owner_follows_the_kind(self):
        Site = self.env["jamaa.site"]
        annexe = Site.create({"name": "Annexe", "kind": "administrative_annex", "company_id": self.here.id})
        self.assertEqual(annexe.owner, "state")
        self.assertEqual(self.site.owner, "commune")

    @mute_logger("odoo.sql_db")
    def test_one_headquarters(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env["jamaa.site"].create({"name": "Second", "kind": "headquarters", "company_id": self.here.id})

    @mute_logger("odoo.sql_db")
    def test_place_on_earth(self):
        for name, value in (("latitude", 91), ("longitude", -181)):
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.site[name] = value
                self.site.flush_recordset()

    def test_no_cycle(self):
        annexe = self.env["jamaa.site"].create(
            {"name": "Annexe", "company_id": self.here.id, "parent_id": self.site.id}
        )
        with self.assertRaises(ValidationError):
            self.site.parent_id = annexe

    def test_nothing_of_another_commune(self):
        director = self._make_function("director", company=self.there)
        with self.assertRaises(UserError):
            self.site.function_id = director
        with self.assertRaises(UserError):
            self.site.calendar_id = self.there.resource_calendar_id
        with self.assertRaises(UserError):
            self._opening(MONDAY, FRIDAY, calendar_id=self.there.resource_calendar_id.id)
