from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

#: What a line of the file speaks of, in the order of the paper.
KINDS = [
    ("decision", "Open decision"),
    ("action", "Unfinished action"),
    ("contact", "Contact"),
    ("document", "Document"),
    ("delegation", "Delegation"),
    ("other", "Other"),
]


class JamaaHandover(models.Model):
    """The file of a post that changes hands: drawn up in one click, ticked by both sides, filed.

    Filed, it stays as it is.
    """

    _name = "jamaa.handover"
    _inherit = ["jamaa.step.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Handover"
    _order = "date desc, id desc"
    _check_company_auto = True
    _step_fields = frozenset({"state", "filed_on"})

    holder_id = fields.Many2one(
        "jamaa.function.holder",
        "Outgoing",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        domain="[('role', '=', 'holder')]",
    )
    function_id = fields.Many2one(related="holder_id.function_id", store=True, index=True)
    company_id = fields.Many2one(related="holder_id.company_id", string="Commune", store=True, index=True)
    incoming_id = fields.Many2one(
        "jamaa.function.holder",
        "Incoming",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('function_id', '=', function_id), ('id', '!=', holder_id)]",
        help="Empty while nobody was named: the file waits for them.",
    )
    outgoing_user_id = fields.Many2one(related="holder_id.user_id", string="Login of the outgoing side")
    incoming_user_id = fields.Many2one(related="incoming_id.user_id", string="Login of the incoming side")
    date = fields.Date("Day of the handover", required=True, default=fields.Date.context_today)
    item_ids = fields.One2many("jamaa.handover.item", "handover_id", "What is handed over")
    advice = fields.Text(
        "Advice to who comes", help="What the outgoing side wants to say: habits, dates, what to watch."
    )
    scan = fields.Binary("Signed paper", attachment=True, help="Needed where one side has no login: it signs on paper.")
    scan_name = fields.Char()
    left_count = fields.Integer("Not ticked yet", compute="_compute_left_count")
    filed_on = fields.Date("Filed on", readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Being handed over"), ("filed", "Filed")],
        "Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )

    _holder_uniq = models.Constraint("UNIQUE(holder_id)", "There is a handover for this mandate already.")

    @api.depends("holder_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for row in self:
            row.display_name = self.env._("Handover: %(function)s", function=row.function_id.name or "")

    @api.depends("item_ids.given", "item_ids.received")
    def _compute_left_count(self):
        for row in self:
            row.left_count = len(row.item_ids.filtered(lambda item: not (item.given and item.received)))

    def write(self, vals):
        self._check_not_filed()
        planner = self.env.su or self.env.user.has_group("jamaa_actionplan.group_planner")
        if not planner and vals.keys() - {"item_ids", "advice"}:
            raise AccessError(self.env._("You tick what was handed over; planners change the lines."))
        if not planner and "advice" in vals and any(row.outgoing_user_id != self.env.user for row in self):
            raise AccessError(self.env._("The advice is the outgoing side's."))
        return super().write(vals)

    def _check_planner(self):
        """Raise unless the present user plans: the two sides tick, somebody else draws up and files."""
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group("jamaa_actionplan.group_planner"):
            raise AccessError(self.env._("Who makes plans draws up and files handovers."))

    def _check_not_filed(self):
        """Raise when the file is filed: nobody changes it any more."""
        if any(row.state == "filed" for row in self):
            raise UserError(self.env._("A filed handover stays as it is."))

    # ---------- drawing up ----------

    def action_draw_up(self):
        """Take over what is open today; lines written by hand and ticks stay, nothing is listed twice."""
        self._check_planner()
        self._check_not_filed()
        for row in self:
            known = {(item.kind, item.name) for item in row.item_ids}
            fresh = []
            for vals in row._drawn_items():
                key = (vals["kind"], vals["name"])
                if key not in known:
                    known.add(key)
                    fresh.append(Command.create(vals))
            row.item_ids = fresh

    def _drawn_items(self):
        """Everything the file lists.

        :rtype: list of dict (values of ``jamaa.handover.item``)
        """
        self.ensure_one()
        return [
            *self._open_decisions(),
            *self._open_actions(),
            *self._contacts(),
            *self._documents(),
            *self._delegations(),
        ]

    def _open_decisions(self):
        """Decisions this post prepares or waits for; who keeps decisions adds them here.

        :rtype: list of dict (values of ``jamaa.handover.item``)
        """
        return []

    def _open_actions(self):
        """Actions in charge of the function, or of the person outgoing, that are not closed."""
        domain = Domain("owner_function_id", "=", self.function_id.id)
        if self.outgoing_user_id:
            domain |= Domain("owner_id", "=", self.outgoing_user_id.id)
        actions = self.env["project.task"].search(
            domain
            & Domain("is_action", "=", True)
            & Domain("project_id.company_id", "=", self.company_id.id)
            & Domain("is_closed", "=", False),
            order="due_on, id",
        )
        return [
            {
                "kind": "action",
                "name": f"{action.project_id.name} · {action.name}",
                "detail": action.progress_note or action.deliverable,
                "due_on": action.due_on,
                "action_id": action.id,
            }
            for action in actions
        ]

    def _contacts(self):
        """Functions around this one, and the outside partners of its actions."""
        functions = self.function_id.parent_id | self.function_id.child_ids
        # sudo: jamaa.function - who holds a function is no secret inside the commune
        around = [
            {"kind": "contact", "name": one.name, "detail": one.current_person_id.name} for one in functions.sudo()
        ]
        partners = self.env["jamaa.plan.partner"].search([("action_id.owner_function_id", "=", self.function_id.id)])
        return around + [
            {"kind": "contact", "name": partner.name, "detail": partner.phone or partner.email}
            for partner in partners.partner_id
        ]

    def _documents(self):
        """The role sheet in force, last year's review, and the files that prove the actions in charge."""
        found = []
        for sheet in self.function_id.role_sheet_ids.filtered(lambda one: one.state == "in_force"):
            found.append({"kind": "document", "name": self.env._("Role sheet"), "detail": sheet.display_name})
        review = self.env["jamaa.review"].search([("function_id", "=", self.function_id.id)], limit=1)
        if review:
            found.append({"kind": "document", "name": self.env._("Yearly review"), "detail": review.display_name})
        actions = self.env["project.task"].search([("owner_function_id", "=", self.function_id.id)])
        found += [{"kind": "document", "name": file.name} for file in actions.proof_ids]
        return found

    def _delegations(self):
        """Delegations to this function or to who leaves: they fall with the mandate, or stay with the function."""
        delegations = self.env["jamaa.delegation"]
        domain = Domain("to_holder_id", "=", self.holder_id.id) | Domain("to_function_id", "=", self.function_id.id)
        rows = delegations.search(domain & delegations._domain_on(self.date))
        return [{"kind": "delegation", "name": row.name, "detail": row.act_number} for row in rows]

    # ---------- filing ----------

    def action_file(self):
        """File the handover: every line was ticked by both sides.

        :raise UserError: when a tick, the incoming side or a paper signed is missing
        """
        self._check_planner()
        for row in self:
            row._check_not_filed()
            if not row.incoming_id or not row.item_ids:
                raise UserError(self.env._("Name who comes and draw up the file first."))
            if row.left_count:
                raise UserError(
                    self.env._("Lines that both sides have not ticked are left: %(count)s.", count=row.left_count)
                )
            if not row.scan and not (row._ticks(row.outgoing_user_id) and row._ticks(row.incoming_user_id)):
                raise UserError(self.env._("One side has no login: print the file, have it signed and join the scan."))
            row._step({"state": "filed", "filed_on": fields.Date.context_today(self)})

    def _side(self, user):
        """Which ticks a user may set: ``given``, ``received``; a planner ticks for a side without login."""
        self.ensure_one()
        planner = user.has_group("jamaa_actionplan.group_planner")
        sides = set()
        for tick, login in (("given", self.outgoing_user_id), ("received", self.incoming_user_id)):
            if login == user or (planner and not self._ticks(login)):
                sides.add(tick)
        return sides

    def _ticks(self, login):
        """Whether a side has a login that still opens; without one it signs on paper."""
        # sudo: res.users - only whether the login is open
        return bool(login) and login.sudo().active


class JamaaHandoverItem(models.Model):
    """One thing handed over; one side says given, the other received."""

    _name = "jamaa.handover.item"
    _description = "Line of a Handover"
    _order = "handover_id, sequence, id"

    handover_id = fields.Many2one("jamaa.handover", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="handover_id.company_id", string="Commune", store=True, index=True)
    sequence = fields.Integer(compute="_compute_sequence", store=True)
    kind = fields.Selection(KINDS, required=True, default="other")
    name = fields.Char("What", required=True)
    detail = fields.Char("Where it stands")
    due_on = fields.Date("By when")
    action_id = fields.Many2one("project.task", "Action", index="btree_not_null", ondelete="set null")
    given = fields.Boolean(help="Ticked by the outgoing side.")
    received = fields.Boolean(help="Ticked by the incoming side.")

    @api.depends("kind")
    def _compute_sequence(self):
        order = {kind: rank for rank, (kind, _label) in enumerate(KINDS)}
        for item in self:
            item.sequence = order.get(item.kind, 0)

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        items.handover_id._check_not_filed()
        for item in items:
            item._check_ticks({"given", "received"} & {name for name in ("given", "received") if item[name]})
        return items

    def write(self, vals):
        self.handover_id._check_not_filed()
        for item in self:
            item._check_ticks({"given", "received"} & vals.keys())
        planner = self.env.user.has_group("jamaa_actionplan.group_planner")
        if not self.env.su and not planner and vals.keys() - {"given", "received", "detail"}:
            raise AccessError(self.env._("You tick what was handed over; planners change the lines."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_filed(self):
        self.handover_id._check_not_filed()

    def _check_ticks(self, ticks):
        """Raise unless the present user is the side whose tick it is."""
        if not self.env.su and ticks - self.handover_id._side(self.env.user):
            raise AccessError(self.env._("Each side ticks for itself: given by who leaves, received by who comes."))


class JamaaFunctionHolder(models.Model):
    _inherit = "jamaa.function.holder"

    handover_ids = fields.One2many("jamaa.handover", "holder_id", "Handover")

    def action_handover(self):
        """Open the handover of this mandate; draw it up when there is none.

        :return: its window
        """
        self.ensure_one()
        handover = self.env["jamaa.handover"].search([("holder_id", "=", self.id)])
        if not handover:
            coming = self.search(
                Domain("function_id", "=", self.function_id.id)
                & Domain("role", "=", "holder")
                & Domain("date_from", ">", self.date_from)
                & Domain("id", "!=", self.id),
                order="date_from",
                limit=1,
            )
            handover = self.env["jamaa.handover"].create({"holder_id": self.id, "incoming_id": coming.id})
            handover.action_draw_up()
        return handover._get_records_action()
