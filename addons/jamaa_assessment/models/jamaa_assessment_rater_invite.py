"""A seat is given to whoever holds a function, and that person is invited."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from .jamaa_assessment_invitation import lang_of

#: Days before answers are due, at which who has not finished is reminded, once at each.
REMIND_DAYS = (7, 3, 1)
#: Of whom a mail may still be expected.
REACHED = ("to_send", "sent")


class JamaaAssessmentRater(models.Model):
    _inherit = "jamaa.assessment.rater"
    _check_company_auto = True

    function_id = fields.Many2one(
        "jamaa.function",
        "Function",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Who holds it, or stands in, when invitations are sent takes the seat.",
    )
    invitation_ids = fields.One2many("jamaa.assessment.invitation", "rater_id", "Invitations")
    invited_on = fields.Datetime("Invited on", readonly=True, copy=False)
    invitation_state = fields.Selection(
        "_selection_invitation_state", "Invitation", compute="_compute_invitation_state"
    )
    reminder_stage = fields.Integer("Reminders", readonly=True, copy=False)

    @api.model
    def _selection_invitation_state(self):
        return self.env["jamaa.assessment.invitation"]._fields["state"]._description_selection(self.env)

    @api.depends("invitation_ids.state")
    def _compute_invitation_state(self):
        # sudo: jamaa.assessment.invitation - the last row of each, for who may see the seat
        rows = self.env["jamaa.assessment.invitation"].sudo().search_fetch(
            [("rater_id", "in", self.ids)], ["rater_id", "state"], order="id"
        )  # fmt: skip
        last = {row.rater_id.id: row.state for row in rows}
        for rater in self:
            rater.invitation_state = last.get(rater._origin.id, False)

    @api.depends("function_id")
    def _compute_display_name(self):
        super()._compute_display_name()
        for rater in self.filtered(lambda rater: rater.function_id and not rater.user_id and not rater.label):
            # sudo: jamaa.function - the name of a function
            rater.display_name = rater.function_id.sudo().name

    def _seat_words(self):
        """Return as whom this seat answers, without anybody's name."""
        self.ensure_one()
        roles = dict(self._fields["role"]._description_selection(self.env))
        # sudo: jamaa.function - the name of a function
        return self.function_id.sudo().name or self.label or roles.get(self.role, "")

    # ---------- inviting ----------

    def action_invite(self):
        """Invite these seats now, again where they were invited before; who has finished is left alone.

        :raise UserError: the round is not open for answers
        """
        self.round_id.check_access("write")
        for rater in self:
            rater.round_id._check_state("individual")
            if not rater.finished_on:
                rater._invite("invitation")

    def action_renew_link(self):
        """Make the link of these seats void; the next invitation carries a new one."""
        self.round_id.check_access("write")
        self._renew_link()

    def action_open_invitations(self):
        """Show when this seat was invited and what became of it."""
        self.ensure_one()
        return self.invitation_ids._get_records_action(name=self.env._("Invitations"))

    def _invite(self, kind):
        """Ask the person of this seat, and keep on record that one did.

        :param str kind: ``invitation`` or ``reminder``
        :return: the ``jamaa.assessment.invitation`` (sudo)
        """
        self.ensure_one()
        # sudo: jamaa.assessment.rater, jamaa.assessment.invitation - the caller was checked; facts are the tool's
        seat = self.sudo()
        vacant, person, address = seat._take_seat()
        rows = seat.invitation_ids.with_context(
            mail_create_nosubscribe=True, mail_create_nolog=True, tracking_disable=True
        )
        known = seat.invitation_ids.filtered("address").sorted("id")[-1:].address
        if known and address and known != address:
            # Who reads the new mailbox would read what stands there already.
            seat._check_no_answers()
            seat._renew_link()
        state = "vacant" if vacant else "to_send" if address else "tool" if seat.user_id else "paper"
        row = rows.create(
            {
                "rater_id": seat.id,
                "kind": kind,
                "person_name": person.name if person and state != "vacant" else False,
                "address": address if state == "to_send" else False,
                "state": state,
            }
        )
        if not vacant and kind == "invitation":
            seat.invited_on = row.asked_on
        if state == "to_send":
            row._queue_mail(lang_of(seat, person))
        elif state == "tool" and kind == "invitation":
            seat._ask_in_the_tool()
        elif vacant:
            seat.round_id._surface(seat.env._("Nobody holds this function: %(seat)s", seat=seat._seat_words()))
        return row

    def _ask_in_the_tool(self):
        """Put it on the list of somebody who has a login and no mailbox, once."""
        self.ensure_one()
        one = self.round_id
        if not one.activity_ids.filtered(lambda activity: activity.user_id == self.user_id):
            one.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=self.user_id.id,
                date_deadline=one.answer_due or fields.Date.context_today(one),
                summary=self.env._("Your answers are asked: %(grid)s", grid=one.grid_id.name),
            )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("finished_on"):
            for rater in self.filtered("user_id"):
                asked = rater.round_id.activity_ids
                asked.filtered(
                    lambda activity, rater=rater: (
                        activity.automated
                        and activity.user_id == rater.user_id
                        and rater.user_id != rater.round_id.facilitator_id
                    )
                ).unlink()
        return result

    def _take_seat(self):
        """Look up who sits here today.

        A seat with answers stays with whoever gave them, even when the function has changed hands.

        :return: whether nobody holds the function, the person (a contact, possibly empty), and the address or False
        """
        self.ensure_one()
        function = self.function_id
        if not function:
            person = self.user_id.partner_id
            return False, person, email_normalize(self.user_id.email or self.email or "") or False
        holder = function._holders_on(fields.Date.context_today(self))[:1]
        if not holder:
            return True, self.env["res.partner"], False
        user = holder.user_id if holder.user_id.active else self.env["res.users"]
        if user != self.user_id:
            taken = self.round_id.rater_ids.filtered(lambda rater: user and rater.user_id == user)
            if taken:
                raise UserError(
                    self.env._(
                        "%(person)s already sits on this panel: take out one of the two seats.",
                        person=holder.partner_id.name,
                    )
                )
            self.user_id = user
        official = function.stand_in_email if holder.role == "stand_in" else function.contact_email
        # The own mailbox first: a secretariat that opens the official one would have the seat.
        address = email_normalize(user.email or official or self.email or "") or False
        if not user:
            self.channel = "link" if address else "paper"
        return False, holder.partner_id, address

    def _is_late(self):
        """Whether the day until which answers are taken has passed; paper forms may still be typed in."""
        self.ensure_one()
        until = self.round_id.answer_until
        return bool(until and self.channel != "paper" and fields.Date.context_today(self) > until)

    def _check_answering(self):
        super()._check_answering()
        if self._is_late():
            raise UserError(
                self.env._("The time for individual answers is over. Whoever leads the round can give more time.")
            )

    def _reminder_due(self, today):
        """Return the stage of reminders a seat has reached: 0 for none, then 1, 2, 3."""
        self.ensure_one()
        left = (self.round_id.answer_due - today).days
        return sum(left <= days for days in REMIND_DAYS)
