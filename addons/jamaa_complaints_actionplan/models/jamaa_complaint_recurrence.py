from odoo import api, models
from odoo.fields import Command, Domain


class JamaaComplaintRecurrence(models.Model):
    """What comes back becomes a draft action in one click."""

    _inherit = "jamaa.complaint.recurrence"

    def action_make_action(self):
        """Button: make a draft action to deal with the cause; open the one there is.

        :raise AccessError: the user makes no plans
        """
        self.ensure_one()
        self.check_access("read")
        tasks = self.env["project.task"].with_company(self.company_id)
        tasks.check_access("create")
        case_ids = self._case_ids()
        # sudo: project.task - which actions were made of these cases; the cases themselves are not shown
        action = tasks.sudo().search(
            Domain("recurrence_case_ids", "in", case_ids) & Domain("is_closed", "=", False), limit=1
        )
        if not action:
            action = tasks.create(
                {
                    "project_id": self._plan_for_action().id,
                    "name": self._action_name(),
                    "recurrence_cases": self.cases,
                }
            )
            # sudo: project.task - the link to the cases is the tool's; it is read by code alone
            action.sudo().recurrence_case_ids = [Command.set(case_ids)]
        return action.with_env(self.env)._get_records_action()

    def _action_name(self):
        place = self.site_id.name or self.place
        if self.cause_id:
            return self.env._(
                "%(category)s, %(place)s: deal with “%(cause)s” for good",
                category=self.category_id.name,
                place=place,
                cause=self.cause_id.name,
            )
        return self.env._("%(category)s, %(place)s: deal with the cause", category=self.category_id.name, place=place)

    @api.model
    def _plan_theme(self):
        return self.env.ref("jamaa_base.theme_complaints", raise_if_not_found=False) or self.env["jamaa.theme"]

    def _plan_for_action(self):
        """The plan about complaints in preparation, else a new one."""
        plans = self.env["project.project"].with_company(self.company_id)
        theme = self._plan_theme()
        found = plans.search(
            [
                ("is_plan", "=", True),
                ("plan_state", "=", "draft"),
                ("company_id", "=", self.company_id.id),
                ("theme_id", "=", theme.id),
            ],
            order="id desc",
            limit=1,
        )
        return found or plans.create(
            {
                "is_plan": True,
                "name": self.env._("What comes back in complaints"),
                "company_id": self.company_id.id,
                "theme_id": theme.id,
            }
        )
