"""Calling: the order, who serves what, what follows a call."""

from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .queue_common import QueueCase


@tagged("post_install", "-at_install")
class TestQueueOrder(QueueCase):
    def _calls(self, desk, number):
        called = []
        for _one in range(number):
            ticket = self.Ticket._next_for(desk)
            called.append(ticket.code or "")
            if ticket:
                ticket._finish()
        return called

    def test_first_come_first_called(self):
        for _one in range(3):
            self._give()
        self.assertEqual(self._calls(self.desk, 4), ["A001", "A002", "A003", ""])

    def test_a_credit_passes_who_came_little_before(self):
        early, late = self._aged(self._give(), 40), self._aged(self._give(), 10)
        urgent = self._give(reasons=self.elderly)
        self.assertEqual(self._calls(self.desk, 3), [early.code, urgent.code, late.code])
        call = urgent.event_ids.filtered(lambda event: event.kind == "called")
        self.assertEqual(call.overtook, 1, "the one who waited 10 minutes was passed, the one of 40 was not")

    def test_a_desk_calls_for_what_it_serves(self):
        other, mine = self._give(procedure=self.other), self._give(procedure=self.procedure)
        self.assertEqual(self._calls(self.desk, 2), [mine.code, ""], "desk 1 does not serve the other procedure")
        self.assertEqual(self._calls(self.desk_3, 1), [other.code], "a desk without a list serves all")

    def test_a_shared_desk_merges_its_queues(self):
        b, a = self._aged(self._give(self.queue_b), 5), self._aged(self._give(), 3)
        self.assertEqual(self._calls(self.desk_3, 2), [b.code, a.code])
        self._give(self.queue_b)
        self.assertEqual(self._calls(self.desk, 1), [""], "desk 1 does not call from B")

    def test_a_language_waits_for_the_desk_that_speaks_it(self):
        self.desk_2.language_ids = self.tachelhit
        wanting, plain = self._give(language=self.tachelhit), self._give()
        self.assertEqual(self._calls(self.desk, 2), [plain.code, ""])
        self.assertEqual(self._calls(self.desk_2, 1), [wanting.code])
        again = self._give(language=self.tachelhit)
        self.desk_2._queue_set_state("pause")
        self.assertEqual(self._calls(self.desk, 1), [again.code], "nobody else speaks it now: called all the same")

    def test_yesterday_is_not_called(self):
        ticket = self._give()
        ticket.day = self._day(-1)
        self.assertEqual(self._calls(self.desk, 1), [""])
        self.queue_a.keep_overnight = True
        self.assertEqual(self._calls(self.desk, 1), [ticket.code])

    def test_no_desk_has_two(self):
        self._give()
        self._give()
        self.Ticket._next_for(self.desk)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.Ticket._next_for(self.desk)
            self.env.cr.flush()

    def test_who_was_called_is_not_called_by_another(self):
        ticket = self._give()
        self.assertEqual(self.Ticket._next_for(self.desk), ticket)
        self.assertFalse(self.Ticket._next_for(self.desk_2))
        with self.assertRaisesRegex(UserError, "does not wait"):
            ticket._pick_for(self.desk_2)


@tagged("post_install", "-at_install")
class TestQueueSteps(QueueCase):
    def _called(self, desk=None, **options):
        self._give(**options)
        return self.Ticket._next_for(desk or self.desk)

    def test_nobody_is_put_aside_before_all_calls(self):
        ticket = self._called()
        others = [self._aged(self._give(), minutes) for minutes in (9, 6, 3)]
        ticket._recall()
        ticket._miss()
        self.assertEqual((ticket.state, ticket.call_count), ("waiting", 2), "three calls are owed")
        order = self.Ticket._in_order(self.desk)
        self.assertEqual(order, [others[0].id, others[1].id, ticket.id, others[2].id], "after two others")
        ticket._pick_for(self.desk)
        ticket._miss()
        self.assertEqual(ticket.state, "no_show")

    def test_came_after_all(self):
        self.queue_a.call_max = 1
        ticket = self._called()
        self._give()
        ticket._miss()
        self.assertEqual(ticket.state, "no_show")
        ticket._rejoin()
        self.assertEqual(self.Ticket._in_order(self.desk)[0], ticket.id, "the old place")
        self.assertEqual(ticket.call_count, 0)

    def test_parked_keeps_the_place(self):
        ticket = self._called()
        ticket._serve()
        late = self._give()
        ticket._park()
        self.assertEqual(self.Ticket._in_order(self.desk), late.ids)
        ticket._come_back()
        self.assertEqual(self.Ticket._in_order(self.desk), [ticket.id, late.id])

    def test_sent_on_with_what_was_waited(self):
        ticket = self._called(procedure=self.procedure)
        ticket._serve()
        self._give(self.queue_b)
        ticket._transfer(self.queue_b)
        self.assertEqual((ticket.queue_id, ticket.desk_id), (self.queue_b, self.env["jamaa.desk"]))
        self.assertEqual(self.Ticket._in_order(self.desk_3)[0], ticket.id)
        self.assertEqual(ticket.code, "A001", "the number stays")

    def test_sent_to_one_desk(self):
        ticket = self._called()
        ticket._transfer(self.queue_a, self.desk_2)
        self.assertFalse(self.Ticket._in_order(self.desk))
        self.assertEqual(self.Ticket._in_order(self.desk_2), ticket.ids)
        self.desk_2._queue_set_state("closed")
        self.assertEqual(self.Ticket._in_order(self.desk), ticket.ids, "a desk that closes holds nobody back")
        with self.assertRaisesRegex(UserError, "does not call from"):
            ticket._transfer(self.queue_b, self.desk)

    def test_several_things_one_walk(self):
        none = self.procedure.browse()
        wishes = [(self.queue_a, self.procedure, 1), (self.queue_a, self.procedure, 1), (self.queue_b, none, 1)]
        ticket = self.Ticket._issue(self.annex, wishes, "reception")
        self.Ticket._next_for(self.desk)
        ticket._serve()
        self.assertTrue(ticket._finish(), "the second is served at the same desk")
        self.assertEqual(ticket.state, "serving")
        self.assertFalse(ticket._finish())
        self.assertEqual((ticket.state, ticket.queue_id), ("waiting", self.queue_b), "the third is elsewhere")
        self.Ticket._next_for(self.desk_3)
        ticket._serve()
        self.assertFalse(ticket._finish())
        self.assertEqual(ticket.state, "done")

    def test_steps_out_of_place_are_refused(self):
        ticket = self._give()
        for step in ("_recall", "_serve", "_miss", "_park", "_finish", "_rejoin", "_come_back"):
            with self.subTest(step=step), self.assertRaisesRegex(UserError, "Not possible now: A001"):
                getattr(ticket, step)()
        ticket._leave()
        with self.assertRaises(UserError):
            ticket._leave()

    def test_finish_without_a_start_is_doubtful(self):
        ticket = self._called()
        ticket._finish()
        self.assertEqual(self._last(ticket).doubt, "no_start")
        self.assertTrue(ticket.is_doubtful)

    def test_too_long_is_doubtful(self):
        ticket = self._called()
        ticket._serve()
        ticket.state_at = fields.Datetime.now() - timedelta(minutes=self.queue_a.long_minutes + 1)
        ticket._finish()
        self.assertEqual(self._last(ticket).doubt, "too_long")
