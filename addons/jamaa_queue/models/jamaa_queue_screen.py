"""What the screens of the queue have in common: who may use them, and whose records they see."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError

RECEPTION = ("jamaa_base.group_reception_agent",)
DESKS = ("jamaa_base.group_reception_agent", "jamaa_base.group_service_agent")
OVERSIGHT = ("jamaa_base.group_site_supervisor", "jamaa_base.group_service_head", "jamaa_base.group_director")


class JamaaQueueScreen(models.AbstractModel):
    """Mixin of the screens' calls. What comes in is scalars; ids are looked up again inside the commune."""

    _name = "jamaa.queue.screen"
    _description = "Screens of the queue"

    @api.model
    def _check_staff(self, groups):
        """Refuse whoever has none of these roles.

        :return: the commune
        :raise AccessError: none of these roles
        """
        if not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(self.env._("This screen is for those who receive people."))
        if not self.env.company.is_commune:
            raise UserError(self.env._("Choose the commune you work in first."))
        return self.env.company

    @api.model
    def _one(self, model, number, *domain):
        """A record of the commune by its id.

        :raise UserError: there is none of this id
        """
        own = [("company_id", "=", self.env.company.id), *domain]
        valid = isinstance(number, int) and not isinstance(number, bool) and 0 < number < 2**31
        found = self.env[model].search([("id", "=", number), *own], limit=1) if valid else None
        if not found:
            raise UserError(self.env._("This choice is not there any more."))
        return found

    @api.model
    def _sites(self):
        """Sites of the commune, and the one where the user works (else the first)."""
        sites = self.env["jamaa.site"].search_fetch([("company_id", "=", self.env.company.id)], ["name"])
        # sudo: hr.employee - the site of the user's own
        mine = self.env["hr.employee"].sudo().search_fetch([("user_id", "=", self.env.uid)], ["site_id"]).site_id
        return sites, (mine & sites)[:1] or sites[:1]

    @api.model
    def _channel(self, site):
        # sudo: jamaa.site - the channel is for the screens of those who receive people there
        return site.sudo().queue_channel

    @api.model
    def _named(self, records):
        return [{"id": record.id, "name": record.name} for record in records]

    @api.model
    def _alarms(self, site):
        alarms = self.env["jamaa.queue.alarm"]._open_at(site)
        return [{"desk": row.desk_id.id, "name": row.desk_id.name} for row in alarms]

    @api.model
    def _short(self, tickets):
        """Tickets as a list shows them: numbers, never more."""
        return [
            {
                "id": ticket.id,
                "code": ticket.code,
                "queue": ticket.queue_id.name,
                "procedure": ticket.procedure_id.name or "",
                "since": self._iso(ticket.issued_at),
                "credit": ticket.credit_minutes,
                "state": ticket.state,
                "language": ticket.language_id.name or "",
            }
            for ticket in tickets
        ]

    @api.model
    def _iso(self, moment):
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else False
