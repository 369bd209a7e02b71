"""The legal clock against cases worked out by hand with a calendar."""

from datetime import date, datetime

from odoo.tests import BaseCase, tagged

from ..tools.legal_clock import compute_due

# Holidays of 2026 as a commune would have them; religious ones are estimates.
HOLIDAYS = {
    date(2026, 1, 1): "new_year",
    date(2026, 1, 14): "amazigh_new_year",
    date(2026, 3, 20): "eid_al_fitr",
    date(2026, 3, 21): "eid_al_fitr",
    date(2026, 5, 1): "labour_day",
    date(2026, 5, 27): "eid_al_adha",
    date(2026, 5, 28): "eid_al_adha",
    date(2026, 8, 20): "revolution",
    date(2026, 8, 21): "youth",
}


@tagged("jamaa_law")
class TestLegalClock(BaseCase):
    def due(self, start, days, unit="calendar", holidays=None, **options):
        return compute_due(start, days, unit, HOLIDAYS if holidays is None else holidays, **options)

    def kinds(self, due):
        return [step.kind for step in due.steps]

    def test_day_of_the_event_is_not_counted(self):
        # Monday + 1 day is Tuesday; zero days is the day itself.
        self.assertEqual(self.due(date(2026, 2, 2), 1).date, date(2026, 2, 3))
        self.assertEqual(self.due(date(2026, 2, 2), 0).date, date(2026, 2, 2))

    def test_sixty_calendar_days(self):
        # 2 February 2026 + 60 = 3 April 2026, a Friday.
        due = self.due(date(2026, 2, 2), 60)
        self.assertEqual(due.date, date(2026, 4, 3))
        self.assertEqual(self.kinds(due), ["start", "count", "due"])

    def test_leap_day_is_a_day(self):
        self.assertEqual(self.due(date(2028, 2, 28), 1, holidays={}).date, date(2028, 2, 29))
        # The same term is one date earlier than in a common year.
        self.assertEqual(self.due(date(2028, 2, 1), 30, holidays={}).date, date(2028, 3, 2))
        self.assertEqual(self.due(date(2027, 2, 1), 30, holidays={}).date, date(2027, 3, 3))
        # 1900 and 2100 are no leap years.
        self.assertEqual(self.due(date(2100, 2, 26), 3, holidays={}, roll="none").date, date(2100, 3, 1))

    def test_last_day_on_a_weekend_is_carried_to_monday(self):
        due = self.due(date(2026, 2, 3), 4)  # Saturday 7 February
        self.assertEqual(due.date, date(2026, 2, 9))
        self.assertEqual(self.kinds(due), ["start", "count", "roll", "roll", "due"])
        self.assertEqual([s.detail for s in due.steps if s.kind == "roll"], ["weekend"] * 2)

    def test_last_day_on_a_holiday_then_weekend(self):
        # Friday 1 May is Labour Day, then Saturday and Sunday: Monday 4 May.
        due = self.due(date(2026, 4, 30), 1)
        self.assertEqual(due.date, date(2026, 5, 4))
        self.assertEqual(
            [s.detail for s in due.steps if s.kind == "roll"],
            ["labour_day", "weekend", "weekend"],
        )

    def test_two_days_of_eid_on_the_last_day(self):
        due = self.due(date(2026, 5, 20), 7)  # Wednesday 27 May, Eid al-Adha
        self.assertEqual(due.date, date(2026, 5, 29))

    def test_roll_none_leaves_the_date(self):
        due = self.due(date(2026, 4, 30), 1, roll="none")
        self.assertEqual(due.date, date(2026, 5, 1))
        self.assertNotIn("roll", self.kinds(due))

    def test_holiday_inside_a_calendar_term_changes_nothing(self):
        self.assertEqual(self.due(date(2026, 5, 20), 15).date, self.due(date(2026, 5, 20), 15, holidays={}).date)

    def test_working_days_skip_weekends_and_holidays(self):
        # Thursday 30 April + 1 working day: not Labour Day, not the weekend.
        due = self.due(date(2026, 4, 30), 1, "working")
        self.assertEqual(due.date, date(2026, 5, 4))
        self.assertEqual(self.kinds(due), ["start", "holiday", "weekends", "count", "due"])
        self.assertEqual(due.steps[2].detail, 2)

    def test_working_days_over_ramadan_and_eid(self):
        # Ramadan 1447 (about 18 February to 19 March 2026) shortens hours, not days: from
        # Tuesday 17 February, 20 working days end on Tuesday 17 March ...
        self.assertEqual(self.due(date(2026, 2, 17), 20, "working").date, date(2026, 3, 17))
        # ... and three more pass Friday 20 March (Eid) and the weekend to Monday 23 March.
        due = self.due(date(2026, 2, 17), 23, "working")
        self.assertEqual(due.date, date(2026, 3, 23))
        holidays = [s for s in due.steps if s.kind == "holiday"]
        # The second day of Eid is a Saturday: already counted as weekly rest.
        self.assertEqual([s.date for s in holidays], [date(2026, 3, 20)])

    def test_start_on_a_holiday_or_weekend_is_said_and_counts_the_same(self):
        due = self.due(date(2026, 5, 1), 10)
        self.assertEqual(due.date, date(2026, 5, 11))
        self.assertEqual(due.steps[1], ("start_closed", date(2026, 5, 1), "labour_day"))
        due = self.due(date(2026, 2, 7), 3)  # Saturday
        self.assertEqual(due.date, date(2026, 2, 10))
        self.assertEqual(due.steps[1].detail, "weekend")
        # Working days from a holiday start with the next working day as day 1.
        self.assertEqual(self.due(date(2026, 5, 1), 1, "working").date, date(2026, 5, 4))

    def test_extension_continues_the_count(self):
        # 20 + 20 working days (law 31-13) is the same as 40 in one go.
        extended = self.due(date(2026, 4, 1), 20, "working", extension_days=20)
        self.assertEqual(extended.date, self.due(date(2026, 4, 1), 40, "working").date)
        self.assertIn("extension", self.kinds(extended))

    def test_extension_is_added_before_a_closed_day_is_carried_over(self):
        # 4 days end on Saturday 7 February; 3 more end on Tuesday 10, not on Thursday 12.
        due = self.due(date(2026, 2, 3), 4, extension_days=3)
        self.assertEqual(due.date, date(2026, 2, 10))
        self.assertNotIn("roll", self.kinds(due))

    def test_other_weekly_rest(self):
        due = self.due(date(2026, 2, 5), 1, "working", weekend={4})
        self.assertEqual(due.date, date(2026, 2, 7))

    def test_year_end(self):
        # Thursday 1 January 2026 is a holiday.
        self.assertEqual(self.due(date(2025, 12, 31), 1).date, date(2026, 1, 2))

    def test_values_of_holidays_come_back_untouched(self):
        marker = ("any", "value")
        due = compute_due(date(2026, 2, 2), 1, "calendar", {date(2026, 2, 3): marker})
        self.assertIs(due.steps[2].detail, marker)

    def test_mistakes_are_refused(self):
        for error, args, options in (
            (TypeError, (datetime(2026, 2, 2, 23, 30), 1, "calendar"), {}),
            (TypeError, ("2026-02-02", 1, "calendar"), {}),
            (ValueError, (date(2026, 2, 2), -1, "calendar"), {}),
            (ValueError, (date(2026, 2, 2), 4000, "calendar"), {}),
            (ValueError, (date(2026, 2, 2), 1, "weeks"), {}),
            (ValueError, (date(2026, 2, 2), 1, "working"), {"roll": "back"}),
            (ValueError, (date(2026, 2, 2), 1, "working"), {"weekend": range(7)}),
        ):
            with self.subTest(args=args, options=options), self.assertRaises(error):
                compute_due(*args, {}, **options)
