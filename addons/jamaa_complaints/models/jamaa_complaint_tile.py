"""My desk: what waits for me, as tiles with counts."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

#: code, words, roles it is for; in the order they are shown.
TILES = [
    ("to_admit", "To admit", ("complaint_officer", "director")),
    ("to_assign", "To assign", ("complaint_officer", "director")),
    ("no_holder", "Function without holder", ("complaint_officer", "director")),
    ("to_take", "To take in hand", ("service_agent", "service_head")),
    ("mine", "Mine, to answer", ("complaint_officer", "service_agent", "service_head")),
    ("to_sign", "To sign", ("signatory", "president", "director")),
    ("to_send", "To send", ("complaint_officer", "director")),
    ("late", "Late", ("complaint_officer", "director", "president", "service_head", "service_agent")),
    ("soon", "Due within 7 days", ("complaint_officer", "director", "service_head", "service_agent")),
    ("appeal", "Appeal waits", ("president", "director")),
    ("reopened", "Another look asked for", ("complaint_officer", "director")),
    ("orders_new", "Work orders to take note of", ("service_agent", "service_head", "complaint_officer")),
    ("orders_late", "Work orders late", ("complaint_officer", "director", "service_head", "service_agent")),
    ("orders_check", "Work orders to check", ("complaint_officer", "director", "service_head")),
]
ROLES = {code: roles for code, _words, roles in TILES}
URGENT = ("late", "orders_late", "no_holder")


class JamaaComplaintTile(models.TransientModel):
    """One thing to do, how often it waits for the present user, and the list behind it.

    Counts are made with the reader's own rights when they are read: a tile never counts
    what its list does not show.
    """

    _name = "jamaa.complaint.tile"
    _description = "What waits for me"
    _order = "sequence, id"
    _rec_name = "code"

    code = fields.Selection([(code, words) for code, words, _roles in TILES], string="What waits", required=True)
    sequence = fields.Integer(compute="_compute_sequence", store=True)
    waiting = fields.Integer(string="How many", compute="_compute_waiting")
    is_urgent = fields.Boolean(compute="_compute_waiting", string="Urgent")

    @api.depends("code")
    def _compute_sequence(self):
        ranks = {code: rank for rank, code in enumerate(ROLES)}
        for tile in self:
            tile.sequence = ranks[tile.code]

    @api.depends("code")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_waiting(self):
        counts = self._counts(self.mapped("code"))
        for tile in self:
            tile.waiting = counts[tile.code]
            tile.is_urgent = bool(tile.waiting) and tile.code in URGENT

    @api.model
    def _counts(self, codes):
        """How many rows the lists behind some tiles show this user: one query for all.

        :return: dict of counts by code
        """
        codes = list(dict.fromkeys(codes))
        lists = []
        for code in codes:
            model, domain = self._target(code)
            rows = self.env[model].sudo(False)._search(domain)
            lists.append(SQL("(SELECT count(*) FROM (%s) AS rows)", rows.select()))
        if not lists:
            return {}
        return dict(zip(codes, self.env.execute_query(SQL("SELECT %s", SQL(", ").join(lists)))[0], strict=True))

    @api.model
    def _target(self, code):
        """The list behind a tile: model and domain; record rules narrow it to what is open to the user."""
        today = self.env["helpdesk.ticket"]._commune_today()
        case = Domain("kind", "!=", False)
        unwritten = case & Domain("answer_state", "in", ("none", "draft")) & Domain("stage_id.closed", "=", False)
        unanswered = case & Domain("answered_on", "=", False) & Domain("stage_id.closed", "=", False)
        incoming = unwritten & Domain("service_id", "=", False)
        orders = Domain("state", "in", ("issued", "acknowledged"))
        own = Domain("service_id.user_ids", "in", [self.env.uid]) | Domain("service_id.user_id", "=", self.env.uid)
        if self.env["helpdesk.ticket"]._is_desk():
            own |= Domain("operator_id", "!=", False)
        soon = fields.Date.add(today, days=7)
        domains = {
            "to_admit": incoming & Domain("admissibility", "=", "to_decide") & Domain("ground_id", "=", False),
            "to_assign": incoming & Domain("admissibility", "=", "admissible"),
            "no_holder": unwritten & Domain("no_holder", "=", True) & Domain("user_id", "=", False),
            "to_take": unwritten & Domain("service_id", "!=", False) & Domain("user_id", "=", False),
            "mine": unwritten & Domain("user_id", "=", self.env.uid),
            "to_sign": case & Domain("answer_state", "=", "to_approve"),
            "to_send": case & Domain("answer_state", "=", "approved"),
            "late": unanswered & Domain("due_date", "<", today),
            "soon": unanswered & Domain("due_date", ">=", today) & Domain("due_date", "<=", soon),
            "appeal": case & Domain("appeal_pending", "=", True),
            "reopened": case & Domain("reopen_state", "=", "asked"),
        }
        if code in domains:
            return "helpdesk.ticket", domains[code]
        return "jamaa.complaint.order", {
            "orders_new": own & Domain("state", "=", "issued"),
            "orders_late": orders & Domain("due_date", "<", today),
            "orders_check": Domain("state", "=", "done") & Domain("checked_by_id", "=", False),
        }[code]

    @api.model
    def _codes_for_me(self):
        """Tiles of the present user's roles."""
        user = self.env.user
        mine = {role for roles in ROLES.values() for role in roles if user.has_group(f"jamaa_base.group_{role}")}
        return [code for code, roles in ROLES.items() if mine.intersection(roles)]

    @api.model
    def _open_desk(self):
        """The action of the menu: tiles of this user with something behind them."""
        waiting = {code for code, count in self._counts(self._codes_for_me()).items() if count}
        # tiles stay from one look to the next: they hold a code, and nothing that grows old
        tiles = self.search([("create_uid", "=", self.env.uid)])
        tiles += self.create([{"code": code} for code in ROLES if code in waiting - set(tiles.mapped("code"))])
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.jamaa_complaint_tile_action")
        return {**action, "domain": [("id", "in", tiles.filtered(lambda tile: tile.code in waiting).ids)]}

    def action_open(self):
        """Tile: the list behind it, with the user's own rights."""
        self.check_access("read")
        self.ensure_one()
        model, domain = self._target(self.code)
        name = "helpdesk_ticket_action_cases" if model == "helpdesk.ticket" else "jamaa_complaint_order_action"
        action = self.env["ir.actions.act_window"]._for_xml_id(f"jamaa_complaints.{name}")
        return {
            **action,
            "name": dict(self._fields["code"]._description_selection(self.env))[self.code],
            "domain": list(domain),
            "context": {"jamaa_cases": True} if model == "helpdesk.ticket" else {},
            "path": False,
        }
