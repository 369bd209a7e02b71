"""What the two calls of every minute cost: fifteen queries at most, whatever the length of the queue."""

from odoo.tests import tagged

from .queue_common import QueueCase

BUDGET = 15
#: Finishing with one person and calling the next by one key.
BOTH = 22


@tagged("post_install", "-at_install")
class TestQueueQueries(QueueCase):
    def _cost(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.cr.precommit.data.pop("bus.bus.values", None)
        before = self.env.cr.sql_log_count
        call()
        self.env.flush_all()
        # The message to the screens is one row more, written when the transaction ends.
        told = bool(self.env.cr.precommit.data.pop("bus.bus.values", None))
        return self.env.cr.sql_log_count - before + told

    def _fill(self, number):
        for _one in range(number):
            self._give(procedure=self.procedure)

    def test_call_next(self):
        screen = self._screen()

        def alone():
            number = self._cost(lambda: screen.desk_next(self.desk.id, 0))
            self.Ticket.search([("state", "=", "called")])._finish()
            return number

        self._fill(3)
        alone()
        few = alone()
        self._fill(60)
        many = alone()
        self.assertEqual(few, many)
        self.assertLessEqual(many, BUDGET)

    def test_finish_and_call_next(self):
        screen = self._screen()
        self._fill(4)

        def both():
            current = self.Ticket.search([("state", "=", "called")])
            current._serve()
            return self._cost(lambda: screen.desk_next(self.desk.id, current.id))

        screen.desk_next(self.desk.id, 0)
        both()
        few = both()
        self._fill(60)
        many = both()
        self.assertEqual(few, many)
        self.assertLessEqual(many, BOTH)

    def test_issue(self):
        screen = self._reception()
        codes, values = [f"p:{self.procedure.id}"], {"reasons": self.elderly.ids, "lang": "ar_MA"}

        def give(key):
            return self._cost(lambda: screen.issue_give(self.annex.id, codes, values, key * 20))

        give("a")
        few = give("b")
        self._fill(50)
        many = give("c")
        self.assertEqual(few, many)
        self.assertLessEqual(many, BUDGET)

    def test_screens_are_flat(self):
        screen, panel = self._screen(), self._panel()
        calls = (lambda: screen.desk_state(self.desk.id), lambda: panel.panel_state(self.annex.id))
        self._fill(1)
        for call in calls:
            self._cost(call)
        few = [self._cost(call) for call in calls]
        self._fill(40)
        many = [self._cost(call) for call in calls]
        self.assertEqual(few, many)
        self.assertLessEqual(max(many), 35)
