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


class HelpdeskTicket(models.Model):
    """What the citizen said of the answer, beside the case, for those who may read it."""

    _inherit = "helpdesk.ticket"

    citizen_said = fields.Selection(
        [("3", "It helped"), ("2", "In part"), ("1", "It did not help")],
        string="Did the answer help?",
        compute="_compute_citizen_said",
    )
    citizen_words = fields.Text(string="In the citizen's words", compute="_compute_citizen_said")

    @api.depends("answer_state")
    def _compute_citizen_said(self):
        answers = self.env["jamaa.satisfaction"]
        for case in self:
            value = words = False
            if case.kind and case.answer_state == "sent":
                value, words = answers._words_about(case)
            case.citizen_said = str(value) if value else False
            case.citizen_words = words
