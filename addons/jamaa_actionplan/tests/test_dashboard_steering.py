"""What waits for a decision and what the indicators say, on the page of who directs and in a handover."""

from odoo.tests import tagged

from .decision_common import DecisionCase


@tagged("post_install", "-at_install")
class TestDashboardSteering(DecisionCase):
    def _lines(self, **scope):
        user = self.director_user
        page = (
            self.env["jamaa.plan.dashboard"]
            .with_user(user)
            .with_context(allowed_company_ids=user.company_ids.ids)
            .dashboard_page(**scope)
        )
        return {
            (tile["code"], line["key"]): line["value"]
            for section in page["sections"]
            for tile in section["tiles"]
            for line in tile["lines"]
        }

    def test_decisions_that_wait(self):
        before = self._lines()
        self._ask(wanted_by=self._day(-2))
        self._ask(wanted_by=self._day(9))
        after = self._lines()
        self.assertEqual(after["decisions", "waiting"], before["decisions", "waiting"] + 2)
        self.assertEqual(after["decisions", "overdue"], before["decisions", "overdue"] + 1)

    def test_indicators_of_running_plans(self):
        indicator = self.env["jamaa.indicator"].create(
            {"name": "Minutes of waiting", "company_id": self.here.id, "plan_id": self.plan.id}
        )
        before = self._lines()
        self._start()
        indicator.flush_recordset()
        self.env.cr.execute("UPDATE jamaa_indicator SET light = 'red' WHERE id = %s", [indicator.id])
        indicator.invalidate_recordset()
        self.assertEqual(before["indicators", "red"], 0)
        self.assertEqual(self._lines()["indicators", "red"], 1)

    def test_of_the_commune_not_of_a_service(self):
        service = self.env["hr.department"].create({"name": "Registry", "company_id": self.here.id})
        lines = self._lines(department_id=service.id)
        self.assertFalse({tile for tile, _key in lines} & {"decisions", "indicators"})

    def test_a_handover_names_open_decisions(self):
        asked = self._ask(user=self.planner, name="A second desk")
        decided = self._ask(name="Settled")
        decided.action_withdraw()
        handover = self.env["jamaa.handover"].create({"holder_id": self.vice_holder.id})
        self.assertFalse(handover._open_decisions(), "neither asked by, nor waiting for this post")
        for_them = self._ask(level="vice_president", name="Opening hours")
        names = [item["name"] for item in handover._open_decisions()]
        self.assertEqual(names, [for_them.name])
        president = self.env["jamaa.handover"].create({"holder_id": self.president_holder.id})
        names = [item["name"] for item in president._open_decisions()]
        self.assertIn(asked.name, names)
        self.assertNotIn(decided.name, names)
