"""Figures about cases against counting by hand; the report, the dashboard, what comes back."""

import io
import zipfile
from datetime import date, timedelta

from docx import Document

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.jamaa_complaint_report_words import FEWEST_SAID
from ..tools.small_cells import LEAST, mask
from .common import ComplaintCase


@tagged("post_install", "-at_install")
class TestFigures(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.Ticket._commune_today()
        cls.year = cls.today.year - 1
        cls.cause = cls.env.ref("jamaa_complaints.cause_upkeep")
        # received, answered, due (days of the year; None: never), kind, sex
        cls.rows = (
            (10, 14, 40, "complaint", "f"),
            (20, 80, 60, "complaint", "m"),
            (30, None, 90, "complaint", False),
            (200, 220, 260, "remark", "f"),
            (300, 310, None, "report", False),
            (340, 400, 390, "complaint", "m"),
        )
        for received, answered, due, kind, sex in cls.rows:
            case = cls._lodge(kind=kind, citizen_sex=sex, site_id=cls.site.id, place_text="Hay Essalam, n° 3")
            cls.env.flush_all()
            start = date(cls.year, 1, 1) - timedelta(days=1)
            cls.env.cr.execute(
                "UPDATE helpdesk_ticket SET legal_receipt_date = %s, answered_on = %s, due_date = %s WHERE id = %s",
                (*(day and start + timedelta(days=day) for day in (received, answered, due)), case.id),
            )
        cls.env.invalidate_all()
        cls.director = cls._make_user("t_fig_director", "jamaa_base.group_director")
        cls.report = (
            cls.env["jamaa.complaint.report"]
            .with_user(cls.officer)
            .create({"company_id": cls.here.id, "year": cls.year})
        )
        cls.report.action_compute()

    def _line(self, dimension, key="", report=None):
        lines = (report or self.report).sudo().line_ids
        return lines.filtered(lambda line: line.dimension == dimension and line.key == key)

    def test_the_whole(self):
        whole = self._line("all")
        expected = {
            "received": 6,
            "answered": 4,
            "answered_of_received": 4,
            "open_at_end": 2,
            "late_at_end": 1,
            "timed": 3,
            "in_time": 2,
            "days_median": 15.0,
            "days_mean": (4 + 60 + 20 + 10) / 4,
        }
        for name, value in expected.items():
            with self.subTest(name):
                self.assertEqual(whole[name], value)
        self.assertEqual((whole.in_time_share, whole.treated_share), (66.7, 66.7))

    def test_by_kind_by_sex_by_site(self):
        self.assertEqual(self._line("kind", "complaint").received, 4)
        self.assertEqual(self._line("kind", "report").answered, 1)
        self.assertEqual(self._line("sex", "f").received, 2)
        self.assertEqual(self._line("sex").with_context(lang="en_US").label, "Not said")
        self.assertEqual(self._line("site", str(self.site.id)).received, 6)

    def test_by_ground_of_inadmissibility(self):
        ground = self.env["jamaa.complaint.ground"].search([("company_id", "=", False)], limit=1)
        own = ground.copy({"company_id": self.here.id, "name": "In our words"})
        cases = self.env["helpdesk.ticket"].search(
            [("company_id", "=", self.here.id), ("answered_on", "!=", False), ("kind", "=", "complaint")], limit=3
        )
        # decided with the shared words, with the commune's own, and one that is proposed only
        for case, row, state in zip(cases, (ground, own, own), ("inadmissible", "referred", "to_decide"), strict=True):
            self.env.cr.execute(
                "UPDATE helpdesk_ticket SET ground_id = %s, admissibility = %s WHERE id = %s", (row.id, state, case.id)
            )
        self.env.invalidate_all()
        self.report.action_compute()
        lines = self.report.sudo().line_ids._of("ground")
        self.assertEqual([(line.key, line.received) for line in lines], [(ground.code, 2)])
        self.assertEqual(lines.with_context(lang="en_US").label, "In our words")
        # few: masked on paper and for everybody
        paper = self.report.sudo().with_context(lang="en_US")._paper()
        self.assertEqual([row[1] for row in paper["grounds"]], ["*"])
        self.assertTrue(any(sentence.startswith("*") for sentence in paper["method"]))
        public = [cell for cell in self.report.sudo()._public_cells() if cell["dimension"] == "ground"]
        self.assertEqual([cell["received"] for cell in public], [None])

    def test_the_quarter_is_too_fine_for_the_report(self):
        quarter = self.env["jamaa.quarter"].create({"name_ar": "حي", "name_fr": "Hay", "company_id": self.here.id})
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET quarter_id = %s WHERE company_id = %s", (quarter.id, self.here.id)
        )
        self.env.invalidate_all()
        self.report.action_compute()
        report = self.report.sudo().with_context(lang="en_US")
        self.assertEqual(self._line("quarter", str(quarter.id)).received, 6)
        self.assertNotIn("By quarter or douar", [table["title"] for table in report._paper()["tables"]])
        self.assertNotIn("quarter", {cell["dimension"] for cell in report._public_cells()})

    def test_another_commune_counts_for_itself(self):
        report = self.env["jamaa.complaint.report"].create({"company_id": self.there.id, "year": self.year})
        report._compute_lines()
        self.assertEqual(self._line("all", report=report).received, 0)

    def test_months(self):
        months = {row["month"]: row for row in self.report.sudo().months}
        self.assertEqual(len(months), 12)
        self.assertEqual(months[f"{self.year}-01"]["received"], 3)
        self.assertEqual(sum(row["answered"] for row in months.values()), 4)

    def test_an_answer_of_the_next_year_counts_there(self):
        report = self.env["jamaa.complaint.report"].create({"company_id": self.here.id, "year": self.year + 1})
        report._compute_lines()
        whole = self._line("all", report=report)
        self.assertEqual(whole.answered, 1)
        # the case of setUpClass of the parent came today
        self.assertEqual(whole.received, 1)
        self.assertEqual(whole.answered_of_received, 0)

    def test_queries_do_not_grow_with_cases(self):
        figures = self.env["jamaa.complaint.figures"]
        last = self.today
        self.env.flush_all()
        with self.assertQueryCount(1):
            figures._figures(self.here, last - timedelta(days=700), last)

    # ---- the report ----

    def test_validated_by_who_answers_for_it_and_then_final(self):
        with self.assertRaises(AccessError):
            self.report.action_validate()
        report = self.report.with_user(self.director)
        report.action_validate()
        self.assertEqual(report.state, "validated")
        entry = self.env["jamaa.register.entry"].search(
            [("kind_id.code", "=", "complaints_report"), ("company_id", "=", self.here.id)]
        )
        self.assertEqual(len(entry), 1)
        with self.assertRaises(UserError):
            self.report.action_compute()
        with self.assertRaises(UserError):
            self.report.write({"introduction": "Other words"})
        with self.assertRaises(UserError):
            self.report.unlink()

    def test_the_running_year_is_not_validated(self):
        report = self.env["jamaa.complaint.report"].with_user(self.director)
        report = report.create({"company_id": self.here.id, "year": self.today.year})
        with self.assertRaisesRegex(UserError, "not over"):
            report.action_validate()

    def test_its_state_is_not_written(self):
        for vals in ({"state": "published"}, {"digest": "x"}, {"scope": "running"}):
            with self.subTest(vals), self.assertRaises(AccessError):
                self.report.write(vals)
        made = self.env["jamaa.complaint.report"].with_user(self.officer)
        made = made.create({"company_id": self.here.id, "year": 2020, "state": "published", "scope": "running"})
        self.assertEqual((made.state, made.scope), ("draft", "year"))

    def test_lines_are_counted_not_written(self):
        with self.assertRaises(UserError):
            self._line("all").write({"received": 100})
        with self.assertRaises(AccessError):
            self.env["jamaa.complaint.report.line"].with_user(self.director).create(
                {"report_id": self.report.id, "dimension": "all"}
            )

    def test_a_head_of_service_reads_the_own_service_alone(self):
        for service in (self.lighting, self.roads):
            self.env["helpdesk.ticket"].search(
                [("company_id", "=", self.here.id), ("citizen_sex", "=", "f" if service == self.roads else "m")]
            ).sudo().write({"service_id": service.id})
        self.report.action_compute()
        seen = self.env["jamaa.complaint.report.line"].with_user(self.head)
        services = seen.search([("report_id", "=", self.report.id), ("dimension", "=", "service")]).service_id
        self.assertEqual(services, self.lighting)
        self.assertTrue(seen.search([("report_id", "=", self.report.id), ("dimension", "=", "all")]))

    def test_roles_without_figures(self):
        for user in (self.agent, self.receptionist, self.council_member, self.programme_user, self.portal_user):
            with (
                self.subTest(user.login),
                self.assertRaises(AccessError),
                mute_logger("odoo.addons.base.models.ir_rule"),
            ):
                self.report.with_user(user).read(["year"])
        there = self.env["jamaa.complaint.report"].with_user(self.officer_there)
        self.assertFalse(there.search([]))

    def test_paper_and_text_document(self):
        for lang in ("ar_MA", "fr_MA"):
            with self.subTest(lang):
                paper = self.report.sudo().with_context(lang=lang)._paper()
                self.assertIn("6", paper["summary"][0])
                self.assertFalse([text for text in paper["summary"] if "%(" in text])
                pdf = self.env["ir.actions.report"]._render_qweb_pdf(
                    "jamaa_complaints.report_complaints_report", self.report.ids, data={"lang": lang}
                )[0]
                self.assertTrue(pdf.startswith(b"%PDF"))

    def test_satisfaction_of_few_is_no_share(self):
        paper = self.report.sudo()._paper()
        self.assertLess(self._line("all").said, FEWEST_SAID)
        self.assertNotIn("Satisfied", [row[0] for row in paper["national"]])

    # ---- the running figures ----

    def test_running_figures_end_with_a_month_that_is_over(self):
        reports = self.env["jamaa.complaint.report"]
        running = reports._running(self.here)
        self.assertEqual((running.date_to + timedelta(days=1)).day, 1)
        self.assertLess(running.date_to, self.today)
        counted = running.computed_at
        self.assertEqual(reports._running(self.here), running)
        self.assertEqual(running.computed_at, counted)

    def test_dashboard_counts_what_the_reader_sees(self):
        action = self.env["jamaa.complaint.report"].with_user(self.officer).with_company(self.here).action_dashboard()
        report = self.env["jamaa.complaint.report"].browse(action["res_id"])
        self.assertEqual(self._as(self.officer, report).received_this_month, 1)
        self.assertEqual(self._as(self.head, report).received_this_month, 0)

    # ---- what comes back ----

    def test_what_comes_back(self):
        for _time in range(3):
            self._lodge(place_text="hay ESSALAM  n 3").sudo().cause_id = self.cause
        self._lodge(place_text="Elsewhere").sudo().cause_id = self.cause
        self.env.flush_all()
        rows = self.env["jamaa.complaint.recurrence"].with_user(self.officer).search([("cause_id", "=", self.cause.id)])
        self.assertEqual(rows.mapped("cases"), [3])
        action = rows.action_open_cases()
        self.assertEqual(self.env["helpdesk.ticket"].with_user(self.officer).search_count(action["domain"]), 3)

    def test_the_cause_is_named_by_who_handles_the_case(self):
        self._as(self.officer).action_assign_proposed()
        self._as(self.agent).write({"cause_id": self.cause.id})
        self.assertEqual(self.case.sudo().cause_id, self.cause)
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self._as(self.other_agent).write({"cause_id": False})


