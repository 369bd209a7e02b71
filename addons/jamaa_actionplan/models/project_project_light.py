"""How a plan stands: what is done, beside what it changed."""

from collections import Counter, defaultdict

from odoo import api, fields, models

from ..tools import indicator_rules


class ProjectProject(models.Model):
    """The weighted actions of a plan beside the lights of its indicators.

    Everything done and an indicator in the red is no contradiction: it is the case to discuss.
    """

    _name = "project.project"
    _inherit = ["project.project", "jamaa.declared.light"]

    indicator_ids = fields.One2many("jamaa.indicator", "plan_id", "Indicators")
    indicator_count = fields.Integer("Number of indicators", compute="_compute_computed_light")
    red_indicator_count = fields.Integer("Far behind", compute="_compute_computed_light")
    stale_indicator_count = fields.Integer("Without a fresh value", compute="_compute_computed_light")
    done_share = fields.Float(
        "Done (%)",
        digits=(5, 0),
        compute="_compute_done_share",
        help="By the weight of the actions; what was given up does not count.",
    )
    to_discuss = fields.Boolean(
        compute="_compute_to_discuss",
        search="_search_to_discuss",
        help="All actions are done, and an indicator is far behind: the actions did not bring what was hoped for.",
    )

    @api.depends("indicator_ids.light", "indicator_ids.active")
    def _compute_computed_light(self):
        counts = defaultdict(Counter)
        for plan, light, count in self.env["jamaa.indicator"]._read_group(
            [("plan_id", "in", self.ids)], ["plan_id", "light"], ["__count"]
        ):
            counts[plan.id][light] = count
        for plan in self:
            mine = counts[plan._origin.id]
            plan.computed_light = indicator_rules.worst(mine)
            plan.indicator_count = mine.total()
            plan.red_indicator_count = mine["red"]
            plan.stale_indicator_count = mine["stale"]

    @api.depends("tasks.state", "tasks.weight", "tasks.active")
    def _compute_done_share(self):
        actions = defaultdict(list)
        for plan, state, weight in self.env["project.task"]._read_group(
            [("project_id", "in", self.ids), ("is_action", "=", True), ("state", "!=", "1_canceled")],
            ["project_id", "state"],
            ["weight:sum"],
        ):
            actions[plan.id].append((weight, state == "1_done"))
        for plan in self:
            plan.done_share = indicator_rules.done_share(actions[plan._origin.id]) or 0.0

    @api.depends("done_share", "red_indicator_count")
    def _compute_to_discuss(self):
        for plan in self:
            plan.to_discuss = plan.done_share >= 100 and plan.red_indicator_count > 0

    def _search_to_discuss(self, operator, value):
        if operator != "in":
            return NotImplemented
        red = self.search([("is_plan", "=", True), ("indicator_ids", "any", [("light", "=", "red")])])
        return [("id", "in" if True in value else "not in", red.filtered("to_discuss").ids)]

    def action_open_plan_indicators(self):
        """Open the indicators of this plan."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_actionplan.jamaa_indicator_action")
        return {**action, "domain": [("plan_id", "=", self.id)], "context": {"default_plan_id": self.id}}
