"""A plan as the subject of a self-assessment, and what a round decided to do first as actions of a plan."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.jamaa_base.tools.public_lang import by_code

PLAN = [("plan", "An action plan")]
#: What a round says about a single plan is asked with grids about a plan, and may be with grids about the commune.
WITH_PLAN = ("plan", "commune")


class JamaaAssessmentGrid(models.Model):
    _inherit = "jamaa.assessment.grid"

    subject_kind = fields.Selection(selection_add=PLAN, ondelete={"plan": "set default"})


class JamaaAssessmentRound(models.Model):
    """The seven criteria may be asked of one plan: its rounds are compared with each other alone."""

    _inherit = "jamaa.assessment.round"

    subject_kind = fields.Selection(selection_add=PLAN)
    action_plan_id = fields.Many2one(
        "project.project",
        "Action plan",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('is_plan', '=', True), ('company_id', '=', company_id)]",
        help="Needed with a grid about a plan. With the seven criteria: leave it empty to look at all plans together.",
    )

    @api.depends("action_plan_id")
    def _compute_subject_name(self):
        super()._compute_subject_name()
        for one in self.filtered("action_plan_id"):
            # sudo: project.project - whoever may read the round reads what it is about
            one.subject_name = one.action_plan_id.sudo().name

    @api.depends("action_plan_id")
    def _compute_subject_key(self):
        super()._compute_subject_key()
        for one in self.filtered("action_plan_id"):
            one.subject_key = f"{one.company_id.id}/{one.grid_id.code}/plan{one.action_plan_id.id}"

    @api.constrains("action_plan_id", "company_id", "version_id")
    def _check_plan(self):
        for one in self.filtered("action_plan_id"):
            # sudo: project.project - its commune is compared, nothing of it is shown
            plan = one.action_plan_id.sudo()
            if not plan.is_plan or plan.company_id != one.company_id:
                raise ValidationError(self.env._("Choose an action plan of this commune."))
            if one.subject_kind not in WITH_PLAN:
                raise ValidationError(self.env._("This grid is not about a plan: leave the plan empty."))

    def write(self, vals):
        if "action_plan_id" in vals and any(one.state != "draft" for one in self):
            raise UserError(self.env._("This round has begun: its grid and its subject stay as they are."))
        return super().write(vals)

    def action_start(self):
        """Open the individual answers.

        :raise UserError: a grid about a plan, and no plan
        """
        if any(one.subject_kind == "plan" and not one.action_plan_id for one in self):
            raise UserError(self.env._("Say which plan is assessed."))
        return super().action_start()


class JamaaAssessmentPriority(models.Model):
    """What a round does first becomes an action, which remembers the item it comes from."""

    _inherit = "jamaa.assessment.priority"

    action_ids = fields.One2many("project.task", "assessment_priority_id", "Actions")
    action_count = fields.Integer("Actions made of it", compute="_compute_action_count")

    @api.depends("action_ids")
    def _compute_action_count(self):
        counts = dict(
            self.env["project.task"]._read_group(
                [("assessment_priority_id", "in", self.ids)], ["assessment_priority_id"], ["__count"]
            )
        )
        for row in self:
            row.action_count = counts.get(row, 0)

    def _take_up(self):
        """Make the action, in a plan in preparation; a decided plan takes nothing that is not complete."""
        super()._take_up()
        if self.action_ids:
            return self.action_ids[:1]
        # in the words of the commune, whoever takes it up
        said = self.with_context(lang=by_code(self.company_id.commune_lang).code)
        plan = said._plan_for_action()
        return (
            self.env["project.task"]
            .with_company(self.company_id)
            .create(
                {
                    "project_id": plan.id,
                    "name": said.item_id.name,
                    "owner_function_id": self.function_id.id,
                    "due_on": self.due_date,
                    "progress_note": self.note,
                    "assessment_priority_id": self.id,
                }
            )
        )

    def _plan_for_action(self):
        """The plan of the round while it is in preparation, else one made for what the round decided."""
        one = self.round_id
        if one.action_plan_id.plan_state == "draft":
            return one.action_plan_id
        plans = self.env["project.project"].with_company(self.company_id)
        found = plans.search(
            [("is_plan", "=", True), ("plan_state", "=", "draft"), ("assessment_round_id", "=", one.id)], limit=1
        )
        return found or plans.create(
            {
                "is_plan": True,
                "name": self.env._("Improvements decided by: %(round)s", round=one.name),
                "company_id": self.company_id.id,
                "theme_id": one.action_plan_id.theme_id.id,
                "assessment_round_id": one.id,
            }
        )

    def action_open_actions(self):
        """Button: the actions made of it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_actionplan.project_task_action_plan")
        return {**action, "domain": [("assessment_priority_id", "=", self.id)], "context": {}}


class ProjectProject(models.Model):
    _inherit = "project.project"

    assessment_round_id = fields.Many2one(
        "jamaa.assessment.round",
        "Round it comes from",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The self-assessment whose priorities this plan carries out.",
    )


class ProjectTask(models.Model):
    _inherit = "project.task"

    assessment_priority_id = fields.Many2one(
        "jamaa.assessment.priority",
        "Priority it carries out",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    assessment_item = fields.Char(
        "Item of the self-assessment", compute="_compute_assessment_item", help="What the round wanted to be better."
    )

    @api.depends("assessment_priority_id")
    @api.depends_context("lang")
    def _compute_assessment_item(self):
        for action in self:
            # sudo: jamaa.assessment.item - the wording of a question, of no answer
            action.assessment_item = action.sudo().assessment_priority_id.item_id.name

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals or "stage_id" in vals:
            self._close_priorities()
        return result

    def _close_priorities(self):
        """A priority is done when all actions made of it are; whether it changed anything the next round says."""
        # sudo: jamaa.assessment.priority - follows from the actions, whoever carries them out
        for row in self.sudo().assessment_priority_id.filtered(lambda row: row.state == "taken_up"):
            actions = row.action_ids.filtered(lambda action: action.state != "1_canceled")
            if actions and all(action.state == "1_done" for action in actions):
                row._move("done", closed_on=fields.Date.context_today(row))
