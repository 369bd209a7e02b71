"""Where to go instead: the same procedure at another site, when that is sooner over. Plain Python, no database.

Durations are minutes. Only a site that may do the procedure for this person is compared: an extract from the register
is made where the register lies, however long the queue. Nobody is sent away for a gain that the way may eat up:
the other site must be sooner by a good margin as expected, and not later even if the wait there turns out at the
long end of its band and the one here at its middle.
"""

from collections.abc import Hashable
from typing import NamedTuple

#: The gain that is worth a walk: minutes, and share of the time here; both.
LEAST_MINUTES = 15.0
LEAST_SHARE = 0.25


class Option(NamedTuple):
    """A site where the procedure can be done.

    :param site: the site
    :param bool competent: it may do this procedure for this person
    :param expected: minutes of waiting, as forecast for the time of arrival there; None when not served today
    :param high: minutes, long end of the band, not rounded; None when not served today
    :param float service: minutes at the desk
    :param travel: minutes of the way from here, None where unknown; 0 for the site one is at
    :param float on_the_way: people sent there lately who have not arrived yet
    :param float each: minutes of waiting that each of them adds there (mean service / desks)
    """

    site: Hashable
    competent: bool
    expected: float | None
    high: float | None
    service: float
    travel: float | None = 0.0
    on_the_way: float = 0.0
    each: float = 0.0


class Advice(NamedTuple):
    """A better place to go.

    :param site: where
    :param float total: minutes until all is done there, the way included
    :param here: minutes until all is done here, None when it is not done here today
    :param saved: minutes saved, None when it is not done here today
    """

    site: Hashable
    total: float
    here: float | None
    saved: float | None


def total(option, wait):
    """Minutes until a person who leaves now is done at a site.

    :param Option option: the site
    :param float wait: minutes of waiting there
    :return float: minutes
    """
    return option.travel + wait + option.on_the_way * option.each + option.service


def choose(here, others, least_minutes=LEAST_MINUTES, least_share=LEAST_SHARE):
    """The site to go to instead, if any.

    Where people were sent a moment ago is taken as longer by these people, or all would be sent to the same place.

    :param Option here: the site one is at; where it is not competent or does not serve today, any other is better
    :param others: iterable of :class:`Option`
    :param float least_minutes: the least gain, minutes
    :param float least_share: the least gain, as a share of the time here
    :return: :class:`Advice`, or None to stay
    """
    possible = [
        one
        for one in others
        if one.competent and one.travel is not None and one.expected is not None and one.high is not None
    ]
    if not possible:
        return None
    # The name decides between equals, so that the same question has the same answer.
    best = min(possible, key=lambda one: (total(one, one.expected), one.travel, str(one.site)))
    there = total(best, best.expected)
    if not here.competent or here.expected is None:
        return Advice(best.site, there, None, None)
    stay = total(here, here.expected)
    saved = stay - there
    if saved < max(least_minutes, least_share * stay) or total(best, best.high) > stay:
        return None
    return Advice(best.site, there, stay, saved)
