"""Facts stay, and everything follows from them."""

from datetime import datetime, timedelta

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from ..tools.visit_times import times_of
from .queue_common import QueueCase

START = datetime(2026, 3, 2, 9, 0)


def facts(*rows):
    """Facts from ``(kind, minutes after nine, doubt)``."""
    return [(kind, START + timedelta(minutes=minute), (doubt or [False])[0]) for kind, minute, *doubt in rows]


@tagged("post_install", "-at_install")
class TestVisitTimes(BaseCase):
    def test_plain_visit(self):
        times = times_of(facts(("issued", 0), ("called", 10), ("serving", 11), ("done", 17)))
        self.assertEqual((times.wait, times.walk, times.service, times.visit), (600, 60, 360, 1020))
        self.assertEqual((times.state, times.doubtful), ("done", False))

    def test_time_away_for_a_paper_is_no_service(self):
        times = times_of(
            facts(
                ("issued", 0), ("called", 5), ("serving", 5), ("parked", 8), ("back", 60), ("called", 62),
                ("serving", 63), ("done", 70),
            )
        )  # fmt: skip
        self.assertEqual(times.service, (3 + 7) * 60)
        self.assertEqual(times.wait, 300, "until the first call")

    def test_missed_and_called_again(self):
        times = times_of(facts(("issued", 0), ("called", 5), ("recalled", 6), ("missed", 7), ("called", 12)))
        self.assertEqual((times.state, times.calls, times.wait), ("called", 3, 300))

    def test_two_desks(self):
        times = times_of(
            facts(
                ("issued", 0), ("called", 1), ("serving", 1), ("transferred", 4), ("called", 9), ("serving", 10),
                ("done", 12),
            )
        )  # fmt: skip
        self.assertEqual(times.service, (3 + 2) * 60)

    def test_nobody_called(self):
        times = times_of(facts(("issued", 0), ("left", 30, "closing")))
        self.assertEqual((times.wait, times.service, times.visit), (None, None, 1800))
        self.assertTrue(times.doubtful)
        self.assertEqual(times_of([]).state, None)


@tagged("post_install", "-at_install")
class TestQueueFacts(QueueCase):
    def test_facts_stay(self):
        ticket = self._give(reasons=self.elderly)
        rows = (
            ticket.event_ids,
            self.env["jamaa.queue.reason.use"].search([], limit=1),
            self.env["jamaa.queue.desk.state"].search([], limit=1),
        )
        for row in rows:
            with self.subTest(model=row._name):
                with self.assertRaises(UserError):
                    row.sudo().write({"site_id": self.headquarters.id})
                with self.assertRaises(UserError):
                    row.sudo().unlink()
        for record in (ticket, ticket.event_ids):
            with self.assertRaises(UserError):
                record.copy()
        with self.assertRaises(UserError):
            ticket.unlink()

    def test_the_ticket_stands_where_its_facts_lead(self):
        """After each step of a crooked day the state and the calls are those that the facts give."""
        self.queue_a.call_max = 2
        ticket = self._give()
        desk = self.desk
        steps = [
            lambda: ticket._pick_for(desk), ticket._recall, ticket._miss, ticket._rejoin,
            lambda: ticket._pick_for(desk), ticket._miss, lambda: ticket._pick_for(desk), ticket._serve, ticket._park,
            ticket._come_back, lambda: ticket._pick_for(desk), ticket._serve,
            lambda: ticket._transfer(self.queue_b), lambda: ticket._pick_for(self.desk_3), ticket._serve, ticket._finish,
        ]  # fmt: skip
        for rank, step in enumerate(steps):
            step()
            rows = ticket.event_ids.sorted("id")
            times = times_of([(event.kind, event.at, event.doubt) for event in rows])
            self.assertEqual((times.state, times.calls), (ticket.state, ticket.call_count), f"step {rank}")
        self.assertEqual(ticket.state, "done")

    def test_times_of_a_ticket(self):
        ticket = self._aged(self._give(), 12)
        self.Ticket._next_for(self.desk)
        self.env.invalidate_all()
        self.assertAlmostEqual(ticket.wait_minutes, 12, delta=0.1)

    def test_the_day_closes_itself(self):
        self.desk.queue_ids = self.queue_a
        waiting, parked, serving = self._give(), self._give(), self._give()
        kept = self._give(self.queue_b)
        self.queue_b.keep_overnight = True
        parked._pick_for(self.desk)
        parked._serve()
        parked._park()
        serving._pick_for(self.desk)
        today = self._give()
        old = waiting | parked | serving | kept
        old.day = self._day(-1)
        self.Ticket._close_batch()
        self.assertEqual(old.mapped("state"), ["left", "left", "done", "waiting"])
        self.assertEqual(today.state, "waiting")
        self.assertEqual(self._last(waiting).doubt, "closing")
        self.assertEqual(self._last(serving).doubt, "forgotten")
        self.assertFalse(self._last(parked).doubt)
        doubtful = self.Ticket.search([("is_doubtful", "=", True), ("id", "in", old.ids)])
        self.assertEqual(doubtful, serving | waiting)
        self.assertEqual(self.Ticket._close_batch(), 0, "a second run finds nothing")

    def test_desks_left_open_are_closed(self):
        states = self.env["jamaa.queue.desk.state"]
        left, open_today = self.desk, self.desk_2
        states.search([("desk_id", "=", left.id)])._rewrite({"at": datetime.now() - timedelta(days=1)})
        states._close_forgotten(self.Ticket._today())
        left.invalidate_recordset()
        self.assertEqual((left.queue_state, open_today.queue_state), ("closed", "open"))
        self.assertTrue(states.search([("desk_id", "=", left.id)], limit=1).forgotten)
        before = states.search_count([])
        states._close_forgotten(self.Ticket._today())
        self.assertEqual(states.search_count([]), before, "a second run finds nothing")

    def test_tokens_end(self):
        ticket = self._give(key="k" * 20)
        self.assertEqual(self.Ticket._by_token(ticket.token), ticket)
        ticket.day = self._day(-3)
        self.env.flush_all()
        self.Ticket._gc_tokens()
        self.assertFalse(ticket.token)
        self.assertFalse(self.Ticket._by_token(False))
        self.assertFalse(self.Ticket._by_token("f" * 32))

    def test_effect_on_others_is_reported(self):
        self.assertFalse(self.env["jamaa.queue.effect"].search([]))
        plain, urgent = self._aged(self._give(), 10), self._give(reasons=self.elderly)
        for ticket in (urgent, plain):
            self.assertEqual(self.Ticket._next_for(self.desk), ticket)
            ticket._serve()
            ticket._finish()
        self.env.flush_all()
        rows = self.env["jamaa.queue.effect"].search([("queue_id", "=", self.queue_a.id)], order="has_credit")
        self.assertEqual(rows.mapped("ticket_count"), [1, 1])
        self.assertEqual(rows.mapped("overtook"), [0, 1])
        self.assertAlmostEqual(rows[0].wait_mean, 10, delta=0.1)
