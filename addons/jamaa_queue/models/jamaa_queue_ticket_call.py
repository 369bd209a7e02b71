"""Calling the next: each person by one desk, nobody skipped, in the order everybody can check."""

from psycopg2.errors import SerializationFailure

from odoo import api, models
from odoo.exceptions import UserError

#: How many of those in front are looked at; more desks than this do not call at one moment.
LOOK = 50


class JamaaQueueTicket(models.Model):
    _inherit = "jamaa.queue.ticket"

    @api.model
    def _next_for(self, desk):
        """Call the next person for a desk.

        :param desk: a ``jamaa.desk``, open
        :return: the ticket as superuser, empty when nobody waits for this desk
        """
        seen = []
        while ids := self._in_order(desk, seen):
            ticket, overtaken = self._claim(ids)
            if ticket:
                ticket._call(desk, overtaken)
                return ticket
            # All of them were called by others since this transaction began: look further back.
            seen += ids
        # sudo: jamaa.queue.ticket - as the one that is found
        return self.sudo().browse()

    @api.model
    def _in_order(self, desk, seen=(), limit=LOOK):
        """Ids of those who wait for a desk, first come first.

        The order is one sentence: who came first, a credit counted as having come earlier. Left out
        are those for another desk, for a procedure this desk does not serve, and those who want a
        language that is spoken at another open desk of these queues and not here.

        :param seen: ids to leave out
        """
        self.env.flush_all()
        self.env.cr.execute(
            """WITH spoken AS (
                   SELECT DISTINCT rel.desk_id, need.skill_id
                     FROM jamaa_queue_desk_rel mine
                     JOIN jamaa_queue_desk_rel rel ON rel.queue_id = mine.queue_id
                     JOIN jamaa_skill_requirement need ON need.desk_id = rel.desk_id AND need.active
                                                      AND need.skill_type_id = %(languages)s
                    WHERE mine.desk_id = %(desk)s
               ), elsewhere AS (
                   SELECT skill_id FROM spoken
                    WHERE desk_id != %(desk)s
                      AND (SELECT state FROM jamaa_queue_desk_state last WHERE last.desk_id = spoken.desk_id
                            ORDER BY last.id DESC LIMIT 1) = 'open'
                   EXCEPT SELECT skill_id FROM spoken WHERE desk_id = %(desk)s
               ), serves AS (
                   SELECT procedure_id FROM jamaa_desk_procedure_rel WHERE desk_id = %(desk)s
               )
               SELECT t.id
                 FROM jamaa_queue_desk_rel mine
                 JOIN jamaa_queue q ON q.id = mine.queue_id AND q.active
                 JOIN jamaa_queue_ticket t ON t.queue_id = q.id AND t.state = 'waiting'
                WHERE mine.desk_id = %(desk)s
                  AND (t.day = %(today)s OR q.keep_overnight)
                  AND (t.wanted_desk_id IS NULL OR t.wanted_desk_id = %(desk)s)
                  AND (t.procedure_id IS NULL OR t.procedure_id IN (SELECT procedure_id FROM serves)
                       OR NOT EXISTS (SELECT FROM serves))
                  AND (t.language_id IS NULL OR t.language_id NOT IN (SELECT skill_id FROM elsewhere))
                  AND t.id != ALL(%(seen)s)
             ORDER BY t.effective_at, t.id LIMIT %(limit)s""",
            {
                "desk": desk.id,
                "languages": self.env["ir.model.data"]._xmlid_to_res_id("jamaa_base.skill_type_languages"),
                "today": self._today(),
                "seen": list(seen),
                "limit": limit,
            },
        )
        return [row[0] for row in self.env.cr.fetchall()]

    @api.model
    def _claim(self, ids):
        """Lock the first of these tickets that is still waiting.

        Another desk at the same moment steps over what this one holds (SKIP LOCKED). What another
        called since this transaction began looks as if it were waiting; the database refuses it, and
        the one after is tried: nothing is tried again from the start, whatever the number of desks.

        :param list ids: in the order of calling
        :return: one ticket as superuser, or none; and how many of the same queue came earlier and wait on
        """
        self.flush_model()
        for ticket_id in ids:
            try:
                with self.env.cr.savepoint(flush=False):
                    self.env.cr.execute(
                        """SELECT (SELECT count(*) FROM jamaa_queue_ticket w
                                     WHERE w.queue_id = t.queue_id AND w.state = 'waiting' AND w.id < t.id)
                             FROM jamaa_queue_ticket t
                            WHERE t.id = %s AND t.state = 'waiting' FOR UPDATE OF t SKIP LOCKED""",
                        [ticket_id],
                        log_exceptions=False,
                    )
                    row = self.env.cr.fetchone()
                    if row:
                        # sudo: jamaa.queue.ticket - nobody writes on tickets but the queue itself
                        return self.sudo().browse(ticket_id), row[0]
            except SerializationFailure:
                continue
        # sudo: jamaa.queue.ticket - as above
        return self.sudo().browse(), 0

    def _pick_for(self, desk):
        """Call this ticket out of turn.

        :raise UserError: it does not wait any more
        """
        self.ensure_one()
        ticket, overtaken = self._claim(self.ids)
        if not ticket:
            raise UserError(self.env._("%(number)s does not wait any more.", number=self.code))
        ticket._call(desk, overtaken)
        return ticket

    def _call(self, desk, overtaken):
        """Call a locked ticket to a desk; how many earlier ones it passes is part of the fact."""
        self.ensure_one()
        self._move(
            "called",
            {"state": "called", "desk_id": desk.id, "wanted_desk_id": False, "call_count": self.call_count + 1},
            desk=desk,
            overtook=overtaken,
        )
        self._tell_call(desk)

    def _tell_call(self, desk):
        """Tell boards and screens of the site: a number and a desk, nothing else."""
        self.site_id._queue_notify(
            "called", {"code": self.code, "desk": desk.name, "desk_id": desk.id, "lang": self.lang}
        )
