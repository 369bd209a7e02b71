"""How an action serves the communal action programme."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

STATUSES = [
    ("direct", "Serves it directly"),
    ("enabling", "Makes it possible"),
    ("none", "Serves no line, with a reason"),
    ("unsaid", "Not said yet"),
]


class ProjectTask(models.Model):
    _inherit = "project.task"

    pac_link_ids = fields.One2many("jamaa.pac.link", "action_id", "Lines it serves")
    pac_none_reason = fields.Char("Why it serves no line", copy=False, tracking=True)
    pac_status = fields.Selection(STATUSES, "Communal action programme", compute="_compute_pac_status", store=True)

    _pac_status_idx = models.Index("(company_id, pac_status) WHERE is_action")

    @api.depends("is_action", "pac_link_ids.contribution", "pac_none_reason")
    def _compute_pac_status(self):
        for action in self:
            ways = set(action.pac_link_ids.mapped("contribution"))
            said = (
                "direct" if "direct" in ways else "enabling" if ways else "none" if action.pac_none_reason else "unsaid"
            )
            action.pac_status = said if action.is_action else False

    @api.constrains("pac_none_reason")
    def _check_pac_none(self):
        for action in self:
            if action.pac_none_reason and action.pac_link_ids:
                raise ValidationError(
                    self.env._("“%(action)s” serves lines of the programme: it cannot serve none.", action=action.name)
                )
