"""A proposal of who sits at a desk when: shifts with a break that cover a need by half-hour. Plain Python.

The heuristic, in plain words: take the shift, with its break placed where it hurts least, that covers most of what is
still missing; again, until nothing is missing or nobody is left; then take each shift in turn out and put it in
again where it now fits best, until nothing gets better. It is not proven best; what stays uncovered is said.

Slots are half-hours counted from the opening; times of people are theirs to fill in. The proposal names nobody.
"""

from typing import NamedTuple

#: Rounds of taking out and putting in again; it usually rests after two.
ROUNDS = 10


class Shift(NamedTuple):
    """One person's day.

    :param int start: first slot
    :param int end: slot after the last one
    :param int pause: first slot of the break, ``end`` without one
    :param int pause_end: slot after the break
    """

    start: int
    end: int
    pause: int
    pause_end: int

    def slots(self):
        """The slots this person is at the desk."""
        return (*range(self.start, self.pause), *range(self.pause_end, self.end))


class Pattern(NamedTuple):
    """A shift that may be given.

    :param int start: first slot
    :param int end: slot after the last one
    :param int pause: length of the break in slots, 0 without one
    :param int earliest: first slot the break may begin
    :param int latest: last slot the break may begin
    """

    start: int
    end: int
    pause: int = 2
    earliest: int = 7
    latest: int = 10

    def shifts(self):
        """All shifts of this pattern, one for each place of the break."""
        if not self.pause:
            return [Shift(self.start, self.end, self.end, self.end)]
        first, last = max(self.earliest, self.start), min(self.latest, self.end - self.pause)
        return [Shift(self.start, self.end, one, one + self.pause) for one in range(first, last + 1)]


class Roster(NamedTuple):
    """A proposal.

    :param tuple shifts: of :class:`Shift`, by start and break
    :param tuple covered: desks staffed in each slot
    :param tuple missing: desks missing in each slot
    :param int at_least: no roster of these patterns can do with fewer people
    """

    shifts: tuple
    covered: tuple
    missing: tuple
    at_least: int

    @property
    def complete(self):
        """Whether the need is covered in every slot."""
        return not any(self.missing)


#: A whole day from 8:30 to 16:30, the hour's break beginning between noon and 13:30.
WHOLE_DAY = Pattern(0, 16)


def propose(need, patterns=(WHOLE_DAY,), people=None):
    """Propose a roster.

    :param need: desks needed in each slot
    :param patterns: of :class:`Pattern` that may be given, the preferred ones first
    :param people: how many there are, None for as many as it takes
    :return Roster: the proposal; the same question has the same answer
    """
    need = tuple(need)
    choices = [
        shift
        for pattern in patterns
        for shift in pattern.shifts()
        if shift.start >= 0 and shift.end <= len(need)
    ]  # fmt: skip
    left = list(need)
    chosen = []
    while choices and any(one > 0 for one in left) and (people is None or len(chosen) < people):
        best = _best(choices, left)
        if not _gain(best, left):
            break
        chosen.append(best)
        _take(best, left, -1)
    _improve(chosen, choices, left)
    covered = tuple(wanted - missing for wanted, missing in zip(need, left))
    return Roster(tuple(sorted(chosen)), covered, tuple(max(one, 0) for one in left), _at_least(need, choices))


def _take(shift, left, sign):
    for slot in shift.slots():
        left[slot] += sign


def _gain(shift, left):
    """Slots where somebody is missing and this shift would help."""
    return sum(left[slot] > 0 for slot in shift.slots())


def _best(choices, left):
    """Most help first; then the one whose help goes where most is missing; then the first in the list."""
    return max(
        choices,
        key=lambda shift: (_gain(shift, left), sum(left[slot] for slot in shift.slots())),
    )


def _improve(chosen, choices, left):
    """Take each shift out, and put it in again where it fits best; drop it where it no longer helps."""
    for _round in range(ROUNDS):
        moved = False
        for shift in list(chosen):
            _take(shift, left, 1)
            chosen.remove(shift)
            before = _gain(shift, left)
            best = _best(choices, left)
            gain = _gain(best, left)
            if not gain:
                moved = True
                continue
            back = best if gain > before else shift
            moved |= back != shift
            chosen.append(back)
            _take(back, left, -1)
        if not moved:
            return


def _at_least(need, choices):
    """A bound: the highest need, and the whole need shared by the longest day."""
    longest = max((len(shift.slots()) for shift in choices), default=0)
    total = sum(max(one, 0) for one in need)
    return max(max(need, default=0), -(-total // longest)) if longest else 0
