"""A case about somebody is invisible to that person."""

from odoo import api, fields, models
from odoo.fields import Domain


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    open_to_me = fields.Boolean(
        string="Not closed to me",
        compute="_compute_open_to_me",
        search="_search_open_to_me",
        help="Used by the record rule: upstream's portal list puts rules into a domain "
        "of the user, who may not search by the closed list itself.",
    )

    @api.depends("locked_user_ids")
    @api.depends_context("uid")
    def _compute_open_to_me(self):
        # sudo: helpdesk.ticket - the list is for the unit alone, its effect for all
        for case in self:
            case.open_to_me = self.env.uid not in case.sudo().locked_user_ids.ids

    def _search_open_to_me(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return Domain("id", "not in", self._closed_to_me())

    @api.model
    def _closed_to_me(self):
        """Query of the cases closed to the present user, for rules of what points at a case."""
        # sudo: helpdesk.ticket - as above
        tickets = self.sudo().with_context(active_test=False)
        return tickets._search([("locked_user_ids", "in", [self.env.uid])])

    def _after_lock(self, before):
        """Take away what the newly locked users already held.

        Rules hide the case and what hangs on it. Taken away here is what would still
        be sent to them or be theirs to do.

        :param before: dict case id → users locked until now
        """
        # sudo: helpdesk.ticket - the lock closes every side door, whoever sets it
        for case in self.sudo():
            added = case.locked_user_ids - before[case.id]
            removed = before[case.id] - case.locked_user_ids
            if added or removed:
                # The entry itself is hidden from those it is closed to (`jamaa.register.entry`).
                self.env["jamaa.register.entry"]._enter(
                    case.company_id,
                    "case_closed_to",
                    {"number": case.case_number, "persons": len(case.locked_user_ids)},
                    case,
                )
            if removed:
                case._add_milestone("unlocked")
            if not added:
                continue
            if case.user_id in added:
                case.user_id = False
            case._forget_users(added)
            case._add_milestone("locked")

    def _forget_users(self, users):
        """Stop what would still reach `users` about this case.

        What they could read (messages of theirs, activities) is closed by the rules
        of `jamaa.case.satellite`; here it stops being sent and being theirs to do.
        """
        self.ensure_one()
        partners = users.partner_id
        self.message_unsubscribe(partners.ids)
        # sudo: mail.notification - inbox rows of the case's own messages
        self.env["mail.notification"].sudo().search(
            [
                ("mail_message_id.model", "=", self._name),
                ("mail_message_id.res_id", "=", self.id),
                ("res_partner_id", "in", partners.ids),
            ]
        ).unlink()
        # sudo: mail.activity - what they had to do goes to the unit's leader
        activities = (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("user_id", "in", users.ids),
                ]
            )
        )
        heir = self.team_id.user_id - self.locked_user_ids
        if heir and not self._case_readers(heir.partner_id.ids):
            heir = heir.browse()
        if heir:
            activities.write({"user_id": heir.id})
        else:
            activities.unlink()
