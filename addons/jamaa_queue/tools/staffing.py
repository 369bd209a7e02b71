"""How many desks a half-hour needs: the formulas of Erlang, for planning only, never for a live wait.

``load`` is the work that arrives, in desks kept busy: arrivals per minute × minutes of a service. Durations are
minutes, rates are per minute.

Sources: Erlang 1917 for the formulas, the recursion of the loss formula as in any textbook of teletraffic (each step
divides by numbers larger than one, so that it is stable for any number of desks); Palm 1957 and Mandelbaum and
Zeltyn 2007 for people who leave ("Erlang A"); the factor for service times that are not exponential is that of Allen
and Cunneen. Each half-hour is taken on its own (Green, Kolesar and Soares 2001, Operations Research 49: right where
a service is short beside half an hour), and people whom a half-hour could not serve are carried into the next.

The formulas need arrivals at random. They do not hold for appointments.
"""

from collections.abc import Sequence
from math import ceil, exp, inf, log, sqrt
from typing import NamedTuple

#: Slots of a plan, minutes.
SLOT = 30.0
#: A site has not more desks than this.
MOST_DESKS = 60


class Service(NamedTuple):
    """What a half-hour is like with so many desks.

    :param int desks: desks open
    :param float load: desks kept busy by the work that arrives
    :param float waiting: probability that one has to wait
    :param float mean_wait: minutes; infinite where more work comes than is done and nobody leaves
    :param float within: probability that a patient person waits no longer than the target
    :param float leaving: share of people who leave
    :param float busy: share of time a desk is busy
    """

    desks: int
    load: float
    waiting: float
    mean_wait: float
    within: float
    leaving: float
    busy: float


class Target(NamedTuple):
    """What is promised: a share of people waits no longer than so many minutes.

    :param float minutes: the longest wait promised
    :param float share: of people, 0 to 1
    """

    minutes: float = 15.0
    share: float = 0.85


class Need(NamedTuple):
    """One half-hour of a plan.

    :param float arrivals: people expected to come
    :param float carried: people carried over from the half-hour before
    :param int desks: desks that keep the target
    :param int open: desks counted with: what is needed, or as many as there are
    :param Service service: with the open desks; None when nobody comes
    """

    arrivals: float
    carried: float
    desks: int
    open: int
    service: Service | None


