"""A case about somebody is invisible to that person, by every way."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_isolation import TestIsolation


@tagged("post_install", "-at_install")
class TestLock(TestIsolation):
    """The table of `TestIsolation`, for somebody who handled the case until now."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the agent wrote a message, was written to, follows, and has an activity
        cls.case.with_user(cls.agent).message_post(body="I asked the foreman", partner_ids=cls.agent.partner_id.ids)
        cls.case.with_user(cls.officer).message_post(body="What did he say?", partner_ids=cls.agent.partner_id.ids)
        cls.case.sudo().message_subscribe(cls.agent.partner_id.ids)
        cls.unit.user_id = cls.officer
        cls.before = cls.case.with_user(cls.agent).has_access("read")
        cls.case.with_user(cls.officer).write({"locked_user_ids": [(4, cls.agent.id)]})
        cls.double.with_user(cls.officer).write({"locked_user_ids": [(4, cls.agent.id)]})
        cls.message = cls.case.sudo().message_ids.filtered(lambda m: m.author_id == cls.agent.partner_id)[:1]
        cls.shut_out = cls.agent
        cls.admitted = cls.officer | cls.head | cls.director_user | cls.president_user
        cls.env.flush_all()

    def test_it_was_open_before(self):
        self.assertTrue(self.before)
        self.assertTrue(self.message)

    def test_a_message_planned_before_is_closed_too(self):
        """Core asks for the right on the record; this keeps it so."""
        planned = (
            self.env["mail.scheduled.message"]
            .sudo()
            .create(
                {
                    "model": "helpdesk.ticket",
                    "res_id": self.case.id,
                    "author_id": self.agent.partner_id.id,
                    "body": "I asked the foreman",
                    "scheduled_date": "2099-01-01 10:00:00",
                }
            )
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mail_scheduled_message SET create_uid = %s WHERE id = %s",
            (self.agent.id, planned.id),
        )
        self.env.invalidate_all()
        mine = planned.with_user(self.agent).sudo(False)
        self.assertFalse(mine.search([("id", "=", planned.id)]))

    def test_what_was_theirs_goes(self):
        case = self.case.sudo()
        self.assertFalse(case.user_id)
        self.assertNotIn(self.agent.partner_id, case.message_partner_ids)
        self.assertEqual(self.activity.sudo().user_id, self.officer)
        self.assertFalse(
            self.env["mail.notification"]
            .sudo()
            .search(
                [
                    ("mail_message_id", "in", case.message_ids.ids),
                    ("res_partner_id", "=", self.agent.partner_id.id),
                ]
            )
        )
        self.assertIn("locked", case.milestone_ids.mapped("code"))
        self.assertFalse(case.milestone_ids.filtered(lambda m: m.code == "locked").is_public)

    def test_no_way_back_in(self):
        officer = self._as(self.officer)
        with self.assertRaises(UserError):
            officer.write({"user_id": self.agent.id})
        with self.assertRaises(AccessError):
            officer.message_post(body="See", partner_ids=self.agent.partner_id.ids)
        officer.message_subscribe(self.agent.partner_id.ids)
        self.assertNotIn(self.agent.partner_id, self.case.sudo().message_partner_ids)
        with self.assertRaises(AccessError):
            self._as(self.agent).action_take()
        self.assertFalse(self._as(self.agent).search([("id", "=", self.case.id)]))

    def test_a_president_can_be_locked_too(self):
        self._as(self.officer).write({"locked_user_ids": [(4, self.president_user.id)]})
        self.assertFalse(self._as(self.president_user).has_access("read"))

    def test_only_the_desk_locks(self):
        for user in (self.head, self.president_user, self.colleague):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user).write({"locked_user_ids": [(5,)]})
        with self.assertRaises(AccessError):
            self._as(self.head).read(["locked_user_ids"])

    def test_unlocking_is_a_fact(self):
        self._as(self.officer).write({"locked_user_ids": [(3, self.agent.id)]})
        self.assertIn("unlocked", self.case.sudo().milestone_ids.mapped("code"))
        self.assertTrue(self._as(self.agent).has_access("read"))

    # Inherited cases that need the agent inside
    test_a_new_service_takes_effect_at_once = None
    test_signatories_see_what_waits_for_them = None
    test_what_was_to_do_goes_with_the_case = None
