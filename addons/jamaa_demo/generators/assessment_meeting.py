"""Meetings on the fictional communes: one that goes on another day, one whose minutes are kept."""

from datetime import timedelta

from .assessment_days import as_user, date, on
from .wording import words

PLACE = words("Council room, headquarters", "Salle du conseil, au siège", "قاعة الاجتماعات بمقر الجماعة")
REASON = words(
    "After the second vote: the notice is read, the register is not.",
    "Après le second vote : l'affiche est lue, le registre ne l'est pas.",
    "بعد التصويت الثاني: الإعلان يقرأ، والسجل لا يقرأ.",
)
#: Hour at which a sitting begins, and minutes given to each of its items.
BEGINS, MINUTES = 9, 8


def first_sitting(one, said):
    """Hold a first sitting that ends before the group is through: one item voted on again, one only talked about.

    :param one: a round in which the group agrees
    :param str said: language of the commune
    """
    meeting = _begin(one, said)
    voted, talked = _open_lines(one)[:2]
    _vote_again(meeting, voted, said)
    meeting.open_item(talked.id, voted.id)
    meeting.interrupt()
    _date(meeting.sudo(), one.date)


def whole(one, said):
    """Hold the meeting of a round to its end; every item has its level and its reason already.

    :param one: a round in which the group agrees
    :param str said: language of the commune
    """
    meeting = _begin(one, said)
    for line in _open_lines(one)[:1]:
        _vote_again(meeting, line, said)
    one.consensus_ids.filtered(lambda line: not line.settled_on)._settle()
    meeting.interrupt()
    _date(meeting.sudo(), one.date)


def _begin(one, said):
    """Begin with all but one in the room, and take at once what all agree on."""
    meeting = as_user(one, one.facilitator_id)._meeting()
    meeting.begin(PLACE[said])
    for seat in one.rater_ids[:-1]:
        meeting.tick(seat.id, True)
    meeting.accept(one.consensus_ids.filtered(lambda line: line.verdict == "agreed" and line.answer).ids)
    return meeting


def _open_lines(one):
    return one.consensus_ids.filtered(lambda line: line.kind == "level" and line.verdict in ("split", "discuss"))


def _vote_again(meeting, line, said):
    """Bring an item to the screen, let those in the room vote, and write what the group decides."""
    meeting.open_item(line.id, False)
    meeting.open_ballot(line.id)
    ballot = meeting._open_ballot()
    present = meeting._sitting().present_ids
    for rank, seat in enumerate(present.filtered("user_id")):
        ballot._take(seat, "3" if rank else "2", f"demo-{seat.id}")
    meeting.enter_slips(ballot.id, ["3"] * len(present.filtered(lambda seat: not seat.user_id)))
    meeting.close_ballot(ballot.id)
    line.write({"answer": "3", "reason": REASON[said]})
    line._settle()


def _date(meeting, day):
    """Put the sitting, and what happened in it, on the day of the round."""
    sitting, talks = meeting.sitting_ids, meeting.talk_ids
    date(sitting, started_on=on(day, BEGINS), ended_on=on(day, BEGINS + 2))
    for rank, talk in enumerate(talks.sorted("id")):
        began = on(day, BEGINS, 10) + timedelta(minutes=MINUTES * rank)
        date(talk, started_on=began, ended_on=began + timedelta(minutes=MINUTES - 1))
        votes = meeting.ballot_ids.filtered(lambda ballot, talk=talk: ballot.consensus_id == talk.consensus_id)
        date(votes, opened_on=began + timedelta(minutes=4), closed_on=began + timedelta(minutes=5))
    date(meeting.round_id.consensus_ids.filtered("settled_on"), settled_on=on(day, BEGINS + 1))
