"""The page of who directs: counted with the reader's rights, flat, figures from their values alone."""

import io

from dateutil.relativedelta import relativedelta
from pypdf import PdfReader

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.jamaa_plan_dashboard_tiles import COMPLAINTS, RECEPTION
from .common import PlanCase


@tagged("post_install", "-at_install")
class TestDashboard(PlanCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_action(name="Late one", due_on=cls._day(40))
        cls._start()
        cls.late = cls.plan.tasks.filtered(lambda task: task.name == "Late one")
        cls.late.due_on = cls._day(-3)
        cls.department = cls.env["hr.department"].create({"name": "Registry", "company_id": cls.here.id})
        cls.metric = cls.env["jamaa.metric"].search([("code", "=", "cases_received")]) or cls.env[
            "jamaa.metric"
        ].create({"code": "cases_received", "name": "Cases received"})

    def _dashboard(self, user=None):
        return (
            self.env["jamaa.plan.dashboard"]
            .with_user(user or self.director_user)
            .with_context(allowed_company_ids=(user or self.director_user).company_ids.ids)
        )

    def _lines(self, page):
        return {
            (tile["code"], line["key"]): line
            for section in page["sections"]
            for tile in section["tiles"]
            for line in tile["lines"]
        }

    def test_numbers_and_the_lists_behind_them(self):
        page = self._dashboard().dashboard_page()
        lines = self._lines(page)
        self.assertEqual(lines["actions", "late"]["value"], 1)
        self.assertEqual(lines["actions", "late"]["tone"], "wrong")
        self.assertEqual(lines["actions", "open"]["value"], 2)
        self.assertEqual(lines["plans", "running"]["value"], 1)
        self.assertEqual(lines["plans", "draft"]["tone"], "plain")
        for (tile, key), line in lines.items():
            action = self._dashboard().dashboard_open(tile, key)
            with self.subTest(tile=tile, key=key):
                model = self.env[action["res_model"]].with_user(self.director_user)
                self.assertEqual(model.search_count(action["domain"]), line["value"])

    def test_risks_that_were_raised(self):
        risk = self.env["jamaa.plan.risk"].create({"name": "No room", "action_id": self.action.id})
        self.assertEqual(self._lines(self._dashboard().dashboard_page())["risks", "raised"]["value"], 0)
        risk.action_raise()
        self.assertEqual(self._lines(self._dashboard().dashboard_page())["risks", "raised"]["value"], 1)

    def test_mandates_that_end(self):
        before = self._lines(self._dashboard().dashboard_page())["mandates", "ending"]["value"]
        self.president_holder.date_to = self._day(20)
        self.assertEqual(self._lines(self._dashboard().dashboard_page())["mandates", "ending"]["value"], before + 1)
        self.president_holder.date_to = self._day(200)
        self.assertEqual(self._lines(self._dashboard().dashboard_page())["mandates", "ending"]["value"], before)

    def test_figures_come_from_their_values_alone(self):
        first = self.env["jamaa.metric"]._today().replace(day=1)
        self.assertNotIn(("complaints", "cases_received"), self._lines(self._dashboard().dashboard_page()))
        self._value(first, 12)
        self._value(first - relativedelta(months=1), 10)
        line = self._lines(self._dashboard().dashboard_page())["complaints", "cases_received"]
        self.assertEqual(line["value"], "12")
        self.assertTrue(line["words"])
        earlier = self._lines(self._dashboard().dashboard_page(back=1))["complaints", "cases_received"]
        self.assertEqual((earlier["value"], earlier["words"]), ("10", ""))
        action = self._dashboard().dashboard_open("complaints", "cases_received")
        self.assertEqual(action["res_model"], "jamaa.metric.value")
        service = self._dashboard().dashboard_page(department_id=self.department.id)
        self.assertNotIn(("complaints", "cases_received"), self._lines(service), "figures are of the whole commune")

    def _value(self, first, value, metric=None):
        self.env.cr.execute(
            """INSERT INTO jamaa_metric_value (metric_id, company_id, grain, period_start, period_end, value)
               VALUES (%s, %s, 'month', %s, %s, %s)""",
            [(metric or self.metric).id, self.here.id, first, first + relativedelta(months=1, days=-1), value],
        )

    def test_one_service(self):
        page = self._dashboard().dashboard_page(department_id=self.department.id)
        self.assertEqual(page["department"], "Registry")
        self.assertEqual(self._lines(page)["actions", "open"]["value"], 0)
        self.late.department_ids = self.department
        page = self._dashboard().dashboard_page(department_id=self.department.id)
        self.assertEqual(self._lines(page)["actions", "open"]["value"], 1)
        elsewhere = self.env["hr.department"].create({"name": "There", "company_id": self.there.id})
        with self.assertRaises(UserError):
            self._dashboard().dashboard_page(department_id=elsewhere.id)

    def test_who_looks(self):
        for user in (self.agent, self.team, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._dashboard(user).dashboard_page()
        there = self._lines(self._dashboard(self.planner_there).dashboard_page())
        self.assertEqual(there["actions", "open"]["value"], 0)

    def test_bad_questions(self):
        for question in ({"grain": "day"}, {"back": -1}, {"back": 99}, {"back": "1"}):
            with self.subTest(question), self.assertRaises(UserError):
                self._dashboard().dashboard_page(**question)
        with self.assertRaises(UserError):
            self._dashboard().dashboard_open("actions", "no such row")

    def test_the_period(self):
        today = fields.Date.today()
        for grain in ("month", "quarter", "year"):
            scope = self._dashboard()._scope(grain, 0, False)
            self.assertLessEqual(scope.first, today)
            self.assertGreaterEqual(scope.last, today)
        before = self._dashboard()._scope("quarter", 1, False)
        self.assertEqual(before.last + relativedelta(days=1), self._dashboard()._scope("quarter", 0, False).first)

    def test_twenty_queries_flat_in_rows(self):
        def cost():
            self._dashboard().dashboard_page()
            self.env.flush_all()
            self.env.invalidate_all()
            # the zone of the reader: asked for by rules that Odoo remembers in some orders of tests and not in others
            self.assertTrue(self.director_user.tz)
            before = self.env.cr.sql_log_count
            self._dashboard().dashboard_page()
            return self.env.cr.sql_log_count - before

        few = cost()
        for number in range(15):
            plan = self._make_plan(name=f"Plan {number}")
            action = self._make_action(plan, name=f"Action {number}")
            self.env["jamaa.plan.risk"].create({"name": "Risk", "action_id": action.id})
            self._start(plan)
        many = cost()
        self.assertEqual(few, many)
        self.assertLessEqual(many, 20)

    def test_one_sheet_of_paper_in_both_languages(self):
        first = self.env["jamaa.metric"]._today().replace(day=1)
        for metric in self.env["jamaa.metric"].search([("code", "in", COMPLAINTS + RECEPTION)]):
            self._value(first, 12, metric)
            self._value(first - relativedelta(months=1), 10, metric)
        reports = self.env["ir.actions.report"].with_user(self.director_user)
        reports = reports.with_context(allowed_company_ids=self.here.ids)
        data = {"grain": "month", "back": 0, "department_id": False}
        for lang in ("ar_MA", "fr_MA"):
            pdf, kind = reports.with_context(lang=lang)._render_qweb_pdf(
                "jamaa_actionplan.dashboard_paper", self.here.ids, data=dict(data)
            )
            self.assertEqual(kind, "pdf")
            self.assertEqual(len(PdfReader(io.BytesIO(pdf)).pages), 1, lang)
        action = self._dashboard().dashboard_print("quarter", 1)
        self.assertEqual(action["data"]["grain"], "quarter")
