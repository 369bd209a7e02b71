"""One dated and reasoned request for missing information; the legal time runs on meanwhile."""

import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.jamaa_base.tools.public_lang import by_code
from odoo.addons.jamaa_base.tools.text import clean_text

from .helpdesk_ticket_lodge import FACTS_LIMIT, PHOTO_LIMIT

ASK_LIMIT = 2000
#: Longest time the citizen may be given, in days.
LONGEST_ASK = 60
#: Cases one step of the nightly run takes.
BATCH = 500


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    ask_what = fields.Text(string="Asked: what is missing", copy=False)
    ask_reason = fields.Text(string="Asked: why it is needed", copy=False)
    ask_on = fields.Date(string="Asked on", copy=False, help="A citizen is asked once.")
    ask_until = fields.Date(string="Information expected by", copy=False)
    ask_state = fields.Selection(
        [("open", "Waiting for the citizen"), ("received", "Received"), ("missed", "Not received in time")],
        string="Missing information",
        copy=False,
        index="btree_not_null",
    )
    ask_answer = fields.Text(string="What the citizen added", copy=False)
    ask_answered_on = fields.Date(string="Information received on", copy=False)
    ask_answered_by = fields.Selection(
        [("page", "On the tracking page"), ("counter", "At the counter"), ("phone", "By phone")],
        string="Information received by way of",
        copy=False,
    )
    ask_photo_ids = fields.Many2many(
        "ir.attachment", relation="jamaa_case_ask_photo_rel", string="Photos that were added", copy=False
    )
    may_ask = fields.Boolean(compute="_compute_may")
    may_inform = fields.Boolean(compute="_compute_may")

    _ask_open_idx = models.Index("(ask_until, id) WHERE ask_state = 'open'")

    # ------------------------------------------------------------------
    # Who may do what
    # ------------------------------------------------------------------

    @api.depends("ask_state", "ask_on")
    def _compute_may(self):
        return super()._compute_may()

    @api.model
    def _case_steps(self):
        return (*super()._case_steps(), "ask", "inform")

    def _may(self, step):
        if step == "ask":
            # once only, and not while a rejection is proposed
            return (
                self._is_desk()
                and not self.ask_on
                and self.answer_state in ("none", "draft")
                and not self._rejection_pending()
            )
        if step == "inform":
            # whoever speaks with citizens: the desk, and the counter about what it entered
            speaks = self._is_desk() or (
                self.create_uid == self.env.user and self.env.user.has_group("jamaa_base.group_reception_agent")
            )
            return speaks and self._ask_is_open()
        return super()._may(step)

    def _ask_is_open(self):
        """Whether what was asked may still be given: until an answer is submitted, also after the day named."""
        self.ensure_one()
        return self.ask_state in ("open", "missed") and self.answer_state in ("none", "draft")

    @api.model
    def _frozen_fields(self):
        return {*super()._frozen_fields(), "ask_on", "ask_until"}

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_ask(self):
        """Button: ask the citizen for what is missing."""
        self._check_step("ask")
        return self._admit_wizard("jamaa_complaint_ask_action")

    def action_inform(self):
        """Button: enter what the citizen said at the counter or by phone."""
        self._check_step("inform")
        return self._admit_wizard("jamaa_complaint_inform_action")

    def _ask_citizen(self, what, reason, until):
        """Ask once for what is missing, with the reason and a day.

        The legal time runs on; the internal one is held where it can be.

        :param str what: what is missing, as the citizen reads it
        :param str reason: why the commune cannot go on without it
        :param until: the day it is expected by
        :raise UserError: asked before, nothing said, or a day that cannot be
        """
        self.ensure_one()
        if self.ask_on:
            raise UserError(self.env._("The citizen was asked already: that is done once."))
        self._check_step("ask")
        what, reason = clean_text(what, ASK_LIMIT), clean_text(reason, ASK_LIMIT)
        if not what or not reason:
            raise UserError(self.env._("Say what is missing and why it is needed."))
        today = self._commune_today()
        if not until or not today < until <= today + timedelta(days=LONGEST_ASK):
            raise UserError(
                self.env._("Give a day after today, within %(days)s days.", days=LONGEST_ASK),
            )
        # sudo: helpdesk.ticket - checked just above
        self.sudo().write(
            {"ask_what": what, "ask_reason": reason, "ask_on": today, "ask_until": until, "ask_state": "open"}
        )
        self._add_milestone("info_asked", note=what)
        if hasattr(self, "_hold_internal"):
            self._hold_internal(self.env._("Waiting for information from the citizen"))
        self._tell_citizen("ask")

    def _take_information(self, text, photos=(), way="page"):
        """Keep what the citizen gives, once.

        :param str text: the citizen's words
        :param photos: cleaned pictures, as `_file_pictures` takes them
        :param way: page, counter or phone
        :return: whether it was taken; False when nothing is asked (any more)
        """
        self.ensure_one()
        text = clean_text(text, FACTS_LIMIT)
        # sudo: helpdesk.ticket - the citizen has no account; staff was checked by the caller
        case = self.sudo()
        # two arrivals at once: the second waits and finds the first
        self.env.cr.execute(SQL("SELECT id FROM helpdesk_ticket WHERE id = %s FOR UPDATE", case.id))
        case.invalidate_recordset(["ask_state", "answer_state"])
        if not text or not case._ask_is_open():
            return False
        case.write(
            {
                "ask_state": "received",
                "ask_answer": text,
                "ask_answered_on": self._commune_today(),
                "ask_answered_by": way,
                "ask_photo_ids": [
                    fields.Command.set(case._file_pictures(photos[:PHOTO_LIMIT]).ids if photos else []),
                ],
            }
        )
        case._add_milestone("info_received")
        case._release_held()
        return True

    def _release_held(self):
        if hasattr(self, "_release_internal"):
            for case in self:
                case._release_internal()

    @api.model
    def _cron_information_missed(self):
        """Nightly: note what was not given in time, and leave the case with the desk. Nothing is closed."""
        # sudo: helpdesk.ticket - the run looks at all communes
        tickets = self.sudo()
        domain = Domain("ask_state", "=", "open") & Domain("ask_until", "<", self._commune_today())
        remaining = tickets.search_count(domain)
        while remaining:
            cases = tickets.search(domain, limit=BATCH, order="ask_until, id")
            cases.write({"ask_state": "missed"})
            waiting = cases.filtered(lambda case: case.answer_state != "sent")
            if waiting:
                waiting._add_milestone("info_missed")
                waiting._release_held()
            remaining -= len(cases)
            if not self.env["ir.cron"]._commit_progress(len(cases), remaining=remaining):
                break

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _asked_words(self):
        """What the citizen is asked, in the language of the context; empty when nothing is."""
        self.ensure_one()
        if not self.ask_on:
            return {}
        return {
            "what": self.ask_what or "",
            "why": self.ask_reason or "",
            "on": self._day(self.ask_on),
            "until": self._day(self.ask_until),
            "is_open": self._ask_is_open(),
            "missed": self.ask_state == "missed",
            "answer": self.ask_answer or "",
            "answered_on": self._day(self.ask_answered_on),
            "photo_count": len(self.ask_photo_ids),
        }

    def _case_page(self, lang):
        # sudo: helpdesk.ticket - the citizen holds the token; only these values leave
        case = self.sudo().with_context(lang=by_code(lang).code)
        return {**super()._case_page(lang), "asked": case._asked_words()}

    def _mail_words(self):
        return {**super()._mail_words(), "asked": self._asked_words()}

    def _mail_subjects(self):
        return {
            **super()._mail_subjects(),
            "ask": self.env._("The commune needs something from you: %(number)s", number=self.case_number),
        }

    def _milestone_words(self):
        return {
            **super()._milestone_words(),
            "info_asked": self.env._("The commune asked you for information"),
            "info_received": self.env._("What you added arrived"),
            "info_missed": self.env._("What was asked did not arrive in time"),
        }

    def _state_words(self):
        if self.ask_state == "open" and self._ask_is_open():
            return "warning", self.env._("The commune waits for something from you")
        return super()._state_words()

    def _erase_identity(self, values):
        """Take the person out of the words that were exchanged, too."""
        secrets = sorted((v for v in values.values() if v), key=len, reverse=True)
        # sudo: helpdesk.ticket - erasure is a duty, not a role's right
        for case in self.sudo():
            words = {}
            for name in ("ask_what", "ask_reason", "ask_answer", "ground_reason"):
                text = clean = case[name] or ""
                for secret in secrets:
                    clean = re.sub(re.escape(secret), "…", clean, flags=re.IGNORECASE)
                if clean != text:
                    words[name] = clean
            if words:
                case.write(words)
        return super()._erase_identity(values)
