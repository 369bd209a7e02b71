"""Files of a round and of a seat: what they say, what they keep, who gets them."""

import base64
import io

import openpyxl
from docx import Document

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, HttpCase, tagged
from odoo.tools import mute_logger

from ..tools.answer_cells import read_answer
from ..tools.pictures_png import radar_png
from .common import AssessmentCase


@tagged("jamaa_cells")
class TestCells(BaseCase):
    def test_what_a_cell_answers(self):
        for raw, kind, may, expected in (
            (None, "level", False, (None, None)),
            ("  ", "level", False, (None, None)),
            (3, "level", False, ("3", None)),
            (3.0, "level", False, ("3", None)),
            ("٤", "level", False, ("4", None)),
            (6, "level", False, (None, "level")),
            (2.5, "level", False, (None, "level")),
            ("oui", "level", False, (None, "level")),
            ("OUI", "gate", False, ("yes", None)),
            ("لا", "gate", False, ("no", None)),
            (True, "gate", False, ("yes", None)),
            (1, "gate", False, (None, "gate")),
            ("n", "level", True, ("na", None)),
            ("ne s’applique pas", "gate", True, ("na", None)),
            ("na", "level", False, (None, "na")),
            ("=1+1", "level", False, (None, "level")),
        ):
            with self.subTest(raw=raw, kind=kind):
                self.assertEqual(read_answer(raw, kind, may), expected)

    def test_radar_as_pixels(self):
        self.assertTrue(radar_png([10, 50, None, 90], [20, 20, 20, 20], True).startswith(b"\x89PNG"))
        self.assertEqual(radar_png([10, 50]), b"")


class FilesCase(AssessmentCase):
    @classmethod
    def _validated(cls):
        one = cls._round([cls.agent, cls.member, cls.head], name="=HYPERLINK(1)")
        for user, level in ((cls.agent, "1"), (cls.member, "2"), (cls.head, "2")):
            seat = cls._seat(one, user)
            for key, answer in {"one": level, "two": "na", "three": "3", "duty": "no"}.items():
                seat.answer(cls.items[key].id, answer, f"only {user.login}")
            seat.action_finish()
        one.with_user(cls.facilitator).action_open_consensus()
        lines = {line.item_id.key: line for line in one.consensus_ids}
        lines["one"].write({"answer": "2", "reason": "=cmd()", "dissent": "Some say 4", "is_priority": True})
        lines["two"].answer = "na"
        one.with_user(cls.director_user).action_validate()
        return one


@tagged("post_install", "-at_install")
class TestRoundFiles(FilesCase):
    def test_spreadsheet(self):
        one = self._validated()
        book = openpyxl.load_workbook(io.BytesIO(one.with_user(self.agent)._xlsx()))
        self.assertEqual(book.sheetnames, ["عربية", "Français"])
        self.assertTrue(book["عربية"].sheet_view.rightToLeft)
        sheet = book["Français"]
        rows = {row[1].value: row for row in sheet.iter_rows(min_row=2)}
        self.assertEqual(len(rows), 4)
        first = rows["one en français"]
        values = [cell.value for cell in first]
        self.assertEqual(values[9], 2, "a level is a number")
        for words in ("=cmd()", "Some say 4", "one 3 en français"):
            self.assertIn(words, values)
        self.assertNotIn("f", {cell.data_type for row in sheet.iter_rows() for cell in row}, "no formula")
        said = " ".join(str(cell.value) for page in book for row in page.iter_rows() for cell in row)
        self.assertNotIn("only ", said, "comments of raters stay out")
        for user in (self.agent, self.member, self.head):
            self.assertNotIn(user.login, said)

    def test_text_document(self):
        one = self._validated()
        for lang, turned in (("ar_MA", True), ("fr_MA", False)):
            with self.subTest(lang):
                book = Document(io.BytesIO(one.with_user(self.director_user).with_context(lang=lang)._docx()))
                words = [paragraph.text for paragraph in book.paragraphs]
                words += [cell.text for table in book.tables for row in table.rows for cell in row.cells]
                self.assertIn("=HYPERLINK(1)", words)
                self.assertTrue(any("=cmd()" in text and "Some say 4" in text for text in words))
                self.assertFalse(any("only " in text for text in words))
                self.assertEqual("w:bidi/" in book.element.xml, turned)
                self.assertEqual("w:bidiVisual" in book.element.xml, turned)

    def test_who_still_answers_gets_no_results(self):
        one = self._validated()
        self._round([self.agent], name="Again")
        self.assertFalse([row for row in one.with_user(self.agent)._xlsx_rows()])
        self.assertTrue(one.with_user(self.agent).results_page()["hidden"])
        book = Document(io.BytesIO(one.with_user(self.agent)._docx()))
        self.assertEqual(len(book.tables), 1, "what the round is, no figure")


