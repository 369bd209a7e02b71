"""Two clocks, holds, alerts before and after the date, conversion of kind."""

from ast import literal_eval
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from lxml import etree
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ComplaintCase

REASON = "The place is not clear; the citizen was asked."


class ClockCase(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint_head = cls._make_function("complaint_head")
        cls.unit_chief = cls._make_user("t_unit_chief", "jamaa_base.group_complaint_officer")
        cls.unit_deputy = cls._make_user("t_unit_deputy", "jamaa_base.group_complaint_officer")
        cls._make_holder(cls.complaint_head, cls.unit_chief)
        cls._make_holder(cls.complaint_head, cls.unit_deputy, role="stand_in")
        cls._make_holder(cls.director, cls.director_user)
        cls.case.service_id = cls.lighting
        cls.case.user_id = cls.agent
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        # The test's transaction is not the run's to commit.
        self.startPatcher(patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=60))

    def _due_in(self, days, case=None):
        case = case if case is not None else self.case
        case.write({"due_date": self.case._commune_today() + timedelta(days=days)})

    def _run(self):
        self.Ticket._cron_alerts()

    def _told(self, case=None):
        """Who has to do what about the case, by login."""
        case = case if case is not None else self.case
        activities = self.env["mail.activity"].search([("res_model", "=", "helpdesk.ticket"), ("res_id", "=", case.id)])
        return sorted(activities.user_id.mapped("login"))

    def _mails(self, case=None):
        """How many mails about a date that passed; the law they name stands in every language."""
        case = case if case is not None else self.case
        mails = self.env["mail.mail"].sudo()
        return mails.search_count([("body_html", "ilike", case.access_token), ("body_html", "ilike", "2-17-265")])

    def _codes(self, case=None):
        return (case if case is not None else self.case).milestone_ids.mapped("code")


