"""The arithmetic of self-assessment: plain Python, no database.

A *level* is a whole number from 0 (nothing is done) to 5 (the full cycle turns, and is shared with or learned
from another commune); :data:`NOT_APPLICABLE` says that the item does not concern the subject; ``None`` says that
nobody has answered. A *score* lies between 0 and 100.

Sources: the scale follows plan, do, check, adjust as the Common Assessment Framework does (CAF 2020, enablers,
classical scoring); agreement is the average deviation of Burke and Dunlap (2002), with their cut-off of a sixth of
the number of answers; median and band instead of ranks because CAF itself warns against comparing scores of
organisations that nobody validated alike.
"""

from collections import defaultdict
from math import ceil, floor
from statistics import fmean, median, quantiles
from typing import NamedTuple

NOT_APPLICABLE = "na"
HIGHEST = 5
#: A score is shown from this share of its applicable items on.
LEAST_SHARE = 0.6
#: Spread and median of individual answers are shown from this number of raters on.
LEAST_RATERS = 3
#: The median of a role is shown from this number of its raters on: one rater's would be an answer with a name.
LEAST_PER_ROLE = 2
#: A band of peers is shown from this number of other communes on.
LEAST_PEERS = 5
#: A band moves only when at least so many of the communes behind it changed at once: one alone would be its step.
LEAST_CHANGED = 2
#: Bands are told in half levels, on the scale of levels and on the scale of scores.
HALF_LEVEL, HALF_LEVEL_SCORE = 0.5, 10
#: Burke and Dunlap: the number of possible answers (six levels), divided by six.
LARGEST_DEVIATION = 1.0
#: However small the deviation, levels farther apart than this are talked about.
LARGEST_RANGE = 2
#: A rise of so many levels at once asks for a trace.
JUMP = 2
MOST_PRIORITIES = 3


class Score(NamedTuple):
    """A mean over items or criteria.

    :param value: 0 to 100, or None when nothing applicable was answered
    :param int answered: items with a level
    :param int applicable: items with a level or without answer
    :param int not_applicable: items that do not concern the subject
    :param bool shown: enough was answered for the value to be shown
    """

    value: float | None
    answered: int
    applicable: int
    not_applicable: int
    shown: bool


class Agreement(NamedTuple):
    """How far raters stand apart on one item.

    :param str verdict: ``none`` (nobody answered), ``agreed``, ``discuss`` or ``split``
    :param float spread: average deviation from the mean, in levels; 0 without levels
    :param lowest: level, or None
    :param highest: level, or None
    :param middle: median level, or None
    :param int count: raters who gave a level
    :param int not_applicable: raters for whom the item does not apply
    """

    verdict: str
    spread: float
    lowest: int | None
    highest: int | None
    middle: float | None
    count: int
    not_applicable: int


class Progress(NamedTuple):
    """What moved between two rounds.

    :param dict changes: key -> difference in levels, for items that read the same in both rounds
    :param mean: mean of these differences, None when there is nothing to compare
    :param list raised: keys of items whose wording changed: the bar was moved, so levels are not compared
    :param list jumps: keys that rose by :data:`JUMP` levels or more: each asks for a trace
    """

    changes: dict
    mean: float | None
    raised: list
    jumps: list


class Band(NamedTuple):
    """Peers as a median and the middle half; never a rank, never a name.

    :param float middle: median
    :param float low: first quartile
    :param float high: third quartile
    :param int count: peers
    """

    middle: float
    low: float
    high: float
    count: int


class Standing(NamedTuple):
    """A band as it stands, and whom it was last worked out from.

    :param band: a :class:`Band` told coarsely, or None where it is not shown
    :param dict basis: peer -> edition of its answers, of the last band that was shown
    """

    band: Band | None
    basis: dict


class Candidate(NamedTuple):
    """An item that may become a priority.

    :param key: how the caller names it
    :param level: 0 to 5, NOT_APPLICABLE or None
    :param int importance: 1 to 3
    :param int effort: 1 (a few weeks) to 3 (a year or more)
    :param bool gate_failed: a duty of the law that is not met
    """

    key: object
    level: object
    importance: int = 2
    effort: int = 2
    gate_failed: bool = False


# ---------- means ----------


