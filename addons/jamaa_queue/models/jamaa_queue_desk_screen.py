"""The clerk's screen: who is next, who is here, what comes of it."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .jamaa_queue_screen import DESKS, OVERSIGHT, RECEPTION

#: How many of those who wait are shown.
SHOWN = 30
#: What can be done with the ticket at the desk, and the method behind it.
STEPS = {"recall": "_recall", "serve": "_serve", "miss": "_miss", "park": "_park", "finish": "_finish"}
#: What can be done with a ticket that is not at a desk.
RETURNS = {"back": "_come_back", "rejoin": "_rejoin", "leave": "_leave"}


class JamaaQueueDeskScreen(models.AbstractModel):
    """The calls of the desk; each checks by itself that the user may stand there."""

    _name = "jamaa.queue.desk.screen"
    _inherit = ["jamaa.queue.screen"]
    _description = "At the desk"

    # ---------- calls ----------

    @api.model
    def desk_start(self):
        """What the screen shows first: desks to choose from, and what this user may do besides."""
        self._check_staff(DESKS)
        sites, mine = self._sites()
        desks = self._mine([("queue_ids", "!=", False)])
        return {
            "sites": self._named(sites),
            "site": mine.id,
            "desks": [{"id": desk.id, "name": desk.name, "site": desk.site_id.id} for desk in desks],
            "takes_requests": self.env.user.has_group(RECEPTION[0]),
        }

    @api.model
    def desk_state(self, desk_id):
        """Everything the screen of one desk shows."""
        desk = self._desk(desk_id)
        site = desk.site_id
        Ticket = self.env["jamaa.queue.ticket"]
        order = Ticket._in_order(desk, limit=1000)
        aside = Ticket.search(
            [
                ("site_id", "=", site.id),
                ("state", "in", ["parked", "no_show"]),
                ("queue_id", "in", desk.queue_ids.ids),
            ],
            order="state_at desc, id desc",
            limit=SHOWN,
        )
        return {
            "desk": {
                "id": desk.id,
                "name": desk.name,
                "state": desk.queue_state,
                "direct": site.queue_mode == "direct",
            },
            "channel": self._channel(site),
            "current": self._current_values(self._current(desk)),
            "waiting": self._short(Ticket.browse(order[:SHOWN])),
            "waiting_count": len(order),
            "aside": self._short(aside),
            "queues": [
                {
                    "id": queue.id,
                    "name": queue.name,
                    "desks": self._named(queue.desk_ids),
                    "mine": queue in desk.queue_ids,
                    "procedures": self._named(queue._served_procedures()),
                }
                for queue in site.queue_ids
            ],
            "alarms": self._alarms(site),
        }

    @api.model
    def desk_next(self, desk_id, seen=0):
        """Call the next person; who is being served is finished first.

        :param int seen: id of the ticket the screen shows at the desk, 0 for none: a key pressed twice,
            or pressed on a screen that is behind, calls nobody
        :return: the ticket at the desk (False when nobody waits)
        """
        desk = self._open_desk(desk_id)
        current = self._current(desk)
        if current.id != (seen or False):
            return self._brief(current)
        if current.state == "called":
            raise UserError(self.env._("Say first whether %(number)s came.", number=current.code))
        if current and current._finish():
            return self._brief(current)
        return self._brief(self.env["jamaa.queue.ticket"]._next_for(desk))

    @api.model
    def desk_pick(self, desk_id, ticket_id, seen=0):
        """Call one person out of turn, from those this desk may serve."""
        desk = self._open_desk(desk_id)
        if self._current(desk).id != (seen or False) or seen:
            raise UserError(self.env._("Finish with the person at the desk first."))
        ticket = self._ticket(ticket_id, desk)
        if ticket.id not in self.env["jamaa.queue.ticket"]._in_order(desk, limit=1000):
            raise UserError(self.env._("%(number)s does not wait for this desk.", number=ticket.code))
        return self._brief(ticket._pick_for(desk))

    @api.model
    def desk_step(self, desk_id, ticket_id, step):
        """Take one step with the person at the desk.

        :param str step: recall, serve, miss, park or finish
        :return: the ticket at the desk afterwards, False for none
        """
        desk = self._desk(desk_id)
        current = self._current(desk)
        if step not in STEPS or not current or current.id != ticket_id:
            raise UserError(self.env._("This person is not at the desk any more."))
        getattr(current, STEPS[step])()
        return self._brief(self._current(desk))

    @api.model
    def desk_transfer(self, desk_id, ticket_id, queue_id, to_desk_id=False):
        """Send the person at the desk to another queue, or to one desk of it."""
        desk = self._desk(desk_id)
        current = self._current(desk)
        if not current or current.id != ticket_id:
            raise UserError(self.env._("This person is not at the desk any more."))
        queue = self._one("jamaa.queue", queue_id, ("site_id", "=", desk.site_id.id))
        target = self._one("jamaa.desk", to_desk_id, ("site_id", "=", desk.site_id.id)) if to_desk_id else None
        current._transfer(queue, target)
        return False

    @api.model
    def desk_return(self, desk_id, ticket_id, step):
        """Take a ticket up again that was put aside, or close it.

        :param str step: back, rejoin or leave
        """
        desk = self._desk(desk_id)
        ticket = self._ticket(ticket_id, desk)
        if step not in RETURNS:
            raise UserError(self.env._("This choice is not there any more."))
        getattr(ticket, RETURNS[step])()
        return self.desk_state(desk_id)

    @api.model
    def desk_take(self, desk_id, code, key=None):
        """Give a number to whoever stands in front of the desk, and begin at once.

        :param str code: ``q:3`` or ``p:12``, of a queue of this desk
        :param str key: comes with one press
        """
        desk = self._open_desk(desk_id)
        if self._current(desk):
            raise UserError(self.env._("Finish with the person at the desk first."))
        wishes = [wish for wish in desk.site_id._queue_wishes([code]) if wish[0].id in desk.queue_ids.ids]
        ticket = self.env["jamaa.queue.ticket"]._issue(desk.site_id, wishes, "desk", key=key)
        if ticket.state == "waiting":
            ticket._pick_for(desk)._serve()
        return self._brief(self._current(desk))

    @api.model
    def desk_set_state(self, desk_id, state):
        """Open, pause, leave for the back office or close.

        :raise UserError: somebody is at the desk
        """
        desk = self._desk(desk_id)
        states = dict(desk._fields["queue_state"]._description_selection(self.env))
        if state not in states:
            raise UserError(self.env._("This choice is not there any more."))
        if state != "open" and self._current(desk):
            raise UserError(self.env._("Finish with the person at the desk first."))
        desk._queue_set_state(state)
        return self.desk_state(desk_id)

    @api.model
    def desk_alarm(self, desk_id):
        """Call for help: every screen of the site shows it at once."""
        self.env["jamaa.queue.alarm"]._note(self._desk(desk_id), "raised")
        return True

    # ---------- what stands behind ----------

    @api.model
    def _desk(self, desk_id):
        """The desk, if the user may stand there.

        :raise AccessError: others are named for it
        """
        self._check_staff(DESKS)
        valid = isinstance(desk_id, int) and not isinstance(desk_id, bool) and 0 < desk_id < 2**31
        desk = self._mine([("id", "=", desk_id)]) if valid else self.env["jamaa.desk"]
        if not desk and self._one("jamaa.desk", desk_id):
            raise AccessError(self.env._("Others are named for this desk: ask the head of the site."))
        return desk

    @api.model
    def _mine(self, domain):
        """Desks where the user may stand: those that name him or her, or nobody; all for who is in charge."""
        domain = Domain(domain) & Domain("company_id", "=", self.env.company.id)
        if not any(map(self.env.user.has_group, OVERSIGHT)):
            domain &= Domain("employee_ids", "=", False) | Domain("employee_ids.user_id", "=", self.env.uid)
        # sudo: jamaa.desk - whether the user is among the people of a desk, never who they are
        desks = self.env["jamaa.desk"].sudo().search_fetch(domain, ["name", "site_id", "company_id"])
        # sudo: jamaa.desk - back to the user's own rights
        return desks.sudo(False)

    @api.model
    def _open_desk(self, desk_id):
        desk = self._desk(desk_id)
        if desk.queue_state != "open":
            raise UserError(self.env._("Open the desk first."))
        return desk

    @api.model
    def _current(self, desk):
        return self.env["jamaa.queue.ticket"].search(
            [("desk_id", "=", desk.id), ("state", "in", ["called", "serving"])], limit=1
        )

    @api.model
    def _ticket(self, ticket_id, desk):
        return self._one("jamaa.queue.ticket", ticket_id, ("queue_id", "in", desk.queue_ids.ids))

    @api.model
    def _brief(self, ticket):
        """The ticket at the desk, as a step answers it: what else the screen shows comes with `desk_state`."""
        if not ticket:
            return False
        return {"id": ticket.id, "code": ticket.code, "state": ticket.state, "at": self._iso(ticket.state_at)}

    @api.model
    def _current_values(self, ticket):
        """The ticket at the desk, and what it is for; False for none."""
        if not ticket:
            return False
        return {
            **self._brief(ticket),
            "calls": ticket.call_count,
            "call_max": ticket.queue_id.call_max,
            "language": ticket.language_id.name or "",
            "services": [
                {
                    "id": line.id,
                    "procedure": line.procedure_id.id,
                    "name": line.procedure_id.name or line.queue_id.name,
                    "quantity": line.quantity,
                    "done": line.is_done,
                }
                for line in ticket.service_ids
            ],
        }
