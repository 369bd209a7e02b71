"""The honest wait: what happens if the queue simply goes on from here. Plain Python, no database.

The people waiting, the desks, what each desk may do and when it will be open are played forward: each desk that gets
free takes the first one in call order that it may serve, for as long as the procedure takes there. The play is
repeated with service times as scattered as those of the past; the mean of the runs is the expected wait. The band
around it is not taken from the runs but from how right earlier forecasts were (see ``bands``): what the play does not
know (an agent who comes late, a computer that is down) is then in the band too.

All times are minutes of the site's day (minutes since its midnight, by its own clock), all durations minutes. The same
state always gives the same answer: the scatter is drawn from a seed made of the state.

Sources: number ahead and elapsed service predict best (Whitt 1999, Management Science 45); service times close to
lognormal and patience measured as leavers per minute waited (Brown and others 2005, J. Am. Stat. Assoc. 100).
"""

from collections.abc import Hashable
from heapq import heapify, heappop, heappush
from math import exp
from random import Random
from typing import NamedTuple
from zlib import crc32

#: Repetitions of the play.
RUNS = 12
#: A desk that should be open and is not will be late at least so long; one that is late already, as long again.
LEAST_DELAY = 5.0
#: A desk that works outside its plan is counted on for so long.
UNPLANNED_OPEN = 30.0

FOREVER = float("inf")


class Ticket(NamedTuple):
    """Someone waiting, or expected.

    :param key: what tells it from others
    :param tuple procedures: what for; one desk does all of it that it may do
    :param float order: place in the call order: minute of issue less the credit, the slot of an appointment
    :param float issued: minute from which it waits: the longer, the likelier it has left
    :param float arrives: minute from which it can be called; 0 for those who wait already
    """

    key: Hashable
    procedures: tuple
    order: float
    issued: float
    arrives: float = 0.0


class Desk(NamedTuple):
    """A desk now and for the rest of the day.

    :param key: the desk, as the service times name it
    :param procedures: frozenset of what it may do, None for everything
    :param tuple plan: (from, to) minutes when it should be open today, ascending
    :param bool is_open: an agent is there
    :param tuple serving: procedures of the ticket it serves, empty when it serves nobody
    :param float since: minute of that ticket's call
    :param back_at: minute when the agent says to be back from a pause, None if not said
    """

    key: Hashable
    procedures: frozenset | None
    plan: tuple
    is_open: bool = True
    serving: tuple = ()
    since: float = 0.0
    back_at: float | None = None


class Habits(NamedTuple):
    """What is known of a site besides its service times.

    :param float turnaround: minutes between the end of a service and the next call, while people wait
    :param float leaving: leavers per minute waited (absent at their call / minutes waited by all)
    :param float absent: minutes lost on calling someone who has left
    :param float staffed: share of the planned minutes that a desk, once open, is really served: pauses nobody planned,
        late beginnings and early ends take the rest
    """

    turnaround: float = 0.5
    leaving: float = 0.0
    absent: float = 1.5
    staffed: float = 1.0


class State(NamedTuple):
    """A site at one moment.

    :param float now: minute of the day
    :param tuple desks: of :class:`Desk`
    :param tuple waiting: of :class:`Ticket`, in any order
    :param tuple expected: of :class:`Ticket`: appointments to come, people with a credit who are likely to come
    """

    now: float
    desks: tuple
    waiting: tuple
    expected: tuple = ()


class Wait(NamedTuple):
    """The expected wait of one ticket from now on.

    :param expected: minutes until the call, None when no run served it today
    :param float chance: share of runs that called it before the desks closed, 0 to 1
    :param bool possible: False when no desk that may serve it opens any more today
    :param float until: minutes, counted as ``expected``, until the last of these desks closes
    """

    expected: float | None
    chance: float
    possible: bool
    until: float = FOREVER


