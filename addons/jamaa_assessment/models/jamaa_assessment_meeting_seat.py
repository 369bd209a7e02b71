"""The phone of a seat in the meeting: what its page shows, and what it sends."""

import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import consteq

from odoo.addons.jamaa_base.tools.public_code import TOKEN

from .jamaa_assessment_item import ANCHORS


class JamaaAssessmentRater(models.Model):
    _inherit = "jamaa.assessment.rater"

    meeting_token = fields.Char(readonly=True, copy=False, groups="base.group_system", export_string_translation=False)

    _meeting_token_uniq = models.Constraint("UNIQUE(meeting_token)", "This link is already taken.")

    # ---------- its link ----------

    def _meeting_link_token(self):
        """Return the token of the code on the big screen, made at the first call.

        It is not the token of the seat's own link: who sees the code of another seat on the screen must not come
        by it to what that seat answered.
        """
        self.ensure_one()
        # sudo: jamaa.assessment.rater - the token is nobody's to read but of the codes made here
        seat = self.sudo()
        if not seat.meeting_token:
            seat.meeting_token = secrets.token_urlsafe(16)
        return seat.meeting_token

    def _renew_meeting_link(self):
        """Make the code useless that was shown for this seat."""
        # sudo: jamaa.assessment.rater - the token is nobody's to read
        self.sudo().meeting_token = False

    def _meeting_path(self, lang):
        """Return the path of the seat's page in the meeting, by the code of the screen.

        :param str lang: a public language, by its URL code or its ``res.lang`` code
        :raise UserError: the commune has no public address yet
        """
        own = self._link_path(lang)
        return f"{own.rpartition('/')[0]}/{self._meeting_link_token()}/meeting"

    @api.model
    def _by_meeting_link(self, company, token):
        """Return the seat that a link opens in the meeting (sudo): its own, or the code of the screen.

        :param company: the commune of the address
        :param str token: as typed, checked here
        """
        # sudo: jamaa.assessment.rater - the token is the right to the seat
        seats = self.sudo()
        if not isinstance(token, str) or not TOKEN.fullmatch(token):
            return seats.browse()
        link = Domain("access_token", "=", token) | Domain("meeting_token", "=", token)
        names = ["round_id", "access_token", "meeting_token"]
        seat = seats.search_fetch(link & Domain("company_id", "=", company.id), names, limit=1)
        known = [one for one in (seat.access_token, seat.meeting_token) if one]
        return seat if any(consteq(one, token) for one in known) else seats.browse()

    def action_join_meeting(self):
        """Open the own page in the meeting, in a window of its own.

        :raise AccessError: somebody else's seat
        """
        self.ensure_one()
        self.check_access("read")
        if self.user_id != self.env.user:
            raise AccessError(self.env._("Only the person who sits here answers."))
        self.round_id._check_state("consensus")
        path = f"{self._link_path(self.env.lang)}/meeting"
        return {"type": "ir.actions.act_url", "url": path, "target": "new"}

    # ---------- what it shows ----------

    def _meeting_now(self):
        """Return where the meeting of this seat stands, in records (sudo); the seat comes from its link.

        :return: dict with ``stage`` (``early``, ``over``, ``pause``, ``seat``, ``wait``, ``talk``, ``vote``, ``closed``),
            ``meeting``, ``sitting``, ``talk`` and ``ballot``
        """
        self.ensure_one()
        one = self.round_id
        # sudo: jamaa.assessment.meeting - the link is the right to know where it stands
        meeting = self.env["jamaa.assessment.meeting"].sudo().search([("round_id", "=", one.id)], limit=1)
        sitting, talk, ballot = meeting._sitting(), meeting._talk(), meeting._open_ballot()
        now = {"meeting": meeting, "sitting": sitting, "talk": talk, "ballot": ballot}
        if one.state == "validated":
            return {**now, "stage": "over"}
        if one.state != "consensus" or not meeting:
            return {**now, "stage": "early"}
        if not sitting:
            return {**now, "stage": "pause" if meeting.sitting_ids else "early"}
        if self not in sitting.present_ids:
            return {**now, "stage": "seat"}
        if ballot:
            return {**now, "stage": "vote"}
        return {**now, "stage": "talk" if talk else "wait"}

    def _meeting_state(self, now=None):
        """Return what a phone asks for every few seconds: a key that changes with the page, and how many are in."""
        now = now or self._meeting_now()
        key = f"{now['stage']}-{now['talk'].id or 0}-{now['ballot'].id or 0}"
        counts = ""
        if now["ballot"] and now["stage"] == "vote":
            counts = self.env._(
                "Votes in: %(count)s of %(all)s",
                count=now["ballot"]._count_in(),
                all=len(now["sitting"].present_ids),
            )
        return {"key": key, "in": counts}

    def _meeting_page(self):
        """Return what the page of this seat shows, as plain values: nothing of anybody else."""
        now = self._meeting_now()
        item = now["talk"].consensus_id.item_id
        ballot = now["ballot"] if now["stage"] == "vote" else now["ballot"].browse()
        mine = self._my_vote(ballot)
        return {
            **self._meeting_state(now),
            "stage": now["stage"],
            "round": self.round_id.name,
            "seat": self.display_name,
            "item": item.name if now["stage"] in ("vote", "talk") else "",
            "criterion": item.criterion_id.name,
            "anchors": [item[name] or "" for name in ANCHORS] if item.kind == "level" else [],
            "choices": self._choices(item, mine) if ballot else [],
            "voted": bool(mine),
            "ballot": ballot.id or 0,
            "form_key": secrets.token_urlsafe(8),
        }

    def _my_vote(self, ballot):
        """Return the answer this seat gave last in a vote, False without one."""
        # sudo: jamaa.assessment.vote - the seat's own
        vote = self.env["jamaa.assessment.vote"].sudo().search(
            [("ballot_id", "=", ballot.id), ("rater_id", "=", self.id)], order="id desc", limit=1
        )  # fmt: skip
        return vote.answer

    def _choices(self, item, mine):
        """Return the buttons of a vote: what is sent, the sign on it, the words beside it."""
        if item.kind == "gate":
            choices = [
                ("yes", "✓", self.env._("Yes, this duty is met")),
                ("no", "✗", self.env._("No, it is not met, or not wholly")),
            ]
        else:
            choices = [(str(level), str(level), item[name] or "") for level, name in enumerate(ANCHORS)]
        if item.may_not_apply:
            choices.append(("na", "–", self.env._("This does not apply here")))
        return [
            {"answer": answer, "sign": sign, "words": words, "mine": answer == mine} for answer, sign, words in choices
        ]

    # ---------- what it sends ----------

    def _meeting_join(self):
        """Take the seat in the sitting that is going on; said twice it counts once.

        :return: whether there is one
        """
        now = self._meeting_now()
        if now["stage"] in ("early", "over", "pause"):
            return False
        now["sitting"]._tick(self, True)
        return True

    def _meeting_vote(self, ballot_id, answer, key):
        """Take a vote from the page of this seat.

        :param str ballot_id: the vote the page showed
        :param str answer: a key of the answers
        :param str key: of the form
        :return: why it was not taken, a code for the page; False when it is in (see ``_take`` of the vote)
        """
        now = self._meeting_now()
        if now["stage"] not in ("vote", "seat") or str(now["ballot"].id) != ballot_id or not now["ballot"]:
            return "closed"
        problem = now["ballot"]._take(self, answer, key)
        if not problem:
            now["sitting"]._tick(self, True)
        return problem
