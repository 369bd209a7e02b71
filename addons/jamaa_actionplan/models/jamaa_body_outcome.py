"""What came out of a meeting: something to know, something to decide, something to do."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .jamaa_decision import LEVELS


class JamaaBodyOutcome(models.Model):
    """An outcome of a meeting. Approved minutes turn an action into an action of a plan, a decision into a question."""

    _name = "jamaa.body.outcome"
    _inherit = ["jamaa.body.line"]
    _description = "Outcome of a Meeting"
    _order = "meeting_id desc, sequence, id"
    _check_company_auto = True

    name = fields.Char("What came out", required=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [("information", "To know"), ("decision", "To decide"), ("action", "To do")],
        required=True,
        default="information",
    )
    agenda_id = fields.Many2one(
        "jamaa.body.agenda", "On the point", index="btree_not_null", domain="[('meeting_id', '=', meeting_id)]"
    )
    plan_id = fields.Many2one(
        "project.project",
        "Plan",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('is_plan', '=', True), ('company_id', '=', company_id)]",
    )

    # To do
    result_id = fields.Many2one(
        "jamaa.plan.result",
        "For the result",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('plan_id', '=', plan_id)]",
    )
    function_id = fields.Many2one(
        "jamaa.function", "Who does it", index="btree_not_null", ondelete="restrict", check_company=True
    )
    due_on = fields.Date("By when")
    deliverable = fields.Char()
    action_ids = fields.One2many("project.task", "outcome_id", "Action made")

    # To decide
    level = fields.Selection(LEVELS, "Who decides")
    decision_ids = fields.One2many("jamaa.decision", "outcome_id", "Decision asked")
    followed = fields.Boolean("Followed up", compute="_compute_followed")

    @api.depends("kind", "action_ids", "decision_ids")
    def _compute_followed(self):
        for outcome in self:
            outcome.followed = outcome.kind == "information" or bool(outcome.action_ids or outcome.decision_ids)

    @api.constrains("plan_id", "agenda_id", "meeting_id")
    def _check_links(self):
        for outcome in self:
            # sudo: project.project - its commune is compared, nothing of it is shown
            plan = outcome.sudo().plan_id
            if plan and (not plan.is_plan or plan.company_id != outcome.company_id):
                raise ValidationError(self.env._("Choose an action plan of the own commune."))
            if outcome.agenda_id and outcome.agenda_id.meeting_id != outcome.meeting_id:
                raise ValidationError(self.env._("This point stands on the agenda of another meeting."))

    def _check_whole(self):
        """Raise when something to do or to decide does not say enough to be followed up."""
        lines = []
        for outcome in self:
            if outcome.kind == "action" and not (outcome.plan_id and outcome.function_id and outcome.due_on):
                lines.append(self.env._("%(outcome)s: in which plan, who, by when", outcome=outcome.name))
            elif outcome.kind == "action" and outcome.plan_id.plan_state == "closed":
                lines.append(self.env._("%(outcome)s: this plan is closed", outcome=outcome.name))
            elif (
                outcome.kind == "action"
                and outcome.plan_id.plan_state != "draft"
                and not (outcome.result_id and outcome.deliverable)
            ):
                lines.append(self.env._("%(outcome)s: for which result, with which deliverable", outcome=outcome.name))
            elif outcome.kind == "decision" and not outcome.level:
                lines.append(self.env._("%(outcome)s: who decides", outcome=outcome.name))
        if lines:
            raise UserError(
                self.env._("Complete these outcomes first. Still missing:\n%(lines)s", lines="\n".join(lines))
            )

    def _follow(self):
        """Make the action, or ask for the decision, of each outcome that has none; each remembers the meeting."""
        for outcome in self.filtered(lambda one: not one.followed):
            # sudo: project.task, jamaa.decision - approved minutes make them, who may approve was checked
            (outcome._make_action if outcome.kind == "action" else outcome._ask_decision)()

    def _make_action(self):
        # sudo: project.task - as above
        self.env["project.task"].sudo().create(
            {
                "project_id": self.plan_id.id,
                "name": self.name,
                "result_id": self.result_id.id,
                "owner_function_id": self.function_id.id,
                "due_on": self.due_on,
                "deliverable": self.deliverable,
                "outcome_id": self.id,
            }
        )

    def _ask_decision(self):
        # sudo: jamaa.decision - as above
        decision = (
            self.env["jamaa.decision"]
            .sudo()
            .create(
                {
                    "name": self.name,
                    "company_id": self.company_id.id,
                    "plan_id": self.plan_id.id,
                    "theme_id": self.plan_id.theme_id.id or self.meeting_id.body_id.theme_id.id,
                    "level": self.level,
                    "text": self.agenda_id.notes,
                    "outcome_id": self.id,
                    "wanted_by": self.due_on,
                }
            )
        )
        decision.action_ask()

    def action_open_followup(self):
        """Open the action or the decision that came of it."""
        self.ensure_one()
        self.check_access("read")
        made = self.action_ids[:1] or self.decision_ids[:1]
        if not made:
            return False
        form = made.get_formview_id() if self.action_ids else False
        return {"type": "ir.actions.act_window", "res_model": made._name, "res_id": made.id,
                "view_mode": "form", "views": [(form, "form")]}  # fmt: skip
