"""The meeting in which the group agrees: its sittings, who was there, and what was talked about how long."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: Seconds an item is given at first; nobody is cut off when they are over.
TALK_SECONDS = 300
MAX_PLACE = 120
#: Who runs a meeting: those who may write what is agreed on.
RUNNERS = ("facilitator", "director")


class JamaaAssessmentMeeting(models.Model):
    """The meeting of a round in the stage in which the group agrees.

    There is one per round. It may be interrupted and taken up again on another day: each time is a sitting. What
    belongs to it is written by its methods alone, so that two screens at once never undo each other's work.
    Minutes come from it; they are kept with it, and open to whoever may read what was agreed.
    """

    _name = "jamaa.assessment.meeting"
    _inherit = ["jamaa.assessment.panel"]
    _description = "Consensus meeting of a round"
    _order = "id desc"

    round_id = fields.Many2one("jamaa.assessment.round", required=True, index=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one(related="round_id.company_id", string="Commune", store=True, index=True)
    round_state = fields.Selection(related="round_id.state")
    place = fields.Char(help="Where the group meets; it stands in the minutes.")
    sitting_ids = fields.One2many("jamaa.assessment.sitting", "meeting_id", "Sittings")
    talk_ids = fields.One2many("jamaa.assessment.talk", "meeting_id", "Items talked about")
    ballot_ids = fields.One2many("jamaa.assessment.ballot", "meeting_id", "Re-votes")
    minutes_ids = fields.Many2many("ir.attachment", string="Minutes", compute="_compute_minutes_ids")

    _round_uniq = models.Constraint("UNIQUE(round_id)", "This round has its meeting already: open it again.")

    @api.depends("round_id.name")
    def _compute_display_name(self):
        for meeting in self:
            meeting.display_name = self.env._("Meeting: %(round)s", round=meeting.round_id.name or "")

    def _compute_minutes_ids(self):
        files = self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)], order="id"
        )
        for meeting in self:
            meeting.minutes_ids = files.filtered(lambda file, meeting=meeting: file.res_id == meeting.id)

    @api.model
    def _domain_open_to_me(self):
        return self._domain_agreed_open_to_me()

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A meeting that was opened stays on record."))

    # ---------- where it stands ----------

    def _sitting(self):
        """Return the sitting that is going on, empty between two of them (sudo)."""
        # sudo: jamaa.assessment.sitting - whether the meeting is going on
        return self.env["jamaa.assessment.sitting"].sudo().search(
            [("meeting_id", "=", self.id), ("ended_on", "=", False)], limit=1
        )  # fmt: skip

    def _talk(self):
        """Return the talk that is going on, about the item on the screen; empty without one (sudo)."""
        # sudo: jamaa.assessment.talk - which item is on the screen
        return self.env["jamaa.assessment.talk"].sudo().search(
            [("meeting_id", "=", self.id), ("ended_on", "=", False)], limit=1
        )  # fmt: skip

    def _open_ballot(self):
        """Return the vote that is open, empty without one (sudo)."""
        # sudo: jamaa.assessment.ballot - whether a vote is open
        return self.env["jamaa.assessment.ballot"].sudo().search(
            [("meeting_id", "=", self.id), ("closed_on", "=", False)], limit=1
        )  # fmt: skip

    # ---------- running it ----------

    def _check_runs(self):
        """Let in who may write what is agreed, while the group agrees.

        :raise AccessError: somebody else
        :raise UserError: the round has moved on
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.su and not any(self.env.user.has_group(f"jamaa_base.group_{name}") for name in RUNNERS):
            raise AccessError(self.env._("The facilitator or the director runs the meeting."))
        self.round_id._check_state("consensus")

    def _check_sits(self):
        """Return the sitting that is going on.

        :raise UserError: none is
        """
        self._check_runs()
        sitting = self._sitting()
        if not sitting:
            raise UserError(self.env._("The meeting is not going on: begin it, or take it up again, first."))
        return sitting

    def _line(self, line_id):
        """Return the agreed answer of this round with an id, as the user may read it.

        :raise UserError: there is none
        """
        line = self.env["jamaa.assessment.consensus"]
        if isinstance(line_id, int) and not isinstance(line_id, bool):
            line = line.search([("id", "=", line_id), ("round_id", "=", self.round_id.id)])
        if not line:
            raise UserError(self.env._("This item is not in the grid of the round."))
        return line

    def _seat(self, rater_id):
        """Return the seat of this round with an id.

        :raise UserError: there is none
        """
        seat = self.env["jamaa.assessment.rater"]
        if isinstance(rater_id, int) and not isinstance(rater_id, bool):
            seat = seat.search([("id", "=", rater_id), ("round_id", "=", self.round_id.id)])
        if not seat:
            raise UserError(self.env._("This seat is not on the panel of the round."))
        return seat

    def begin(self, place=None):
        """Begin a sitting, the first or a further one; nothing happens while one is going on.

        :param str place: where the group meets
        :return: what the screen shows
        """
        self._check_runs()
        if place is not None:
            self.keep_place(place)
        if not self._sitting():
            # sudo: jamaa.assessment.sitting - written by the meeting alone
            self.env["jamaa.assessment.sitting"].sudo().create({"meeting_id": self.id})
        return self.screen()

    def interrupt(self):
        """End the sitting; the meeting may be taken up again, with the item it was at.

        :raise UserError: a vote is open
        :return: what the screen shows
        """
        self._check_sits()
        self._check_no_open_ballot()
        self._end()
        return self.screen()

    def keep_place(self, place):
        """Keep where the group meets.

        :param str place: as typed
        """
        self._check_runs()
        words = place.replace("\x00", "").strip()[:MAX_PLACE] if isinstance(place, str) else ""
        # sudo: jamaa.assessment.meeting - written by its methods alone, after the check above
        self.sudo().place = words or False

    def tick(self, rater_id, present):
        """Say that somebody sits in the room, or does not.

        :param int rater_id: a seat of the round
        :param bool present: whether
        :return: what the screen shows
        """
        sitting = self._check_sits()
        sitting._tick(self._seat(rater_id), bool(present))
        return self.screen()

    def accept(self, line_ids):
        """Take at once what all agree on; what was accepted meanwhile stays so.

        :param list line_ids: of the agreed items on the screen
        :return: what the screen shows
        """
        self._check_sits()
        for line_id in line_ids if isinstance(line_ids, list) else []:
            line = self._line(line_id)
            if line.verdict == "agreed" and line.answer and not line.settled_on:
                line._settle()
        return self.screen()

    def open_item(self, line_id, from_id):
        """Bring an item to the screen.

        :param int line_id: the item
        :param from_id: the item the caller's screen shows, False for none: where another screen has gone on
            meanwhile nothing moves, so that two at once do not skip an item
        :raise UserError: a vote is open
        :return: what the screen shows
        """
        sitting = self._check_sits()
        line = self._line(line_id)
        talk = self._talk()
        if talk.consensus_id.id == (from_id or False) and talk.consensus_id.id != line.id:
            self._check_no_open_ballot()
            self._end_talk(talk)
            # sudo: jamaa.assessment.talk - written by the meeting alone
            self.env["jamaa.assessment.talk"].sudo().create(
                {"meeting_id": self.id, "consensus_id": line.id, "sitting_id": sitting.id}
            )
        return self.screen()

    def leave_item(self, from_id):
        """Take the item from the screen.

        :param from_id: the item the caller's screen shows; another one stays
        :raise UserError: a vote is open
        :return: what the screen shows
        """
        self._check_sits()
        talk = self._talk()
        if talk and talk.consensus_id.id == from_id:
            self._check_no_open_ballot()
            self._end_talk(talk)
        return self.screen()

    def more_time(self, seconds):
        """Give the item on the screen more time, or less; nobody is cut off in any case.

        :param int seconds: -600 to 600
        :return: what the screen shows
        """
        self._check_sits()
        talk = self._talk()
        if talk and isinstance(seconds, int) and -600 <= seconds <= 600:
            talk.allowed = min(max(talk.allowed + seconds, 60), 3600)
        return self.screen()

    def _end(self):
        """End the sitting that is going on, and the talk in it."""
        self.ensure_one()
        self._end_talk(self._talk())
        sitting = self._sitting()
        sitting.ended_on = fields.Datetime.now()
        sitting.flush_recordset()

    def _end_talk(self, talk):
        """Take an item from the screen; the time it stood there is kept."""
        talk.ended_on = fields.Datetime.now()
        # Before the next one begins: there is one at a time.
        talk.flush_recordset()

    def _check_no_open_ballot(self):
        if self._open_ballot():
            raise UserError(self.env._("A vote is open: close it first."))


