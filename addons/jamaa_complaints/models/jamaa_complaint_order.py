"""Work ordered because of a case: to a service of the commune or to an operator outside."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.jamaa_base.models.legal_due import LegalDue
from odoo.addons.jamaa_base.tools.legal_clock import compute_due

ORDER_SEQUENCE = "jamaa.complaint.order"
ORDER_STATES = [
    ("issued", "Issued"),
    ("acknowledged", "Taken note of"),
    ("done", "Done"),
    ("refused", "Refused"),
    ("cancelled", "Cancelled"),
]
OPEN_STATES = ("issued", "acknowledged")


class JamaaComplaintOrder(models.Model):
    """What is to be done, where, by when and by whom, with photos before and after.

    Whoever carries it out need not see the case: the facts that are needed are written on
    the order, and nothing of who complained. Rows are written by their own buttons alone.
    """

    _name = "jamaa.complaint.order"
    _description = "Work order"
    _order = "due_date, id"
    _rec_name = "number"
    _rec_names_search = ["number", "name"]
    _check_company_auto = True

    # what is ordered
    case_id = fields.Many2one(
        "helpdesk.ticket", string="Case", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", string="Commune", related="case_id.company_id", store=True, index=True, precompute=True
    )
    number = fields.Char(readonly=True, index="trigram")
    name = fields.Char(string="Work to do", required=True, readonly=True)
    details = fields.Text(readonly=True)
    place = fields.Char(readonly=True)
    issued_by_id = fields.Many2one("res.users", string="Issued by", readonly=True)

    # to whom
    service_id = fields.Many2one(
        "helpdesk.ticket.team", string="To the service", readonly=True, check_company=True, index="btree_not_null"
    )
    operator_id = fields.Many2one(
        "jamaa.complaint.operator",
        string="To the operator",
        readonly=True,
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    addressee = fields.Char(string="Addressed to", compute="_compute_addressee")

    # its clock
    issued_on = fields.Date(readonly=True, required=True)
    due_date = fields.Date(string="Due", readonly=True, required=True)
    due_values = fields.Json(string="Steps of the computation", readonly=True)
    due_proof = fields.Text(compute="_compute_due_proof", string="How it was computed")
    is_late = fields.Boolean(string="Late", compute="_compute_is_late", search="_search_is_late")
    reminded_before_on = fields.Date(string="Reminded before the day on", readonly=True)
    reminded_late_on = fields.Date(string="Reminded after the day on", readonly=True)
    reminder_count = fields.Integer(string="Reminders", compute="_compute_counts", store=True, aggregator="sum")

    # what became of it
    state = fields.Selection(ORDER_STATES, string="Status", default="issued", required=True, readonly=True)
    reason = fields.Char(string="Reason given", readonly=True)
    done_on = fields.Date(readonly=True)
    done_note = fields.Text(string="What was done", readonly=True)
    done_by_id = fields.Many2one("res.users", string="Reported by", readonly=True)
    checked_on = fields.Date(readonly=True)
    checked_by_id = fields.Many2one("res.users", string="Checked by", readonly=True)
    before_photo_ids = fields.Many2many(
        "ir.attachment", relation="jamaa_order_before_rel", string="Photos before", readonly=True
    )
    after_photo_ids = fields.Many2many(
        "ir.attachment", relation="jamaa_order_after_rel", string="Photos after", readonly=True
    )
    step_ids = fields.One2many("jamaa.complaint.order.step", "order_id", string="Steps", readonly=True)

    # figures of contracts
    done_count = fields.Integer(string="Done orders", compute="_compute_counts", store=True, aggregator="sum")
    in_time_count = fields.Integer(string="Done in time", compute="_compute_counts", store=True, aggregator="sum")
    overdue_count = fields.Integer(
        string="Past their day",
        compute="_compute_counts",
        store=True,
        aggregator="sum",
        help="Orders done after the day they were due, or found open after it by the daily run.",
    )

    # its paper
    letter_entry_id = fields.Many2one(
        "jamaa.mail.entry",
        string="In the book of outgoing mail",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    letter_number = fields.Char(related="letter_entry_id.number_display", string="Number of the letter")

    # what the present user may do next
    may_acknowledge = fields.Boolean(compute="_compute_may")
    may_report = fields.Boolean(compute="_compute_may")
    may_refuse = fields.Boolean(compute="_compute_may")
    may_check = fields.Boolean(compute="_compute_may")
    may_return = fields.Boolean(compute="_compute_may")
    may_cancel = fields.Boolean(compute="_compute_may")

    _number_uniq = models.UniqueIndex("(company_id, number)", "This number is already given to an order.")
    _one_addressee = models.Constraint(
        "CHECK ((service_id IS NULL) <> (operator_id IS NULL))",
        "An order goes to one service or to one operator.",
    )
    _due_after_issue = models.Constraint("CHECK (due_date >= issued_on)", "An order cannot be due before it is issued.")
    _done_dated = models.Constraint(
        "CHECK (state <> 'done' OR done_on IS NOT NULL)", "Work that is done has a day on which it was."
    )
    _open_due_idx = models.Index("(company_id, due_date) WHERE state IN ('issued', 'acknowledged')")

    # ------------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------------

    @api.depends("service_id", "operator_id")
    @api.depends_context("lang")
    def _compute_addressee(self):
        for order in self:
            # sudo: helpdesk.ticket.team - the name of the service alone
            order.addressee = order.operator_id.name or order.sudo().service_id.name

    @api.depends("due_values")
    @api.depends_context("lang")
    def _compute_due_proof(self):
        lang = self.env.lang or "en_US"
        for order in self:
            due = LegalDue.from_values(self.env, order.due_values) if order.due_values else None
            order.due_proof = "\n".join(due.proof_lines(lang)) if due else False

    @api.depends("state", "due_date")
    def _compute_is_late(self):
        today = self.env["helpdesk.ticket"]._commune_today()
        for order in self:
            order.is_late = order.state in OPEN_STATES and order.due_date < today

    def _search_is_late(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        today = self.env["helpdesk.ticket"]._commune_today()
        return Domain("state", "in", OPEN_STATES) & Domain("due_date", "<", today)

    @api.depends("state", "done_on", "due_date", "reminded_before_on", "reminded_late_on")
    def _compute_counts(self):
        for order in self:
            done = order.state == "done"
            in_time = done and order.done_on <= order.due_date
            order.done_count = int(done)
            order.in_time_count = int(in_time)
            # work that was done in time and reported after the daily run is not late
            order.overdue_count = int(not in_time and (done or bool(order.reminded_late_on)))
            order.reminder_count = bool(order.reminded_before_on) + bool(order.reminded_late_on)

    @api.depends("state", "checked_by_id")
    @api.depends_context("uid")
    def _compute_may(self):
        for order in self:
            for name in self._order_steps():
                order[f"may_{name}"] = order._may(name)

    # ------------------------------------------------------------------
    # Who may do what
    # ------------------------------------------------------------------

    @api.model
    def _order_steps(self):
        """Names of the steps that have a button: each has a field `may_<step>` and is known to `_may`."""
        return ("acknowledge", "report", "refuse", "check", "return", "cancel")

    def _is_issuer(self):
        """Whether the present user answers for the case: the unit, or the head of the service in charge."""
        self.ensure_one()
        # sudo: helpdesk.ticket - only whether the user handles it
        case = self.sudo().case_id
        head = self.env.user.has_group("jamaa_base.group_service_head")
        return case._is_desk() or (head and case._is_of_service())

    def _is_addressee(self):
        """Whether the present user carries it out, or speaks for an operator, which has no login."""
        self.ensure_one()
        if self.operator_id:
            return self._is_issuer()
        user = self.env.user
        # sudo: helpdesk.ticket.team - own membership only
        service = self.sudo().service_id
        head = user.has_group("jamaa_base.group_service_head")
        agent = head or user.has_group("jamaa_base.group_service_agent")
        return (agent and user in service.user_ids) or (head and user in service.user_id | service.parent_id.user_id)

    def _may(self, step):
        """Whether the present user may take a step on this order now.

        :param step: acknowledge, report, refuse, check, return or cancel
        :rtype: bool
        """
        self.ensure_one()
        is_open = self.state in OPEN_STATES
        if step == "acknowledge":
            return self.state == "issued" and self._is_addressee()
        if step in ("report", "refuse"):
            return is_open and self._is_addressee()
        if step == "cancel":
            return is_open and self._is_issuer()
        unchecked = self.state == "done" and not self.checked_by_id
        if step == "return":
            return unchecked and self._is_issuer()
        if step == "check":
            # who did the work does not say alone that it was done, where a second person is at hand
            alone = self.done_by_id == self.env.user and not self.operator_id
            return unchecked and self._is_issuer() and (not alone or self.company_id.profile == "small")
        return False

    def _check_order_step(self, step):
        """Refuse a step the user may not take.

        :raise AccessError: not for this user, or not at this moment
        """
        self.check_access("read")
        for order in self:
            if not order._may(step):
                raise AccessError(
                    self.env._(
                        "This step is not open to you on work order %(number)s at this moment.", number=order.number
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A work order has a number: it is cancelled, never deleted."))

    def copy_data(self, default=None):
        """An order is not copied: each has its own number.

        :raise UserError: always
        """
        raise UserError(self.env._("A work order is not copied: each has its own number."))

    # ------------------------------------------------------------------
    # Issuing
    # ------------------------------------------------------------------

    @api.model
    def _due(self, company, start, days, unit, regime=None):
        """When an order is due: by a rule of the law table, or by a number of days.

        :param regime: a ``jamaa.legal.regime``; else `days` in `unit` are counted, and a last
            day on a closed day goes to the next working day
        :return: (date, values of the proof or False)
        """
        if regime:
            due = regime._due(start, company)
            return due.date, due.values
        horizon = fields.Date.add(start, days=2 * days + 60)
        holidays = self.env["jamaa.holiday"]._names_between(company, start, horizon)
        return compute_due(start, days, unit, dict.fromkeys(holidays, True)).date, False

    @api.model
    def _next_number(self, company):
        """Next number of an order of this commune in this year (OT2026-0012)."""
        # sudo: ir.sequence - numbering is not a right of the caller
        sequences = self.env["ir.sequence"].sudo()
        domain = [("code", "=", ORDER_SEQUENCE), ("company_id", "=", company.id)]
        sequence = sequences.search(domain, limit=1)
        if not sequence:
            # a commune that was there before this room
            company._ensure_commune_sequences()
            sequence = sequences.search(domain, limit=1)
        return sequence.next_by_id(sequence_date=self.env["helpdesk.ticket"]._commune_today())

    @api.model
    def _issue(self, case, vals, photos=()):
        """Issue an order about a case; who may was checked on the case.

        :param case: the ``helpdesk.ticket``
        :param vals: name, details, place, service_id or operator_id, due_date, due_values
        :param photos: pictures made harmless by ``tools.uploads.clean_image``
        :return: the order (sudo)
        """
        today = case._commune_today()
        # sudo: helpdesk.ticket - checked by the caller
        company = case.sudo().company_id
        # sudo: jamaa.complaint.order - checked by the caller
        order = self.sudo().create(
            {
                **vals,
                "case_id": case.id,
                "number": self._next_number(company),
                "issued_on": today,
                "issued_by_id": self.env.uid,
            }
        )
        if photos:
            order.before_photo_ids = order._file_photos("before", photos)
        order._add_step("issued")
        case._add_milestone("order_issued", note=order.number)
        order._send_out()
        return order

    def _add_step(self, code, note=False):
        """Add a fact to each order."""
        # sudo: jamaa.complaint.order.step - nobody writes steps but this method
        self.env["jamaa.complaint.order.step"].sudo().create(
            [{"order_id": order.id, "code": code, "note": note} for order in self]
        )

    def _file_photos(self, side, photos):
        """File photos with the order, under plain names.

        :param side: before or after
        :param photos: pictures from ``tools.uploads.clean_image``
        :return: the attachments (sudo)
        """
        self.ensure_one()
        # sudo: ir.attachment - filed as proof, read by who reads the order
        files = self.env["ir.attachment"].sudo()
        return files.create(
            [
                {
                    "name": f"{self.number}-{side}-{rank}.{photo.extension}",
                    "raw": photo.data,
                    "mimetype": photo.mimetype,
                    "res_model": self._name,
                    "res_id": self.id,
                    "company_id": self.company_id.id,
                }
                for rank, photo in enumerate(photos, start=1)
            ]
        )

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_acknowledge(self):
        """Button: the service takes note of the order."""
        self._check_order_step("acknowledge")
        # sudo: jamaa.complaint.order - checked just above
        self.sudo().write({"state": "acknowledged"})
        self._add_step("acknowledged")

    def _report_done(self, day, note, before=(), after=()):
        """The work is done, with photos as proof.

        :raise UserError: a day before the order, or after today
        """
        self._check_order_step("report")
        self.ensure_one()
        if not self.issued_on <= day <= self.env["helpdesk.ticket"]._commune_today():
            raise UserError(self.env._("The work was done between the day of the order and today: give that day."))
        # sudo: jamaa.complaint.order - checked just above
        order = self.sudo()
        order.write({"state": "done", "done_on": day, "done_note": note, "done_by_id": self.env.uid})
        if before:
            order.before_photo_ids |= order._file_photos("before", before)
        if after:
            order.after_photo_ids |= order._file_photos("after", after)
        self._add_step("done", note)

    def action_check(self):
        """Button: somebody who answers for the case saw that it was done; the citizen is told so."""
        self._check_order_step("check")
        # sudo: jamaa.complaint.order - checked just above
        for order in self.sudo():
            order.write({"checked_by_id": self.env.uid, "checked_on": order.case_id._commune_today()})
            order.case_id._add_milestone("order_done", note=order.number)
        self._add_step("checked")

    def _end(self, state, reason):
        """Refuse or cancel, with the reason.

        :param state: refused or cancelled
        """
        self._check_order_step("refuse" if state == "refused" else "cancel")
        # sudo: jamaa.complaint.order - checked just above
        self.sudo().write({"state": state, "reason": reason})
        self._add_step(state, reason)

    def _return(self, reason):
        """It was not done as ordered: the order is open again, its day stays."""
        self._check_order_step("return")
        # sudo: jamaa.complaint.order - checked just above
        self.sudo().write({"state": "acknowledged", "done_on": False, "done_by_id": False})
        self._add_step("returned", reason)

    def _ask(self, what):
        """Open the wizard that asks for words and photos."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.jamaa_complaint_order_reply_action")
        return {**action, "context": {"default_order_id": self.id, "default_what": what}}

    def action_report(self):
        """Button: report the work done, with photos."""
        self._check_order_step("report")
        return self._ask("done")

    def action_refuse(self):
        """Button: say why it cannot be done."""
        self._check_order_step("refuse")
        return self._ask("refused")

    def action_return(self):
        """Button: say what is still to be done."""
        self._check_order_step("return")
        return self._ask("returned")

    def action_cancel(self):
        """Button: say why it is no longer wanted."""
        self._check_order_step("cancel")
        return self._ask("cancelled")

    def action_print_slip(self):
        """Button: the slip on paper."""
        self.check_access("read")
        return self.env.ref("jamaa_complaints.action_report_order").report_action(self)
