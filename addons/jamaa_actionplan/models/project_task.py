"""An action of a plan is a task; other tasks stay what they are."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

#: What who carries an action out may change in it; the rest is the planners'.
OWNER_FIELDS = {"stage_id", "state", "progress_note", "proof_ids", "proof_link", "proof_note"}
#: The stage of an action, and what it means for upstream.
STATE_OF_STAGE = {"done": "1_done", "dropped": "1_canceled"}


class ProjectTask(models.Model):
    """An action: what, who, by when, which deliverable, for which result; with whom, with what, and the proof."""

    _inherit = "project.task"

    is_action = fields.Boolean("Action of a plan", related="project_id.is_plan", store=True, index=True)
    plan_state = fields.Selection(related="project_id.plan_state")
    theme_id = fields.Many2one(related="project_id.theme_id", store=True, index="btree_not_null")

    # For what
    deliverable = fields.Char(tracking=True, help="The thing one can show when the action is done.")
    result_id = fields.Many2one(
        "jamaa.plan.result",
        "Result it serves",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('plan_id', '=', project_id)]",
        tracking=True,
    )

    # Who
    owner_function_id = fields.Many2one(
        "jamaa.function",
        "Function in charge",
        index="btree_not_null",
        domain="[('company_id', '=', company_id)]",
        tracking=True,
        help="The action stays with the function when the person changes.",
    )
    owner_id = fields.Many2one(
        "res.users",
        "In charge",
        compute="_compute_owner_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
    )
    deputy_id = fields.Many2one(
        "res.users",
        "Deputy",
        index="btree_not_null",
        domain="[('share', '=', False), ('company_ids', 'in', company_id), ('id', '!=', owner_id)]",
        tracking=True,
        help="Goes on with the action when the person in charge is away.",
    )
    sponsor_function_id = fields.Many2one(
        "jamaa.function", "Sponsor", index="btree_not_null", domain="[('company_id', '=', company_id)]"
    )
    department_ids = fields.Many2many(
        "hr.department", string="Services involved", domain="[('company_id', 'in', [company_id, False])]"
    )
    outside_ids = fields.One2many("jamaa.plan.partner", "action_id", "Outside partners", copy=True)

    # With what
    resources = fields.Text(help="People's time, rooms, equipment, software: what the action needs besides money.")
    budget_currency_id = fields.Many2one(related="company_id.currency_id", string="Currency of the budget")
    budget_amount = fields.Monetary("Budget", currency_field="budget_currency_id", aggregator="sum")
    budget_source = fields.Char("Paid from", help="Line of the commune's budget, programme, donor.")
    effort_days = fields.Float(
        "Days of work",
        copy=False,
        groups="jamaa_actionplan.group_planner",
        help="A rough figure for who plans, so that nobody is given more than can be done.",
    )

    # How it went
    progress_note = fields.Text("Where it stands", tracking=True)
    proof_ids = fields.Many2many("ir.attachment", "project_task_proof_rel", string="Proof", copy=False)
    proof_link = fields.Char("Link to the proof", copy=False)
    proof_note = fields.Char("What proves it", copy=False)
    risk_ids = fields.One2many("jamaa.plan.risk", "action_id", "Risks and obstacles")
    can_plan = fields.Boolean("May plan", compute="_compute_can_plan")
    missing = fields.Char("Still missing", compute="_compute_missing", help="What the action needs before a decision.")

    _action_owner_idx = models.Index("(owner_id, due_on) WHERE is_action")
    _budget_positive = models.Constraint("CHECK(budget_amount >= 0)", "A budget is not negative.")
    _effort_positive = models.Constraint("CHECK(effort_days >= 0)", "Days of work are not negative.")

    @property
    def TASK_PORTAL_READABLE_FIELDS(self):
        """Portal users work on tasks of shared projects, where nothing is an action: that much they may know."""
        return super().TASK_PORTAL_READABLE_FIELDS | {"is_action"}

    # ---------- computes ----------

    @api.depends_context("uid")
    def _compute_can_plan(self):
        self.can_plan = self.env.user.has_group("jamaa_actionplan.group_planner")

    @api.depends("owner_function_id")
    def _compute_owner_id(self):
        for action in self:
            # sudo: jamaa.function - who holds a function is no secret inside the commune
            holder = action.owner_function_id.sudo().current_holder_id
            action.owner_id = holder.user_id or action.owner_id

    @api.depends("name", "owner_id", "owner_function_id", "due_on", "deliverable", "result_id")
    @api.depends_context("lang")
    def _compute_missing(self):
        for action in self:
            action.missing = ", ".join(action._missing_words()) if action.is_action else False

    def _missing_words(self):
        """Return the words for what an action does not say yet."""
        self.ensure_one()
        told = {
            self.env._("what"): self.name,
            self.env._("who"): self.owner_id or self.owner_function_id,
            self.env._("by when"): self.due_on,
            self.env._("which deliverable"): self.deliverable,
            self.env._("for which result"): self.result_id,
        }
        return [word for word, value in told.items() if not value]

    @api.model
    def _read_group_stage_ids(self, stages, domain):
        """The board of actions shows all stages of a plan, empty ones too."""
        if self.env.context.get("board_of_actions"):
            return stages.search([("action_stage", "!=", False)], order=stages._order)
        return super()._read_group_stage_ids(stages, domain)

    # ---------- constrains ----------

    def _check_complete(self):
        """Raise when an action does not say what, who, by when, which deliverable and for which result."""
        lines = []
        for action in self.filtered(lambda task: task.is_action and task.active and task.state != "1_canceled"):
            if words := action._missing_words():
                lines.append(self.env._("%(action)s: %(missing)s", action=action.name, missing=", ".join(words)))
        if lines:
            raise ValidationError(
                self.env._("Complete these actions first. Still missing:\n%(lines)s", lines="\n".join(lines))
            )

    @api.constrains("name", "owner_id", "owner_function_id", "due_on", "deliverable", "result_id", "project_id")
    def _check_action_complete(self):
        self.filtered(lambda task: task.is_action and task.plan_state != "draft")._check_complete()

    @api.constrains(
        "project_id",
        "company_id",
        "result_id",
        "owner_id",
        "deputy_id",
        "owner_function_id",
        "sponsor_function_id",
        "department_ids",
    )
    def _check_action_commune(self):
        for action in self.filtered("is_action"):
            commune = action.project_id.company_id
            # sudo: links of an action - their commune is compared, nothing of them is shown
            linked = action.sudo()
            people = linked.owner_id | linked.deputy_id
            rooms = (
                linked.owner_function_id.company_id
                | linked.sponsor_function_id.company_id
                | linked.department_ids.company_id
                | linked.company_id
            )
            if any(commune not in one.company_ids or one.share for one in people) or rooms - commune:
                raise ValidationError(
                    self.env._("“%(action)s” names somebody or something of another commune.", action=action.name)
                )
            if linked.result_id and linked.result_id.plan_id != action.project_id:
                raise ValidationError(self.env._("“%(action)s” serves a result of another plan.", action=action.name))

    @api.constrains("stage_id", "state")
    def _check_done_has_proof(self):
        for action in self.filtered(lambda task: task.is_action and task.state == "1_done"):
            if not (action.proof_ids or action.proof_link or action.proof_note):
                raise ValidationError(
                    self.env._(
                        "“%(action)s” is done: join the proof of it (a file, a link, or a word on where it is).",
                        action=action.name,
                    )
                )

    # ---------- CRUD ----------

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        own = actions.filtered("is_action")
        own._check_plan_open()
        own._give_to_owners()
        own._keep_proofs()
        # upstream leaves a new task in progress, whatever it waits for
        waiting = own.filtered(lambda task: task.state == "01_in_progress" and task.is_blocked_by_dependences())
        waiting.state = "04_waiting_normal"
        return actions

    def write(self, vals):
        own = self.filtered("is_action")
        if own:
            own._check_may_change(vals)
            vals = own._with_stage_and_state(vals)
        result = super().write(vals)
        if own and {"owner_id", "owner_function_id", "deputy_id"} & vals.keys():
            own._give_to_owners()
        if own and "proof_ids" in vals:
            own._keep_proofs()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if any(task.is_action and task.plan_state != "draft" for task in self):
            raise UserError(self.env._("An action of a decided plan stays on record. Give it up instead."))

    def _check_plan_open(self):
        if any(task.plan_state == "closed" for task in self):
            raise UserError(self.env._("This plan is closed. Reopen it to change its actions."))

    def _check_may_change(self, vals):
        """Raise when the plan is closed, or when who is in charge changes more than how the action goes."""
        if self.env.su:
            return
        self._check_plan_open()
        planner = self.env.user.has_group("jamaa_actionplan.group_planner")
        manager = self.env.user.has_group("project.group_project_user")
        if not planner and not manager and vals.keys() - OWNER_FIELDS:
            raise AccessError(
                self.env._("You report on this action: its stage, where it stands, and the proof. Planners change it.")
            )

    @api.model
    def _with_stage_and_state(self, vals):
        """Return `vals` where a stage of a plan brings upstream's state, and the other way round."""
        # sudo: project.task.type - the shared stages of every plan
        stages = self.env["project.task.type"].sudo()
        if vals.get("stage_id") and "state" not in vals:
            kind = stages.browse(vals["stage_id"]).action_stage
            return {**vals, "state": STATE_OF_STAGE.get(kind, "01_in_progress")} if kind else vals
        if vals.get("state") and "stage_id" not in vals:
            kind = {state: stage for stage, state in STATE_OF_STAGE.items()}.get(vals["state"])
            if kind:
                return {**vals, "stage_id": stages.search([("action_stage", "=", kind)], limit=1).id}
        return vals

    def _give_to_owners(self):
        """Who is in charge, and the deputy, are upstream's assignees: their lists and reminders follow."""
        for action in self:
            people = action.owner_id | action.deputy_id
            if people != action.user_ids:
                # sudo: project.task - follows from who is in charge, which was checked
                action.sudo().user_ids = [Command.set(people.ids)]

    def _keep_proofs(self):
        """A proof uploaded before the action was saved belongs to the action, and is read by who reads it."""
        for action in self:
            # sudo: ir.attachment - only what the present user just uploaded and belongs to nothing yet
            loose = action.sudo().proof_ids.filtered(
                lambda one: not one.res_id and one.create_uid == self.env.user and not one.res_field
            )
            loose.write({"res_model": "project.task", "res_id": action.id})

    # ---------- upstream's windows and links ----------

    def get_formview_id(self, access_uid=None):
        """An action opens in its own form, wherever it is opened from."""
        if len(self) == 1 and self.is_action:
            return self.env.ref("jamaa_actionplan.project_task_view_form_action").id
        return super().get_formview_id(access_uid=access_uid)

    def _portal_ensure_token(self):
        """An action has no key that opens it without a login."""
        return "" if self.is_action else super()._portal_ensure_token()
