"""Reader's tests: none is claimed that was not held, and a held one stays."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import ReceptionCase


@tagged("post_install", "-at_install")
class TestReaderTest(ReceptionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sheet = cls._published().sheet_id
        cls.test = cls._prepare()

    @classmethod
    def _prepare(cls):
        return cls.env["jamaa.procedure.reader.test"].with_user(cls.editor).create(
            {"sheet_id": cls.sheet.id, "lang": "fr_MA"}
        )  # fmt: skip

    def _hold(self, test=None):
        test = test or self.test
        elderly = self.env["jamaa.access.category"].search([("code", "=", "elderly")])
        test.write(
            {
                "date": self._day(-1),
                "group_ids": [(0, 0, {"readers": 3}), (0, 0, {"readers": 2, "category_id": elderly.id})],
            }
        )
        test.task_ids[0].write({"asked": 5, "understood": 4})
        test.task_ids[1].write({"asked": 5, "understood": 2})
        test.action_held()

    def test_script_is_made_of_the_sheet(self):
        expected = self.test.task_ids.mapped("expected")
        self.assertIn("Un papier d'essai.", expected)
        self.assertIn("Allez au bureau.", expected)
        self.assertIn("Carte nationale", expected, "the paper of each case; the other is asked for apart")
        self.assertFalse(any(not one for one in expected))
        self.assertFalse(any(self.test.task_ids.mapped("asked")))

    def test_shown_only_when_held(self):
        self.assertFalse(self.sheet.reader_test_text)
        self.test.date = self._day(-1)
        self.assertFalse(self.sheet.reader_test_text)
        self._hold()
        self.assertEqual((self.test.reader_count, self.test.right_count, self.test.asked_count), (5, 6, 10))
        self.assertIn("6 of 10", self.sheet.reader_test_text)
        self.assertIn("5 people", self.sheet.reader_test_text)
        self.assertEqual(self.sheet._new_version().reader_test_text, False, "another text was not tested")

    def test_not_held_without_a_result(self):
        for words, change in (
            ("on which day", lambda test: None),
            ("how many people", lambda test: test.write({"date": self._day(-1)})),
            ("how many were asked", lambda test: test.write({"group_ids": [(0, 0, {"readers": 2})]})),
            ("more people than", lambda test: test.task_ids[0].write({"asked": 3})),
        ):
            change(self.test)
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                self.test.action_held()
        self.assertEqual(self.test.state, "prepared")
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.test.date = self._day(1)

    def test_held_stays(self):
        self._hold()
        for what in (
            lambda: self.test.write({"not_understood": "x"}),
            lambda: self.test.task_ids[0].write({"understood": 5}),
            self.test.group_ids[0].unlink,
            lambda: self.env["jamaa.procedure.reader.task"].create({"test_id": self.test.id, "name": "x"}),
            self.test.unlink,
        ):
            with self.assertRaisesRegex(UserError, "was held"), self.cr.savepoint():
                what()

    def test_state_is_set_by_the_button(self):
        with self.assertRaisesRegex(UserError, "by its button"):
            self.test.write({"state": "held"})
        made = self.env["jamaa.procedure.reader.test"].with_user(self.editor).create(
            {"sheet_id": self.sheet.id, "state": "held"}
        )  # fmt: skip
        self.assertEqual(made.state, "prepared")

    def test_paper(self):
        report = self.env.ref("jamaa_reception.action_report_reader_test")
        content, kind = report._render_qweb_pdf(report.report_name, self.test.ids)
        self.assertEqual(kind, "pdf")
        self.assertTrue(content.startswith(b"%PDF"))

    def test_doors(self):
        for user in (self.agent, self.stranger):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.test.with_user(user).read(["date"])
        with self.assertRaises(AccessError):
            self.test.task_ids.with_user(self.stranger).read(["name"])
        self.assertTrue(self.test.with_user(self.director_user).read(["date"]))
        with self.assertRaises(AccessError):
            self.test.with_user(self.director_user).action_held()
