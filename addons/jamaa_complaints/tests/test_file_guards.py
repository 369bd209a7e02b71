"""Rules of imports and exports that are seen only where somebody tries to pass by them."""

import base64
import csv
import io
from unittest.mock import patch

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.jamaa_base.tools import sheet_file

from ..tools import register_file
from .test_files import GOOD, HEAD, ImportCase, as_file

OTHER = "ملاحظة;06/01/2026;ملاحظة أخرى في الحي;;;;;"


@tagged("post_install", "-at_install")
class TestFileGuards(ImportCase):
    # ---- the file

    def _read(self, content):
        today = self.Ticket._commune_today()
        return list(register_file.read(base64.b64decode(content), today, {"الإنارة": 7}))

    def test_limits_of_a_file(self):
        for module, name, content, code in (
            (register_file, "MOST_ROWS", as_file(GOOD, GOOD), "too_many_rows"),
            (sheet_file, "LARGEST_UNPACKED", self._sheet_file(), "too_large"),
        ):
            self.assertTrue(self._read(content))
            with patch.object(module, name, 1), self.assertRaises(register_file.FileProblem) as caught:
                self._read(content)
            self.assertEqual(caught.exception.code, code)

    def _sheet_file(self):
        book = openpyxl.Workbook()
        book.active.append(["Nature", "Reçu le", "Faits"])
        book.active.append(["Observation", "05/01/2026", "Une remarque"])
        output = io.BytesIO()
        book.save(output)
        return base64.b64encode(output.getvalue())

    def test_a_cell_without_end_is_no_table(self):
        self.addCleanup(csv.field_size_limit, csv.field_size_limit(1000))
        with self.assertRaises(register_file.FileProblem) as caught:
            self._read(as_file(f'شكاية;05/01/2026;"{"x" * 2000}'))
        self.assertEqual(caught.exception.code, "not_a_table")

    def test_empty_lines_are_none_and_an_unknown_category_is_told(self):
        head = HEAD + ";الصنف"
        rows = self._read(as_file(";;;;;;;;", GOOD + ";الإنارة", ";;;;;;;;", GOOD + ";لا شيء", head=head))
        self.assertEqual([row.number for row in rows], [3, 5])
        self.assertEqual(rows[0].values["category"], 7)
        self.assertIn(("category", "unknown"), rows[1].problems)

    def test_codes_are_words_and_one_cell_is_one_problem(self):
        head = HEAD + ";outcome"
        rows = self._read(
            as_file(
                "report;05/01/2026;x;;;y;06/01/2026;;no_means",
                "xyz;05/01/2026;x;;;;;;",
                "report;soon;x;;;y;06/01/2026;;",
                head=head,
            )
        )
        self.assertEqual((rows[0].values["outcome"], rows[0].problems), ("no_means", []))
        self.assertEqual(rows[1].problems, [("kind", "unknown")])
        self.assertEqual(rows[2].problems, [("received", "bad_date")])

    # ---- the import

    def test_a_file_of_the_commune_one_works_in(self):
        record = self._import(as_file(GOOD))
        self.officer.company_ids |= self.there
        elsewhere = record.with_context(allowed_company_ids=self.there.ids)
        for name in ("action_check", "action_import"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                getattr(elsewhere, name)()
        self.assertEqual(record.state, "checked")

    def test_without_a_file_nothing_is_checked(self):
        with self.assertRaisesRegex(UserError, "Choose a file"):
            self._import(False)

    def test_two_numbers_are_two_cases_whatever_they_say(self):
        lines = [f"شكاية;05/01/2026;نص الشكاية;اسم;;;;N-{rank}" for rank in (1, 2)]
        record = self._import(as_file(*lines), "portal")
        self.assertEqual(record.line_ids.mapped("state"), ["new", "new"])
        cases = self._run(record)
        self.assertEqual(cases.channel_id, self.env.ref("jamaa_complaints.channel_national_portal"))

    def test_the_import_stops_when_its_time_is_over(self):
        record = self._import(as_file(GOOD, OTHER))
        record.action_import()
        jobs = self.env.registry["ir.cron"]
        with (
            patch("odoo.addons.jamaa_complaints.models.jamaa_complaint_import.BATCH", 1),
            patch.object(jobs, "_commit_progress", return_value=0),
        ):
            self.Import._cron_import()
        self.assertEqual((record.state, record.line_ids.mapped("state")), ("running", ["done", "new"]))

    def test_only_the_desk_copies_back(self):
        self._as(self.officer).action_assign_proposed()
        self.case.sudo().write({"national_number": "N-9", "answer": "Done"})
        self.case.sudo().write({"answer_state": "sent", "answered_on": self._day(0)})
        with self.assertRaises(AccessError):
            self._as(self.agent).action_copied_back()
        self._as(self.officer).action_copied_back()
        self.assertTrue(self.case.sudo().copied_back_on)

    def test_what_runs_or_is_done_stays(self):
        record = self._import(as_file(GOOD))
        for state in ("running", "done"):
            record.sudo().state = state
            with self.assertRaises(UserError):
                record.write({"file": as_file(OTHER)})
            with self.assertRaises(UserError):
                record.action_check()
            with self.assertRaises(UserError):
                record.action_import()

    def test_a_state_is_not_typed(self):
        for vals in ({"state": "checked"}, {"company_id": self.there.id}):
            with self.assertRaises(AccessError):
                self._import(as_file(GOOD)).write(vals)
        with self.assertRaises(AccessError):
            self.Import.with_user(self.officer).create({"file": as_file(GOOD), "state": "checked"})

    def test_headings_alone_are_nothing_to_import(self):
        with self.assertRaises(UserError):
            self._import(as_file())

    def test_only_what_was_checked_is_taken(self):
        """A file changed behind the check brings nothing, nor does a row that was to be mended."""
        record = self._import(as_file(GOOD, "شكاية;;نص;اسم;;;;"))
        record.action_import()
        record.sudo().write({"file": as_file(OTHER, GOOD)})
        self.Import._cron_import()
        self.assertEqual(record.line_ids.mapped("state"), ["new", "bad"])
        self.assertFalse(record.line_ids.case_id)

    def test_a_row_that_fails_stops_no_other(self):
        record = self._import(as_file(GOOD, OTHER))
        record.action_import()
        plain = self.env.registry["helpdesk.ticket"]._lodge

        def lodge(tickets, company, values, *args, **kwargs):
            if values["kind"] == "complaint":
                raise ValueError("Not this one")
            return plain(tickets, company, values, *args, **kwargs)

        with patch.object(self.env.registry["helpdesk.ticket"], "_lodge", lodge):
            self.Import._cron_import()
        self.assertEqual(record.line_ids.mapped("state"), ["bad", "done"])
        self.assertEqual(record.line_ids[0].problems, "Not this one")

    def test_another_communes_cases_and_files_are_not_ours(self):
        there = self._lodge(company=self.there, site_id=False)
        there.write({"national_number": "N-77"})
        self._run(self._import(as_file(GOOD)))
        theirs = self.Import.with_user(self.officer_there).with_context(
            allowed_company_ids=self.officer_there.company_ids.ids
        )
        record = theirs.create({"file": as_file(GOOD), "file_name": "register.csv"})
        record.action_check()
        self.assertEqual(record.line_ids.state, "new", "their register is theirs")
        line = "شكاية;05/01/2026;نص الشكاية;اسم;;;;N-77"
        self.assertEqual(self._import(as_file(line), "portal").line_ids.state, "new", "their number is theirs")

    def test_a_case_in_the_archive_is_known(self):
        self._as(self.officer).write({"national_number": "N-5"})
        self.case.sudo().active = False
        line = "شكاية;05/01/2026;نص الشكاية;اسم;;;;N-5"
        self.assertEqual(self._import(as_file(line), "portal").line_ids.case_id, self.case)

    def test_a_category_of_another_commune_is_unknown(self):
        self.officer.company_ids |= self.there  # sees theirs, and still imports for this one
        self.env["helpdesk.ticket.category"].create(
            {"name": "Their own", "company_id": self.there.id, "for_cases": True}
        )
        row = self._import(as_file(GOOD + ";Their own", head=HEAD + ";category")).line_ids
        self.assertEqual(row.state, "bad")

    def test_rows_follow_the_lock_of_their_case(self):
        case = self._run(self._import(as_file(GOOD)))
        row = self.env["jamaa.complaint.import.line"].search([("case_id", "=", case.id)])
        self.assertTrue(self._as(self.officer, row).read(["row"]))
        case.sudo().locked_user_ids = self.officer
        with self.assertRaises(AccessError):
            self._as(self.officer, row).read(["row"])

    # ---- the export

    def _export(self, user, **vals):
        return self.env["jamaa.complaint.export"].with_user(user).create(vals)

    def test_the_button_of_the_export(self):
        today = self.Ticket._commune_today()
        with self.assertRaises(UserError):
            self._export(self.officer, date_from=today, date_to=self._day(-1)).action_export()
        action = self._export(self.officer, date_from=self._day(-9), date_to=today).action_export()
        self.assertEqual(action["data"], {"first": str(self._day(-9)), "last": str(today)})
        with self.assertRaises(AccessError):
            self._export(self.agent)
        mine = self._export(self.officer)
        with self.assertRaises(AccessError):
            self._as(self.director_user, mine).read(["date_from"])

    def test_the_period_and_words_of_the_sheet(self):
        old = self._lodge(subject="Older")
        old.legal_receipt_date = self._day(-50)
        plain = self.Ticket.create({"name": "Plain ticket", "description": "x", "company_id": self.here.id})
        self.assertFalse(plain.kind)
        today = self.Ticket._commune_today()

        def rows(first, last):
            report = self.env["report.jamaa_complaints.cases_xlsx"].with_user(self.officer)
            report = report.with_context(allowed_company_ids=self.here.ids, lang="en_US")
            content, _kind = report.create_xlsx_report([], {"first": str(first), "last": str(last)})
            return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))

        head, *found = rows(self._day(-10), today)
        self.assertIn("Subject", head, "not what upstream calls the title of a ticket")
        self.assertNotIn("Older", str(found))
        self.assertNotIn("Plain ticket", str(found))
        self.assertIn("Français", found[0], "a language by its name, not by its code")
        self.assertEqual([row[4] for row in rows(self._day(-60), self._day(-40))[1:]], ["Older"])
