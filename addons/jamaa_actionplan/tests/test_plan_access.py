"""Who reads and changes a plan: its commune's planners, who carries actions out, and nobody outside."""

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import PlanCase

#: Every model of plans, with how one row of a plan is found.
MODELS = ("project.project", "project.task", "jamaa.plan.result", "jamaa.plan.risk", "jamaa.plan.diagnosis",
          "jamaa.plan.finding", "jamaa.plan.partner")  # fmt: skip


@tagged("post_install", "-at_install")
class TestPlanAccess(PlanCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.risk = cls.env["jamaa.plan.risk"].create({"name": "Risk", "action_id": cls.action.id})
        cls.diagnosis = cls.env["jamaa.plan.diagnosis"].create(
            {"name": "Diagnosis", "company_id": cls.here.id, "finding_ids": [(0, 0, {"name": "Finding"})]}
        )
        cls.action.outside_ids = [(0, 0, {"partner_id": cls.env["res.partner"].create({"name": "Association"}).id})]
        cls.rows = {
            "project.project": cls.plan,
            "project.task": cls.action,
            "jamaa.plan.result": cls.result,
            "jamaa.plan.risk": cls.risk,
            "jamaa.plan.diagnosis": cls.diagnosis,
            "jamaa.plan.finding": cls.diagnosis.finding_ids,
            "jamaa.plan.partner": cls.action.outside_ids,
        }

    def _found(self, user, model):
        row = self.rows[model]
        try:
            return bool(self.env[model].with_user(user).search_count([("id", "in", row.ids)]))
        except AccessError:
            return False

    def test_a_rating_tells_no_name(self):
        """Upstream answers a rating with the name of the record, whoever may read it or not."""
        model = self.env["ir.model"]._get_id("project.task")
        with self.assertRaises(AccessError):
            self.env["rating.rating"].with_user(self.onlooker).create(
                {"res_model_id": model, "res_id": self.action.id, "rating": 5}
            )

    def test_the_communes_staff_reads(self):
        for model in MODELS:
            with self.subTest(model=model):
                self.assertTrue(self._found(self.onlooker, model))

    def test_nobody_outside_reads(self):
        manager = self._make_user("t_manager_there", "project.group_project_manager", self.there)
        for user in (self.planner_there, manager, self.team, self.portal, self.env.ref("base.public_user")):
            for model in MODELS:
                with self.subTest(user=user.login, model=model):
                    self.assertFalse(self._found(user, model))

    def test_following_opens_nothing(self):
        for user in (self.portal, self.planner_there):
            self.plan.message_subscribe(user.partner_id.ids)
            self.action.message_subscribe(user.partner_id.ids)
            self.assertFalse(self._found(user, "project.project"))
            self.assertFalse(self._found(user, "project.task"))

    def test_figures_of_upstream_show_no_plan_of_another_commune(self):
        there = self._make_user("t_user_there", "project.group_project_user", self.there)
        for model in ("report.project.task.user", "project.task.burndown.chart.report"):
            domain = [("project_id", "=", self.plan.id)]
            if model == "project.task.burndown.chart.report":
                groups = (
                    self.env[model]
                    .with_user(there)
                    .formatted_read_group(domain, ["date:month", "stage_id"], ["__count"])
                )
                self.assertFalse(groups)
            else:
                self.assertFalse(self.env[model].with_user(there).search_count(domain))

    def test_planners_plan_in_their_commune_alone(self):
        plans = self.env["project.project"].with_user(self.planner)
        plan = plans.create({"is_plan": True, "name": "Mine", "theme_id": self.theme.id})
        self.assertEqual(plan.company_id, self.here)
        self.assertEqual(plan.privacy_visibility, "employees")
        plan.result_ids = [(0, 0, {"name": "Result"})]
        action = self.env["project.task"].with_user(self.planner).create({"name": "Do", "project_id": plan.id})
        action.write({"name": "Do it", "effort_days": 2})
        action.unlink()
        plan.unlink()
        with self.assertRaises(AccessError):
            plans.create({"is_plan": True, "name": "Theirs", "company_id": self.there.id})
        with self.assertRaises(AccessError):
            self.plan.with_user(self.planner_there).name = "Mine now"
        with self.assertRaises(AccessError):
            plans.create({"name": "Plain"})

    def test_planners_leave_plain_tasks_alone(self):
        project = self.env["project.project"].create({"name": "Plain", "company_id": self.here.id})
        task = self.env["project.task"].create({"name": "Task", "project_id": project.id})
        for user in (self.planner, self.agent):
            with self.assertRaises(AccessError):
                task.with_user(user).name = "Changed"
        with self.assertRaises(AccessError):
            project.with_user(self.planner).name = "Changed"

    def test_staff_reads_no_collaborators_of_plain_projects(self):
        project = self.env["project.project"].create({"name": "Plain", "company_id": self.here.id})
        project.collaborator_ids = [(0, 0, {"partner_id": self.portal.partner_id.id})]
        self.assertFalse(self.env["project.collaborator"].with_user(self.planner).search([]))
        self.assertFalse(self.plan.with_user(self.planner).collaborator_ids)

    def test_who_is_in_charge_reports_and_nothing_else(self):
        for user in (self.agent, self.deputy):
            with self.assertRaises(AccessError):
                self.action.with_user(user).progress_note = "Too early: the plan does not run"
        self._start()
        for user in (self.agent, self.deputy):
            action = self.action.with_user(user)
            action.write({"progress_note": "Room found", "stage_id": self.env.ref("jamaa_actionplan.stage_running").id})
            for vals in ({"due_on": self._day(300)}, {"name": "Less"}, {"owner_id": user.id}, {"active": False}):
                with self.subTest(user=user.login, vals=vals), self.assertRaises(AccessError):
                    action.write(vals)
        action.write({"stage_id": self.env.ref("jamaa_actionplan.stage_done").id, "proof_note": "Seen on site"})
        self.assertEqual(action.state, "1_done")
        with self.assertRaises(AccessError):
            self.action.with_user(self.onlooker).progress_note = "Not mine"
        with self.assertRaises(AccessError):
            self.env["project.task"].with_user(self.agent).create({"name": "New", "project_id": self.plan.id})

    def test_proof_is_read_by_who_reads_the_action(self):
        self._start()
        file = (
            self.env["ir.attachment"]
            .with_user(self.agent)
            .create({"name": "photo.txt", "raw": b"proof", "res_model": "project.task", "res_id": 0})
        )
        self.action.with_user(self.agent).proof_ids = [(4, file.id)]
        self.assertEqual(file.res_id, self.action.id)
        self.assertEqual(file.with_user(self.onlooker).raw, b"proof")
        with self.assertRaises(AccessError):
            file.with_user(self.planner_there).read(["raw"])

    def test_days_of_work_are_for_who_plans(self):
        self.action.effort_days = 5
        self.assertEqual(self.action.with_user(self.planner).effort_days, 5)
        with self.assertRaises(AccessError):
            self.action.with_user(self.agent).read(["effort_days"])
        with self.assertRaises(AccessError):
            self.env["project.task"].with_user(self.agent).formatted_read_group([], ["owner_id"], ["effort_days:sum"])

    def test_risks_are_written_by_who_is_in_charge(self):
        risks = self.env["jamaa.plan.risk"]
        risks.with_user(self.agent).create({"name": "No room", "action_id": self.action.id})
        with self.assertRaises(AccessError):
            self.risk.with_user(self.onlooker).name = "Changed"
        self.risk.with_user(self.deputy).name = "Changed"


@tagged("post_install", "-at_install")
class TestPlanPages(PlanCase, HttpCase):
    """Upstream's pages outside the client open no plan, with or without a key."""

    def test_pages_are_closed(self):
        self.plan.sudo().access_token = False
        self.env.cr.execute("UPDATE project_project SET access_token = 'key' WHERE id = %s", [self.plan.id])
        self.env.cr.execute("UPDATE project_task SET access_token = 'key' WHERE id = %s", [self.action.id])
        self.env.invalidate_all()
        pages = (
            f"/my/projects/{self.plan.id}?access_token=key",
            f"/my/tasks/{self.action.id}?access_token=key",
            f"/my/projects/{self.plan.id}/task/{self.action.id}?access_token=key",
            f"/my/projects/{self.plan.id}/project_sharing",
        )
        for login in (None, "t_portal"):
            self.authenticate(login, login)
            for page in pages:
                with self.subTest(login=login, page=page):
                    with mute_logger("odoo.http"):
                        answer = self.url_open(page)
                    self.assertNotIn("Open a desk", answer.text)
                    shown = answer.url.split("?")[0].endswith(page.split("?")[0])
                    self.assertTrue(answer.status_code == 404 or not shown, answer.url)
