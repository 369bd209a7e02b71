"""What the two calls of every minute cost: fifteen queries at most, whatever the length of the queue."""

from odoo.tests import tagged

from .queue_common import QueueCase

BUDGET = 15


@tagged("post_install", "-at_install")
class TestQueueQueries(QueueCase):
    def _cost(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _next(self, screen):
        seen = self.Ticket.search([("desk_id", "=", self.desk.id), ("state", "=", "serving")]).id
        return lambda: screen.desk_next(self.desk.id, seen or 0)

    def test_call_next(self):
        screen = self._screen()
        for _one in range(4):
            self._give(procedure=self.procedure)
        first = screen.desk_next(self.desk.id, 0)
        screen.desk_step(self.desk.id, first["id"], "finish")
        few = self._cost(lambda: screen.desk_next(self.desk.id, 0))
        screen.desk_step(self.desk.id, self.Ticket.search([("state", "=", "called")]).id, "finish")
        for _one in range(60):
            self._give(procedure=self.procedure)
        many = self._cost(lambda: screen.desk_next(self.desk.id, 0))
        self.assertEqual(few, many)
        self.assertLessEqual(many, BUDGET)

    def test_issue(self):
        screen = self._reception()
        codes, values = [f"p:{self.procedure.id}"], {"reasons": self.elderly.ids, "lang": "ar_MA"}
        give = lambda key: lambda: screen.issue_give(self.annex.id, codes, values, key * 20)  # noqa: E731
        give("a")()
        few = self._cost(give("b"))
        for _one in range(50):
            self._give()
        many = self._cost(give("c"))
        self.assertEqual(few, many)
        self.assertLessEqual(many, BUDGET)

    def test_screens_are_flat(self):
        screen, panel = self._screen(), self._panel()
        calls = (lambda: screen.desk_state(self.desk.id), lambda: panel.panel_state(self.annex.id))
        self._give(procedure=self.procedure)
        for call in calls:
            call()
        few = [self._cost(call) for call in calls]
        for _one in range(40):
            self._give(procedure=self.procedure)
        many = [self._cost(call) for call in calls]
        self.assertEqual(few, many)
        self.assertLessEqual(max(many), 35)
