"""What a client of GeoReport v2 asks for: dates, lists of codes, the status."""

import re
from datetime import datetime, timedelta

import pytz

from odoo.addons.jamaa_base.controllers.public_page import TIMEZONE

# As Odoo itself computes: the system's own table of zones may be older.
ZONE = pytz.timezone(TIMEZONE)
#: The specification's limits of one answer.
SPAN = timedelta(days=90)
MOST = 1000
STATUSES = ("open", "closed")
#: The form of the specification: a day and a time with its zone (W3C note on date and time).
_MOMENT = re.compile(r"(19|20|21)\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)", re.ASCII)


def codes(text, most=MOST):
    """Return the codes of a list parted by commas, each once, in their order.

    :param text: as sent; anything that is no text counts as empty
    :raise ValueError: more than ``most``
    """
    found = [part.strip()[:64] for part in text.split(",")] if isinstance(text, str) else []
    found = list(dict.fromkeys(part for part in found if part))
    if len(found) > most:
        raise ValueError(most)
    return found


def moment(text):
    """Return the moment a text names, or None for an empty one.

    :raise ValueError: it is no moment, or has no zone
    """
    if not isinstance(text, str) or not text.strip():
        return None
    # The plus of a zone that was not escaped in the address arrives as a blank.
    text = text.strip().replace(" ", "+")
    if not _MOMENT.fullmatch(text):
        raise ValueError(text[:40])
    return datetime.fromisoformat(text)


def span(start, end, now):
    """Return the first and the last moment to search; the last ninety days by default.

    :param start: aware datetime or None
    :param end: the same
    :param now: aware datetime
    :raise ValueError: more than ninety days, or the end before the start
    """
    if start is None:
        end = end or now
        start = end - SPAN
    elif end is None:
        end = start + SPAN
    if not timedelta(0) <= end - start <= SPAN:
        raise ValueError("span")
    return start, end


def first_moment(month):
    """Return the first moment of a month where the communes are.

    :param str month: year and month, ``2026-11``
    """
    return ZONE.localize(datetime(int(month[:4]), int(month[5:]), 1))


def months(start, end):
    """Return the first and the last month that begin in a span, as ``2026-11``.

    The last may come before the first: then no month begins in it.
    """
    first = start.astimezone(ZONE).strftime("%Y-%m")
    if start > first_moment(first):
        first = (first_moment(first) + timedelta(days=32)).strftime("%Y-%m")
    return first, end.astimezone(ZONE).strftime("%Y-%m")
