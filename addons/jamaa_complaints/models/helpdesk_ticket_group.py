"""A case among others of the same matter."""

from odoo import api, fields, models


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    collective_id = fields.Many2one(
        "jamaa.complaint.group",
        string="Handled together",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Collective case it belongs to: one piece of work, an answer for each.",
    )
    may_group = fields.Boolean(compute="_compute_may")
    may_ungroup = fields.Boolean(compute="_compute_may")

    @api.model
    def _case_steps(self):
        return (*super()._case_steps(), "group", "ungroup")

    @api.depends("collective_id")
    def _compute_may(self):
        return super()._compute_may()

    def _may(self, step):
        """The unit groups cases whose answer is still open, each in one group at most."""
        if step in ("group", "ungroup"):
            fits = bool(self.collective_id) == (step == "ungroup")
            return self._is_desk() and fits and self.answer_state in ("none", "draft") and not self.stage_id.closed
        return super()._may(step)

    def write(self, vals):
        result = super().write(vals)
        if vals.get("service_id"):
            # sudo: jamaa.complaint.group - the other cases follow the lead, whoever sends it on
            groups = self.env["jamaa.complaint.group"].sudo()
            groups.search([("lead_case_id", "in", self.ids)])._follow_lead()
        return result

    def _milestone_words(self):
        """Neither who nor how many: no complainant learns of another."""
        words = self.env._("Handled together with others about the same matter")
        alone = self.env._("Handled on its own again")
        return {**super()._milestone_words(), "joined_group": words, "left_group": alone}

    def action_group(self):
        """Button: handle cases together, one or several from the list."""
        self._check_step("group")
        return self._collect_wizard("join")

    def action_ungroup(self):
        """Button: ask why it goes on alone."""
        self._check_step("ungroup")
        return self._collect_wizard("part")

    def _collect_wizard(self, what):
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.jamaa_complaint_collect_action")
        return {**action, "context": {"default_case_ids": self.ids, "default_what": what}}

    def action_open_group(self):
        """Button: the collective case, where it is open to the reader."""
        self.check_access("read")
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.jamaa_complaint_group_action")
        return {**action, "views": [(False, "form")], "view_mode": "form", "res_id": self.collective_id.id}
