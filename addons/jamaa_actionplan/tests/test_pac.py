"""The communal action programme: lines, how actions serve it, and the yearly evaluation."""

import io
import zipfile

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from .common import PlanCase


class PacCase(PlanCase):
    """A programme in preparation with one axis, one programme and two projects."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pac = cls.env["jamaa.pac"].create(
            {"name": "Programme", "company_id": cls.here.id, "year_from": cls.today.year - 1}
        )
        cls.axis = cls._make_line("axis", "1")
        cls.programme = cls._make_line("programme", "1.1", cls.axis)
        cls.project = cls._make_line("project", "1.1.1", cls.programme, cost_amount=1000)
        cls.other = cls._make_line("project", "1.1.2", cls.programme, cost_amount=500)

    @classmethod
    def _make_line(cls, kind, code, above=None, **vals):
        values = {
            "pac_id": cls.pac.id,
            "kind": kind,
            "name": f"Line {code}",
            "code": code,
            "parent_id": above and above.id,
        }
        return cls.env["jamaa.pac.line"].create({**values, **vals})

    @classmethod
    def _serve(cls, line, contribution="direct", action=None):
        return cls.env["jamaa.pac.link"].create(
            {"action_id": (action or cls.action).id, "line_id": line.id, "contribution": contribution}
        )

    def _adopt(self):
        self.pac.write({"deliberation_number": "7/2026", "deliberation_date": self.today})
        self.pac.with_user(self.planner).action_adopt()


@tagged("post_install", "-at_install")
class TestPac(PacCase):
    def test_six_years_and_costs_from_projects(self):
        self.assertEqual(self.pac.year_to - self.pac.year_from, 5)
        self.assertEqual(self.axis.cost_total, 1500)
        self.assertEqual((self.pac.cost_total, self.pac.project_count), (1500, 2))
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.axis.cost_amount = 5
            self.env.flush_all()

    def test_each_kind_has_its_place(self):
        for kind, above in (
            ("axis", self.axis),
            ("programme", None),
            ("project", self.axis),
            ("project", self.project),
        ):
            with self.subTest(kind=kind, above=above), self.assertRaises(ValidationError):
                self._make_line(kind, "9", above)
        with self.assertRaises(ValidationError):
            self.programme.write({"kind": "axis", "parent_id": False})
        second = self.pac.create({"name": "Old", "company_id": self.here.id, "year_from": 2016})
        with self.assertRaises(ValidationError):
            self._make_line("programme", "9", self.axis, pac_id=second.id)

    def test_adopted_by_a_deliberation_and_fixed(self):
        with self.assertRaises(UserError):
            self.pac.action_adopt()
        self._adopt()
        for change in (
            lambda: self.project.write({"cost_amount": 2}),
            lambda: self._make_line("axis", "2"),
            self.other.unlink,
            self.pac.unlink,
            lambda: self.pac.with_user(self.planner).write({"state": "draft"}),
            lambda: self.pac.write({"deliberation_number": "8"}),
        ):
            with self.assertRaises(UserError):
                change()
        self.pac.with_user(self.planner).action_update()
        self.assertFalse(self.pac.deliberation_number)
        self.project.cost_amount = 2

    def test_one_adopted_programme_for_each_year(self):
        self._adopt()
        second = self.pac.create({"name": "New", "company_id": self.here.id, "year_from": self.today.year})
        second.write({"deliberation_number": "8", "deliberation_date": self.today})
        second.line_ids = [(0, 0, {"name": "Axis", "kind": "axis"})]
        with self.assertRaises(UserError):
            second.action_adopt()
        below = {"pac_id": second.id, "kind": "programme", "name": "P", "parent_id": second.line_ids.id}
        programme = self.env["jamaa.pac.line"].create(below)
        self.env["jamaa.pac.line"].create({**below, "kind": "project", "parent_id": programme.id})
        with self.assertRaises(ValidationError):
            second.action_adopt()
        self.pac.action_close()
        second.action_adopt()

    def test_each_action_says_how_it_serves(self):
        self.assertEqual(self.action.pac_status, "unsaid")
        self._serve(self.project, "enabling")
        self.assertEqual(self.action.pac_status, "enabling")
        self._serve(self.programme)
        self.assertEqual(self.action.pac_status, "direct")
        with self.assertRaises(ValidationError):
            self.action.pac_none_reason = "It serves nothing"
        self.action.pac_link_ids.unlink()
        self.action.pac_none_reason = "It answers an inspection"
        self.assertEqual(self.action.pac_status, "none")
        with self.assertRaises(ValidationError):
            self._serve(self.project)
        task = self.env["project.task"].create({"name": "Plain"})
        self.assertFalse(task.pac_status)

    def test_links_stay_in_the_commune(self):
        with self.assertRaises(ValidationError):
            self._serve(self.axis)
        there = self._make_plan(self.there, name="Theirs")
        action = self.env["project.task"].create({"name": "Theirs", "project_id": there.id})
        with self.assertRaises(ValidationError):
            self._serve(self.project, action=action)

    def test_a_closed_plan_keeps_its_links(self):
        link = self._serve(self.project)
        self._start()
        self.plan.action_close()
        for change in (lambda: self._serve(self.other), lambda: link.write({"note": "New"}), link.unlink):
            with self.assertRaises(UserError):
                change()

    def test_orphans_are_shown(self):
        self.assertEqual((self.pac.unserved_count, self.pac.unsaid_action_count), (2, 1))
        self._serve(self.project)
        self.assertTrue(self.project.is_served and self.programme.is_served and self.axis.is_served)
        self.assertEqual((self.pac.unserved_count, self.pac.unsaid_action_count), (1, 0))
        window = self.pac.with_user(self.onlooker).action_open_unserved()
        self.assertEqual(self.env["jamaa.pac.line"].search(window["domain"]), self.other)
        self.action.pac_link_ids.unlink()
        self.assertFalse(self.axis.is_served)

    def test_indicators_of_lines(self):
        indicator = self.env["jamaa.indicator"].create({"name": "Roads", "pac_line_id": self.project.id})
        self.assertEqual(indicator.company_id, self.here)
        self.assertEqual(self.project.indicator_ids, indicator)

    def test_nobody_outside_reads_and_staff_does_not_write(self):
        rows = (self.pac, self.project, self._serve(self.project), self._report(), self._report().line_ids)
        for record in rows:
            record = record.sudo()
            self.assertTrue(record.with_user(self.onlooker).search_count([("id", "in", record.ids)]), record._name)
            with self.assertRaises(AccessError):
                record.with_user(self.onlooker).write({"create_date": self.today})
            for user in (self.planner_there, self.team, self.portal, self.env.ref("base.public_user")):
                with self.subTest(user=user.login, model=record._name):
                    try:
                        found = record.with_user(user).search_count([("id", "in", record.ids)])
                    except AccessError:
                        found = 0
                    self.assertFalse(found)

    def test_forms_work_for_who_plans(self):
        with Form(self.env["jamaa.pac.line"].with_user(self.planner)) as form:
            form.pac_id = self.pac
            form.kind = "programme"
            form.parent_id = self.axis
            form.name = "New"
        action = self.action.with_user(self.planner)
        with (
            Form(action, view="jamaa_actionplan.project_task_view_form_action") as form,
            form.pac_link_ids.new() as link,
        ):
            link.line_id = self.project
        self.assertEqual(action.pac_status, "direct")
        Form(self.pac.with_user(self.onlooker))

    def _report(self):
        reports = self.env["jamaa.pac.report"].with_user(self.planner)
        found = reports.search([("pac_id", "=", self.pac.id)])
        return found or reports.create({"pac_id": self.pac.id, "year": self.today.year})

    def test_the_evaluation_takes_figures_over(self):
        self._serve(self.project)
        indicator = self.env["jamaa.indicator"].create({"name": "Roads", "pac_line_id": self.axis.id})
        report = self._report()
        self.assertEqual(report.line_ids.pac_line_id, self.pac.line_ids)
        self.assertEqual(report.line_ids.sorted("sequence").mapped("kind"), ["axis", "programme", "project", "project"])
        first = report.line_ids.sorted("sequence")[0]
        self.assertEqual((first.cost, first.action_count, first.done_count), (1500, 1, 0))
        self.assertEqual(first.indicators[0]["light"], indicator.light)
        self.assertEqual(report.coverage["direct"], 1)
        self.assertEqual(report.coverage["unserved"], 1)
        first.comment = "Roads took longer"
        with self.assertRaises(UserError):
            first.done_count = 9
        with self.assertRaises(AccessError):
            first.create({"report_id": report.id, "pac_line_id": self.axis.id})
        with self.assertRaises(AccessError):
            first.unlink()
        self.other.cost_amount = 1000
        self.assertEqual(first.cost, 1500)
        report.action_draft()
        self.assertEqual((first.cost, first.comment), (2000, "Roads took longer"))

    def test_the_year_lies_in_the_programme(self):
        for year in (self.today.year + 1, self.pac.year_from - 1):
            with self.subTest(year=year), self.assertRaises(ValidationError):
                self.env["jamaa.pac.report"].create({"pac_id": self.pac.id, "year": year})

    def test_the_president_issues_a_version_that_stays(self):
        report = self._report()
        with self.assertRaises(UserError):
            report.with_user(self.president_user).action_issue()
        report.introduction = "عرفت السنة تقدما"
        for user in (self.planner, self.vice_user, self.director_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                report.with_user(user).action_issue()
        report.with_user(self.president_user).action_issue()
        version = report.sudo().document_id.version_ids
        self.assertEqual((report.state, version.number, version.state), ("issued", 1, "sent"))
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        for lang, name in (("ar_MA", "file_ar"), ("fr_MA", "file_fr")):
            self.assertEqual(bool(version[name]), lang in installed)
        for change in (
            lambda: report.write({"introduction": "Other"}),
            lambda: report.update_field_translations("introduction", {"fr_MA": "Autre"}),
            lambda: report.line_ids[0].write({"comment": "Other"}),
            lambda: report.line_ids[0].update_field_translations("comment", {"fr_MA": "Autre"}),
            report.action_draft,
            report.unlink,
            lambda: report.write({"state": "draft"}),
            lambda: report.with_user(self.president_user).action_issue(),
        ):
            with self.assertRaises(UserError):
                change()
        report.action_new_version()
        report.introduction = "مراجعة"
        report.with_user(self.president_user).action_issue()
        self.assertEqual(report.sudo().document_id.version_ids.sorted("number").mapped("state"), ["replaced", "sent"])

    def test_a_delegation_on_record_lets_the_vice_president_issue(self):
        self._make_holder(self.vice_president, self.vice_user)
        report = self._report()
        report.introduction = "A year"
        kind = self.env.ref("jamaa_actionplan.act_kind_pac_report")
        self._make_delegation(to_function_id=self.vice_president.id, act_kind_ids=[(6, 0, kind.ids)])
        report.with_user(self.vice_user).action_issue()
        self.assertEqual(report.issued_by_id, self.vice_user)

    def test_the_evaluation_on_paper(self):
        self.env["jamaa.indicator"].create({"name": "طرق 2026", "pac_line_id": self.axis.id})
        report = self._report()
        report.introduction = "عرفت السنة تقدما"
        for lang in ("ar_MA", "fr_MA"):
            printer = self.env["ir.actions.report"].with_context(lang=lang)
            html, _kind = printer._render_qweb_html("jamaa_actionplan.pac_report", report.ids)
            self.assertIn("طرق 2026", html.decode())
            self.assertIn("عرفت السنة تقدما", html.decode())


@tagged("post_install", "-at_install")
class TestPacDocument(PacCase, HttpCase):
    def test_the_text_document(self):
        report = self.env["jamaa.pac.report"].create({"pac_id": self.pac.id, "introduction": "مقدمة"})
        self.authenticate("t_planner", "t_planner")
        for lang in ("ar", "fr"):
            answer = self.url_open(f"/jamaa/pac/report/{report.id}/{lang}.docx")
            self.assertEqual(answer.status_code, 200)
            body = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
            self.assertIn("مقدمة", body)
            self.assertEqual("w:bidi" in body, lang == "ar")

    def test_unknown_and_forbidden_look_alike(self):
        report = self.env["jamaa.pac.report"].create({"pac_id": self.pac.id})
        answers = set()
        for login, path in (
            ("t_planner_there", f"{report.id}/ar"),
            ("t_portal", f"{report.id}/ar"),
            ("t_planner", "999999999/ar"),
            ("t_planner", f"{report.id}/de"),
        ):
            self.authenticate(login, login)
            with mute_logger("odoo.http"):
                answers.add(self.url_open(f"/jamaa/pac/report/{path}.docx").status_code)
        self.assertEqual(answers, {404})