def item_score(level):
    """Return the level on 100: each level is worth 20; None for what has no level."""
    return level * 100 / HIGHEST if _is_level(level) else None


def criterion_score(items):
    """Return the weighted mean of the items of one criterion.

    Items that do not apply are left out and counted; items without answer are left out of the mean, and hide it
    when they are too many (:data:`LEAST_SHARE`).

    :param items: iterable of (weight, level)
    :rtype: Score
    """
    items = list(items)
    answered = [(weight, level) for weight, level in items if _is_level(level)]
    not_applicable = sum(level == NOT_APPLICABLE for _weight, level in items)
    applicable = len(items) - not_applicable
    total = sum(weight for weight, _level in answered)
    value = sum(weight * item_score(level) for weight, level in answered) / total if total else None
    shown = value is not None and len(answered) >= LEAST_SHARE * applicable
    return Score(value, len(answered), applicable, not_applicable, shown)


def whole_score(criteria):
    """Return the weighted mean of criteria; those that cannot be shown are left out.

    The whole itself is shown when :data:`LEAST_SHARE` of all applicable items were answered.

    :param criteria: iterable of (weight, Score)
    :rtype: Score
    """
    criteria = list(criteria)
    known = [(weight, score.value) for weight, score in criteria if score.shown]
    total = sum(weight for weight, _value in known)
    value = sum(weight * one for weight, one in known) / total if total else None
    answered = sum(score.answered for _weight, score in criteria)
    applicable = sum(score.applicable for _weight, score in criteria)
    shown = value is not None and answered >= LEAST_SHARE * applicable
    return Score(value, answered, applicable, sum(score.not_applicable for _weight, score in criteria), shown)


def counted_level(level, has_evidence, cap):
    """Return the level that counts: without evidence, no more than the grid allows.

    :param level: what was agreed
    :param bool has_evidence: a file, a link or a figure stands beside it
    :param int cap: highest level that counts without; 5 for no limit
    """
    return min(level, cap) if _is_level(level) and not has_evidence else level


def gates(answers):
    """Return the duties of the law that are met, not met, and not answered: they are counted, never averaged.

    :param dict answers: key -> True, False, NOT_APPLICABLE or None
    :return: three lists of keys
    """
    met = [key for key, answer in answers.items() if answer is True]
    failed = [key for key, answer in answers.items() if answer is False]
    open_ones = [key for key, answer in answers.items() if answer is None]
    return met, failed, open_ones


# ---------- agreement ----------


def agreement(levels):
    """Say how far raters stand apart on one item.

    Identical answers are agreed, from two raters on. Otherwise at least :data:`LEAST_RATERS` must have answered;
    an average deviation above :data:`LARGEST_DEVIATION` is a split, levels more than :data:`LARGEST_RANGE` apart
    are discussed, and so is an item that applies for some and not for others.

    :param levels: of the raters who answered, None for those who did not
    :rtype: Agreement
    """
    given = [level for level in levels if _is_level(level)]
    not_applicable = sum(level == NOT_APPLICABLE for level in levels)
    if not given:
        verdict = "none" if not not_applicable else "agreed" if not_applicable > 1 else "discuss"
        return Agreement(verdict, 0.0, None, None, None, 0, not_applicable)
    mean = fmean(given)
    spread = fmean(abs(level - mean) for level in given)
    lowest, highest = min(given), max(given)
    if spread > LARGEST_DEVIATION:
        verdict = "split"
    elif not_applicable or len(given) < 2 or highest - lowest > LARGEST_RANGE:
        verdict = "discuss"
    elif lowest == highest or len(given) >= LEAST_RATERS:
        verdict = "agreed"
    else:
        verdict = "discuss"
    return Agreement(verdict, spread, lowest, highest, median(given), len(given), not_applicable)


def gate_agreement(answers):
    """Return the verdict on a yes-or-no item: all the same, from two raters on, or not.

    :param answers: True, False, NOT_APPLICABLE or None of each rater
    """
    given = [answer for answer in answers if answer is not None]
    if not given:
        return "none"
    if len(set(given)) > 1:
        return "split"
    return "agreed" if len(given) > 1 else "discuss"


