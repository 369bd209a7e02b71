from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CommuneCase


@tagged("post_install", "-at_install")
class TestDelegation(CommuneCase):
    """Who signs: the president, or who has a delegation on record, that day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vice_holder = cls._make_holder(cls.vice_president, cls.vice_user)

    def test_president_signs(self):
        self.assertEqual(self._may(self.president_user), self.president_holder)
        self.assertEqual(self._may(self.president_user, "outgoing_letter"), self.president_holder)

    def test_president_outside_mandate_does_not(self):
        self.assertFalse(self._may(self.president_user, offset=-101))
        self.president_holder.date_to = self._day(-1)
        self.assertFalse(self._may(self.president_user))

    def test_president_of_another_commune_does_not(self):
        self.assertFalse(self._may(self.president_user, company=self.there))

    def test_archived_login_does_not(self):
        self.president_user.active = False
        self.assertFalse(self._may(self.president_user))

    def test_stand_in_alone_does_not(self):
        self._make_holder(self.president, self.vice_user, role="stand_in")
        self.assertFalse(self._may(self.vice_user))

    def test_vice_president_only_inside_a_delegation(self):
        self.assertFalse(self._may(self.vice_user))
        delegation = self._make_delegation(to_function_id=self.vice_president.id)
        self.assertEqual(self._may(self.vice_user), delegation)
        self.assertFalse(self._may(self.vice_user, "outgoing_letter"))
        self.assertFalse(self._may(self.vice_user, offset=-11))
        self.assertEqual(self._may(self.vice_user, offset=-10), delegation)
        self.assertEqual(self._may(self.vice_user, offset=10), delegation)
        self.assertFalse(self._may(self.vice_user, offset=11))
        self.assertFalse(self._may(self.clerk))

    def test_delegation_to_a_person(self):
        delegation = self._make_delegation(to_holder_id=self.vice_holder.id)
        self.assertEqual(self._may(self.vice_user), delegation)
        self.assertEqual(delegation._acting_holder(self.vice_user, self.today), self.vice_holder)
        self.vice_holder.date_to = self._day(-1)
        self.assertFalse(self._may(self.vice_user))

    def test_delegation_falls_with_the_mandate_of_the_person_it_names(self):
        delegation = self._make_delegation(to_holder_id=self.vice_holder.id)
        self.assertTrue(delegation._holds_on(self.today))
        self.vice_holder.date_to = self._day(-1)
        self.assertFalse(delegation._holds_on(self.today))

    def test_delegation_to_a_function_does_not_serve_its_stand_in(self):
        self._make_delegation(to_function_id=self.vice_president.id)
        self._make_holder(self.vice_president, self.clerk, role="stand_in")
        self.assertFalse(self._may(self.clerk))

    def test_delegation_to_a_function_follows_its_holder(self):
        delegation = self._make_delegation(to_function_id=self.vice_president.id, kind="powers")
        self.vice_holder.date_to = self._day(-1)
        self._make_holder(self.vice_president, self.clerk, date_from=self._day(0))
        self.assertFalse(self._may(self.vice_user))
        self.assertEqual(self._may(self.clerk), delegation)

    def test_capacity_names_person_function_and_act(self):
        delegation = self._make_delegation(to_function_id=self.vice_president.id)
        capacity = delegation._signing_capacity(self.vice_user, self.today)
        for part in (self.vice_holder.partner_id.name, self.vice_president.name, delegation.act_number):
            self.assertIn(part, capacity)

    def test_end_by_act_stops_at_once(self):
        delegation = self._make_delegation(to_function_id=self.vice_president.id)
        with self.assertRaises(UserError):
            delegation.action_end_today()
        delegation.end_act_number = "19/2026"
        delegation.action_end_today()
        self.assertFalse(self._may(self.vice_user))
        self.assertEqual(self._may(self.vice_user, offset=-1), delegation)
        self.assertEqual(delegation.state, "past")

    def test_signature_falls_with_the_president_powers_stay(self):
        signature = self._make_delegation(to_function_id=self.vice_president.id)
        self.president_holder.date_to = self._day(-1)
        self._make_holder(self.president, self.clerk, date_from=self._day(0))
        self.assertFalse(self._may(self.vice_user))
        signature.kind = "powers"
        self.assertEqual(self._may(self.vice_user), signature)

    def test_second_delegation_counts_when_the_first_ended(self):
        first = self._make_delegation(to_function_id=self.vice_president.id, end_act_number="1")
        second = self._make_delegation(
            to_function_id=self.vice_president.id, act_number="13/2026", date_from=self._day(-15)
        )
        first.action_end_today()
        self.assertEqual(self._may(self.vice_user), second)

    def test_only_the_president_delegates(self):
        self._make_holder(self.director, self.director_user)
        with self.assertRaises(ValidationError):
            self._make_delegation(from_function_id=self.director.id, to_function_id=self.vice_president.id)

    def test_no_president_no_delegation(self):
        self.president_holder.date_to = self._day(-50)
        with self.assertRaises(ValidationError):
            self._make_delegation(to_function_id=self.vice_president.id)

    def test_scope_is_said(self):
        with self.assertRaises(ValidationError):
            self._make_delegation(to_function_id=self.vice_president.id, act_kind_ids=False)

    def test_not_to_a_plain_council_member(self):
        council = self._make_function("council_member")
        with self.assertRaises(ValidationError):
            self._make_delegation(to_function_id=council.id)

    @mute_logger("odoo.sql_db")
    def test_one_beneficiary(self):
        for both in ({}, {"to_function_id": self.vice_president.id, "to_holder_id": self.vice_holder.id}):
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self._make_delegation(**both)

    @mute_logger("odoo.sql_db")
    def test_never_before_its_act(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._make_delegation(to_function_id=self.vice_president.id, act_date=self._day(-9))

    def test_act_is_not_dated_in_the_future(self):
        with self.assertRaises(ValidationError):
            self._make_delegation(to_function_id=self.vice_president.id, act_date=self._day(1), date_from=self._day(2))

    def test_begun_delegation_is_not_deleted(self):
        with self.assertRaises(UserError):
            self._make_delegation(to_function_id=self.vice_president.id).unlink()

    def test_nobody_delegates_to_themselves(self):
        self._make_holder(self.director, self.director_user)
        values = {"to_function_id": self.director.id}
        delegation = self._make_delegation(to_function_id=self.vice_president.id)
        with self.assertRaises(UserError):
            delegation.with_user(self.director_user).write({**values, "to_holder_id": False})

    def test_small_commune_marks_it(self):
        user = self._make_user("t_alone", "jamaa_base.group_director", company=self.hamlet)
        president = self._make_function("president", company=self.hamlet)
        director = self._make_function("director", company=self.hamlet)
        self._make_holder(president)
        self._make_holder(director, user)
        delegation = self._make_delegation(
            company_id=self.hamlet.id, from_function_id=president.id, to_function_id=director.id
        )
        self.assertFalse(delegation.recorded_alone)
        delegation.with_user(user).date_to = self._day(40)
        self.assertTrue(delegation.recorded_alone)

    def test_states(self):
        delegation = self._make_delegation(to_function_id=self.vice_president.id)
        for dates, state in (((-10, 10), "current"), ((-10, -1), "past"), ((1, 9), "future")):
            delegation.write({"date_from": self._day(dates[0]), "date_to": self._day(dates[1])})
            self.assertEqual(delegation.state, state)
            self.assertEqual(delegation.search([("state", "=", state), ("company_id", "=", self.here.id)]), delegation)

    def test_looked_up_with_the_callers_rights(self):
        """A caller who may read nothing still gets the right answer."""
        delegation = self._make_delegation(to_function_id=self.vice_president.id)
        public = self.env.ref("base.public_user")
        allowed = (
            self.env["jamaa.function"]
            .with_user(public)
            ._may_sign(self.vice_user, self.here, "complaint_answer", self.today)
        )
        self.assertEqual(allowed, delegation)
