"""What comes back becomes one draft action; when it is done, everybody who complained is told, once."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.jamaa_complaints.tests.common import ComplaintCase


@tagged("post_install", "-at_install")
class TestRecurrenceAction(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cause = cls.env["jamaa.complaint.cause"].search([], limit=1)
        cls.cases = cls.case | cls._lodge() | cls._lodge()
        cls.cases.sudo().write({"cause_id": cls.cause.id})
        cls.env.flush_all()
        cls.recurrences = cls.env["jamaa.complaint.recurrence"]

    def _row(self, user=None):
        rows = self.recurrences.with_user(user or self.director_user).with_context(allowed_company_ids=self.here.ids)
        return rows.search([("cause_id", "=", self.cause.id), ("company_id", "=", self.here.id)])

    def _made(self):
        action = self._row().action_make_action()
        return self.env["project.task"].browse(action["res_id"])

    def _done(self, task):
        task.sudo().write({"proof_note": "Seen on site", "state": "1_done"})

    def test_one_click_one_draft_action(self):
        task = self._made()
        self.assertEqual(task.project_id.plan_state, "draft")
        self.assertEqual(task.company_id, self.here)
        self.assertEqual(task.sudo().recurrence_case_ids, self.cases)
        self.assertEqual(task.recurrence_cases, 3)
        self.assertEqual(self._made(), task, "a second click opens it")

    def test_who_makes_no_plans_makes_no_action(self):
        with self.assertRaises(AccessError):
            self._row(self.officer).action_make_action()

    def test_who_reads_the_action_reads_no_case_by_it(self):
        task = self._made()
        with self.assertRaises(AccessError):
            task.with_user(self.director_user).read(["recurrence_case_ids"])

    def test_everybody_who_complained_is_told_once(self):
        task = self._made()
        task.citizen_words = "The cable was replaced"
        later = self._lodge()
        later.sudo().cause_id = self.cause
        self.env.flush_all()
        mails = self.env["mail.mail"].sudo()
        before = mails.search_count([])
        self._done(task)
        everybody = self.cases | later
        for case in everybody:
            facts = case.sudo().milestone_ids.filtered(lambda fact: fact.code == "cause_mended")
            self.assertEqual(len(facts), 1)
            self.assertTrue(facts.is_public)
            words = [step["text"] for step in case._case_page("fr")["steps"]]
            self.assertTrue(any("cause" in text for text in words), words)
        sent = mails.search([], order="id desc", limit=mails.search_count([]) - before)
        self.assertEqual(len(sent), 4)
        self.assertIn("The cable was replaced", sent[0].body_html)
        task.sudo().state = "01_in_progress"
        self._done(task)
        self.assertEqual(mails.search_count([]), before + 4, "told once")

    def test_nobody_is_told_before_it_is_done(self):
        task = self._made()
        task.sudo().state = "1_canceled"
        self.assertFalse(self.cases.sudo().milestone_ids.filtered(lambda fact: fact.code == "cause_mended"))
