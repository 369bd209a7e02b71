"""The panel of who answers for a site: queues, desks, who waits longest, calls for help."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .jamaa_queue_screen import OVERSIGHT


class JamaaQueuePanelScreen(models.AbstractModel):
    """The calls of the panel; each checks by itself that somebody in charge asks. No person is in them."""

    _name = "jamaa.queue.panel.screen"
    _inherit = ["jamaa.queue.screen"]
    _description = "Panel of the queue"

    @api.model
    def panel_state(self, site_id=None):
        """The state of one site.

        :param int site_id: by default where the user works, else the first
        """
        self._check_staff(OVERSIGHT)
        sites, mine = self._sites()
        site = sites.filtered(lambda one: one.id == site_id) or mine
        if not site:
            return {"sites": [], "site": False, "queues": [], "desks": [], "alarms": [], "today": {}}
        return {
            "sites": self._named(sites),
            "site": site.id,
            "channel": self._channel(site),
            "queues": self._queues(site),
            "desks": self._desks(site),
            "alarms": self._alarms(site),
            "today": self._today_figures(site),
        }

    @api.model
    def panel_answer(self, desk_id):
        """Somebody has gone to help at this desk."""
        self._check_staff(OVERSIGHT)
        desk = self._one("jamaa.desk", desk_id)
        self.env["jamaa.queue.alarm"]._note(desk, "answered")
        return self.panel_state(desk.site_id.id)

    @api.model
    def panel_assign(self, desk_id, queue_id, calls):
        """Let a desk call from a queue, or no longer: a desk is moved to where people wait.

        :param bool calls: whether it calls from it
        """
        self._check_staff(OVERSIGHT)
        desk = self._one("jamaa.desk", desk_id)
        queue = self._one("jamaa.queue", queue_id, ("site_id", "=", desk.site_id.id))
        if not calls and not queue.desk_ids - desk and queue.waiting_count:
            raise UserError(self.env._("People wait in “%(queue)s”: leave it one desk.", queue=queue.name))
        command = fields.Command.link(desk.id) if calls else fields.Command.unlink(desk.id)
        # sudo: jamaa.queue - who is in charge moves desks between queues, and changes nothing else of them
        queue.sudo().write({"desk_ids": [command]})
        desk.site_id._queue_notify("desk")
        return self.panel_state(desk.site_id.id)

    @api.model
    def panel_close_desk(self, desk_id):
        """Close a desk that was left open; who stands at it is finished, its time marked as doubtful."""
        self._check_staff(OVERSIGHT)
        desk = self._one("jamaa.desk", desk_id)
        current = self.env["jamaa.queue.ticket"].search(
            [("desk_id", "=", desk.id), ("state", "in", ["called", "serving"])]
        )
        current._move("done", {"state": "done"}, doubt="forgotten")
        desk._queue_set_state("closed")
        return self.panel_state(desk.site_id.id)

    # ---------- what stands behind ----------

    @api.model
    def _queues(self, site):
        """Queues with how many wait, since when the first does, and how many desks call."""
        rows = self.env["jamaa.queue.ticket"]._read_group(
            [("site_id", "=", site.id), ("state", "=", "waiting")], ["queue_id"], ["__count", "issued_at:min"]
        )
        waits = {queue.id: (number, since) for queue, number, since in rows}
        return [
            {
                "id": queue.id,
                "name": queue.display_name,
                "waiting": waits.get(queue.id, (0, False))[0],
                "since": self._iso(waits.get(queue.id, (0, False))[1]),
                "open": len(queue.desk_ids.filtered(lambda desk: desk.queue_state == "open")),
                "desks": queue.desk_ids.ids,
            }
            for queue in site.queue_ids
        ]

    @api.model
    def _desks(self, site):
        desks = self.env["jamaa.desk"].search([("site_id", "=", site.id)])
        tickets = self.env["jamaa.queue.ticket"].search(
            [("desk_id", "in", desks.ids), ("state", "in", ["called", "serving"])]
        )
        current = {ticket.desk_id.id: ticket for ticket in tickets}
        return [
            {
                "id": desk.id,
                "name": desk.name,
                "state": desk.queue_state,
                "since": self._iso(desk.queue_state_at),
                "queues": desk.queue_ids.ids,
                "code": current[desk.id].code if desk.id in current else "",
                "serving": desk.id in current and current[desk.id].state == "serving",
                "at": self._iso(current[desk.id].state_at) if desk.id in current else False,
            }
            for desk in desks
        ]

    @api.model
    def _today_figures(self, site):
        """Today: tickets by where they stand, and the median and the ninth decile of the waits so far."""
        Ticket = self.env["jamaa.queue.ticket"]
        Ticket.flush_model()
        self.env["jamaa.queue.event"].flush_model()
        self.env.cr.execute(
            """SELECT count(*), count(*) FILTER (WHERE t.state = 'done'), count(*) FILTER (WHERE t.state = 'no_show'),
                      count(*) FILTER (WHERE t.state = 'left'),
                      percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (
                          ORDER BY extract(epoch FROM first.at - t.issued_at) / 60)
                 FROM jamaa_queue_ticket t
                 LEFT JOIN LATERAL (SELECT min(e.at) AS at FROM jamaa_queue_event e
                                     WHERE e.ticket_id = t.id AND e.kind = 'called') first ON TRUE
                WHERE t.site_id = %s AND t.day = %s""",
            [site.id, Ticket._today()],
        )
        given, served, absent, left, waits = self.env.cr.fetchone()
        median, late = waits if waits and waits[0] is not None else (None, None)
        return {
            "given": given,
            "served": served,
            "no_show": absent,
            "left": left,
            "median": None if median is None else round(median),
            "p90": None if late is None else round(late),
        }
