"""Cases by file: the dry run, the import that never doubles, the portal's numbers, the export."""

import base64
import io
from datetime import timedelta
from unittest.mock import patch

import openpyxl
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from ..tools import register_file
from .common import ComplaintCase

HEAD = "النوع;تاريخ التوصل;الوقائع;الاسم;الهاتف;الجواب;تاريخ الجواب;الرقم الوطني"
GOOD = "شكاية;05/01/2026;الحفرة أمام الدار منذ شهر;فاطمة المثال;0612345678;;;"


def as_file(*lines, head=HEAD, charset="utf-8"):
    return base64.b64encode("\n".join((head, *lines)).encode(charset))


@tagged("post_install", "-at_install")
class TestRegisterFile(ComplaintCase):
    """Rules of the reader, without a database."""

    def _rows(self, content, **kwargs):
        today = self.Ticket._commune_today()
        return list(register_file.read(base64.b64decode(content), today, {"الإنارة": 7}, **kwargs))

    def test_arabic_headings_and_words(self):
        row = self._rows(as_file(GOOD))[0]
        self.assertEqual(row.number, 2)
        self.assertFalse(row.problems)
        self.assertEqual((row.values["kind"], str(row.values["received"])), ("complaint", "2026-01-05"))

    def test_windows_1256(self):
        """What older office programs write in Arabic."""
        row = self._rows(as_file(GOOD, charset="cp1256"))[0]
        self.assertEqual(row.values["name"], "فاطمة المثال")

    def test_each_problem_is_named(self):
        tomorrow = (self.Ticket._commune_today() + timedelta(days=1)).strftime("%d/%m/%Y")
        cases = {
            "قصة;05/01/2026;نص;اسم;;;;": ("kind", "unknown"),
            "شكاية;31/02/2026;نص;اسم;;;;": ("received", "bad_date"),
            f"شكاية;{tomorrow};نص;اسم;;;;": ("received", "future"),
            "شكاية;05/01/2026;;اسم;;;;": ("facts", "required"),
            "شكاية;05/01/2026;نص;;;;;": ("name", "required"),
            "شكاية;05/01/2026;نص;اسم;12;;;": ("phone", "bad_phone"),
            "شكاية;05/01/2026;نص;اسم;;جواب;;": ("answer", "answer_incomplete"),
            "شكاية;05/01/2026;نص;اسم;;جواب;04/01/2026;": ("answered", "before_receipt"),
            f"شكاية;05/01/2026;{'ن' * 20_001};اسم;;;;": ("facts", "too_long"),
        }
        for line, problem in cases.items():
            with self.subTest(problem=problem):
                self.assertIn(problem, self._rows(as_file(line))[0].problems)

    def test_files_that_are_no_table(self):
        for content, code in (
            (b"\x00\x01\x02" * 50, "not_a_table"),
            (b"PK\x03\x04broken", "not_a_table"),
            (b"name;phone\nx;y", "no_headings"),
            (b"x" * (register_file.LARGEST_FILE + 1), "too_large"),
        ):
            with self.subTest(code=code), self.assertRaises(register_file.FileProblem) as caught:
                self._rows(base64.b64encode(content))
            self.assertEqual(caught.exception.code, code)

    def test_xlsx_with_numbers_and_dates(self):
        book = openpyxl.Workbook()
        book.active.append(["Nature", "Reçu le", "Faits", "Nom", "Téléphone", "N° national"])
        day = self.Ticket._commune_today() - timedelta(days=40)
        book.active.append(["Observation", day, "Une remarque", "", "", 1234567.0])
        output = io.BytesIO()
        book.save(output)
        row = self._rows(base64.b64encode(output.getvalue()))[0]
        self.assertFalse(row.problems)
        self.assertEqual((row.values["received"], row.values["national_number"]), (day, "1234567"))

    def test_number_needed_for_the_portal(self):
        row = self._rows(as_file(GOOD), needs=("national_number",))[0]
        self.assertIn(("national_number", "required"), row.problems)


