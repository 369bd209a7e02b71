"""The wait a ticket was told, and what came of it."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.accuracy import LEAST
from ..tools.bands import Band, steadied
from .jamaa_queue_learned import WEEKS

OUTCOMES = [
    ("open", "Not known yet"),
    ("inside", "As announced"),
    ("shorter", "Called sooner"),
    ("longer", "Waited longer"),
    ("unknown", "Left before: nobody knows"),
]
KINDS = [
    ("now", "In a few minutes"),
    ("under", "Less than"),
    ("between", "Between"),
    ("doubtful", "Between, perhaps not today"),
    ("unlikely", "Probably not today"),
    ("none", "Nobody serves this today any more"),
]


class JamaaQueueAnnouncement(models.Model):
    """One announcement. What was said stays; how long the wait was is added once it is known.

    While too little is known, forecasts are made and judged but told to nobody (``is_shown`` not set): they teach how
    wide the band must be.
    """

    _name = "jamaa.queue.announcement"
    _inherit = ["jamaa.append.only"]
    _description = "Announced Wait"
    _order = "id desc"
    _rec_name = "ticket_id"
    _log_access = False
    _check_company_auto = True

    company_id = fields.Many2one("res.company", "Commune", required=True, index=True)
    site_id = fields.Many2one("jamaa.site", required=True, check_company=True, ondelete="restrict")
    queue_id = fields.Many2one("jamaa.queue", required=True, ondelete="restrict")
    ticket_id = fields.Many2one("jamaa.queue.ticket", required=True, check_company=True, ondelete="restrict")
    day = fields.Date(required=True)
    at = fields.Datetime("When", required=True)
    expected = fields.Float("Expected (minutes)", digits=(8, 1), aggregator="avg")
    low = fields.Integer("From (minutes)", aggregator="avg")
    high = fields.Integer("To (minutes)", aggregator="avg")
    kind = fields.Selection(KINDS, "Announced as", required=True)
    is_shown = fields.Boolean("Told to people", help="Not set while too little is known for it to be right.")

    # Added once it is known
    outcome = fields.Selection(OUTCOMES, "What came of it", required=True, default="open")
    waited = fields.Float("Waited (minutes)", digits=(8, 1), aggregator="avg")
    was_called = fields.Boolean("Called", help="Not set for who left before the call.")

    _ticket_uniq = models.UniqueIndex("(ticket_id)", "A ticket is told its wait once.")
    _site_at_idx = models.Index("(site_id, at)")
    _queue_idx = models.Index("(queue_id)")

    @api.model
    def _announce(self, ticket):
        """Say how long a ticket just given out will wait, and keep what was said. Once for each ticket.

        :param ticket: a ``jamaa.queue.ticket``
        :return: the row as superuser; empty where the site announces nothing or the ticket does not wait
        """
        # sudo: jamaa.queue.announcement - added by the queue itself alone
        Announcement, ticket = self.sudo(), ticket.sudo()
        before = Announcement.search([("ticket_id", "=", ticket.id)], limit=1)
        site = ticket.site_id
        if before or ticket.state != "waiting" or not site.queue_announce:
            return before
        learned = self.env["jamaa.queue.learned"]._of_site(site, make=True)
        forecast, _now = site._queue_forecast(learned)
        wait = forecast.of_waiting().get(ticket.id)
        if not wait:
            return before
        band = learned._bands().announce(wait)
        return Announcement.create(
            {
                "company_id": ticket.company_id.id,
                "site_id": site.id,
                "queue_id": ticket.queue_id.id,
                "ticket_id": ticket.id,
                "day": ticket.day,
                "at": fields.Datetime.now(),
                "expected": wait.expected or 0.0,
                "low": band.low or 0,
                "high": band.high or 0,
                "kind": band.kind,
                "is_shown": learned._is_enough(),
            }
        )

    def _band(self):
        """What was announced, as the forecast knows it."""
        told = self.kind not in ("unlikely", "none")
        return Band(self.kind, self.low, self.high) if told else Band(self.kind)

    @api.model
    def _words(self, band):
        """A band in words, in the language of the context.

        :param band: a ``Band``
        """
        if band.kind == "none":
            return self.env._("Nobody serves this today any more.")
        if band.kind == "unlikely":
            return self.env._("You may not be served today.")
        if band.kind == "doubtful":
            return self.env._(
                "Between %(low)s and %(high)s minutes; you may not be served today.", low=band.low, high=band.high
            )
        if band.low:
            return self.env._("Between %(low)s and %(high)s minutes", low=band.low, high=band.high)
        return self.env._("Under %(high)s minutes", high=band.high)

    def _told(self):
        """What the holder was told, in words; empty while too little is known."""
        return self._words(self._band()) if self and self.is_shown else ""

    @api.model
    def _now_for(self, ticket):
        """The wait of a ticket as it stands now, without jumps from what was told before.

        :param ticket: a ``jamaa.queue.ticket`` that waits
        :return: the words; empty while too little is known
        """
        # sudo: jamaa.queue.announcement - of this ticket, for whoever holds its key
        told = self.sudo().search([("ticket_id", "=", ticket.id)], limit=1)
        # sudo: jamaa.queue.ticket - plain words for whoever holds its key
        site = ticket.sudo().site_id
        if not told.is_shown or not site.queue_announce:
            return ""
        learned = self.env["jamaa.queue.learned"]._of_site(site)
        forecast, _now = site._queue_forecast(learned)
        wait = forecast.of_waiting().get(ticket.id)
        if not wait:
            return ""
        elapsed = (fields.Datetime.now() - told.at) / timedelta(minutes=1)
        return self._words(steadied(told._band(), elapsed, learned._bands().announce(wait), wait.expected))

    @api.model
    def _score(self, tickets, called):
        """Add how long these tickets waited, counted from the announcement.

        A wait in whole steps of seconds is judged against the round figures that were told. Who left after the band
        had ended waited longer than announced; who left before shows nothing.

        :param bool called: False for who left
        """
        self.flush_model()
        self.env.cr.execute(
            """UPDATE jamaa_queue_announcement a
                  SET was_called = %(called)s, waited = w.minutes,
                      outcome = CASE
                          WHEN a.kind IN ('unlikely', 'none') THEN 'unknown'
                          WHEN w.minutes > a.high THEN 'longer'
                          WHEN NOT %(called)s THEN 'unknown'
                          WHEN w.minutes < a.low THEN 'shorter'
                          ELSE 'inside' END
                 FROM (SELECT id, GREATEST(extract(epoch FROM %(now)s - at) / 60, 0) AS minutes
                         FROM jamaa_queue_announcement
                        WHERE ticket_id = ANY(%(tickets)s) AND outcome = 'open') w
                WHERE w.id = a.id""",
            {"called": called, "now": fields.Datetime.now(), "tickets": tickets.ids},
        )
        self.invalidate_model(["was_called", "waited", "outcome"], flush=False)

    @api.model
    def _published(self, site):
        """How often the announced waits of a site were right in the last weeks, in words.

        :return: empty below thirty waits that can be judged
        """
        since = self.env["jamaa.queue.ticket"]._today() - timedelta(weeks=WEEKS)
        # sudo: jamaa.queue.announcement - one figure of the site, shown to everybody
        counts = dict(
            self.sudo()._read_group(
                [
                    ("site_id", "=", site.id),
                    ("at", ">=", since),
                    ("is_shown", "=", True),
                    ("outcome", "in", ["inside", "shorter", "longer"]),
                ],
                ["outcome"],
                ["__count"],
            )
        )
        judged = sum(counts.values())
        if judged < LEAST:
            return ""
        return self.env["jamaa.queue.accuracy"]._words_of(counts.get("inside", 0), judged)

    def copy_data(self, default=None):
        """A fact is not copied.

        :raise UserError: always
        """
        raise UserError(self._words_not_changed())


class JamaaQueueTicket(models.Model):
    _inherit = "jamaa.queue.ticket"

    def _move(self, kind, values=None, **facts):
        """Judge what was announced, once the wait is over."""
        result = super()._move(kind, values, **facts)
        if kind in ("called", "left"):
            self.env["jamaa.queue.announcement"]._score(self, kind == "called")
        return result
