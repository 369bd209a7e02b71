"""Rules of work orders, operators and routing that are seen only where somebody tries to pass by them."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_orders import OrderCase


@tagged("post_install", "-at_install")
class TestOrderGuards(OrderCase):
    def _refused_by_the_database(self, call):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            call()
            self.env.flush_all()

    # ---- steps

    def test_an_agent_of_the_service_in_charge_neither_cancels_nor_checks(self):
        order = self._order()
        with self.assertRaises(AccessError):
            self._as(self.agent, order).action_cancel()
        self._reply(self.other_agent, order, "done")
        for name in ("action_check", "action_return"):
            with self.assertRaises(AccessError):
                getattr(self._as(self.agent, order), name)()

    def test_a_member_without_the_role_carries_nothing_out(self):
        order = self._order()
        self.roads.user_ids |= self.president_user
        self.assertTrue(self._as(self.president_user, order).read(["name"]))
        with self.assertRaises(AccessError):
            self._as(self.president_user, order).action_acknowledge()

    def test_what_was_checked_is_neither_checked_again_nor_sent_back(self):
        order = self._order()
        self._reply(self.other_agent, order, "done")
        self._as(self.officer, order).action_check()
        for name in ("action_check", "action_return"):
            with self.assertRaises(AccessError):
                getattr(self._as(self.officer, order), name)()
        with self.assertRaises(AccessError):
            self._reply(self.officer, order, "returned", words="Look again")

    def test_note_is_taken_once_and_nothing_is_reported_on_what_ended(self):
        order = self._order()
        self._as(self.other_agent, order).action_acknowledge()
        with self.assertRaises(AccessError):
            self._as(self.other_agent, order).action_acknowledge()
        self._reply(self.officer, order, "cancelled", words="Twice")
        for what in ("done", "refused"):
            with self.assertRaises(AccessError):
                self._reply(self.other_agent, order, what, words="Late")

    def test_a_button_that_is_not_open_asks_nothing(self):
        """Nobody fills in a form that is refused afterwards."""
        order = self._order()
        for name in ("action_report", "action_refuse"):
            with self.assertRaises(AccessError):
                getattr(self._as(self.officer, order), name)()
            self.assertEqual(getattr(self._as(self.other_agent, order), name)()["target"], "new")
        for name in ("action_return", "action_cancel"):
            with self.assertRaises(AccessError):
                getattr(self._as(self.other_agent, order), name)()

    def test_who_sent_it_back_may_check_what_another_did(self):
        """The day and the person of the first report go with it."""
        order = self._order(self.head, service_id=self.lighting.id)
        self._reply(self.head, order, "done")
        self._reply(self.officer, order, "returned", words="Half of it")
        self.assertEqual((order.done_by_id, order.done_on), (self.env["res.users"], False))

    def test_work_that_is_done_has_its_day(self):
        order = self._order()
        with self.assertRaises(UserError):
            self._reply(self.other_agent, order, "done", done_on=False)
        query = "UPDATE jamaa_complaint_order SET state = 'done', done_on = NULL WHERE id = %s"
        self._refused_by_the_database(lambda: self.env.cr.execute(query, [order.id]))

    # ---- issuing

    def test_only_services_carry_out_orders(self):
        with self.assertRaises(UserError):
            self._order(service_id=self.unit.id)

    def test_a_rule_of_another_commune_gives_no_day(self):
        values = {"name": "R", "code": "work_order", "days": 3, "valid_from": self._day(-30), "source_text": "Decision"}
        theirs = self.env["jamaa.legal.regime"].create({**values, "company_id": self.there.id})
        with self.assertRaises(UserError):
            self._order(regime_id=theirs.id)

    def test_days_are_given_within_a_year(self):
        for days in (-1, 367):
            self._refused_by_the_database(lambda days=days: self._order(days=days))

    def test_numbers_and_days_in_the_database(self):
        first, second = self._order(), self._order()
        self._refused_by_the_database(lambda: second.write({"number": first.number}))
        self._refused_by_the_database(lambda: second.write({"due_date": self._day(-1)}))

    def test_an_operator_is_on_the_list_once(self):
        values = {"name": "Clean City", "kind": "other", "company_id": self.here.id}
        self._refused_by_the_database(lambda: self.env["jamaa.complaint.operator"].create(values))
        self.waste.active = False
        self.env.flush_all()
        self.assertTrue(self.env["jamaa.complaint.operator"].create(values))

    def test_work_is_ordered_from_somebody_of_the_commune(self):
        with self.assertRaisesRegex(UserError, "who does the work"):
            self._order(service_id=False)
        theirs = self.env["jamaa.complaint.operator"].create({"name": "Theirs", "company_id": self.there.id})
        with self.assertRaisesRegex(UserError, "of the own commune"):
            self._order(addressee="operator", operator_id=theirs.id, service_id=False)

    def test_an_operator_is_written_to_in_its_language(self):
        order = self._to_operator()
        self.assertEqual(order._document_lang(), self.here._installed_lang())
        other = "fr_MA" if self.here._installed_lang() != "fr_MA" else "ar_MA"
        self.waste.order_lang = other
        self.assertEqual(order._document_lang(), other)

    def test_without_an_address_nobody_is_told_of_an_order(self):
        self.waste.email = False
        order = self._to_operator()
        self.assertFalse(order._queue_mails("late"))
        self.assertNotIn("mailed", order.step_ids.mapped("code"))
        files = self.env["ir.attachment"].search([("res_model", "=", order._name), ("res_id", "=", order.id)])
        self.assertFalse(files, "no slip is made that nobody gets")

    def test_files_of_an_order_stay_whoever_comes(self):
        order = self._to_operator()
        slip = self.env["ir.attachment"].search([("res_model", "=", order._name), ("res_id", "=", order.id)])
        mine = slip.with_user(self.officer)
        with self.assertRaisesRegex(UserError, "are not changed"):
            mine.write({"raw": b"x"})
        with self.assertRaisesRegex(UserError, "are not deleted"):
            mine._unlink_except_order_files()
        other = self.env["ir.attachment"].with_user(self.officer).create({"name": "note.txt", "raw": b"x"})
        other.write({"raw": b"y"})
        self.assertTrue(other.unlink())

    def test_late_and_not_late(self):
        order = self._order()
        found = self.Order.search([("is_late", "=", False)])
        self.assertIn(order, found)
        self.assertNotIn(order, self.Order.search([("is_late", "=", True)]))

    # ---- sight

    def test_steps_and_wizards_of_others_stay_closed(self):
        order = self._order()
        issue = self.env["jamaa.complaint.order.issue"].with_user(self.officer)
        mine = issue.with_context(default_case_id=self.case.id).create({"name": "Draft"})
        reply = self.env["jamaa.complaint.order.reply"].with_user(self.other_agent).create({"order_id": order.id})
        for user, record in ((self.head, mine), (self.officer, reply), (self.officer_there, order.step_ids)):
            with self.assertRaises(AccessError, msg=str(record)):
                self._as(user, record).read(["display_name"])

    def test_a_lock_holds_whatever_was_read_before(self):
        order = self._to_operator()
        self.case.write({"locked_user_ids": [(4, self.officer.id)]})
        self.assertEqual(order.state, "issued")
        mine = order.with_user(self.officer).with_context(allowed_company_ids=self.here.ids)
        for name in ("action_acknowledge", "action_cancel", "action_print_slip"):
            with self.assertRaises(AccessError, msg=name):
                getattr(mine, name)()

    def test_the_case_opens_from_the_order_for_who_reads_it(self):
        order = self._order()
        for user in (self.officer, self.agent, self.director_user):
            mine = self._as(user, order)
            self.assertTrue(mine.may_open_case, user.login)
            self.assertEqual(mine.action_open_case()["res_id"], self.case.id)
        mine = self._as(self.other_agent, order)
        self.assertFalse(mine.may_open_case)
        with self.assertRaises(AccessError):
            mine.action_open_case()

    # ---- reminders

    def test_an_order_is_not_reminded_of_on_its_first_day(self):
        self.startPatcher(patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=60))
        order = self._order(days=0)
        self.Order._cron_remind()
        self.assertEqual(order.reminder_count, 0)
        with freeze_time(self.today + timedelta(days=5)):
            self.Order._cron_remind()
        self.assertEqual(order.reminder_count, 1)

    def test_reminders_stop_when_their_time_is_over(self):
        orders = self._order(days=0) | self._order(days=0)
        self.startPatcher(patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=0))
        with (
            patch("odoo.addons.jamaa_complaints.models.jamaa_complaint_order_send.REMIND_BATCH", 1),
            freeze_time(self.today + timedelta(days=5)),
        ):
            self.Order._cron_remind()
        self.assertEqual(sum(orders.mapped("reminder_count")), 1)

    def test_who_left_is_not_written_to(self):
        order = self._order()
        self.other_agent.email = "other@example.org"
        self.assertEqual(order._mail_addresses(), ["other@example.org"])
        self.other_agent.active = False
        self.assertEqual(order.with_context(active_test=False)._mail_addresses(), [])

    # ---- routing

    def test_a_function_that_was_ended_answers_for_nothing(self):
        function = self._make_function("service_head")
        self._make_holder(function, self.head)
        line = self.env["jamaa.complaint.route"].search([("service_id", "=", self.lighting.id)])
        line.function_id = function
        self.assertEqual(line._person_for(self.case, self.today), self.head)
        function.active = False
        self.assertFalse(line._person_for(self.case, self.today))

    # ---- prepared answers

    def test_amazigh_is_answered_in_the_communes_language(self):
        template = self.env["jamaa.complaint.template"].create({"name": "T", "body": "English words"})
        self.env["res.lang"]._activate_lang("zgh")
        code = self.here._installed_lang()
        template.with_context(lang=code).body = "Words of the commune"
        self.case.public_lang = "zgh"
        self.assertEqual(template._text_for(self.case), "Words of the commune")
