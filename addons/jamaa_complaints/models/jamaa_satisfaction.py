"""Satisfaction with answers, by service."""

from odoo import api, fields, models
from odoo.tools import SQL

from .helpdesk_ticket import CASE_KINDS


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
    kind_code = fields.Selection(selection_add=CASE_KINDS)
    team_id = fields.Many2one("helpdesk.ticket.team", string="Service", readonly=True)

    @api.model
    def _levels(self):
        return {**super()._levels(), "service": ("team_id", "integer")}

    @api.model
    def _asked_query(self):
        """Whoever got an answer was asked, on the page where it stands."""
        names = [column for column in self._levels().values() if column]
        ours = {
            "site_id": SQL("t.site_id"),
            "team_id": SQL("t.service_id"),
            "kind_code": SQL("t.kind"),
        }
        columns = SQL(", ").join(
            SQL("%s AS %s", ours.get(name, SQL("NULL::%s", SQL(kind))), SQL.identifier(name)) for name, kind in names
        )
        return SQL(
            """%s UNION ALL
               SELECT t.company_id, 'complaint'::varchar, to_char(t.answered_on, 'YYYY')::varchar, %s
                 FROM helpdesk_ticket t WHERE t.kind IS NOT NULL AND t.answered_on IS NOT NULL""",
            super()._asked_query(),
            columns,
        )


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
