"""The guard of public forms: token, proof or question, rate, once only."""

import re
import time
from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tests import TransactionCase, tagged

from ..controllers import public_form
from ..tools import proof_of_work
from .public_common import FollowedModelMixin


@tagged("post_install", "-at_install")
class TestPublicForm(FollowedModelMixin, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("jamaa_base.proof_bits", "8")

    def setUp(self):
        super().setUp()
        self.address = "192.0.2.1"
        self._from(self.address)
        self.form = public_form.new_form(self.grande, "complaint")

    def _from(self, address):
        request = SimpleNamespace(httprequest=SimpleNamespace(remote_addr=address))
        patcher = patch.object(public_form, "request", request)
        patcher.start()
        self.addCleanup(patcher.stop)

    def _proven(self, form=None):
        form = form or self.form
        return {"form_token": form["token"], "form_proof": proof_of_work.solve(form["key"], form["bits"])}

    def _answered(self, form=None):
        """Answer the question as somebody who reads English would."""
        form = form or self.form
        words = "zero one two three four five six seven eight nine".split()
        numbers = [words.index(word) for word in re.findall("[a-z]+", form["question"]) if word in words]
        return {"form_token": form["token"], "form_answer": f" {sum(numbers)} "}

    def _read(self, post, company=None, purpose="complaint"):
        return public_form.read_form(company or self.grande, purpose, post)

    def test_with_proof(self):
        state = self._read(self._proven())
        self.assertEqual((state.problem, state.proven, state.sent), (None, True, None))

    def test_without_javascript_the_answer_counts(self):
        state = self._read(self._answered())
        self.assertEqual((state.problem, state.proven), (None, False))
        arabic = self._answered()
        arabic["form_answer"] = arabic["form_answer"].translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
        self.assertIsNone(self._read(arabic).problem)

    def test_neither(self):
        for extra in ({}, {"form_proof": "1x"}, {"form_answer": "99"}, {"form_answer": "é"}, {"form_answer": ["1"]}):
            state = self._read({"form_token": self.form["token"], **extra})
            self.assertEqual(state.problem, "proof", extra)

    def test_the_proof_of_another_form(self):
        other = public_form.new_form(self.grande, "complaint")
        solved = [n for n in range(3000) if proof_of_work.is_solved(other["key"], str(n), 8)]
        unfit = next(n for n in solved if not proof_of_work.is_solved(self.form["key"], str(n), 8))
        state = self._read({"form_token": self.form["token"], "form_proof": str(unfit)})
        self.assertEqual(state.problem, "proof")

    def test_token_of_another_form_or_commune(self):
        self.assertEqual(self._read(self._proven(), purpose="queue").problem, "invalid")
        self.assertEqual(self._read(self._proven(), company=self.petite).problem, "invalid")
        self.assertEqual(self._read({}).problem, "invalid")

    def test_expired(self):
        post = self._proven()
        with patch.object(public_form.time, "time", return_value=time.time() + 25 * 3600):
            self.assertEqual(self._read(post).problem, "expired")

    def test_the_same_form_twice_is_one_record(self):
        post = self._proven()
        record = self._make_followed()
        submission = self._read(post).claim()
        self.assertIsNone(submission._record())
        submission._done(record)
        again = self._read(post)
        self.assertEqual(again.sent, record)
        # Two that passed the check at the same time: the second learns it when it claims.
        late = self._read(self._proven(public_form.new_form(self.grande, "complaint")))
        late.key = self._read(post).key
        self.assertEqual(late.claim()._record(), record)

    def test_reading_writes_nothing(self):
        self.env.flush_all()
        before = self.env["jamaa.throttle"].search_count([])
        self._read(self._proven())
        self.assertEqual(self.env["jamaa.throttle"].search_count([]), before)

    def _send(self, make_post):
        state = self._read(make_post(public_form.new_form(self.grande, "complaint")))
        if not state.problem:
            state.claim()
        return state.problem

    def test_rate_without_proof_is_narrow(self):
        problems = [self._send(self._answered) for _time in range(14)]
        self.assertEqual(problems.count(None), public_form.SENT_PER_ADDRESS_UNPROVEN)
        self.assertEqual(problems[-1], "busy")
        self.assertIsNone(self._send(self._proven), "a browser that proves is not hindered")
        self._from("192.0.2.2")
        self.assertIsNone(self._send(self._answered), "nor is another address")
        self._from(self.address)
        with freeze_time(fields.Datetime.now() + timedelta(hours=1, minutes=1)):
            self.assertIsNone(self._send(self._answered), "the wait ends")

    def test_rate_with_proof(self):
        problems = [self._send(self._proven) for _time in range(public_form.SENT_PER_ADDRESS + 2)]
        self.assertEqual(problems.count(None), public_form.SENT_PER_ADDRESS)

    def test_households_of_ipv6_are_one(self):
        self._from("2001:db8:1:2:aaaa::1")
        one = public_form.throttle_address()
        self._from("2001:db8:1:2:bbbb::2")
        self.assertEqual(public_form.throttle_address(), one)
        self._from("2001:db8:1:3::1")
        self.assertNotEqual(public_form.throttle_address(), one)

    def test_each_problem_has_words(self):
        for problem in ("invalid", "expired", "proof", "busy"):
            self.assertTrue(public_form.problem_text(self.env, problem))
        self.assertFalse(public_form.problem_text(self.env, None))

    def test_bits_from_the_parameter(self):
        for value, bits in (("0", 0), ("12", 12), ("99", proof_of_work.MAX_BITS), ("x", 15), ("", 15), (False, 15)):
            self.env["ir.config_parameter"].set_param("jamaa_base.proof_bits", value)
            self.assertEqual(public_form.proof_bits(self.env), bits, value)