@tagged("post_install", "-at_install")
class TestClocks(ClockCase):
    # ---- two clocks ----

    def test_each_clock_has_its_state_and_proof(self):
        case = self.case
        self.assertEqual(case.due_values["date"], str(case.due_date))
        self.assertEqual(case.internal_due_values["date"], str(case.internal_due_date))
        self.assertLess(case.internal_due_date, case.due_date)
        self.assertNotEqual(case.due_proof, case.internal_due_proof)
        self.assertIn("30", case.internal_due_proof)
        case.write({"internal_due_date": self._day(-1)})
        self.assertEqual((case.internal_state, case.clock_state), ("passed", "on_time"))

    def test_a_report_has_the_internal_clock_alone(self):
        report = self._lodge(identity={}, kind="report")
        self.assertTrue(report.is_anonymous)
        self.assertFalse(report.due_is_legal)
        self.assertEqual(report.due_regime_id.code, "complaint_internal")
        self.assertEqual(report.due_date, report.internal_due_date)

    def test_handing_in_stops_the_internal_clock(self):
        self._to_approval()
        self.assertEqual(self.case.internal_done_on, self.case._commune_today())
        self.assertEqual(self.case.internal_state, "met")
        self.case._add_milestone("returned")
        self.assertEqual(self.case.internal_state, "on_time")

    def test_late_and_very_late(self):
        for days, state, very in (
            (0, "soon", False),
            (-1, "late", False),
            (-30, "late", False),
            (-31, "very_late", True),
        ):
            with self.subTest(days=days):
                self._due_in(days)
                self.assertEqual(self.case.clock_state, state)
                view = self.env.ref("jamaa_complaints.helpdesk_ticket_view_search_case")
                self.assertEqual(self.case in self._filtered(view, "very_late"), very)
                self.assertEqual(self.case in self._filtered(view, "late"), days < 0)

    def _filtered(self, view, name):
        """Cases a filter of the search view finds."""
        arch = etree.fromstring(self.Ticket.get_view(view.id, "search")["arch"])
        domain = literal_eval(arch.xpath(f"//filter[@name='{name}']")[0].get("domain"))
        return self.Ticket.with_context(tz="Africa/Casablanca").search([("kind", "!=", False), *domain])

    def test_filter_of_the_internal_target(self):
        view = self.env.ref("jamaa_complaints.helpdesk_ticket_view_search_case")
        self.assertNotIn(self.case, self._filtered(view, "target_passed"))
        self.case.write({"internal_due_date": self._day(-2)})
        self.assertIn(self.case, self._filtered(view, "target_passed"))
        self.case._hold_internal(REASON)
        self.assertNotIn(self.case, self._filtered(view, "target_passed"))

    # ---- holds ----

    def test_a_hold_moves_the_internal_target_only(self):
        case = self.case
        legal, target = case.due_date, case.internal_due_date
        counted = next(day for kind, day, _detail in case.internal_due_values["steps"] if kind == "count")
        with freeze_time(self.env.cr.now() + timedelta(days=1)):
            case._hold_internal(REASON)
            self.assertEqual(case.internal_state, "held")
            self.assertEqual(case.clock_state, "on_time", "the legal clock goes on")
        with freeze_time(self.env.cr.now() + timedelta(days=8)):
            case._release_internal()
        self.assertFalse(case.held_since)
        self.assertEqual(case.due_date, legal)
        moved = [step for step in case.internal_due_values["steps"] if step[0] == "hold"]
        self.assertEqual(moved[0][2], 7)
        self.assertEqual(moved[0][1], str(self._plus(counted, 7)))
        self.assertGreater(case.internal_due_date, target)
        self.assertIn("7", case.internal_due_proof)
        self.assertEqual(
            [code for code in self._codes() if code.startswith("target_")], ["target_released", "target_held"]
        )

    def _plus(self, day, days):
        return fields.Date.to_date(day) + timedelta(days=days)

    def test_holds_add_up_and_are_not_counted_twice(self):
        case = self.case
        for first, last in ((1, 3), (5, 9)):
            with freeze_time(self.env.cr.now() + timedelta(days=first)):
                case._hold_internal(REASON)
                case._hold_internal("Asked again")
            with freeze_time(self.env.cr.now() + timedelta(days=last)):
                case._release_internal()
                case._release_internal()
        self.assertEqual(len(case.hold_ids), 2)
        held = [step[2] for step in case.internal_due_values["steps"] if step[0] == "hold"]
        self.assertEqual(held, [6])

    def test_a_legal_clock_stops_only_where_its_rule_says_so(self):
        case = self.case
        regime = case.due_regime_id
        self.assertFalse(regime.hold_stops)
        legal = case.due_date
        regime.hold_stops = True
        with freeze_time(self.env.cr.now() + timedelta(days=1)):
            case._hold_internal(REASON)
            self.assertEqual(case.clock_state, "held")
            self.assertEqual(case._state_words()[0], "info")
        with freeze_time(self.env.cr.now() + timedelta(days=15)):
            case._release_internal()
        self.assertGreaterEqual(case.due_date, legal + timedelta(days=10))

    def test_a_hold_is_a_fact(self):
        hold = self.case._hold_internal(REASON)
        with self.assertRaises(UserError):
            hold.write({"reason": "Other words"})
        with self.assertRaises(UserError):
            hold.unlink()
        self.case._release_internal()
        with self.assertRaises(UserError):
            hold.write({"date_to": self._day(3)})

    def test_who_holds(self):
        for user in (self.agent, self.head, self.other_agent, self.officer_there, self.portal_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user).action_hold()
        wizard = (
            self.env["jamaa.complaint.change"]
            .with_user(self.officer)
            .with_context(**self._as(self.officer).action_hold()["context"])
        )
        wizard.create({"reason": REASON}).action_confirm()
        self.assertTrue(self.case.held_since)
        self.assertTrue(self._as(self.officer).may_release)
        with self.assertRaises(AccessError):
            self._as(self.agent).action_release()
        self._as(self.officer).action_release()
        self.assertFalse(self.case.held_since)

    def test_a_confirmed_rule_keeps_whether_a_hold_stops_it(self):
        regime = self.case.due_regime_id
        self.env["jamaa.legal.confirmation"].create(
            {
                "regime_id": regime.id,
                "company_id": self.here.id,
                "holder_id": self.president_holder.id,
                "text_read": "Decree 2-17-265",
            }
        )
        regime.write({"hold_stops": False})
        with self.assertRaises(UserError):
            regime.write({"hold_stops": True})

    # ---- conversion ----

    def test_conversion_keeps_the_day_of_receipt(self):
        report = self._lodge(kind="report", legal_receipt_date=self._day(-20))
        received, before = report.legal_receipt_date, report._case_page("ar")
        self._as(self.officer, report)._change_with_reason("kind", "It asks for an answer.", kind="complaint")
        self.assertEqual(report.legal_receipt_date, received)
        self.assertEqual(report.due_regime_id.code, "complaint_answer")
        self.assertGreater(report.due_date, report.internal_due_date)
        page = report._case_page("fr")
        self.assertEqual(page["kind"], "complaint")
        self.assertIn("kind_changed", self._codes(report))
        self.assertTrue([step for step in page["steps"] if page["kind_words"] in step["text"]], "the page says so")
        self.assertTrue(self._as(self.officer, report).action_print_receipt())
        paper = self._as(self.officer, report)._receipt_paper()
        self.assertEqual(paper["due"], report._case_page("ar")["due"])
        self.assertNotEqual(paper["due"]["date"], before["due"]["date"])
        self.assertEqual(paper["received"], before["received"])
        self._as(self.officer, report)._change_with_reason("kind", "No, a remark.", kind="remark")
        self.assertEqual(report.legal_receipt_date, received)
        self.assertEqual(report.due_date, report.internal_due_date)

    def test_an_anonymous_report_is_no_complaint(self):
        report = self._lodge(identity={}, kind="report")
        with self.assertRaises(UserError):
            self._as(self.officer, report)._change_with_reason("kind", "Why not", kind="complaint")
        with self.assertRaises(AccessError):
            self._as(self.agent)._change_with_reason("kind", "Why not", kind="remark")


