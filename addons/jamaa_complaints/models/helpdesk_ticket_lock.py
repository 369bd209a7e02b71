"""A case about somebody is invisible to that person."""

from odoo import models


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _after_lock(self, before):
        """Take away what the newly locked users already held.

        Rules hide the case and what hangs on it. Taken away here is what would still
        be sent to them or be theirs to do.

        :param before: dict case id → users locked until now
        """
        for case in self.sudo():
            added = case.locked_user_ids - before[case.id]
            removed = before[case.id] - case.locked_user_ids
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
        activities = self.env["mail.activity"].sudo().search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("user_id", "in", users.ids),
            ]
        )
        heir = self.team_id.user_id - self.locked_user_ids
        if heir:
            activities.write({"user_id": heir.id})
        else:
            activities.unlink()
