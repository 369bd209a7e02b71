"""A plan and its actions lead to the skills they need, to people lent, and to resources from outside."""

from odoo import api, fields, models


class ProjectProject(models.Model):
    _inherit = "project.project"

    skill_requirement_ids = fields.One2many(
        "jamaa.skill.requirement", "for_plan_id", "Skills needed", groups="jamaa_actionplan.group_planner"
    )
    skill_short_count = fields.Integer(
        "Skills short",
        compute="_compute_skill_counts",
        groups="jamaa_actionplan.group_planner",
        help="Skills the plan needs and nobody on it has, or too few.",
    )
    outside_resource_count = fields.Integer("Outside resources", compute="_compute_outside_resource_count")
    skill_single_count = fields.Integer(
        "Skills of one person alone", compute="_compute_skill_counts", groups="jamaa_actionplan.group_planner"
    )

    @api.depends("skill_requirement_ids")
    def _compute_skill_counts(self):
        rows = self.env["jamaa.skill.requirement"].search([("for_plan_id", "in", self.ids)])
        of_plan = rows.grouped("for_plan_id")
        for plan in self:
            mine = of_plan.get(plan._origin, rows.browse())
            plan.skill_short_count = len(mine.filtered(lambda row: row.state in ("gap", "soon")))
            plan.skill_single_count = len(mine.filtered(lambda row: row.commune_count == 1))

    def _compute_outside_resource_count(self):
        counts = dict(
            self.env["jamaa.outside.resource"]._read_group([("plan_id", "in", self.ids)], ["plan_id"], ["__count"])
        )
        for plan in self:
            plan.outside_resource_count = counts.get(plan, 0)

    def action_open_plan_skills(self):
        """Open what this plan needs to know, against who works on it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_actionplan.jamaa_skill_requirement_action_plan")
        return {
            **action,
            "domain": [("for_plan_id", "=", self.id)],
            "context": {"default_plan_id": self.id, "default_company_id": self.company_id.id},
        }

    def action_open_cooperation(self):
        """Open the cooperation map of this plan."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_actionplan.jamaa_cooperation_map_action")
        return {**action, "context": {"default_plan_id": self.id, "default_company_id": self.company_id.id}}

    def action_open_outside_resources(self):
        """Open what this plan needs from outside."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_actionplan.jamaa_outside_resource_action")
        return {**action, "domain": [("plan_id", "=", self.id)], "context": {"default_plan_id": self.id}}


class ProjectTask(models.Model):
    _inherit = "project.task"

    def action_open_action_skills(self):
        """Open what this action needs to know, against who works on it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_actionplan.jamaa_skill_requirement_action_plan")
        return {
            **action,
            "domain": [("action_id", "=", self.id)],
            "context": {"default_action_id": self.id, "default_company_id": self.company_id.id},
        }
