"""A plan is decided by a decision that says so."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class ProjectProject(models.Model):
    _inherit = "project.project"

    decision_ids = fields.One2many("jamaa.decision", "plan_id", "Decisions")
    decision_count = fields.Integer("Number of decisions", compute="_compute_decision_count")
    adopting_decision_id = fields.Many2one(
        "jamaa.decision", "Adopted by", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    can_be_adopted = fields.Boolean("A decision allows it", compute="_compute_can_be_adopted")

    @api.depends("decision_ids")
    def _compute_decision_count(self):
        counts = dict(self.env["jamaa.decision"]._read_group([("plan_id", "in", self.ids)], ["plan_id"], ["__count"]))
        for plan in self:
            plan.decision_count = counts.get(plan, 0)

    @api.depends("decision_ids.in_force", "decision_ids.adopts_plan", "adopting_decision_id", "plan_state")
    def _compute_can_be_adopted(self):
        for plan in self:
            plan.can_be_adopted = plan.plan_state == "draft" and bool(plan._next_adopting_decision())

    def _next_adopting_decision(self):
        """The decision in force that adopts this plan as it now stands; one that adopted it before does not count again."""
        self.ensure_one()
        return self.decision_ids.filtered(
            lambda one: one.adopts_plan and one.in_force and one.id > self.adopting_decision_id.id
        ).sorted("id")[-1:]

    def action_decide(self):
        """As before, by a decision on record; what is set up without anybody (data of an installation) needs none.

        :raise UserError: no decision adopts the plan
        """
        decisions = {plan: plan._next_adopting_decision() for plan in self}
        if not self.env.su and not all(decisions.values()):
            raise UserError(
                self.env._("No decision adopts this plan yet. Ask for one, with the button “Ask for a decision”.")
            )
        result = super().action_decide()
        for plan, decision in decisions.items():
            # sudo: project.project - which decision it was, whoever presses the button
            plan.sudo().adopting_decision_id = decision or plan.adopting_decision_id
        return result

    def write(self, vals):
        if "adopting_decision_id" in vals and not self.env.su:
            raise UserError(self.env._("A plan moves on by its buttons."))
        return super().write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.pop("adopting_decision_id", None)
        return super().create(vals_list)

    def action_ask_decision(self):
        """Open a new question on this plan, at the level that the table of the commune says."""
        self.ensure_one()
        self.check_access("read")
        self.env["jamaa.decision"].check_access("create")
        level = self.env["jamaa.decision.rule"]._level_for(self.company_id, self.theme_id, "plan")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for a decision"),
            "res_model": "jamaa.decision",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {
                "default_plan_id": self.id,
                "default_company_id": self.company_id.id,
                "default_level": level,
                "default_adopts_plan": self.plan_state == "draft",
                "default_name": self.env._("Adopt the plan “%(plan)s”", plan=self.name)
                if self.plan_state == "draft"
                else False,
            },
        }

    def action_open_decisions(self):
        """Open the decisions on this plan."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_actionplan.jamaa_decision_action")
        return {**action, "domain": [("plan_id", "=", self.id)], "context": {"default_plan_id": self.id}}
