"""What the big screen of a meeting asks and tells. It stands before the whole room: nothing on it is secret."""

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.jamaa_base.tools.qr import qr_data_uri

from .jamaa_assessment_answering import _cut
from .jamaa_assessment_consensus import LOW_TO_HIGH, WRITTEN
from .jamaa_assessment_item import ANCHORS
from .jamaa_assessment_panel import ANSWERS

MAX_WORDS = 2000
#: What may be written from the screen, and what it may be.
CHOICES = {
    "answer": [key for key, _words in ANSWERS],
    "importance": [key for key, _words in LOW_TO_HIGH],
    "effort": [key for key, _words in LOW_TO_HIGH],
}


class JamaaAssessmentMeeting(models.Model):
    _inherit = "jamaa.assessment.meeting"

    def action_screen(self):
        """Open the big screen."""
        self.ensure_one()
        self._check_runs()
        return {
            "type": "ir.actions.client",
            "tag": "jamaa_assessment.meeting_screen",
            "name": self.display_name,
            "target": "fullscreen",
            "params": {"meeting_id": self.id, "round_id": self.round_id.id},
        }

    @api.readonly
    def screen(self):
        """Return everything the big screen shows.

        :return: dict with ``round``, ``subject``, ``place``, ``open`` (the group still agrees), ``sits`` (the meeting
            is going on), ``seats``, ``agreed`` and ``items`` (those on which all agree, and the others, farthest
            apart first) and ``current``, the item on the screen, or False
        """
        self.ensure_one()
        self.check_access("read")
        one = self.round_id
        sitting = self._sitting()
        lines = self.env["jamaa.assessment.consensus"].search([("round_id", "=", one.id)])
        names = dict(lines._fields["answer"]._description_selection(self.env))
        talk = self._talk()
        current = lines.filtered(lambda line: line.id == talk.consensus_id.id)
        rows = [(line.verdict == "agreed", self._row(line, names)) for line in lines]
        return {
            "round": one.name,
            "subject": one.subject_name,
            "place": self.place or "",
            "open": one.state == "consensus",
            "sits": bool(sitting),
            "seats": self._seats(sitting),
            "agreed": [row for agreed, row in rows if agreed],
            "items": [row for agreed, row in rows if not agreed],
            "current": self._current(current, talk) if current else False,
        }

    def keep(self, line_id, values, seen):
        """Write something of what the group agrees on.

        Only what changed is sent, with what the screen showed before: where another screen has written something
        else meanwhile nothing is lost, neither that nor what is typed here.

        :param int line_id: an item of the round
        :param dict values: names among what a meeting writes, with their values
        :param dict seen: the same names, with what stood there before
        :raise UserError: a value is not understood, or was changed meanwhile
        :return: what the screen shows
        """
        self._check_sits()
        line = self._line(line_id)
        if not isinstance(values, dict) or not isinstance(seen, dict) or values.keys() - WRITTEN:
            raise UserError(self.env._("This answer is not understood."))
        changes = {name: self._read_value(name, value) for name, value in values.items()}
        for name in changes:
            if (seen.get(name) or False) != (line[name] or False) and changes[name] != (line[name] or False):
                raise UserError(
                    self.env._(
                        "Somebody else wrote here meanwhile: “%(words)s”. Look at both, then write it again.",
                        words=dict(line._fields[name]._description_selection(self.env)).get(line[name], "")
                        if name in CHOICES
                        else line[name] or "",
                    )
                )
        line.write(changes)
        return self.screen()

    def settle(self, line_id):
        """Say that the group is done with an item, and take it from the screen.

        :param int line_id: the item the caller's screen shows
        :raise UserError: a vote is open, it has no level, or no reason where people were split
        :return: what the screen shows
        """
        self._check_sits()
        line = self._line(line_id)
        talk = self._talk()
        if talk.consensus_id.id == line.id:
            self._check_no_open_ballot()
            line._settle()
            self._end_talk(talk)
        return self.screen()

    def seat_code(self, rater_id, renew=False):
        """Return the code a seat scans to vote by phone. It leads to the votes of that seat, not to its answers.

        :param int rater_id: a seat of the round
        :param bool renew: whether the former code becomes useless, as when somebody else scanned it
        :return: dict with ``code`` (picture as an address) and ``address``
        """
        self._check_sits()
        seat = self._seat(rater_id)
        if renew:
            seat._renew_meeting_link()
        address = seat.get_base_url() + seat._meeting_path(self.env.lang)
        return {"code": qr_data_uri(address), "address": address}

    # ---------- pieces ----------

    def _read_value(self, name, value):
        """Return a value from the screen as it is written.

        :raise UserError: it is none
        """
        if name == "is_priority":
            fits = isinstance(value, bool)
        elif name in CHOICES:
            fits = value in CHOICES[name] or (name == "answer" and not value)
        else:
            fits = not value or isinstance(value, str)
            value = _cut(value, MAX_WORDS)
        if not fits:
            raise UserError(self.env._("This answer is not understood."))
        return value or False

    def _seats(self, sitting):
        roles = dict(self.env["jamaa.assessment.rater"]._fields["role"]._description_selection(self.env))
        return [
            {
                "id": seat.id,
                "name": seat.display_name,
                "role": roles[seat.role],
                "paper": not seat.user_id,
                "present": seat.id in sitting.present_ids.ids,
            }
            for seat in self.env["jamaa.assessment.rater"].search([("round_id", "=", self.round_id.id)])
        ]

    def _row(self, line, names):
        return {
            "id": line.id,
            "text": line.item_id.name,
            "criterion": line.criterion_id.name,
            "verdict": line.verdict,
            "answer": line.answer,
            "words": names.get(line.answer, ""),
            "settled": bool(line.settled_on),
        }

    def _current(self, line, talk):
        """Return the item on the screen with all that helps to agree."""
        item = line.item_id
        given = line._answers_of(line.round_id)[item.id]
        figures = self.round_id._figures(item)
        return {
            **self._row(line, {}),
            "kind": item.kind,
            "hint": item.evidence or "",
            "legal": item.legal_reference or "",
            "anchors": [item[name] or "" for name in ANCHORS] if item.kind == "level" else [],
            "may_not_apply": item.may_not_apply,
            "first": line._spread_of(given),
            "ballots": [self._ballot(ballot) for ballot in self._ballots(line)],
            "comments": (line.comments or "").splitlines(),
            "links": line._links(),
            "evidence_count": line.evidence_count,
            "figure": figures.get(item.metric_code, False),
            "previous": line.previous_answer or "",
            "bar_raised": line.bar_raised,
            "capped": line.capped,
            **{name: line[name] for name in WRITTEN},
            "elapsed": talk._seconds(),
            "allowed": talk.allowed,
        }

    def _ballots(self, line):
        # sudo: jamaa.assessment.ballot - of a line the user may read
        return self.env["jamaa.assessment.ballot"].sudo().search([("consensus_id", "=", line.id)])

    def _ballot(self, ballot):
        """Return a vote: while it is open how many are in, afterwards what it says."""
        opened, votes = not ballot.closed_on, ballot._count_in()
        return {
            "id": ballot.id,
            "number": ballot.number,
            "open": opened,
            "in": votes,
            "of": max(self._voters(), votes),
            "paper": ballot._paper_left() if opened else 0,
            "slips": ballot._slips_in() if opened else 0,
            **({} if opened else ballot.consensus_id.with_env(self.env)._spread_of(ballot._votes())),
        }

    def _voters(self):
        """Return how many votes are waited for: those present, the whole panel where nobody was ticked."""
        # sudo: jamaa.assessment.sitting, jamaa.assessment.rater - how many, not who
        return len(self._sitting().present_ids) or len(self.sudo().round_id.rater_ids)
