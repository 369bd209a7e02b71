"""The state of a site's queues as the forecast reads it, and the waits that follow."""

from datetime import datetime, time

import pytz

from odoo import fields, models

from odoo.addons.jamaa_base.models.res_company_setup import COMMUNE_TZ

from ..tools.forecast import Desk, Forecast, State, Ticket, likely_overtakers


class JamaaSite(models.Model):
    """Keys of the forecast are ``(queue, procedure, language, desk)``, 0 where there is none: on these it depends
    which desks may call. How long it takes depends on the procedure alone (or the queue, for a plain visit)."""

    _inherit = "jamaa.site"

    queue_announce = fields.Boolean(
        "Announce the wait",
        default=True,
        help="Told on tickets, telephones and boards once there are facts enough for it to be right.",
    )
    queue_qr = fields.Boolean(
        "QR code on the ticket", default=True, help="Leads to the page where the number can be followed by telephone."
    )
    queue_message = fields.Char(
        "Message on the board", translate=True, help="A line below the calls: closing times, an interruption."
    )

    def _queue_forecast(self, learned, more=()):
        """Play the rest of the day forward from the facts as they stand.

        :param learned: the ``jamaa.queue.learned`` row, or an empty one
        :param more: further keys that will be asked about
        :return: a ``Forecast``, and the minute of the day it starts from
        """
        self.ensure_one()
        zone = pytz.timezone(COMMUNE_TZ)
        local = pytz.utc.localize(fields.Datetime.now()).astimezone(zone)
        midnight = zone.localize(datetime.combine(local.date(), time.min)).astimezone(pytz.utc).replace(tzinfo=None)
        now = (fields.Datetime.now() - midnight).total_seconds() / 60
        waiting = self._queue_waiting(midnight, local.date())
        spans = tuple((start * 60, end * 60) for start, end in self._queue_spans(local.date()))
        expected = self._queue_expected(learned, now, spans)
        keys = {key for ticket in (*waiting, *expected) for key in ticket.procedures} | set(more)
        desks = self._queue_desks(learned, keys, midnight, spans, now)
        keys |= {key for desk in desks for key in desk.serving}
        times = learned._times()
        for key in keys:
            times.also(key, key[1] or -key[0])
        return Forecast(State(now, desks, waiting, expected), times, learned._habits()), now

    def _queue_waiting(self, midnight, today):
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT t.id, t.queue_id, COALESCE(t.procedure_id, 0), COALESCE(t.language_id, 0),
                      COALESCE(t.wanted_desk_id, 0),
                      extract(epoch FROM t.effective_at - %(midnight)s)::float / 60,
                      extract(epoch FROM t.issued_at - %(midnight)s)::float / 60,
                      (SELECT array_agg(ARRAY[s.queue_id, COALESCE(s.procedure_id, 0)] ORDER BY s.id)
                         FROM jamaa_queue_ticket_service s WHERE s.ticket_id = t.id AND NOT s.is_done)
                 FROM jamaa_queue_ticket t JOIN jamaa_queue q ON q.id = t.queue_id AND q.active
                WHERE t.site_id = %(site)s AND t.state = 'waiting' AND (t.day = %(today)s OR q.keep_overnight)
                ORDER BY t.effective_at, t.id""",
            {"midnight": midnight, "site": self.id, "today": today},
        )
        return tuple(
            Ticket(
                number,
                ((queue, procedure, language, desk), *((one, what, 0, 0) for one, what in (lines or [])[1:])),
                order,
                issued,
            )
            for number, queue, procedure, language, desk, order, issued, lines in self.env.cr.fetchall()
        )

    def _queue_expected(self, learned, now, spans):
        """People with a credit who are likely to come, and will stand before some who wait."""
        credit = learned.values["credit"] if learned else {}
        open_minutes = sum(end - start for start, end in spans)
        if not open_minutes or not credit.get("a_day"):
            return ()
        until = spans[-1][1] - self.queue_late_minutes
        kinds = [(queue, procedure, 0, 0) for queue, procedure in credit["what"]]
        return likely_overtakers(now, until, credit["a_day"] / open_minutes, credit["minutes"], kinds)

    def _queue_desks(self, learned, keys, midnight, spans, now):
        """The desks of the site: what each may call of these keys, when it works, whom it serves."""
        self.env.cr.execute(
            """SELECT d.id,
                      ARRAY(SELECT queue_id FROM jamaa_queue_desk_rel WHERE desk_id = d.id),
                      ARRAY(SELECT procedure_id FROM jamaa_desk_procedure_rel WHERE desk_id = d.id),
                      ARRAY(SELECT skill_id FROM jamaa_skill_requirement n
                             WHERE n.desk_id = d.id AND n.active AND n.skill_type_id = %(languages)s),
                      last.state, extract(epoch FROM last.at - %(midnight)s)::float / 60,
                      t.queue_id, COALESCE(t.procedure_id, 0), extract(epoch FROM t.called_at - %(midnight)s)::float / 60
                 FROM jamaa_desk d
                 LEFT JOIN LATERAL (SELECT state, at FROM jamaa_queue_desk_state s
                                     WHERE s.desk_id = d.id ORDER BY s.id DESC LIMIT 1) last ON TRUE
                 LEFT JOIN LATERAL (
                    SELECT t.queue_id, t.procedure_id,
                           COALESCE((SELECT e.at FROM jamaa_queue_event e
                                      WHERE e.ticket_id = t.id AND e.kind IN ('called', 'served')
                                      ORDER BY e.id DESC LIMIT 1), t.state_at) AS called_at
                      FROM jamaa_queue_ticket t
                     WHERE t.desk_id = d.id AND t.state IN ('called', 'serving') LIMIT 1) t ON TRUE
                WHERE d.site_id = %(site)s AND d.active
                ORDER BY d.id""",
            {
                "languages": self.env["ir.model.data"]._xmlid_to_res_id("jamaa_base.skill_type_languages"),
                "midnight": midnight,
                "site": self.id,
            },
        )
        rows = self.env.cr.fetchall()
        usual = set(learned.values["desks"]) if learned else None
        spoken = [(set(row[1]), set(row[3]), row[4] == "open") for row in rows]
        desks = []
        for desk, queues, procedures, skills, state, state_at, queue, procedure, since in rows:
            is_open = state == "open"
            today_set = state_at is not None and state_at >= 0
            may = set()
            for key in keys:
                key_queue, key_procedure, language, wanted = key
                if key_queue not in queues or (wanted and wanted != desk):
                    continue
                if key_procedure and procedures and key_procedure not in procedures:
                    continue
                # Who wants a language waits for a desk that speaks it, as long as one is open.
                if (
                    language
                    and language not in skills
                    and any(opened and key_queue in theirs and language in words for theirs, words, opened in spoken)
                ):
                    continue
                may.add(key)
            desks.append(
                Desk(
                    desk,
                    frozenset(may),
                    spans if self._queue_counts_on(desk, state, today_set, usual) else (),
                    is_open,
                    ((queue, procedure, 0, 0),) if queue else (),
                    since or now,
                    # Nobody says when a pause ends: it is taken to last as long again as it has lasted.
                    state_at if today_set and state in ("pause", "back_office") else None,
                )
            )
        return tuple(desks)

    def _queue_counts_on(self, desk, state, today_set, usual):
        """Whether a desk is counted on for the rest of the day.

        One that was closed today has finished; one nobody opened yet is counted on when it opens on most days.
        """
        if state == "open":
            return True
        if today_set:
            return state != "closed"
        return usual is not None and desk in usual

    def _queue_bands(self):
        """The wait of who takes a ticket now, for each queue.

        :return: dict: id of the queue -> words in the language of the context; empty while too little is known
        """
        self.ensure_one()
        # sudo: jamaa.site - figures of the site, shown to whoever stands there
        site = self.sudo()
        learned = self.env["jamaa.queue.learned"]._of_site(site)
        if not site.queue_announce or not learned._is_enough():
            return {}
        keys = {queue.id: (queue.id, 0, 0, 0) for queue in site.queue_ids}
        forecast, _now = site._queue_forecast(learned, keys.values())
        bands, Announcement = learned._bands(), self.env["jamaa.queue.announcement"]
        return {queue: Announcement._words(bands.announce(forecast.of_new_for((key,)))) for queue, key in keys.items()}

    def _queue_board_state(self, waits=True):
        """What the board's page shows: `_queue_board`, the message of the site, and the waits when asked.

        :param bool waits: play the forecast; left out, queues have no ``wait``
        """
        self.ensure_one()
        state = self._queue_board()
        if waits:
            bands = self._queue_bands()
            for queue in state["queues"]:
                queue["wait"] = bands.get(queue["id"], "")
        # sudo: jamaa.site - the message is for whoever stands in front of the board
        return {**state, "message": self.sudo().queue_message or ""}
