"""A case goes to the function that answers for it: to its holder, or the stand-in."""

from odoo import fields, models


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    no_holder = fields.Boolean(
        string="Function without holder",
        copy=False,
        readonly=True,
        help="The routing table names a function that nobody could fill when the case was sent to the service.",
    )

    def _case_members(self):
        """Who leads a service answers for it as its members do, where the role lets see the case."""
        members = super()._case_members()
        # sudo: helpdesk.ticket.team - the name of a colleague to choose from
        leader = (self.service_id or self.team_id).sudo().user_id
        return members | leader.filtered(lambda user: user.has_group("jamaa_base.group_service_head"))

    def action_assign_proposed(self):
        """Button: send to the service the routing table names, and to who answers for it there."""
        result = super().action_assign_proposed()
        self._give_to_function()
        return result

    def _give_to_function(self):
        """Give each case to the holder of the function that its line names; a vacancy surfaces."""
        lines = self.env["jamaa.complaint.route"]._lines_for(self)
        # sudo: helpdesk.ticket - the caller checked who assigns; the person follows the table
        for case in self.sudo():
            line = lines.get(case.id)
            if not line or not line.function_id or line.service_id != case.service_id:
                case.no_holder = False
                continue
            person = line._person_for(case, case._commune_today())
            case.write({"user_id": person.id, "no_holder": not person})
            if not person:
                case._tell_of_vacancy(line.function_id)

    def _tell_of_vacancy(self, function):
        """An activity for the unit: somebody has to be found."""
        self.ensure_one()
        heir = (self.team_id.user_id or self.env.user) - self.locked_user_ids
        if not heir or not self._case_readers(heir.partner_id.ids):
            return
        words = self.with_context(lang=heir.lang or self.env.lang).env
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=heir.id,
            date_deadline=self._commune_today(),
            summary=words._(
                "No holder and no stand-in: %(function)s", function=function.with_context(lang=heir.lang).name
            ),
        )
