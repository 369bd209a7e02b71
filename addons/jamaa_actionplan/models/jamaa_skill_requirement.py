"""What a plan or one action of it needs to know, against who works on it and who else in the commune knows it."""

from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

#: How long a plan gives itself to train a second person.
TRAIN_DAYS = 90
#: Links that make a row one of a plan.
OF_PLANS = ("plan_id", "action_id")


class JamaaSkillRequirement(models.Model):
    """Skills of a plan: counts for who plans; names only for who may read the skills of these people."""

    _inherit = "jamaa.skill.requirement"

    plan_id = fields.Many2one(
        "project.project",
        "Plan",
        check_company=True,
        index="btree_not_null",
        ondelete="cascade",
        domain="[('is_plan', '=', True)]",
    )
    action_id = fields.Many2one(
        "project.task",
        "Action",
        check_company=True,
        index="btree_not_null",
        ondelete="cascade",
        domain="[('is_action', '=', True)]",
    )
    for_plan_id = fields.Many2one(
        "project.project", "For the plan", compute="_compute_for_plan_id", store=True, index="btree_not_null"
    )
    commune_count = fields.Integer(
        "People in the commune",
        compute="_compute_commune_count",
        help="How many people of the whole commune have it today at this level, on the plan or not.",
    )
    holder_names = fields.Char(
        "Who has it",
        compute="_compute_holder_names",
        help="Names of the people whose skills you may read: those of your own service, or all for who keeps staff files.",
    )
    risk_id = fields.Many2one("jamaa.plan.risk", "Risk written down", readonly=True, copy=False, ondelete="set null")
    training_action_id = fields.Many2one(
        "project.task", "Action “second person”", readonly=True, copy=False, ondelete="set null"
    )

    @api.model
    def _requirer_fields(self):
        return [*super()._requirer_fields(), *OF_PLANS]

    @api.depends("plan_id", "action_id.project_id")
    def _compute_for_plan_id(self):
        for row in self:
            row.for_plan_id = row.plan_id or row.action_id.project_id

    @api.constrains("plan_id", "action_id")
    def _check_plan(self):
        for row in self:
            if (row.plan_id and not row.plan_id.is_plan) or (row.action_id and not row.action_id.is_action):
                raise ValidationError(self.env._("Skills are required by an action plan or by an action of one."))

    # ---------- required against held ----------

    @api.model
    def _people_of(self, name, requirers, date):
        """Who works on a plan or an action: in charge, deputies, and those put at its disposal on that day."""
        if name not in OF_PLANS:
            return super()._people_of(name, requirers, date)
        people = defaultdict(set)
        # sudo: project.task - who is in charge is known to every planner; only counts leave the callers
        actions = requirers.sudo().tasks if name == "plan_id" else requirers.sudo()
        actions = actions.filtered(lambda action: action.state != "1_canceled")
        # sudo: hr.employee - as above
        staff = self.env["hr.employee"].sudo().search([("user_id", "in", (actions.owner_id | actions.deputy_id).ids)])
        of_user = {(person.company_id.id, person.user_id.id): person.id for person in staff}
        for action in actions:
            key = action.project_id.id if name == "plan_id" else action.id
            for user in action.owner_id | action.deputy_id:
                person = of_user.get((action.company_id.id, user.id))
                if person:
                    people[key].add(person)
        # sudo: jamaa.skill.loan - as above
        loans = self.env["jamaa.skill.loan"].sudo()
        plans = requirers if name == "plan_id" else requirers.project_id
        for loan in loans.search(Domain("plan_id", "in", plans.ids) & loans._domain_at_disposal(date)):
            if name == "plan_id":
                people[loan.plan_id.id].add(loan.employee_id.id)
                continue
            for action in requirers.filtered(lambda one, loan=loan: one.project_id == loan.plan_id):
                if loan.action_id in (action, loan.action_id.browse()):
                    people[action.id].add(loan.employee_id.id)
        return people

    def _held_in_commune(self, skills):
        """Per row, the people of its commune who have the skill today at its level.

        :param skills: ``hr.employee.skill`` rows, as the caller may see them
        :return: dict of row to set of employee ids
        """
        today = fields.Date.context_today(self)
        held = defaultdict(list)
        for skill in skills:
            held[skill.employee_id.company_id.id, skill.skill_id.id].append(
                (skill.employee_id.id, skill.level_progress, skill.valid_from, skill.valid_to)
            )
        found = {}
        for row in self:
            mine = held[row.company_id.id, row.skill_id.id]
            people = {person for person, *_rest in mine}
            found[row] = self._holders(mine, people, today, row.level_id.level_progress or 0)
        return found

    def _domain_held_skills(self):
        return (
            Domain("skill_id", "in", self.skill_id.ids)
            & Domain("employee_id.company_id", "in", self.company_id.ids)
            & Domain("employee_id.active", "=", True)
        )

    @api.depends("skill_id", "level_id", "company_id")
    def _compute_commune_count(self):
        # sudo: hr.employee.skill - counts per skill, no person is shown
        skills = self.env["hr.employee.skill"].sudo().search(self._domain_held_skills())
        found = self._held_in_commune(skills)
        for row in self:
            row.commune_count = len(found[row])

    @api.depends("skill_id", "level_id", "company_id")
    @api.depends_context("uid")
    def _compute_holder_names(self):
        # as the present user: the rules of the skills say whose may be seen
        seen = self.env["hr.employee.skill"].search(self._domain_held_skills())
        # sudo: hr.employee - the name of somebody whose skill the user reads
        found = self._held_in_commune(seen.sudo())
        for row in self:
            # sudo: hr.employee - as above
            people = self.env["hr.employee"].sudo().browse(sorted(found[row]))
            row.holder_names = ", ".join(people.mapped("name")) or False

    def _state(self):
        """On a plan, a skill that one person alone has in the whole commune is a risk, whatever the plan asks."""
        state = super()._state()
        if self.for_plan_id and self.commune_count == 1 and state != "gap":
            return "single"
        return state

    def _advice(self):
        if self.for_plan_id and self.state == "gap" and self.commune_count > self.held_count:
            return self.env._("Others in the commune have it: ask their head to put it at the plan's disposal.")
        if self.for_plan_id and self.state == "single":
            return self.env._("One person alone has it in the commune: a second person is to be trained.")
        return super()._advice()

    def get_formview_id(self, access_uid=None):
        """A skill of a plan opens in its own form, wherever it is opened from."""
        if len(self) == 1 and self.for_plan_id:
            return self.env.ref("jamaa_actionplan.jamaa_skill_requirement_view_form_plan").id
        return super().get_formview_id(access_uid=access_uid)

    # ---------- what follows ----------

    def action_secure(self):
        """Write down as a risk that one person alone has a skill, and add the action: train a second person.

        :return: the window of that action
        :raise UserError: when the skill does not hang on one person, or the plan is closed
        """
        self.ensure_one()
        self.check_access("write")
        plan, skill = self.for_plan_id, self.skill_id.name
        if not plan or self.commune_count != 1:
            raise UserError(self.env._("This skill does not hang on one person alone."))
        if not self.risk_id:
            self.risk_id = self.env["jamaa.plan.risk"].create(
                {
                    "name": self.env._("One person alone has the skill “%(skill)s”", skill=skill),
                    "plan_id": plan.id,
                    "action_id": self.action_id.id,
                    "impact": "3" if self.importance == "critical" else "2",
                    "answer": self.env._("A second person is trained."),
                }
            )
        if not self.training_action_id:
            self.training_action_id = self.env["project.task"].create(
                {
                    "name": self.env._("Second person to be trained: %(skill)s", skill=skill),
                    "project_id": plan.id,
                    "owner_id": (plan.user_id or self.env.user).id,
                    "due_on": fields.Date.context_today(self) + timedelta(days=TRAIN_DAYS),
                    "deliverable": self.env._("A second person who has the skill"),
                    "result_id": (self.action_id.result_id or plan.result_ids[:1]).id,
                }
            )
        return self.training_action_id.get_formview_action()

    def action_ask_loan(self):
        """Open a new request: who has this skill is put at the plan's disposal."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_actionplan.jamaa_skill_loan_action")
        context = {
            "default_plan_id": self.for_plan_id.id,
            "default_action_id": self.action_id.id,
            "default_skill_id": self.skill_id.id,
            "default_level_id": self.level_id.id,
        }
        return {**action, "views": [(False, "form")], "view_mode": "form", "context": context}
