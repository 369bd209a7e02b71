from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CommuneCase


@tagged("post_install", "-at_install")
class TestFunction(CommuneCase):
    """Functions and the people in them."""

    def test_holder_today(self):
        self.assertEqual(self.president.current_holder_id, self.president_holder)
        self.assertFalse(self.president.is_vacant)
        self.assertTrue(self.director.is_vacant)

    def test_vacancy_follows_dates(self):
        self._make_holder(self.director, date_from=self._day(-9), date_to=self._day(-1))
        self._make_holder(self.director, date_from=self._day(1))
        self.assertTrue(self.director.is_vacant)
        vacant = self.env["jamaa.function"].search([("is_vacant", "=", True), ("company_id", "=", self.here.id)])
        self.assertIn(self.director, vacant)
        self.assertNotIn(self.president, vacant)
        held = self.env["jamaa.function"].search([("is_vacant", "=", False), ("company_id", "=", self.here.id)])
        self.assertEqual(held, self.president)

    def test_holders_on_orders_holder_first(self):
        stand_in = self._make_holder(self.president, role="stand_in", date_from=self._day(-200))
        self.assertEqual(list(self.president._holders_on(self.today)), [self.president_holder, stand_in])
        self.assertEqual(self.president._holders_on(self._day(-150)), stand_in)

    def test_one_president(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self._make_function("president")
        self._make_function("service_head")
        self._make_function("service_head")

    def test_mandates_do_not_overlap(self):
        self._make_holder(self.director, date_from=self._day(-9), date_to=self._day(0))
        with self.assertRaises(ValidationError):
            self._make_holder(self.director, date_from=self._day(0))
        self._make_holder(self.director, date_from=self._day(1))

    def test_open_mandate_blocks_a_later_one(self):
        with self.assertRaises(ValidationError):
            self._make_holder(self.president, date_from=self._day(50))

    def test_overlap_found_when_a_date_is_changed(self):
        first = self._make_holder(self.director, date_from=self._day(-9), date_to=self._day(-5))
        self._make_holder(self.director, date_from=self._day(-4))
        with self.assertRaises(ValidationError):
            first.date_to = self._day(-3)

    def test_stand_in_beside_holder(self):
        self._make_holder(self.president, role="stand_in")
        with self.assertRaises(ValidationError):
            self._make_holder(self.president, role="stand_in")

    def test_collective_function(self):
        council = self._make_function("council_member")
        self.assertTrue(council.collective)
        member = self._make_holder(council)
        self._make_holder(council)
        with self.assertRaises(ValidationError):
            self._make_holder(council, partner_id=member.partner_id.id)

    def test_one_person_one_checking_function(self):
        head = self._make_function("complaint_head")
        with self.assertRaises(ValidationError):
            self._make_holder(head, self.president_user)
        self._make_holder(self._make_function("reference_person"), self.president_user)
        self._make_holder(head, self.president_user, date_from=self._day(-300), date_to=self._day(-200))

    def test_small_commune_lets_one_person_hold_several(self):
        user = self._make_user("t_both", "jamaa_base.group_director", company=self.hamlet)
        self._make_holder(self._make_function("director", company=self.hamlet), user)
        holder = self._make_holder(self._make_function("complaint_head", company=self.hamlet), user)
        self.assertEqual(holder.other_function_count, 1)

    def test_own_appointment_is_recorded_by_another(self):
        with self.assertRaises(UserError):
            self._make_holder(self.director).with_user(self.director_user).write(
                {"partner_id": self.director_user.partner_id.id}
            )

    def test_small_commune_marks_own_appointment(self):
        user = self._make_user("t_alone", "jamaa_base.group_director", company=self.hamlet)
        other = self._make_user("t_reader", "jamaa_base.group_director", company=self.hamlet)
        function = self._make_function("director", company=self.hamlet)
        Holder = self.env["jamaa.function.holder"].with_user(user)
        holder = Holder.create(
            {"function_id": function.id, "partner_id": user.partner_id.id, "user_id": user.id, "date_from": self.today}
        )
        self.assertTrue(holder.recorded_alone)
        with self.assertRaises(UserError):
            holder.action_clear_mark()
        holder.with_user(other).action_clear_mark()
        self.assertFalse(holder.recorded_alone)

    def test_login_belongs_to_the_commune(self):
        with self.assertRaises(ValidationError):
            self._make_holder(self.director, self.clerk_there)

    def test_act_has_number_and_date(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self._make_holder(self.director, act_number="3/2026")
        with self.assertRaises(ValidationError):
            self._make_holder(self.director, act_number="3/2026", act_date=self._day(1))

    def test_begun_mandate_is_not_deleted(self):
        holder = self._make_holder(self.director, act_number="3/2026", act_date=self._day(-101))
        with self.assertRaises(UserError):
            holder.unlink()
        self._make_holder(self.vice_president, date_from=self._day(9)).unlink()

    def test_period_order(self):
        with self.assertRaises(ValidationError):
            self._make_holder(self.director, date_to=self._day(-101))

    def test_states(self):
        past = self._make_holder(self.director, date_to=self._day(-50))
        future = self._make_holder(self.director, date_from=self._day(5))
        self.assertEqual((past + self.president_holder + future).mapped("state"), ["past", "current", "future"])
        Holder = self.env["jamaa.function.holder"]
        for row in past + self.president_holder + future:
            found = Holder.search([("state", "=", row.state), ("company_id", "=", self.here.id)])
            self.assertEqual(found, row)

    def test_no_cycle(self):
        self.director.parent_id = self.president
        with self.assertRaises(ValidationError):
            self.president.parent_id = self.director

    def test_functions_belong_to_communes(self):
        with self.assertRaises(ValidationError):
            self._make_function("other", company=self.programme_company)

    def test_parent_of_another_commune_is_refused(self):
        foreign = self._make_function("director", company=self.there)
        with self.assertRaises(UserError):
            self.president.parent_id = foreign
