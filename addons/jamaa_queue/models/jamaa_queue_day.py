"""The end of a day: what nobody closed is closed, tickets and desks, and marked as doubtful."""

from odoo import api, models
from odoo.fields import Domain

CLOSE_BATCH = 500


class JamaaQueueTicket(models.Model):
    _inherit = "jamaa.queue.ticket"

    @api.model
    def _cron_close_days(self):
        """Close tickets of days that are over, in batches; those of a queue kept overnight wait on."""
        self.env["jamaa.queue.desk.state"]._close_forgotten(self._today())
        while True:
            closed = self._close_batch()
            left = closed == CLOSE_BATCH
            if not self.env["ir.cron"]._commit_progress(closed, remaining=int(left)) or not left:
                return

    @api.model
    def _close_batch(self):
        """Close some.

        :return: how many
        """
        over = Domain("day", "<", self._today())
        kept = Domain("queue_id.keep_overnight", "=", True) & Domain("state", "in", ["waiting", "parked", "no_show"])
        alive = Domain("state", "in", ["waiting", "called", "serving", "parked", "no_show"])
        # sudo: jamaa.queue.ticket - the nightly run of all communes
        tickets = self.sudo().search(over & alive & ~kept, limit=CLOSE_BATCH, order="id")
        at_desk = tickets.filtered(lambda one: one.state in ("called", "serving"))
        at_desk._move("done", {"state": "done"}, doubt="forgotten")
        # Who did not come, or did not come back, left; who still waited was sent away by the clock.
        gone = tickets.filtered(lambda one: one.state in ("parked", "no_show"))
        gone._move("left", {"state": "left", "desk_id": False})
        (tickets - at_desk - gone)._move("left", {"state": "left", "desk_id": False}, doubt="closing")
        return len(tickets)
