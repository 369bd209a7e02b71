"""Days of what a round's steps date at the moment they are made; a demo has a past."""

from datetime import datetime, time

from odoo import fields
from odoo.tools import SQL

#: Hour of the day, universal time, at which what belongs to one day is put.
HOUR = 10


def on(day, hour=HOUR, minute=0):
    """A moment of a day."""
    return datetime.combine(day, time(hour, minute))


def president_of(users):
    """The login of a fictional commune that speaks for it.

    :param dict users: of one commune, by login
    """
    return next(user for login, user in users.items() if login.startswith("president."))


def as_user(records, user):
    """The records as somebody of the commune, who works for that commune alone."""
    return records.with_user(user).with_context(allowed_company_ids=user.company_id.ids)


def date(records, **columns):
    """Set days of facts, in the database, where alone it is possible.

    :param columns: column name -> date or moment
    """
    if not records:
        return
    records.env.flush_all()
    for name, value in columns.items():
        records.env.cr.execute(
            SQL(
                "UPDATE %s SET %s = %s WHERE id = ANY(%s)",
                SQL.identifier(records._table),
                SQL.identifier(name),
                fields.Datetime.to_string(value) if isinstance(value, datetime) else value,
                records.ids,
            )
        )
    records.env.invalidate_all()
