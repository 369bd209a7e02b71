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
            ticket = self._claim(ids)
            if ticket:
                ticket._call(desk)
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
        # sudo: jamaa.desk - which queues and procedures are this desk's, whoever stands there
        desk = desk.sudo()
        queues = desk.queue_ids
        if not queues:
            return []
        procedures = desk.procedure_ids.ids
        self.env["jamaa.queue.ticket"].flush_model()
        self.env.cr.execute(
            """SELECT id FROM jamaa_queue_ticket
                WHERE queue_id = ANY(%(queues)s) AND state = 'waiting'
                  AND (day = %(today)s OR queue_id = ANY(%(kept)s))
                  AND (wanted_desk_id IS NULL OR wanted_desk_id = %(desk)s)
                  AND (procedure_id IS NULL OR %(all)s OR procedure_id = ANY(%(procedures)s))
                  AND (language_id IS NULL OR language_id != ALL(%(elsewhere)s))
                  AND id != ALL(%(seen)s)
             ORDER BY effective_at, id LIMIT %(limit)s""",
            {
                "queues": queues.ids,
                "today": self._today(),
                "kept": queues.filtered("keep_overnight").ids,
                "desk": desk.id,
                "all": not procedures,
                "procedures": procedures,
                "elsewhere": self._spoken_elsewhere(desk, queues),
                "seen": list(seen),
                "limit": limit,
            },
        )
        return [row[0] for row in self.env.cr.fetchall()]

    @api.model
    def _spoken_elsewhere(self, desk, queues):
        """Ids of languages spoken at another open desk of these queues and not at this one."""
        self.env.flush_all()
        self.env.cr.execute(
            """WITH spoken AS (
                   SELECT DISTINCT r.skill_id, rel.desk_id
                     FROM jamaa_queue_desk_rel rel
                     JOIN jamaa_skill_requirement r ON r.desk_id = rel.desk_id AND r.active
                     JOIN hr_skill s ON s.id = r.skill_id AND s.skill_type_id = %(languages)s
                    WHERE rel.queue_id = ANY(%(queues)s))
               SELECT skill_id FROM spoken
                WHERE desk_id != %(desk)s
                  AND (SELECT state FROM jamaa_queue_desk_state d WHERE d.desk_id = spoken.desk_id
                        ORDER BY id DESC LIMIT 1) = 'open'
               EXCEPT SELECT skill_id FROM spoken WHERE desk_id = %(desk)s""",
            {
                "languages": self.env.ref("jamaa_base.skill_type_languages").id,
                "queues": queues.ids,
                "desk": desk.id,
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
        :return: one ticket as superuser, or none
        """
        for ticket_id in ids:
            try:
                with self.env.cr.savepoint(flush=False):
                    self.env.cr.execute(
                        "SELECT id FROM jamaa_queue_ticket WHERE id = %s AND state = 'waiting' FOR UPDATE SKIP LOCKED",
                        [ticket_id],
                        log_exceptions=False,
                    )
                    if self.env.cr.fetchone():
                        # sudo: jamaa.queue.ticket - nobody writes on tickets but the queue itself
                        return self.sudo().browse(ticket_id)
            except SerializationFailure:
                continue
        # sudo: jamaa.queue.ticket - as above
        return self.sudo().browse()

    def _pick_for(self, desk):
        """Call this ticket out of turn.

        :raise UserError: it does not wait any more
        """
        self.ensure_one()
        ticket = self._claim(self.ids)
        if not ticket:
            raise UserError(self.env._("%(number)s does not wait any more.", number=self.code))
        ticket._call(desk)
        return ticket

    def _call(self, desk):
        """Call a locked ticket to a desk; how many earlier ones it passes is part of the fact."""
        self.ensure_one()
        self._move(
            "called",
            {"state": "called", "desk_id": desk.id, "wanted_desk_id": False, "call_count": self.call_count + 1},
            desk=desk,
            overtook=self._overtaken(),
        )
        self._tell_call(desk)

    def _overtaken(self):
        """How many of the same queue came earlier and wait on."""
        self.env.cr.execute(
            "SELECT count(*) FROM jamaa_queue_ticket WHERE queue_id = %s AND state = 'waiting' AND id < %s",
            [self.queue_id.id, self.id],
        )
        return self.env.cr.fetchone()[0]

    def _tell_call(self, desk):
        """Tell boards and screens of the site: a number and a desk, nothing else."""
        self.site_id._queue_notify(
            "called", {"code": self.code, "desk": desk.name, "desk_id": desk.id, "lang": self.lang}
        )
