"""Satisfaction with answers, by service."""

from odoo import api, fields, models


class JamaaSatisfaction(models.Model):
    _inherit = "jamaa.satisfaction"

    team_id = fields.Many2one(
        "helpdesk.ticket.team",
        string="Service",
        index="btree_not_null",
        help="The service that looked into the case; never one of its officials.",
    )


class JamaaSatisfactionSummary(models.Model):
    _inherit = "jamaa.satisfaction.summary"

    level = fields.Selection(selection_add=[("service", "By service")])
    team_id = fields.Many2one("helpdesk.ticket.team", string="Service", readonly=True)

    @api.model
    def _levels(self):
        return {**super()._levels(), "service": "team_id"}
