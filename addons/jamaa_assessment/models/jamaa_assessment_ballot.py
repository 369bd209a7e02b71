"""A second vote on an item, blind: levels are shown when it is closed, as far as they point at nobody."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .jamaa_assessment_panel import ANSWERS, value_of

#: Votes of one seat in one re-vote; the last counts. More is no change of mind but a broken phone.
MOST_VOTES = 30


class JamaaAssessmentBallot(models.Model):
    """One re-vote on one item: the panel votes again, each alone, after having talked.

    While it is open nobody learns more than how many votes are in.
    """

    _name = "jamaa.assessment.ballot"
    _inherit = ["jamaa.assessment.meeting.part"]
    _description = "Re-vote on an item"
    _order = "id"

    consensus_id = fields.Many2one(
        "jamaa.assessment.consensus", "Item", required=True, index=True, readonly=True, ondelete="restrict"
    )
    number = fields.Integer("No.", required=True, readonly=True)
    opened_on = fields.Datetime("Opened on", required=True, readonly=True, default=fields.Datetime.now)
    closed_on = fields.Datetime("Closed on", readonly=True)

    _open_uniq = models.UniqueIndex("(meeting_id) WHERE closed_on IS NULL", "A vote is open already.")
    _number_uniq = models.Constraint("UNIQUE(consensus_id, number)", "This vote was opened already.")

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A vote that was opened stays on record."))

    def _lock_open(self):
        """Whether votes are taken; as long as the transaction lasts nobody closes it meanwhile."""
        self.ensure_one()
        self.flush_recordset(["closed_on"])
        self.env.cr.execute(
            "SELECT closed_on IS NULL FROM jamaa_assessment_ballot WHERE id = %s FOR SHARE",
            [self.id],
            # Who comes while it is being closed is run again, and then finds it closed: no error for the log.
            log_exceptions=False,
        )
        return self.env.cr.fetchone()[0]

    def _votes(self):
        """Return what counts, one per seat, as ``[(role, value)]``; for sums alone, never handed on one by one.

        A slip has the role of the seats on paper where all of them have the same, else none.
        """
        self.ensure_one()
        # sudo: jamaa.assessment.vote - read to be summed up
        rows = self.env["jamaa.assessment.vote"].sudo().search([("ballot_id", "=", self.id)], order="id")
        by_seat = {row.rater_id: row for row in rows if row.rater_id}
        slips = [row for row in rows if not row.rater_id]
        last = max((row.batch for row in slips), default=0)
        roles = set(self._paper_seats().mapped("role"))
        role = roles.pop() if len(roles) == 1 else None
        return [(seat.role, value_of(row.answer)) for seat, row in by_seat.items()] + [
            (role, value_of(row.answer)) for row in slips if row.batch == last and row.answer
        ]

    def _count_in(self):
        """Return how many votes are in, seats and slips."""
        self.ensure_one()
        # sudo: jamaa.assessment.vote - how many, not what
        groups = self.env["jamaa.assessment.vote"].sudo()._read_group(
            [("ballot_id", "=", self.id)], ["batch"], ["rater_id:count_distinct", "answer:count"], order="batch"
        )  # fmt: skip
        seats = sum(seats for batch, seats, _answers in groups if not batch)
        slips = [answers for batch, _seats, answers in groups if batch]
        return seats + (slips[-1] if slips else 0)

    def _paper_seats(self):
        """Return the seats of the round that answer on paper (sudo)."""
        # sudo: jamaa.assessment.rater - how many, and of which role
        return self.sudo().round_id.rater_ids.filtered(lambda seat: not seat.user_id)

    def _paper_left(self):
        """Return how many slips may be counted: seats on paper that did not vote by phone."""
        paper = self._paper_seats()
        # sudo: jamaa.assessment.vote - who voted, not what
        voted = self.env["jamaa.assessment.vote"].sudo().search(
            [("ballot_id", "=", self.id), ("rater_id", "in", paper.ids)]
        )  # fmt: skip
        return len(paper - voted.rater_id)

    def _slips_in(self):
        """Return how many slips are counted now."""
        # sudo: jamaa.assessment.vote - how many, not what
        Vote = self.env["jamaa.assessment.vote"].sudo()
        last = Vote.search([("ballot_id", "=", self.id), ("batch", ">", 0)], order="batch desc, id desc", limit=1)
        if not last:
            return 0
        return Vote.search_count([("ballot_id", "=", self.id), ("batch", "=", last.batch), ("answer", "!=", False)])

    def _take(self, seat, answer, key):
        """Take the vote of a seat.

        :param seat: of the round, whose link was opened
        :param str answer: a key of the answers
        :param str key: of the form; one that comes twice counts once
        :return: why it was not taken, a code for the page: ``closed``, ``bad``, ``slip`` (counted on paper) or
            ``busy``; False when it is in
        """
        self.ensure_one()
        if not self._lock_open():
            return "closed"
        try:
            fits = answer in dict(ANSWERS)
            self.consensus_id.item_id._check_answer_fits(answer)
        except ValidationError:
            fits = False
        if not fits:
            return "bad"
        # sudo: jamaa.assessment.vote - the link is the right to this seat
        Vote = self.env["jamaa.assessment.vote"].sudo()
        mine = Vote.search([("ballot_id", "=", self.id), ("rater_id", "=", seat.id)])
        if len(mine) >= MOST_VOTES:
            return "busy"
        if not mine and not seat.user_id and self._slips_in() >= self._paper_left():
            return "slip"
        self._insert(seat, answer, key)
        return False

    def _insert(self, seat, answer, key):
        """Add a vote unless the same form brought it already, be it at this very moment.

        Of two arrivals at once the database makes the second wait and fail to serialise; run again, it adds nothing.
        """
        self.env.cr.execute(
            """
            INSERT INTO jamaa_assessment_vote (ballot_id, company_id, rater_id, answer, key)
                 VALUES (%s, %s, %s, %s, %s)
            ON CONFLICT (ballot_id, rater_id, key, answer) WHERE rater_id IS NOT NULL DO NOTHING
            """,
            [self.id, self.company_id.id, seat.id, answer, key],
            log_exceptions=False,
        )


class JamaaAssessmentVote(models.Model):
    """A vote of a seat, or of a slip of paper that bears no seat. Added, never changed, read by nobody.

    No group has a right on it and the record rule lets nobody through, the administrator neither: what leaves are
    counts and, when the vote is closed, sums within the thresholds of ``tools/scores.py``.
    """

    _name = "jamaa.assessment.vote"
    _inherit = ["jamaa.append.only"]
    _description = "Vote in a re-vote"
    _order = "id"
    # Who typed slips in, and from which session a vote came, says nothing that may be kept.
    _log_access = False

    ballot_id = fields.Many2one("jamaa.assessment.ballot", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="ballot_id.company_id", string="Commune", store=True, index=True)
    rater_id = fields.Many2one("jamaa.assessment.rater", index=True, ondelete="restrict")
    answer = fields.Selection(ANSWERS)
    key = fields.Char(export_string_translation=False)
    batch = fields.Integer(export_string_translation=False)

    _key_uniq = models.UniqueIndex(
        "(ballot_id, rater_id, key, answer) WHERE rater_id IS NOT NULL", "This vote was taken already."
    )

    @api.model
    def _words_not_changed(self):
        return self.env._("A vote is kept as it was given; a later one takes its place.")

    @api.model
    def _words_not_deleted(self):
        return self._words_not_changed()


class JamaaAssessmentMeeting(models.Model):
    _inherit = "jamaa.assessment.meeting"

    def open_ballot(self, line_id):
        """Open a vote on the item on the screen; nothing happens while one is open.

        :param int line_id: the item the caller's screen shows
        :raise UserError: another item is on the screen
        :return: what the screen shows
        """
        self._check_sits()
        line = self._line(line_id)
        if self._talk().consensus_id.id != line.id:
            raise UserError(self.env._("Another item is on the screen meanwhile."))
        if not self._open_ballot():
            # sudo: jamaa.assessment.ballot - written by the meeting alone
            Ballot = self.env["jamaa.assessment.ballot"].sudo()
            number = Ballot.search_count([("consensus_id", "=", line.id)]) + 1
            Ballot.create({"meeting_id": self.id, "consensus_id": line.id, "number": number})
        return self.screen()

    def enter_slips(self, ballot_id, answers):
        """Count the folded slips of those who sit on paper: all of them at once, in any order.

        A further call takes the place of the former one.

        :param int ballot_id: the vote that is open
        :param list answers: one key of the answers for each slip
        :raise UserError: it is closed, a slip does not fit the item, or there are more slips than seats on paper
        :return: what the screen shows
        """
        self._check_sits()
        ballot = self._open_ballot()
        if ballot.id != ballot_id or not ballot._lock_open():
            raise UserError(self.env._("This vote is closed."))
        if not isinstance(answers, list) or any(answer not in dict(ANSWERS) for answer in answers):
            raise UserError(self.env._("This answer is not understood."))
        for answer in answers:
            ballot.consensus_id.item_id._check_answer_fits(answer)
        left = ballot._paper_left()
        if len(answers) > left:
            raise UserError(self.env._("%(count)s seats on paper have not voted yet: no more slips count.", count=left))
        # sudo: jamaa.assessment.vote - slips are counted by the meeting alone
        Vote = self.env["jamaa.assessment.vote"].sudo()
        batch = (Vote._read_group([("ballot_id", "=", ballot.id)], [], ["batch:max"])[0][0] or 0) + 1
        # Kept in the order of the levels: the order in which slips lay on the table says who wrote them.
        Vote.create(
            [{"ballot_id": ballot.id, "answer": answer, "batch": batch} for answer in sorted(answers)]
            or [{"ballot_id": ballot.id, "answer": False, "batch": batch}]
        )
        return self.screen()

    def close_ballot(self, ballot_id):
        """Close the vote; a level all agree on is filled in where none stands yet.

        :param int ballot_id: the vote the caller's screen shows
        :return: what the screen shows
        """
        self._check_sits()
        ballot = self._open_ballot()
        if ballot and ballot.id == ballot_id:
            ballot.closed_on = fields.Datetime.now()
            ballot.flush_recordset()
            line = self._line(ballot.consensus_id.id)
            agreed = line._agreed_of(line.item_id, [value for _role, value in ballot._votes()])
            if agreed and not line.answer:
                line.answer = agreed
        return self.screen()