def loss(desks, load):
    """Erlang's loss formula (B): probability that all desks are busy where nobody waits.

    :param int desks: 0 or more
    :param float load: desks kept busy
    :return float: 0 to 1
    """
    blocked = 1.0
    for number in range(1, desks + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked


def delay(desks, load):
    """Erlang's delay formula (C): probability that one has to wait.

    :param int desks: 0 or more
    :param float load: desks kept busy
    :return float: 0 to 1; 1 where as much work comes as is done, or more
    """
    if load <= 0:
        return 0.0
    if load >= desks:
        return 1.0
    blocked = loss(desks, load)
    return blocked / (1 - load / desks * (1 - blocked))


def patient(desks, per_minute, minutes, within, variability=1.0):
    """What is to be expected when nobody leaves.

    :param int desks: desks open
    :param float per_minute: arrivals per minute
    :param float minutes: mean service
    :param float within: target wait, minutes
    :param float variability: (Ca² + Cs²) / 2 of Allen and Cunneen; 1 for arrivals at random, exponential services
    :return Service: the figures
    """
    load = per_minute * minutes
    if load >= desks:
        # The queue grows without end; what happens within half an hour is in the carried people of the plan.
        return Service(desks, load, 1.0, inf, 0.0, 0.0, 1.0)
    waits = delay(desks, load)
    spare = (desks - load) / (minutes * variability)
    return Service(desks, load, waits, waits / spare, 1 - waits * exp(-spare * within), 0.0, load / desks)


def wait_exceeded_by(desks, per_minute, minutes, share, variability=1.0):
    """The wait that only a share of people exceeds: 0.1 for the P90.

    :param float share: of people, more than 0
    :return float: minutes, 0 where fewer than that wait at all, infinite where the queue grows without end
    """
    load = per_minute * minutes
    if load >= desks:
        return inf
    waits = delay(desks, load)
    return max(0.0, minutes * variability / (desks - load) * log(waits / share)) if waits else 0.0


def impatient(desks, per_minute, minutes, within, patience):
    """What is to be expected when people leave after a while (exponential patience, "Erlang A").

    ``within`` is of those who would stay: that somebody has left is no good service. The time until a patient person
    is called with k waiting ahead is a sum of exponentials of the rates (desks / minutes + j / patience), j = 0 … k;
    exp(-time / patience) then has a beta distribution, whose tail is summed term by term.

    :param int desks: desks open, at least one
    :param float per_minute: arrivals per minute
    :param float minutes: mean service
    :param float within: target wait, minutes
    :param float patience: mean minutes until someone leaves
    :return Service: the figures
    """
    load = per_minute * minutes
    if load <= 0:
        return Service(desks, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    serve, leave = 1 / minutes, 1 / patience
    first = desks * serve / leave
    left = exp(-within * leave)
    # Relative to the probability that exactly all desks are busy and nobody waits.
    term, below = 1.0, 1.0
    for number in range(desks, 0, -1):
        term *= number / load
        below += term
    weight, waiting, queue, late = 1.0, 0.0, 0.0, 0.0
    beta_term, beta_tail, ahead = 1.0, 1.0, 0
    while weight > 1e-12 * (below + waiting) or per_minute > desks * serve + ahead * leave:
        waiting += weight
        queue += weight * ahead
        late += weight * beta_tail
        ahead += 1
        beta_term *= (first + ahead - 1) / ahead * (1 - left)
        beta_tail += beta_term
        weight *= per_minute / (desks * serve + ahead * leave)
    # ``below`` holds the state that ``waiting`` begins with.
    total = below + waiting - 1
    late = min(late * left**first / total, 1.0)
    queue /= total
    leaving = queue * leave / per_minute
    busy = load * (1 - leaving) / desks
    return Service(desks, load, waiting / total, queue / per_minute, 1 - late, leaving, busy)


def expected_service(desks, per_minute, minutes, target, patience=None, variability=1.0):
    """The figures with so many desks, with leavers where their patience is known.

    :param Target target: what is promised
    :return Service: the figures
    """
    if patience and desks:
        return impatient(desks, per_minute, minutes, target.minutes, patience)
    return patient(desks, per_minute, minutes, target.minutes, variability)


def desks_needed(per_minute, minutes, target=None, patience=None, variability=1.0, most=MOST_DESKS):
    """The fewest desks that keep a target.

    :param float per_minute: arrivals per minute
    :param float minutes: mean service
    :param Target target: what is promised
    :param patience: mean minutes until someone leaves, None where nobody does
    :param int most: not more than these
    :return int: desks; ``most`` when they do not suffice either; 0 when nobody comes
    """
    if per_minute <= 0:
        return 0
    target = target or Target()
    for desks in range(1, most):
        if expected_service(desks, per_minute, minutes, target, patience, variability).within >= target.share:
            return desks
    return most


def plan(arrivals: Sequence, minutes, target=None, patience=None, variability=1.0, available=None, slot=SLOT):
    """The need of a day.

    :param arrivals: people expected in each slot
    :param minutes: mean service, one number or one for each slot
    :param Target target: what is promised
    :param patience: mean minutes until someone leaves, None where nobody does
    :param available: desks there are, one number or one for each slot, None without limit
    :param float slot: length of a slot, minutes
    :return list: of :class:`Need`
    :raises ValueError: a service that takes no time, or people below zero
    """
    if min(minutes if isinstance(minutes, Sequence) else [minutes], default=1) <= 0 or min(arrivals, default=0) < 0:
        raise ValueError("a service takes more than no time, and no fewer than nobody come")
    target = target or Target()
    needs, carried = [], 0.0
    for number, people in enumerate(arrivals):
        long = _of_slot(minutes, number)
        per_minute = (people + carried) / slot
        desks = desks_needed(per_minute, long, target, patience, variability)
        there = _of_slot(available, number)
        there = desks if there is None else min(desks, there)
        service = expected_service(there, per_minute, long, target, patience, variability) if per_minute else None
        needs.append(Need(people, carried, desks, there, service))
        carried = _left_waiting(people, carried, there * slot / long, patience, slot)
    return needs


def _left_waiting(people, carried, done, patience, slot):
    """People still waiting at the end of a slot: a fluid that flows in, out at the desks, and away when it waits.

    :param float done: people all desks can serve in the slot
    """
    if not patience:
        return max(0.0, carried + people - done)
    stay = exp(-slot / patience)
    return max(0.0, carried * stay + (people - done) * (1 - stay) * patience / slot)


def what_if(arrivals, minutes, changes, **given):
    """The same day with something changed.

    :param arrivals: people expected in each slot
    :param minutes: mean service
    :param dict changes: ``arrivals`` and ``minutes`` are factors (1.2 for a fifth more), ``desks`` is added to the
        desks available, ``target`` and ``patience`` replace what was given
    :param given: as for :func:`plan`
    :return tuple: plan as it is, plan as changed (lists of :class:`Need`)
    """
    after = dict(given)
    if "desks" in changes and given.get("available") is not None:
        before = given["available"]
        after["available"] = (
            [max(one + changes["desks"], 0) for one in before]
            if isinstance(before, Sequence)
            else max(before + changes["desks"], 0)
        )
    after.update({key: changes[key] for key in ("target", "patience") if key in changes})
    factor = changes.get("minutes", 1.0)
    longer = [one * factor for one in minutes] if isinstance(minutes, Sequence) else minutes * factor
    people = [one * changes.get("arrivals", 1.0) for one in arrivals]
    return plan(arrivals, minutes, **given), plan(people, longer, **after)


def rule_of_thumb(load, beta=1.0):
    """Desks by the square-root rule (Halfin and Whitt 1981): to check a plan by heart.

    :return int: the load, and beta times its root to spare
    """
    return ceil(load + beta * sqrt(load)) if load > 0 else 0


def _of_slot(value, number):
    return value[number] if isinstance(value, Sequence) else value
