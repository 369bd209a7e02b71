"""What may be changed on a case, and by whom."""

import re

from markupsafe import Markup

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import plaintext2html

# Facts of a case: not even code changes them after lodging.
FROZEN = {
    "company_id",
    "case_number",
    "number",
    "facts",
    "description",
    "name",
    "place_text",
    "public_code",
    "photo_ids",
}
# Direct writes a role may make; everything else goes through an action, which
# checks more than rights. Actions that cause these writes add the milestones.
DESK_FIELDS = {
    "category_id",
    "site_id",
    "service_id",
    "user_id",
    "priority",
    "tag_ids",
    "locked_user_ids",
    "answer",
    "outcome",
}
SERVICE_FIELDS = {"user_id", "priority", "tag_ids", "answer", "outcome"}
# Written by the client itself beside what the user meant.
HARMLESS = {
    "activity_ids",
    "message_main_attachment_id",
    "color",
    "kanban_state",
    "sequence",
}
# Fields frozen from the moment the answer waits for approval.
ANSWER_FIELDS = {"answer", "outcome", "answer_reasons"}


def without_person(text, values):
    """Return a text without what the vault held of a person.

    :param values: dict of what the vault held
    """
    for secret in sorted((value for value in values.values() if value), key=len, reverse=True):
        text = re.sub(re.escape(secret), "…", text, flags=re.IGNORECASE)
    return text


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

    def _is_desk(self):
        """Whether the present user runs the complaint unit (or the administration)."""
        user = self.env.user
        return user.has_group("jamaa_base.group_complaint_officer") or user.has_group("jamaa_base.group_director")

    def _is_of_service(self):
        """Whether the present user works in, or leads, the service of this case."""
        self.ensure_one()
        user = self.env.user
        # sudo: helpdesk.ticket.team - own membership only
        service = self.service_id.sudo()
        if not service:
            return False
        agent = user.has_group("jamaa_base.group_service_agent")
        head = user.has_group("jamaa_base.group_service_head")
        if (agent or head) and user in service.user_ids:
            return True
        return head and user in (service.user_id | service.parent_id.user_id)

    # ------------------------------------------------------------------
    # What is told without being read
    # ------------------------------------------------------------------

    @api.depends("case_number", "name", "number", "kind")
    @api.depends_context("uid")
    def _compute_display_name(self):
        """The subject of a case is named to those alone who may read it.

        Odoo names whatever a link points to as superuser: without this, a link to any
        case (in a wizard, in a plain ticket) would tell its subject.
        """
        super()._compute_display_name()
        # sudo: helpdesk.ticket - only whether it is a case
        cases = self.filtered("id").sudo().filtered("kind")
        if not cases or self.env.uid == SUPERUSER_ID:
            return
        seen = cases.with_env(self.env(su=False))._filtered_access("read")
        # sudo: helpdesk.ticket - who may not read the case gets its number only
        for case in cases - seen.sudo():
            case.sudo(self.env.su).display_name = case.case_number

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Refuse to group by a field that is closed to the user.

        Odoo asks this of most fields, but not of a many2many: grouping by
        `locked_user_ids` would name whom a case is about.
        """
        name = groupby_spec.split(".")[0].split(":")[0]
        if name in self._fields:
            self._check_field_access(self._fields[name], "read")
        return super()._read_group_groupby(alias, groupby_spec, query)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Upstream's portal list asks for plain tickets only (see the controller)."""
        if self.env.context.get("plain_tickets_only"):
            domain = Domain(domain) & Domain("kind", "=", False)
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _new_public_reference(self):
        """Only cases are followed by code; whoever makes a plain ticket by hand may
        not even write one."""
        return super()._new_public_reference() if self.env.su else {}

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(vals.get("kind") for vals in vals_list):
            raise AccessError(self.env._("A case is lodged by the counter, the public form or e-mail."))
        if not self.env.su:
            # Said aloud, so that no default of the caller's context says otherwise.
            vals_list = [{**vals, "kind": False} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        # sudo: helpdesk.ticket - whether it is a case, before any right is asked
        cases = self.sudo().filtered("kind").sudo(self.env.su)
        if not cases:
            if vals.get("kind") and not self.env.su:
                raise AccessError(self.env._("A plain ticket does not become a case by a mere change."))
            return super().write(vals)
        cases._check_frozen(vals)
        if not self.env.su:
            cases._check_direct_write(vals)
        # sudo: helpdesk.ticket - the state before, to note what changed
        before = {case.id: (case.service_id, case.user_id) for case in cases.sudo()}
        started = self.browse()
        if ANSWER_FIELDS.intersection(vals):
            cases._check_answer_open(vals)
        if "answer" in vals:
            started = cases.filtered(lambda c: c.answer_state == "none")
        if vals.get("locked_user_ids"):
            # sudo: helpdesk.ticket - who was locked out before
            locked_before = {c.id: c.locked_user_ids for c in cases.sudo()}
        result = super().write(vals)
        if vals.get("stage_id"):
            cases._clear_closed_date()
        if vals.get("answer"):
            cases._note_draft(started)
        if "service_id" in vals or "user_id" in vals:
            cases._note_assignment(before)
        if vals.get("locked_user_ids"):
            cases._after_lock(locked_before)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_no_case(self):
        # sudo: helpdesk.ticket - whether it is a case
        if self.sudo().filtered("kind"):
            raise UserError(self.env._("A case is in the register: it is closed, never deleted."))

    def copy(self, default=None):
        # sudo: helpdesk.ticket - whether it is a case
        if self.sudo().filtered("kind"):
            raise UserError(self.env._("A case is not copied: each has its own register number."))
        return super().copy(default)

    # ------------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------------

    @api.model
    def _frozen_fields(self):
        """Names of the facts of a case; rooms add theirs."""
        return FROZEN

    @api.model
    def _desk_fields(self):
        """Names of what the complaint unit may write directly; rooms add theirs."""
        return DESK_FIELDS

    @api.model
    def _service_fields(self):
        """Names of what the service in charge may write directly; rooms add theirs."""
        return SERVICE_FIELDS

    def _check_frozen(self, vals):
        """Facts are what was lodged.

        :raise UserError: one of them would change
        """
        touched = self._frozen_fields().intersection(vals)
        if "kind" in vals and not vals["kind"]:
            touched.add("kind")
        # sudo: helpdesk.ticket - compared with what is stored, whatever the user may read
        for case in self.sudo():
            for name in touched:
                field = case._fields[name]
                # each is filled once, by lodging; photos by commands, never compared
                old = case[name]
                same = name != "photo_ids" and (field.convert_to_write(old, case) == (vals[name] or False))
                if old and not same:
                    raise UserError(
                        self.env._(
                            "“%(field)s” of case %(number)s is a fact and is not changed. Add a correction instead.",
                            field=field._description_string(self.env),
                            number=case.case_number,
                        )
                    )
            if "complainant_id" in vals and case.complainant_id.id not in (
                False,
                vals["complainant_id"],
            ):
                raise UserError(self.env._("A case keeps its entry in the vault."))

    def _check_direct_write(self, vals):
        """Allow-list of direct writes by role.

        :raise AccessError: the field is not for this user to write
        """
        desk = self._is_desk()
        for case in self:
            allowed = set(HARMLESS)
            if desk:
                allowed |= self._desk_fields()
            if case._is_of_service():
                allowed |= self._service_fields()
            refused = sorted(set(vals) - allowed)
            if refused:
                raise AccessError(
                    self.env._(
                        "You cannot change this on case %(number)s: %(fields)s.",
                        number=case.case_number,
                        fields=", ".join(
                            case._fields[name]._description_string(self.env) for name in refused if name in case._fields
                        ),
                    )
                )
            if "service_id" in vals and case.answer_state not in ("none", "draft"):
                raise AccessError(
                    self.env._(
                        "The answer of case %(number)s is submitted: it stays with its service.",
                        number=case.case_number,
                    )
                )
            if vals.get("user_id") and not desk:
                case._check_assignee(vals["user_id"])

    def _check_assignee(self, user_id):
        """Inside a service: an agent takes a case, its head gives it to a member."""
        self.ensure_one()
        user = self.env["res.users"].browse(user_id)
        head = self.env.user.has_group("jamaa_base.group_service_head")
        if user != self.env.user and not head:
            raise AccessError(self.env._("Only the head of the service assigns to others."))

    def _check_answer_open(self, vals):
        """The words of an answer rest from submission on.

        :raise UserError: the answer is submitted, approved or sent
        """
        for case in self:
            changed = any((case[name] or "") != (vals[name] or "") for name in ANSWER_FIELDS.intersection(vals))
            if changed and case.answer_state not in ("none", "draft"):
                raise UserError(
                    self.env._(
                        "The answer of case %(number)s was submitted: it can be changed only after it is returned.",
                        number=case.case_number,
                    )
                )

    @api.constrains("kind", "team_id", "company_id", "service_id", "user_id")
    def _check_case_place(self):
        """A case is kept by its commune's unit and handled by its commune's people."""
        # sudo: helpdesk.ticket - the constraint holds for everybody
        for ticket in self.sudo():
            unit = ticket.team_id.case_role == "unit"
            if bool(ticket.kind) != unit:
                raise UserError(
                    self.env._("The complaint unit keeps cases and only cases; plain tickets go to other teams.")
                )
            if not ticket.kind:
                continue
            if ticket.team_id.company_id != ticket.company_id or (
                ticket.service_id
                and (ticket.service_id.company_id != ticket.company_id or ticket.service_id.case_role != "service")
            ):
                raise UserError(self.env._("A case is handled by services of its own commune."))
            if ticket.user_id and (
                ticket.user_id not in ticket._case_members() or ticket.user_id in ticket.locked_user_ids
            ):
                raise UserError(self.env._("A case is assigned to a member of the service it is in."))

    # ------------------------------------------------------------------
    # What follows a change
    # ------------------------------------------------------------------

    def _clear_closed_date(self):
        """Upstream keeps the closing date of a case that is open again."""
        # sudo: helpdesk.ticket - follows the stage, like the stage the milestone
        reopened = self.sudo().filtered(lambda c: c.closed_date and not c.stage_id.closed)
        if reopened:
            super(HelpdeskTicket, reopened).write({"closed_date": False})  # pylint: disable=super-method-mismatch

    def _replace_public_reference(self):
        """Code, PIN and link are facts as well, but for a citizen who lost them."""
        self.ensure_one()
        # sudo: helpdesk.ticket - code and token are nobody's to write
        case = self.sudo()
        super(HelpdeskTicket, case).write(case._new_public_reference())  # pylint: disable=super-method-mismatch

    def _note_draft(self, started):
        """First words of an answer: the state and the fact follow."""
        if started:
            # sudo: helpdesk.ticket - state of the answer follows its words
            started.sudo().write({"answer_state": "draft"})
            started._add_milestone("answer_drafted")
        # sudo: helpdesk.ticket - so does its author
        self.sudo().write({"answer_author_id": self.env.uid})

    def _note_assignment(self, before):
        """Facts for a new service and for a new person in charge."""
        # sudo: helpdesk.ticket - facts are noted whoever caused them
        for case in self.sudo():
            service, user = before[case.id]
            if case.service_id and case.service_id != service:
                case._add_milestone("assigned", service=case.service_id)
            if case.user_id and case.user_id != user:
                case._add_milestone("taken")

    @api.model
    def _worded_fields(self):
        """Names of the texts that may name the person; rooms add theirs."""
        return ("name", "facts", "place_text", "answer")

    def _erase_identity(self, values):
        """Take the person's name and addresses out of the words of a case.

        Called by the vault when an identity is erased (law 09-08): the one exception
        to the facts never changing.

        :param values: dict of what the vault held
        """
        citizen = self._citizen_partner()
        # sudo: helpdesk.ticket, mail.message - erasure is a duty, not a role's right
        for case in self.sudo():
            words = {name: without_person(case[name], values) for name in self._worded_fields() if case[name]}
            words["description"] = plaintext2html(words["facts"])
            super(HelpdeskTicket, case).write(words)  # pylint: disable=super-method-mismatch
            for message in case.message_ids.filtered(lambda m: m.author_id == citizen):
                message.body = Markup(without_person(message.body or "", values))

    def _change_with_reason(self, what, reason, kind=None, received=None):
        """Corrections the complaint unit may make, each kept with its reason.

        :param what: correction, kind or date
        :raise UserError: nothing to change to, or a complaint without a name
        """
        self._check_step("change")
        self.ensure_one()
        # sudo: helpdesk.ticket - checked just above
        case = self.sudo()
        if what == "correction":
            self._add_milestone("corrected", note=reason)
            return
        if what == "kind":
            if not kind or kind == case.kind:
                raise UserError(self.env._("Choose the kind it should have."))
            if kind == "complaint" and case.is_anonymous:
                raise UserError(self.env._("A complaint needs the name of who brings it."))
            note = self.env._(
                "From %(old)s: %(reason)s",
                old=dict(case._fields["kind"]._description_selection(self.env))[case.kind],
                reason=reason,
            )
            case.write({"kind": kind})
            code = "kind_changed"
        else:
            today = self._commune_today()
            if not received or received > today or received == case.legal_receipt_date:
                raise UserError(self.env._("Give the day it was received, not after today."))
            note = self.env._("From %(old)s: %(reason)s", old=case.legal_receipt_date, reason=reason)
            case.write({"legal_receipt_date": received})
            code = "receipt_date_changed"
        case._set_clocks()
        self._add_milestone(code, note=note)
