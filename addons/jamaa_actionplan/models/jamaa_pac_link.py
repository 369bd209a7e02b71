from odoo import api, fields, models
from odoo.exceptions import ValidationError


class JamaaPacLink(models.Model):
    """An action serves a line of the communal action programme: directly, or by making it possible."""

    _name = "jamaa.pac.link"
    _description = "Action for the Communal Action Programme"
    _order = "line_id, id"

    action_id = fields.Many2one(
        "project.task", "Action", required=True, index=True, ondelete="cascade", domain="[('is_action', '=', True)]"
    )
    line_id = fields.Many2one(
        "jamaa.pac.line",
        "Line it serves",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('kind', '!=', 'axis'), ('pac_id.state', '!=', 'closed')]",
    )
    company_id = fields.Many2one(
        related="line_id.company_id", string="Commune", store=True, precompute=True, index=True
    )
    plan_id = fields.Many2one(related="action_id.project_id", string="Plan", store=True, index=True)
    owner_id = fields.Many2one(related="action_id.owner_id")
    due_on = fields.Date(related="action_id.due_on")
    stage_id = fields.Many2one(related="action_id.stage_id")
    contribution = fields.Selection(
        [("direct", "Directly"), ("enabling", "Makes it possible")], "How", required=True, default="direct"
    )
    note = fields.Char("In what way")

    _once = models.Constraint("UNIQUE(action_id, line_id)", "This action serves this line already.")

    @api.constrains("action_id", "line_id")
    def _check_link(self):
        for link in self:
            # sudo: project.task - its commune is compared, nothing of it is shown
            action = link.action_id.sudo()
            if not action.is_action or action.project_id.company_id != link.line_id.company_id:
                raise ValidationError(self.env._("Actions serve the programme of their own commune."))
            if link.line_id.kind == "axis":
                raise ValidationError(self.env._("An action serves a programme or a project: an axis is too wide."))
            if action.pac_none_reason:
                raise ValidationError(
                    self.env._("“%(action)s” says that it serves no line. Take that back first.", action=action.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        links = super().create(vals_list)
        links.action_id._check_plan_open()
        return links

    def write(self, vals):
        self.action_id._check_plan_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_while_open(self):
        self.action_id._check_plan_open()
