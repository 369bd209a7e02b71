"""What the commune learns from a case: who it serves, and why it happened."""

from odoo import api, fields, models

SEXES = [("f", "Woman"), ("m", "Man")]


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    citizen_sex = fields.Selection(
        SEXES,
        string="Woman or man",
        copy=False,
        help="Said by the citizen, or not; for counting only. Nothing else of the person is kept here.",
    )
    cause_id = fields.Many2one(
        "jamaa.complaint.cause",
        string="Root cause",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('company_id', 'in', (False, company_id))]",
        help="What lies behind it. What has the same cause again and again belongs into a plan.",
    )

    @api.model
    def _lodge_vals(self, company, vals, identity):
        """Keep whether a woman or a man spoke, where it was said."""
        sex = vals.get("citizen_sex")
        return {
            **super()._lodge_vals(company, vals, identity),
            "citizen_sex": sex if sex in dict(SEXES) else False,
        }

    @api.model
    def _desk_fields(self):
        return {*super()._desk_fields(), "cause_id"}

    @api.model
    def _service_fields(self):
        return {*super()._service_fields(), "cause_id"}