class ImportCase(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Import = cls.env["jamaa.complaint.import"]
        # a test has one transaction; what was done would be kept batch by batch
        cls.startClassPatcher(patch.object(cls.env.registry["ir.cron"], "_commit_progress", return_value=60))

    def _import(self, content, source="register", user=None):
        record = self.Import.with_user(user or self.officer).create(
            {"file": content, "file_name": "register.csv", "source": source}
        )
        record.action_check()
        return record

    def _run(self, record):
        record.action_import()
        self.Import._cron_import()
        self.env.invalidate_all()
        return record.line_ids.case_id


@tagged("post_install", "-at_install")
class TestImport(ImportCase):
    def test_dry_run_takes_nothing(self):
        before = self.Ticket.search_count([("kind", "!=", False)])
        record = self._import(as_file(GOOD, "شكاية;;نص;اسم;;;;"))
        self.assertEqual(self.Ticket.search_count([("kind", "!=", False)]), before)
        self.assertEqual(record.line_ids.mapped("state"), ["new", "bad"])
        self.assertIn("received on", record.line_ids[1].problems)

    def test_imported_once(self):
        """A second run, and a second file with the same words, bring nothing again."""
        record = self._import(as_file(GOOD, GOOD))
        self.assertEqual(record.line_ids.mapped("state"), ["new", "known"])
        case = self._run(record)
        self.assertEqual(len(case), 1)
        self.assertEqual((record.state, record.file), ("done", False), "the file with its names is wiped")
        self.Import._cron_import()
        self.assertEqual(len(record.line_ids.case_id), 1)
        again = self._import(as_file(GOOD))
        self.assertEqual(again.line_ids.state, "known")
        with self.assertRaises(UserError):
            again.action_import()

    def test_backlog_has_no_clock_and_no_mail(self):
        mails = self.env["mail.mail"].search_count([])
        head = HEAD + ";email"
        case = self._run(self._import(as_file(GOOD + ";fatima@example.org", head=head))).sudo()
        self.assertEqual(case.complainant_id.email, "fatima@example.org")
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual((case.imported_from, case.due_date, case.clock_state), ("register", False, "none"))

    def test_context_cannot_quiet_a_case(self):
        """No caller from outside keeps a citizen from being told."""
        mails = self.env["mail.mail"].search_count([])
        self.Ticket.with_context(jamaa_quiet=True)._lodge(
            self.here, {"kind": "remark", "subject": "x", "facts": "Some remark"}, {"email": "a@example.org"}
        )
        self.assertEqual(self.env["mail.mail"].search_count([]), mails + 1)

    def test_old_answer_is_kept_with_its_day(self):
        line = "شكاية;05/01/2026;الحفرة في الزنقة;اسم;;تم الإصلاح;20/01/2026;"
        case = self._run(self._import(as_file(line)))
        self.assertEqual((case.answer_state, str(case.answered_on), case.answer), ("sent", "2026-01-20", "تم الإصلاح"))
        self.assertFalse(case.letter_entry_id, "no letter of ours is numbered")

    def test_old_answer_is_not_to_be_copied_back(self):
        """A row of an old register may name its number on the portal: the matter is over all the same."""
        line = "شكاية;05/01/2026;نص الشكاية;اسم;;جواب;20/01/2026;N-78"
        case = self._run(self._import(as_file(line)))
        self.assertEqual((case.national_number, case.imported_from), ("N-78", "register"))
        waits = safe_eval(self.env.ref("jamaa_complaints.helpdesk_ticket_action_copy_back").domain)
        self.assertFalse(case.filtered_domain(waits))
        with self.assertRaises(UserError):
            self._as(self.officer, case).action_copied_back()
        # one that is answered here is copied
        case = self._run(self._import(as_file("شكاية;06/01/2026;نص آخر;اسم;;;;N-79"), "portal"))
        case.sudo().write({"answer": "Done", "outcome": "solved"})
        case.sudo().write({"answer_state": "sent", "answered_on": self.today})
        self.assertTrue(case.filtered_domain(waits))

    def test_portal_numbers_match_and_never_double(self):
        line = "شكاية;05/01/2026;نص الشكاية;اسم;;;;N-77"
        case = self._run(self._import(as_file(line), "portal"))
        self.assertEqual(case.national_number, "N-77")
        self.assertTrue(case.due_date, "the citizen of the portal waits for an answer")
        self.assertEqual(self._import(as_file(line), "portal").line_ids.state, "known")
        other = self._import(as_file("ملاحظة;06/01/2026;نص آخر;اسم;;جواب;10/01/2026;N-77"), "portal").line_ids
        self.assertEqual(other.state, "differs")
        self.assertEqual(other.case_id, case)
        self.assertEqual(len(other.problems.splitlines()), 3)

    @mute_logger("odoo.sql_db")
    def test_one_number_one_case(self):
        self._as(self.officer).write({"national_number": "N-5"})
        second = self._lodge()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._as(self.officer, second).write({"national_number": "N-5"})
        there = self._lodge(company=self.there, site_id=False)
        there.write({"national_number": "N-5"})
        with self.assertRaises(AccessError):
            self._as(self.agent).write({"national_number": "N-6"})

    def test_copy_back(self):
        """An answer waits until somebody pasted it into the portal; only the desk says so."""
        waiting = self.env.ref("jamaa_complaints.helpdesk_ticket_action_copy_back")
        domain = self.env["ir.actions.act_window"]._for_xml_id(waiting.get_external_id()[waiting.id])["domain"]
        self.assertIn("copied_back_on", domain)
        search = self.env.ref("jamaa_complaints.helpdesk_ticket_view_search_case")
        self.assertEqual(waiting.search_view_id, search, "searched as cases are, not as upstream's tickets")
        case = self._as(self.officer)
        case.write({"national_number": "N-9"})
        with self.assertRaises(UserError):
            case.action_copied_back()
        self.case.write({"answer": "Done.", "outcome": "solved"})
        self.case.write({"answer_state": "sent", "answered_on": self.Ticket._commune_today()})
        with self.assertRaises(AccessError):
            self._as(self.agent).action_copied_back()
        self._as(self.officer).action_copied_back()
        self.assertEqual(self.case.copied_back_on, self.Ticket._commune_today())
        self.assertIn("copied_back", self.case.milestone_ids.mapped("code"))

    def test_who_may_import(self):
        for user in (self.agent, self.receptionist, self.council_member, self.portal_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.Import.with_user(user).create({"file": as_file(GOOD)})
        record = self._import(as_file(GOOD))
        with self.assertRaises(AccessError):
            record.with_user(self.officer_there).action_check()
        with self.assertRaises(AccessError):
            record.write({"state": "running"})
        with self.assertRaises(AccessError):
            record.line_ids.with_user(self.officer).write({"state": "new"})

    def test_rows_hold_nothing_of_the_person(self):
        record = self._import(as_file("شكاية;05/01/2026;نص;فاطمة المثال;99;;;"))
        text = str(record.line_ids.sudo().read())
        self.assertNotIn("فاطمة", text)

    def test_changed_file_is_checked_again(self):
        record = self._import(as_file(GOOD))
        record.write({"file": as_file("ملاحظة;05/01/2026;شيء آخر;;;;;")})
        self.assertEqual((record.state, len(record.line_ids)), ("draft", 0))
        with self.assertRaises(UserError):
            record.action_import()


@tagged("post_install", "-at_install")
class TestExport(ComplaintCase, HttpCase):
    def _sheet(self, user):
        report = self.env["report.jamaa_complaints.cases_xlsx"].with_user(user)
        report = report.with_context(allowed_company_ids=user.company_ids.ids, lang="en_US")
        today = self.Ticket._commune_today()
        data = {"first": str(today - timedelta(days=400)), "last": str(today)}
        content, kind = report.create_xlsx_report([], data)
        self.assertEqual(kind, "xlsx")
        return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))

    def test_no_identity_no_formula_own_commune(self):
        self._lodge(subject="=HYPERLINK(1)")
        self._lodge(company=self.there, site_id=False, subject="There")
        rows = self._sheet(self.officer)
        text = str(rows)
        self.assertIn("'=HYPERLINK(1)", text)
        self.assertNotIn("Zineb", text)
        self.assertNotIn("There", text)
        self.assertEqual(len(rows) - 1, self.Ticket.with_user(self.officer).search_count([("kind", "!=", False)]))

    def test_locked_case_stays_out(self):
        number = self.case.case_number
        self.assertIn(number, str(self._sheet(self.officer)))
        self.case.locked_user_ids = self.officer
        self.assertNotIn(number, str(self._sheet(self.officer)))

    def test_who_may_export(self):
        for user in (self.agent, self.head, self.council_member):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._sheet(user)

    def test_model_file(self):
        self.officer.lang = "fr_MA"
        self.authenticate(self.officer.login, self.officer.login)
        self.assertIn("faits", self.url_open("/jamaa_complaints/import-model.csv").text)
        self.authenticate(self.agent.login, self.agent.login)
        self.assertEqual(self.url_open("/jamaa_complaints/import-model.csv").status_code, 404)
