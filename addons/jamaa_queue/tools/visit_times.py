"""From the facts of one visit to its times: pure, without Odoo."""

from typing import NamedTuple

#: Facts after which a person is in the hall and waits to be called.
WAITS = {"issued", "missed", "back", "rejoined", "transferred"}
#: Facts that end the time at a desk.
LEAVES_DESK = {"missed", "no_show", "parked", "transferred", "done", "left"}
#: Facts that end a visit, unless it is taken up again.
ENDS = {"no_show", "done", "left"}
#: Where each fact leaves a ticket.
STATE_AFTER = {
    "issued": "waiting",
    "called": "called",
    "recalled": "called",
    "serving": "serving",
    "served": "serving",
    "parked": "parked",
    "back": "waiting",
    "transferred": "waiting",
    "missed": "waiting",
    "no_show": "no_show",
    "rejoined": "waiting",
    "done": "done",
    "left": "left",
}


class VisitTimes(NamedTuple):
    """Times of a visit in seconds; None where the facts do not say.

    :param state: where the ticket stands
    :param wait: from the ticket to the first call, time spent away for a paper left out
    :param walk: from the last call before it to the start at the desk
    :param service: sum of the times at desks
    :param visit: from the ticket to its end
    :param calls: how often it was called since it last waited without a call
    :param doubtful: whether a fact was marked as doubtful: the times are kept out of figures
    """

    state: str | None
    wait: float | None
    walk: float | None
    service: float | None
    visit: float | None
    calls: int
    doubtful: bool


def times_of(facts):
    """Return the :class:`VisitTimes` of one ticket.

    :param facts: ``(kind, moment, doubt)`` in the order they were added
    """
    state = issued = first_call = last_call = started = away_since = ended = walk = service = None
    away, calls, doubtful = 0.0, 0, False
    for kind, at, doubt in facts:
        state = STATE_AFTER[kind]
        doubtful = doubtful or bool(doubt)
        if kind == "issued":
            issued = at
        elif kind in ("called", "recalled"):
            calls += 1
            last_call = at
            first_call = first_call or at
        elif kind == "serving":
            started = started or at
            if walk is None and last_call:
                walk = (at - last_call).total_seconds()
        elif kind in ("back", "rejoined") and away_since:
            away += 0 if first_call else (at - away_since).total_seconds()
            away_since = None
        if kind in LEAVES_DESK and started:
            service = (service or 0) + (at - started).total_seconds()
            started = None
        if kind in ("parked", "no_show", "left"):
            away_since = at
        if kind in ("serving", "parked", "transferred", "rejoined"):
            calls = 0
        ended = at if kind in ENDS else None
    wait = (first_call - issued).total_seconds() - away if first_call and issued else None
    visit = (ended - issued).total_seconds() if ended and issued else None
    return VisitTimes(state, wait, walk, service, visit, calls, doubtful)
