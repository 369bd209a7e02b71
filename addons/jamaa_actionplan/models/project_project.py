"""A thematic plan of a commune is a project; other projects stay what they are."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

#: The way of a plan, in this order; each step has its button.
PLAN_STATES = [("draft", "In preparation"), ("decided", "Decided"), ("running", "Under way"), ("closed", "Closed")]


class ProjectProject(models.Model):
    """A plan: one theme, an objective, results, and the actions that lead there.

    A plan belongs to a commune and is read by that commune's staff alone: never by a portal user, another
    commune or the programme, which see what the commune publishes.
    """

    _inherit = "project.project"

    # What
    is_plan = fields.Boolean("Action plan", index=True, copy=True)
    theme_id = fields.Many2one("jamaa.theme", ondelete="restrict", index="btree_not_null", tracking=True)
    objective = fields.Text(tracking=True, help="What will be better for citizens when the plan is done.")
    expected_results = fields.Text("Expected results", help="In a few plain words; each result has its own row below.")
    sponsor_function_id = fields.Many2one(
        "jamaa.function",
        "Sponsor",
        check_company=True,
        index="btree_not_null",
        help="The elected or senior function that opens doors for the plan and answers for it.",
    )
    diagnosis_id = fields.Many2one("jamaa.plan.diagnosis", "Diagnosis", check_company=True, index="btree_not_null")
    plan_template_id = fields.Many2one("jamaa.plan.template", "Made from", readonly=True, ondelete="set null")

    # Where it stands
    plan_state = fields.Selection(
        PLAN_STATES, "Status of the plan", default="draft", required=True, readonly=True, copy=False, tracking=True
    )
    result_ids = fields.One2many("jamaa.plan.result", "plan_id", "Results")
    risk_ids = fields.One2many("jamaa.plan.risk", "plan_id", "Risks and obstacles")
    open_risk_count = fields.Integer("Open risks", compute="_compute_open_risk_count")
    late_action_count = fields.Integer("Late actions", compute="_compute_late_action_count")

    _plan_has_commune = models.Constraint(
        "CHECK(is_plan IS NOT TRUE OR company_id IS NOT NULL)", "A plan belongs to a commune."
    )
    _plan_is_internal = models.Constraint(
        "CHECK(is_plan IS NOT TRUE OR privacy_visibility = 'employees')",
        "A plan is read by the commune's staff alone. Publish a copy to show it to others.",
    )
    _plan_idx = models.Index("(company_id, plan_state) WHERE is_plan")

    # ---------- computes ----------

    @api.depends("risk_ids.state")
    def _compute_open_risk_count(self):
        counts = dict(
            self.env["jamaa.plan.risk"]._read_group(
                [("plan_id", "in", self.ids), ("state", "!=", "closed")], ["plan_id"], ["__count"]
            )
        )
        for plan in self:
            plan.open_risk_count = counts.get(plan, 0)

    @api.depends("tasks.due_on", "tasks.state")
    def _compute_late_action_count(self):
        late = Domain("project_id", "in", self.ids) & self.env["project.task"]._domain_late()
        counts = dict(self.env["project.task"]._read_group(late, ["project_id"], ["__count"]))
        for plan in self:
            plan.late_action_count = counts.get(plan, 0)

    # ---------- constrains and CRUD ----------

    @api.constrains("is_plan", "company_id")
    def _check_plan_commune(self):
        for plan in self.filtered("is_plan"):
            if not plan.company_id.is_commune:
                raise ValidationError(
                    self.env._(
                        "“%(company)s” is no commune: plans belong to communes.", company=plan.company_id.display_name
                    )
                )

    @api.constrains("company_id", "sponsor_function_id", "diagnosis_id")
    def _check_plan_links(self):
        self.filtered("is_plan")._check_company(["sponsor_function_id", "diagnosis_id"])

    @api.constrains("is_plan", "alias_name", "partner_id", "is_template", "collaborator_ids")
    def _check_plan_stays_inside(self):
        """A plan takes no mail from outside, has no outside owner, and is no template of upstream's kind."""
        for plan in self.filtered("is_plan"):
            if plan.alias_name or plan.partner_id or plan.is_template or plan.collaborator_ids:
                raise ValidationError(
                    self.env._(
                        "An action plan has no mail address, no outside owner or collaborator, and is not turned into a template. "
                        "Use the templates of action plans instead."
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        stages = None
        for vals in vals_list:
            vals.pop("plan_state", None)
            if not vals.get("is_plan", self.env.context.get("default_is_plan")):
                continue
            if stages is None:
                # sudo: project.task.type - the shared stages of every plan, whoever makes one
                stages = self.env["project.task.type"].sudo().search([("action_stage", "!=", False)])
            vals.update(is_plan=True, privacy_visibility="employees", allow_task_dependencies=True)
            vals["company_id"] = vals.get("company_id") or self.env.company.id
            vals["type_ids"] = [Command.set(stages.ids)]
            vals["label_tasks"] = self.env._("Actions")
        return super().create(vals_list)

    def write(self, vals):
        if "is_plan" in vals and any(bool(vals["is_plan"]) != project.is_plan for project in self):
            raise UserError(self.env._("A project does not become a plan, nor a plan a project. Make a new one."))
        if "plan_state" in vals and not self.env.su:
            raise UserError(self.env._("A plan moves on by its buttons."))
        if "company_id" in vals and any(one.is_plan and one.company_id.id != vals["company_id"] for one in self):
            raise UserError(self.env._("A plan stays with its commune."))
        return super().write(vals)

    def copy(self, default=None):
        """A copied plan would lose its dates and people: templates keep them.

        :raise UserError: for an action plan
        """
        if any(plan.is_plan for plan in self):
            raise UserError(self.env._("A plan is not copied. Make a new one from a template of action plans."))
        return super().copy(default)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if any(plan.is_plan and plan.plan_state != "draft" for plan in self):
            raise UserError(self.env._("A plan that was decided stays on record. Close it instead."))

    # ---------- the way of a plan ----------

    def _may_move_plan(self):
        """Raise unless the present user plans in these communes."""
        self.check_access("write")
        if not all(plan.is_plan for plan in self):
            raise UserError(self.env._("This is no action plan."))

    def _set_plan_state(self, state):
        # sudo: project.project - the status moves by its buttons alone; who may was checked by the caller
        self.sudo().plan_state = state

    def action_decide(self):
        """The plan was decided: every action says what, who, by when, which deliverable, for which result.

        :raise UserError: when something is missing; the message says where
        """
        self._may_move_plan()
        self._check_ready_to_decide()
        self._set_plan_state("decided")

    def _check_ready_to_decide(self):
        """Raise unless these plans are in preparation and say all that a decision needs."""
        for plan in self:
            if plan.plan_state != "draft":
                raise UserError(self.env._("Only a plan in preparation is decided."))
            if not plan.objective or not plan.theme_id:
                raise UserError(self.env._("Give the plan its theme and its objective first."))
            if not plan.tasks:
                raise UserError(self.env._("This plan has no action yet."))
            plan.tasks._check_complete()

    def action_start(self):
        """Work on the plan begins: the owners of its actions report on them from now on."""
        self._may_move_plan()
        if any(plan.plan_state != "decided" for plan in self):
            raise UserError(self.env._("Only a decided plan begins."))
        self._set_plan_state("running")

    def action_close(self):
        """The plan is over; nothing in it changes any more until it is reopened."""
        self._may_move_plan()
        if any(plan.plan_state != "running" for plan in self):
            raise UserError(self.env._("Only a plan under way is closed."))
        self._set_plan_state("closed")

    def action_reopen(self):
        """Back to preparation from a decision, or back to work from a closed plan."""
        self._may_move_plan()
        for plan in self:
            if plan.plan_state not in ("decided", "closed"):
                raise UserError(self.env._("Only a decided or a closed plan is reopened."))
            plan._set_plan_state("draft" if plan.plan_state == "decided" else "running")

    # ---------- windows ----------

    def action_open_plan_actions(self):
        """Open the actions of this plan, in the grid where they are typed."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_actionplan.project_task_action_plan")
        return {
            **action,
            "display_name": self.name,
            "domain": [("project_id", "=", self.id)],
            "context": {"default_project_id": self.id, "hide_plan": True, "board_of_actions": True},
        }

    def action_open_plan_risks(self):
        """Open the risks and obstacles of this plan."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_actionplan.jamaa_plan_risk_action")
        return {**action, "domain": [("plan_id", "=", self.id)], "context": {"default_plan_id": self.id}}

    # ---------- upstream's windows and links ----------

    def get_formview_id(self, access_uid=None):
        """A plan opens in its own form, wherever it is opened from."""
        if len(self) == 1 and self.is_plan:
            return self.env.ref("jamaa_actionplan.project_project_view_form_plan").id
        return super().get_formview_id(access_uid=access_uid)

    def _inverse_allow_task_dependencies(self):
        """The first plan of a database switches upstream's feature on, whoever makes it."""
        # sudo: res.groups, mail.message.subtype - the switch is the tool's; the right to write the plan was checked
        everything = self.sudo() if all(project.is_plan for project in self) else self
        return super(ProjectProject, everything)._inverse_allow_task_dependencies()

    def _show_profitability(self):
        return False if self.is_plan else super()._show_profitability()

    def _portal_ensure_token(self):
        """A plan has no key that opens it without a login."""
        return "" if self.is_plan else super()._portal_ensure_token()

    def _check_project_sharing_access(self):
        """A plan is no shared project; asked about by anybody, it answers as one that is not there."""
        # sudo: project.project - only whether it is a plan; asked by search, so that nothing of it stays in the cache
        if self.sudo().search_count([("id", "in", self.ids), ("is_plan", "=", True)]):
            return False
        return super()._check_project_sharing_access()
