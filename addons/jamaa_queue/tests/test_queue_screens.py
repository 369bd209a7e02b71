"""What the three screens ask, and what they refuse."""

from base64 import b64decode

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .queue_common import QueueCase


@tagged("post_install", "-at_install")
class TestDeskScreen(QueueCase):
    def test_one_key_through_the_day(self):
        screen = self._screen()
        self._give(procedure=self.procedure)
        self._give()
        first = screen.desk_next(self.desk.id, 0)
        self.assertEqual((first["code"], first["state"]), ("A001", "called"))
        shown = screen.desk_state(self.desk.id)["current"]
        self.assertEqual(shown["services"][0]["procedure"], self.procedure.id)
        with self.assertRaisesRegex(UserError, "whether A001 came"):
            screen.desk_next(self.desk.id, first["id"])
        self.assertEqual(screen.desk_step(self.desk.id, first["id"], "serve")["state"], "serving")
        second = screen.desk_next(self.desk.id, first["id"])
        self.assertEqual(second["code"], "A002")
        self.assertEqual(self.Ticket.browse(first["id"]).state, "done")
        screen.desk_step(self.desk.id, second["id"], "serve")
        self.assertFalse(screen.desk_next(self.desk.id, second["id"]), "nobody waits")
        self.assertEqual(self.Ticket.browse(second["id"]).state, "done", "and the last one is finished")

    def test_a_key_pressed_twice_calls_one(self):
        screen = self._screen()
        self._give()
        second = self._give()
        first = screen.desk_next(self.desk.id, 0)
        self.assertEqual(screen.desk_next(self.desk.id, 0), first)
        self.assertEqual(second.state, "waiting")

    def test_the_screen_shows_numbers_alone(self):
        self._give(procedure=self.procedure, reasons=self.elderly)
        self._give()
        state = self._screen().desk_state(self.desk.id)
        self.assertEqual([one["code"] for one in state["waiting"]], ["A001", "A002"])
        self.assertEqual(state["waiting_count"], 2)
        self.assertEqual(
            set(state["waiting"][0]), {"id", "code", "queue", "procedure", "since", "credit", "state", "language"}
        )
        self.assertEqual(state["channel"], self.annex.queue_channel)

    def test_a_desk_that_is_not_open_calls_nobody(self):
        screen = self._screen()
        self._give()
        for state in ("pause", "back_office", "closed"):
            screen.desk_set_state(self.desk.id, state)
            with self.assertRaisesRegex(UserError, "Open the desk first"):
                screen.desk_next(self.desk.id, 0)
        screen.desk_set_state(self.desk.id, "open")
        self.assertTrue(screen.desk_next(self.desk.id, 0))
        with self.assertRaisesRegex(UserError, "person at the desk first"):
            screen.desk_set_state(self.desk.id, "closed")
        with self.assertRaises(UserError):
            screen.desk_set_state(self.desk.id, "asleep")

    def test_named_people_alone_stand_there(self):
        self.desk.employee_ids = self._employee(self.clerk_a, self.annex)
        self.assertTrue(self._screen(self.clerk_a).desk_state(self.desk.id))
        with self.assertRaisesRegex(AccessError, "Others are named"):
            self._screen(self.clerk_b).desk_next(self.desk.id, 0)
        self.assertTrue(self._screen(self.supervisor).desk_state(self.desk.id), "who is in charge may stand in")
        desks = [one["id"] for one in self._screen(self.clerk_b).desk_start()["desks"]]
        self.assertNotIn(self.desk.id, desks)

    def test_pick(self):
        screen = self._screen()
        self._give()
        second, foreign = self._give(), self._give(self.queue_b)
        with self.assertRaises(UserError):
            screen.desk_pick(self.desk.id, foreign.id)
        self.assertEqual(screen.desk_pick(self.desk.id, second.id)["code"], "A002")
        with self.assertRaisesRegex(UserError, "person at the desk first"):
            screen.desk_pick(self.desk.id, self._give().id)

    def test_steps_of_another_desk_are_refused(self):
        ticket = self._give()
        self.Ticket._next_for(self.desk)
        for call in (
            lambda: self._screen().desk_step(self.desk_2.id, ticket.id, "finish"),
            lambda: self._screen().desk_step(self.desk.id, ticket.id, "unlink"),
            lambda: self._screen().desk_transfer(self.desk_2.id, ticket.id, self.queue_b.id),
            lambda: self._screen().desk_return(self.desk.id, ticket.id, "_finish"),
        ):
            with self.assertRaises(UserError):
                call()
        self.assertEqual(ticket.state, "called")

    def test_send_on_and_take_up_again(self):
        screen = self._screen()
        ticket = self._give()
        screen.desk_next(self.desk.id, 0)
        screen.desk_step(self.desk.id, ticket.id, "park")
        self.assertEqual([one["code"] for one in screen.desk_state(self.desk.id)["aside"]], ["A001"])
        self.assertEqual(screen.desk_return(self.desk.id, ticket.id, "back")["waiting_count"], 1)
        screen.desk_next(self.desk.id, 0)
        self.assertFalse(screen.desk_transfer(self.desk.id, ticket.id, self.queue_b.id, self.desk_3.id))
        self.assertEqual(ticket.wanted_desk_id, self.desk_3)

    def test_straight_to_the_desk(self):
        taken = self._screen().desk_take(self.desk.id, f"p:{self.procedure.id}", "k" * 20)
        self.assertEqual((taken["code"], taken["state"]), ("A001", "serving"))
        self.assertEqual(self.Ticket.browse(taken["id"]).channel, "desk")
        with self.assertRaises(UserError):
            self._screen().desk_take(self.desk.id, f"q:{self.queue_a.id}")
        with self.assertRaises(UserError):
            self._screen().desk_take(self.desk_2.id, f"q:{self.queue_b.id}")

    def test_call_for_help(self):
        self._screen().desk_alarm(self.desk.id)
        self._screen().desk_alarm(self.desk.id)
        self.assertEqual(self.env["jamaa.queue.alarm"].search_count([]), 1, "pressed twice, one call")
        self.assertEqual(self._screen().desk_state(self.desk_2.id)["alarms"][0]["desk"], self.desk.id)
        self.assertFalse(self._panel().panel_answer(self.desk.id)["alarms"])

    def test_a_message_goes_to_the_site_when_somebody_is_called(self):
        self._give()
        self.env.cr.precommit.data.pop("bus.bus.values", None)
        self.env.cr.precommit.data["bus.bus.values"] = []
        self._screen().desk_next(self.desk.id, 0)
        sent = self.env.cr.precommit.data["bus.bus.values"]
        self.assertTrue(any(self.annex.queue_channel in one["channel"] and "A001" in one["message"] for one in sent))


