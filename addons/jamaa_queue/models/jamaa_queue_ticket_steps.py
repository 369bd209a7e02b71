"""What follows a call: called again, served, sent for a paper, sent on, not there, finished."""

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from .jamaa_queue_ticket import AT_DESK


class JamaaQueueTicket(models.Model):
    _inherit = "jamaa.queue.ticket"

    def _lock_in(self, states):
        """Lock the ticket where it is expected to stand.

        :param states: the states from which the step may be taken
        :return: the ticket as superuser
        :raise UserError: it stands elsewhere by now
        """
        self.ensure_one()
        # sudo: jamaa.queue.ticket - nobody writes on tickets but the queue itself
        ticket = self.sudo()
        # A row that another changed since this transaction began is refused here, and the call begins anew.
        ticket.lock_for_update()
        if ticket.state not in states:
            words = dict(ticket._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "Not possible now: %(number)s is “%(state)s”.", number=ticket.code, state=words[ticket.state]
                )
            )
        return ticket

    # ---------- at the desk ----------

    def _recall(self):
        """Call again, from the same desk."""
        ticket = self._lock_in(("called",))
        ticket._move("recalled", {"call_count": ticket.call_count + 1})
        ticket._tell_call(ticket.desk_id)

    def _serve(self):
        """The person is at the desk: service begins."""
        self._lock_in(("called",))._move("serving", {"state": "serving", "call_count": 0})

    def _miss(self):
        """The person does not answer: called again after a few others, and at last put aside.

        Nobody is put aside before as many calls as the queue says.
        """
        ticket = self._lock_in(("called",))
        if ticket.call_count >= ticket.queue_id.call_max:
            ticket._move("no_show", {"state": "no_show", "desk_id": False})
        else:
            ticket._move("missed", {"state": "waiting", "desk_id": False, "effective_at": ticket._place_after_some()})
        ticket.site_id._queue_notify("moved")

    def _place_after_some(self):
        """The place behind the next few who wait; behind all when they are fewer."""
        number = self.queue_id.pass_after_miss
        if not number:
            return self.effective_at
        ahead = self.search(
            [("queue_id", "=", self.queue_id.id), ("state", "=", "waiting")],
            order="effective_at, id",
            limit=number,
        )
        return ahead[-1].effective_at + timedelta(seconds=1) if ahead else self.effective_at

    def _rejoin(self):
        """Somebody who did not answer stands there after all: the old place, calls counted anew."""
        ticket = self._lock_in(("no_show",))
        ticket._move("rejoined", {"state": "waiting", "call_count": 0, "effective_at": ticket._first_place()})
        ticket.site_id._queue_notify("moved")

    def _park(self):
        """The person goes for a paper and keeps the place."""
        ticket = self._lock_in(AT_DESK)
        ticket._move("parked", {"state": "parked", "desk_id": False, "call_count": 0}, doubt=ticket._doubt_of_service())
        ticket.site_id._queue_notify("moved")

    def _come_back(self):
        """The person is back with the paper: the place of the morning, not the end of the queue."""
        ticket = self._lock_in(("parked",))
        ticket._move("back", {"state": "waiting", "effective_at": ticket._first_place()})
        ticket.site_id._queue_notify("moved")

    def _first_place(self):
        return self.issued_at - timedelta(minutes=self.credit_minutes)

    def _transfer(self, queue, desk=None):
        """Send to another queue, or to one desk of it; what was waited counts there too.

        :param queue: of the same site
        :param desk: one that calls from it; empty for any
        :raise UserError: not of this site, or the desk does not call from this queue
        """
        ticket = self._lock_in((*AT_DESK, "waiting"))
        if queue.site_id != ticket.site_id or not queue.active:
            raise UserError(self.env._("Choose a queue of the same site."))
        # sudo: jamaa.queue - which desks call from it
        if desk and desk not in queue.sudo().desk_ids:
            raise UserError(self.env._("This desk does not call from that queue."))
        ticket._move("transferred", doubt=ticket._doubt_of_service())
        line = ticket._service_now()
        values = {"state": "waiting", "desk_id": False, "call_count": 0, "effective_at": ticket._first_place()}
        if queue != ticket.queue_id:
            # The procedure is asked at a desk that may not have it on its list: it goes on as a plain visit.
            served = line.procedure_id in queue.procedure_ids
            line.write({"queue_id": queue.id, "procedure_id": line.procedure_id.id if served else False})
            values.update(queue_id=queue.id, procedure_id=line.procedure_id.id)
        ticket.write({**values, "wanted_desk_id": desk.id if desk else False, "state_at": fields.Datetime.now()})
        ticket.site_id._queue_notify("moved")

    def _service_now(self):
        """The line of the visit that is being done."""
        return self.env["jamaa.queue.ticket.service"].search_fetch(
            [("ticket_id", "=", self.id), ("is_done", "=", False)], ["queue_id", "procedure_id"], limit=1
        )

    # ---------- the end ----------

    def _finish(self):
        """What was asked is done; what else the visit is for comes next, here or at another desk.

        :return: whether the person stays at this desk
        """
        ticket = self._lock_in(AT_DESK)
        doubt = ticket._doubt_of_service()
        ticket._service_now().is_done = True
        rest = ticket._service_now()
        if not rest:
            ticket._move("done", {"state": "done"}, doubt=doubt)
            ticket.site_id._queue_notify("moved")
            return False
        desk = ticket.desk_id
        stays = rest.queue_id in desk.queue_ids and (
            not rest.procedure_id or not desk.procedure_ids or rest.procedure_id in desk.procedure_ids
        )
        target = {"queue_id": rest.queue_id.id, "procedure_id": rest.procedure_id.id}
        if stays:
            ticket._move("served", doubt=doubt)
            ticket.write({**target, "state": "serving", "state_at": fields.Datetime.now()})
            return True
        ticket._move("transferred", doubt=doubt)
        ticket.write(
            {
                **target,
                "state": "waiting",
                "state_at": fields.Datetime.now(),
                "desk_id": False,
                "call_count": 0,
                "effective_at": ticket._first_place(),
            }
        )
        ticket.site_id._queue_notify("moved")
        return False

    def _leave(self):
        """The person does not wait any longer."""
        ticket = self._lock_in(("waiting", "called", "parked", "no_show"))
        ticket._move("left", {"state": "left", "desk_id": False})
        ticket.site_id._queue_notify("moved")

    def _doubt_of_service(self):
        """Why the time at the desk that ends now is not to be trusted; False when it is."""
        self.ensure_one()
        if self.state == "called":
            return "no_start"
        if self.state != "serving":
            return False
        lasted = fields.Datetime.now() - self.state_at
        return "too_long" if lasted > timedelta(minutes=self.queue_id.long_minutes) else False
