"""What a ticket shows of itself: on paper, on the holder's telephone."""

from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.jamaa_base.models.res_company_setup import COMMUNE_TZ

from ..tools.ticket_image import draw_ticket

#: Paper of 58 mm and of 80 mm, in dots of a thermal printer.
WIDTHS = (384, 576)
#: A ticket can be followed for so long after its day.
TOKEN_DAYS = 2


class JamaaQueueTicket(models.Model):
    _inherit = "jamaa.queue.ticket"

    @api.model
    def _by_token(self, token):
        """The ticket behind a link or a QR code, as superuser; empty for anything else.

        :param str token: 32 hexadecimal digits
        """
        # sudo: jamaa.queue.ticket - the token is the key
        tickets = self.sudo()
        if not isinstance(token, str) or len(token) != 32:
            return tickets.browse()
        return tickets.search([("token", "=", token)], limit=1)

    def _public_state(self):
        """What the holder of a ticket may see: plain values in the language of the context.

        :return: ``code``, ``queue``, ``state``, ``ahead`` (None unless waiting), ``desk`` (once called),
            ``issued_at``, ``calls``
        :rtype: dict
        """
        self.ensure_one()
        # sudo: jamaa.queue.ticket - scalars for the holder of the token
        ticket = self.sudo()
        called = ticket.state in ("called", "serving")
        return {
            "code": ticket.code,
            "site": ticket.site_id.name,
            "queue": ticket.queue_id.name,
            "state": ticket.state,
            "ahead": ticket._ahead() if ticket.state == "waiting" else None,
            "desk": ticket.desk_id.with_context(inside_site=True).name if called else "",
            "issued_at": fields.Datetime.to_string(ticket.issued_at),
            "calls": ticket.call_count,
        }

    def _followed(self):
        """What the page on the holder's telephone shows: `_public_state`, and ``wait`` in words.

        :rtype: dict
        """
        wait = self.env["jamaa.queue.announcement"]._now_for(self) if self.state == "waiting" else ""
        return {**self._public_state(), "wait": wait}

    def _follow_path(self, lang):
        """The path of that page; the token in it is the right to see it.

        :param str lang: a public language, by URL code or ``res.lang`` code
        """
        self.ensure_one()
        # sudo: jamaa.queue.ticket - for who gives the ticket out, or holds it
        ticket = self.sudo()
        return ticket.company_id._public_url(lang, f"queue/{ticket.token}")

    def _follow_link(self):
        """The whole address for the ticket's QR code, in its language; None where the site wants none."""
        self.ensure_one()
        # sudo: jamaa.queue.ticket - for who gives the ticket out
        ticket = self.sudo()
        if not ticket.site_id.queue_qr or not ticket.company_id.commune_slug or not ticket.token:
            return None
        return ticket.get_base_url() + ticket._follow_path(ticket.lang)

    def _png(self, width=384, link=None):
        """The ticket as a picture, since thermal printers write no Arabic.

        :param int width: 384 or 576 dots; any other becomes 384
        :param str link: where the ticket can be followed, drawn as a QR code; none when left out
        :return: PNG, black on white
        :rtype: bytes
        """
        self.ensure_one()
        # sudo: jamaa.queue.ticket - what is printed, for whoever gives it out
        ticket = self.sudo()
        second = "fr_MA" if ticket.lang != "fr_MA" else "ar_MA"
        names = [ticket.with_context(lang=lang) for lang in dict.fromkeys((ticket.lang, second))]
        moment = fields.Datetime.context_timestamp(self.with_context(tz=COMMUNE_TZ), ticket.issued_at)
        company = ticket.company_id
        lines = [(company._commune_title(one.env.lang), "small") for one in names]
        lines += [(one.site_id.name, "small") for one in names[:1]]
        below = [(one.queue_id.name, "plain") for one in names]
        below += [(line.procedure_id.name, "small") for line in names[0].service_ids if line.procedure_id]
        ahead = [(one.env._("Before you: %(number)s", number=ticket._ahead()), "plain") for one in names]
        below += ahead if ticket.state == "waiting" else []
        below.append((moment.strftime("%d/%m/%Y  %H:%M"), "small"))
        if company.is_demo:
            below += [("بيانات تجريبية", "small"), ("données fictives", "small")]
        return draw_ticket(ticket.code, lines, below, width if width in WIDTHS else WIDTHS[0], link)

    @api.autovacuum
    def _gc_tokens(self):
        """Cut the links of tickets that are over: from then on a ticket leads nowhere."""
        self.env.cr.execute(
            """UPDATE jamaa_queue_ticket SET token = NULL, tap_key = NULL
                WHERE day < %s AND (token IS NOT NULL OR tap_key IS NOT NULL)""",
            [self._today() - timedelta(days=TOKEN_DAYS)],
        )
        self.invalidate_model(["token", "tap_key"])
