"""Codes, PINs and links; counted tries; forms taken once."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..models import jamaa_public_reference as reference
from ..tools import public_code
from .public_common import FollowedModelMixin


@tagged("post_install", "-at_install")
class TestPublicReference(FollowedModelMixin, TransactionCase):
    def setUp(self):
        super().setUp()
        self.record = self._make_followed()
        self.mixin = self.env["jamaa.public.reference"]

    def _wrong_pin(self, record=None):
        pin = (record or self.record)._public_pin()
        return f"{(int(pin) + 1) % 1_000_000:06d}"

    def _follow(self, code, pin, address="1.1.1.1"):
        return self.mixin._find_by_code(code, pin, address)

    def _problem(self, code, pin, address="1.1.1.1"):
        # Not assertRaises: it rolls back, and with it what was counted.
        try:
            self._follow(code, pin, address)
        except reference.FollowProblem as problem:
            return problem.code
        return None

    # ---- making ----

    def test_code_token_and_pin(self):
        self.assertEqual(public_code.normalise(self.record.public_code), self.record.public_code)
        self.assertGreaterEqual(len(self.record.access_token), 22)  # 128 bits in base 64
        self.assertRegex(self.record._public_pin(), r"^[0-9]{6}$")
        other = self._make_followed()
        self.assertNotEqual(other.access_token, self.record.access_token)
        self.assertNotEqual(other.public_code, self.record.public_code)

    def test_values_given_by_somebody_are_not_taken(self):
        record = self.env["jamaa.test.followed"].create(
            {"company_id": self.grande.id, "public_code": "AAAAAAAA", "access_token": "guessed"}
        )
        self.assertNotEqual(record.public_code, "AAAAAAAA")
        self.assertNotEqual(record.access_token, "guessed")

    def test_a_copy_has_its_own(self):
        self.assertNotEqual(self.record.copy().access_token, self.record.access_token)

    def test_pin_is_stored_nowhere_and_needs_the_secret(self):
        before = self.record._public_pin()
        self.env.cr.execute("SELECT * FROM jamaa_test_followed WHERE id = %s", [self.record.id])
        self.assertNotIn(before, [str(value) for value in self.env.cr.fetchone()])
        self.env["ir.config_parameter"].set_param("database.secret", "another secret")
        self.assertNotEqual(self.record._public_pin(), before)

    def test_renewed_pin_and_link(self):
        pin, token, code = self.record._public_pin(), self.record.access_token, self.record.public_code
        self.record._renew_pin()
        self.assertEqual(self.record.access_token, token)
        self.assertNotEqual(self.record._public_pin(), pin)
        self.assertEqual(self._problem(code, pin), "unknown")
        self.record._renew_link()
        self.assertFalse(self.mixin.env["jamaa.test.followed"]._find_by_token(token))
        self.assertEqual(self.record.public_code, code)

    def test_qr_holds_the_link(self):
        self.assertTrue(self.record._public_qr("fr").startswith("data:image/"))

    def test_path(self):
        token = self.record.access_token
        self.assertEqual(self.record._public_path("fr"), f"/c/test-grande/fr/followed/{token}")
        self.assertEqual(self.record._public_path("ar_MA"), f"/c/test-grande/ar/followed/{token}")

    def test_token_is_hidden_from_staff(self):
        clerk = new_test_user(self.env, "t_public_clerk", groups="base.group_user")
        self.assertFalse(self.record.with_user(clerk)._has_field_access(self.record._fields["access_token"], "read"))
        self.assertTrue(self.record.with_user(clerk)._has_field_access(self.record._fields["public_code"], "read"))

    # ---- finding ----

    def test_find_by_token(self):
        model = self.env["jamaa.test.followed"]
        self.assertEqual(model._find_by_token(self.record.access_token), self.record)
        for junk in (None, "", "x", "x" * 22, "é" * 22, "%" * 22, "x" * 100_000, 5, [], {}):
            self.assertFalse(model._find_by_token(junk))

    def test_find_by_code(self):
        code, pin = self.record.public_code, self.record._public_pin()
        self.assertEqual(self._follow(code, pin), self.record)
        self.assertEqual(self._follow(f"{code[:4].lower()}-{code[4:]}", f"{pin[:3]} {pin[3:]}"), self.record)
        self.assertEqual(self.env["jamaa.test.followed"]._find_by_code(code, pin, "1.1.1.1"), self.record)

    def test_pin_of_another_record(self):
        other = self._make_followed()
        if other._public_pin() == self.record._public_pin():
            other._renew_pin()
        self.assertEqual(self._problem(self.record.public_code, other._public_pin()), "unknown")

    def test_unknown_code_and_wrong_pin_look_the_same(self):
        self.assertEqual(self._problem(public_code.new_code(), "123456"), "unknown")
        self.assertEqual(self._problem(self.record.public_code, self._wrong_pin()), "unknown")

    def test_typing_mistakes_are_told_apart(self):
        self.assertEqual(self._problem("0000-0000", "123456"), "mistyped")
        self.assertEqual(self._problem(self.record.public_code, "12345"), "mistyped")
        for junk in ("", None, "😀", "1' OR 1=1--", "\x00" * 6, "9" * 5000, "-12345"):
            self.assertEqual(self._problem(self.record.public_code, junk, address=repr(junk)), "mistyped")

    def test_hundred_wrong_pins_shut_out_their_sender_only(self):
        code, pin = self.record.public_code, self.record._public_pin()
        problems = [self._problem(code, self._wrong_pin()) for _try in range(100)]
        self.assertEqual(problems.count("unknown"), reference.WRONG_PER_CODE_AND_ADDRESS)
        self.assertEqual(problems[-1], "too_many")
        # Even the right PIN does not help the sender: it would tell him that he found it.
        self.assertEqual(self._problem(code, pin), "too_many")
        # The citizen, from his own phone, is not hindered.
        self.assertEqual(self._follow(code, pin, address="2.2.2.2"), self.record)

    def test_hundred_wrong_codes_from_one_address(self):
        problems = [self._problem(public_code.new_code(), "123456") for _try in range(100)]
        self.assertEqual(problems.count("unknown"), reference.WRONG_PER_ADDRESS)
        self.assertEqual(self._problem(self.record.public_code, self.record._public_pin()), "too_many")
        self.assertTrue(self._follow(self.record.public_code, self.record._public_pin(), "2.2.2.2"))

    def test_many_addresses_at_one_code(self):
        code = self.record.public_code
        problems = [self._problem(code, self._wrong_pin(), f"9.9.9.{n}") for n in range(60)]
        self.assertEqual(problems.count("unknown"), reference.WRONG_PER_CODE)
        # The link still opens: nobody is shut out of his own file.
        found = self.env["jamaa.test.followed"]._find_by_token(self.record.access_token)
        self.assertEqual(found, self.record)

    def test_the_wait_ends(self):
        code, pin = self.record.public_code, self.record._public_pin()
        for _try in range(10):
            self._problem(code, self._wrong_pin())
        with freeze_time(fields.Datetime.now() + timedelta(hours=1, minutes=1)):
            self.assertEqual(self._follow(code, pin), self.record)

    def test_right_answers_are_not_counted(self):
        for _time in range(reference.WRONG_PER_ADDRESS + 5):
            self.assertTrue(self._follow(self.record.public_code, self.record._public_pin()))


@tagged("post_install", "-at_install")
class TestThrottle(TransactionCase):
    def setUp(self):
        super().setUp()
        self.throttle = self.env["jamaa.throttle"]

    def test_limit_per_scope_and_key(self):
        allowed = [self.throttle._allow("t", "a", 3, 60) for _time in range(6)]
        self.assertEqual(allowed, [True] * 3 + [False] * 3)
        self.assertTrue(self.throttle._allow("t", "b", 3, 60))
        self.assertTrue(self.throttle._allow("u", "a", 3, 60))

    def test_window(self):
        for _time in range(3):
            self.throttle._allow("t", "a", 3, 60)
        with freeze_time(fields.Datetime.now() + timedelta(seconds=62)):
            self.assertTrue(self.throttle._allow("t", "a", 3, 60))

    def test_key_is_not_readable(self):
        self.throttle._note("t", "192.0.2.77")
        self.env.cr.execute("SELECT * FROM jamaa_throttle WHERE scope = 't'")
        self.assertNotIn("192.0.2.77", str(self.env.cr.fetchall()))

    def test_staff_has_no_rights(self):
        clerk = new_test_user(self.env, "t_throttle_clerk", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.throttle.with_user(clerk).search([])

    def test_sweep(self):
        self.throttle._note("t", "new")
        with freeze_time(fields.Datetime.now() - timedelta(days=3)):
            self.throttle._note("t", "old")
        self.throttle._gc_old()
        self.assertEqual(self.throttle._count("t", "new", 60), 1)
        self.assertEqual(self.throttle.search_count([("scope", "=", "t")]), 1)


@tagged("post_install", "-at_install")
class TestFormSubmission(FollowedModelMixin, TransactionCase):
    def test_second_arrival_finds_the_first_record(self):
        submissions = self.env["jamaa.form.submission"]
        first = submissions._claim("key-1", self.grande)
        self.assertIsNone(first._record())
        record = self._make_followed()
        first._done(record)
        second = submissions._claim("key-1", self.grande)
        self.assertEqual(second, first)
        self.assertEqual(second._record(), record)
        self.assertIsNone(submissions._claim("key-2", self.grande)._record())

    def test_a_record_that_is_gone(self):
        submission = self.env["jamaa.form.submission"]._claim("key-3", self.grande)
        record = self._make_followed()
        submission._done(record)
        record.unlink()
        self.assertIsNone(submission._record())

    @mute_logger("odoo.sql_db")
    def test_key_is_unique_in_the_database(self):
        from psycopg2 import IntegrityError

        self.env["jamaa.form.submission"]._claim("key-4", self.grande)
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env.cr.execute(
                "INSERT INTO jamaa_form_submission (key, company_id, at) VALUES ('key-4', %s, now())",
                [self.grande.id],
            )


@tagged("post_install", "-at_install")
class TestPublicColour(FollowedModelMixin, TransactionCase):
    def test_a_pale_colour_is_refused(self):
        for colour in ("#ffcc00", "#777777", "green", "#0b5d4e;}", "#fff"):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.grande.public_color = colour
        self.grande.public_color = "#1d4f91"
