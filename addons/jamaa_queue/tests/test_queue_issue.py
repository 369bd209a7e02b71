"""Numbers: in order, each once, without a name, within the day's limits."""

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .queue_common import QueueCase


@tagged("post_install", "-at_install")
class TestQueueIssue(QueueCase):
    def test_numbers_run_by_prefix_and_day(self):
        self.assertEqual([self._give().code for _one in range(3)], ["A001", "A002", "A003"])
        self.assertEqual(self._give(self.queue_b).code, "B001", "each prefix counts by itself")
        self.env["jamaa.queue.number"].search([]).day = self._day(-1)
        self.Ticket.search([]).day = self._day(-1)
        self.env.flush_all()
        self.assertEqual(self._give().code, "A001", "a new day begins at one")

    def test_a_number_is_given_once(self):
        ticket = self._give()
        again = {
            **self.Ticket._numbered(self.queue_a, ticket.day, ticket.number, ticket.issued_at),
            "channel": "reception",
            "effective_at": ticket.issued_at,
        }
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.Ticket.create(again)
            self.env.flush_all()

    def test_a_number_of_a_ticket_never_given_comes_back(self):
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self._give()
            raise ZeroDivisionError
        self.assertEqual(self._give().code, "A001")

    def test_daily_cap(self):
        self.queue_a.daily_cap = 2
        self._give()
        self._give()
        with self.assertRaisesRegex(UserError, "given out for today"):
            self._give()
        self.assertTrue(self._give(self.queue_b), "the cap is of one queue")

    def test_last_number(self):
        self.queue_a.write({"first_number": 7, "last_number": 7})
        self.assertEqual(self._give().code, "A007")
        with self.assertRaises(UserError):
            self._give()

    def test_a_tap_sent_twice_is_one_ticket(self):
        first = self._give(key="k" * 20)
        self.assertEqual(self._give(key="k" * 20), first)
        self.assertNotEqual(self._give(key="l" * 20), first)

    def test_no_name_on_it(self):
        """No person and no hand: nothing of the ticket or its facts leads to one."""
        for model in ("jamaa.queue.ticket", "jamaa.queue.event", "jamaa.queue.desk.state", "jamaa.queue.reason.use"):
            for name, field in self.env[model]._fields.items():
                self.assertNotIn(
                    field.comodel_name,
                    ("res.users", "res.partner", "hr.employee", "jamaa.complainant", "jamaa.procedure.request"),
                    f"{model}.{name}",
                )

    def test_reasons_are_counted_apart(self):
        ticket = self._give(reasons=self.elderly)
        self.assertEqual(ticket.credit_minutes, 20)
        use = self.env["jamaa.queue.reason.use"].search([("queue_id", "=", self.queue_a.id)])
        self.assertEqual(use.reason_id, self.elderly)
        fields = self.env["jamaa.queue.reason.use"]._fields.values()
        self.assertNotIn("jamaa.queue.ticket", [field.comodel_name for field in fields])
        tickets = self.env["jamaa.queue.ticket"]._fields.values()
        self.assertNotIn("jamaa.queue.reason", [field.comodel_name for field in tickets])

    def test_credit_is_capped(self):
        self.assertEqual(self._give(reasons=self.elderly | self.infant).credit_minutes, 30)
        self.annex.queue_credit_cap = 5
        self.assertEqual(self._give(reasons=self.elderly).credit_minutes, 5)

    def test_each_commune_sets_its_minutes(self):
        self.elderly.with_company(self.here).minutes = 9
        self.assertEqual(self.elderly.with_company(self.there).minutes, 20)
        self.assertEqual(self._give(reasons=self.elderly).credit_minutes, 9)
        rule = self.annex._queue_rule()
        self.assertEqual({one["code"]: one["minutes"] for one in rule["reasons"]}["elderly"], 9)

    def test_several_things_share_a_number(self):
        wishes = [(self.queue_a, self.procedure, 2), (self.queue_b, self.procedure.browse(), 1)]
        ticket = self.Ticket._issue(self.annex, wishes, "reception")
        self.assertEqual(ticket.service_ids.mapped("quantity"), [2, 1])
        self.assertEqual((ticket.queue_id, ticket.procedure_id), (self.queue_a, self.procedure))

    def test_wishes_of_another_site_or_none(self):
        far = self._queue("Far", "A", site=self.headquarters)
        with self.assertRaisesRegex(UserError, "not there any more"):
            self._give(far)
        with self.assertRaisesRegex(UserError, "what the visit is for"):
            self.Ticket._issue(self.annex, [], "reception")
        with self.assertRaisesRegex(UserError, "At most 6"):
            self.Ticket._issue(self.annex, [(self.queue_b, self.procedure.browse(), 1)] * 7, "reception")

    def test_codes_of_the_kiosk(self):
        choices = self.annex._queue_choices()
        self.assertEqual([one["name"] for one in choices], ["Civil status", "Anything"])
        wishes = self.annex._queue_wishes(
            [f"p:{self.procedure.id}:3", f"q:{self.queue_b.id}", "p:0", "x:1", "q:", "q:1:2:3", None, f"q:{2**40}"]
        )
        self.assertEqual(
            wishes,
            [(self.queue_a, self.procedure, 3), (self.queue_b, self.procedure.browse(), 1)],
            "what is no choice is left out",
        )

    def test_a_procedure_nobody_serves_is_no_choice(self):
        self.desk_3.queue_ids = False
        self.assertEqual(self.annex._queue_choices()[0]["procedures"][0]["name"], self.procedure.name)
        self.assertEqual(len(self.annex._queue_choices()[0]["procedures"]), 1, "no desk is left for the other")

    # ---------- paper roll ----------

    def test_paper_roll(self):
        roll = self._queue("Roll", False, desk_ids=[(6, 0, self.desk.ids)])
        tickets = self.Ticket._issue_roll(roll, 45, 48)
        self.assertEqual(tickets.mapped("code"), ["045", "046", "047", "048"])
        order = self.Ticket._in_order(self.desk)
        self.assertEqual(order, tickets.ids)
        with self.assertRaisesRegex(UserError, "048 was already given out"):
            self.Ticket._issue_roll(roll, 48, 49)
        for first, last in ((5, 4), (0, 3), (1, 1000), (1, 900), (None, 2), (True, 2), ("1", "2")):
            with self.assertRaises(UserError):
                self.Ticket._issue_roll(roll, first, last)

    def test_ahead_counts_who_is_called_before(self):
        first, second = self._give(), self._give()
        urgent = self._give(reasons=self.elderly)
        self.assertEqual((first._ahead(), second._ahead(), urgent._ahead()), (1, 2, 0))
