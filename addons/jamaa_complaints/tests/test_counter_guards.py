"""Rules of the counter that are seen only where somebody tries to pass by them."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import IDENTITY
from .test_counter_oral import CounterCase

RECODE = "odoo.addons.jamaa_complaints.wizards.jamaa_complaint_recode"


@tagged("post_install", "-at_install")
class TestCounterGuards(CounterCase):
    def test_in_what_capacity(self):
        with self.assertRaises(ValidationError):
            self._lodge(behalf_capacity="king")
        with self.assertRaises(UserError):
            self._wizard(self.receptionist, on_behalf=True).action_lodge()

    def test_what_is_not_there_is_not_opened(self):
        for name in ("action_open_voice_note", "action_open_paper_scan", "action_reveal_bringer"):
            with self.subTest(name=name), self.assertRaises(UserError):
                getattr(self._as(self.officer), name)()

    def test_who_reads_a_case_is_not_therefore_at_the_counter(self):
        self._as(self.officer).action_assign_proposed()
        self.case.sudo().answer_state = "sent"
        agent = self._as(self.agent)
        self.assertTrue(agent.has_access("read"))
        for name in ("action_read_out", "action_read_out_answer", "action_print_oral_slip", "_oral_paper"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                getattr(agent, name)()

    def test_by_phone_a_witness_hears_it(self):
        wizard = self._wizard(self.receptionist, is_oral=True, channel="phone")
        wizard.action_lodge()
        wizard.write({"oral_confirmed_how": "witness", "oral_witness": "Head of reception"})
        wizard.action_lodge()
        self.assertEqual(wizard.state, "done")

    def test_a_number_of_the_states_registry_is_taken_as_typed(self):
        self.here.mail_numbering = "national"
        wizard = self._wizard(self.receptionist, channel="other", mail_number="4711/2026")
        wizard.action_lodge()
        self.assertEqual(wizard.sudo().case_id.mail_in_number, "4711/2026")


@tagged("post_install", "-at_install")
class TestRecodeGuards(CounterCase):
    def test_a_clerk_who_tries_too_often_waits(self):
        with patch(f"{RECODE}.WRONG_PER_CLERK", 2):
            for number in ("2026-99998", "2026-99999"):
                self._recode(self.officer, case_number=number, name="Nobody").action_replace()
            with self.assertRaisesRegex(UserError, "too many"):
                self._recode(self.officer, **self._right()).action_replace()

    def test_a_card_is_enough_where_the_vault_has_no_number(self):
        case = self._lodge(identity={"name": IDENTITY["name"], "phone": IDENTITY["phone"]})
        wizard = self._recode(self.officer, case_number=case.case_number, **self._right())
        wizard.action_replace()
        self.assertEqual(wizard.state, "done")

    def test_the_booklet_bears_the_name(self):
        wizard = self._recode(self.officer, seen="family_booklet", name=IDENTITY["name"])
        wizard.action_replace()
        self.assertEqual(wizard.state, "done")


@tagged("post_install", "-at_install")
class TestMandateGuards(CounterCase):
    def test_a_consent_names_somebody_and_is_not_over(self):
        for vals in ({"name": " "}, {"consent_on": self._day(-3), "until": self._day(-1)}):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                self._consent(self.officer, **vals)

    def test_withdrawn_once_and_never_copied(self):
        mandate = self._consent(self.officer)
        with self.assertRaises(UserError):
            mandate.copy()
        self._as(self.officer, mandate).action_withdraw()
        with self.assertRaises(UserError):
            self._as(self.officer, mandate).action_withdraw()

    def test_who_may_not_handle_the_case_takes_no_consent(self):
        self.case.sudo().locked_user_ids = self.officer
        for user in (self.receptionist, self.officer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._consent(user)
        self.assertFalse(self.case.sudo().mandate_ids)

    def test_who_follows_is_revealed_by_the_desk(self):
        mandate = self._consent(self.officer)
        self._as(self.officer).action_assign_proposed()
        with self.assertRaises(AccessError):
            self._as(self.agent, mandate).action_reveal()
        self.assertTrue(self._as(self.officer, mandate).action_reveal())