@tagged("post_install", "-at_install")
class TestSmallCells(ComplaintCase):
    def test_mask(self):
        for counts, shown in (
            ([20, 30], [20, 30]),
            ([20, 0], [20, 0]),
            ([20, 30, 3], [None, 30, None]),
            ([20, 3, 4], [20, None, None]),
            ([20, 1, 2], [None, None, None]),
            ([3], [None]),
        ):
            with self.subTest(counts):
                self.assertEqual(mask(counts), shown)

    def test_what_is_masked_cannot_be_subtracted(self):
        for counts in ([50, 4, 6, 7], [9, 1], [5, 5, 1, 1, 1], [100, 2, 0, 0]):
            shown = mask(counts)
            hidden = sum(counts) - sum(count for count in shown if count is not None)
            self.assertTrue(hidden == 0 or hidden >= LEAST or shown.count(None) == len(counts), counts)


@tagged("post_install", "-at_install")
class TestReportDocx(ComplaintCase):
    def test_arabic_runs_from_right_to_left(self):
        from ..tools.report_docx import report_docx

        paper = {
            "title": "تقرير", "period": "2025", "introduction": "نص", "summary": ["جملة"], "charts": [],
            "tables": [{"title": "ج", "heads": ["أ", "ب"], "rows": [["س", "1"]]}], "outcomes": [["حُلّت", "3"]],
            "national": [], "recurring": [], "difficulties": "", "method": ["م"], "digest": "ab",
        }  # fmt: skip
        heads = dict.fromkeys(
            ("introduction", "summary", "outcomes", "national", "recurring", "difficulties", "method"), "ر"
        )
        content = report_docx(paper, heads, ["الجماعة"], "", True)
        book = Document(io.BytesIO(content))
        self.assertIn("تقرير", [paragraph.text for paragraph in book.paragraphs])
        self.assertEqual(book.tables[0].cell(1, 1).text, "1")
        xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
        self.assertIn("<w:bidi/>", xml)
        self.assertIn("w:bidiVisual", xml)
        self.assertNotIn(
            "<w:bidi/>",
            zipfile.ZipFile(io.BytesIO(report_docx(paper, heads, [], "", False))).read("word/document.xml").decode(),
        )
