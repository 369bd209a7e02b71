"""Holidays: what the library brings, and that a person's correction stays."""

from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CommuneCase

YEAR = 2031


@tagged("jamaa_law")
class TestHoliday(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Holiday = cls.env["jamaa.holiday"]
        cls.Holiday._fill_years([YEAR])

    def of_year(self, key=None):
        domain = [("date", ">=", date(YEAR, 1, 1)), ("date", "<=", date(YEAR, 12, 31))]
        if key:
            domain.append(("library_key", "=", key))
        return self.Holiday.with_context(active_test=False).search(domain)

    def test_names_in_arabic_and_french(self):
        throne = self.of_year("Throne Day")
        self.assertEqual(throne.date, date(YEAR, 7, 30))
        self.assertEqual(throne.with_context(lang="ar_MA").name, "عيد العرش")
        self.assertEqual(throne.with_context(lang="fr_MA").name, "Fête du Trône")
        self.assertFalse(throne.estimated)

    def test_religious_dates_are_marked_estimated_and_named_without_the_mark(self):
        eid = self.of_year("Eid al-Adha")
        self.assertTrue(eid)
        self.assertEqual(set(eid.mapped("kind")), {"religious"})
        self.assertTrue(all(eid.mapped("estimated")))
        for lang in ("en_US", "ar_MA", "fr_MA"):
            self.assertNotIn("(", eid[0].with_context(lang=lang).name)

    def test_filling_twice_adds_nothing(self):
        before = self.of_year()
        self.assertFalse(self.Holiday._fill_years([YEAR]))
        self.assertEqual(self.of_year(), before)

    def test_correction_stays(self):
        eid = self.of_year("Eid al-Adha").sorted("date")
        announced = {row.id: fields_add_day(row.date) for row in eid}
        for row in eid.sorted("date", reverse=True):
            row.write({"date": announced[row.id], "estimated": False})
        self.Holiday._fill_years([YEAR])
        again = self.of_year("Eid al-Adha")
        self.assertEqual({row.id: row.date for row in again}, announced)

    def test_archived_holiday_does_not_come_back(self):
        self.of_year("Throne Day").action_archive()
        self.Holiday._fill_years([YEAR])
        self.assertFalse(self.Holiday.search([("date", "=", date(YEAR, 7, 30))]))

    def test_untouched_estimate_follows_the_library(self):
        row = self.of_year("Throne Day")
        # As a former version of the library could have had it.
        row.with_context(jamaa_filling_holidays=True).date = date(YEAR, 7, 29)
        self.Holiday._fill_years([YEAR])
        self.assertEqual(self.of_year("Throne Day").date, date(YEAR, 7, 30))

    def test_hand_made_holiday_is_left_alone(self):
        own = self.Holiday.create({"name": "Day of mourning", "date": date(YEAR, 3, 3)})
        self.Holiday._fill_years([YEAR])
        self.assertTrue(own.exists())

    def test_two_holidays_on_one_day(self):
        # 14 August 2027: Oued Ed-Dahab and, by the estimate, the Prophet's birthday.
        self.Holiday._fill_years([2027])
        names = self.Holiday._names_between(self.here, date(2027, 8, 14), date(2027, 8, 14))
        self.assertIn(" / ", names[date(2027, 8, 14)]["fr_MA"])

    def test_installation_filled_the_coming_years(self):
        for year in range(self.today.year - 1, self.today.year + 4):
            with self.subTest(year=year):
                self.assertTrue(self.Holiday.search_count([("date", "=", date(year, 7, 30))]))

    def test_who_corrects(self):
        rows = self.Holiday
        self.assertFalse(rows.with_user(self.clerk).has_access("write"))
        self.assertTrue(rows.with_user(self.director_user).has_access("write"))
        rows.with_user(self.director_user).action_fill()
        with self.assertRaises(AccessError):
            rows.with_user(self.clerk).action_fill()

    def test_national_rows_are_not_one_communes_to_change(self):
        throne = self.of_year("Throne Day")
        for user in (self.director_user, self.admin_user):
            with self.assertRaises(AccessError):
                throne.with_user(user).date = date(YEAR, 7, 29)
            with self.assertRaises(AccessError):
                self.Holiday.with_user(user).create({"name": "Feast", "date": date(YEAR, 3, 3)})
        own = self.Holiday.with_user(self.director_user).create(
            {"name": "Feast", "date": date(YEAR, 3, 3), "company_id": self.here.id}
        )
        self.assertFalse(own.with_user(self.clerk_there).has_access("read"))
        system = self._make_user("t_system", "base.group_system")
        throne.with_user(system).estimated = True


def fields_add_day(day):
    return date.fromordinal(day.toordinal() + 1)
