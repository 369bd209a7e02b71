"""One row per public form that was taken, so that none is taken twice."""

from datetime import timedelta

from odoo import api, fields, models


class JamaaFormSubmission(models.Model):
    """The idempotency key of a public form and what came out of it.

    A slow network makes people tap twice and browsers send again. The key travels in the
    signed form token; the second arrival finds the first one's record and is led to it.
    """

    _name = "jamaa.form.submission"
    _description = "Public form taken"
    _log_access = False

    key = fields.Char(required=True, export_string_translation=False)
    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="cascade")
    res_model = fields.Char(export_string_translation=False)
    res_id = fields.Many2oneReference(model_field="res_model", export_string_translation=False)
    at = fields.Datetime(required=True, default=fields.Datetime.now, index=True, export_string_translation=False)

    _key_uniq = models.Constraint("UNIQUE(key)", "This form was already sent.")

    @api.model
    def _claim(self, key, company):
        """Take the key, or find who took it.

        Two requests with one key at the same time: the database makes the second wait and
        then fail to serialise, the server runs it again, and it finds the first one's row.

        :param str key: of the form token
        :param company: the commune
        :return: the row (in superuser mode); its ``res_id`` is set when the form was
            already taken, else call :meth:`_done` on it in the same transaction
        """
        self.env.cr.execute(
            """
            INSERT INTO jamaa_form_submission (key, company_id, at)
                 VALUES (%s, %s, %s)
            ON CONFLICT (key) DO NOTHING
            """,
            [key, company.id, fields.Datetime.now()],
            # The loser of a race is run again: a double tap is no error for the log.
            log_exceptions=False,
        )
        # sudo: jamaa.form.submission - nobody has rights on it; the key is the proof
        return self.sudo().search_fetch([("key", "=", key)], ["res_model", "res_id"])

    def _done(self, record):
        """Remember what the form became."""
        self.ensure_one()
        self.write({"res_model": record._name, "res_id": record.id})

    def _record(self):
        """Return the record a taken form became, or None.

        :return: a record in superuser mode; None when the form was not taken or the record
            is gone
        """
        if not self.res_id or self.res_model not in self.env:
            return None
        return self.env[self.res_model].browse(self.res_id).exists() or None

    @api.autovacuum
    def _gc_old(self):
        """Sweep keys that no valid form token can carry any more."""
        self.env.cr.execute(
            "DELETE FROM jamaa_form_submission WHERE at < %s",
            [fields.Datetime.now() - timedelta(days=30)],
        )