class JamaaAssessmentMeetingPart(models.AbstractModel):
    """Mixin of what belongs to a meeting: read by who may read what was agreed, written by the meeting alone."""

    _name = "jamaa.assessment.meeting.part"
    _inherit = ["jamaa.assessment.panel"]
    _description = "Part of a consensus meeting"

    meeting_id = fields.Many2one(
        "jamaa.assessment.meeting", required=True, index=True, readonly=True, ondelete="restrict"
    )
    round_id = fields.Many2one(related="meeting_id.round_id", store=True, index=True)
    company_id = fields.Many2one(related="meeting_id.company_id", string="Commune", store=True, index=True)

    @api.model
    def _domain_open_to_me(self):
        return self._domain_agreed_open_to_me()


class JamaaAssessmentSitting(models.Model):
    """One time the group met: from when to when, and who was there."""

    _name = "jamaa.assessment.sitting"
    _inherit = ["jamaa.assessment.meeting.part"]
    _description = "Sitting of a consensus meeting"
    _order = "id"
    # Phones take their seats at the same moment: they add rows to the list of those present, and none waits for
    # another to have stamped the sitting itself.
    _log_access = False

    started_on = fields.Datetime("From", required=True, readonly=True, default=fields.Datetime.now)
    ended_on = fields.Datetime("Until", readonly=True)
    present_ids = fields.Many2many("jamaa.assessment.rater", string="Present", readonly=True)

    _open_uniq = models.UniqueIndex("(meeting_id) WHERE ended_on IS NULL", "The meeting is going on already.")

    def _tick(self, seat, present):
        """Put a seat on the list of those present, or take it off."""
        self.ensure_one()
        if present != (seat in self.present_ids):
            self.present_ids = [(4 if present else 3, seat.id)]


class JamaaAssessmentTalk(models.Model):
    """That an item stood on the screen, from when to when."""

    _name = "jamaa.assessment.talk"
    _inherit = ["jamaa.assessment.meeting.part"]
    _description = "Talk about an item"
    _order = "id"

    consensus_id = fields.Many2one(
        "jamaa.assessment.consensus", "Item", required=True, index=True, readonly=True, ondelete="restrict"
    )
    sitting_id = fields.Many2one(
        "jamaa.assessment.sitting", required=True, index=True, readonly=True, ondelete="restrict"
    )
    started_on = fields.Datetime("From", required=True, readonly=True, default=fields.Datetime.now)
    ended_on = fields.Datetime("Until", readonly=True)
    allowed = fields.Integer("Seconds foreseen", readonly=True, default=TALK_SECONDS)

    _open_uniq = models.UniqueIndex("(meeting_id) WHERE ended_on IS NULL", "An item is on the screen already.")

    def _seconds(self):
        """Return how long these talks took together."""
        now = fields.Datetime.now()
        return int(sum(((talk.ended_on or now) - talk.started_on).total_seconds() for talk in self))
