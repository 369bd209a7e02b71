"""Who may do what; nothing crosses from one commune to another."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .queue_common import QueueCase

MODELS = (
    "jamaa.queue",
    "jamaa.queue.pause",
    "jamaa.queue.ticket",
    "jamaa.queue.ticket.service",
    "jamaa.queue.event",
    "jamaa.queue.desk.state",
    "jamaa.queue.reason.use",
    "jamaa.queue.alarm",
    "jamaa.queue.announcement",
    "jamaa.queue.accuracy",
    "jamaa.queue.device",
)


@tagged("post_install", "-at_install")
class TestQueueAccess(QueueCase):
    def test_screens_by_role(self):
        registry, far = self.clerk, self.far_agent
        calls = {
            "desk": lambda user: self._screen(user).desk_state(self.desk.id),
            "next": lambda user: self._screen(user).desk_next(self.desk.id, 0),
            "issue": lambda user: self._reception(user).issue_give(self.annex.id, [f"q:{self.queue_a.id}"]),
            "panel": lambda user: self._panel(user).panel_state(self.annex.id),
        }
        allowed = {
            self.clerk_a: {"desk", "next"},
            self.agent: {"desk", "next", "issue"},
            self.supervisor: {"desk", "next", "issue", "panel"},
            registry: set(),
        }
        for user, mine in allowed.items():
            for name, call in calls.items():
                with self.subTest(user=user.login, call=name):
                    if name in mine:
                        call(user)
                    else:
                        with self.assertRaises(AccessError):
                            call(user)
        for name in ("desk", "next", "issue"):
            with self.subTest(call=name), self.assertRaises(UserError):
                calls[name](far)

    def test_nobody_writes_on_tickets_and_facts(self):
        ticket = self._give(reasons=self.elderly)
        for user in (self.clerk_a, self.agent, self.supervisor, self.director_user, self.admin_user):
            for record in (ticket, ticket.event_ids, ticket.service_ids):
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(
                        record.with_user(user).has_access(operation), (user.login, record._name, operation)
                    )

    def test_facts_are_for_who_is_in_charge(self):
        ticket = self._give()
        self.assertFalse(ticket.event_ids.with_user(self.agent).has_access("read"))
        self.assertTrue(ticket.event_ids.with_user(self.supervisor).has_access("read"))
        self.assertTrue(ticket.with_user(self.agent).wait_minutes == 0, "times are shown without the facts")

    def test_a_director_sets_minutes_alone(self):
        reason = self._as(self.director_user, self.elderly)
        reason.minutes = 12
        self.assertEqual(self.elderly.with_company(self.there).minutes, 20)
        with self.assertRaises(AccessError):
            reason.name = "Everybody"
        with self.assertRaises(AccessError):
            self._as(self.agent, self.elderly).minutes = 60

    def test_keys_are_not_read(self):
        ticket = self._give(key="k" * 20)
        for name in ("token", "tap_key"):
            with self.assertRaises(AccessError):
                ticket.with_user(self.supervisor).read([name])
        with self.assertRaises(AccessError):
            self.annex.with_user(self.supervisor).read(["queue_channel"])

    def test_communes_are_apart(self):
        ticket = self._give(reasons=self.elderly)
        self.env["jamaa.queue.pause"].create(
            {"name": "Prayer", "site_id": self.annex.id, "hour_from": 13, "hour_to": 14}
        )
        self.env["jamaa.queue.alarm"]._note(self.desk, "raised")
        self.env["jamaa.queue.announcement"]._announce(ticket)._rewrite({"is_shown": True, "outcome": "inside"})
        self.env["jamaa.queue.device"].create({"name": "Board", "site_id": self.annex.id})
        self.env.flush_all()
        far = self._make_user(
            "t_far_all", "jamaa_base.group_site_supervisor,jamaa_base.group_director", company=self.there
        )
        for model in MODELS:
            with self.subTest(model=model):
                self.assertFalse(self._as(far, self.env[model]).search([("company_id", "=", self.here.id)]))
        with self.assertRaises(AccessError):
            self._as(far, ticket).read(["code"])
        with self.assertRaises(UserError):
            self.queue_a.desk_ids = self.env["jamaa.desk"].create(
                {"name": "F", "site_id": self.far_site.id, "company_id": self.there.id, "kind_id": self.kind.id}
            )

    def test_a_supervisor_changes_the_own_site(self):
        far = self._queue("Headquarters", "H", site=self.headquarters)
        self.queue_a.with_user(self.supervisor).name = "Changed"
        with self.assertRaises(AccessError):
            far.with_user(self.supervisor).name = "Changed"
        with self.assertRaises(AccessError):
            self.queue_a.with_user(self.agent).name = "Changed"
