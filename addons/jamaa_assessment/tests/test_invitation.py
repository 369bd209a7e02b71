"""A panel is invited by function, in the person's language, reminded, and what came back shows."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import AssessmentCase


class InvitationCase(AssessmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.here.commune_slug = "test-here"
        cls.agent.email = "agent@example.org"
        cls.agent.lang = "fr_MA"
        cls.reception = cls._make_function("reception_head", name="Head of reception")
        cls.one = cls._round(start=False, paper=1, date=cls._day(10))
        cls.one.with_user(cls.facilitator).write(
            {
                "facilitator_id": cls.facilitator.id,
                "rater_ids": [
                    (0, 0, {"function_id": cls.reception.id, "role": "director"}),
                    (0, 0, {"label": "Association", "role": "partner", "email": "assoc@example.org", "lang": "fr"}),
                ],
            }
        )
        cls.paper = cls.one.rater_ids.filtered(lambda rater: rater.label and rater.label.startswith("Citizens"))
        cls.by_function = cls.one.rater_ids.filtered("function_id")
        cls.partner = cls.one.rater_ids.filtered("email")

    def _start(self):
        self.one.with_user(self.facilitator).action_start()
        return self.one.with_user(self.facilitator)

    def _mails(self, seat=None):
        # sudo: mail.mail - hidden from everybody, looked at by the test
        rows = (seat or self.one.rater_ids).invitation_ids
        return self.env["mail.mail"].sudo().search([("model", "=", rows._name), ("res_id", "in", rows.ids)])

    def _passed(self, days=1):
        """Let some days pass since the invitations."""
        self.one.rater_ids.filtered("invited_on").write({"invited_on": fields.Datetime.now() - timedelta(days=days)})
        self.env.flush_all()

    def _remind(self):
        self.env["jamaa.assessment.round"]._cron_remind_panels()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestInvitation(InvitationCase):
    def test_by_function_to_its_login(self):
        self._make_holder(self.reception, self.agent)
        self._start().action_invite()
        self.assertEqual(self.by_function.user_id, self.agent)
        self.assertEqual(self.by_function.channel, "login")
        row = self.by_function.invitation_ids
        self.assertEqual((row.state, row.address, row.person_name), ("to_send", "agent@example.org", self.agent.name))
        mail = self._mails(self.by_function)
        self.assertEqual(mail.state, "outgoing", "queued, not sent in the request")
        self.assertIn(self.by_function._link_path("fr"), mail.body_html)
        self.assertIn('dir="ltr"', mail.body_html)
        self.assertIn(self.grid.with_context(lang="fr_MA").name, mail.body_html)

    def test_by_function_to_a_stand_in_without_login(self):
        self.reception.stand_in_email = "stand-in@here.example"
        self._make_holder(self.reception, role="stand_in")
        self._start().action_invite()
        self.assertFalse(self.by_function.user_id)
        self.assertEqual(self.by_function.channel, "link")
        mail = self._mails(self.by_function)
        self.assertEqual(mail.email_to, "stand-in@here.example")
        self.assertIn('dir="rtl"', mail.body_html, "in the language of the commune")

    def test_vacant_shows_and_is_told(self):
        self._start().action_invite()
        self.assertEqual(self.by_function.invitation_state, "vacant")
        self.assertFalse(self.by_function.invited_on)
        self.assertEqual(self.one.not_invited_count, 1)
        activity = self.one.activity_ids
        self.assertEqual(activity.user_id, self.facilitator)
        self.one.with_user(self.facilitator).action_invite()
        self.assertEqual(len(self.one.activity_ids), 1, "told once")

    def test_from_outside_and_on_paper(self):
        self._start().action_invite()
        self.assertEqual((self.partner.channel, self.partner.invitation_state), ("link", "to_send"))
        self.assertIn("/fr/assessment/", self._mails(self.partner).body_html)
        self.assertEqual((self.paper.channel, self.paper.invitation_state), ("paper", "paper"))
        self.assertFalse(self._mails(self.paper))

    def test_login_without_mailbox(self):
        self.agent.email = False
        self._make_holder(self.reception, self.agent)
        self._start().action_invite()
        self.assertEqual(self.by_function.invitation_state, "tool")
        asked = self.one.activity_ids.filtered(lambda activity: activity.user_id == self.agent)
        self.assertEqual((len(asked), asked.date_deadline), (1, self.one.answer_due))
        self._answer(self.by_function.with_user(self.agent), one="1", two="2", three="3", duty="yes")
        self.assertFalse(asked.exists(), "done when it is done")

    def test_what_became_of_it(self):
        self._start().action_invite()
        mail = self._mails(self.partner)
        mail._postprocess_sent_message([], [mail.email_to])
        self.assertEqual(self.partner.invitation_state, "sent")
        self.partner.invitation_ids._message_receive_bounce("assoc@example.org", self.env["res.partner"])
        self.assertEqual(self.partner.invitation_state, "bounced")
        self.assertTrue(self.one.activity_ids.filtered(lambda one: "came back" in one.summary))
        with self.assertRaisesRegex(UserError, "Everybody was invited"):
            self._make_holder(self.reception, self.agent)
            self.one.with_user(self.facilitator).action_invite()
            self.one.with_user(self.facilitator).action_invite()

    def test_again_after_the_address_was_mended(self):
        self._start().action_invite()
        old = self.partner._link_path("fr")
        seat = self.partner.with_user(self.facilitator)
        seat.email = "new@example.org"
        seat.action_invite()
        self.assertEqual(len(seat.invitation_ids), 2)
        self.env.invalidate_all()
        self.assertEqual(seat.invitation_ids[:1].address, "new@example.org")
        self.assertNotEqual(self.partner._link_path("fr"), old, "the old mailbox no longer has the seat")

    def test_a_seat_that_answered_goes_to_no_other_mailbox(self):
        self.reception.contact_email = "first@here.example"
        self._make_holder(self.reception)
        self._start().action_invite()
        seat = self.by_function
        question = seat._survey().question_and_page_ids.filtered(lambda one: one.assessment_item_id)[:1]
        seat._keep({question.id: (question.suggested_answer_ids[:1].id, "")})
        self.reception.contact_email = "second@here.example"
        with self.assertRaisesRegex(UserError, "has answers"):
            seat.with_user(self.facilitator).action_invite()

    def test_same_person_on_two_seats(self):
        self._make_holder(self.reception, self.agent)
        self.one.rater_ids = [(0, 0, {"user_id": self.agent.id})]
        with self.assertRaisesRegex(UserError, "already sits on this panel"):
            self._start().action_invite()

    def test_nobody_reads_the_mails(self):
        self._start().action_invite()
        mail = self._mails(self.partner)
        rows = self.partner.invitation_ids
        for user in (self.facilitator, self.director_user, self.admin_user, self.env.ref("base.user_admin")):
            with self.subTest(user.login):
                Mail = self.env["mail.mail"].with_user(user)
                if Mail.has_access("read"):
                    self.assertFalse(Mail.search([("id", "=", mail.id)]))
                with self.assertRaises(AccessError):
                    mail.with_user(user).sudo(False).read(["body_html"])
        messages = self.env["mail.message"].search([("model", "=", rows._name), ("res_id", "in", rows.ids)])
        self.assertNotIn("/assessment/", "".join(messages.mapped("body")))

    def test_who_sees_invitations(self):
        self._start().action_invite()
        Row = self.env["jamaa.assessment.invitation"]
        for user, sees in (
            (self.facilitator, True), (self.director_user, True), (self.agent, False), (self.facilitator_there, False),
            (self.team, False),
        ):  # fmt: skip
            with self.subTest(user.login):
                self.assertEqual(bool(Row.with_user(user).search([("round_id", "=", self.one.id)])), sees)
        for call in (
            lambda: self.partner.invitation_ids.with_user(self.facilitator).write({"state": "sent"}),
            lambda: self.partner.with_user(self.agent).action_invite(),
            lambda: self.partner.with_user(self.agent).action_renew_link(),
            lambda: self.one.with_user(self.facilitator_there).action_invite(),
        ):
            with self.subTest(), self.assertRaises(UserError):
                call()

    def test_addresses(self):
        with self.assertRaisesRegex(ValidationError, "no e-mail address"):
            self.partner.email = "not an address"
        with self.assertRaises(UserError):
            self.partner.function_id = self._make_function("other", company=self.there)

    def test_addresses_go_when_it_is_over(self):
        self._start().action_invite()
        self.one._move("consensus")
        self.assertTrue(self.partner.email)
        self.one._move("validated")
        self.assertFalse(self.partner.email)
        self.assertFalse(self.partner.invitation_ids.address)
        self.assertFalse(self._mails(self.partner))
        self.assertTrue(self.partner.invitation_ids.asked_on)


@tagged("post_install", "-at_install")
class TestReminders(InvitationCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=60))

    def _reminders(self, seat=None):
        return len((seat or self.partner).invitation_ids.filtered(lambda row: row.kind == "reminder"))

    def test_once_at_each_stage(self):
        self._start().action_invite()
        self._passed()
        self._remind()
        self.assertEqual(self._reminders(), 0, "ten days ahead it is too early")
        for left, count in ((7, 1), (6, 1), (3, 2), (2, 2), (1, 3), (0, 3), (-1, 3)):
            with self.subTest(left=left):
                self.env.cr.execute(
                    "UPDATE jamaa_assessment_round SET date = %s, answer_due = %s WHERE id = %s",
                    (self._day(left), self._day(left), self.one.id),
                )
                self.env.invalidate_all()
                self._remind()
                self._remind()
                self.assertEqual(self._reminders(), count)
        self.assertEqual(self._reminders(self.paper), 0)
        self.assertEqual(self._reminders(self.by_function), 0, "nobody was invited there")
        told = self.one.activity_ids.filtered(lambda one: "not finished" in one.summary)
        self.assertEqual((len(told), told.user_id), (1, self.facilitator))

    def test_days_that_were_missed_make_one_mail(self):
        self._start().action_invite()
        self.one.date = self._day(1)
        self._passed()
        self._remind()
        self.assertEqual(self._reminders(), 1)
        self.assertEqual(self.partner.reminder_stage, 3)

    def test_who_is_left_alone(self):
        self._start().action_invite()
        self.one.date = self._day(2)
        self._remind()
        self.assertEqual(self._reminders(), 0, "invited today")
        self._passed()
        self.partner.sudo().finished_on = fields.Datetime.now()
        self._remind()
        self.assertEqual(self._reminders(), 0, "finished")
        self.partner.sudo().finished_on = False
        self.partner.invitation_ids._bounced("wrong")
        self._remind()
        self.assertEqual(self._reminders(), 0, "the address is wrong")

    def test_more_time(self):
        self._start().action_invite()
        self.one.answer_until = self._day(1)
        self._passed()
        self._remind()
        self.one.answer_until = self._day(6)
        self._remind()
        self.assertEqual(self._reminders(), 2, "a new day is counted anew")

    def test_batches(self):
        self.one.rater_ids = [
            (0, 0, {"label": f"Partner {n}", "role": "partner", "email": f"p{n}@example.org"}) for n in range(60)
        ]
        self._start().action_invite()
        self.one.date = self._day(2)
        self._passed()
        self._remind()
        rows = self.one.invitation_ids.filtered(lambda row: row.kind == "reminder")
        self.assertEqual(len(rows), 61)

    def test_deadline(self):
        one = self._round([self.agent, self.member], paper=1, date=self._day(5))
        with self.assertRaisesRegex(ValidationError, "before the meeting"):
            one.answer_until = self._day(6)
        seat = self._seat(one, self.agent)
        one.answer_until = self._day(0)
        seat.answer(self.items["one"].id, "1")
        one.answer_until = self._day(-1)
        with self.assertRaisesRegex(UserError, "time for individual answers is over"):
            seat.answer(self.items["one"].id, "2")
        # forms that were collected in time are typed in later
        paper = one.rater_ids.filtered(lambda rater: not rater.user_id).with_user(self.facilitator)
        paper.answer(self.items["one"].id, "2")
        one.answer_until = self._day(1)
        seat.answer(self.items["one"].id, "2")
