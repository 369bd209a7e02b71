from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import ReceptionCase


@tagged("post_install", "-at_install")
class TestProcedure(ReceptionCase):
    """Sheets: written by one, read by another, then frozen."""

    def _handed_in(self):
        procedure = self._procedure()
        sheet = procedure.draft_sheet_id
        sheet.sudo().written_by_id = self.editor
        sheet.with_user(self.editor).action_submit()
        return sheet

    def test_second_person(self):
        sheet = self._handed_in()
        with self.assertRaisesRegex(AccessError, "somebody else reads it"):
            sheet.with_user(self.editor).action_publish()
        sheet.with_user(self.second_editor).action_publish()
        self.assertEqual(sheet.state, "published")
        self.assertEqual(sheet.procedure_id.sheet_id, sheet)
        self.assertEqual(sheet.reviewed_by_id, self.second_editor)
        self.assertFalse(sheet.reviewed_alone)
        self.assertGreater(sheet.review_due, fields.Date.today())

    def test_small_commune_alone(self):
        self.here.profile = "small"
        sheet = self._handed_in()
        sheet.with_user(self.editor).action_publish()
        self.assertTrue(sheet.reviewed_alone)

    def test_not_complete(self):
        procedure = self._procedure()
        sheet = procedure.draft_sheet_id
        sheet.step_ids.unlink()
        with self.assertRaisesRegex(UserError, "at least one step"):
            sheet.action_submit()

    def test_complete_when_published_too(self):
        """What was taken out after it was handed in is missed all the same."""
        sheet = self._handed_in()
        for name, words in (("step_ids", "at least one step"), ("channel_ids", "in which ways")):
            kept = sheet[name]
            with self.assertRaisesRegex(UserError, words), self.cr.savepoint():
                sheet[name] = [fields.Command.clear()]
                sheet.with_user(self.second_editor).action_publish()
            self.assertEqual(sheet[name], kept)
        with self.assertRaisesRegex(UserError, "plain words"):
            sheet.summary = False
            sheet._write_texts({"summary": {"ar": "", "fr": ""}})
            sheet.with_user(self.second_editor).action_publish()

    def test_each_step_starts_from_its_state(self):
        """A button pressed on a page that is no longer true does nothing."""
        sheet = self._procedure().draft_sheet_id
        steps = ("submit", "back", "publish", "withdraw", "still_true")

        def refused(*names):
            for name in names:
                with self.subTest(state=sheet.state, step=name):
                    with self.assertRaisesRegex(UserError, "has moved on"), self.cr.savepoint():
                        getattr(sheet, f"action_{name}")()

        refused(*steps[1:])
        sheet.action_submit()
        refused("submit", "withdraw", "still_true")
        sheet.action_publish()
        refused(*steps[:3])
        sheet.action_withdraw()
        refused(*steps)

    def test_each_step_is_for_who_writes_sheets(self):
        draft, review = self._procedure().draft_sheet_id, self._procedure(code="civil-review").draft_sheet_id
        review.action_submit()
        published = self._published(code="civil-published").sheet_id
        for sheet, name in (
            (draft, "submit"),
            (review, "back"),
            (review, "publish"),
            (published, "withdraw"),
            (published, "still_true"),
            (published, "values_checked"),
        ):
            with self.subTest(step=name), self.assertRaises(AccessError), self.cr.savepoint():
                getattr(sheet.with_user(self.agent), f"action_{name}")()
        self.assertEqual((draft.state, review.state, published.state), ("draft", "review", "published"))
        self.assertFalse(published.values_checked_on)

    def test_agent_cannot_publish_or_write(self):
        sheet = self._handed_in()
        with self.assertRaises(AccessError):
            sheet.with_user(self.agent).action_publish()
        with self.assertRaises(AccessError):
            sheet.piece_ids[:1].with_user(self.agent).write({"count": 2})

    def test_frozen_once_published(self):
        sheet = self._published().sheet_id
        for what in (
            lambda: sheet.write({"summary": "other"}),
            lambda: sheet.piece_ids[:1].write({"count": 3}),
            sheet.piece_ids[:1].unlink,
            lambda: sheet.question_ids[:1].answer_ids[:1].write({"name": "other"}),
            lambda: self.env["jamaa.procedure.step"].create({"sheet_id": sheet.id, "name": "more"}),
            lambda: sheet.update_field_translations("summary", {"fr_MA": "autre"}),
            lambda: sheet.piece_ids[:1].update_field_translations("name", {"fr_MA": "autre"}),
            sheet.unlink,
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                what()
        # mail and the date of the next review go on
        sheet.message_post(body="a word")
        sheet.with_user(self.editor).review_due = "2030-01-01"

    def test_no_line_moves_out_of_a_published_sheet_or_into_one(self):
        published, draft = self._published().sheet_id, self._procedure(code="civil-other").draft_sheet_id
        for line, sheet in ((published.step_ids[0], draft), (draft.step_ids[0], published)):
            before = line.sheet_id
            with self.assertRaisesRegex(UserError, "was published"), self.cr.savepoint():
                line.sheet_id = sheet
            line.invalidate_recordset()
            self.assertEqual(line.sheet_id, before)

    def test_what_lines_and_procedures_point_at(self):
        first, second = self._procedure(), self._procedure(code="civil-other")
        with self.assertRaisesRegex(ValidationError, "same sheet"), self.cr.savepoint():
            first.draft_sheet_id.fee_ids[0].legal_id = second.draft_sheet_id.legal_ids[0]
        with self.assertRaisesRegex(ValidationError, "itself"), self.cr.savepoint():
            first.related_ids = first | second

    def test_only_models_are_adopted(self):
        """The procedure of a neighbour is his, even for somebody who works in both communes."""
        theirs = self._published(self.there, code="civil-theirs")
        self.editor.company_ids |= self.there
        both = theirs.with_user(self.editor).with_context(allowed_company_ids=(self.here | self.there).ids)
        with self.assertRaisesRegex(UserError, "already has"):
            both.action_adopt()

    def test_state_is_set_by_buttons(self):
        sheet = self._procedure().draft_sheet_id
        with self.assertRaises(UserError):
            sheet.with_user(self.editor).write({"state": "published"})
        sheet.unlink()
        procedure = self._procedure(code="civil-made")
        procedure.draft_sheet_id.unlink()
        made = procedure.sheet_ids.create({"procedure_id": procedure.id, "state": "published"})
        self.assertEqual(made.state, "draft")

    def test_new_version_copies_conditions(self):
        procedure = self._published()
        old = procedure.sheet_id
        new = procedure.with_user(self.editor).sheet_id._new_version()
        self.assertEqual(new.version, old.version + 1)
        self.assertEqual(new.state, "draft")
        self.assertEqual(procedure.state, "revised")
        self.assertEqual(len(new.piece_ids), len(old.piece_ids))
        self.assertEqual(new.piece_ids.condition_ids.question_id.sheet_id, new)
        self.assertEqual(new.question_ids[1].condition_ids.question_id, new.question_ids[0])
        self.assertEqual(new.fee_ids.legal_id, new.legal_ids)
        self.assertEqual(new._in_language("summary", "fr_MA")[0], "Un papier d'essai.")
        new.with_user(self.editor).action_submit()
        new.with_user(self.second_editor).action_publish()
        self.assertEqual(old.state, "superseded")
        self.assertEqual(procedure.sheet_id, new)

    def test_one_draft(self):
        procedure = self._published()
        first = procedure.action_open_draft()["res_id"]
        self.assertEqual(procedure.action_open_draft()["res_id"], first)

    def test_needed_pieces(self):
        sheet = self._published().sheet_id
        who, paper = sheet.question_ids
        own, proxy = who.answer_ids
        first_paper = paper.answer_ids[0]

        def needed(given, verdict="yes"):
            return sheet._needed(sheet.piece_ids, sheet._walk(given))[verdict]

        self.assertEqual(sheet._walk({}).following, who.id)
        self.assertEqual(needed({}), sheet.piece_ids[0])
        self.assertEqual(needed({}, "maybe"), sheet.piece_ids[1])
        self.assertEqual(needed({who.id: own.id, paper.id: first_paper.id}), sheet.piece_ids[0])
        self.assertFalse(needed({who.id: own.id}, "maybe"))
        self.assertEqual(sheet._walk({who.id: proxy.id}).following, paper.id)
        self.assertEqual(needed({who.id: proxy.id, paper.id: first_paper.id}), sheet.piece_ids)
        # an answer of another question counts as none
        self.assertEqual(sheet._walk({who.id: first_paper.id}).following, who.id)

    def test_condition_stays_in_its_sheet(self):
        first, second = self._procedure(), self._procedure(code="civil-second")
        foreign = second.draft_sheet_id.question_ids[0].answer_ids[0]
        with self.assertRaisesRegex(ValidationError, "same sheet"):
            first.draft_sheet_id.piece_ids[0].condition_ids = foreign

    def test_question_hangs_on_earlier_ones(self):
        sheet = self._procedure().draft_sheet_id
        first, second = sheet.question_ids
        with self.assertRaisesRegex(ValidationError, "comes after it"):
            first.condition_ids = second.answer_ids[:1]

    def test_other_commune(self):
        procedure = self._published()
        stranger = procedure.with_user(self.stranger)
        self.assertFalse(stranger.search([("id", "=", procedure.id)]))
        with self.assertRaises(AccessError):
            stranger.read(["name"])
        with self.assertRaises(AccessError):
            procedure.sheet_id.piece_ids.with_user(self.stranger).read(["name"])

    def test_shared_catalogue_is_read_only(self):
        shared = self._procedure(self.env["res.company"], code="shared-test")
        mine = shared.with_user(self.editor)
        self.assertEqual(mine.code, "shared-test")
        with self.assertRaises(AccessError):
            mine.write({"name": "other"})
        with self.assertRaises(AccessError):
            mine.draft_sheet_id.piece_ids[:1].write({"count": 2})
        with self.assertRaises(AccessError):
            self.env["jamaa.procedure"].with_user(self.editor).create(
                {"name": "Shared", "code": "shared-new", "company_id": False}
            )

    def test_search_state(self):
        draft, published = self._procedure(code="civil-a"), self._published(code="civil-b")
        both = draft | published
        for state, expected in (("draft", draft), ("published", published), ("none", self.env["jamaa.procedure"])):
            found = both.search([("id", "in", both.ids), ("state", "=", state)])
            self.assertEqual(found, expected, state)
        published.sheet_id._new_version()
        self.assertEqual(both.search([("id", "in", both.ids), ("state", "=", "revised")]), published)

    def test_language_falls_back_and_says_so(self):
        procedure = self._procedure()
        sheet = procedure.draft_sheet_id
        self.assertEqual(sheet._in_language("summary", "fr_MA"), ("Un papier d'essai.", "fr_MA"))
        self.assertEqual(sheet._in_language("summary", "zgh"), ("وثيقة للتجربة.", "ar_MA"))
        self.assertEqual(sheet._in_language("appeal", "fr_MA"), ("", "fr_MA"))
