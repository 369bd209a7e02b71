"""A site with two queues, three desks and their clerks."""

from datetime import timedelta

from odoo import fields

from odoo.addons.jamaa_reception.tests.log_common import LogCase


class QueueCase(LogCase):
    """Queue A for a procedure, queue B for plain visits; desks 1 and 2 call from A, desk 3 from both."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk_a = cls._make_user("t_clerk_a", "jamaa_base.group_service_agent")
        cls.clerk_b = cls._make_user("t_clerk_b", "jamaa_base.group_service_agent")
        cls.other = cls._published(code="civil-test-other")
        cls.desk_2 = cls._desk("Desk 2")
        cls.desk_3 = cls._desk("Desk 3", procedure_ids=[])
        cls.queue_a = cls._queue(
            "Civil status",
            "A",
            procedure_ids=[(6, 0, (cls.procedure | cls.other).ids)],
            desk_ids=[(6, 0, (cls.desk | cls.desk_2 | cls.desk_3).ids)],
        )
        cls.queue_b = cls._queue("Anything", "B", desk_ids=[(6, 0, cls.desk_3.ids)])
        cls.desks = cls.desk | cls.desk_2 | cls.desk_3
        cls.desks._queue_set_state("open")
        cls.Ticket = cls.env["jamaa.queue.ticket"]
        cls.elderly = cls.env.ref("jamaa_queue.queue_reason_elderly")
        cls.infant = cls.env.ref("jamaa_queue.queue_reason_infant")

    @classmethod
    def _queue(cls, name, prefix, site=None, **vals):
        return cls.env["jamaa.queue"].create(
            {"name": name, "prefix": prefix, "site_id": (site or cls.annex).id, **vals}
        )

    @classmethod
    def _give(cls, queue=None, procedure=None, channel="reception", **options):
        """Give out one ticket for one thing."""
        wishes = [(queue or cls.queue_a, procedure or cls.env["jamaa.procedure"], 1)]
        return cls.env["jamaa.queue.ticket"]._issue(cls.annex, wishes, channel, **options)

    @classmethod
    def _aged(cls, ticket, minutes):
        """Let a ticket have been given out so many minutes ago."""
        earlier = timedelta(minutes=minutes)
        ticket.sudo().write(
            {
                "issued_at": ticket.issued_at - earlier,
                "effective_at": ticket.effective_at - earlier,
                "state_at": ticket.state_at - earlier,
            }
        )
        ticket.event_ids._rewrite({"at": fields.Datetime.now() - earlier})
        return ticket

    def _last(self, ticket):
        """The last fact of a ticket."""
        return self.env["jamaa.queue.event"].search([("ticket_id", "=", ticket.id)], limit=1)

    def _screen(self, user=None):
        return self._as(user or self.clerk_a, self.env["jamaa.queue.desk.screen"])

    def _reception(self, user=None):
        return self._as(user or self.agent, self.env["jamaa.queue.issue.screen"])

    def _panel(self, user=None):
        return self._as(user or self.supervisor, self.env["jamaa.queue.panel.screen"])
