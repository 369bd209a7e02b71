"""Numbers given out at a site on a day, each once."""

from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import UserError


class JamaaQueueNumber(models.Model):
    """One number that was given out; the row goes when the day is over.

    No counter stands on a shared row: two kiosks at the same moment both try the next free number,
    the database lets one through and the other tries the one after. A number of a ticket that was
    never given out comes back, so that no number is missing in the hall.
    """

    _name = "jamaa.queue.number"
    _description = "Number given out"
    _log_access = False
    _rec_name = "number"

    site_id = fields.Many2one("jamaa.site", required=True, ondelete="cascade", export_string_translation=False)
    day = fields.Date(required=True, export_string_translation=False)
    prefix = fields.Char(export_string_translation=False)
    number = fields.Integer(required=True, export_string_translation=False)

    _once = models.UniqueIndex("(site_id, day, COALESCE(prefix, ''), number)")

    @api.model
    def _claim(self, queue, day):
        """Take the next number of a queue.

        :return: the number
        :raise UserError: all numbers of the day are given out
        """
        last = queue.last_number
        if queue.daily_cap:
            last = min(last, queue.first_number + queue.daily_cap - 1)
        number = self._take_next(queue, day, last)
        if number:
            return number
        # Another took the same one at the same moment, or none is left.
        self.env.cr.execute(
            "SELECT max(number) FROM jamaa_queue_number WHERE site_id = %s AND day = %s AND COALESCE(prefix, '') = %s",
            [queue.site_id.id, day, queue.prefix or ""],
        )
        number = max((self.env.cr.fetchone()[0] or 0) + 1, queue.first_number)
        while number <= last:
            if self._take(queue, day, number):
                return number
            number += 1
        raise UserError(
            self.env._("All tickets of “%(queue)s” are given out for today: ask at reception.", queue=queue.name)
        )

    @api.model
    def _claim_range(self, queue, day, first, last):
        """Take the printed numbers of a paper roll.

        :raise UserError: one of them was given out already
        """
        for number in range(first, last + 1):
            if not self._take(queue, day, number):
                raise UserError(
                    self.env._("Number %(number)s was already given out today.", number=queue._code_of(number))
                )

    @api.model
    def _take_next(self, queue, day, last):
        """Take the number after the highest that this transaction sees.

        :return: the number; None when another has it already, or when it is beyond the last
        """
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(
                    """INSERT INTO jamaa_queue_number (site_id, day, prefix, number)
                       SELECT %(site)s, %(day)s, %(prefix)s, GREATEST(max(number) + 1, %(first)s)
                         FROM jamaa_queue_number
                        WHERE site_id = %(site)s AND day = %(day)s AND COALESCE(prefix, '') = COALESCE(%(prefix)s, '')
                       HAVING GREATEST(max(number) + 1, %(first)s) <= %(last)s
                    RETURNING number""",
                    {
                        "site": queue.site_id.id,
                        "day": day,
                        "prefix": queue.prefix or None,
                        "first": queue.first_number,
                        "last": last,
                    },
                    log_exceptions=False,
                )
                row = self.env.cr.fetchone()
        except UniqueViolation:
            return None
        return row[0] if row else None

    @api.model
    def _take(self, queue, day, number):
        """Try one number; whoever is at the same one waits until its fate is known."""
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(
                    "INSERT INTO jamaa_queue_number (site_id, day, prefix, number) VALUES (%s, %s, %s, %s)",
                    [queue.site_id.id, day, queue.prefix or None, number],
                    log_exceptions=False,
                )
        except UniqueViolation:
            return False
        return True

    @api.autovacuum
    def _gc_numbers(self):
        """Forget the numbers of days that are over; tickets keep theirs."""
        day = self.env["jamaa.queue.ticket"]._today() - timedelta(days=1)
        self.env.cr.execute("DELETE FROM jamaa_queue_number WHERE day < %s", [day])