@tagged("post_install", "-at_install")
class TestIssueScreen(QueueCase):
    def test_two_taps(self):
        start = self._reception().issue_start(self.annex.id)
        self.assertEqual([one["code"] for one in start["choices"]], [f"q:{self.queue_a.id}", f"q:{self.queue_b.id}"])
        given = self._reception().issue_give(
            self.annex.id, [f"p:{self.procedure.id}"], {"reasons": self.elderly.ids, "lang": "fr_MA"}, "k" * 20
        )
        self.assertEqual((given["code"], given["ahead"]), ("A001", 0))
        ticket = self.Ticket.browse(given["id"])
        self.assertEqual((ticket.lang, ticket.credit_minutes, ticket.channel), ("fr_MA", 20, "reception"))
        again = self._reception().issue_give(self.annex.id, [f"p:{self.procedure.id}"], {}, "k" * 20)
        self.assertEqual(again["id"], given["id"])

    def test_picture(self):
        ticket = self._give()
        picture = self._reception().issue_picture(ticket.id, 576)
        self.assertEqual(b64decode(picture.partition(",")[2])[:4], b"\x89PNG")

    def test_bad_input(self):
        screen = self._reception()
        for codes in ([], ["p:0"], "p:1", None, [f"p:{self.procedure.id}", "q:999999"]):
            with self.subTest(codes=codes), self.assertRaises(UserError):
                screen.issue_give(self.annex.id, codes)
        for site in (0, None, "1", True, 2**40, self.far_site.id):
            with self.subTest(site=site), self.assertRaises(UserError):
                screen.issue_give(site, [f"q:{self.queue_a.id}"])
        values = {"reasons": ["x", None, 10**8], "lang": "xx", "language": "1"}
        self.assertEqual(screen.issue_give(self.annex.id, [f"q:{self.queue_a.id}"], values)["code"], "A001")

    def test_roll_and_return(self):
        roll = self._queue("Roll", False, desk_ids=[(6, 0, self.desk.ids)])
        state = self._reception().issue_roll(roll.id, 1, 3)
        self.assertEqual(state["waiting"][roll.id], 3)
        ticket = self.Ticket.search([("queue_id", "=", roll.id)], order="id", limit=1)
        self._reception().issue_return(ticket.id, "leave")
        self.assertEqual(ticket.state, "left")
        with self.assertRaises(UserError):
            self._reception().issue_return(ticket.id, "write")


@tagged("post_install", "-at_install")
class TestPanelScreen(QueueCase):
    def test_state_of_a_site(self):
        self._aged(self._give(), 8)
        self._give()
        self.Ticket._next_for(self.desk)
        state = self._panel().panel_state(self.annex.id)
        queue = state["queues"][0]
        self.assertEqual((queue["waiting"], queue["open"]), (1, 3))
        desk = next(one for one in state["desks"] if one["id"] == self.desk.id)
        self.assertEqual((desk["code"], desk["serving"], desk["state"]), ("A001", False, "open"))
        self.assertEqual((state["today"]["given"], state["today"]["median"]), (2, 8))

    def test_a_desk_is_moved_to_where_people_wait(self):
        self._give(self.queue_b)
        self._panel().panel_assign(self.desk.id, self.queue_b.id, True)
        self.assertIn(self.desk, self.queue_b.desk_ids)
        self._panel().panel_assign(self.desk.id, self.queue_b.id, False)
        with self.assertRaisesRegex(UserError, "leave it one desk"):
            self._panel().panel_assign(self.desk_3.id, self.queue_b.id, False)

    def test_a_forgotten_desk_is_closed(self):
        ticket = self._give()
        self.Ticket._next_for(self.desk)
        self._panel().panel_close_desk(self.desk.id)
        self.assertEqual((ticket.state, self.desk.queue_state), ("done", "closed"))
        self.assertEqual(self._last(ticket).doubt, "forgotten")