@tagged("post_install", "-at_install")
class TestAnswerForm(FilesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.one = cls._round([cls.agent, cls.member], paper=1)
        cls.seat = cls._seat(cls.one, cls.agent)

    def _filled(self, seat=None, lang="fr_MA", comments=None, **answers):
        """Fill the form of a seat as somebody would; return the bytes."""
        book = openpyxl.load_workbook(io.BytesIO((seat or self.seat).with_context(lang=lang)._form_xlsx()))
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(min_row=2):
            key = row[0].value
            if key in answers:
                row[4].value = answers[key]
            if comments and key in comments:
                row[5].value, row[6].value = comments[key]
        output = io.BytesIO()
        book.save(output)
        return output.getvalue()

    def _wizard(self, content, user=None, seat=None):
        return (
            self.env["jamaa.assessment.form"]
            .with_user(user or self.agent)
            .create({"rater_id": (seat or self.seat).id, "file": base64.b64encode(content)})
        )

    def test_there_and_back(self):
        for lang, yes in (("ar_MA", "نعم"), ("fr_MA", "oui")):
            with self.subTest(lang):
                self.seat.score_ids.sudo().unlink()
                content = self._filled(
                    lang=lang, one=3, two="na", duty=yes, comments={"one": ("Vu sur place", "https://example.org/a")}
                )
                form = self._wizard(content)
                form.action_look()
                self.assertEqual(
                    (form.state, form.problems or "", form.answer_count, form.open_count), ("right", "", 3, 1)
                )
                self.assertFalse(self.seat.score_ids, "looking keeps nothing")
                form.action_take()
                given = {score.item_id.key: (score.answer, score.comment) for score in self.seat.score_ids}
                self.assertEqual(given, {"one": ("3", "Vu sur place"), "two": ("na", False), "duty": ("yes", False)})
                self.assertFalse(form.file)

    def test_wrong_cells_are_named_and_nothing_is_kept(self):
        content = self._filled(one=9, two="na", three="na", duty="maybe", comments={"one": ("", "example.org")})
        form = self._wizard(content)
        form.action_look()
        self.assertEqual(form.state, "wrong")
        self.assertEqual([text.split(":")[0] for text in form.problems.splitlines()], ["E2", "G2", "E4", "E5"])
        with self.assertRaisesRegex(UserError, "E2"):
            form.action_take()
        self.assertFalse(self.seat.score_ids)

    def test_an_empty_cell_leaves_what_was_there(self):
        self.seat.answer(self.items["one"].id, "1", "Mine")
        form = self._wizard(self._filled(three=4))
        form.action_look()
        form.action_take()
        given = {score.item_id.key: (score.answer, score.comment) for score in self.seat.score_ids}
        self.assertEqual(given, {"one": ("1", "Mine"), "three": ("4", False)})

    def test_no_form_of_this_seat(self):
        theirs = self._filled(self._seat(self.one, self.member), one=1)
        plain = io.BytesIO()
        openpyxl.Workbook().save(plain)
        for content, words in (
            (theirs, "another seat"),
            (plain.getvalue(), "not the answer form"),
            (b"PK\x03\x04 nothing", "not the answer form"),
            (b"a;b", "not the answer form"),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                self._wizard(content).action_look()

    def test_only_for_who_sits_there(self):
        content = self._filled(one=1)
        for user in (self.member, self.facilitator, self.director_user, self.outsider):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    self.seat.with_user(user)._form_xlsx()
                with self.assertRaises(AccessError):
                    self._wizard(content, user).action_look()
                with self.assertRaises(AccessError):
                    self._wizard(content, user).action_take()
        self.assertFalse(self.seat.score_ids)

    def test_a_filled_form_is_read_by_who_brought_it(self):
        form = self._wizard(self._filled(one=9))
        form.action_look()
        files = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", form._name), ("res_field", "=", "file"), ("res_id", "=", form.id)]
        )  # fmt: skip
        self.assertTrue(files)
        for user in (self.member, self.facilitator, self.director_user, self.admin_user):
            with self.subTest(user.login):
                self.assertFalse(form.with_user(user).search([("id", "=", form.id)]))
                with self.assertRaises(AccessError):
                    form.with_user(user).read(["problems"])
                with self.assertRaises(AccessError):
                    files.with_user(user).read(["datas"])

    def test_paper_seat_by_the_facilitator(self):
        paper = self.one.rater_ids.filtered(lambda rater: not rater.user_id).with_user(self.facilitator)
        form = self._wizard(self._filled(paper, one=2, two=2, three=2, duty="non"), self.facilitator, paper)
        form.action_look()
        form.action_take()
        self.assertEqual(paper.answered_count, 4)

    def test_closed(self):
        content = self._filled(one=1)
        self._answer(self.seat, one="1", two="1", three="1", duty="yes")
        with self.assertRaisesRegex(UserError, "are finished"):
            self._wizard(content).action_take()


@tagged("post_install", "-at_install", "security")
class TestFileDoors(HttpCase, FilesCase):
    def test_files_by_address(self):
        one = self._validated()
        running = self._round([self.agent], name="Running", start=True)
        seat = self._seat(running, self.agent)
        elsewhere = self._round([self.agent], name="Elsewhere", start=False)
        self.env.flush_all()
        paths = {
            "docx": f"/jamaa/assessment/round/{one.id}.docx",
            "xlsx": f"/jamaa/assessment/round/{one.id}.xlsx",
            "seat": f"/jamaa/assessment/seat/{seat.id}.xlsx",
        }
        for user, found in (
            (self.director_user, {"docx", "xlsx"}), (self.member, {"docx", "xlsx"}), (self.outsider, set()),
            (self.facilitator_there, set()), (self.team, set()),
        ):  # fmt: skip
            self.authenticate(user.login, user.login)
            for name, path in paths.items():
                with self.subTest(user=user.login, path=name), mute_logger("odoo.http"):
                    self.assertEqual(self.url_open(path).status_code, 200 if name in found else 404)
        self.authenticate(self.agent.login, self.agent.login)
        answer = self.url_open(paths["seat"])
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.content.startswith(b"PK"))
        # a round that is not validated has no report, and looks like none
        self.assertEqual(self.url_open(f"/jamaa/assessment/round/{elsewhere.id}.docx").status_code, 404)
        self.assertEqual(self.url_open("/jamaa/assessment/round/999999999.docx").status_code, 404)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(paths["docx"]).url)
