"""Short messages to citizens: queued, counted, sent once."""

from datetime import timedelta
from urllib.parse import parse_qsl

import requests

from odoo import api, fields, models
from odoo.exceptions import AccessError

BATCH = 50
TRY_LIMIT = 8
WAIT_MINUTES = 5
# Seconds to connect, and to wait for what the gateway says.
TIMEOUT = (5, 20)
# Said where no connection came about at all, so that nothing can have left.
NO_LINE = "Failed to establish a new connection"
# Letters in one message: of the Latin alphabet, and of any other.
SHORT, SHORT_PART = 160, 153
WIDE, WIDE_PART = 70, 67


def parts_of(text):
    """How many messages a text is billed as (GSM 03.38, UCS-2 outside ASCII)."""
    single, part = (SHORT, SHORT_PART) if text.isascii() else (WIDE, WIDE_PART)
    length = len(text.encode("utf-16-le")) // 2
    return 1 if length <= single else -(-length // part)


class JamaaSms(models.Model):
    """One short message. The number is in the vault and leaves it towards the gateway alone.

    A row is claimed, and the claim committed, before anything leaves: whoever comes second
    finds it taken, and a server that falls in between leaves it marked, not sent again.
    """

    _name = "jamaa.sms"
    _description = "Short message to a citizen"
    _order = "id desc"
    _rec_name = "text"

    company_id = fields.Many2one("res.company", string="Commune", required=True, readonly=True, index=True)
    case_id = fields.Many2one(
        "helpdesk.ticket", string="Case", required=True, readonly=True, index=True, ondelete="cascade"
    )
    complainant_id = fields.Many2one(
        "jamaa.complainant",
        string="Identity in the vault",
        readonly=True,
        index=True,
        ondelete="cascade",
        groups="jamaa_base.group_data_protection",
    )
    text = fields.Char(string="Text", required=True, readonly=True)
    lang = fields.Char(string="Language", readonly=True)
    state = fields.Selection(
        [
            ("queued", "Queued"),
            ("sending", "Being sent"),
            ("sent", "Sent"),
            ("unclear", "Unclear whether it left"),
            ("failed", "Not sent"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="queued",
    )
    tries = fields.Integer(string="Tries", readonly=True, default=0)
    next_try = fields.Datetime(string="Next try", readonly=True, default=fields.Datetime.now)
    sent_on = fields.Datetime(string="Sent on", readonly=True)
    failure = fields.Char(string="What the gateway said", readonly=True)
    parts = fields.Integer(string="Messages billed", readonly=True)
    cost = fields.Float(string="Cost (MAD)", digits=(8, 3), readonly=True)

    _queue_idx = models.Index("(next_try, id) WHERE state IN ('queued', 'sending')")

    # ------------------------------------------------------------------
    # Queue
    # ------------------------------------------------------------------

    @api.model
    def _claim(self):
        """Take the next message for this run; empty when none is due or all are taken."""
        self.flush_model()
        self.env["res.company"].flush_model(["sms_on"])
        self.env.cr.execute(
            """UPDATE jamaa_sms SET state = 'sending', tries = COALESCE(tries, 0) + 1, next_try = %(now)s WHERE id = (
                   SELECT s.id FROM jamaa_sms s JOIN res_company c ON c.id = s.company_id AND c.sms_on
                    WHERE s.state = 'queued' AND s.next_try <= %(now)s
                    ORDER BY s.next_try, s.id LIMIT 1 FOR UPDATE OF s SKIP LOCKED)
               RETURNING id""",
            {"now": fields.Datetime.now()},
        )
        found = self.env.cr.fetchone()
        self.invalidate_model(["state", "tries", "next_try"])
        return self.browse(found[0]) if found else self.browse()

    @api.model
    def _cron_send(self):
        """Every few minutes: send what is due, one after the other, each committed."""
        cron = self.env["ir.cron"]
        self._mark_abandoned()
        for _rank in range(BATCH):
            message = self._claim()
            if not message:
                break
            # The claim is kept before anything leaves.
            cron._commit_progress(0)
            message._send()
            if not cron._commit_progress(1, remaining=1):
                break
        remaining = self.search_count(
            [("state", "=", "queued"), ("next_try", "<=", fields.Datetime.now()), ("company_id.sms_on", "=", True)]
        )
        cron._commit_progress(0, remaining=remaining)

    @api.model
    def _mark_abandoned(self):
        """Messages of a run that fell: nobody knows whether they left."""
        since = fields.Datetime.now() - timedelta(hours=1)
        lost = self.search([("state", "=", "sending"), ("next_try", "<", since)], limit=BATCH)
        lost._give_up("unclear", "interrupted")

    def _send(self):
        """Hand one claimed message to the gateway, and write down what became of it."""
        self.ensure_one()
        # sudo: jamaa.complainant - the number goes to the gateway and nowhere else
        person = self.sudo().complainant_id
        number = "".join(sign for sign in person.phone or "" if sign.isdigit() or sign == "+")
        if not number or person.erased_on:
            self._give_up("failed", "no number")
            return
        try:
            answer = self._call_gateway(number)
        except (requests.ConnectionError, requests.Timeout) as problem:
            # The words of an error hold the address and the secret: its name alone is kept.
            name = type(problem).__name__
            if isinstance(problem, requests.ConnectTimeout) or NO_LINE in str(problem):
                self._later(name)
            else:
                # it may have left: a second message is worse than a call
                self._give_up("unclear", name)
        except (requests.RequestException, ValueError) as problem:
            self._give_up("failed", type(problem).__name__)
        else:
            if answer in (429, 502, 503, 504):
                self._later(f"HTTP {answer}")
            elif 200 <= answer < 300:
                parts = parts_of(self.text)
                self.write(
                    {
                        "state": "sent",
                        "sent_on": fields.Datetime.now(),
                        "parts": parts,
                        "cost": parts * self.company_id.sms_cost,
                        "failure": False,
                    }
                )
            else:
                self._give_up("failed", f"HTTP {answer}")

    def _call_gateway(self, number):
        """One request; returns the status."""
        # sudo: res.company - the settings of the gateway
        company = self.company_id.sudo()
        secret = company._sms_secret()
        fill = {"{to}": number, "{text}": self.text, "{id}": str(self.id), "{secret}": secret}

        def filled(value):
            return fill.get(value, value)

        pairs = {key: filled(value) for key, value in parse_qsl(company.sms_params, keep_blank_values=True)}
        headers = {}
        if secret and "{secret}" not in company.sms_params:
            headers["Authorization"] = f"Bearer {secret}"
        place = {"get": "params", "post": "data", "json": "json"}[company.sms_method]
        verb = "GET" if company.sms_method == "get" else "POST"
        reply = requests.request(
            verb, company.sms_url, headers=headers, timeout=TIMEOUT, allow_redirects=False, **{place: pairs}
        )
        return reply.status_code

    def _later(self, failure):
        """Try again, each time after a longer wait, and not for ever."""
        if self.tries >= TRY_LIMIT:
            self._give_up("failed", failure)
            return
        wait = timedelta(minutes=WAIT_MINUTES * 2 ** (self.tries - 1))
        self.write({"state": "queued", "failure": failure, "next_try": fields.Datetime.now() + wait})

    def _give_up(self, state, failure):
        """Somebody has to call: the case says so."""
        self.write({"state": state, "failure": failure})
        for message in self:
            message.case_id._note_bounce()

    # ------------------------------------------------------------------
    # Facts
    # ------------------------------------------------------------------

    def write(self, vals):
        if not self.env.su:
            raise AccessError(self.env._("Short messages are written by the queue alone."))
        return super().write(vals)
