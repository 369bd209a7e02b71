"""Offers of help and requests for it, item by item, without names until both sides say yes."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import scores

#: A commune offers help where it agreed on this level at least, and asks for it where it is no higher than that.
OFFERS_FROM, ASKS_TO = 4, 2
OTHER = {"offer": "ask", "ask": "offer"}


class JamaaAssessmentHelp(models.Model):
    """That a commune offers help on an item on which it is strong, or asks for it where it is weak.

    Read inside the commune alone. Others get a number: so many communes offer help on this. No chatter, no
    activities, no followers: each of them would be a way to a name.
    """

    _name = "jamaa.assessment.help"
    _description = "Offer of Help or Request for it"
    _order = "declared_on desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", "Commune", required=True, readonly=True, index=True, ondelete="restrict"
    )
    programme_id = fields.Many2one("jamaa.programme", readonly=True, required=True, index=True, ondelete="restrict")
    kind = fields.Selection([("offer", "We offer help"), ("ask", "We ask for help")], required=True, default="ask")
    line_id = fields.Many2one(
        "jamaa.assessment.consensus",
        "Item",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('round_state', '=', 'validated'), ('kind', '=', 'level')]",
        help="An offer needs an agreed level of 4 or 5, a request one of 0 to 2, in a validated round.",
    )
    round_id = fields.Many2one("jamaa.assessment.round", "Round", readonly=True, required=True, ondelete="restrict")
    grid_code = fields.Char("Code of the grid", readonly=True, required=True)
    item_key = fields.Char("Key of the item", readonly=True, required=True)
    note = fields.Text("For the other commune", help="Read by the other side only once both have accepted.")
    declared_on = fields.Datetime("Declared on", readonly=True, required=True, default=fields.Datetime.now)
    state = fields.Selection(
        [("open", "Open"), ("withdrawn", "Withdrawn")], "Status", required=True, readonly=True, default="open"
    )
    other_count = fields.Integer(
        "Communes on the other side",
        compute="_compute_other_count",
        help="How many communes of the programme offer help on this item, or ask for it. No names.",
    )
    side_ids = fields.One2many("jamaa.assessment.help.side", "help_id", "Contacts")
    step_ids = fields.One2many("jamaa.assessment.help.step", "help_id", "History")

    _open_uniq = models.UniqueIndex(
        "(company_id, programme_id, grid_code, item_key) WHERE state = 'open'",
        "Your commune already offers help on this item or asks for it.",
    )
    _lineage_idx = models.Index("(programme_id, grid_code, item_key, kind) WHERE state = 'open'")

    @api.depends("line_id", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for row in self:
            row.display_name = self.env._(
                "%(kind)s: %(item)s", kind=kinds.get(row.kind, ""), item=row.line_id.display_name or ""
            )

    @api.depends("state", "kind", "grid_code", "item_key", "programme_id")
    def _compute_other_count(self):
        programmes = self.programme_id
        # sudo: jamaa.assessment.help - counted, never handed on
        rows = self.sudo()._read_group(
            [("programme_id", "in", programmes.ids), ("state", "=", "open")],
            ["programme_id", "grid_code", "item_key", "kind"],
            ["company_id:array_agg"],
        )
        members = {programme.id: set(self.env["jamaa.share"]._members_today(programme).ids) for programme in programmes}
        standing = {
            (programme.id, code, key, kind): members[programme.id].intersection(companies)
            for programme, code, key, kind, companies in rows
        }
        for row in self:
            others = standing.get((row.programme_id.id, row.grid_code, row.item_key, OTHER[row.kind or "ask"]), set())
            row.other_count = len(others - {row.company_id.id}) if row.state == "open" else 0

    def _counterparts(self):
        """The other side on the same item, as superuser: to reach them without naming them."""
        self.ensure_one()
        if not self.item_key or self.state != "open":
            return self.sudo().browse()
        # sudo: jamaa.assessment.help - the rows of others are written to, never handed on
        rows = self.sudo().search(
            [
                ("programme_id", "=", self.programme_id.id),
                ("grid_code", "=", self.grid_code),
                ("item_key", "=", self.item_key),
                ("kind", "=", OTHER[self.kind]),
                ("state", "=", "open"),
                ("company_id", "!=", self.company_id.id),
            ]
        )
        members = self.env["jamaa.share"]._members_today(self.programme_id)
        return rows.filtered(lambda row: row.company_id in members)

    # ---------- CRUD ----------

    @api.model_create_multi
    def create(self, vals_list):
        """Declare an offer or a request.

        :raise UserError: the round is not validated, the level does not fit, the commune is in no programme
        """
        Line = self.env["jamaa.assessment.consensus"]
        prepared = []
        for vals in vals_list:
            line = Line.browse(vals.get("line_id"))
            line.check_access("read")
            one = line.round_id
            if one.state != "validated":
                raise UserError(self.env._("Offers and requests start from a validated round."))
            kind = vals.get("kind") or "ask"
            self._check_level(line, kind)
            programmes = self.env["jamaa.share"]._programmes_of(one.company_id)
            programme = programmes.filtered(lambda row, vals=vals: row.id == vals.get("programme_id")) or programmes[:1]
            if not programme:
                raise UserError(self.env._("The commune is not a member of this programme today."))
            prepared.append(
                {
                    "line_id": line.id,
                    "kind": kind,
                    "note": vals.get("note"),
                    "company_id": one.company_id.id,
                    "programme_id": programme.id,
                    "round_id": one.id,
                    "grid_code": one.grid_id.code,
                    "item_key": line.item_id.key,
                }
            )
        rows = super().create(prepared)
        for row in rows:
            row._log("declared")
        return rows

    @api.model
    def _check_level(self, line, kind):
        level = line._value()
        if scores.item_score(level) is None:
            raise UserError(self.env._("This item has no level: there is nothing to offer or to ask for."))
        if kind == "offer" and level < OFFERS_FROM:
            raise UserError(
                self.env._("Help is offered where the group agreed on level %(level)s at least.", level=OFFERS_FROM)
            )
        if kind == "ask" and level > ASKS_TO:
            raise UserError(
                self.env._("Help is asked for where the group agreed on level %(level)s at most.", level=ASKS_TO)
            )

    def write(self, vals):
        """The note may be reworded while nobody has agreed; the rest goes by the buttons.

        :raise UserError: anything else
        """
        if not self.env.su:
            if vals.keys() - {"note"}:
                raise UserError(self.env._("Withdraw it and declare it anew to change this."))
            # sudo: jamaa.assessment.help.side - whether the note has been read by somebody
            if any(side.state == "agreed" for side in self.sudo().side_ids):
                raise UserError(self.env._("Another commune has read this note: it stays as it is."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("It is withdrawn, never deleted."))

    def copy_data(self, default=None):
        """An offer is not copied.

        :raise UserError: always
        """
        raise UserError(self.env._("It is declared from a validated round, not copied."))

    # ---------- buttons ----------

    def action_request(self):
        """Button: let our request reach every commune that offers help on this; our name shows to those who accept.

        :raise AccessError: the user does not speak for the commune
        :raise UserError: nobody new offers help
        """
        self.ensure_one()
        self.check_access("write")
        self.env["jamaa.share"]._publisher(self.company_id)
        if self.kind != "ask" or self.state != "open":
            raise UserError(self.env._("Only an open request is sent."))
        if not self.env["jamaa.assessment.help.match"]._open(self, self._counterparts()):
            raise UserError(self.env._("No commune that has not been asked yet offers help on this today."))
        return self._get_records_action()

    def action_withdraw(self):
        """Button: take it back; what the other side has not accepted ends with it."""
        for row in self:
            row.check_access("write")
            if row.state != "open":
                raise UserError(self.env._("It was withdrawn before."))
            # sudo: jamaa.assessment.help.match - both sides end; the right was checked above
            row.sudo().side_ids.match_id._end(row.company_id, "withdrawn")
            # sudo: jamaa.assessment.help - the state is the tool's to set
            row.sudo().state = "withdrawn"
            row._log("withdrawn")

    def _log(self, event, side=None, company=None):
        """Keep on record, for one commune, what happened.

        :param str event: a key of the steps
        :param side: the contact it is about
        :param company: whose user did it; another one's user is not written down
        """
        for row in self:
            ours = company is None or company == row.company_id
            # sudo: jamaa.assessment.help.step - steps are the tool's to write
            self.env["jamaa.assessment.help.step"].sudo().create(
                {
                    "help_id": row.id,
                    "side_id": side.id if side else False,
                    "company_id": row.company_id.id,
                    "event": event,
                    "user_id": self.env.uid if ours else False,
                }
            )

    # ---------- hooks ----------

    @api.model
    def _exchanged_items(self, company, grid_code):
        """Return the keys of items on which a commune exchanged with another: what level 5 asks to show.

        :return: dict of item key to the number of visits, calls and sessions on record
        """
        # sudo: jamaa.assessment.help.followup - how many, of the commune that asks
        groups = self.env["jamaa.assessment.help.followup"].sudo()._read_group(
            [("company_id", "=", company.id), ("side_id.help_id.grid_code", "=", grid_code)],
            ["side_id"],
            ["__count"],
        )  # fmt: skip
        found = {}
        for side, count in groups:
            found[side.help_id.item_key] = found.get(side.help_id.item_key, 0) + count
        return found


class JamaaAssessmentConsensus(models.Model):
    _inherit = "jamaa.assessment.consensus"

    def action_offer_help(self):
        """Button: offer help on this item to communes of the programme."""
        return self._open_help("offer")

    def action_ask_help(self):
        """Button: ask communes of the programme for help on this item."""
        return self._open_help("ask")

    def _open_help(self, kind):
        self.ensure_one()
        self.check_access("read")
        Help = self.env["jamaa.assessment.help"]
        standing = Help.search(
            [("company_id", "=", self.company_id.id), ("line_id", "=", self.id), ("state", "=", "open")], limit=1
        )
        if standing:
            return standing._get_records_action()
        Help._check_level(self, kind)
        return Help._get_records_action(
            name=self.env._("Help among communes"),
            target="new",
            context={"default_line_id": self.id, "default_kind": kind},
        )
