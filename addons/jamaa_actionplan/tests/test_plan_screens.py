"""Menus, lists and paper."""

from odoo.tests import Form, tagged

from odoo.addons.jamaa_base.tests.test_commune_access import ROLES

from .common import PlanCase


@tagged("post_install", "-at_install")
class TestPlanScreens(PlanCase):
    def _menus(self, user):
        return self.env["ir.ui.menu"].with_user(user).load_menus(False)

    def _roots(self, menus):
        return {menus[menu_id]["xmlid"] for menu_id in menus["root"]["children"]} - {"base.menu_tests"}

    def test_three_applications_at_most_and_plans_are_found(self):
        for role in ROLES:
            user = self._make_user(f"t_screen_{role}", f"jamaa_base.group_{role}")
            menus = self._menus(user)
            with self.subTest(role=role):
                self.assertLessEqual(len(self._roots(menus)), 3)
                self.assertNotIn("project.menu_main_pm", self._roots(menus))
                self.assertIn("jamaa_actionplan.menu_mine", {menu.get("xmlid") for menu in menus.values()})

    def test_a_fourth_application_moves_into_jamaa(self):
        menus = self._menus(self.director_user)
        root = self.env.ref("jamaa_actionplan.menu_root").id
        host = self.env.ref("jamaa_base.menu_root").id
        if len(self._roots(menus)) == 3 and root not in menus["root"]["children"]:
            self.assertIn(root, menus[host]["children"])
            self.assertEqual(menus[self.env.ref("jamaa_actionplan.menu_mine").id]["app_id"], host)
        planner = self._menus(self.planner)
        self.assertIn(root, planner["root"]["children"])
        self.assertEqual(planner[self.env.ref("jamaa_actionplan.menu_mine").id]["app_id"], root)

    def test_the_programme_has_no_plans(self):
        self.assertNotIn("jamaa_actionplan.menu_root", {menu.get("xmlid") for menu in self._menus(self.team).values()})

    def test_a_plan_opens_in_its_own_form(self):
        form = self.env.ref("jamaa_actionplan.project_project_view_form_plan")
        self.assertEqual(self.plan.get_formview_id(), form.id)
        plain = self.env["project.project"].create({"name": "Plain"})
        self.assertNotEqual(plain.get_formview_id(), form.id)

    def test_actions_are_typed_in_the_grid_of_a_plan(self):
        plan = self.plan.with_user(self.planner)
        with Form(plan, view="jamaa_actionplan.project_project_view_form_plan") as form:
            for number in range(3):
                with form.tasks.new() as line:
                    line.name = f"Action {number}"
                    line.result_id = self.result
                    line.owner_id = self.agent
                    line.due_on = self._day(20)
                    line.deliverable = "Note"
        self.assertEqual(len(plan.tasks), 4)
        self.assertFalse(any(plan.tasks.mapped("missing")))

    def test_who_is_in_charge_uses_the_sheet(self):
        self._start()
        action = self.action.with_user(self.agent)
        with Form(action, view="jamaa_actionplan.project_task_view_form_action") as form:
            form.progress_note = "Half done"
        self.assertEqual(action.progress_note, "Half done")

    def test_lists_are_flat(self):
        fields = {name: {} for name in ("name", "missing", "is_late", "due_on", "can_plan", "deliverable")}
        fields |= {name: {"fields": {"display_name": {}}} for name in ("owner_id", "stage_id", "result_id")}

        def cost():
            tasks = self.env["project.task"].with_user(self.planner)
            tasks.web_search_read([("is_action", "=", True)], fields)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = tasks.web_search_read([("is_action", "=", True)], fields)
            return self.env.cr.sql_log_count - before, len(found["records"])

        few, count = cost()
        for number in range(25):
            self._make_action(name=f"Action {number}")
        many, more = cost()
        self.assertEqual(more, count + 25)
        self.assertEqual(few, many)
        self.assertLessEqual(many, 20)

    def test_plans_list_is_flat(self):
        fields = {
            name: {} for name in ("name", "task_count", "closed_task_count", "late_action_count", "open_risk_count")
        }

        def cost():
            plans = self.env["project.project"].with_user(self.planner)
            plans.web_search_read([("is_plan", "=", True)], fields)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            plans.web_search_read([("is_plan", "=", True)], fields)
            return self.env.cr.sql_log_count - before

        few = cost()
        for number in range(20):
            self._make_plan(name=f"Plan {number}")
        self.assertEqual(few, cost())
        self.assertLessEqual(few, 20)

    def test_the_plan_on_paper(self):
        self.action.name = "فتح مكتب للاستقبال 2026"
        for lang in ("ar_MA", "fr_MA"):
            report = self.env["ir.actions.report"].with_context(lang=lang)
            html, _kind = report._render_qweb_html("jamaa_actionplan.plan_report", self.plan.ids)
            self.assertIn("فتح مكتب", html.decode())
        pdf, kind = self.env["ir.actions.report"]._render_qweb_pdf("jamaa_actionplan.plan_report", self.plan.ids)
        self.assertEqual(kind, "pdf")
        self.assertTrue(pdf.startswith(b"%PDF"))
