"""Reading the whole register of a commune again, and saying what does not hold."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..tools import register_chain as chain

READ_BATCH = 2000
#: Findings written out in a report; the number of all is given beside.
FINDINGS_SHOWN = 100
#: Whoever answers for the commune or looks into it may have the register read again.
ROLES = ("auditor", "data_protection", "director", "president")
#: All that somebody says of a check; the rest is found out.
TYPED = {"company_id", "anchor_position", "anchor_seal"}


class JamaaRegisterCheck(models.Model):
    """One reading of the register of a commune, from the first entry to the last.

    Each fingerprint and each seal is computed again. A check is a fact: it is kept, and the
    next one also asks whether the last seal that a *good* check saw is still there: what a bad
    one saw proves nothing, else a second look would call the first one's finding good. Against
    somebody who can rewrite the whole database, an older *printed* check helps: its place and
    last seal are typed back in (``anchor_position``, ``anchor_seal``) and looked for in the
    chain, beside the stored ones and never in their stead.
    """

    _name = "jamaa.register.check"
    _description = "Check of the register"
    _order = "id desc"

    company_id = fields.Many2one(
        "res.company",
        "Commune",
        required=True,
        index=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    date = fields.Datetime("Checked on", required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", "Checked by", readonly=True, default=lambda self: self.env.user)
    anchor_position = fields.Integer("Place on an earlier paper", help="As printed on an earlier check.")
    anchor_seal = fields.Char("Seal on an earlier paper", help="As printed on an earlier check, spaces do not matter.")
    state = fields.Selection(
        [("draft", "To do"), ("good", "Nothing was changed"), ("bad", "Something was changed")],
        "Result",
        default="draft",
        required=True,
        readonly=True,
    )
    sealed_count = fields.Integer("Sealed entries", readonly=True)
    unsealed_count = fields.Integer("Not sealed yet", readonly=True)
    unsealed_since = fields.Datetime("Oldest not sealed", readonly=True)
    last_position = fields.Integer("Last place", readonly=True)
    last_seal = fields.Char("Last seal", readonly=True)
    finding_count = fields.Integer("Findings", readonly=True)
    findings = fields.Text("What does not hold", readonly=True)

    @api.depends("date", "company_id")
    def _compute_display_name(self):
        for check in self:
            check.display_name = self.env._(
                "Register of %(commune)s, %(day)s",
                commune=check.company_id._commune_name(),
                day=fields.Date.to_string(fields.Datetime.context_timestamp(check, check.date)),
            )

    @api.constrains("anchor_position", "anchor_seal")
    def _check_anchor(self):
        for check in self:
            if bool(check.anchor_position) != bool((check.anchor_seal or "").strip()):
                raise ValidationError(self.env._("Type both the place and the seal of the earlier paper, or neither."))

    @api.model_create_multi
    def create(self, vals_list):
        """Who checks is whoever is logged in, whatever the request says."""
        return super().create([{name: vals[name] for name in TYPED & vals.keys()} for vals in vals_list])

    def write(self, vals):
        """A check that was done is not rewritten, and its result is never typed in (`_run` writes it).

        :raise UserError: it was done
        """
        if any(check.state != "draft" for check in self):
            raise UserError(self.env._("A check that was done stays as it is: make a new one."))
        return super().write({name: vals[name] for name in TYPED & vals.keys()})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(check.state != "draft" for check in self):
            raise UserError(self.env._("A check that was done stays on record."))

    def action_check(self):
        """Button: read the register now."""
        self.check_access("write")
        if not any(self.env.user.has_group(f"jamaa_base.group_{role}") for role in ROLES):
            raise AccessError(self.env._("The register is checked by the auditor, the director or the president."))
        for check in self:
            if check.state != "draft":
                raise UserError(self.env._("A check that was done stays as it is: make a new one."))
            check._run()

    def action_print(self):
        """Button: the paper to keep outside the computer."""
        self.check_access("read")
        return self.env.ref("jamaa_base.report_register_check").report_action(self)

    # ---------- reading ----------

    def _run(self):
        """Read every entry of the commune and keep the result."""
        self.ensure_one()
        findings, count = [], 0
        anchors = self._anchors()
        position, seal = 0, chain.GENESIS
        for row in self._sealed_rows():
            trouble = self._trouble(row, position, seal)
            if anchors.pop(row["position"], {row["seal"]}) != {row["seal"]}:
                trouble.append(self.env._("the seal differs from the one an earlier check saw"))
            for words in trouble:
                count += 1
                if len(findings) < FINDINGS_SHOWN:
                    findings.append(
                        self.env._(
                            "Place %(position)s (entry %(id)s): %(trouble)s",
                            position=row["position"],
                            id=row["id"],
                            trouble=words,
                        )
                    )
            position, seal = row["position"], row["seal"]
        for lost in sorted(anchors):
            count += 1
            findings.append(self.env._("Place %(position)s: an earlier check saw it, it is gone", position=lost))
        unsealed, since, false_ones = self._read_tail()
        for entry_id in false_ones:
            count += 1
            findings.append(self.env._("Entry %(id)s, not sealed yet: it was changed", id=entry_id))
        super().write(  # pylint: disable=super-method-mismatch
            {
                "date": fields.Datetime.now(),
                "state": "bad" if count else "good",
                "sealed_count": self._count_sealed(),
                "unsealed_count": unsealed,
                "unsealed_since": since,
                "last_position": position,
                "last_seal": seal if position else False,
                "finding_count": count,
                "findings": "\n".join(findings[:FINDINGS_SHOWN]) or False,
            }
        )

    def _trouble(self, row, position, seal):
        """What does not hold in one entry, read after the one at `position` with `seal`."""
        trouble = []
        if row["position"] != position + 1:
            trouble.append(self.env._("entries are missing before it"))
        if row["previous_seal"] != seal:
            trouble.append(self.env._("it is not chained to the entry before it"))
        if self._says_other(row):
            trouble.append(self.env._("what it says was changed"))
        if chain.seal(row["position"], row["previous_seal"], row["digest"]) != row["seal"]:
            trouble.append(self.env._("its seal is false"))
        return trouble

    def _says_other(self, row):
        """Whether an entry no longer says what it said; the kind on the screen is part of that."""
        payload = self.env["jamaa.register.entry"]._payload(row)
        return row["kind_shown"] != row["kind_code"] or chain.digest(payload) != row["digest"]

    def _anchors(self):
        """{place: seals} that must still be in the chain: from the last good check, and from the paper."""
        anchors = {}
        earlier = self.search(
            [("company_id", "=", self.company_id.id), ("state", "=", "good"), ("last_position", ">", 0)], limit=1
        )
        if earlier:
            anchors[earlier.last_position] = {earlier.last_seal}
        if self.anchor_position:
            anchors.setdefault(self.anchor_position, set()).add("".join(self.anchor_seal.split()).lower())
        return anchors

    def _sealed_rows(self):
        """Each sealed entry of the commune in its place, a batch in memory at a time."""
        last = 0
        while rows := self._read_rows("position > %s ORDER BY position, id", last):
            yield from rows
            last = rows[-1]["position"]

    def _read_tail(self):
        """What waits for the sealer.

        :return: how many entries, since when, ids of those that were changed
        """
        count, since, false_ones, last = 0, None, [], 0
        while rows := self._read_rows("position IS NULL AND id > %s ORDER BY id", last):
            count += len(rows)
            since = since or rows[0]["date"]
            false_ones += [row["id"] for row in rows if self._says_other(row)]
            last = rows[-1]["id"]
        return count, since, false_ones

    def _read_rows(self, condition, last):
        # The condition is one of the two constants above.
        self.env.cr.execute(
            f"""SELECT id, company_id, kind_code, date, user_id, res_model, res_id, facts, private_digest,
                       digest, position, previous_seal, seal,
                       (SELECT code FROM jamaa_register_kind kind WHERE kind.id = kind_id) AS kind_shown
                  FROM jamaa_register_entry WHERE company_id = %s AND {condition} LIMIT %s""",
            (self.company_id.id, last, READ_BATCH),
        )
        return self.env.cr.dictfetchall()

    def _count_sealed(self):
        # sudo: jamaa.register.entry - a count for the report of who may check
        return (
            self.env["jamaa.register.entry"]
            # sudo: jamaa.register.entry - a count, for who may check
            .sudo()
            .search_count([("company_id", "=", self.company_id.id), ("position", "!=", False)])
        )

    # ---------- the command ----------

    @api.model
    def _check_everything(self):
        """Check each commune that has entries, or had some when a check was good; for ``./jamaa verify``.

        :return: list of (name of the commune, the check)
        """
        self.env.cr.execute(
            """SELECT company_id FROM jamaa_register_entry
                UNION
               SELECT company_id FROM jamaa_register_check WHERE last_position > 0 ORDER BY company_id"""
        )
        done = []
        for (company_id,) in self.env.cr.fetchall():
            # sudo: jamaa.register.check - run by whoever holds the machine
            check = self.sudo().create({"company_id": company_id})
            check._run()
            done.append((check.company_id._commune_name(), check))
        return done
