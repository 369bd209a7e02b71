"""What the queue adds to a site: how people are received, pauses, the channel of its screens."""

from uuid import uuid4

from odoo import api, fields, models

from odoo.addons.jamaa_base.models.res_company_setup import COMMUNE_TZ

from ..tools.hours import without

#: How many of the last calls a board shows.
LAST_CALLS = 6
#: Name of the messages on a site's channel.
BUS_TYPE = "jamaa_queue"


class JamaaSite(models.Model):
    """Reception gives numbers out, or people go straight to a desk."""

    _inherit = "jamaa.site"

    queue_mode = fields.Selection(
        [("reception", "Reception gives out the tickets"), ("direct", "Straight to the desk")],
        "How people are received",
        required=True,
        default="reception",
        help="Straight to the desk: the desk itself gives the number to whoever stands in front of it.",
    )
    queue_ids = fields.One2many("jamaa.queue", "site_id", "Queues")
    queue_pause_ids = fields.One2many("jamaa.queue.pause", "site_id", "Pauses")
    queue_credit_cap = fields.Integer(
        "Most credit (minutes)", default=30, help="Reasons of priority together never count for more."
    )
    queue_early_minutes = fields.Integer(
        "Tickets before opening (minutes)", default=30, help="From when the kiosk gives out tickets."
    )
    queue_late_minutes = fields.Integer(
        "No tickets before closing (minutes)", default=15, help="From when the kiosk gives out no more."
    )
    queue_channel = fields.Char(
        copy=False, readonly=True, groups="base.group_system", help="Secret name under which screens listen."
    )

    _queue_minutes = models.Constraint(
        "CHECK(queue_credit_cap >= 0 AND queue_early_minutes >= 0 AND queue_late_minutes >= 0)",
        "Minutes are not negative.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Give each site a channel of its own."""
        sites = super().create(vals_list)
        sites._queue_new_channel()
        return sites

    def _queue_new_channel(self):
        """Name the channels of these sites anew: screens that listened under the old name hear nothing more."""
        for site in self:
            # sudo: jamaa.site - the name is drawn, not chosen
            site.sudo().queue_channel = uuid4().hex

    def action_queue_new_channel(self):
        """Button: cut off every screen that listens, after one was lost or copied.

        :raise AccessError: not somebody who may change this site
        """
        self.check_access("write")
        self._queue_new_channel()

    # ---------- hours ----------

    def _queue_spans(self, date):
        """When desks call on a day: the open hours without the pauses; empty on holidays.

        :return: ``[(8.5, 12.0), …]``
        """
        self.ensure_one()
        if self.env["jamaa.holiday"]._names_between(self.company_id, date, date):
            return []
        pauses = self.queue_pause_ids._filtered_on(date)
        return without(self._hours_on(date), [(pause.hour_from, pause.hour_to) for pause in pauses])

    def _queue_closed(self, now):
        """Why the kiosk gives out no ticket now.

        Between two spans of a day it goes on: who comes in the pause of midday may wait.

        :param now: a moment in UTC, as Odoo keeps it
        :return: the words; False when it does
        """
        local = fields.Datetime.context_timestamp(self.with_context(tz=COMMUNE_TZ), now)
        spans = self._queue_spans(local.date())
        if not spans:
            return self.env._("Closed today.")
        hour = local.hour + local.minute / 60
        if hour < spans[0][0] - self.queue_early_minutes / 60:
            return self.env._("Not open yet: tickets are given out a little before opening.")
        if hour >= spans[-1][1] - self.queue_late_minutes / 60:
            return self.env._("No more tickets today: the desks are about to close.")
        return False

    # ---------- what kiosk, board and telephone show ----------

    def _queue_choices(self):
        """What a visitor can choose, in the language of the context.

        :return: one dict a queue: ``code`` (``q:3``), ``name``, ``waiting``, and ``procedures``, each with its
            ``code`` (``p:12``) and ``name``; only what at least one desk serves
        """
        self.ensure_one()
        # sudo: jamaa.site - names for whoever stands in front of the kiosk
        queues = self.sudo().queue_ids.filtered("desk_ids")
        return [
            {
                "code": f"q:{queue.id}",
                "name": queue.name,
                "prefix": queue.prefix or "",
                "waiting": queue.waiting_count,
                "procedures": [{"code": f"p:{one.id}", "name": one.name} for one in queue._served_procedures()],
            }
            for queue in queues
        ]

    def _queue_wishes(self, codes):
        """Turn codes of `_queue_choices` into wishes of `jamaa.queue.ticket._issue`.

        :param codes: a list of ``q:3``, ``p:12`` or ``p:12:2`` (two of them); what is not one is left out
        """
        self.ensure_one()
        # sudo: jamaa.queue - looked up at this site alone
        queues = self.env["jamaa.queue"].sudo().search_fetch(
            [("site_id", "=", self.id)],
            ["name", "active", "site_id", "company_id", "prefix", "first_number", "last_number", "daily_cap"],
        )  # fmt: skip
        by_queue = {queue.id: (queue, False) for queue in queues}
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT rel.procedure_id, rel.queue_id FROM jamaa_queue_procedure_rel rel
                 JOIN jamaa_procedure p ON p.id = rel.procedure_id AND p.active
                WHERE rel.queue_id = ANY(%s)""",
            [queues.ids],
        )
        by_procedure = {procedure: (by_queue[queue][0], procedure) for procedure, queue in self.env.cr.fetchall()}
        wishes = []
        for code in codes if isinstance(codes, list | tuple) else ():
            kind, *numbers = str(code)[:30].split(":")
            if not 1 <= len(numbers) <= 2 or not all(part.isdecimal() for part in numbers):
                continue
            known = {"q": by_queue, "p": by_procedure}.get(kind, {}).get(int(numbers[0]))
            if known:
                queue, procedure = known
                quantity = int(numbers[1]) if len(numbers) == 2 else 1
                wishes.append((queue, self.env["jamaa.procedure"].browse(procedure or ()), quantity))
        return wishes

    def _queue_rule(self):
        """The rule of priority as it is shown to everybody.

        :return: ``{"cap": minutes, "reasons": [{"id", "code", "name", "pictogram", "minutes"}]}``
        """
        self.ensure_one()
        # sudo: jamaa.queue.reason - the rule is on the wall
        reasons = self.env["jamaa.queue.reason"].sudo().with_company(self.company_id).search([("active", "=", True)])
        return {
            "cap": self.queue_credit_cap,
            "reasons": [
                {
                    "id": one.id,
                    "code": one.code,
                    "name": one.name,
                    "pictogram": one.pictogram or "",
                    "minutes": min(one.minutes, self.queue_credit_cap),
                }
                for one in reasons
                if one.minutes
            ],
        }

    def _queue_board(self):
        """What a board shows: the last calls first, and how many wait in each queue. Numbers only."""
        self.ensure_one()
        # sudo: jamaa.queue.event - numbers and desks, which the board is for
        events = self.env["jamaa.queue.event"].sudo().search(
            [("site_id", "=", self.id), ("kind", "in", ["called", "recalled"])],
            order="id desc",
            limit=LAST_CALLS * 3,
        )  # fmt: skip
        today, calls, seen = self.env["jamaa.queue.ticket"]._today(), [], set()
        for event in events:
            ticket = event.ticket_id
            if ticket.day == today and ticket.id not in seen and len(calls) < LAST_CALLS:
                seen.add(ticket.id)
                calls.append(
                    {
                        "id": event.id,
                        "code": ticket.code,
                        "desk": event.desk_id.name,
                        "at": fields.Datetime.to_string(event.at),
                        "lang": ticket.lang,
                        "now": ticket.state in ("called", "serving") and ticket.desk_id == event.desk_id,
                    }
                )
        # sudo: jamaa.site - names for whoever stands in front of the board
        queues = self.sudo().queue_ids
        return {
            "calls": calls,
            "queues": [{"id": queue.id, "name": queue.name, "waiting": queue.waiting_count} for queue in queues],
        }

    def _queue_notify(self, kind, values=None):
        """Tell the screens of these sites that something changed, once the transaction is through.

        :param str kind: issued, called, moved, desk, alarm
        :param dict values: numbers and desk names at most
        """
        for site in self:
            # sudo: jamaa.site - the channel is for the server and the screens of the site
            channel = site.sudo().queue_channel
            if channel:
                # sudo: bus.bus - a message without names
                self.env["bus.bus"].sudo()._sendone(channel, BUS_TYPE, {"kind": kind, **(values or {})})
