"""From the desk to the answer: every step checks who may take it."""

import hashlib

from odoo import models
from odoo.exceptions import AccessError, UserError

from odoo.addons.jamaa_base.tools.public_lang import by_code

ACT_ANSWER = "complaint_answer"


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    # ------------------------------------------------------------------
    # Who may do what
    # ------------------------------------------------------------------

    def _may(self, step):
        """Whether the present user may take a step on this case now.

        One place for buttons and for actions, so that both agree.

        :param step: assign, take, draft, submit, approve, return, send, close,
            change, reveal or print
        :rtype: bool
        """
        self.ensure_one()
        state, desk = self.answer_state, self._is_desk()
        handler = desk or self._is_of_service()
        if step == "assign":
            return desk and state in ("none", "draft")
        if step == "take":
            return (
                state in ("none", "draft")
                and self.user_id != self.env.user
                and self.env.user in self._case_members()
                and handler
            )
        if step == "draft":
            return handler and state in ("none", "draft")
        if step == "submit":
            return handler and state == "draft"
        if step == "approve":
            return state == "to_approve" and bool(self._signing_right())
        if step == "return":
            return (state == "to_approve" and (desk or bool(self._signing_right()))) or (
                state == "approved" and bool(self._signing_right())
            )
        if step == "send":
            return desk and state == "approved"
        if step == "close":
            return desk and state == "sent" and self.stage_id != self._stage_after("closed")
        if step in ("change", "reveal"):
            return desk
        if step == "print":
            # the paper carries PIN and link: for who stands before the citizen
            return desk or (
                self.create_uid == self.env.user and self.env.user.has_group("jamaa_base.group_reception_agent")
            )
        return False

    def _signing_right(self):
        """The function held or the delegation under which the user may sign answers."""
        self.ensure_one()
        return self.env["jamaa.function"]._may_sign(self.env.user, self.company_id, ACT_ANSWER, self._commune_today())

    def _check_step(self, step):
        """Refuse a step the user may not take.

        :raise AccessError: not for this user, or not at this moment
        """
        self.check_access("read")
        for case in self:
            if not case.kind or not case._may(step):
                raise AccessError(
                    self.env._(
                        "This step is not open to you on case %(number)s at this moment.",
                        number=case.case_number or case.number,
                    )
                )

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_take(self):
        """Button: take the case in hand."""
        self._check_step("take")
        # sudo: helpdesk.ticket - checked just above
        self.sudo().write({"user_id": self.env.uid})

    def action_assign(self):
        """Button: choose the service (one case, or several from the list)."""
        self._check_step("assign")
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.jamaa_complaint_assign_action")
        return {**action, "context": {"default_case_ids": self.ids}}

    def action_assign_proposed(self):
        """Button: send to the service the routing table names."""
        self._check_step("assign")
        for case in self:
            service = case.proposed_service_id
            if not service:
                raise UserError(self.env._("The routing table names no service for this case."))
            # sudo: helpdesk.ticket - checked just above
            case.sudo().write({"service_id": service.id, "user_id": False})

    def action_submit(self):
        """Button: submit the answer to whoever signs."""
        self._check_step("submit")
        for case in self:
            if not (case.answer or "").strip():
                raise UserError(self.env._("Write the answer first."))
        # sudo: helpdesk.ticket - checked just above
        self.sudo().write({"answer_state": "to_approve"})
        self._add_milestone("submitted")

    def action_approve(self):
        """Button: internal visa of the function that signs.

        It is no signature: the letter is printed, signed by hand and filed.

        :raise AccessError: no function held and no delegation on record allows it
        :raise UserError: the same person wrote it, in a commune where a second
            person is at hand (profile other than small)
        """
        self._check_step("approve")
        for case in self:
            # sudo: helpdesk.ticket - who wrote it, for the rule of two people
            alone = case.sudo().answer_author_id == self.env.user
            if alone and case.company_id.profile != "small":
                raise UserError(self.env._("Another person than its author approves an answer."))
            right = case._signing_right()
            # sudo: helpdesk.ticket - checked just above
            case.sudo().write(
                {
                    "answer_state": "approved",
                    "approved_by_id": self.env.uid,
                    "approved_on": self.env.cr.now(),
                    "approved_by_holder": f"{right._name},{right.id}",
                    "approved_capacity": case._approval_capacity(right),
                    "reviewed_alone": alone,
                }
            )
        self._add_milestone("approved")

    def _approval_capacity(self, right):
        """As whom the user approves, in the citizen's language: the letter is written in it."""
        self.ensure_one()
        # sudo: jamaa.function.holder, jamaa.delegation - the approver reads the own mandate
        record = right.sudo().with_context(lang=by_code(self.public_lang).code)
        return record._signing_capacity(self.env.user, self._commune_today())

    def _return_answer(self, reason):
        """Send the answer back to its author, with a reason."""
        self._check_step("return")
        # sudo: helpdesk.ticket - checked just above
        self.sudo().write(
            {
                "answer_state": "draft",
                "approved_by_id": False,
                "approved_on": False,
                "approved_by_holder": False,
                "approved_capacity": False,
                "reviewed_alone": False,
            }
        )
        self._add_milestone("returned", note=reason)

    def action_return(self):
        """Button: ask why the answer goes back."""
        self._check_step("return")
        return self._change_wizard("return")

    def action_change(self):
        """Button: correct what may be corrected, with a reason."""
        self._check_step("change")
        return self._change_wizard("correction")

    def _change_wizard(self, what):
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.jamaa_complaint_change_action")
        return {
            **action,
            "context": {"default_case_id": self.id, "default_what": what},
        }

    def action_send(self):
        """Button: the answer leaves. Its words are final, the clock stops."""
        self._check_step("send")
        today = self._commune_today()
        # sudo: helpdesk.ticket - checked just above
        for case in self.sudo():
            # sudo: helpdesk.ticket - checked just above
            case.write({"answer_state": "sent", "answered_on": today})
            case._add_milestone("sent")
            case._number_letter()
            case._queue_letter()
            case._enter_answer_in_register()
            case._mail_answer()
            case._start_retention()

    def action_close(self):
        """Button: nothing more is expected."""
        self._check_step("close")
        self._add_milestone("closed")
        for case in self:
            case._start_retention()

    def _on_satisfaction(self, value):
        """What the citizen said of the answer becomes a fact.

        :param value: 3 helped, 2 so-so, 1 did not help (`jamaa.satisfaction`)
        """
        code = "satisfied" if value == 3 else "unsatisfied"
        # sudo: helpdesk.ticket - the citizen's tap comes without account
        for case in self.sudo().filtered(lambda c: c.answer_state == "sent"):
            last = case.milestone_ids.filtered(lambda m: m.code in ("satisfied", "unsatisfied"))[:1]
            if last.code != code:
                case._add_milestone(code)

    # ------------------------------------------------------------------
    # Paper and mail
    # ------------------------------------------------------------------

    def _number_letter(self):
        """Enter the letter in the book of outgoing mail: it bears that number.

        The book names the case, not the citizen. Where the commune numbers by the State's
        registry, the clerk types that number when the letter leaves.
        """
        self.ensure_one()
        if self.company_id.mail_numbering != "own" or self.letter_entry_id:
            return
        here = self.with_context(lang=self.company_id._installed_lang())
        self.letter_entry_id = self.env["jamaa.mail.entry"]._number_outgoing(
            self.company_id,
            {
                "correspondent": here.env._("The person who filed %(number)s", number=self.case_number),
                "subject": here.env._("Answer to %(number)s", number=self.case_number),
                "medium": {"letter": "post", "email": "email"}.get(self.reply_by, "hand"),
                "function_id": self._signing_function().id,
                "res_model": self._name,
                "res_id": self.id,
            },
        )

    def _signing_function(self):
        """The function under which the answer was approved; empty where it is not known."""
        right = self.approved_by_holder
        if right and right._name == "jamaa.delegation":
            return right.to_function_id or right.to_holder_id.function_id
        return right.function_id if right else self.env["jamaa.function"]

    def _file_letter(self):
        """Make the letter once and file it with the case."""
        self.ensure_one()
        report = self.env.ref("jamaa_complaints.action_report_answer_letter", raise_if_not_found=False)
        if not report:
            return
        # sudo: ir.actions.report, ir.attachment - the letter is the commune's act
        content, kind = self.env["ir.actions.report"].sudo()._render_qweb_pdf(report.report_name, self.ids)
        self.answer_letter_id = (
            self.env["ir.attachment"]
            # sudo: ir.attachment - the letter is the commune's act
            .sudo()
            .create(
                {
                    "name": f"{self.case_number}-answer.{kind}",
                    "raw": content,
                    "res_model": self._name,
                    "res_id": self.id,
                    "company_id": self.company_id.id,
                }
            )
        )

    def _enter_answer_in_register(self):
        """Put the answer on the register, with the fingerprint of its words; its letter follows."""
        self.ensure_one()
        self.env["jamaa.register.entry"]._enter(
            self.company_id,
            "case_answered",
            {
                "number": self.case_number,
                "words": hashlib.sha256(self._answer_words().encode()).hexdigest(),
            },
            self,
        )

    def _answer_words(self):
        """All the words of the answer, as its fingerprint is made of them."""
        return self.answer or ""

    def _queue_letter(self):
        """Make the letter; a room may do it after the request."""
        self._file_letter()

    def _mail_answer(self):
        """Hook: queue the mail that carries the answer (see the public part)."""

    def _start_retention(self):
        """The time the identity is kept runs from the end of the case."""
        # sudo: jamaa.complainant - retention is a duty, not a right of a role
        self.sudo().complainant_id._keep_for(self._commune_today())

    def _needs_identity(self):
        """Hook of the vault: as long as an answer is owed, it has to reach somebody."""
        self.ensure_one()
        return bool(self.kind) and self.answer_state != "sent" and not self.stage_id.closed

    def action_reveal_identity(self):
        """Button: ask for the identity, with a reason that is put on record."""
        self._check_step("reveal")
        self.ensure_one()
        # sudo: helpdesk.ticket - the link alone; values come out of the reveal log
        complainant = self.sudo().complainant_id
        if not complainant:
            raise UserError(self.env._("This case was brought without identity."))
        return complainant.sudo(False).action_ask_reveal()

    def _may_reveal(self):
        """Hook of the vault: the unit's officers may ask, about a case they see."""
        self.ensure_one()
        return self.sudo(False).has_access("read") and self._may("reveal")

    def action_print_receipt(self):
        """Button: the receipt again, for the citizen."""
        self._check_step("print")
        return self.env.ref("jamaa_complaints.action_report_receipt").report_action(self)

    def _public_pin(self):
        """The citizen's PIN, on papers printed by who may print them.

        :raise AccessError: somebody else makes the paper, by its address for instance
        """
        if not self.env.su:
            self._check_step("print")
        return super()._public_pin()

    # ------------------------------------------------------------------
    # Screens
    # ------------------------------------------------------------------

    def get_formview_id(self, access_uid=None):
        """A case opens in the form of cases, from mails and links as well."""
        if self.has_access("read") and self.kind:
            return self.env.ref("jamaa_complaints.helpdesk_ticket_view_form_case").id
        return super().get_formview_id(access_uid=access_uid)

    def _case_form_action(self):
        """Open this case in the application of complaints."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.helpdesk_ticket_action_cases")
        form = self.env.ref("jamaa_complaints.helpdesk_ticket_view_form_case").id
        return {**action, "views": [(form, "form")], "view_mode": "form", "res_id": self.id}
