"""What a ticket is told about its wait, and whether it was right."""

from datetime import datetime, timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import BaseCase, freeze_time, tagged
from odoo.tools import mute_logger

from ..tools.bands import Band, Calibration
from ..tools.service_times import Served, ServiceTimes
from .forecast_common import ForecastCase

#: A Monday, ten o'clock in Casablanca.
TEN = datetime(2026, 9, 7, 9, 0)


def after(minutes):
    return freeze_time(TEN + timedelta(minutes=minutes))


@tagged("post_install", "-at_install")
class TestStored(BaseCase):
    def test_service_times_come_back_from_store(self):
        times = ServiceTimes([Served(1 + one % 3, 7 + one % 2, 3.0 + one % 5) for one in range(200)], {9: 30.0})
        again = ServiceTimes.load(times.dump())
        for procedure in (1, 2, 3, 9, 99):
            for place in (7, 8, None):
                self.assertEqual(again.mean(procedure, place), times.mean(procedure, place))
                self.assertEqual(again.remaining(procedure, place, 2.0), times.remaining(procedure, place, 2.0))
        self.assertEqual(again.spread(12), times.spread(12))
        again.also("new", 2)
        self.assertEqual(again.mean("new", 7), times.mean(2, 7))

    def test_bands_come_back_from_store(self):
        ratios = [(one % 60, one % 60 * 1.2, one % 9) for one in range(400)]
        bands = Calibration(ratios)
        again = Calibration.load(bands.dump())
        for forecast in (0, 3, 12, 40, 200):
            self.assertEqual(again.ends(forecast), bands.ends(forecast))


