"""Work orders: who orders, who does, who sees, when it is late, and what stays as proof."""

import base64
import io
from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from PIL import Image
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import IDENTITY, ComplaintCase


def photo_with_place():
    """A photo that says where and by which phone it was taken."""
    output = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Telltale phone"
    Image.new("RGB", (30, 30), "#2f6b47").save(output, "JPEG", exif=exif)
    return base64.b64encode(output.getvalue())


class OrderCase(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Order = cls.env["jamaa.complaint.order"]
        cls.waste = cls.env["jamaa.complaint.operator"].create(
            {"name": "Clean City", "kind": "waste", "company_id": cls.here.id, "email": "office@clean.example.org"}
        )
        cls.case.sudo().write({"service_id": cls.lighting.id})

    def _order(self, user=None, case=None, **vals):
        """Issue an order through the wizard, as the client does."""
        case = case if case is not None else self.case
        values = {"addressee": "service", "service_id": self.roads.id, "name": "Fill the hole", "days": 5}
        wizard = (
            self.env["jamaa.complaint.order.issue"]
            .with_user(user or self.officer)
            .with_context(default_case_id=case.id)
            .create({**values, **vals})
        )
        wizard.action_issue()
        return case.sudo().order_ids.sorted("id")[-1]

    def _to_operator(self, **vals):
        return self._order(addressee="operator", operator_id=self.waste.id, service_id=False, **vals)

    def _reply(self, user, order, what, **vals):
        wizard = (
            self.env["jamaa.complaint.order.reply"]
            .with_user(user)
            .with_context(default_order_id=order.id, default_what=what)
            .create(vals)
        )
        return wizard.action_confirm()


@tagged("post_install", "-at_install")
class TestOrderIssue(OrderCase):
    def test_an_order_has_a_number_a_day_and_a_fact_on_the_case(self):
        order = self._order()
        today = self.case._commune_today()
        self.assertRegex(order.number, rf"^OT{today.year}-\d{{4}}$")
        self.assertNotEqual(self._order().number, order.number)
        self.assertEqual(order.issued_on, today)
        self.assertGreaterEqual(order.due_date, today + timedelta(days=5))
        self.assertEqual(order.place, "Rue des Orangers")
        self.assertEqual(order.step_ids.mapped("code"), ["issued"])
        fact = self.case.milestone_ids.filtered(lambda row: row.code == "order_issued")[:1]
        self.assertTrue(fact.is_public)
        words = self.case.with_context(lang="en_US")._fact_words(fact)
        self.assertEqual(words, "Work was ordered")

    def test_working_days_leave_out_weekends(self):
        friday = date(2026, 11, 27)
        due, proof = self.Order._due(self.here, friday, 1, "working")
        self.assertEqual((due, proof), (date(2026, 11, 30), False))
        due, _proof = self.Order._due(self.here, friday, 1, "calendar")
        self.assertEqual(due, date(2026, 11, 30), "a day of rest is carried over")

    def test_a_rule_of_the_law_table_gives_the_day_and_its_proof(self):
        rule = self.env["jamaa.legal.regime"].create(
            {
                "name": "Work orders",
                "code": "work_order",
                "days": 3,
                "company_id": self.here.id,
                "valid_from": self._day(-30),
                "source_text": "Decision of the commune",
            }
        )
        wizard = (
            self.env["jamaa.complaint.order.issue"]
            .with_user(self.officer)
            .with_context(default_case_id=self.case.id)
            .create({"name": "Lamp", "service_id": self.roads.id})
        )
        self.assertEqual(wizard.regime_id, rule)
        wizard.action_issue()
        order = self.case.order_ids
        self.assertEqual(order.due_date, rule._due(self.case._commune_today(), self.here).date)
        self.assertTrue(order.due_proof)

    def test_who_may_order(self):
        head_order = self._order(self.head)
        self.assertEqual(head_order.issued_by_id, self.head)
        for user in (self.agent, self.other_agent, self.receptionist, self.officer_there, self.council_member):
            with self.assertRaises(AccessError):
                self._as(user).action_order()
        with self.assertRaises(AccessError):
            self.env["jamaa.complaint.order.issue"].with_user(self.portal_user).create({"case_id": self.case.id})
        with self.assertRaises(AccessError):
            self._order(self.agent)

    def test_no_order_on_a_closed_case_nor_to_another_commune(self):
        theirs = self._make_service("Theirs", self.env["res.users"], company=self.there)
        with self.assertRaises(UserError):
            self._order(service_id=theirs.id)
        with self.assertRaises(UserError):
            self._order(addressee="operator", operator_id=False)
        self.case._add_milestone("closed")
        with self.assertRaises(AccessError):
            self._order()

    def test_one_addressee_in_the_database_too(self):
        order = self._order()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            order.operator_id = self.waste
            self.env.flush_all()

    def test_nobody_writes_an_order_by_hand(self):
        order = self._order()
        for user in (self.officer, self.head, self.director_user):
            with self.assertRaises(AccessError):
                self._as(user, order).write({"due_date": self._day(90)})
            with self.assertRaises(AccessError):
                self._as(user, order).unlink()
        with self.assertRaises(UserError):
            order.unlink()
        with self.assertRaises(UserError):
            order.copy()
        with self.assertRaises(UserError):
            order.step_ids.write({"note": "other"})
        with self.assertRaises(UserError):
            order.step_ids.unlink()

    def test_operators_belong_to_a_commune(self):
        operators = self._as(self.officer_there, self.env["jamaa.complaint.operator"])
        self.assertFalse(operators.search([("company_id", "=", self.here.id)]))
        with self.assertRaises(AccessError):
            self._as(self.agent, self.waste).write({"email": "me@example.org"})
        with self.assertRaises(ValidationError):
            self.waste.email = "no address"


@tagged("post_install", "-at_install")
class TestOrderSight(OrderCase):
    def test_the_addressed_service_sees_the_order_and_not_the_case(self):
        order = self._order()
        seen = self._as(self.other_agent, order)
        self.assertEqual(seen.search([]), order)
        self.assertEqual(seen.name, "Fill the hole")
        self.assertEqual(seen.step_ids.mapped("code"), ["issued"])
        told = seen.web_read({"case_id": {"fields": {"display_name": {}}}})[0]["case_id"]["display_name"]
        self.assertEqual(told, self.case.case_number)
        self.assertEqual(seen.case_id.display_name, self.case.case_number)
        with self.assertRaises(AccessError):
            seen.case_id.read(["facts"])
        self.assertFalse(self._as(self.other_agent).search([("id", "=", self.case.id)]))

    def test_who_does_not_see_it(self):
        order = self._order()
        stranger = self._make_user("t_stranger", "jamaa_base.group_service_agent")
        for user in (stranger, self.officer_there, self.council_member, self.auditor, self.programme_user):
            seen = self._as(user, order)
            self.assertFalse(seen.search([]), user.login)
            with self.assertRaises(AccessError):
                seen.read(["name"])
            with self.assertRaises(AccessError):
                seen.step_ids.read(["code"])
            with self.assertRaises(AccessError):
                seen.action_print_slip()
        with self.assertRaises(AccessError):
            self._as(self.portal_user, order).read(["name"])
        for user in (self.officer, self.agent, self.director_user, self.president_user):
            self.assertEqual(self._as(user, order).search([]), order, user.login)

    def test_a_lock_of_the_case_holds_on_order_steps_files_and_letter(self):
        order = self._to_operator()
        mine = self._order(photo=photo_with_place())
        self.assertTrue(self._as(self.other_agent, mine).read(["name"]))
        letter = order.letter_entry_id
        self.assertTrue(self._as(self.director_user, letter).read(["subject"]))
        self.case.write({"locked_user_ids": [(4, self.other_agent.id), (4, self.director_user.id)]})
        for user, record in (
            (self.other_agent, mine),
            (self.other_agent, mine.step_ids),
            (self.other_agent, mine.before_photo_ids),
            (self.director_user, order),
            (self.director_user, letter),
        ):
            with self.assertRaises(AccessError, msg=str(record)):
                self._as(user, record).read(["display_name"])
        with self.assertRaises(AccessError):
            self._as(self.other_agent, mine).action_acknowledge()
        self.other_agent.email = "other@example.org"
        self.assertNotIn("other@example.org", mine._mail_addresses())

    def test_no_word_of_the_person_on_order_slip_or_mail(self):
        order = self._to_operator()
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        report = self.env["ir.actions.report"].with_context(lang="fr_MA")
        html = report._render_qweb_html("jamaa_complaints.report_order", order.ids)[0].decode()
        row = str(order.read()[0]) + str(order.step_ids.read())
        for text in (str(mail.body_html), html, row):
            for secret in IDENTITY.values():
                self.assertNotIn(secret, text)
            self.assertNotIn(self.case.facts, text)
        self.assertIn(order.number, html)

    def test_erasing_a_person_cleans_the_orders_too(self):
        order = self._order(details=f"Ask {IDENTITY['name']}")
        self._reply(self.other_agent, order, "refused", words=f"{IDENTITY['name']} was away")
        self.case.sudo().complainant_id._erase()
        self.assertEqual(order.details, "Ask …")
        self.assertEqual(order.reason, "… was away")
        self.assertNotIn(IDENTITY["name"], "".join(step.note or "" for step in order.step_ids))


@tagged("post_install", "-at_install")
class TestOrderPath(OrderCase):
    def test_from_order_to_proof(self):
        order = self._order()
        self._as(self.other_agent, order).action_acknowledge()
        self.assertEqual(order.state, "acknowledged")
        self._reply(self.other_agent, order, "done", words="Filled", photo_after=photo_with_place())
        self.assertEqual((order.state, order.done_on), ("done", self.case._commune_today()))
        self.assertEqual((order.done_count, order.in_time_count, order.overdue_count), (1, 1, 0))
        photo = order.after_photo_ids
        self.assertNotIn(b"Telltale", photo.raw)
        self.assertTrue(self._as(self.other_agent, photo).read(["name"]))
        self.assertNotIn("order_done", self.case.milestone_ids.mapped("code"))
        self._as(self.officer, order).action_check()
        self.assertEqual(order.checked_by_id, self.officer)
        fact = self.case.milestone_ids.filtered(lambda row: row.code == "order_done")
        self.assertTrue(fact.is_public)
        codes = order.step_ids.sorted("id").mapped("code")
        self.assertEqual(codes, ["issued", "acknowledged", "done", "checked"])

    def test_who_may_take_which_step(self):
        order = self._order()
        for user in (self.officer, self.agent, self.head, self.director_user):
            with self.assertRaises(AccessError):
                self._as(user, order).action_acknowledge()
            with self.assertRaises(AccessError):
                self._reply(user, order, "done")
        for name in ("action_cancel", "action_check", "action_return"):
            with self.assertRaises(AccessError):
                getattr(self._as(self.other_agent, order), name)()
        with self.assertRaises(AccessError):
            self._reply(self.other_agent, order, "cancelled", words="No")
        with self.assertRaises(AccessError):
            self.env["jamaa.complaint.order.reply"].with_user(self.portal_user).create({"order_id": order.id})

    def test_who_did_it_does_not_check_it_alone(self):
        order = self._order(self.head, service_id=self.lighting.id)
        self._reply(self.head, order, "done")
        with self.assertRaises(AccessError):
            self._as(self.head, order).action_check()
        self.here.profile = "small"
        self._as(self.head, order).action_check()
        self.assertEqual(order.checked_by_id, self.head)

    def test_the_desk_speaks_for_an_operator(self):
        order = self._to_operator()
        with self.assertRaises(AccessError):
            self._as(self.agent, order).action_acknowledge()
        self._as(self.officer, order).action_acknowledge()
        self._reply(self.officer, order, "done")
        self._as(self.officer, order).action_check()
        self.assertTrue(order.checked_on)

    def test_sent_back_refused_cancelled_with_a_reason(self):
        order = self._order()
        with self.assertRaises(UserError):
            self._reply(self.other_agent, order, "refused", words=" ")
        self._reply(self.other_agent, order, "done")
        self._reply(self.officer, order, "returned", words="The hole is there")
        self.assertEqual((order.state, order.done_on, order.done_count), ("acknowledged", False, 0))
        self._reply(self.other_agent, order, "refused", words="Not our road")
        self.assertEqual((order.state, order.reason), ("refused", "Not our road"))
        with self.assertRaises(AccessError):
            self._reply(self.officer, order, "cancelled", words="Too late")
        other = self._order()
        self._reply(self.officer, other, "cancelled", words="Twice")
        self.assertEqual(other.state, "cancelled")

    def test_the_day_it_was_done(self):
        order = self._order()
        for day in (self._day(-3), self._day(3)):
            with self.assertRaises(UserError):
                self._reply(self.other_agent, order, "done", done_on=day)
        with freeze_time(self.today + timedelta(days=20)):
            self._reply(self.other_agent, order, "done")
            self.assertEqual((order.done_count, order.in_time_count, order.overdue_count), (1, 0, 1))

    def test_what_is_no_picture_is_refused_and_files_stay(self):
        order = self._order()
        with self.assertRaises(UserError):
            self._reply(self.other_agent, order, "done", photo_after=base64.b64encode(b"<svg/>"))
        self._reply(self.other_agent, order, "done", photo_after=photo_with_place())
        for user in (self.other_agent, self.officer):
            with self.assertRaises(UserError):
                self._as(user, order.after_photo_ids).write({"raw": b"other"})
            with self.assertRaises(UserError):
                self._as(user, order.after_photo_ids).unlink()
        with self.assertRaises(UserError):
            order.after_photo_ids.public = True


@tagged("post_install", "-at_install")
class TestOrderSending(OrderCase):
    def test_an_operators_order_leaves_numbered_and_by_queue(self):
        before = self.env["mail.mail"].search([])
        order = self._to_operator()
        mail = self.env["mail.mail"].search([]) - before
        self.assertEqual((mail.email_to, mail.state), ("office@clean.example.org", "outgoing"))
        self.assertTrue(mail.attachment_ids.raw.startswith(b"%PDF"))
        letter = order.letter_entry_id
        self.assertEqual((letter.direction, letter.correspondent), ("outgoing", "Clean City"))
        self.assertEqual(order.step_ids.sorted("id").mapped("code"), ["issued", "mailed"])

    def test_without_address_or_own_numbers_it_goes_on_paper(self):
        self.waste.email = False
        self.here.mail_numbering = "national"
        before = self.env["mail.mail"].search_count([])
        order = self._to_operator()
        self.assertFalse(order.letter_entry_id)
        self.assertEqual(self.env["mail.mail"].search_count([]), before)
        self.assertEqual(order.step_ids.mapped("code"), ["issued"])

    def test_the_slip_in_arabic_and_french(self):
        order = self._order()
        report = self.env["ir.actions.report"]
        for lang in ("ar_MA", "fr_MA"):
            content, kind = report._render_qweb_pdf("jamaa_complaints.report_order", order.ids, data={"lang": lang})
            self.assertEqual(kind, "pdf")
            self.assertTrue(content.startswith(b"%PDF"))

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=60))

    def _remind_on(self, offset):
        with freeze_time(self.today + timedelta(days=offset)):
            self.Order._cron_remind()

    def test_reminders_once_before_and_once_after(self):
        order = self._to_operator(days=10)
        left = (order.due_date - order.issued_on).days
        mails = self.env["mail.mail"]
        before = mails.search_count([])
        self._remind_on(left - 4)
        self.assertEqual(order.reminder_count, 0)
        for offset in (left - 1, left - 1, left):
            self._remind_on(offset)
        self.assertEqual((order.reminder_count, order.overdue_count), (1, 0))
        self.assertEqual(mails.search_count([]), before + 1)
        # a run that was missed is made up for: by range, not by equality
        for offset in (left + 4, left + 5):
            self._remind_on(offset)
        self.assertEqual((order.reminder_count, order.overdue_count), (2, 1))
        self.assertEqual(mails.search_count([]), before + 2)
        with freeze_time(self.today + timedelta(days=left + 5)):
            self.env.invalidate_all()
            self.assertTrue(order.is_late)
            self.assertEqual(self.Order.search([("is_late", "=", True), ("case_id", "=", self.case.id)]), order)

    def test_what_is_done_or_ended_is_not_reminded_of(self):
        done, cancelled = self._order(), self._order()
        self._reply(self.other_agent, done, "done")
        self._reply(self.officer, cancelled, "cancelled", words="Twice")
        self._remind_on(40)
        self.assertEqual((done | cancelled).mapped("reminder_count"), [0, 0])
        self.assertEqual(done.in_time_count, 1)

    def test_the_run_is_flat_in_orders(self):
        def run(count):
            for _rank in range(count):
                self._order()
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self._remind_on(60)
            self.env.flush_all()
            return self.env.cr.sql_log_count - start

        self.other_agent.email = "other@example.org"
        run(1)
        few, many = run(2), run(12)
        self.assertLessEqual(many - few, 10, "a query an order would be ten more")
