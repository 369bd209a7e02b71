"""Queues, their prefixes, desks and procedures."""

from contextlib import contextmanager

from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .queue_common import QueueCase


@tagged("post_install", "-at_install")
class TestQueue(QueueCase):
    @contextmanager
    def refused(self):
        """What is done inside is refused by the database or before, and undone."""
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            yield
            self.env.flush_all()

    def test_prefix(self):
        self.assertEqual(self._queue("Small letters", " c ").prefix, "C")
        for prefix in ("A", "1", "ABC", "é"):
            with self.subTest(prefix=prefix), self.refused():
                self._queue("Refused", prefix)
        self.queue_a.active = False
        self.assertTrue(self._queue("After an archived one", "A"))
        self.assertTrue(self._queue("Elsewhere", "B", site=self.headquarters))

    def test_a_procedure_waits_in_one_queue(self):
        with self.assertRaisesRegex(ValidationError, "already waits"):
            self.queue_b.procedure_ids = self.procedure

    def test_desks_stand_at_the_site(self):
        far = self._desk("Far", site=self.headquarters)
        with self.assertRaisesRegex(ValidationError, "stand at its site"):
            self.queue_a.desk_ids |= far
        with self.assertRaisesRegex(ValidationError, "stand at its site"):
            far.queue_ids = self.queue_a

    def test_a_queue_with_tickets_stays(self):
        self._give()
        with self.assertRaisesRegex(ValidationError, "has tickets"):
            self.queue_a.site_id = self.headquarters

    def test_limits(self):
        limits = {"first_number": 0, "last_number": 0, "call_max": 0, "daily_cap": -1, "long_minutes": 0}
        for name, value in limits.items():
            with self.subTest(name=name), self.refused():
                self.queue_a[name] = value

    def test_desk_states_are_rows(self):
        self.assertEqual(self.desk.queue_state, "open")
        before = self.env["jamaa.queue.desk.state"].search_count([("desk_id", "=", self.desk.id)])
        self.desk._queue_set_state("open")
        self.desk._queue_set_state("pause")
        after = self.env["jamaa.queue.desk.state"].search([("desk_id", "=", self.desk.id)])
        self.assertEqual(len(after), before + 1, "no change, no row")
        self.assertEqual(after[0].state, self.desk.queue_state)
        self.assertEqual(self._desk("Never opened").queue_state, "closed")

    def test_each_site_has_a_channel_of_its_own(self):
        sites = self.annex | self.headquarters
        self.assertEqual(len(set(sites.mapped("queue_channel"))), 2)
        old = self.annex.queue_channel
        self.annex.action_queue_new_channel()
        self.assertNotEqual(self.annex.queue_channel, old)
