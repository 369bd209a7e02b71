"""What the queue adds to a desk: the queues it calls from, whether it calls now."""

from odoo import api, fields, models

from .jamaa_queue_desk_state import STATES


class JamaaDesk(models.Model):
    _inherit = "jamaa.desk"

    queue_ids = fields.Many2many(
        "jamaa.queue",
        "jamaa_queue_desk_rel",
        "desk_id",
        "queue_id",
        "Queues",
        check_company=True,
        domain="[('site_id', '=', site_id)]",
        help="From which it calls. Only people for a procedure it serves are called.",
    )
    queue_state = fields.Selection(STATES, "Now", compute="_compute_queue_state")
    queue_state_at = fields.Datetime("Since", compute="_compute_queue_state")

    def _compute_queue_state(self):
        """The last change of each, in one query; a desk nobody opened is closed."""
        self.env["jamaa.queue.desk.state"].flush_model()
        last = {}
        if self.ids:
            self.env.cr.execute(
                """SELECT desk.id, last.state, last.at FROM unnest(%s) AS desk(id)
                   CROSS JOIN LATERAL (SELECT state, at FROM jamaa_queue_desk_state s
                                        WHERE s.desk_id = desk.id ORDER BY s.id DESC LIMIT 1) last""",
                [self.ids],
            )
            last = {desk: (state, at) for desk, state, at in self.env.cr.fetchall()}
        for desk in self:
            desk.queue_state, desk.queue_state_at = last.get(desk._origin.id, ("closed", False))

    @api.constrains("queue_ids", "site_id")
    def _check_queues(self):
        self.queue_ids._check_desks()

    def _queue_set_state(self, state):
        """Open, pause or close these desks; who was sent to a desk that closes may go to any.

        :param str state: of the selection
        """
        self.env["jamaa.queue.desk.state"]._note(self, state)
        self.invalidate_recordset(["queue_state", "queue_state_at"])
        if state == "closed":
            # sudo: jamaa.queue.ticket - nobody writes on tickets but the queue itself
            waiting = self.env["jamaa.queue.ticket"].sudo().search(
                [("wanted_desk_id", "in", self.ids), ("state", "=", "waiting")]
            )  # fmt: skip
            waiting.write({"wanted_desk_id": False})
        self.site_id._queue_notify("desk")
