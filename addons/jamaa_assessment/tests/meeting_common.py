from .common import AssessmentCase

#: Answers of seven seats: one item on which all agree, one on which they are split, one to discuss, a duty.
FIRST = {
    "one": "3333333",
    "two": "0055555",
    "three": "1224442",
    "duty": ["yes", "yes", "no", "yes", "no", "yes", "yes"],
}
ROLES = ("elected", "elected", "director", "staff", "staff", "citizen", "citizen")


class MeetingCase(AssessmentCase):
    """A round of seven seats, two of them on paper, whose answers are closed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.members = [cls._make_user(f"t_seat_{number}", "jamaa_base.group_council_member") for number in range(5)]
        cls.second_facilitator = cls._make_user("t_facilitator_2", "jamaa_base.group_facilitator")
        cls.one = cls._round(cls.members, paper=2)
        for seat, role in zip(cls.one.rater_ids.sorted("id"), ROLES, strict=True):
            seat.role = role
        cls.seats = cls.one.rater_ids.sorted("id")
        rows = []
        for number, seat in enumerate(cls.seats):
            rows += [{"rater_id": seat.id, "item_id": cls.items[key].id, "answer": FIRST[key][number]} for key in FIRST]
        cls.env["jamaa.assessment.score"].create(rows)
        cls.seats.finished_on = "2026-01-01 10:00:00"
        cls.one.with_user(cls.facilitator).action_open_consensus()
        cls.lines = {line.item_id.key: line for line in cls.one.consensus_ids}
        cls.meeting = cls.one.with_user(cls.facilitator)._meeting()

    def _begin(self, *items):
        """Begin the meeting, everybody present; bring the items to the screen, the last one stays there."""
        self.meeting.begin("قاعة الاجتماعات")
        for seat in self.seats:
            self.meeting.tick(seat.id, True)
        for key in items:
            current = self.meeting.screen()["current"]
            self.meeting.open_item(self.lines[key].id, current and current["id"])

    def _ballot(self):
        """Open a vote on the item on the screen."""
        screen = self.meeting.open_ballot(self.meeting.screen()["current"]["id"])
        return self.env["jamaa.assessment.ballot"].browse(screen["current"]["ballots"][-1]["id"])

    def _vote(self, ballot, votes):
        """Let the first seats vote, one answer each."""
        for seat, answer in zip(self.seats, votes, strict=False):
            self.assertFalse(ballot._take(seat, answer, "key"))
