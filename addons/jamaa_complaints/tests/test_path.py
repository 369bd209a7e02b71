"""From the desk to the answer."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ComplaintCase


@tagged("post_install", "-at_install")
class TestPath(ComplaintCase):
    def _codes(self):
        self.env.invalidate_all()
        return self.case.milestone_ids.sorted("id").mapped("code")

    def test_whole_path(self):
        case = self.case
        self.here.identity_retention_months = 12
        officer = self._as(self.officer)
        self.assertEqual(officer.proposed_service_id, self.lighting)
        self.assertTrue(officer.may_assign)
        officer.action_assign_proposed()
        self.assertEqual(case.service_id, self.lighting)
        self.assertEqual(case.stage_id, self.env.ref("jamaa_complaints.stage_assigned"))

        agent = self._as(self.agent)
        self.assertTrue(agent.may_take)
        agent.action_take()
        self.assertEqual(case.user_id, self.agent)
        agent.write({"answer": "The lamp is replaced on Monday.", "outcome": "solved"})
        self.assertEqual(case.answer_state, "draft")
        self.assertEqual(case.answer_author_id, self.agent)
        agent.action_submit()
        self.assertEqual(case.stage_id, self.env.ref("jamaa_complaints.stage_to_approve"))

        self.president_holder.function_id.update_field_translations("name", {"ar_MA": "دالة"})
        case.sudo().public_lang = "ar_MA"
        president = self._as(self.president_user)
        self.assertTrue(president.may_approve)
        president.action_approve()
        self.assertEqual(case.approved_by_id, self.president_user)
        self.assertEqual(case.approved_by_holder, self.president_holder)
        self.assertFalse(case.reviewed_alone)
        # the letter is in the citizen's language, so is the function it names
        self.assertIn("دالة", case.approved_capacity)

        officer = self._as(self.officer)
        self.assertTrue(officer.may_send)
        officer.action_send()
        self.assertEqual(case.answer_state, "sent")
        self.assertEqual(case.answered_on, self.Ticket._commune_today())
        self.assertEqual(case.clock_state, "met")
        officer = self._as(self.officer)
        officer.action_close()
        self.assertEqual(case.stage_id, self.env.ref("jamaa_complaints.stage_closed"))
        self.assertEqual(
            self._codes(),
            "received assigned taken answer_drafted submitted approved sent closed".split(),
        )
        self.assertTrue(case.sudo().complainant_id.keep_until)

    def test_steps_are_refused_by_the_server(self):
        """Each action refuses whoever its button is hidden from."""
        agent, officer = self._as(self.agent), self._as(self.officer)
        officer.action_assign_proposed()
        for user, step in (
            (self.agent, "action_assign_proposed"),
            (self.agent, "action_assign"),
            (self.agent, "action_send"),
            (self.agent, "action_approve"),
            (self.officer, "action_approve"),
            (self.officer, "action_send"),
            (self.officer, "action_close"),
            (self.president_user, "action_approve"),
            (self.president_user, "action_submit"),
            (self.agent, "action_reveal_identity"),
            (self.president_user, "action_reveal_identity"),
            (self.other_agent, "action_take"),
            (self.council_member, "action_submit"),
        ):
            with self.subTest(user=user.login, step=step), self.assertRaises(AccessError):
                getattr(self._as(user), step)()
        agent.write({"answer": "Words", "outcome": "solved"})
        agent.action_submit()
        # nobody of the service approves what it wrote
        for user in (self.agent, self.head, self.officer, self.vice_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user).action_approve()

    def test_a_delegation_lets_sign(self):
        self._to_approval()
        self._make_holder(self.vice_president, self.vice_user)
        with self.assertRaises(AccessError):
            self._as(self.vice_user).action_approve()
        delegation = self._make_delegation(
            from_function_id=self.president.id,
            to_function_id=self.vice_president.id,
            act_kind_ids=[(6, 0, self.answer.ids)],
        )
        self._as(self.vice_user).action_approve()
        self.assertEqual(self.case.approved_by_holder, delegation)

    def test_no_empty_answer_is_submitted(self):
        self._as(self.officer).action_assign_proposed()
        agent = self._as(self.agent)
        agent.write({"answer": "x"})
        agent.write({"answer": "  "})
        with self.assertRaises(UserError):
            agent.action_submit()

    def test_answer_rests_after_submission(self):
        self._to_approval()
        for user in (self.agent, self.officer, self.head):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                self._as(user).write({"answer": "Other words"})
        with self.assertRaises(UserError):
            self.case.sudo().write({"answer": "Other words"})
        self._as(self.president_user)._return_answer("Say by when")
        self._as(self.agent).write({"answer": "Other words"})
        self.assertIn("returned", self._codes())

    def test_author_does_not_approve_except_in_a_small_commune(self):
        self._as(self.officer).action_assign_proposed()
        self.lighting.user_ids |= self.president_user
        self.president_user.group_ids |= self.env.ref("jamaa_base.group_service_agent")
        president = self._as(self.president_user)
        president.write({"answer": "Words", "outcome": "solved"})
        president.action_submit()
        with self.assertRaises(UserError):
            president.action_approve()
        self.here.profile = "small"
        self._as(self.president_user).action_approve()
        self.assertTrue(self.case.reviewed_alone)

    def test_satisfaction_is_a_fact(self):
        self.case._on_satisfaction(3)
        self.assertNotIn("satisfied", self._codes(), "nothing was answered yet")
        self._to_approval()
        self._as(self.president_user).action_approve()
        self._as(self.officer).action_send()
        self.case._on_satisfaction(3)
        self.case._on_satisfaction(3)
        self.assertEqual(self._codes().count("satisfied"), 1)

    def test_closing_date_is_cleared_on_reopening(self):
        closed = self.env.ref("jamaa_complaints.stage_closed")
        self.case.sudo().stage_id = closed
        self.assertTrue(self.case.closed_date)
        self.case.sudo().stage_id = self.env.ref("jamaa_complaints.stage_in_progress")
        self.assertFalse(self.case.closed_date)

    def test_the_pin_is_printed_by_who_meets_the_citizen(self):
        self.case.sudo().service_id = self.lighting
        self.assertRegex(self._as(self.officer)._public_pin(), r"^\d{6}$")
        for user in (self.agent, self.head, self.president_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user)._public_pin()
        entered = self.Ticket.with_user(self.receptionist)._lodge(
            self.here, {"kind": "report", "subject": "Hole", "facts": "A hole"}
        )
        self.assertTrue(self._as(self.receptionist, entered)._public_pin())

    def test_buttons_say_what_the_server_says(self):
        """`may_*` of each role at each step is what `_check_step` answers."""
        steps = "assign take draft submit approve return send close change reveal print".split()
        users = self.officer | self.agent | self.head | self.president_user

        def compare():
            for user in users:
                case = self._as(user)
                for step in steps:
                    try:
                        case._check_step(step)
                        allowed = True
                    except AccessError:
                        allowed = False
                    self.assertEqual(case[f"may_{step}"] and case.has_access("read"), allowed)

        self._as(self.officer).action_assign_proposed()
        compare()
        self._as(self.agent).write({"answer": "Words", "outcome": "solved"})
        compare()
        self._as(self.agent).action_submit()
        compare()
        self._as(self.president_user).action_approve()
        compare()
