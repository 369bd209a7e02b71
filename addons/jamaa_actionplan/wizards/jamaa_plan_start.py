"""A new plan from a template: dates counted from its first day, roles given to the commune's functions."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class JamaaPlanStart(models.TransientModel):
    """Asks for the first day and for who takes which role."""

    _name = "jamaa.plan.start"
    _description = "New Plan from a Template"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", "Commune", required=True, default=lambda self: self.env.company)
    template_id = fields.Many2one(
        "jamaa.plan.template", "Template", required=True, domain="[('company_id', 'in', [False, company_id])]"
    )
    name = fields.Char("Title", compute="_compute_name", store=True, readonly=False, precompute=True, required=True)
    date_start = fields.Date("First day", required=True, default=fields.Date.context_today)
    diagnosis_id = fields.Many2one("jamaa.plan.diagnosis", "Diagnosis", check_company=True)
    role_ids = fields.One2many(
        "jamaa.plan.start.role",
        "start_id",
        "Who takes which role",
        compute="_compute_role_ids",
        store=True,
        readonly=False,
    )

    @api.depends("template_id")
    def _compute_name(self):
        for start in self:
            start.name = start.template_id.name or start.name

    @api.depends("template_id", "company_id")
    def _compute_role_ids(self):
        for start in self:
            codes = list(dict.fromkeys(start.template_id.action_ids.mapped("function_code")))
            functions = self.env["jamaa.function"].search(
                [("company_id", "=", start.company_id.id), ("code", "in", codes)]
            )
            theme = start.template_id.theme_id
            start.role_ids = [
                Command.clear(),
                *(
                    Command.create({"function_code": code, "function_id": start._best(functions, code, theme).id})
                    for code in codes
                ),
            ]

    @api.model
    def _best(self, functions, code, theme):
        """Return the function of that kind, the one of the plan's theme before others."""
        same = functions.filtered(lambda one: one.code == code)
        return same.filtered(lambda one: one.theme_id == theme)[:1] or same[:1]

    def action_make(self):
        """Make the plan with its results and actions, and open it.

        :raise UserError: when a role was given to nobody
        """
        self.ensure_one()
        roles = {role.function_code: role for role in self.role_ids}
        codes = self.template_id.action_ids.mapped("function_code")
        if any(not (code in roles and (roles[code].function_id or roles[code].user_id)) for code in codes):
            raise UserError(self.env._("Say for each role which function or which person takes it."))
        plan = self.env["project.project"].create(self._plan_values())
        results = self._make_results(plan)
        self._make_actions(plan, results, roles)
        return {
            "type": "ir.actions.act_window",
            "res_model": "project.project",
            "res_id": plan.id,
            "view_mode": "form",
            "views": [(self.env.ref("jamaa_actionplan.project_project_view_form_plan").id, "form")],
        }

    def _plan_values(self):
        template = self.template_id
        longest = max(template.action_ids.mapped("due_offset"), default=0)
        return {
            "is_plan": True,
            "name": self.name,
            "company_id": self.company_id.id,
            "theme_id": template.theme_id.id,
            "objective": template.objective,
            "plan_template_id": template.id,
            "diagnosis_id": self.diagnosis_id.id,
            "date_start": self.date_start,
            "date": self.date_start + timedelta(days=longest),
        }

    def _make_results(self, plan):
        """Return the results of the plan by the template's."""
        sources = self.template_id.result_ids
        values = [
            {"plan_id": plan.id, "name": one.name, "level": one.level, "sequence": one.sequence} for one in sources
        ]
        results = dict(zip(sources, self.env["jamaa.plan.result"].create(values), strict=True))
        for source in sources.filtered("parent_id"):
            results[source].parent_id = results[source.parent_id]
        return results

    def _make_actions(self, plan, results, roles):
        sources = self.template_id.action_ids
        actions = self.env["project.task"].create(
            [self._action_values(plan, source, results, roles[source.function_code]) for source in sources]
        )
        made = dict(zip(sources, actions, strict=True))
        for source in sources.filtered("depend_on_ids"):
            made[source].depend_on_ids = [Command.set([made[one].id for one in source.depend_on_ids if one in made])]

    def _action_values(self, plan, source, results, role):
        values = {
            "project_id": plan.id,
            "name": source.name,
            "sequence": source.sequence,
            "deliverable": source.deliverable,
            "result_id": results[source.result_id].id,
            "owner_function_id": role.function_id.id,
            "start_on": self.date_start + timedelta(days=source.start_offset),
            "due_on": self.date_start + timedelta(days=source.due_offset),
            "effort_days": source.effort_days,
        }
        # without a person the action takes who holds the function today
        return {**values, "owner_id": role.user_id.id} if role.user_id else values


class JamaaPlanStartRole(models.TransientModel):
    """A role of the template, and which function or person of the commune takes it."""

    _name = "jamaa.plan.start.role"
    _description = "Role in a New Plan"

    start_id = fields.Many2one("jamaa.plan.start", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="start_id.company_id")
    function_code = fields.Selection(
        selection=lambda self: self.env["jamaa.function"]._fields["code"]._description_selection(self.env),
        string="Role",
        required=True,
        readonly=True,
    )
    function_id = fields.Many2one("jamaa.function", "Function", domain="[('company_id', '=', company_id)]")
    user_id = fields.Many2one(
        "res.users",
        "Person",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Empty: who holds the function.",
    )
