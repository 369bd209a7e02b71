"""Giving numbers out: at reception, by the kiosk, to a telephone, from a paper roll."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS

#: Things done in one visit, and numbers taken from a roll at once.
MOST_SERVICES = 6
MOST_FROM_ROLL = 100
#: Who gives numbers out by himself keeps to the opening hours; reception decides by itself.
SELF_SERVICE = ("kiosk", "qr")


class JamaaQueueTicket(models.Model):
    _inherit = "jamaa.queue.ticket"

    @api.model
    def _issue(self, site, wishes, channel, lang="ar_MA", language=None, reasons=None, key=None):
        """Give one number out.

        The call of every channel: the caller has looked at rights, or at the key of its kiosk.

        :param site: a ``jamaa.site``
        :param list wishes: ``(queue, procedure, quantity)``, in the order they are to be done, as
            `jamaa.site._queue_wishes` gives them; the procedure may be empty
        :param str channel: of the selection
        :param str lang: code of the language of the ticket; any other becomes Arabic
        :param language: a ``hr.skill``, the spoken language wanted; empty for any
        :param reasons: ``jamaa.queue.reason`` rows; counted apart, only minutes stay on the ticket
        :param str key: comes with one tap; sent twice by a bad line, it is still one ticket
        :return: the ticket, as superuser
        :raise UserError: closed, nothing asked for, or all numbers given out
        """
        # sudo: jamaa.queue.ticket - numbers are added by the queue itself alone
        Ticket = self.sudo()
        key = f"{site.id}:{key[:64]}" if isinstance(key, str) and key else False
        before = Ticket.search([("tap_key", "=", key)], limit=1) if key else Ticket
        if before:
            return before
        now = fields.Datetime.now()
        # sudo: jamaa.site, jamaa.queue - the rules of the queue, whoever asks
        site, wishes = site.sudo(), [(queue.sudo(), procedure.sudo(), number) for queue, procedure, number in wishes]
        Ticket._check_wishes(site, wishes)
        if channel in SELF_SERVICE and (closed := site._queue_closed(now)):
            raise UserError(closed)
        queue, procedure, _number = wishes[0]
        credit = self._credit_of(site, queue, reasons)
        day = self._today()
        number = self.env["jamaa.queue.number"]._claim(queue, day)
        ticket = Ticket.create(
            {
                **self._numbered(queue, day, number, now),
                "procedure_id": procedure.id,
                "channel": channel,
                "lang": lang if lang in {known.code for known in PUBLIC_LANGS.values()} else "ar_MA",
                "language_id": language.id if language else False,
                "credit_minutes": credit,
                "effective_at": now - timedelta(minutes=credit),
                "tap_key": key,
                "service_ids": [
                    fields.Command.create(
                        {
                            "company_id": site.company_id.id,
                            "queue_id": one.id,
                            "procedure_id": what.id,
                            "quantity": quantity,
                        }
                    )
                    for one, what, quantity in wishes
                ],
            }
        )
        ticket._move("issued", at=now)
        site._queue_notify("issued")
        return ticket

    @api.model
    def _issue_roll(self, queue, first, last):
        """Let the numbers of a paper roll wait: somebody handed them out, without kiosk.

        :param int first: first number handed out
        :param int last: last number handed out
        :return: the tickets, in the order of their numbers
        :raise UserError: not a range of this queue, or a number given out before
        """
        if not all(isinstance(one, int) and not isinstance(one, bool) for one in (first, last)):
            raise UserError(self.env._("Type the first and the last number handed out."))
        if not queue.first_number <= first <= last <= queue.last_number:
            raise UserError(
                self.env._(
                    "Numbers of this queue run from %(first)s to %(last)s.",
                    first=queue.first_number,
                    last=queue.last_number,
                )
            )
        if last - first >= MOST_FROM_ROLL:
            raise UserError(self.env._("At most %(most)s numbers at once.", most=MOST_FROM_ROLL))
        # sudo: jamaa.queue - the rules of the queue, whoever asks
        queue, day, now = queue.sudo(), self._today(), fields.Datetime.now()
        self.env["jamaa.queue.number"]._claim_range(queue, day, first, last)
        # sudo: jamaa.queue.ticket - numbers are added by the queue itself alone
        tickets = self.sudo().create(
            [
                {
                    **self._numbered(queue, day, number, now),
                    "channel": "roll",
                    "effective_at": now,
                    "service_ids": [fields.Command.create({"company_id": queue.company_id.id, "queue_id": queue.id})],
                }
                for number in range(first, last + 1)
            ]
        )
        tickets._move("issued", at=now)
        queue.site_id._queue_notify("issued")
        return tickets

    @api.model
    def _numbered(self, queue, day, number, now):
        return {
            "company_id": queue.company_id.id,
            "site_id": queue.site_id.id,
            "queue_id": queue.id,
            "prefix": queue.prefix,
            "number": number,
            "code": queue._code_of(number),
            "day": day,
            "issued_at": now,
            "state_at": now,
        }

    @api.model
    def _check_wishes(self, site, wishes):
        if not wishes:
            raise UserError(self.env._("Choose what the visit is for."))
        if len(wishes) > MOST_SERVICES:
            raise UserError(self.env._("At most %(most)s things in one visit.", most=MOST_SERVICES))
        for queue, _procedure, quantity in wishes:
            if not queue.active or queue.site_id != site:
                raise UserError(self.env._("This choice is not there any more."))
            if not isinstance(quantity, int) or not 1 <= quantity <= 99:
                raise UserError(self.env._("Count between 1 and 99."))

    @api.model
    def _credit_of(self, site, queue, reasons):
        """Minutes of the reasons said; each is counted by day and queue, beside no ticket."""
        if not reasons:
            return 0
        # sudo: jamaa.queue.reason - the commune's own minutes, whoever asks
        reasons = reasons.sudo().with_company(site.company_id)
        # sudo: jamaa.queue.reason.use - counted by the queue itself alone
        self.env["jamaa.queue.reason.use"].sudo().create(
            [
                {
                    "company_id": site.company_id.id,
                    "site_id": site.id,
                    "queue_id": queue.id,
                    "day": self._today(),
                    "reason_id": reason.id,
                }
                for reason in reasons
            ]
        )
        return reasons._credit(reasons, site.queue_credit_cap)

    def _ahead(self):
        """How many wait in the same queue and are called before, as the order stands now."""
        self.ensure_one()
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT count(*) FROM jamaa_queue_ticket
                WHERE queue_id = %s AND state = 'waiting' AND (effective_at, id) < (%s, %s)""",
            [self.queue_id.id, self.effective_at, self.id],
        )
        return self.env.cr.fetchone()[0]
