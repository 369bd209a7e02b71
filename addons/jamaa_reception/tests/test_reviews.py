"""Sheets are read again in time, whoever answers for them is asked once, and gaps show."""

from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ReceptionCase


@tagged("post_install", "-at_install")
class TestReviews(ReceptionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure = cls._published()
        cls.Activity = cls.env["mail.activity"]

    def _late(self, procedure=None):
        (procedure or self.procedure).sheet_id.sudo().review_due = self._day(-1)

    def _asked(self, procedure=None):
        return self.Activity.search(
            [("res_model", "=", "jamaa.procedure"), ("res_id", "in", (procedure or self.procedure).ids)]
        )

    def _run(self):
        with self.enter_registry_test_mode():
            self.env.ref("jamaa_reception.cron_ask_reviews").method_direct_trigger()
        self.env.invalidate_all()

    def test_asked_once(self):
        self._run()
        self.assertFalse(self._asked(), "not late yet")
        self._late()
        self._run()
        self.assertEqual(len(self._asked()), 1)
        self.assertIn(self._asked().user_id, self.editor | self.second_editor)
        self._run()
        self.assertEqual(len(self._asked()), 1)
        self._asked().unlink()
        self._run()
        self.assertFalse(self._asked(), "set aside, it does not come back for the same date")

    def test_asked_again_for_the_next_date(self):
        self._late()
        self._run()
        self.procedure.sheet_id.with_user(self.editor).action_still_true()
        self.assertFalse(self._asked(), "read again, it is settled")
        self.procedure.sheet_id.sudo().review_due = self._day(-2)
        self._run()
        self.assertEqual(len(self._asked()), 1)

    def test_who_is_asked(self):
        function = self._make_function("reception_head")
        self._make_holder(function, self.agent)
        self.procedure.function_id = function
        self._late()
        self._run()
        self.assertEqual(self._asked().user_id, self.agent, "the holder of the answerable function")
        other = self._published(self.there, code="civil-there")
        self.assertEqual(other._review_users()[other], self.stranger, "else an editor of that commune")
        self.stranger.group_ids = [(3, self.env.ref("jamaa_base.group_catalogue_editor").id)]
        self.assertEqual(other._review_users(), {}, "nobody there")
        director = self._make_user("t_director_there", "jamaa_base.group_director", company=self.there)
        self.assertEqual(other._review_users()[other], director)

    def test_shared_and_archived_are_left_alone(self):
        self.procedure.active = False
        self._late()
        self._run()
        self.assertFalse(self._asked())

    def test_queries_are_flat(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            late = self.env["jamaa.procedure"]._review_to_ask(self.today)
            before = self.env.cr.sql_log_count
            late._review_users()
            self.env["jamaa.procedure"]._review_to_ask(self.today)
            return self.env.cr.sql_log_count - before

        self._late()
        few = count()
        for number in range(8):
            self._late(self._published(code=f"civil-late-{number}"))
        self.assertLessEqual(count(), few)

    def test_each_review_is_a_fact(self):
        sheet = self.procedure.sheet_id
        self.assertEqual(len(sheet.review_ids), 1, "its publication")
        sheet.with_user(self.editor).action_still_true()
        self.assertEqual(sheet.review_ids.mapped("due"), [self.today + relativedelta(months=12)] * 2)
        with self.assertRaises(UserError):
            sheet.review_ids[:1].sudo().write({"due": self._day(9)})
        with self.assertRaises(UserError):
            sheet.review_ids[:1].sudo().unlink()
        with self.assertRaises(AccessError):
            sheet.review_ids.with_user(self.stranger).read(["due"])


@tagged("post_install", "-at_install")
class TestAccessGaps(ReceptionCase):
    def test_gaps(self):
        procedure = self._published()
        Gap = self.env["jamaa.procedure.access.gap"]
        mine = Gap.search([("procedure_id", "=", procedure.id)])
        categories = self.env["jamaa.access.category"].search([])
        self.assertEqual(mine.category_id, categories)
        self.assertEqual(mine.filtered("filled").category_id.code, "elderly")
        self.assertEqual(sum(mine.mapped("gap")), len(categories) - 1)
        draft = procedure.sheet_id._new_version()
        self.assertEqual(Gap.search([("procedure_id", "=", procedure.id)]).sheet_id, procedure.sheet_id)
        action = mine.filtered("gap")[:1].with_user(self.editor).action_fill()
        self.assertEqual(action["res_id"], draft.id)
        procedure.active = False
        self.assertFalse(Gap.search([("procedure_id", "=", procedure.id)]))

    def test_the_draft_counts_where_nothing_is_published(self):
        procedure = self._procedure()
        gaps = self.env["jamaa.procedure.access.gap"].search([("procedure_id", "=", procedure.id)])
        self.assertEqual(gaps.sheet_id, procedure.draft_sheet_id)

    def test_doors(self):
        procedure = self._published()
        Gap = self.env["jamaa.procedure.access.gap"]
        domain = [("procedure_id", "=", procedure.id)]
        self.assertTrue(Gap.with_user(self.editor).search(domain))
        self.assertFalse(Gap.with_user(self.stranger).search(domain))
        with self.assertRaises(AccessError):
            Gap.with_user(self.agent).search(domain)
