"""When the kiosk gives out tickets: hours, pauses, holidays, Ramadan."""

from datetime import date, datetime

from odoo.exceptions import UserError
from odoo.tests import BaseCase, freeze_time, tagged

from ..tools.hours import without
from .queue_common import QueueCase

MONDAY, FRIDAY = date(2026, 9, 7), date(2026, 9, 11)


@tagged("post_install", "-at_install")
class TestHours(BaseCase):
    def test_without(self):
        day = [(8.5, 12.0), (12.5, 16.5)]
        self.assertEqual(without(day, []), day)
        self.assertEqual(without(day, [(10, 10.5)]), [(8.5, 10), (10.5, 12.0), (12.5, 16.5)])
        self.assertEqual(without(day, [(11, 13)]), [(8.5, 11), (13, 16.5)])
        self.assertEqual(without(day, [(0, 24)]), [])
        self.assertEqual(without(day, [(16, 17), (8, 9), (15.5, 16.2)]), [(9, 12.0), (12.5, 15.5)])


@tagged("post_install", "-at_install")
class TestQueueHours(QueueCase):
    def test_pauses_are_taken_out(self):
        self.env["jamaa.queue.pause"].create(
            {"name": "Prayer", "site_id": self.annex.id, "weekday": "4", "hour_from": 15, "hour_to": 15.5,
             "date_from": "2026-09-01", "date_to": "2026-09-30"}
        )  # fmt: skip
        self.assertEqual(self.annex._queue_spans(MONDAY), [(8.5, 12.0), (12.5, 16.5)])
        self.assertEqual(self.annex._queue_spans(FRIDAY), [(8.5, 12.0), (13.5, 15.0), (15.5, 16.5)])
        self.assertEqual(self.annex._queue_spans(date(2026, 10, 2)), [(8.5, 12.0), (13.5, 16.5)], "its dates are over")

    def test_dated_hours_of_the_site(self):
        calendar = self.env["resource.calendar"].create({"name": "Ramadan", "company_id": self.here.id})
        calendar.attendance_ids = [(5,), (0, 0, {"name": "M", "dayofweek": "0", "hour_from": 9, "hour_to": 15})]
        self.env["jamaa.site.opening"].create(
            {"name": "Ramadan", "site_id": self.annex.id, "date_from": MONDAY, "date_to": FRIDAY, "calendar_id": calendar.id}
        )  # fmt: skip
        self.assertEqual(self.annex._queue_spans(MONDAY), [(9, 15)])

    def test_holiday(self):
        self.env["jamaa.holiday"].create({"name": "Feast", "date": MONDAY, "company_id": self.here.id})
        self.assertEqual(self.annex._queue_spans(MONDAY), [])
        self.assertEqual(self.headquarters._queue_closed(datetime(2026, 9, 7, 10)), "Closed today.")

    def test_the_kiosk_keeps_hours_on_moroccan_clocks(self):
        # In September Casablanca is an hour ahead of UTC: tickets from 8:00 to 16:15 there.
        for hour, minute, gives in ((6, 59, False), (7, 0, True), (11, 15, True), (15, 14, True), (15, 15, False)):
            with self.subTest(hour=hour, minute=minute), freeze_time(datetime(2026, 9, 7, hour, minute)):
                if gives:
                    self.assertTrue(self._give(channel="kiosk"))
                else:
                    with self.assertRaises(UserError):
                        self._give(channel="kiosk")
                self.assertTrue(self._give(), "reception decides by itself")
        with freeze_time(datetime(2026, 9, 6, 10)), self.assertRaisesRegex(UserError, "Closed today"):
            self._give(channel="qr")
