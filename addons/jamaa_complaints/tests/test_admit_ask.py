"""The one request for missing information: who may ask, what is taken, what is noted."""

from datetime import timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .public_common import picture
from .test_admit import AdmitCase


@tagged("post_install", "-at_install")
class TestAsk(AdmitCase):
    def _until(self, days=15):
        return self.Ticket._commune_today() + timedelta(days=days)

    def _ask(self, user=None, what="The number of the lamp", reason="There are forty lamps", until=None, case=None):
        self._as(user or self.officer, case)._ask_citizen(what, reason, until or self._until())

    def test_asked_once_with_reason_and_day(self):
        due = self.case.due_date
        for what, reason, until in (
            ("", "Why", self._until()),
            ("What", " ", self._until()),
            ("What", "Why", self._until(0)),
            ("What", "Why", self._until(61)),
        ):
            with self.assertRaises(UserError):
                self._ask(what=what, reason=reason, until=until)
        self._ask()
        case = self.case
        self.assertEqual((case.ask_state, case.ask_on), ("open", self.Ticket._commune_today()))
        self.assertEqual(case.due_date, due, "the legal time runs on")
        self.assertIn("info_asked", self._codes())
        with self.assertRaises(UserError):
            self._ask()
        self._refuse_all("action_ask", self.officer)
        self.case._take_information("Lamp 7")
        with self.assertRaises(UserError):
            self._ask()
        with self.assertRaises(UserError):
            self.case.sudo().write({"ask_on": self._until()})
        mail = self.env["mail.mail"].sudo().search([("vault_id", "=", case.sudo().complainant_id.id)], limit=1)
        self.assertIn("The number of the lamp", mail.body_html)
        self.assertIn("There are forty lamps", mail.body_html)

    def test_a_question_is_no_late_answer(self):
        """The page asks, and does not say that the date has passed."""
        self._ask()
        page = self.case._case_page("fr")
        self.assertEqual(page["state"][0], "warning")
        self.assertFalse(page["passed"])

    def test_the_wizard_proposes_the_days_of_the_commune(self):
        self.here.complaint_info_days = 9
        action = self._as(self.officer).action_ask()
        wizards = self.env["jamaa.complaint.ask"].with_user(self.officer).with_context(**action["context"])
        with Form(wizards) as form:
            self.assertEqual(form.until, self._until(9))
            form.what, form.reason = "What", "Why"
        form.record.action_confirm()
        self.assertEqual(self.case.ask_until, self._until(9))
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.here.complaint_info_days = 0
            self.env.flush_all()

    def test_the_internal_time_is_held_where_it_can_be(self):
        calls = []
        kind = type(self.case)
        with (
            patch.object(kind, "_hold_internal", lambda self, reason: calls.append("hold"), create=True),
            patch.object(kind, "_release_internal", lambda self: calls.append("release"), create=True),
        ):
            self._ask()
            self.case._take_information("Lamp 7")
        self.assertEqual(calls, ["hold", "release"])

    def test_answered_at_the_counter_or_by_phone(self):
        entered = self.Ticket.with_user(self.receptionist)._lodge(
            self.here, {"kind": "report", "subject": "Hole", "facts": "A hole"}
        )
        for case in (entered, self.case):
            self._ask(case=case)
        self._refuse_all("action_inform", self.agent, self.receptionist, self.officer_there, self.portal_user)
        wizards = self.env["jamaa.complaint.inform"]
        wizards.with_user(self.receptionist).create({"case_id": entered.id, "text": "Rue 4"}).action_confirm()
        self.assertEqual((entered.ask_answer, entered.ask_answered_by), ("Rue 4", "counter"))
        with self.assertRaises(AccessError):
            wizards.with_user(self.receptionist).create({"case_id": self.case.id, "text": "x"}).action_confirm()
        with self.assertRaises(UserError):
            wizards.with_user(self.officer).create({"case_id": self.case.id, "text": " "}).action_confirm()
        wizards.with_user(self.officer).create(
            {"case_id": self.case.id, "text": "Lamp 7", "way": "phone"}
        ).action_confirm()
        self.assertEqual(self.case.ask_state, "received")
        self.assertIn("info_received", self._codes())
        self.assertFalse(self.case._take_information("Once more"))
        self.assertEqual(self.case.ask_answer, "Lamp 7")

    def test_the_desk_sees_the_photos_and_deletes_none(self):
        self._ask()
        self.case._take_information("Lamp 7", [(picture("red"), "image/jpeg")])
        case = self._as(self.officer)
        form = self.env.ref("jamaa_complaints.helpdesk_ticket_view_form_case")
        self.assertIn('name="ask_photo_ids"', case.get_view(form.id)["arch"])
        self.assertTrue(case.ask_photo_ids.raw)
        with self.assertRaises(UserError):
            case.ask_photo_ids.unlink()
        with self.assertRaises(UserError):
            case.ask_photo_ids.write({"raw": b"Another"})

    def test_nothing_is_taken_where_nothing_is_asked(self):
        self.assertFalse(self.case._take_information("Words"))
        self._ask()
        self._to_approval()
        self.assertFalse(self.case._take_information("Too late"))
        self.assertFalse(self.case.ask_answer)

    def _run(self):
        with patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=60):
            self.Ticket._cron_information_missed()
        self.env.invalidate_all()

    def test_what_is_not_given_in_time_is_noted_and_nothing_closed(self):
        self._ask()
        other = self._lodge()
        self._ask(case=other)
        today = self.Ticket._commune_today()
        self._run()
        self.assertEqual(self.case.ask_state, "open")
        kind = type(self.case)
        with patch.object(kind, "_commune_today", lambda self: today + timedelta(days=15)):
            self._run()
        self.assertEqual(self.case.ask_state, "open", "the day itself still counts")
        stage = self.case.stage_id
        # days the run did not take place are made up for
        with patch.object(kind, "_commune_today", lambda self: today + timedelta(days=20)):
            self._run()
            self._run()
        self.assertEqual(self.case.ask_state, "missed")
        self.assertEqual(self._codes().count("info_missed"), 1)
        self.assertEqual((self.case.stage_id, self.case.answer_state), (stage, "none"))
        self.assertTrue(self.case._take_information("Late, but here"))

    def test_the_run_is_flat_in_cases(self):
        def queries(number):
            cases = [self._lodge() for _i in range(number)]
            for case in cases:
                self._ask(case=case)
            self.env.flush_all()
            self.env.invalidate_all()
            late = self._until(40)
            with (
                patch.object(type(self.case), "_commune_today", lambda self: late),
                # ending a hold is a matter of its own, case by case
                patch.object(type(self.case), "_release_internal", lambda self: None, create=True),
            ):
                before = self.env.cr.sql_log_count
                self._run()
                return self.env.cr.sql_log_count - before

        queries(1)
        self.assertLessEqual(queries(6), queries(2) + 1)

    def test_erasing_takes_the_person_out_of_the_words(self):
        self._ask(what="Is it Zineb Essaidi who called?")
        self.case._take_information("Yes, Zineb Essaidi")
        self.case.sudo().complainant_id._erase()
        self.env.invalidate_all()
        self.assertNotIn("Zineb", f"{self.case.ask_what} {self.case.ask_answer}")

    def test_buttons_say_what_the_server_says(self):
        steps = "admit reject readmit ask inform".split()

        def compare():
            for user in self.officer | self.agent | self.head | self.president_user:
                case = self._as(user)
                for step in steps:
                    try:
                        case._check_step(step)
                        allowed = True
                    except AccessError:
                        allowed = False
                    self.assertEqual(case.has_access("read") and case[f"may_{step}"], allowed, (user.login, step))

        compare()
        self._ask()
        compare()
        self._propose()
        compare()
        self._as(self.president_user)._return_answer("No")
        compare()
