"""The tamper-evident register: what happened, written once, chained soon after."""

import json
import secrets

from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, mute_logger

from ..tools import register_chain as chain

SEAL_BATCH = 1000
SCALARS = (str, int, float, bool, type(None))
LONG = 40  # signs; what is longer is a fingerprint


def _short(value):
    """A detail as a list shows it."""
    text = str(value)
    return f"{text[:12]}…" if len(text) > LONG and " " not in text else text


class JamaaRegisterEntry(models.Model):
    """One fact of one commune.

    An entry is written in the transaction of what it tells, with its own fingerprint
    (``digest``: receipts print it), and takes no lock that another request could wait for.
    Soon after, one sealer per commune gives it a place and chains it to the entry before
    (``_cron_seal``). Places follow the order of sealing: a transaction that began earlier and
    ended later gets the later place, and a place once given never changes.

    No entry holds personal data. Personal details leave a salted fingerprint; the salt is not
    part of what is chained, so dropping it (``_forget_private``) erases them for good while
    the chain still verifies. Nobody changes or deletes entries through Odoo; what somebody
    does in the database itself, ``jamaa.register.check`` finds.
    """

    _name = "jamaa.register.entry"
    _inherit = ["jamaa.append.only"]
    _description = "Register entry"
    _order = "id desc"
    _rec_name = "digest"

    company_id = fields.Many2one("res.company", "Commune", required=True, readonly=True)
    kind_id = fields.Many2one(
        "jamaa.register.kind", "What happened", required=True, readonly=True, index=True, ondelete="restrict"
    )
    kind_code = fields.Char(required=True, readonly=True, export_string_translation=False)
    date = fields.Datetime("When", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True, ondelete="restrict")
    res_model = fields.Char("Kind of record", readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)
    facts = fields.Text("Details", required=True, readonly=True, help="As they are fingerprinted.")
    facts_text = fields.Text("What is recorded", compute="_compute_facts_text")
    private_digest = fields.Char("Fingerprint of personal details", readonly=True)
    private_salt = fields.Char(readonly=True, groups=fields.NO_ACCESS, export_string_translation=False)
    digest = fields.Char("Fingerprint", required=True, readonly=True, help="SHA-256 of what this entry says.")

    position = fields.Integer("Rank", readonly=True, help="Empty until the entry is sealed.")
    previous_seal = fields.Char("Seal before", readonly=True)
    seal = fields.Char(readonly=True)
    sealed_at = fields.Datetime("Sealed on", readonly=True)
    is_sealed = fields.Boolean("Sealed", compute="_compute_is_sealed", search="_search_is_sealed")

    _position_uniq = models.UniqueIndex("(company_id, position) WHERE position IS NOT NULL")
    _unsealed_idx = models.Index("(company_id, id) WHERE position IS NULL")
    _company_date_idx = models.Index("(company_id, id DESC)")
    _subject_idx = models.Index("(res_model, res_id)")
    _digest_idx = models.Index("(digest)")

    @api.depends("position")
    def _compute_is_sealed(self):
        for entry in self:
            entry.is_sealed = bool(entry.position)

    def _search_is_sealed(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("position", "!=" if True in value else "=", False)]

    @api.depends("facts")
    @api.depends_context("lang")
    def _compute_facts_text(self):
        """The details with their names in the reader's language; long fingerprints by their beginning."""
        words = self._fact_words()
        for entry in self:
            facts = json.loads(entry.facts or "{}")
            entry.facts_text = " · ".join(
                f"{words.get(key, key)}: {_short(value)}" for key, value in facts.items() if value not in (None, "")
            )

    @api.model
    def _fact_words(self):
        """Names of the details by their keys; each addon adds those of its kinds."""
        _ = self.env._
        return {
            "act": _("act"),
            "alone": _("reviewed alone"),
            "asked": _("asked for"),
            "audience": _("audience"),
            "by": _("by"),
            "confirmed_on": _("confirmed on"),
            "count": _("how many"),
            "data": _("data"),
            "digest": _("fingerprint"),
            "direction": _("direction"),
            "end_act": _("act that ended it"),
            "ended_on": _("ended on"),
            "erased": _("erased"),
            "fingerprint": _("fingerprint"),
            "found": _("found"),
            "from": _("from the day"),
            "function": _("function"),
            "grain": _("over"),
            "kind": _("kind"),
            "letter": _("letter"),
            "metric": _("measure"),
            "months": _("months"),
            "number": _("number"),
            "period": _("period"),
            "persons": _("persons"),
            "quality": _("quality"),
            "received_on": _("received on"),
            "recipients": _("recipients"),
            "reference": _("reference"),
            "request": _("request"),
            "result": _("result"),
            "role": _("role"),
            "rule": _("rule"),
            "scan": _("scan"),
            "scope": _("scope"),
            "signature": _("signature"),
            "signed_on": _("signed on"),
            "text": _("text"),
            "to": _("to the day"),
            "until": _("until"),
            "version": _("version"),
            "via": _("by way of"),
            "withdrawn_on": _("withdrawn on"),
            "words": _("words"),
        }

    # ---------- writing, once ----------

    @api.model
    def _enter(self, company, kind, facts, subject=None, private=None):
        """Write a fact into the register of a commune.

        :param company: the commune (`res.company`)
        :param str kind: code of a ``jamaa.register.kind``
        :param dict facts: details as JSON scalars, none of them personal; keys as the kind lists them
        :param subject: the record it is about
        :param dict private: personal details, of which only a salted fingerprint is kept
        :return: the entry, as superuser
        :raise ValueError: unknown kind, a detail the kind does not list, or one that is no scalar
        """
        kind_id, keys, keeps_private = self.env["jamaa.register.kind"]._by_code(kind)
        unknown = sorted(set(facts) - keys)
        if unknown or not all(isinstance(value, SCALARS) for value in facts.values()):
            raise ValueError(f"Register entry « {kind} »: {unknown or facts} is not what the table of kinds lists.")
        if private and not keeps_private:
            raise ValueError(f"Register entry « {kind} » keeps no fingerprint of personal details.")
        salt = secrets.token_hex(16) if private else False
        now = fields.Datetime.now()
        vals = {
            "company_id": company.id,
            "kind_id": kind_id,
            "kind_code": kind,
            "date": now,
            "user_id": self.env.uid,
            "res_model": subject._name if subject else False,
            "res_id": subject.id if subject else False,
            "facts": chain.canonical(facts),
            "private_digest": chain.private_digest(private, salt) if private else False,
            "private_salt": salt,
        }
        vals["digest"] = chain.digest(self._payload(vals))
        # sudo: jamaa.register.entry - nobody has the right to write entries; this is the one door
        return self.sudo().with_context(tracking_disable=True).create(vals)

    @api.model
    def _payload(self, row):
        """The text an entry's fingerprint is of; `row` maps its columns."""
        return chain.payload(
            row["company_id"],
            row["kind_code"],
            fields.Datetime.to_string(row["date"]),
            row["user_id"],
            row["res_model"] or "",
            row["res_id"] or 0,
            row["facts"],
            row["private_digest"] or "",
        )

    @api.model
    def _words_not_changed(self):
        return self.env._("The register is added to, never changed.")

    @api.model
    def _words_not_deleted(self):
        return self.env._("Nothing is deleted from the register.")

    def copy_data(self, default=None):
        """An entry is not copied.

        :raise UserError: always
        """
        raise UserError(self.env._("A register entry is not copied."))

    @api.model
    def _forget_private(self, subject):
        """Drop the salts of all entries about a record: its personal fingerprints say nothing any more.

        :return: how many entries had one
        :rtype: int
        """
        self.env.cr.execute(
            SQL(
                """UPDATE jamaa_register_entry SET private_salt = NULL
                    WHERE res_model = %s AND res_id = %s AND private_salt IS NOT NULL""",
                subject._name,
                subject.id,
            )
        )
        self.invalidate_model(["private_salt"])
        return self.env.cr.rowcount

    # ---------- sealing ----------

    @api.model
    def _cron_seal(self):
        """Chain what is not sealed yet, commune by commune, in batches."""
        self.env.cr.execute("SELECT DISTINCT company_id FROM jamaa_register_entry WHERE position IS NULL")
        waiting = [row[0] for row in self.env.cr.fetchall()]
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=len(waiting))
        for company_id in waiting:
            while True:
                try:
                    # A refusal here only says that another sealer of this commune was quicker.
                    with mute_logger("odoo.sql_db"):
                        sealed = self._seal_batch(company_id)
                except (SerializationFailure, UniqueViolation):
                    self.env.cr.rollback()
                    break
                if not commit(0 if sealed == SEAL_BATCH else 1) or sealed < SEAL_BATCH:
                    break

    @api.model
    def _seal_batch(self, company_id):
        """Give the oldest unsealed entries of a commune their places.

        Two sealers at once: one of them goes away with nothing done. Should both read the same
        last seal all the same, the unique place refuses the second.

        :param int company_id: the commune
        :return: how many entries were sealed
        :rtype: int
        """
        cr = self.env.cr
        cr.execute("SELECT pg_try_advisory_xact_lock(hashtext('jamaa.register'), %s)", [company_id])
        if not cr.fetchone()[0]:
            return 0
        cr.execute(
            """SELECT position, seal FROM jamaa_register_entry
                WHERE company_id = %s AND position IS NOT NULL ORDER BY position DESC LIMIT 1""",
            [company_id],
        )
        position, seal = cr.fetchone() or (0, chain.GENESIS)
        cr.execute(
            """SELECT id, digest FROM jamaa_register_entry
                WHERE company_id = %s AND position IS NULL ORDER BY id LIMIT %s""",
            [company_id, SEAL_BATCH],
        )
        rows = []
        for entry_id, digest in cr.fetchall():
            position, previous = position + 1, seal
            seal = chain.seal(position, previous, digest)
            rows.append((entry_id, position, previous, seal))
        if rows:
            cr.execute_values(
                """UPDATE jamaa_register_entry AS entry
                      SET position = new.position, previous_seal = new.previous, seal = new.seal,
                          sealed_at = now() AT TIME ZONE 'UTC'
                     FROM (VALUES %s) AS new(id, position, previous, seal)
                    WHERE entry.id = new.id""",
                rows,
            )
            self.invalidate_model()
        return len(rows)