def may_show(count):
    """Whether figures on so many individual answers may be shown without pointing at somebody."""
    return count >= LEAST_RATERS


def by_role(answers):
    """Return the median level of each role that has enough raters, and how far these medians lie apart.

    :param answers: iterable of (role, level)
    :return: dict role -> median, and the largest difference (None with fewer than two roles)
    """
    levels = defaultdict(list)
    for role, level in answers:
        if _is_level(level):
            levels[role].append(level)
    medians = {role: median(given) for role, given in levels.items() if len(given) >= LEAST_PER_ROLE}
    gap = max(medians.values()) - min(medians.values()) if len(medians) > 1 else None
    return medians, gap


# ---------- over time, and beside others ----------


def progress(before, now):
    """Compare two rounds on the items that read the same in both.

    :param dict before: key -> (fingerprint of text and anchors, level)
    :param dict now: the same of the later round
    :rtype: Progress
    """
    changes, raised = {}, []
    for key, (fingerprint, level) in now.items():
        if key not in before:
            continue
        former_fingerprint, former = before[key]
        if fingerprint != former_fingerprint:
            raised.append(key)
        elif _is_level(level) and _is_level(former):
            changes[key] = level - former
    mean = fmean(changes.values()) if changes else None
    return Progress(changes, mean, raised, [key for key, change in changes.items() if change >= JUMP])


def peer_band(values):
    """Return median and quartiles of the other communes that agreed to be counted, or None.

    :param values: scores of others, None where one cannot be shown; the own one is not among them
    :rtype: Band or None
    """
    known = [value for value in values if value is not None]
    if len(known) < LEAST_PEERS:
        return None
    low, middle, high = quantiles(known, n=4, method="inclusive")
    return Band(middle, low, high, len(known))


def coarse_band(band, step):
    """Return a band in whole steps, so that the answer of one commune cannot be read out of it.

    The median goes to the nearest step, the quartiles outwards; the number of peers becomes the least one.

    :param Band band: or None
    :param float step: half a level, on the scale of the values
    """
    if band is None:
        return None
    return Band(
        floor(band.middle / step + 0.5) * step,
        floor(band.low / step) * step,
        ceil(band.high / step) * step,
        LEAST_PEERS,
    )


def next_standing(former, peers, withdrawn, step):
    """Return the band of peers at one of its fixed dates.

    It is worked out anew when at least :data:`LEAST_CHANGED` peers came, went or answered anew since it was last
    shown. When only one did, the difference between two bands would be that one: the band stays as it was; where
    the one went away, its answers may not go on being shown, and the band is hidden until another one changes.

    :param Standing former: at the date before, or None
    :param dict peers: peer -> (edition, value), of the others who stand on this question
    :param set withdrawn: editions that were taken back
    :param float step: half a level, on the scale of the values
    :rtype: Standing
    """
    former = former or Standing(None, {})
    basis = {peer: edition for peer, (edition, _value) in peers.items()}
    changed = [peer for peer in basis.keys() | former.basis.keys() if basis.get(peer) != former.basis.get(peer)]
    if len(changed) < LEAST_CHANGED:
        return Standing(None if withdrawn & set(former.basis.values()) else former.band, former.basis)
    band = coarse_band(peer_band(value for _edition, value in peers.values()), step)
    return Standing(band, basis if band else former.basis)


# ---------- what to do first ----------


def urgency(candidate):
    """Return how much an item asks for attention, for little effort: 0 is nothing to do.

    (5 - level) / 5 × importance / effort. A duty of the law that is not met counts as level 0, and double.
    """
    if candidate.gate_failed:
        weakness = 2.0
    elif _is_level(candidate.level):
        weakness = (HIGHEST - candidate.level) / HIGHEST
    else:
        return 0.0
    return weakness * candidate.importance / candidate.effort


def priorities(candidates, most=MOST_PRIORITIES):
    """Return the keys that ask for attention most, the first first; equals keep their order.

    :param candidates: iterable of Candidate
    :param int most: no more than so many: who has ten priorities has none
    """
    ranked = sorted(((urgency(one), one.key) for one in candidates), key=lambda pair: -pair[0])
    return [key for value, key in ranked[:most] if value > 0]


def _is_level(level):
    return isinstance(level, int) and not isinstance(level, bool)
