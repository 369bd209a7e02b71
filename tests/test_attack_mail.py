"""What a hostile mail gets out of the gateway, and what it leaves behind."""

from odoo.tests import tagged

from odoo.addons.jamaa_complaints.tests.common import ComplaintCase

MAIL = """Return-Path: <{sender}>
From: {sender_name} <{sender}>
To: {to}
Cc: {cc}
Reply-To: {sender}
Subject: {subject}
Message-Id: <{number}@evil.test>
In-Reply-To: {parent}
References: {parent}
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8
Date: Mon, 05 Jan 2026 10:00:00 +0000

{body}
"""
BODY = "<p>Three weeks of darkness</p><script>alert(1)</script><img src=x onerror=alert(2)>"


@tagged("post_install", "-at_install", "security")
class TestHostileMail(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case.sudo().write({"service_id": cls.lighting.id, "user_id": cls.agent.id})
        for user in cls.portal_user | cls.council_member | cls.agent | cls.officer:
            user.email = f"{user.login}@town.test"
        domain = cls.env["mail.alias.domain"].search([], limit=1) or cls.env["mail.alias.domain"].create(
            {"name": "town.test"}
        )
        cls.here.alias_domain_id = domain
        cls.unit.alias_id.alias_domain_id = domain
        cls.address = f"{cls.unit.alias_name}@{domain.name}"
        cls.number = 0

    def _mail(self, **values):
        type(self).number += 1
        text = MAIL.format(
            **{
                "sender": "evil@evil.test",
                "sender_name": "Evil Sender",
                "to": self.address,
                "cc": "",
                "subject": "Dark street",
                "parent": "<none@evil.test>",
                "number": self.number,
                "body": BODY,
                **values,
            }
        )
        # sudo: helpdesk.ticket - as the gateway does
        self.env["mail.thread"].sudo().message_process(False, text.encode())
        return self.Ticket.sudo().search([("company_id", "=", self.here.id)], order="id desc", limit=1)

    def test_recipients_of_a_new_case_become_nothing(self):
        """Put the accused in copy and he would read the case."""
        everybody = ", ".join(user.email for user in self.portal_user | self.council_member | self.agent | self.officer)
        case = self._mail(cc=everybody, to=f"{self.address}, {everybody}")
        self.assertNotEqual(case, self.case)
        self.assertFalse(case.message_follower_ids)
        self.assertFalse(case.message_ids.partner_ids | case.message_ids.notified_partner_ids)
        self.assertFalse(case.partner_id or case.partner_email or case.email_cc)
        self.assertFalse(self.env["res.partner"].search([("email", "ilike", "evil.test")]))
        texts = str(case.message_ids.read()) + str(case.read())
        for secret in ("evil@evil.test", "Evil Sender", self.council_member.email):
            self.assertNotIn(secret, texts)
        self.assertIn("evil@evil.test", case.complainant_id.raw_mail)

    def test_scripts_do_not_survive(self):
        case = self._mail()
        for text in (case.facts, str(case.description), str(case.message_ids.mapped("body"))):
            self.assertNotIn("<script", text)
            self.assertNotIn("onerror=", text.replace("&lt;", ""))

    def test_an_answer_to_a_case_subscribes_nobody(self):
        note = self.case.sudo().message_post(body="Note", author_id=self.agent.partner_id.id)
        followers = self.case.sudo().message_partner_ids
        self._mail(
            parent=note.message_id,
            to=self.address,
            cc=f"{self.portal_user.email}, {self.council_member.email}, stranger@evil.test",
        )
        self.env.invalidate_all()
        self.assertEqual(self.case.sudo().message_partner_ids, followers)
        self.assertNotIn(
            "evil.test",
            str(self.case.sudo().message_ids.read(["email_from", "author_id", "reply_to", "body", "record_name"])),
        )
        for user in self.portal_user | self.council_member:
            self.assertFalse(self._as(user).has_access("read"))

    def test_strange_heads(self):
        for values in (
            {"subject": ""},
            {"subject": "x" * 5000},
            {"subject": "=?utf-8?q?=00=E2=80=AE?= line"},
            {"sender_name": '"; DROP TABLE x; --'},
            {"sender": "nobody", "sender_name": ""},
            {"body": ""},
            {"body": "A" * 200_000},
            {"body": "<div>" * 3000},
        ):
            with self.subTest(values=str(values)[:60]):
                case = self._mail(**values)
                self.assertTrue(case.facts)
                self.assertLessEqual(len(case.name), 150)
                self.assertNotIn("\0", case.name)
