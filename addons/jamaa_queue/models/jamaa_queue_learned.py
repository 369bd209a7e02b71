"""What the facts of the last weeks teach about a site: made once a day, and kept."""

from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models

from odoo.addons.jamaa_base.models.res_company_setup import COMMUNE_TZ

from ..tools.bands import LEAST, LEAST_DAYS, Calibration
from ..tools.forecast import Habits, learn_habits
from ..tools.service_times import Served, ServiceTimes

#: Facts older than this many weeks no longer count: sheets, desks and people change.
WEEKS = 8
#: A learned row serves until a newer one is made, but not longer than this.
USABLE_DAYS = 7
#: With fewer trusted services nothing is announced.
LEAST_SERVICES = 50


class JamaaQueueLearned(models.Model):
    """Service times, habits and the usual errors of the forecast, for one site and one day.

    The row is a cache that can be made again from the facts at any time; it holds no ticket and no person.
    """

    _name = "jamaa.queue.learned"
    _description = "Learned of a Site's Queues"
    _order = "day desc, id desc"
    _rec_name = "day"
    _log_access = False
    _check_company_auto = True

    company_id = fields.Many2one("res.company", "Commune", required=True, index=True)
    site_id = fields.Many2one("jamaa.site", required=True, check_company=True, ondelete="cascade")
    day = fields.Date(required=True, help="Learned from the facts before this day.")
    service_count = fields.Integer("Services learned from")
    ratio_count = fields.Integer("Forecasts learned from")
    ratio_days = fields.Integer("Days of these forecasts")
    values = fields.Json(export_string_translation=False)

    _site_day_uniq = models.UniqueIndex("(site_id, day DESC)", "One row for a site and a day.")

    @api.model
    def _window(self, day):
        """The moments (UTC) between which facts count for a day."""
        zone = pytz.timezone(COMMUNE_TZ)
        ends = []
        for date in (day - timedelta(weeks=WEEKS), day):
            local = zone.localize(datetime.combine(date, time.min))
            ends.append(local.astimezone(pytz.utc).replace(tzinfo=None))
        return ends

    @api.model
    def _of_site(self, site, make=False):
        """What is known of a site today.

        :param site: a ``jamaa.site``
        :param bool make: make today's row when there is none; pages that change nothing leave it
        :return: the newest row that may still be used, as superuser; empty when there is none
        """
        # sudo: jamaa.queue.learned - figures of the site for its forecast alone
        Learned, today = self.sudo(), self.env["jamaa.queue.ticket"]._today()
        row = Learned.search(
            [("site_id", "=", site.id), ("day", ">", today - timedelta(days=USABLE_DAYS)), ("day", "<=", today)],
            limit=1,
        )
        return Learned._learn(site, today) if make and row.day != today else row

    @api.model
    def _learn(self, site, day):
        """Make the row of a site and a day; two who make it at once make it once.

        :return: the row as superuser
        """
        # sudo: jamaa.queue.learned - made by the forecast alone
        Learned = self.sudo()
        self.env.flush_all()
        window = {"site": site.id, "from": self._window(day)[0], "to": self._window(day)[1]}
        times = ServiceTimes(self._served(window))
        habits = learn_habits(self._gaps(window), self._waits(window))
        ratios = self._ratios(window)
        values = {
            "times": times.dump(),
            "habits": list(habits),
            "bands": Calibration(ratios).dump(),
            "desks": self._usual_desks(window),
            "credit": self._credits(window),
        }
        row = {
            "company_id": site.company_id.id,
            "site_id": site.id,
            "day": day,
            "service_count": times.count,
            "ratio_count": len(ratios),
            "ratio_days": len({one[2] for one in ratios}),
            "values": values,
        }
        # A neighbour may make the same row at the same moment: it is then read, not made twice.
        self.env.cr.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"jamaa.queue.learned:{site.id}"])
        before = Learned.search([("site_id", "=", site.id), ("day", "=", day)], limit=1)
        return before or Learned.create(row)

    def _is_enough(self):
        """Whether there are facts enough for a wait to be told to people."""
        return bool(
            self
            and self.service_count >= LEAST_SERVICES
            and self.ratio_count >= LEAST
            and self.ratio_days >= LEAST_DAYS
        )

    def _times(self):
        return ServiceTimes.load(self.values["times"]) if self else ServiceTimes(())

    def _habits(self):
        return Habits(*self.values["habits"]) if self else Habits()

    def _bands(self):
        return Calibration.load(self.values["bands"]) if self else Calibration()

    # ---------- from the facts ----------

    def _served(self, window):
        """Services that ended: from the call, or from the thing done before, to the end."""
        self.env.cr.execute(
            """WITH steps AS (
                   SELECT kind, at, desk_id, COALESCE(procedure_id, -queue_id) AS what, doubt,
                          lag(kind) OVER visit AS kind_before, lag(at) OVER visit AS at_before
                     FROM jamaa_queue_event
                    WHERE site_id = %(site)s AND at >= %(from)s AND at < %(to)s
                      AND company_id = (SELECT company_id FROM jamaa_site WHERE id = %(site)s)
                      AND kind NOT IN ('recalled', 'serving')
                   WINDOW visit AS (PARTITION BY ticket_id ORDER BY id)
               )
               SELECT what, desk_id, extract(epoch FROM at - at_before)::float / 60, doubt IS NULL FROM steps
                WHERE kind IN ('served', 'parked', 'transferred', 'done') AND kind_before IN ('called', 'served')""",
            window,
        )
        return [Served(*row) for row in self.env.cr.fetchall()]

    def _gaps(self, window):
        """Minutes between an end at a desk and its next call, where that person was waiting already."""
        self.env.cr.execute(
            """WITH steps AS (
                   SELECT kind, at, ticket_id, lag(kind) OVER desk AS kind_before, lag(at) OVER desk AS at_before
                     FROM jamaa_queue_event
                    WHERE site_id = %(site)s AND at >= %(from)s AND at < %(to)s AND desk_id IS NOT NULL
                      AND company_id = (SELECT company_id FROM jamaa_site WHERE id = %(site)s)
                      AND kind IN ('called', 'parked', 'transferred', 'done')
                   WINDOW desk AS (PARTITION BY desk_id ORDER BY id)
               )
               SELECT extract(epoch FROM s.at - s.at_before)::float / 60
                 FROM steps s JOIN jamaa_queue_ticket t ON t.id = s.ticket_id
                WHERE s.kind = 'called' AND s.kind_before IN ('parked', 'transferred', 'done')
                  AND t.issued_at <= s.at_before""",
            window,
        )
        return [row[0] for row in self.env.cr.fetchall()]

    def _waits(self, window):
        """(minutes from the ticket to its first call, whether the person was there) of each ticket called."""
        self.env.cr.execute(
            """SELECT extract(epoch FROM min(e.at) FILTER (WHERE e.kind = 'called') - t.issued_at)::float / 60,
                      NOT bool_or(e.kind = 'no_show')
                 FROM jamaa_queue_event e JOIN jamaa_queue_ticket t ON t.id = e.ticket_id
                WHERE e.site_id = %(site)s AND e.at >= %(from)s AND e.at < %(to)s
                  AND e.company_id = (SELECT company_id FROM jamaa_site WHERE id = %(site)s)
                  AND e.kind IN ('called', 'no_show')
                GROUP BY t.id HAVING bool_or(e.kind = 'called')""",
            window,
        )
        return self.env.cr.fetchall()

    def _ratios(self, window):
        """(forecast, wait, day) of announcements whose wait is known, oldest first."""
        self.env.cr.execute(
            """SELECT expected::float, waited::float, day::text FROM jamaa_queue_announcement
                WHERE site_id = %(site)s AND at >= %(from)s AND at < %(to)s
                  AND outcome IN ('inside', 'shorter', 'longer') AND was_called AND expected IS NOT NULL
                ORDER BY at, id""",
            window,
        )
        return self.env.cr.fetchall()

    def _usual_desks(self, window):
        """Desks that opened on at least half of the days on which any desk of the site did."""
        self.env.cr.execute(
            """WITH opened AS (
                   SELECT DISTINCT desk_id, (at AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date AS day
                     FROM jamaa_queue_desk_state
                    WHERE site_id = %(site)s AND at >= %(from)s AND at < %(to)s AND state = 'open'
                      AND company_id = (SELECT company_id FROM jamaa_site WHERE id = %(site)s)
               )
               SELECT desk_id FROM opened GROUP BY desk_id
               HAVING count(*) * 2 >= (SELECT count(DISTINCT day) FROM opened)""",
            {**window, "zone": COMMUNE_TZ},
        )
        return [row[0] for row in self.env.cr.fetchall()]

    def _credits(self, window):
        """People with a credit: how many a day, their mean credit, and what most of them come for."""
        self.env.cr.execute(
            """SELECT t.queue_id, t.procedure_id, count(*), sum(t.credit_minutes), count(DISTINCT t.day)
                 FROM jamaa_queue_ticket t
                WHERE t.site_id = %(site)s AND t.issued_at >= %(from)s AND t.issued_at < %(to)s
                  AND t.credit_minutes > 0
                GROUP BY t.queue_id, t.procedure_id ORDER BY count(*) DESC LIMIT 20""",
            window,
        )
        rows = self.env.cr.fetchall()
        count = sum(row[2] for row in rows)
        self.env.cr.execute(
            """SELECT count(DISTINCT day) FROM jamaa_queue_ticket
                WHERE site_id = %(site)s AND issued_at >= %(from)s AND issued_at < %(to)s""",
            window,
        )
        days = self.env.cr.fetchone()[0]
        return {
            "a_day": count / days if days else 0.0,
            "minutes": sum(row[3] for row in rows) / count if count else 0.0,
            "what": [[row[0], row[1] or 0] for row in rows[:3]],
        }

    # ---------- the nightly run ----------

    @api.model
    def _cron_learn(self):
        """Make the rows of the day for every site with a queue, one site a step; drop those past use."""
        today = self.env["jamaa.queue.ticket"]._today()
        # sudo: jamaa.queue.learned, jamaa.queue - the nightly run of all communes
        Learned, sites = self.sudo(), self.env["jamaa.queue"].sudo().search([("site_id", "!=", False)]).site_id
        Learned.search([("day", "<", today - timedelta(weeks=WEEKS))]).unlink()
        done = Learned.search([("day", "=", today)]).site_id
        left = sites - done
        for number, site in enumerate(left, 1):
            self._learn(site, today)
            if not self.env["ir.cron"]._commit_progress(1, remaining=len(left) - number):
                return