@tagged("post_install", "-at_install")
class TestAnnouncement(ForecastCase):
    def _announce(self, ticket):
        return self.env["jamaa.queue.announcement"]._announce(ticket)

    def _queue_of(self, number):
        return [self._give(procedure=self.procedure) for _one in range(number)]

    def test_the_wait_grows_with_the_queue_and_shrinks_with_desks(self):
        with after(0):
            self._know()
            self._queue_of(12)
            long = self._announce(self._give(procedure=self.procedure))
            self.assertTrue(long.is_shown)
            self.assertGreater(long.expected, 15)
            self.assertLessEqual(long.low, long.expected)
            self.assertGreaterEqual(long.high, long.expected)
            self.desk_2._queue_set_state("closed")
            self.desk_3._queue_set_state("closed")
            alone = self._announce(self._give(procedure=self.procedure))
            self.assertGreater(alone.expected, long.expected * 2)

    def test_nobody_serves_it(self):
        with after(0):
            self._know()
            self.desks._queue_set_state("closed")
            row = self._announce(self._give(procedure=self.procedure))
            self.assertEqual((row.kind, row._told()), ("none", "Nobody serves this today any more."))

    def test_said_once(self):
        with after(0):
            self._know()
            ticket = self._give()
            first = self._announce(ticket)
            self.assertEqual(self._announce(ticket), first)
            with self.assertRaises(UserError):
                first.high = 5
            with self.assertRaises(UserError):
                first.unlink()
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                first.create(
                    {**{name: first[name].id for name in ("company_id", "site_id", "queue_id", "ticket_id")},
                     "day": first.day, "at": first.at, "kind": "now"}
                )  # fmt: skip

    def test_nothing_is_told_while_too_little_is_known(self):
        with after(0):
            row = self._announce(self._give())
            self.assertFalse(row.is_shown, "made and judged all the same")
            self.assertEqual(row._told(), "")
            self.assertEqual(self.annex._queue_bands(), {})
            for short in ({"service_count": 49}, {"ratio_count": 29}, {"ratio_days": 4}):
                with self.subTest(short=short):
                    self.assertFalse(self._know(**short)._is_enough())
            self.assertTrue(self._know()._is_enough())
            self.assertTrue(self.annex._queue_bands()[self.queue_a.id])

    def test_switched_off(self):
        with after(0):
            self._know()
            self.annex.queue_announce = False
            self.assertFalse(self._announce(self._give()))
            self.assertEqual(self.annex._queue_bands(), {})

    def test_words(self):
        words = self.env["jamaa.queue.announcement"]._words
        self.assertEqual(words(Band("between", 20, 35)), "Between 20 and 35 minutes")
        self.assertEqual(words(Band("under", 0, 10)), "Under 10 minutes")
        self.assertEqual(words(Band("unlikely")), "You may not be served today.")
        self.assertIn("may not be served today", words(Band("doubtful", 20, 35)))

    def test_scored_when_called(self):
        with after(0):
            self._know()
            tickets = self._queue_of(5)
            rows = [self._announce(ticket) for ticket in tickets]
            for row in rows:
                row._rewrite({"low": 10, "high": 20, "kind": "between"})
        for minutes, outcome in ((9.9, "shorter"), (10, "inside"), (20, "inside"), (20.1, "longer")):
            with self.subTest(minutes=minutes), after(minutes):
                ticket = self.Ticket._next_for(self.desk)
                row = rows[tickets.index(ticket)]
                self.assertEqual((row.outcome, row.was_called), (outcome, True))
                self.assertAlmostEqual(row.waited, minutes, 3)
                ticket._finish()
        with after(15):
            tickets[4]._leave()
        self.assertEqual((rows[4].outcome, rows[4].was_called), ("unknown", False))

    def test_who_leaves_after_the_band_waited_longer(self):
        with after(0):
            self._know()
            ticket = self._give()
            row = self._announce(ticket)
            row._rewrite({"low": 10, "high": 20, "kind": "between"})
        with after(25):
            ticket._leave()
        self.assertEqual((row.outcome, row.was_called), ("longer", False))

    def test_only_the_first_call_counts(self):
        with after(0):
            self._know()
            ticket = self._give()
            row = self._announce(ticket)
        with after(4):
            self.Ticket._next_for(self.desk)
            ticket._park()
        with after(40):
            ticket._come_back()
            self.Ticket._next_for(self.desk)
        self.assertAlmostEqual(row.waited, 4, 3)

    def test_accuracy_is_said_from_thirty_waits_on(self):
        with after(0):
            self._know()
            rows = self.env["jamaa.queue.announcement"]
            for number in range(30):
                rows |= self._announce(self._give())
                rows[-1:]._rewrite({"outcome": "inside" if number < 25 else "longer"})
            hidden = self._announce(self._give())
            hidden._rewrite({"outcome": "longer", "is_shown": False})
        self.env.flush_all()
        accuracy = self.env["jamaa.queue.accuracy"].with_user(self.supervisor)
        with after(0):
            published = self.env["jamaa.queue.announcement"]._published
            self.assertEqual(published(self.annex), "Right 8 times out of 10")
            self.assertEqual(published(self.headquarters), "")
        row = accuracy.search([("site_id", "=", self.annex.id)])
        self.assertEqual((row.judged, row.inside, row.longer), (30, 25, 5), "rehearsals do not count")
        self.assertEqual(row.words, "Right 8 times out of 10")
        rows[0]._rewrite({"outcome": "unknown"})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(row.words, "Too few waits yet: 29 of 30")
        far = accuracy.with_user(self.far_agent)
        self.assertFalse(far.has_access("read"))

    def test_learning_from_facts(self):
        for day in range(3):
            start = day * 24 * 60
            with after(start):
                self.desks._queue_set_state("closed")
                (self.desk | self.desk_2)._queue_set_state("open")
                first, second = self._queue_of(2)
                row = self._announce(first)
                self.Ticket._next_for(self.desk)
                first._serve()
            with after(start + 6):
                first._finish()
            with after(start + 7):
                self.Ticket._next_for(self.desk)
                second._serve()
            with after(start + 7 + 90):
                second._finish()
            self.assertEqual(row.waited, 0)
        learned = self.env["jamaa.queue.learned"]
        with after(3 * 24 * 60):
            day = self.Ticket._today()
            start, end = learned._window(day)
            window = {"site": self.annex.id, "from": start, "to": end}
            served = learned._served(window)
            self.assertEqual(
                sorted((one.procedure, one.place, round(one.minutes), one.trusted) for one in served),
                [(self.procedure.id, self.desk.id, 6, True)] * 3 + [(self.procedure.id, self.desk.id, 90, False)] * 3,
            )
            self.assertEqual([round(one) for one in learned._gaps(window)], [1, 1, 1])
            self.assertEqual(sorted(round(wait[0]) for wait in learned._waits(window)), [0, 0, 0, 7, 7, 7])
            self.assertEqual(set(learned._usual_desks(window)), {self.desk.id, self.desk_2.id})
            self.assertEqual(len(learned._ratios(window)), 3)
            row = learned._of_site(self.annex, make=True)
            self.assertEqual((row.day, row.service_count, row.ratio_count, row.ratio_days), (day, 3, 3, 3))
            self.assertEqual(learned._learn(self.annex, day), row, "made once a day")
            empty = {"site": self.headquarters.id, "from": start, "to": end}
            self.assertEqual(learned._served(empty), [])

    def test_bands_follow_what_came_of_them(self):
        with after(0):
            for number in range(40):
                row = self._announce(self._give())
                row._rewrite(
                    {
                        "day": TEN.date() - timedelta(days=1 + number % 8),
                        "at": TEN - timedelta(days=1 + number % 8),
                        "expected": 20,
                        "waited": 40 + number % 4,
                        "outcome": "longer",
                        "was_called": True,
                    }
                )
            self.env.flush_all()
            learned = self.env["jamaa.queue.learned"]
            learned.search([]).unlink()
            row = learned._of_site(self.annex, make=True)
            self.assertEqual((row.ratio_count, row.ratio_days), (40, 8))
            low, high = row._bands().ends(20)
            self.assertGreater(low, 35, "people waited twice as long as forecast: so it is told")
            self.assertGreaterEqual(high, 42)

    def test_rows_are_made_by_the_nightly_run(self):
        kept = patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 1)
        with after(0), kept:
            self.env["jamaa.queue.learned"]._cron_learn()
            self.assertEqual(self.env["jamaa.queue.learned"]._of_site(self.annex).day, TEN.date())
        with after(8 * 24 * 60):
            self.assertFalse(self.env["jamaa.queue.learned"]._of_site(self.annex), "too old")

    def test_a_desk_that_does_not_speak_the_language_is_not_counted(self):
        with after(0):
            key = (self.queue_a.id, self.procedure.id, self.tachelhit.id, 0)
            self.env["jamaa.skill.requirement"].create(
                {"company_id": self.here.id, "desk_id": self.desk_2.id, "skill_id": self.tachelhit.id}
            )
            midnight = datetime(2026, 9, 6, 23)
            empty = self.env["jamaa.queue.learned"]

            def may():
                self.env.flush_all()
                desks = self.annex._queue_desks(empty, {key}, midnight, ((510, 990),), 600)
                return {desk.key for desk in desks if key in desk.procedures}

            self.assertEqual(may(), {self.desk_2.id})
            self.desk_2._queue_set_state("closed")
            self.assertIn(self.desk.id, may(), "nobody who is open speaks it: any desk calls")

    def test_desks_that_are_counted_on(self):
        midnight, spans = datetime(2026, 9, 6, 23), ((510, 990),)
        known = self._know()
        yesterday = self.env["jamaa.queue.desk.state"].search([("desk_id", "in", self.desks.ids)])
        yesterday._rewrite({"at": TEN - timedelta(days=1)})

        def plans(learned):
            self.env.flush_all()
            desks = self.annex._queue_desks(learned, set(), midnight, spans, 600)
            return {desk.key: (desk.plan, desk.back_at) for desk in desks}

        with after(-60):
            (self.desk | self.desk_2)._queue_set_state("closed")
            self.desk_3._queue_set_state("pause")
        found = plans(known)
        self.assertEqual(found[self.desk.id], ((), None), "closed today: it has finished")
        self.assertEqual(found[self.desk_3.id], (spans, 540), "in a pause since nine")
        yesterday.search([("desk_id", "=", self.desk.id)])._rewrite({"at": TEN - timedelta(days=1)})
        self.assertEqual(plans(known)[self.desk.id], (spans, None), "not opened yet, but it does on most days")
        self.assertEqual(plans(known.browse())[self.desk.id], ((), None), "nothing is known of its days")

    def test_queries(self):
        with after(0):
            self._know()

            def cost():
                ticket = self._give(procedure=self.procedure)
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self._announce(ticket)
                self.env.flush_all()
                return self.env.cr.sql_log_count - before

            cost()
            few = cost()
            self._queue_of(60)
            self.assertEqual(cost(), few, "flat")
            self.assertLessEqual(few, 15)
