"""What a commune lets others see: frozen copies, listed, dated, withdrawn when it wants."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..tools import share_payload

# Who publishes for a commune and takes back: whoever holds one of these functions on that day.
PUBLISHERS = ("president", "director", "reference_person")
# What may change on a share once it is out, and only by its own methods.
LIFE = {"withdrawn_on", "withdrawn_by_id", "withdrawn_reason", "replaced_on"}


class JamaaShare(models.Model):
    """One copy that a commune published, and to whom.

    This row is the tombstone: title, commune, dates. Those it is addressed to read it for
    good. What the copy says stands in ``jamaa.share.content``, which they read only while
    the share is open; its rule asks on each look, so nothing has to run at midnight.

    What only the commune may know (source, reason, people) is on columns that nobody reads
    over the network; computed fields show it inside.
    """

    _name = "jamaa.share"
    _description = "Shared Copy"
    _order = "published_on desc, id desc"
    _rec_name = "title"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", "Commune", required=True, readonly=True, ondelete="restrict")
    title = fields.Char(required=True, readonly=True)
    kind = fields.Selection(
        [("site", "Site sheet"), ("document", "Document"), ("figures", "Figures")], required=True, readonly=True
    )
    audience = fields.Selection(
        [
            ("programme", "Programme team"),
            ("members", "Programme team and all its communes"),
            ("peers", "Communes I name"),
        ],
        "For whom",
        required=True,
        readonly=True,
    )
    programme_id = fields.Many2one("jamaa.programme", required=True, readonly=True, index=True, ondelete="restrict")
    peer_ids = fields.Many2many("res.company", "jamaa_share_peer_rel", string="Named communes", readonly=True)
    function_id = fields.Many2one(
        "jamaa.function", required=True, readonly=True, check_company=True, index=True, groups=fields.NO_ACCESS
    )
    published_on = fields.Datetime(required=True, readonly=True)
    until = fields.Date("Open until", readonly=True, help="Last day, included. Empty: until it is withdrawn.")
    withdrawn_on = fields.Datetime(readonly=True, copy=False)
    replaced_on = fields.Datetime(readonly=True, copy=False)
    is_demo = fields.Boolean(related="company_id.is_demo")
    state = fields.Selection(
        [("open", "Open"), ("replaced", "Replaced"), ("ended", "Ended"), ("withdrawn", "Withdrawn")],
        "Status",
        compute="_compute_state",
        search="_search_state",
    )
    addressed_to_us = fields.Boolean(
        "Shared with us", compute="_compute_addressed_to_us", search="_search_addressed_to_us"
    )

    # Inside the commune only
    res_model = fields.Char(readonly=True, groups=fields.NO_ACCESS, export_string_translation=False)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True, groups=fields.NO_ACCESS)
    replaces_id = fields.Many2one(
        "jamaa.share", readonly=True, index="btree_not_null", ondelete="restrict", groups=fields.NO_ACCESS
    )
    user_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", groups=fields.NO_ACCESS)
    withdrawn_by_id = fields.Many2one(
        "res.users", "Who withdrew it", readonly=True, ondelete="restrict", groups=fields.NO_ACCESS
    )
    withdrawn_reason = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    is_ours = fields.Boolean(compute="_compute_inside")
    published_by = fields.Char(compute="_compute_inside")
    withdrawn_by = fields.Char(compute="_compute_inside")
    withdrawn_why = fields.Char("Why it was withdrawn", compute="_compute_inside")
    opening_count = fields.Integer("Times read", compute="_compute_openings")
    first_opened_on = fields.Date("First read on", compute="_compute_openings")
    readers = fields.Text("Read by", compute="_compute_readers")

    _company_date_idx = models.Index("(company_id, published_on DESC, id DESC)")
    _source_idx = models.Index("(res_model, res_id)")

    # ---------- computes ----------

    @api.model
    def _today(self):
        return fields.Date.context_today(self.with_context(tz="Africa/Casablanca"))

    @api.depends("until", "withdrawn_on", "replaced_on")
    def _compute_state(self):
        today = self._today()
        for share in self:
            if share.withdrawn_on:
                share.state = "withdrawn"
            elif share.replaced_on:
                share.state = "replaced"
            else:
                share.state = "ended" if share.until and share.until < today else "open"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self._today()
        standing = Domain("withdrawn_on", "=", False) & Domain("replaced_on", "=", False)
        domains = {
            "withdrawn": Domain("withdrawn_on", "!=", False),
            "replaced": Domain("withdrawn_on", "=", False) & Domain("replaced_on", "!=", False),
            "ended": standing & Domain("until", "<", today),
            "open": standing & (Domain("until", "=", False) | Domain("until", ">=", today)),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_addressed_to_us(self):
        # sudo: jamaa.share - only whether the rows at hand are addressed to the user's companies
        ours = set(self.sudo().search(Domain("id", "in", self.ids) & self._domain_addressed_to_us())._ids)
        for share in self:
            share.addressed_to_us = share.id in ours

    def _search_addressed_to_us(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return self._domain_addressed_to_us()

    @api.model
    def _domain_addressed_to_us(self):
        """Shares for the companies the user works in; who left the programme is no reader any more."""
        # Rules are evaluated as superuser, where nobody checks the companies a caller names.
        companies = self.sudo(False).env.companies.ids
        memberships = self._memberships_today([("company_id", "in", companies)])
        member = Domain("programme_id", "in", memberships.programme_id.ids)
        team = Domain("audience", "in", ("programme", "members")) & Domain("programme_id.company_id", "in", companies)
        named = Domain("audience", "=", "peers") & Domain("peer_ids", "in", companies)
        return team | (member & (Domain("audience", "=", "members") | named))

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends("withdrawn_on")
    def _compute_inside(self):
        for share in self:
            # sudo: jamaa.share - columns that nobody reads, shown to the share's own commune
            row = share.sudo()
            share.is_ours = row.company_id in self.env.companies
            share.published_by = row.user_id.name + ", " + row.function_id.name if share.is_ours else False
            share.withdrawn_by = row.withdrawn_by_id.name if share.is_ours else False
            share.withdrawn_why = row.withdrawn_reason if share.is_ours else False

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_openings(self):
        # sudo: jamaa.share.opening - the share's own commune counts readings; others get nothing below
        rows = (
            self.env["jamaa.share.opening"]
            .sudo()
            ._read_group(
                [("share_id", "in", self.ids), ("company_id", "in", self.env.companies.ids)],
                ["share_id"],
                ["__count", "date:min"],
            )
        )
        by_share = {share.id: (count, first) for share, count, first in rows}
        for share in self:
            share.opening_count, share.first_opened_on = by_share.get(share.id, (0, False))

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_readers(self):
        # sudo: jamaa.share.opening - as above; counts per commune or programme, of no person
        rows = (
            self.env["jamaa.share.opening"]
            .sudo()
            ._read_group(
                [("share_id", "in", self.ids), ("company_id", "in", self.env.companies.ids)],
                ["share_id", "reader_id"],
                ["__count"],
            )
        )
        lines = {}
        # By name, never by count: this is no ranking.
        for share, reader, count in sorted(rows, key=lambda row: row[1].display_name):
            lines.setdefault(share.id, []).append(f"{reader.display_name}: {count}")
        for share in self:
            share.readers = "\n".join(lines.get(share.id, []))

    # ---------- rules ----------

    @api.constrains("audience", "peer_ids", "company_id")
    def _check_peers(self):
        for share in self:
            if (share.audience == "peers") != bool(share.peer_ids) or share.company_id in share.peer_ids:
                raise ValidationError(self.env._("Name the other communes it is for, or choose the programme."))

    def write(self, vals):
        """A share is withdrawn or replaced, never changed.

        :raise UserError: by anybody else than the share's own methods
        """
        if not (self.env.su and vals.keys() <= LIFE):
            raise UserError(self.env._("What was shared stays as it is: withdraw it, or share a newer copy."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A share is withdrawn, never deleted: others keep the note that it was there."))

    def copy_data(self, default=None):
        """A share is not copied.

        :raise UserError: always
        """
        raise UserError(self.env._("A share is not copied: share the record again."))

    # ---------- publishing ----------

    @api.model
    def _shareable_models(self):
        """Models of which a copy may leave the commune; each room adds its own.

        Never complaints, requests, tickets, people or attachments.
        """
        return {"jamaa.site", "jamaa.document.version", "jamaa.metric"}

    @api.model
    def _publisher(self, company):
        """The function by which the user publishes for a commune today.

        :raise AccessError: the user holds none of them
        """
        # sudo: jamaa.function.holder - whether the user holds the function, whatever he may list
        Holder = self.env["jamaa.function.holder"].sudo()
        mandate = Holder.search(
            Domain("user_id", "=", self.env.uid)
            & Domain("company_id", "=", company.id)
            & Domain("role", "=", "holder")
            & Domain("function_code", "in", PUBLISHERS)
            & Holder._domain_on(self._today()),
            limit=1,
        )
        if not mandate:
            raise AccessError(
                self.env._("The president, the director or the reference person shares for the commune, nobody else.")
            )
        return mandate.function_id

    def _may_take_back(self):
        """Raise unless the user withdraws or renews this copy for its commune.

        :raise AccessError: the user holds no function that may
        """
        self._publisher(self.company_id)

    @api.model
    def _memberships_today(self, domain):
        today = self._today()
        joined = Domain("date_from", "=", False) | Domain("date_from", "<=", today)
        staying = Domain("date_to", "=", False) | Domain("date_to", ">=", today)
        # sudo: jamaa.programme.member - who is in a common programme is known to its communes
        return self.env["jamaa.programme.member"].sudo().search(Domain(domain) & joined & staying)

    @api.model
    def _programmes_of(self, company):
        """Programmes a commune is a member of today."""
        rows = self._memberships_today([("company_id", "=", company.id), ("programme_id.active", "=", True)])
        return rows.programme_id.with_env(self.env)

    @api.model
    def _members_today(self, programme):
        """Communes that are in a programme today."""
        return self._memberships_today([("programme_id", "in", programme.ids)]).company_id.with_env(self.env)

    @api.model
    def _publish(self, source, kind, title, payload, audience, until=None, programme=None, peers=None, files=None):
        """Publish a frozen copy of a record.

        :param source: the record it is a copy of; the user reads it
        :param str kind: code of :attr:`kind`
        :param str title: what readers see, also after the end
        :param dict payload: see :func:`~..tools.share_payload.is_payload`
        :param str audience: ``programme``, ``members`` or ``peers``
        :param until: last day, or None
        :param programme: the programme; the commune's only one when left out
        :param peers: communes (``res.company``) for ``peers``
        :param files: ``[(name, bytes), …]`` copied with it
        :return: the share, as the user
        :raise ValueError: a payload that is more than words and tables
        """
        source.ensure_one()
        if source._name not in self._shareable_models():
            raise UserError(self.env._("This kind of record is never shared."))
        source.check_access("read")
        company = source._share_company()
        function = source._share_publisher()
        if not share_payload.is_payload(payload):
            raise ValueError("A shared copy is sections of headings, paragraphs and tables, of plain values.")
        programmes = self._programmes_of(company)
        # sudo: jamaa.programme - its membership is asked for, whoever shares
        programme = (programme or programmes[:1]).sudo()
        peers = peers or self.env["res.company"]
        if not programme or programme not in programmes:
            raise UserError(self.env._("The commune is not a member of this programme today."))
        if peers - self._members_today(programme):
            raise UserError(self.env._("A commune you named is not a member of this programme today."))
        if until and until < self._today():
            raise UserError(self.env._("The last day lies in the past."))
        # sudo: jamaa.share - nobody has the right to write shares; the publisher was checked above
        shares = self.sudo()
        now = fields.Datetime.now()
        older = shares._standing_copies(company, source, audience, programme, peers)
        share = shares.create(
            {
                "company_id": company.id,
                "title": title,
                "kind": kind,
                "audience": audience,
                "programme_id": programme.id,
                "peer_ids": peers.ids,
                "function_id": function.id,
                "user_id": self.env.uid,
                "published_on": now,
                "until": until,
                "res_model": source._name,
                "res_id": source.id,
                "replaces_id": older[:1].id,
                **source._share_extra(),
            }
        )
        older.write({"replaced_on": now})
        content = self.env["jamaa.share.content"]._freeze(share, payload, files or [])
        facts = {"kind": kind, "audience": audience, "until": str(until or ""), "digest": content.digest}
        self.env["jamaa.register.entry"]._enter(company, "share_published", facts, share)
        return share.with_env(self.env)

    def _standing_copies(self, company, source, audience, programme, peers):
        """Copies of the same source for the same readers, which a newer one replaces."""
        rows = self.search(
            [
                ("company_id", "=", company.id),
                ("res_model", "=", source._name),
                ("res_id", "=", source.id),
                ("audience", "=", audience),
                ("programme_id", "=", programme.id),
                ("withdrawn_on", "=", False),
                ("replaced_on", "=", False),
            ]
        )
        return rows.filtered(lambda share: share.peer_ids == peers)

    def _withdraw(self, reason):
        """Take copies back: readers keep the note that they were there.

        :param str reason: read inside the commune only
        """
        for share in self:
            share.check_access("read")
            share._may_take_back()
            if share.withdrawn_on:
                raise UserError(self.env._("This copy was withdrawn before."))
            if not (reason or "").strip():
                raise UserError(self.env._("Say why it is withdrawn."))
            # sudo: jamaa.share - the right was checked above
            share.sudo().write(
                {
                    "withdrawn_on": fields.Datetime.now(),
                    "withdrawn_by_id": self.env.uid,
                    "withdrawn_reason": reason.strip(),
                }
            )
            self.env["jamaa.register.entry"]._enter(share.company_id, "share_withdrawn", {"kind": share.kind}, share)

    def _content(self):
        """What the copies say, as far as the user may read it now."""
        return self.env["jamaa.share.content"].search([("share_id", "in", self.ids)])

    # ---------- buttons ----------

    def action_open(self):
        """Button: read the copy; what is closed shows its note."""
        self.ensure_one()
        self.check_access("read")
        content = self._content()
        record = content or self
        if content and self.company_id not in self.env.companies:
            self.env["jamaa.share.opening"]._note(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.title,
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_withdraw(self):
        """Button: withdraw the copy, with a reason."""
        self.ensure_one()
        self._may_take_back()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_base.jamaa_share_withdraw_action")
        return {**action, "context": {"default_share_id": self.id}}

    def action_renew(self):
        """Button: share the record as it is today with the same readers; this copy is replaced."""
        self.ensure_one()
        self._may_take_back()
        # sudo: jamaa.share - the own commune opens what the copy was made of
        row = self.sudo()
        source = self.env[row.res_model].with_company(row.company_id).browse(row.res_id).exists()
        if not source:
            raise UserError(self.env._("The record this is a copy of is gone."))
        return {
            **source.action_share(),
            "context": {
                "default_res_model": row.res_model,
                "default_res_id": row.res_id,
                "default_audience": row.audience,
                "default_programme_id": row.programme_id.id,
                "default_peer_ids": row.peer_ids.ids,
                "default_title": row.title,
            },
        }

    def action_print(self):
        """Button: the copy on paper."""
        content = self._content()
        if not content:
            raise UserError(self.env._("This copy can no longer be read."))
        return self.env.ref("jamaa_base.action_report_share").report_action(content)
