"""Invented facts get their days: what a step does is dated today, and a demo needs months behind it.

Facts are not changed by anybody, so their days are set in the database, where alone it is possible.
"""

from collections import defaultdict
from datetime import datetime, time, timedelta

from odoo.tools import SQL


def workday(day, last):
    """The day itself, or the Monday after it; never after ``last``."""
    while day.weekday() > 4:
        day += timedelta(days=1)
    if day > last:
        day = last
        while day.weekday() > 4:
            day -= timedelta(days=1)
    return day


class Past:
    """Days of the records of one model and of their milestones, written many at once."""

    def __init__(self, env, model):
        self.env, self.table = env, env[model]._table
        self.columns, self.facts = defaultdict(dict), {}

    def dates(self, record, code, day, **columns):
        """Note the day of one milestone, and of the fields that say the same."""
        self.facts[record.id, code] = day
        for name, value in columns.items():
            self.columns[name][record.id] = value

    def set(self, name, days):
        """Write one column at once.

        :param dict days: record id → date
        """
        self.env.flush_all()
        if days:
            self.env.cr.execute(
                SQL(
                    "UPDATE %s t SET %s = new.day FROM unnest(%s::int[], %s::date[]) AS new(id, day) WHERE t.id = new.id",
                    SQL.identifier(self.table),
                    SQL.identifier(name),
                    list(days),
                    list(days.values()),
                )
            )

    def flush(self):
        """Write what was noted; milestones of one day keep their order."""
        for name, days in self.columns.items():
            self.set(name, days)
        self.env.flush_all()
        keys = list(self.facts)
        self.env.cr.execute(
            SQL(
                """UPDATE %(table)s m SET date = new.moment + make_interval(mins => 4 * ranked.rank::int)
                     FROM unnest(%(ids)s::int[], %(codes)s::text[], %(moments)s::timestamp[]) AS new(id, code, moment),
                          (SELECT id, row_number() OVER (PARTITION BY request_id ORDER BY id) AS rank
                             FROM %(table)s WHERE request_id = ANY(%(ids)s::int[])) ranked
                    WHERE m.request_id = new.id AND m.code = new.code AND ranked.id = m.id""",
                table=SQL.identifier(f"{self.table}_milestone"),
                ids=[key[0] for key in keys],
                codes=[key[1] for key in keys],
                moments=[_at(day, key[0]) for key, day in self.facts.items()],
            )
        )
        self.columns, self.facts = defaultdict(dict), {}
        self.env.invalidate_all()

    def created(self, records, days):
        """Let records have been made on their day, in the morning."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE %s t SET create_date = new.moment FROM unnest(%s::int[], %s::timestamp[]) AS new(id, moment)"
                " WHERE t.id = new.id",
                SQL.identifier(records._table),
                list(days),
                [_at(day, key) for key, day in days.items()],
            )
        )
        self.env.invalidate_all()


def _at(day, number):
    """A moment of the working day that a number stands for."""
    return datetime.combine(day, time(8 + number % 6, number * 7 % 60))