def learn_habits(gaps, waits, planned=0.0, worked=0.0):
    """Measure a site's habits.

    :param gaps: minutes between a finish and the next call while somebody waited
    :param waits: (minutes from issue to call, whether the person was there) for each ticket called
    :param float planned: minutes that desks which opened at all were to be open
    :param float worked: minutes of these that they were
    :return Habits: the defaults where there is too little (20 gaps, 50 calls, 50 hours)
    """
    usual = Habits()
    gaps = sorted(gap for gap in gaps if gap >= 0)
    waits = list(waits)
    # Mean of the lower nine tenths: the rest are pauses that nobody marked.
    kept = gaps[: max(1, len(gaps) * 9 // 10)]
    turnaround = sum(kept) / len(kept) if len(gaps) >= 20 else usual.turnaround
    waited = sum(max(minutes, 0) for minutes, _there in waits)
    absent = sum(not there for _minutes, there in waits)
    leaving = absent / waited if len(waits) >= 50 and waited > 0 else usual.leaving
    # Half is the least believed: less comes from plans that were not kept up, not from people.
    staffed = min(max(worked / planned, 0.5), 1.0) if planned >= 3000 else usual.staffed
    return usual._replace(turnaround=turnaround, leaving=leaving, staffed=staffed)


def likely_overtakers(now, until, rate, credit, procedures, key="overtaker"):
    """People not yet here who will be called before some of those who are, evenly spaced.

    Someone who arrives at t with a credit of c minutes stands before all who came after t - c, so only the next c
    minutes matter to a ticket issued now.

    :param float now: minute of the day
    :param float until: last minute that tickets are given
    :param float rate: arrivals with a credit, per minute
    :param float credit: their mean credit, minutes
    :param procedures: what they come for, in turn, most usual first
    :return tuple: of :class:`Ticket`
    """
    if rate <= 0 or credit <= 0 or not procedures:
        return ()
    moments, moment = [], now + 0.5 / rate
    while moment < min(now + credit, until):
        moments.append(moment)
        moment += 1 / rate
    return tuple(
        Ticket((key, index), (procedures[index % len(procedures)],), at - credit, at, at)
        for index, at in enumerate(moments)
    )


def openings(desk, now):
    """When a desk will work from now on, by its plan and by what is seen.

    :param Desk desk: the desk
    :param float now: minute of the day
    :return list: (from, to), ascending, none before now
    """
    ahead = [(max(start, now), end) for start, end in desk.plan if end > now]
    if desk.is_open:
        if ahead and ahead[0][0] <= now:
            return ahead
        # Open outside its plan: the agent came early, or stays on.
        until = now + UNPLANNED_OPEN
        if ahead and ahead[0][0] <= until:
            return [(now, ahead[0][1]), *ahead[1:]]
        return [(now, until), *ahead]
    if not ahead:
        return []
    if desk.back_at is not None and desk.back_at > now:
        return [(max(start, desk.back_at), end) for start, end in ahead if end > desk.back_at]
    if ahead[0][0] > now:
        return ahead
    # It should be open and is not. How late it is already says how late it will be.
    planned = next(start for start, end in desk.plan if end > now)
    opens = now + max(LEAST_DELAY, now - max(planned, desk.back_at or planned))
    return [(max(start, opens), end) for start, end in ahead if end > opens]


class Forecast:
    """The forecast for everybody at a site at one moment.

    :param State state: the site now
    :param times: :class:`~.service_times.ServiceTimes`
    :param Habits habits: of the site
    :param int runs: repetitions of the play
    """

    def __init__(self, state, times, habits=None, runs=RUNS):
        self._state = state
        self._times = times
        self._habits = habits or Habits()
        self._runs = runs
        # Not hash(), and no sets in it: the hash of a text, and the order of a set, differ between processes.
        seen = (state.now, state.waiting, [(desk.key, desk.serving, desk.since, desk.is_open) for desk in state.desks])
        self._seed = crc32(repr(seen).encode())
        self._open = [openings(desk, state.now) for desk in state.desks]
        self._minutes = {}
        self._lines = {}
        self._everybody = self._in_call_order(())

    def of_waiting(self):
        """The waits of all who wait now.

        :return dict: ticket's key -> :class:`Wait`
        """
        return self._play(self._everybody, {one.key for one in self._state.waiting})

    def of_new(self, ticket):
        """The wait of one who comes now, or later (``arrives``): counted from the arrival.

        :param Ticket ticket: not among those waiting
        :return Wait: the wait
        """
        return self._play(self._in_call_order((ticket,)), {ticket.key})[ticket.key]

    def of_new_for(self, procedures, key="new"):
        """The wait of one who takes a ticket now, without credit.

        :param tuple procedures: what for
        :return Wait: the wait
        """
        now = self._state.now
        return self.of_new(Ticket(key, tuple(procedures), now, now, now))

    def _in_call_order(self, more):
        return sorted((*self._state.waiting, *self._state.expected, *more), key=lambda one: (one.order, one.issued))

    def _may(self, index, procedure):
        skills = self._state.desks[index].procedures
        return skills is None or procedure in skills

    def _line_of(self, procedure):
        """The desks that may serve a procedure and still open today: tickets of one such set form one line."""
        found = self._lines.get(procedure)
        if found is None:
            found = frozenset(index for index, opens in enumerate(self._open) if opens and self._may(index, procedure))
            self._lines[procedure] = found
        return found

    def _minutes_at(self, procedures, index):
        """Expected minutes of a visit at a desk: all it may do of what the person came for."""
        key = procedures, index
        found = self._minutes.get(key)
        if found is None:
            place = self._state.desks[index].key
            # The first one decides which desks may call, the others are done there if they can be.
            found = sum(
                self._times.mean(one, place)
                for number, one in enumerate(procedures)
                if not number or self._may(index, one)
            )
            self._minutes[key] = found
        return found

    def _play(self, tickets, asked):
        """Play the rest of the day several times.

        :param list tickets: in call order
        :param set asked: keys whose waits are wanted
        :return dict: key -> :class:`Wait`
        """
        now = self._state.now
        random = Random(self._seed)
        lines = [self._line_of(ticket.procedures[0]) for ticket in tickets]
        sums = dict.fromkeys(asked, 0.0)
        counts = dict.fromkeys(asked, 0)
        scatter = self._times.spread(self._runs)
        # Each ticket meets each part of the spread once over the runs, in an order of its own: the mean of the runs
        # is then steady with few of them (stratified sampling).
        of_ticket = [random.sample(scatter, self._runs) for _ticket in tickets]
        present = [random.random() for _ticket in tickets]
        left = [self._left_over(index, random) for index in range(len(self._open))]
        for run in range(self._runs):
            free = [
                (opens[0][0] if not left[index] else max(opens[0][0], now + left[index][run]), index)
                for index, opens in enumerate(self._open)
                if opens
            ]
            share = (run + 0.5) / self._runs
            luck = [(one + share) % 1.0 for one in present]
            called = self._run(tickets, lines, free, [one[run] for one in of_ticket], luck, asked)
            for key, moment in called.items():
                sums[key] += moment
                counts[key] += 1
        waits = {}
        for ticket, line in zip(tickets, lines):
            if ticket.key in asked:
                count = counts[ticket.key]
                begins = max(now, ticket.arrives)
                expected = max(sums[ticket.key] / count - begins, 0.0) if count else None
                until = max((self._open[index][-1][1] for index in line), default=begins) - begins
                waits[ticket.key] = Wait(expected, count / self._runs, bool(line), until)
        return waits

    def _left_over(self, index, random):
        """For each run, the minutes until the desk has finished whom it serves; empty when it serves nobody."""
        desk = self._state.desks[index]
        if not desk.serving:
            return []
        elapsed = self._state.now - desk.since
        first, *others = desk.serving
        spread = self._times.remaining_spread(first, desk.key, elapsed, self._runs)
        random.shuffle(spread)
        more = sum(self._times.mean(one, desk.key) for one in others) + self._habits.turnaround
        return [minutes + more for minutes in spread]

    def _run(self, tickets, lines, free, scatter, luck, asked):
        """One play: call after call until all who were asked about are called or all desks have closed.

        :return dict: key -> minute of the call, of those asked about and called
        """
        habits, now = self._habits, self._state.now
        heapify(free)
        # One heap of numbers of tickets for each set of desks; tickets are numbered in call order.
        heaps = {line: [] for line in lines if line}
        of_desk = {}
        later = []
        for number, ticket in enumerate(tickets):
            if ticket.arrives > now:
                later.append((ticket.arrives, number))
            elif lines[number]:
                heaps[lines[number]].append(number)
        later.sort(reverse=True)
        for _moment, index in free:
            of_desk[index] = [heap for line, heap in heaps.items() if index in line]
        called, missing = {}, len(asked)
        while free and missing:
            moment, index = heappop(free)
            while later and later[-1][0] <= moment:
                number = later.pop()[1]
                if lines[number]:
                    heappush(heaps[lines[number]], number)
            opens = self._working(index, moment)
            if opens is None:
                continue
            if opens > moment:
                heappush(free, (opens, index))
                continue
            heads = [heap for heap in of_desk[index] if heap]
            if not heads:
                if later:
                    heappush(free, (later[-1][0], index))
                continue
            number = heappop(min(heads))
            ticket = tickets[number]
            if ticket.key in asked:
                called[ticket.key] = moment
                missing -= 1
            # The one asked about is called then if still there; to those behind, it may have left.
            if luck[number] < 1 - exp(-habits.leaving * max(moment - ticket.issued, 0.0)):
                busy = habits.absent
            else:
                busy = self._minutes_at(ticket.procedures, index) * scatter[number] + habits.turnaround
            heappush(free, (moment + busy / habits.staffed, index))
        return called

    def _working(self, index, moment):
        """The first minute from a moment on at which a desk begins with a new person, None if not today."""
        for start, end in self._open[index]:
            if moment < end:
                return max(start, moment)
        return None
