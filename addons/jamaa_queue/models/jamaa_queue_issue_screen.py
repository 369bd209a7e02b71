"""The receptionist's screen: a number in two taps."""

from base64 import b64encode

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS

from .jamaa_queue_desk_screen import RETURNS
from .jamaa_queue_screen import RECEPTION

#: The last tickets shown, to print one again or to take one up again.
LAST = 12


class JamaaQueueIssueScreen(models.AbstractModel):
    """The calls of reception; each checks by itself that reception asks."""

    _name = "jamaa.queue.issue.screen"
    _inherit = ["jamaa.queue.screen"]
    _description = "Giving tickets out"

    @api.model
    def issue_start(self, site_id=None):
        """What the screen shows: queues and procedures of a site, the rule of priority, languages."""
        self._check_staff(RECEPTION)
        sites, mine = self._sites()
        site = sites.filtered(lambda one: one.id == site_id) or mine
        languages = self.env["hr.skill"].search(self.env["jamaa.reception.visit"]._domain_languages())
        return {
            "sites": self._named(sites),
            "site": site.id,
            "channel": self._channel(site) if site else False,
            "choices": site._queue_choices() if site else [],
            "rolls": self._named(site.queue_ids.filtered(lambda queue: not queue.prefix)) if site else [],
            "rule": site._queue_rule() if site else {"cap": 0, "reasons": []},
            "langs": [{"code": lang.code, "name": lang.name} for lang in PUBLIC_LANGS.values()],
            "languages": self._named(languages),
            **self._state(site),
        }

    @api.model
    def issue_state(self, site_id):
        """How many wait, and what was given out last."""
        self._check_staff(RECEPTION)
        return self._state(self._one("jamaa.site", site_id))

    @api.model
    def issue_give(self, site_id, codes, values=None, key=None):
        """Give one number out.

        :param list codes: as `jamaa.site._queue_choices` gives them, one for each thing to do
        :param dict values: ``reasons`` (ids), ``lang`` (code), ``language`` (id of a spoken one)
        :param str key: comes with one tap; sent twice by a bad line, it is still one
        :return: id, number, and how many are called before
        """
        self._check_staff(RECEPTION)
        site = self._site(site_id)
        values = values if isinstance(values, dict) else {}
        wanted = [one for one in values.get("reasons") or [] if isinstance(one, int)]
        reasons = self.env["jamaa.queue.reason"].with_company(site.company_id)
        if wanted:
            reasons = reasons.search_fetch([("id", "in", wanted), ("active", "=", True)], ["minutes"])
        language = values.get("language")
        spoken = self.env["hr.skill"]
        if isinstance(language, int) and language:
            spoken = spoken.search(
                [("id", "=", language), *self.env["jamaa.reception.visit"]._domain_languages()], limit=1
            )
        wishes = site._queue_wishes(codes)
        if len(wishes) != len(codes if isinstance(codes, list) else []):
            raise UserError(self.env._("This choice is not there any more."))
        ticket = self.env["jamaa.queue.ticket"]._issue(
            site, wishes, "reception", values.get("lang"), spoken, reasons, key
        )
        return {"id": ticket.id, "code": ticket.code, "queue": ticket.queue_id.name, "ahead": ticket._ahead()}

    @api.model
    def issue_announce(self, ticket_id):
        """Say how long the ticket just given out will wait, and keep what was said.

        A call of its own: the number is there at once, the wait follows.

        :return: the words for the visitor; empty while too little is known
        """
        self._check_staff(RECEPTION)
        ticket = self._one("jamaa.queue.ticket", ticket_id)
        return self.env["jamaa.queue.announcement"]._announce(ticket)._told()

    @api.model
    def issue_picture(self, ticket_id, width=384):
        """The ticket as a picture to print.

        :param int width: 384 dots for paper of 58 mm, 576 for 80 mm
        :return: a ``data:`` address
        """
        self._check_staff(RECEPTION)
        ticket = self._one("jamaa.queue.ticket", ticket_id)
        return f"data:image/png;base64,{b64encode(ticket._png(width, ticket._follow_link())).decode()}"

    @api.model
    def issue_roll(self, queue_id, first, last):
        """Let the numbers of a paper roll wait, without kiosk.

        :return: the state of the site
        """
        self._check_staff(RECEPTION)
        queue = self._one("jamaa.queue", queue_id)
        self.env["jamaa.queue.ticket"]._issue_roll(queue, first, last)
        return self._state(queue.site_id)

    @api.model
    def issue_return(self, ticket_id, step):
        """Take a ticket up again that was put aside, or close it: back, rejoin or leave."""
        self._check_staff(RECEPTION)
        ticket = self._one("jamaa.queue.ticket", ticket_id)
        if step not in RETURNS:
            raise UserError(self.env._("This choice is not there any more."))
        getattr(ticket, RETURNS[step])()
        return self._state(ticket.site_id)

    @api.model
    def _site(self, site_id):
        """A site of the commune, with what a ticket needs of it in one query.

        :raise UserError: there is none of this id
        """
        valid = isinstance(site_id, int) and not isinstance(site_id, bool) and 0 < site_id < 2**31
        # sudo: jamaa.site - the channel is for the server; the commune is looked at here
        site = self.env["jamaa.site"].sudo().search_fetch(
            [("id", "=", site_id if valid else 0), ("company_id", "=", self.env.company.id)],
            ["name", "company_id", "queue_credit_cap", "queue_channel"],
        )  # fmt: skip
        if not site:
            raise UserError(self.env._("This choice is not there any more."))
        # sudo: jamaa.site - back to the user's own rights
        return site.sudo(False)

    @api.model
    def _state(self, site):
        if not site:
            return {"waiting": {}, "last": [], "aside": [], "alarms": []}
        Ticket = self.env["jamaa.queue.ticket"]
        here = [("site_id", "=", site.id)]
        counts = Ticket._read_group([*here, ("state", "=", "waiting")], ["queue_id"], ["__count"])
        last = Ticket.search([*here, ("day", "=", Ticket._today())], limit=LAST)
        aside = Ticket.search([*here, ("state", "in", ["parked", "no_show"])], order="state_at desc, id", limit=LAST)
        return {
            "waiting": {queue.id: number for queue, number in counts},
            "last": self._short(last),
            "aside": self._short(aside),
            "alarms": self._alarms(site),
        }
