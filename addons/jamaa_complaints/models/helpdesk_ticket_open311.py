"""Cases that came by Open311, and the categories it offers."""

from odoo import api, fields, models

FACTS_OF_OPEN311 = {"open311_number", "open311_application"}


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    open311_number = fields.Char(
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=fields.NO_ACCESS,
        export_string_translation=False,
        help="The service_request_id the application was told; the case's publication bears it, nothing else does.",
    )
    open311_application = fields.Char(
        string="Sent by the application", readonly=True, copy=False, help="Name of the Open311 key it came by."
    )

    @api.model
    def _lodge_vals(self, company, vals, identity):
        """Keep the number given out and the name of the application."""
        return {
            **super()._lodge_vals(company, vals, identity),
            "open311_number": vals.get("open311_number") or False,
            "open311_application": vals.get("open311_application") or False,
        }

    @api.model
    def _frozen_fields(self):
        return super()._frozen_fields() | FACTS_OF_OPEN311

    @api.model
    def _case_channel(self, channel):
        if channel == "open311":
            return self.env.ref("jamaa_complaints.channel_open311")
        return super()._case_channel(channel)


class HelpdeskTicketCategory(models.Model):
    _inherit = "helpdesk.ticket.category"

    def _open311_values(self):
        """What the list of services says of these categories."""
        values = []
        for category in self:
            hint = category.case_hint or ""
            values.append(
                {
                    "service_code": str(category.id),
                    "service_name": category.name,
                    "description": hint or category.name,
                    "metadata": True,
                    "type": "realtime",
                    "keywords": hint.replace("،", ",") or None,
                    "group": category.parent_id.name or None,
                }
            )
        return values
