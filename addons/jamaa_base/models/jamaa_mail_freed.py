"""Numbers of the mail registry: each once, none lost, nobody waits."""

import logging
from functools import partial

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import mute_logger

_logger = logging.getLogger(__name__)

INCOMING_SEQUENCE = "jamaa.mail.incoming"
OUTGOING_SEQUENCE = "jamaa.mail.outgoing"
SEQUENCES = {"incoming": INCOMING_SEQUENCE, "outgoing": OUTGOING_SEQUENCE}


class JamaaMailFreed(models.Model):
    """A number that was taken and given back, and goes to the next letter.

    A number comes from a sequence of PostgreSQL, which never waits and never gives one twice,
    but loses those of transactions that fail. These come back here: at once when the
    transaction is rolled back, and within hours (``_cron_sweep``) after a crash. So at rest the
    numbers of a year have no hole, and no request ever waits on another, as it would on a
    counter row, which the first request holds until it ends.

    A row that was handed out is marked and kept for a day, so that the sweep does not take the
    number of a letter being written for a lost one; and no number that stands on a letter is
    handed out, whatever row says it is free.

    The rows are written by transactions of their own, so they name their commune by its id
    alone: the transaction that numbers may not have committed the commune yet.
    """

    _name = "jamaa.mail.freed"
    _description = "Number given back"
    _log_access = False

    company_key = fields.Integer(required=True, export_string_translation=False)
    direction = fields.Char(required=True, export_string_translation=False)
    year = fields.Integer(required=True, export_string_translation=False)
    number = fields.Integer(required=True, export_string_translation=False)
    taken_at = fields.Datetime(export_string_translation=False)

    _number_uniq = models.UniqueIndex("(company_key, direction, year, number)")

    @api.model
    def _take(self, company, direction, year):
        """The next number of a commune's registry; it comes back when the transaction fails.

        :param company: the commune
        :param str direction: incoming or outgoing
        :param int year: of the registration
        :rtype: int
        :raise UserError: the commune has no number range
        """
        number = self._take_freed(company.id, direction, year) or self._take_new(company, direction, year)
        self.env.cr.postrollback.add(partial(self._give_back, company.id, direction, year, number))
        return number

    @api.model
    def _take_new(self, company, direction, year):
        # sudo: ir.sequence - numbering is not a right of the caller
        sequence = (
            self.env["ir.sequence"]
            .sudo()
            .search([("code", "=", SEQUENCES[direction]), ("company_id", "=", company.id)], limit=1)
        )
        if not sequence:
            raise UserError(self.env._("The number range of the mail registry is missing in this commune."))
        return int(sequence.next_by_id(sequence_date=fields.Date.to_date(f"{year}-06-30")))

    @api.model
    def _take_freed(self, company_id, direction, year):
        """A number given back, the lowest first, or None; a transaction of its own."""
        try:
            with mute_logger("odoo.sql_db"), self.env.registry.cursor() as cr:
                cr.execute(
                    """UPDATE jamaa_mail_freed SET taken_at = now() AT TIME ZONE 'UTC' WHERE id = (
                           SELECT id FROM jamaa_mail_freed f
                            WHERE company_key = %s AND direction = %s AND year = %s AND taken_at IS NULL
                              AND NOT EXISTS (SELECT FROM jamaa_mail_entry e
                                               WHERE e.company_id = f.company_key AND e.direction = f.direction
                                                 AND e.year = f.year AND e.number = f.number)
                            ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED)
                       RETURNING number""",
                    (company_id, direction, year),
                )
                row = cr.fetchone()
        except SerializationFailure:
            # Somebody took the same one a moment ago.
            return None
        return row and row[0]

    @api.model
    def _give_back(self, company_id, direction, year, number):
        """Keep a number for the next letter, in a transaction of its own."""
        with self.env.registry.cursor() as cr:
            cr.execute(
                """INSERT INTO jamaa_mail_freed (company_key, direction, year, number)
                   VALUES (%s, %s, %s, %s)
                       ON CONFLICT (company_key, direction, year, number) DO UPDATE SET taken_at = NULL""",
                (company_id, direction, year, number),
            )
        _logger.debug("number %s of %s %s given back", number, direction, year)

    @api.model
    def _cron_sweep(self):
        """Give back what a crash lost: holes below a number that is an hour old.

        A request lives minutes, so whoever took a number before one that is on record for an
        hour is gone.
        """
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self._sweep()
        except SerializationFailure:
            _logger.info("mail registry: numbers are being taken right now; the next sweep looks again")

    def _sweep(self):
        self.env.cr.execute(
            """WITH old AS (
                   SELECT company_id, direction, year, max(number) AS last, min(number) AS first
                     FROM jamaa_mail_entry
                    WHERE number IS NOT NULL AND create_date < (now() AT TIME ZONE 'UTC') - interval '1 hour'
                      AND year >= extract(year FROM now()) - 1
                    GROUP BY company_id, direction, year)
               INSERT INTO jamaa_mail_freed (company_key, direction, year, number)
               SELECT old.company_id, old.direction, old.year, hole
                 FROM old, LATERAL generate_series(old.first, old.last) AS hole
                WHERE NOT EXISTS (SELECT FROM jamaa_mail_entry e
                                   WHERE e.company_id = old.company_id AND e.direction = old.direction
                                     AND e.year = old.year AND e.number = hole)
                   ON CONFLICT (company_key, direction, year, number) DO UPDATE SET taken_at = NULL
                WHERE jamaa_mail_freed.taken_at < (now() AT TIME ZONE 'UTC') - interval '1 hour'"""
        )
        if self.env.cr.rowcount:
            _logger.info("mail registry: %s lost numbers given back", self.env.cr.rowcount)
        # What was handed out a day ago is on a letter, or a hole again by now.
        self.env.cr.execute(
            "DELETE FROM jamaa_mail_freed WHERE taken_at < (now() AT TIME ZONE 'UTC') - interval '1 day'"
        )
