"""Short messages: off by default, nothing of the case, sent once, counted."""

from datetime import timedelta
from unittest.mock import MagicMock, patch

import requests

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import FACTS, IDENTITY, ComplaintCase

SECRET = "very-secret-word"


@tagged("post_install", "-at_install")
class TestSms(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Sms = cls.env["jamaa.sms"].sudo()
        cls.env["ir.config_parameter"].sudo().set_param("JAMAA_SMS_TEST", SECRET)

    def _switch_on(self, **vals):
        self.here.write(
            {
                "sms_url": "https://gateway.test/send",
                "sms_params": "number={to}&words={text}&key={secret}",
                "sms_secret_name": "JAMAA_SMS_TEST",
                "sms_cost": 0.2,
                "sms_on": True,
                **vals,
            }
        )

    def _phone_case(self, **vals):
        return self._lodge(identity={"name": IDENTITY["name"], "phone": IDENTITY["phone"]}, **vals)

    def _run(self, status=200, problem=None):
        """One run of the queue; returns the calls of the gateway."""
        with (
            patch("requests.request", side_effect=problem, return_value=MagicMock(status_code=status)) as gateway,
            patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=60),
        ):
            self.Sms._cron_send()
        return gateway.call_args_list

    def test_off_by_default(self):
        self.assertFalse(self.here.sms_on)
        self._phone_case()
        self.assertFalse(self.Sms.search([]))
        self.assertFalse(self._run())

    def test_only_who_asked_for_the_telephone(self):
        self._switch_on()
        self._lodge()
        self.assertFalse(self.Sms.search([]))

    def test_nothing_of_the_case_and_no_number(self):
        self._switch_on()
        case = self._phone_case()
        row = self.Sms.search([])
        self.assertEqual(row.case_id, case)
        self.assertIn(case.case_number, row.text)
        self.assertNotIn(FACTS[:10], row.text)
        self.assertNotIn(case.name, row.text)
        seen = str(row.with_user(self.officer).sudo(False).read())
        self.assertNotIn(IDENTITY["phone"].strip("+"), seen)
        self.assertNotIn("Zineb", seen)
        self.assertFalse(case._come_or_call(), "who gets a message is not sent to the counter")

    def test_sent_once_and_counted(self):
        self._switch_on()
        self._phone_case()
        calls = self._run()
        self.assertEqual(len(calls), 1)
        self.assertEqual(calls[0].kwargs["data"]["number"], IDENTITY["phone"])
        self.assertEqual(calls[0].kwargs["data"]["key"], SECRET)
        self.assertFalse(calls[0].kwargs["allow_redirects"])
        row = self.Sms.search([])
        self.assertEqual(row.state, "sent")
        self.assertGreaterEqual(row.parts, 1)
        self.assertAlmostEqual(row.cost, row.parts * 0.2)
        self.assertFalse(self._run())

    def test_a_gateway_that_is_down(self):
        self._switch_on()
        case = self._phone_case()
        row = self.Sms.search([])
        refused = requests.ConnectionError(f"Failed to establish a new connection: https://gateway.test?key={SECRET}")
        for problem in (refused, requests.ConnectTimeout()):
            self.assertEqual(len(self._run(problem=problem)), 1)
            self.assertEqual(row.state, "queued")
            self.assertNotIn(SECRET, row.failure)
            self.assertFalse(self._run(), "it waits before the next try")
            row.next_try = fields.Datetime.now() - timedelta(minutes=1)
        self.assertEqual(len(self._run()), 1)
        self.assertEqual((row.state, row.tries), ("sent", 3))
        self.assertFalse(case.mail_alert)

    def test_what_may_have_left_is_not_sent_again(self):
        self._switch_on()
        for problem in (requests.ReadTimeout(), requests.ConnectionError("Connection aborted.")):
            case = self._phone_case()
            self._run(problem=problem)
            self.assertEqual(case.mail_alert, "bounced")
            self.assertEqual(self.Sms.search([("case_id", "=", case.id)]).state, "unclear")
            self.assertFalse(self._run())

    def test_a_run_that_fell(self):
        self._switch_on()
        case = self._phone_case()
        row = self.Sms._claim()
        self.assertEqual(row.state, "sending")
        self.assertFalse(self.Sms._claim(), "what is taken is taken")
        self.assertFalse(self._run())
        row.next_try = fields.Datetime.now() - timedelta(hours=2)
        self.assertFalse(self._run())
        self.assertEqual(row.state, "unclear")
        self.assertEqual(case.mail_alert, "bounced")

    def test_refused_and_tries_end(self):
        self._switch_on()
        self._phone_case()
        row = self.Sms.search([])
        row.tries = 7
        self._run(status=503)
        self.assertEqual((row.state, row.failure), ("failed", "HTTP 503"))
        self._phone_case()
        self._run(status=401)
        self.assertEqual(self.Sms.search([], limit=1).state, "failed")

    def test_settings(self):
        for vals in (
            {"sms_url": "http://gateway.test"},
            {"sms_url": "https://me:word@gateway.test"},
            {"sms_params": "to={to}"},
            {"sms_secret_name": "HOME"},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                self._switch_on(**vals)
        with self.assertRaises(AccessError):
            self._as(self.officer, self.here).read(["sms_url"])

    def test_who_sees_them(self):
        self._switch_on()
        case = self._phone_case()
        row = self.Sms.search([])
        self.assertTrue(self._as(self.officer, row).has_access("read"))
        for user in (self.agent, self.officer_there, self.portal_user):
            with self.subTest(user=user.login):
                self.assertFalse(self._as(user, row).has_access("read"))
        with self.assertRaises(AccessError):
            self._as(self.officer, row).write({"state": "sent"})
        case.sudo().locked_user_ids = self.officer
        self.assertFalse(self._as(self.officer, row).has_access("read"))
