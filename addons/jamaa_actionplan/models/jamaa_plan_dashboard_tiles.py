"""The tiles of plans, actions, risks, figures, mandates and documents."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.jamaa_base.models.jamaa_dissemination import RECEIVED
from odoo.addons.jamaa_base.models.jamaa_dissemination_recipient import OPEN
from odoo.addons.jamaa_base.models.jamaa_metric import MONTHS

from .project_project import PLAN_STATES

SOON_DAYS = 14
MANDATE_DAYS = 90
#: Measures shown, by their codes: their addons need not be installed.
COMPLAINTS = (
    "cases_received",
    "cases_answered",
    "answered_in_time",
    "days_to_answer_median",
    "cases_open",
    "cases_late",
)
RECEPTION = ("requests_received", "requests_decided_in_time", "days_to_decision_median", "papers_complete_at_once")
ACTIONS = "jamaa_actionplan.project_task_action_plan"


class JamaaPlanDashboard(models.AbstractModel):
    _inherit = "jamaa.plan.dashboard"

    @api.model
    def _dashboard_tiles(self):
        return [
            *super()._dashboard_tiles(),
            "_tile_plans",
            "_tile_actions",
            "_tile_period",
            "_tile_risks",
            "_tile_complaints",
            "_tile_reception",
            "_tile_mandates",
            "_tile_documents",
        ]

    # ---------- plans and actions ----------

    @api.model
    def _domain_actions(self, scope):
        """Actions of decided plans, of the commune or of one service: involved, or of a function in charge there."""
        domain = (
            Domain("is_action", "=", True)
            & Domain("company_id", "=", scope.company.id)
            & Domain("project_id.plan_state", "in", ("decided", "running"))
        )
        return domain & self._domain_of_service(scope)

    @api.model
    def _domain_of_service(self, scope):
        if not scope.departments:
            return Domain.TRUE
        ids = scope.departments.ids
        return Domain("department_ids", "in", ids) | Domain("owner_function_id.department_id", "in", ids)

    @api.model
    def _tile_plans(self, scope):
        """Plans by their status."""
        plans = Domain("is_plan", "=", True) & Domain("company_id", "=", scope.company.id)
        if scope.departments:
            plans &= Domain("tasks", "any", self._domain_of_service(scope))
        names = dict(self.env["project.project"]._fields["plan_state"]._description_selection(self.env))
        lines = [
            self._line(
                state,
                names[state],
                "project.project",
                plans & Domain("plan_state", "=", state),
                "jamaa_actionplan.project_project_action_plan",
            )
            for state, _label in PLAN_STATES
        ]
        return self._tile("plans", "plans", self.env._("Plans"), lines)

    @api.model
    def _tile_actions(self, scope):
        """What presses today, whatever the period."""
        actions = self._domain_actions(scope) & Domain("is_closed", "=", False)
        soon = scope.today + timedelta(days=SOON_DAYS)
        nobody = Domain("owner_id", "=", False)
        lines = [
            self._line(
                "late",
                self.env._("Late"),
                "project.task",
                actions & Domain("due_on", "<", scope.today),
                ACTIONS,
                "wrong",
            ),
            self._line(
                "soon",
                self.env._("Due within %(days)s days", days=SOON_DAYS),
                "project.task",
                actions & Domain("due_on", ">=", scope.today) & Domain("due_on", "<=", soon),
                ACTIONS,
                "warning",
            ),
            self._line(
                "waiting",
                self.env._("Waiting for another action"),
                "project.task",
                actions & Domain("state", "=", "04_waiting_normal"),
                ACTIONS,
            ),
            self._line("nobody", self.env._("Nobody in charge"), "project.task", actions & nobody, ACTIONS, "warning"),
            self._line("open", self.env._("Open in all"), "project.task", actions, ACTIONS),
        ]
        return self._tile("actions", "plans", self.env._("Actions today"), lines)

    @api.model
    def _tile_period(self, scope):
        """What was due in the period, and what became of it."""
        due = (
            self._domain_actions(scope)
            & Domain("due_on", ">=", scope.first)
            & Domain("due_on", "<=", scope.last)
            & Domain("state", "!=", "1_canceled")
        )
        done = due & Domain("state", "=", "1_done")
        lines = [
            self._line("due", self.env._("Due in this period"), "project.task", due, ACTIONS),
            self._line("done", self.env._("Done"), "project.task", done, ACTIONS, "fine"),
        ]
        return self._tile("period", "plans", self.env._("Actions of the period"), lines, ratio=("done", "due"))

    @api.model
    def _tile_risks(self, scope):
        """What waits for a decision, and what stands in the way."""
        risks = Domain("company_id", "=", scope.company.id) & Domain("state", "!=", "closed")
        if scope.departments:
            risks &= Domain("action_id", "any", self._domain_of_service(scope))
        window = "jamaa_actionplan.jamaa_plan_risk_action"
        raised = risks & Domain("state", "=", "raised")
        lines = [
            self._line("raised", self.env._("Raised, wait for a decision"), "jamaa.plan.risk", raised, window, "wrong"),
            self._line(
                "obstacles",
                self.env._("Obstacles that are there"),
                "jamaa.plan.risk",
                risks & Domain("kind", "=", "obstacle"),
                window,
                "warning",
            ),
            self._line("open", self.env._("Open in all"), "jamaa.plan.risk", risks, window),
        ]
        return self._tile("risks", "plans", self.env._("Risks and obstacles"), lines)

    # ---------- figures, through their values alone ----------

    @api.model
    def _tile_complaints(self, scope):
        return self._tile_figures(scope, "complaints", self.env._("Complaints"), COMPLAINTS)

    @api.model
    def _tile_reception(self, scope):
        return self._tile_figures(scope, "reception", self.env._("Reception and requests"), RECEPTION)

    @api.model
    def _tile_figures(self, scope, code, title, metric_codes):
        """Values of some measures for the period, beside the period before; figures are of the whole commune."""
        Value = self.env["jamaa.metric.value"]
        if scope.departments or not Value.has_access("read"):
            return None
        before = scope.first - relativedelta(months=MONTHS[scope.grain])
        values = Value.search(
            [
                ("company_id", "=", scope.company.id),
                ("metric_id.code", "in", metric_codes),
                ("metric_id.active", "=", True),
                ("site_id", "=", False),
                ("grain", "=", scope.grain),
                ("period_start", "in", [scope.first, before]),
            ]
        )
        words = dict(self.env["jamaa.metric"]._fields["trend"]._description_selection(self.env))
        lines = []
        for metric in values.metric_id.sorted(lambda one: metric_codes.index(one.code)):
            mine = values.filtered(lambda row, metric=metric: row.metric_id == metric)
            now = mine.filtered(lambda row: row.period_start == scope.first)
            if not now:
                continue
            trend = metric._trend(now, mine - now)
            lines.append(
                self._figure(
                    metric.code,
                    metric.name,
                    metric._in_words(now),
                    words="" if trend == "none" else words[trend],
                    tone={"better": "fine", "worse": "warning"}.get(trend, "plain"),
                    model="jamaa.metric.value",
                    domain=Domain("metric_id", "=", metric.id)
                    & Domain("company_id", "=", scope.company.id)
                    & Domain("grain", "=", scope.grain),
                    action="jamaa_base.jamaa_metric_value_action",
                    context={},
                )
            )
        return self._tile(code, "citizens", title, lines)

    # ---------- people and documents ----------

    @api.model
    def _tile_mandates(self, scope):
        """Mandates that end soon, and functions that nobody holds."""
        today = scope.today
        limit = today + timedelta(days=MANDATE_DAYS)
        holders = Domain("company_id", "=", scope.company.id)
        functions = Domain("company_id", "=", scope.company.id) & Domain("is_vacant", "=", True)
        if scope.departments:
            holders &= Domain("function_id.department_id", "in", scope.departments.ids)
            functions &= Domain("department_id", "in", scope.departments.ids)
        lines = [
            self._line(
                "ending",
                self.env._("Mandates that end within %(days)s days", days=MANDATE_DAYS),
                "jamaa.function.holder",
                holders & Domain("date_to", ">=", today) & Domain("date_to", "<=", limit),
                "jamaa_base.jamaa_function_holder_action",
                "warning",
            ),
            self._line(
                "vacant",
                self.env._("Functions without holder"),
                "jamaa.function",
                functions,
                "jamaa_base.jamaa_function_action",
                "warning",
            ),
        ]
        return self._tile("mandates", "commune", self.env._("Mandates"), lines)

    @api.model
    def _tile_documents(self, scope):
        """Documents sent in the period to functions of the commune, and who has not received them yet."""
        rows = (
            Domain("company_id", "=", scope.company.id)
            & Domain("sending_state", "!=", "draft")
            & Domain("dissemination_id.sent_on", ">=", scope.first)
            & Domain("dissemination_id.sent_on", "<", scope.last + timedelta(days=1))
        )
        if scope.departments:
            rows &= Domain("function_id.department_id", "in", scope.departments.ids)
        window = "jamaa_base.jamaa_dissemination_recipient_action"
        model = "jamaa.dissemination.recipient"
        unread = rows & Domain("state", "in", OPEN)
        lines = [
            self._line("sent", self.env._("Addressed"), model, rows, window),
            self._line(
                "received", self.env._("Received"), model, rows & Domain("state", "in", RECEIVED), window, "fine"
            ),
            self._line("unread", self.env._("Not received yet"), model, unread, window, "warning"),
            self._line(
                "overdue",
                self.env._("Expected before today"),
                model,
                unread & Domain("date_due", "<", scope.today),
                window,
                "wrong",
            ),
        ]
        title = self.env._("Documents sent to functions")
        return self._tile("documents", "commune", title, lines, ratio=("received", "sent"))
