"""A meeting of a body: convoked, held with a quorum, its minutes approved and spread in time."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

from .jamaa_body_attendance import THERE

#: What the buttons write.
MOVED = {"state", "convocation_id", "minutes_sending_id", "approved_on", "approved_by_id"}
#: What stays open once the minutes are approved: the client's own fields.
HARMLESS = {"message_follower_ids", "message_ids", "activity_ids", "message_main_attachment_id"}
DONE = ("approved", "sent")


class JamaaBodyMeeting(models.Model):
    """From the convocation to minutes that reached everyone concerned."""

    _name = "jamaa.body.meeting"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Meeting of a Body"
    _order = "date_start desc, id desc"
    _check_company_auto = True

    body_id = fields.Many2one("jamaa.body", "Body", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="body_id.company_id", string="Commune", store=True, index=True)
    date_start = fields.Datetime("Begins", required=True, tracking=True)
    date_end = fields.Datetime("Ends", compute="_compute_date_end", store=True, readonly=False, precompute=True)
    place = fields.Char(tracking=True)
    purpose = fields.Char("Subject")
    agenda_ids = fields.One2many("jamaa.body.agenda", "meeting_id", "Agenda")
    attendance_ids = fields.One2many("jamaa.body.attendance", "meeting_id", "Attendance")
    guests = fields.Text("Guests", help="Who else came, by function or organisation; guests do not count.")
    outcome_ids = fields.One2many("jamaa.body.outcome", "meeting_id", "Outcomes")
    remarks = fields.Text("Remarks in the minutes")
    state = fields.Selection(
        [
            ("draft", "In preparation"),
            ("convoked", "Convoked"),
            ("held", "Held, minutes to approve"),
            ("approved", "Minutes approved"),
            ("sent", "Minutes spread"),
            ("cancelled", "Cancelled"),
        ],
        "Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    convocation_id = fields.Many2one(
        "jamaa.dissemination", "Convocation", readonly=True, copy=False, index="btree_not_null"
    )
    minutes_sending_id = fields.Many2one(
        "jamaa.dissemination", "Sending of the minutes", readonly=True, copy=False, index="btree_not_null"
    )
    also_to_ids = fields.Many2many(
        "jamaa.function",
        string="Minutes also to",
        check_company=True,
        help="Beside members: reference persons, for one.",
    )
    approved_on = fields.Date("Minutes approved on", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", "Approved by", readonly=True, copy=False)

    # Quorum
    member_count = fields.Integer("Members", compute="_compute_quorum")
    there_count = fields.Integer("There", compute="_compute_quorum")
    quorum_needed = fields.Integer("Needed", compute="_compute_quorum")
    has_quorum = fields.Boolean("Quorum reached", compute="_compute_quorum")

    # Minutes in time
    minutes_due_on = fields.Date("Minutes due on", compute="_compute_minutes_due_on", store=True, index=True)
    minutes_late = fields.Boolean("Minutes late", compute="_compute_minutes_late", search="_search_minutes_late")

    _ends_after = models.Constraint("CHECK(date_end >= date_start)", "A meeting does not end before it begins.")
    _list_idx = models.Index("(company_id, date_start DESC, id DESC)")

    # ---------- computes ----------

    @api.depends("body_id", "date_start")
    @api.depends_context("tz")
    def _compute_display_name(self):
        for meeting in self:
            day = meeting._day()
            meeting.display_name = self.env._(
                "%(body)s, %(day)s", body=meeting.body_id.name or "", day=(day and day.strftime("%d/%m/%Y")) or ""
            )

    @api.depends("date_start")
    def _compute_date_end(self):
        for meeting in self:
            if meeting.date_start and (not meeting.date_end or meeting.date_end < meeting.date_start):
                meeting.date_end = meeting.date_start + timedelta(hours=2)

    def _day(self):
        """The day of the meeting in Morocco, or False."""
        moment = self.date_start
        return moment and fields.Datetime.context_timestamp(self.with_context(tz="Africa/Casablanca"), moment).date()

    @api.depends("attendance_ids.state", "body_id.quorum_percent", "body_id.represented_counts")
    def _compute_quorum(self):
        for meeting in self:
            counted = THERE if meeting.body_id.represented_counts else THERE[:1]
            meeting.member_count = len(meeting.attendance_ids)
            meeting.there_count = len(
                meeting.attendance_ids.filtered(lambda row, counted=counted: row.state in counted)
            )
            meeting.quorum_needed = meeting.member_count * meeting.body_id.quorum_percent // 100 + 1
            meeting.has_quorum = meeting.there_count >= meeting.quorum_needed

    @api.depends("date_start", "body_id.minutes_days")
    def _compute_minutes_due_on(self):
        for meeting in self:
            day = meeting._day()
            meeting.minutes_due_on = day and day + timedelta(days=meeting.body_id.minutes_days)

    @api.depends("minutes_due_on", "state")
    def _compute_minutes_late(self):
        today = fields.Date.context_today(self)
        for meeting in self:
            waits = meeting.state in ("convoked", "held", "approved")
            meeting.minutes_late = bool(waits and meeting.minutes_due_on and meeting.minutes_due_on < today)

    def _search_minutes_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("state", "in", ("convoked", "held", "approved")) & Domain(
            "minutes_due_on", "<", fields.Date.context_today(self)
        )
        return late if True in value else ~late

    # ---------- rules ----------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{name: value for name, value in vals.items() if name not in MOVED} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """Approved minutes rest, for everybody; the status follows the buttons.

        :raise UserError: one or the other
        """
        if vals.keys() - HARMLESS - MOVED and any(meeting.state in DONE for meeting in self):
            raise UserError(
                self.env._("These minutes are approved: they are not changed. The next meeting corrects them.")
            )
        if MOVED & vals.keys() and not self.env.su:
            raise UserError(self.env._("A meeting moves on by its buttons."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(meeting.state != "draft" for meeting in self):
            raise UserError(self.env._("A meeting that was convoked stays on record. Cancel it instead."))

    @api.constrains("body_id")
    def _check_body(self):
        if any(meeting.body_id.state == "ended" for meeting in self):
            raise ValidationError(self.env._("The mandate of this body ended: it meets no more."))

    # ---------- the way of a meeting ----------

    def _move(self, state, **vals):
        # sudo: jamaa.body.meeting - the status follows the buttons; who may was checked by the caller
        self.sudo().write({"state": state, **vals})

    def action_convoke(self):
        """Button: convoke the members by function; they say that they received it.

        :raise UserError: the body is not in office, nothing is on the agenda, or the meeting is past
        """
        self.check_access("write")
        for meeting in self:
            if meeting.state != "draft":
                raise UserError(self.env._("This meeting was convoked already."))
            if meeting.body_id.state != "active":
                raise UserError(self.env._("This body is not in office: found it by its act first."))
            if not meeting.agenda_ids:
                raise UserError(self.env._("Write the agenda first: members prepare by it."))
            if meeting.date_start < fields.Datetime.now():
                raise UserError(self.env._("This meeting is past: say that it was held, or choose another day."))
            meeting._list_members()
            meeting._move("convoked", convocation_id=meeting._send_paper("convocation").id)

    def _list_members(self):
        """Put who is a member on that day on the attendance list."""
        members = self.body_id._members_on(self._day()) - self.attendance_ids.member_id
        self.attendance_ids = [Command.create({"member_id": member.id}) for member in members]

    def action_hold(self):
        """Button: the meeting took place; the attendance is ticked, the minutes are written."""
        self.check_access("write")
        for meeting in self:
            if meeting.state not in ("draft", "convoked"):
                raise UserError(self.env._("This meeting was held or cancelled already."))
            if meeting.body_id.state != "active":
                raise UserError(self.env._("This body is not in office: found it by its act first."))
            if meeting.date_start > fields.Datetime.now():
                raise UserError(self.env._("This meeting is still to come."))
            meeting._list_members()
        self._move("held")

    def action_approve(self):
        """Button: the minutes are approved; what is to do becomes actions, what is to decide is asked.

        :raise UserError: attendance or outcomes are not complete, or the quorum was not reached
        """
        self.check_access("write")
        for meeting in self:
            if meeting.state != "held":
                raise UserError(self.env._("Only minutes of a meeting that was held are approved."))
            if not meeting.attendance_ids or any(not row.state for row in meeting.attendance_ids):
                raise UserError(self.env._("Tick for each member: present, represented, excused or absent."))
            if not meeting.has_quorum and meeting.outcome_ids.filtered(lambda row: row.kind != "information"):
                raise UserError(
                    self.env._(
                        "The quorum was not reached (%(there)s there, %(needed)s needed): the meeting could inform, "
                        "not decide or give work. Convoke it again.",
                        there=meeting.there_count,
                        needed=meeting.quorum_needed,
                    )
                )
            meeting.outcome_ids._check_whole()
            meeting._move("approved", approved_on=fields.Date.context_today(self), approved_by_id=self.env.uid)
            meeting.outcome_ids._follow()

    def action_send_minutes(self):
        """Button: spread the approved minutes to the members, and to whom else they concern."""
        self.check_access("write")
        for meeting in self:
            if meeting.state != "approved":
                raise UserError(self.env._("Approve the minutes first."))
            meeting._move("sent", minutes_sending_id=meeting._send_paper("minutes").id)

    def action_cancel(self):
        """Button: it does not take place."""
        self.check_access("write")
        if any(meeting.state not in ("draft", "convoked") for meeting in self):
            raise UserError(self.env._("Only a meeting to come is cancelled."))
        self._move("cancelled")

    # ---------- windows ----------

    def action_open_convocation(self):
        """Open who received the convocation."""
        return self._open_sending(self.convocation_id)

    def action_open_minutes_sending(self):
        """Open who received the minutes."""
        return self._open_sending(self.minutes_sending_id)

    def _open_sending(self, sending):
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_window", "res_model": "jamaa.dissemination", "res_id": sending.id,
                "view_mode": "form", "views": [(False, "form")]}  # fmt: skip
