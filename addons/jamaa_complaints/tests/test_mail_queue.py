"""The mail server is down: nothing lost, nothing sent twice."""

import smtplib
from datetime import timedelta
from unittest.mock import MagicMock, patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from .common import IDENTITY, ComplaintCase


@tagged("post_install", "-at_install")
class TestMailQueue(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Mail = cls.env["mail.mail"].sudo()
        cls.Mail.search([]).unlink()
        cls.case = cls._lodge()
        cls.mail = cls.Mail.search([("vault_id", "=", cls.case.sudo().complainant_id.id)])

    def _run(self, connect=None, send=None):
        """One run of the queue; returns the mails that reached the server."""
        servers = type(self.env["ir.mail_server"])
        taken = []

        def deliver(_server, message, *_args, **_kwargs):
            if send:
                raise send
            taken.append(message)
            return message["Message-Id"]

        with (
            patch.object(servers, "_connect__", side_effect=connect, return_value=MagicMock()),
            patch.object(servers, "_disable_send", return_value=False),
            patch.object(servers, "send_email", deliver),
            mute_logger("odoo.addons.mail.models.mail_mail"),
        ):
            self.Mail.process_email_queue()
        return taken

    def _later(self):
        self.mail.scheduled_date = fields.Datetime.now() - timedelta(minutes=1)

    def test_the_server_is_down(self):
        self.assertEqual(len(self.mail), 1)
        for tries in (1, 2, 3):
            self.assertFalse(self._run(connect=ConnectionRefusedError("refused")))
            self.assertEqual((self.mail.state, self.mail.vault_tries), ("outgoing", tries))
            self.assertGreater(self.mail.scheduled_date, fields.Datetime.now())
            self.assertFalse(self._run(), "it waits before the next try")
            self._later()
        taken = self._run()
        self.assertEqual(len(taken), 1)
        self.assertIn(IDENTITY["email"], taken[0]["To"])
        self.assertFalse(self._run(), "it is not sent twice")
        self.assertFalse(self.mail.exists())
        self.assertFalse(self.case.mail_alert)

    def test_a_busy_server_is_asked_again_under_the_same_number(self):
        busy = MailDeliveryException("Mail Delivery Failed", "451 4.7.1 greylisted, try again")
        self._run(send=busy)
        self.assertEqual(self.mail.state, "outgoing")
        number = self.mail._prepare_outgoing_list()[0]["message_id"]
        self._later()
        self.assertEqual(self._run()[0]["Message-Id"], number)

    def test_a_refused_address_is_said_on_the_case(self):
        self._run(send=MailDeliveryException("Mail Delivery Failed", "550 5.1.1 no such user"))
        self.assertEqual(self.mail.state, "exception")
        self.assertEqual(self.case.mail_alert, "bounced")
        self.assertFalse(self._run(), "it is not tried again by itself")

    def test_a_line_that_breaks_in_the_middle_is_not_sent_twice(self):
        self._run(send=smtplib.SMTPServerDisconnected("gone"))
        self.assertEqual(self.mail.state, "exception")
        self.assertEqual(self.case.mail_alert, "bounced")
        self.assertFalse(self._run())

    def test_tries_end(self):
        self.mail.vault_tries = 30
        self._run(connect=ConnectionRefusedError("refused"))
        self.assertEqual(self.mail.state, "exception")
        self.assertEqual(self.case.mail_alert, "bounced")
