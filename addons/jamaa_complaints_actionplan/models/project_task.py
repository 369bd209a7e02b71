from odoo import fields, models


class ProjectTask(models.Model):
    """An action that deals with what came back in complaints.

    Which cases are behind it is read by code alone: who reads the action need not be allowed to read a case.
    """

    _inherit = "project.task"

    recurrence_case_ids = fields.Many2many(
        "helpdesk.ticket",
        "project_task_recurrence_case_rel",
        "task_id",
        "case_id",
        "Cases behind it",
        copy=False,
        groups=fields.NO_ACCESS,
    )
    recurrence_cases = fields.Integer(
        "Cases that came back",
        readonly=True,
        copy=False,
        aggregator=None,
        help="In twelve months, when the action was made.",
    )
    citizen_words = fields.Text(
        "Told to the citizens",
        help="Whoever complained reads this when the action is done, beside a sentence of the tool. Name nobody.",
    )
    citizens_told_on = fields.Date("Citizens told on", readonly=True, copy=False)

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals or "stage_id" in vals:
            self._tell_complainants()
        return result

    def _tell_complainants(self):
        """Tell everybody who complained, once: on the page of the case, and by the way the case tells."""
        # sudo: project.task, helpdesk.ticket - follows from the action, whoever did it; nothing of a case comes back
        for action in self.sudo().filtered(lambda one: one.recurrence_cases and one.state == "1_done"):
            if action.citizens_told_on or not action.recurrence_case_ids:
                continue
            since = self.env["jamaa.complaint.recurrence"].sudo().browse(min(action.recurrence_case_ids.ids))
            later = self.env["helpdesk.ticket"].sudo().browse(since._case_ids())
            action.citizens_told_on = fields.Date.context_today(action)
            (action.recurrence_case_ids | later)._cause_mended(action.citizen_words)

    def action_open_recurrence_cases(self):
        """Button: the cases behind it, as far as the reader may read them."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_complaints.helpdesk_ticket_action_cases")
        # sudo: project.task - the ids alone; the list opens with the reader's own rights
        ids = self.sudo().recurrence_case_ids.ids
        return {**action, "domain": [("kind", "!=", False), ("id", "in", ids)], "context": {"jamaa_cases": True}}