@tagged("post_install", "-at_install")
class TestAlerts(ClockCase):
    def test_each_step_reaches_its_function(self):
        for days, logins in (
            (16, []),
            (15, ["t_agent"]),
            (5, ["t_agent", "t_head"]),
            (0, ["t_agent", "t_head"]),
        ):
            with self.subTest(days=days):
                self.env["mail.activity"].search([("res_id", "=", self.case.id)]).unlink()
                self._due_in(days)
                self._run()
                self.assertEqual(self._told(), logins)

    def test_after_the_date_the_unit_and_the_director_then_the_president(self):
        self._due_in(5)
        self._run()
        with freeze_time(self.env.cr.now() + timedelta(days=6)):
            self._run()
            self.assertEqual(self._told(), ["t_agent", "t_director", "t_head", "t_unit_chief"])
        with freeze_time(self.env.cr.now() + timedelta(days=35)):
            self._run()
            self.assertNotIn("t_president", self._told())
        with freeze_time(self.env.cr.now() + timedelta(days=36)):
            self._run()
            self.assertIn("t_president", self._told())

    def test_twice_in_a_row_tells_nothing_twice(self):
        self._due_in(-40)
        self._run()
        told, mails, codes = self._told(), self._mails(), self._codes()
        self.assertTrue(told)
        self.assertEqual(mails, 1)
        self._run()
        self.assertEqual((self._told(), self._mails(), self._codes()), (told, mails, codes))
        self.assertEqual(self.case.alert_ids.mapped("step").count("late"), 1)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.case.alert_ids[0].copy()
            self.env.flush_all()

    def test_a_missed_night_loses_nothing(self):
        self._due_in(16)
        self._run()
        self.assertFalse(self.case.alert_ids)
        with freeze_time(self.env.cr.now() + timedelta(days=14)):
            self._run()
        self.assertEqual(set(self.case.alert_ids.mapped("step")), {"early", "near"})
        with freeze_time(self.env.cr.now() + timedelta(days=25)):
            self._run()
        self.assertIn("late", self.case.alert_ids.mapped("step"))
        self.assertEqual(self._mails(), 1)

    def test_the_citizen_is_told_once_with_the_remedies(self):
        self._due_in(0)
        self._run()
        self.assertNotIn("due_passed", self._codes())
        self.assertFalse(self.case._case_page("fr")["passed"])
        self._due_in(-1)
        self._run()
        self._run()
        self.assertEqual(self._codes().count("due_passed"), 1)
        self.assertEqual(self._mails(), 1)
        mail = self.env["mail.mail"].sudo().search([("body_html", "ilike", self.case.access_token)], limit=1)
        self.assertIn("2-17-265", mail.body_html)
        page = self.case._case_page("fr")
        self.assertTrue(page["passed"])
        self.assertTrue(self.case.milestone_ids.filtered(lambda m: m.code == "due_passed").is_public)

    def test_an_answered_or_closed_case_is_quiet(self):
        self._due_in(-40)
        self.case.write({"answered_on": self._day(-1)})
        closed = self._lodge()
        self._due_in(-40, closed)
        closed._add_milestone("closed")
        self._run()
        self.assertFalse(self.case.alert_ids | closed.alert_ids)

    def test_a_hold_silences_only_the_clock_it_stops(self):
        remark = self._lodge(kind="remark")
        for case in (self.case, remark):
            case._hold_internal(REASON)
            self._due_in(-1, case)
        self._run()
        self.assertTrue(self.case.alert_ids, "the legal clock goes on")
        self.assertFalse(remark.alert_ids)

    def test_who_is_locked_out_is_not_told(self):
        self.case.locked_user_ids = self.unit_chief | self.agent | self.director_user
        self._due_in(-1)
        self._run()
        told = self._told()
        self.assertIn("t_unit_deputy", told, "the stand-in is told in the place of the head")
        for login in ("t_unit_chief", "t_agent", "t_director"):
            self.assertNotIn(login, told)
        for user in (self.unit_chief, self.director_user):
            self.assertFalse(self._as(user, self.case.alert_ids)._filtered_access("read"))
        self.assertTrue(self._as(self.officer, self.case.alert_ids)._filtered_access("read"))

    def test_where_nobody_may_read_it_nobody_is_told(self):
        self.case.locked_user_ids = self.president_user
        self._due_in(-40)
        self._run()
        self.assertNotIn("t_president", self._told())
        step = self.case.alert_ids.filtered(lambda a: a.step == "very_late")
        self.assertTrue(step)
        self.assertFalse(step.user_ids)

    def test_another_commune_is_untouched(self):
        other = self._lodge(company=self.there, category_id=False)
        self._due_in(-1)
        self._run()
        self.assertFalse(other.alert_ids)
        self.assertFalse(self._told(other))
        rows = self.case.alert_ids
        self.assertFalse(self._as(self.officer_there, rows)._filtered_access("read"))
        self.assertFalse(self._as(self.other_agent, rows)._filtered_access("read"))
        self._due_in(-1, other)
        self._run()
        self.assertFalse({"t_unit_chief", "t_director", "t_officer"} & set(self._told(other)))

    def test_days_are_data_of_the_commune(self):
        self.here.write({"alert_early_days": 20, "alert_near_days": 10})
        self._due_in(18)
        self._run()
        self.assertEqual(self.case.alert_ids.mapped("step"), ["early"])
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.here.write({"alert_early_days": 3})
            self.env.flush_all()

    def test_alerts_end_with_the_answer(self):
        self._due_in(3)
        self._run()
        self.assertTrue(self._told())
        self.case._add_milestone("sent")
        self.assertFalse(self._told())

    def test_alerts_are_facts(self):
        self._due_in(3)
        self._run()
        with self.assertRaises(UserError):
            self.case.alert_ids[0].write({"step": "late"})
        with self.assertRaises(UserError):
            self.case.alert_ids[0].unlink()
        with self.assertRaises(AccessError):
            self.case.alert_ids[0].with_user(self.officer).create(
                {"case_id": self.case.id, "step": "late", "due_date": self.today, "date": self.today}
            )

    def _queries(self, count):
        """Queries of a run that alerts about `count` cases, and of the run after it."""
        for _rank in range(count):
            case = self._lodge(identity={}, kind="report")
            case.write({"service_id": self.lighting.id, "user_id": self.agent.id})
            self._due_in(4, case)
        figures = []
        for _night in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._run()
            self.env.flush_all()
            figures.append(self.env.cr.sql_log_count - before)
        return figures

    def test_queries_are_flat_in_open_cases(self):
        self._queries(2)
        few, quiet_few = self._queries(5)
        many, quiet_many = self._queries(50)
        self.assertEqual(quiet_few, quiet_many)
        self.assertLessEqual(quiet_many, 3)
        self.assertLessEqual(many, few + 2, "flat in cases that are told of")
