"""Mail to the unit: addresses go to the vault, words to the case, nobody is subscribed."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ComplaintCase

MAIL = """Return-Path: <amina.raji@example.org>
To: {to}
Cc: "The accused" <accused@example.org>, t_portal@example.org
From: Amina Raji <amina.raji@example.org>
Reply-To: amina.private@example.org
Subject: {subject}
Message-ID: <{number}@example.org>
{reference}Date: Tue, 3 Mar 2026 12:43:21 +0000
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

The drain in our street is open.
"""
SECRETS = ("amina", "raji", "accused", "t_portal")


@tagged("post_install", "-at_install")
class TestMail(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].search([], limit=1) or cls.env["mail.alias.domain"].create(
            {"name": "commune.test"}
        )
        cls.unit.alias_id.alias_domain_id = domain
        cls.address = f"{cls.unit.alias_name}@{domain.name}"
        cls.portal_user.email = "t_portal@example.org"
        cls.accused = cls._make_user("t_accused", "jamaa_base.group_registry_clerk")
        cls.accused.email = "accused@example.org"
        cls.partners = cls.env["res.partner"].search_count([])
        cls.mailed = cls._receive(1)

    @classmethod
    def _receive(cls, number, answers=None, subject="Open drain", sender=None):
        """Let a mail in by the gateway; returns the newest case."""
        reference = f"References: {answers}\nIn-Reply-To: {answers}\n" if answers else ""
        text = MAIL.format(to=cls.address, subject=subject, number=f"jamaa-{number}", reference=reference)
        if sender:
            text = text.replace("Amina Raji <amina.raji@example.org>", sender)
        cls.env["mail.thread"].with_context(fetchmail_cron_running=True).message_process(
            "helpdesk.ticket", text, save_original=True
        )
        return cls.Ticket.search([("kind", "!=", False)], order="id desc", limit=1)

    def _visible_text(self, case):
        """All that staff could read of a case, as one text."""
        parts = []
        for records in (
            case,
            case.message_ids,
            case.message_follower_ids,
            case.attachment_ids,
            case.milestone_ids,
        ):
            for row in records.with_user(self.officer).sudo(False).read():
                parts.append(str(row))
        parts += [(file.raw or b"").decode(errors="replace") for file in case.attachment_ids]
        return "\n".join(parts).lower()

    def test_a_mail_is_a_case_of_the_commune(self):
        case = self.mailed
        self.assertNotEqual(case, self.case)
        self.assertEqual(case.company_id, self.here)
        self.assertEqual(case.kind, "complaint")
        self.assertEqual(case.name, "Open drain")
        self.assertIn("The drain in our street is open.", case.facts)
        self.assertEqual(case.channel_id, self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_email"))
        self.assertTrue(case.due_date)

    def test_addresses_are_in_the_vault_alone(self):
        person = self.mailed.sudo().complainant_id
        self.assertEqual(person.email, "amina.raji@example.org")
        self.assertIn("accused@example.org", person.raw_mail)
        text = self._visible_text(self.mailed)
        self.assertIn("the drain in our street", text)
        for secret in SECRETS:
            with self.subTest(secret=secret):
                self.assertNotIn(secret, text)

    def test_nobody_is_subscribed_notified_or_created(self):
        case = self.mailed
        self.assertFalse(case.message_partner_ids)
        self.assertFalse(case.message_ids.partner_ids)
        self.assertFalse(case.message_ids.notified_partner_ids)
        self.assertEqual(self.env["res.partner"].search_count([]), self.partners)
        self.assertEqual(case.message_ids.author_id, self.env.ref("jamaa_complaints.partner_citizen"))
        for user in (self.accused, self.portal_user):
            self.assertFalse(self._as(user, case).has_access("read"))
            self.assertFalse(
                self._as(user, case)
                .env["mail.message"]
                .search([("model", "=", "helpdesk.ticket"), ("res_id", "=", case.id)])
            )

    def test_a_reply_adds_words_only(self):
        first = self.mailed.message_ids.sorted("id")[:1].message_id
        count = len(self.mailed.message_ids)
        facts = self.mailed.facts
        self.assertEqual(self._receive(2, answers=first), self.mailed)
        self.assertEqual(len(self.mailed.message_ids), count + 1)
        self.assertEqual(self.mailed.facts, facts)
        self.assertIn("message_received", self.mailed.milestone_ids.mapped("code"))
        self.assertFalse(self.mailed.message_partner_ids)
        text = self._visible_text(self.mailed)
        for secret in SECRETS:
            with self.subTest(secret=secret):
                self.assertNotIn(secret, text)
        self.assertEqual(self.env["res.partner"].search_count([]), self.partners)

    def test_the_gateway_alone_makes_cases(self):
        with self.assertRaises(AccessError):
            self.Ticket.with_user(self.officer).message_new(
                {"subject": "x", "body": "x", "from": "a@b.c"}, {"team_id": self.unit.id}
            )

    def test_following_the_unit_follows_no_case(self):
        """Any employee may follow a team; that opens none of its cases."""
        everything = self.env["mail.message.subtype"].search([("res_model", "in", (False, "helpdesk.ticket.team"))])
        self.unit.message_subscribe(self.accused.partner_id.ids, everything.ids)
        self.lighting.message_subscribe(self.accused.partner_id.ids, everything.ids)
        case = self._lodge()
        self._as(self.officer, case).action_assign_proposed()
        # what core does when the team of a record is set
        case.with_context(tracking_disable=False)._message_auto_subscribe({"team_id": self.unit.id})
        self.assertNotIn(self.accused.partner_id, case.message_partner_ids)

    def test_messages_stay_among_handlers(self):
        case = self.case.sudo()
        case.service_id = self.lighting
        officer = self._as(self.officer)
        officer.message_post(body="Look", partner_ids=self.agent.partner_id.ids)
        for kwargs in (
            {"partner_ids": self.portal_user.partner_id.ids},
            {"partner_ids": self.accused.partner_id.ids},
            {"partner_ids": self.other_agent.partner_id.ids},
            {"outgoing_email_to": "amina.raji@example.org"},
        ):
            with self.subTest(kwargs=kwargs), self.assertRaises(AccessError):
                self._as(self.officer).message_post(body="Look", **kwargs)

    def test_who_left_is_told_nothing(self):
        """A follower of the former service gets no notification any more."""
        case = self.case.sudo()
        case.write({"service_id": self.lighting.id, "user_id": self.agent.id})
        case.message_subscribe(self.agent.partner_id.ids)
        self.assertIn(self.agent.partner_id, case.message_partner_ids)
        case.write({"service_id": self.roads.id, "user_id": False})
        self.assertIn(self.agent.partner_id, case.message_partner_ids)
        message = self._as(self.officer).message_post(body="News", subtype_xmlid="mail.mt_comment")
        self.assertNotIn(self.agent.partner_id, message.sudo().notified_partner_ids)
        message = case.message_notify(body="News", partner_ids=self.agent.partner_id.ids)
        self.assertFalse(message.notified_partner_ids)

    def test_no_activity_for_outsiders(self):
        self.case.sudo().service_id = self.lighting
        self._as(self.officer).activity_schedule("mail.mail_activity_data_todo", user_id=self.agent.id)
        with self.assertRaises(UserError):
            self._as(self.officer).activity_schedule("mail.mail_activity_data_todo", user_id=self.other_agent.id)

    def test_the_citizens_link_opens_no_chatter(self):
        token = self.case.sudo().access_token
        public = self.Ticket.with_user(self.env.ref("base.public_user")).sudo(False)
        self.assertFalse(public._get_thread_with_access(self.case.id, token=token))
        partner = self.portal_user.partner_id
        self.assertFalse(
            public._get_thread_with_access(self.case.id, pid=partner.id, hash=self.case.sudo()._sign_token(partner.id))
        )
        plain = self.Ticket.create({"name": "x", "description": "x"})
        plain.access_token = "a-plain-tickets-own-token"
        self.assertTrue(public._get_thread_with_access(plain.id, token=plain.access_token))
