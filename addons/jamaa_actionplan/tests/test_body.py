"""Bodies founded by an act, meetings with a quorum, minutes that rest and are followed up."""

import io
from datetime import timedelta
from unittest.mock import patch

from docx import Document

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .decision_common import DecisionCase


@tagged("post_install", "-at_install")
class TestBody(DecisionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.heads = [cls._make_function("service_head", name=f"Service {number}") for number in range(3)]
        cls._make_holder(cls.director, cls.director_user)
        cls.body = cls._make_body()
        cls.startClassPatcher(patch.object(cls.env.registry["ir.cron"], "_commit_progress", return_value=60))

    @classmethod
    def _make_body(cls, **vals):
        values = {
            "name": "Follow-up committee",
            "company_id": cls.here.id,
            "theme_id": cls.theme.id,
            "mandate_from": cls._day(-30),
            "mandate_to": cls._day(300),
            "plan_ids": [(6, 0, cls.plan.ids)],
            "member_ids": [
                (0, 0, {"function_id": cls.director.id, "role": "chair", "date_from": cls._day(-30)}),
                *(
                    (0, 0, {"function_id": head.id, "alternate_id": cls.vice_president.id, "date_from": cls._day(-30)})
                    for head in cls.heads
                ),
            ],
        }
        return cls.env["jamaa.body"].create({**values, **vals})

    def _found(self, body=None):
        body = body or self.body
        body.write({"act_number": "3/2026", "act_date": self._day(-30)})
        body.action_found()

    def _make_meeting(self, offset=0, **vals):
        values = {
            "body_id": self.body.id,
            "date_start": fields.Datetime.now() + timedelta(days=offset, minutes=-5 if offset <= 0 else 5),
            "agenda_ids": [(0, 0, {"name": "Progress of the plan", "notes": "الحصيلة 2026"})],
        }
        return self.env["jamaa.body.meeting"].with_user(self.planner).create({**values, **vals})

    def _hold(self, there=4, **vals):
        """Hold a meeting at which so many of four members were present."""
        if self.body.state == "draft":
            self._found()
        meeting = self._make_meeting(**vals)
        meeting.action_hold()
        for rank, row in enumerate(meeting.attendance_ids):
            row.state = "present" if rank < there else "excused"
        return meeting

    def _add_outcome(self, meeting, kind, **vals):
        values = {"meeting_id": meeting.id, "kind": kind, "name": f"Outcome: {kind}"}
        return self.env["jamaa.body.outcome"].with_user(self.planner).create({**values, **vals})

    # ---------- founding ----------

    def test_a_body_is_founded_by_an_act(self):
        body = self.body.with_user(self.planner)
        with self.assertRaises(UserError):
            body.action_found()
        with self.assertRaises(UserError):
            body.state = "active"
        action = body.action_prepare_act()
        act = self.env["jamaa.act"].browse(action["res_id"])
        self.assertEqual(act.kind_id.code, "order")
        self.assertTrue(act.document)
        with self.assertRaises(UserError):
            body.action_found()
        act.sudo().write({"state": "signed", "number": "9", "signed_on": self.today})
        body.action_found()
        self.assertEqual((body.state, body.act_number, body.act_date), ("active", "9", self.today))

    def test_the_act_says_members_tasks_powers_and_mandate(self):
        for lang in ("ar_MA", "fr_MA"):
            html, _kind = (
                self.env["ir.actions.report"]
                .with_context(lang=lang)
                ._render_qweb_html("jamaa_actionplan.body_act_report", self.body.ids)
            )
            text = html.decode()
            for words in (self.heads[0].name, self.body._lines("tasks")[0], self.body._lines("powers")[0]):
                self.assertIn(words, text)

    def test_what_a_body_lacks_is_said_before(self):
        for vals in ({"mandate_to": False}, {"tasks": " "}, {"powers": False}, {"member_ids": [(5,)]}):
            body = self._make_body(act_number="1", act_date=self.today)
            body.write(vals)
            with self.subTest(vals=vals), self.assertRaises(UserError):
                body.action_found()

    def test_one_chair_and_each_function_once(self):
        for vals in ({"function_id": self.heads[0].id}, {"function_id": self.president.id, "role": "chair"}):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                self.body.member_ids = [(0, 0, {"date_from": self._day(0), **vals})]

    def test_a_mandate_ends_with_notice(self):
        self._found()
        self.body.mandate_to = self._day(10)
        self.env["jamaa.body"]._cron_mandates()
        self.assertEqual(self.body.noticed_on, self.today)
        told = self.env["mail.activity"].search([("res_model", "=", "jamaa.body"), ("res_id", "=", self.body.id)])
        self.assertEqual(told.user_id, self.director_user)
        self.env["jamaa.body"]._cron_mandates()
        self.assertEqual(told.search_count([("res_model", "=", "jamaa.body"), ("res_id", "=", self.body.id)]), 1)
        self.body.mandate_to = self._day(-1)
        self.env["jamaa.body"]._cron_mandates()
        self.assertEqual(self.body.state, "ended")
        with self.assertRaises(ValidationError):
            self._make_meeting()

    # ---------- meetings ----------

    def test_members_are_convoked_by_function(self):
        meeting = self._make_meeting(5)
        with self.assertRaises(UserError):
            meeting.action_convoke()
        self._found()
        meeting.action_convoke()
        self.assertEqual(meeting.state, "convoked")
        sending = meeting.sudo().convocation_id
        self.assertEqual(sending.recipient_ids.function_id, self.body.member_ids.function_id)
        self.assertEqual(sending.state, "sent")
        self.assertTrue(sending.version_id.file_ar and sending.version_id.file_fr)
        with self.assertRaises(UserError):
            meeting.action_hold()

    def test_the_quorum(self):
        meeting = self._hold(there=2)
        self.assertEqual((meeting.quorum_needed, meeting.there_count, meeting.has_quorum), (3, 2, False))
        meeting.attendance_ids[3].state = "represented"
        self.assertTrue(meeting.has_quorum)
        self.body.represented_counts = False
        self.assertFalse(meeting.has_quorum)

    def test_without_quorum_a_meeting_informs(self):
        meeting = self._hold(there=2)
        outcome = self._add_outcome(meeting, "decision", level="president")
        with self.assertRaises(UserError):
            meeting.action_approve()
        outcome.kind = "information"
        meeting.action_approve()
        self.assertEqual(meeting.state, "approved")

    def test_outcomes_become_actions_and_questions(self):
        meeting = self._hold()
        todo = self._add_outcome(meeting, "action", plan_id=self.plan.id)
        asked = self._add_outcome(meeting, "decision", plan_id=self.plan.id)
        with self.assertRaises(UserError):
            meeting.action_approve()
        todo.write({"function_id": self.heads[0].id, "due_on": self._day(20)})
        asked.level = "bureau"
        meeting.action_approve()
        action, decision = todo.action_ids, asked.sudo().decision_ids
        self.assertEqual((action.name, action.project_id, action.meeting_id), (todo.name, self.plan, meeting))
        self.assertEqual((decision.level, decision.state, decision.meeting_id), ("bureau", "waiting", meeting))
        self.assertTrue(todo.followed and asked.followed)
        self.assertEqual(action.action_open_meeting()["res_id"], meeting.id)
        self.assertEqual(decision.action_open_meeting()["res_id"], meeting.id)

    def test_attendance_is_whole_before_approval(self):
        meeting = self._hold()
        meeting.attendance_ids[0].state = False
        with self.assertRaises(UserError):
            meeting.action_approve()

    def test_approved_minutes_rest(self):
        meeting = self._hold()
        outcome = self._add_outcome(meeting, "information")
        meeting.action_approve()
        for row, vals in (
            (meeting, {"place": "Elsewhere"}),
            (meeting.agenda_ids, {"notes": "Said otherwise"}),
            (meeting.attendance_ids[0], {"state": "absent"}),
            (outcome, {"name": "Other"}),
        ):
            with self.subTest(model=row._name):
                with self.assertRaises(UserError):
                    row.write(vals)
                with self.assertRaises(UserError):
                    row.sudo().write(vals)
        with self.assertRaises(UserError):
            self._add_outcome(meeting, "information")
        with self.assertRaises(UserError):
            outcome.unlink()

    def test_minutes_are_spread_in_time(self):
        self._found()
        meeting = self._hold(date_start=fields.Datetime.now() - timedelta(days=20))
        self.assertTrue(meeting.minutes_late)
        self.assertIn(meeting, self.env["jamaa.body.meeting"].search([("minutes_late", "=", True)]))
        with self.assertRaises(UserError):
            meeting.action_send_minutes()
        meeting.action_approve()
        meeting.sudo().write({"state": "approved"})
        meeting.action_send_minutes()
        self.assertFalse(meeting.minutes_late)
        self.assertEqual(len(meeting.sudo().minutes_sending_id.recipient_ids), 4)

    def test_minutes_as_text(self):
        meeting = self._hold()
        self._add_outcome(meeting, "information", name="فتح شباك 3")
        for lang, turned in (("ar_MA", True), ("fr_MA", False)):
            book = Document(io.BytesIO(meeting._minutes_docx(lang)))
            words = "\n".join([one.text for one in book.paragraphs]) + "\n".join(
                cell.text for table in book.tables for row in table.rows for cell in row.cells
            )
            self.assertIn("فتح شباك 3", words)
            self.assertIn("الحصيلة 2026", words)
            self.assertEqual("w:bidi" in book.element.xml, turned)
        for _time in range(2):
            action = meeting.with_user(self.onlooker).action_minutes_docx_fr()
            self.assertIn("/web/content/", action["url"])
        files = self.env["ir.attachment"].search([("name", "=", f"minutes-{meeting.id}-fr.docx")])
        self.assertEqual(len(files), 1)
        self.assertEqual(files.create_uid, self.onlooker)

    def test_the_status_is_not_written(self):
        meeting = self._hold()
        for vals in ({"state": "sent"}, {"approved_on": self.today}):
            with self.assertRaises(UserError):
                meeting.write(vals)

    # ---------- who reads ----------

    def test_communes_stay_apart(self):
        meeting = self._hold()
        outcome = self._add_outcome(meeting, "information")
        rows = (self.body, self.body.member_ids[0], meeting, meeting.agenda_ids, meeting.attendance_ids[0], outcome)
        for user in (self.planner_there, self.team, self.portal):
            for row in rows:
                with self.subTest(user=user.login, model=row._name):
                    try:
                        found = self.env[row._name].with_user(user).search_count([("id", "=", row.id)])
                    except AccessError:
                        found = 0
                    self.assertFalse(found)
        with self.assertRaises(UserError):
            self._make_body(company_id=self.there.id)

    def test_council_members_read_approved_minutes_and_change_nothing(self):
        meeting = self._hold()
        mine = self.env["jamaa.body.meeting"].with_user(self.member)
        self.assertFalse(mine.search([("id", "=", meeting.id)]))
        meeting.action_approve()
        self.assertTrue(mine.search([("id", "=", meeting.id)]))
        for call in ("action_send_minutes", "action_cancel"):
            with self.assertRaises(AccessError):
                getattr(mine.browse(meeting.id), call)()
        with self.assertRaises(AccessError):
            self.body.with_user(self.member).action_end()
