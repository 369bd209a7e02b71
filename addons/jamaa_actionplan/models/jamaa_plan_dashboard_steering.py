"""The tiles of what waits for a decision and of what the indicators say."""

from odoo import api, models
from odoo.fields import Domain

DECISIONS = "jamaa_actionplan.jamaa_decision_action_waiting"
INDICATORS = "jamaa_actionplan.jamaa_indicator_action"


class JamaaPlanDashboard(models.AbstractModel):
    _inherit = "jamaa.plan.dashboard"

    @api.model
    def _dashboard_tiles(self):
        return [*super()._dashboard_tiles(), "_tile_decisions", "_tile_indicators"]

    @api.model
    def _tile_decisions(self, scope):
        """Questions that wait, of the whole commune: a decision belongs to no service."""
        if scope.departments:
            return None
        mine = Domain("company_id", "=", scope.company.id)
        waiting = mine & Domain("state", "=", "waiting")
        lines = [
            self._line("waiting", self.env._("Wait for a decision"), "jamaa.decision", waiting, DECISIONS),
            self._line(
                "overdue",
                self.env._("Wanted by a day that has passed"),
                "jamaa.decision",
                waiting & Domain("is_overdue", "=", True),
                DECISIONS,
                "wrong",
            ),
            self._line(
                "questions",
                self.env._("Written questions without their answer"),
                "jamaa.written.question",
                mine & Domain("is_late", "=", True),
                "jamaa_actionplan.jamaa_written_question_action",
                "wrong",
            ),
            self._line(
                "minutes",
                self.env._("Minutes that are late"),
                "jamaa.body.meeting",
                mine & Domain("minutes_late", "=", True),
                "jamaa_actionplan.jamaa_body_meeting_action",
                "warning",
            ),
        ]
        return self._tile("decisions", "plans", self.env._("Decisions"), lines)

    @api.model
    def _tile_indicators(self, scope):
        """Indicators of running plans by their light; what was not measured lately stands apart."""
        if scope.departments:
            return None
        mine = Domain("company_id", "=", scope.company.id) & Domain("plan_id.plan_state", "=", "running")
        names = dict(self.env["jamaa.indicator"]._fields["light"]._description_selection(self.env))
        lines = [
            self._line(light, names[light], "jamaa.indicator", mine & Domain("light", "=", light), INDICATORS, tone)
            for light, tone in (("green", "fine"), ("amber", "warning"), ("red", "wrong"), ("stale", "warning"))
        ]
        return self._tile("indicators", "plans", self.env._("Indicators"), lines)
