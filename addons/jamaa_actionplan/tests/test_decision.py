"""Who decides, on what ground; what was decided stays; a plan is decided by a decision."""

import base64
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .decision_common import DecisionCase

SCAN = base64.b64encode(b"%PDF-1.4 minutes")


@tagged("post_install", "-at_install")
class TestDecision(DecisionCase):
    def _decide(self, decision, user, outcome="approved", reason=None):
        """Decide by the window, as the client does."""
        answer = self.env["jamaa.decision.answer"].with_user(user)
        answer.create({"decision_id": decision.id, "outcome": outcome, "reason": reason}).action_confirm()
        decision.invalidate_recordset()

    def _record(self, decision, user=None, **vals):
        values = {"decision_id": decision.id, "number": "7/2026", "scan": SCAN, "votes_for": 12, "votes_against": 3}
        record = self.env["jamaa.decision.record"].with_user(user or self.secretary)
        record.create({**values, **vals}).action_confirm()
        decision.invalidate_recordset()

    # ---------- persons ----------

    def test_the_president_decides(self):
        decision = self._ask()
        self._decide(decision, self.president_user)
        self.assertEqual(decision.outcome, "approved")
        self.assertEqual(decision.decided_under, self.president_holder)
        self.assertIn("president", decision.decided_capacity)
        entry = self.env["jamaa.register.entry"].search([("res_model", "=", "jamaa.decision")])
        self.assertEqual(entry.kind_code, "decision_taken")

    def test_nobody_else_decides(self):
        decision = self._ask()
        for user in (self.planner, self.director_user, self.vice_user, self.member, self.agent, self.admin_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._decide(decision, user)
            self.assertFalse(decision.with_user(user).sudo(False).can_decide if user != self.member else False)
        self.assertEqual(decision.state, "waiting")

    def test_a_president_whose_mandate_ended_decides_no_more(self):
        decision = self._ask()
        self.president_holder.date_to = self._day(-1)
        with self.assertRaises(AccessError):
            self._decide(decision, self.president_user)

    def test_a_vice_president_decides_inside_the_delegation(self):
        decision = self._ask("vice_president")
        self._decide(decision, self.vice_user)
        self.assertEqual(decision.decided_under, self.delegation)
        self.assertIn("12/2026", decision.decided_capacity)

    def test_outside_the_delegation_a_vice_president_decides_nothing(self):
        today = fields.Date.context_today(self.env["jamaa.decision"])
        changes = (
            {"theme_ids": [(6, 0, self.other_theme.ids)]},
            {"theme_ids": [(5,)]},
            {"kind": "signature"},
            {"act_kind_ids": [(6, 0, self.letter.ids)]},
            {"date_to": today - timedelta(days=1)},
            {"date_from": today + timedelta(days=1)},
            {"ended_on": today},
        )
        decision = self._ask("vice_president")
        for vals in changes:
            before = {"theme_ids": [(6, 0, self.theme.ids)], "kind": "powers", "date_from": self.delegation.date_from,
                      "act_kind_ids": [(6, 0, self.act_kind.ids)], "date_to": self.delegation.date_to,
                      "ended_on": False}  # fmt: skip
            self.delegation.write(vals)
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                self._decide(decision, self.vice_user)
            self.delegation.write(before)
        self.vice_holder.role = "stand_in"
        with self.assertRaises(AccessError):
            self._decide(decision, self.vice_user)
        self.vice_holder.role = "holder"
        self._decide(decision, self.vice_user)

    def test_the_president_keeps_what_was_delegated(self):
        decision = self._ask("vice_president")
        self._decide(decision, self.president_user)
        self.assertEqual(decision.decided_under, self.president_holder)

    def test_nobody_widens_the_own_sector(self):
        director = self._make_holder(self.director, self.director_user)
        self.vice_holder.date_to = self._day(-1)
        delegation = self._make_delegation(act_number="13/2026", kind="powers", to_holder_id=director.id,
                                           act_kind_ids=[(6, 0, self.act_kind.ids)])  # fmt: skip
        with self.assertRaises(UserError):
            delegation.with_user(self.director_user).theme_ids = [(4, self.theme.id)]

    def test_refused_and_sent_back_say_why(self):
        decision = self._ask()
        for outcome in ("refused", "sent_back"):
            with self.assertRaises(UserError):
                self._decide(decision, self.president_user, outcome, "  ")
        self._decide(decision, self.president_user, "sent_back", "Name the cost")
        action = decision.with_user(self.planner).action_ask_again()
        again = self.env["jamaa.decision"].browse(action["res_id"])
        self.assertEqual((again.state, again.previous_id, again.outcome), ("draft", decision, False))

    def test_decided_once(self):
        decision = self._ask()
        self._decide(decision, self.president_user)
        with self.assertRaises(UserError):
            self._decide(decision, self.president_user, "refused", "Changed my mind")

    # ---------- facts ----------

    def test_what_was_decided_stays(self):
        decision = self._ask()
        self._decide(decision, self.president_user)
        for vals in ({"name": "Other"}, {"outcome": "refused"}, {"state": "waiting"}, {"reason": "Because"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                decision.write(vals)
            with self.assertRaises(UserError):
                decision.with_user(self.president_user).sudo(False).write(vals)
        with self.assertRaises(UserError):
            decision.unlink()

    def test_nothing_is_decided_by_writing(self):
        decision = self._ask()
        mine = decision.with_user(self.planner).sudo(False)
        for vals in ({"state": "decided"}, {"outcome": "approved"}, {"decided_by_id": self.president_user.id}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                mine.write(vals)
        with self.assertRaises(UserError):
            mine.name = "Asked otherwise meanwhile"
        made = mine.create({"name": "Made up", "state": "decided", "outcome": "approved", "asked_by_id": self.agent.id})
        self.assertEqual((made.state, made.outcome, made.asked_by_id), ("draft", False, self.planner))
        with self.assertRaises(AccessError):
            self.env["jamaa.decision"].with_user(self.agent).create({"name": "Mine"})

    def test_the_scan_of_a_decision_is_not_replaced(self):
        decision = self._ask("council")
        self._record(decision)
        file = self.env["ir.attachment"].search(
            [("res_model", "=", "jamaa.decision"), ("res_id", "=", decision.id), ("res_field", "=", "scan")]
        )
        self.assertTrue(file)
        with self.assertRaises(AccessError):
            file.with_user(self.secretary).write({"raw": b"forged"})

    def test_a_correction_is_a_further_row(self):
        decision = self._ask()
        self._decide(decision, self.president_user)
        self.assertTrue(decision.in_force)
        action = decision.with_user(self.planner).action_correct()
        later = self.env["jamaa.decision"].browse(action["res_id"])
        self.assertEqual(later.correction_of_id, decision)
        with self.assertRaises(ValidationError):
            later.level = "bureau"
        later.action_ask()
        self.assertTrue(decision.in_force, "a correction counts once it is decided")
        self._decide(later, self.president_user)
        self.assertFalse(decision.in_force)
        self.assertEqual(decision.outcome, "approved")

    # ---------- bodies ----------

    def test_a_decision_of_the_council_is_recorded_from_minutes(self):
        decision = self._ask("council", adopts_plan=True)
        for user in (self.president_user, self.planner, self.member):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._record(decision, user)
        with self.assertRaises(AccessError):
            self._decide(decision, self.president_user)
        with self.assertRaises(UserError):
            self._record(decision, number=" ")
        whole = {"outcome": "approved", "number": "7", "decided_on": self.today, "votes_for": 1, "votes_against": 0}
        with self.assertRaises(UserError):
            decision.with_user(self.secretary).sudo(False)._record(whole)
        for user in (self.president_user, self.planner):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                decision.with_user(user).sudo(False)._record({**whole, "scan": SCAN})
        with self.assertRaises(ValidationError):
            self._record(decision, votes_for=1, votes_against=9)
        with self.assertRaises(ValidationError):
            self._record(decision, decided_on=self._day(2))
        self._record(decision, visa_due=True)
        self.assertEqual((decision.votes_for, decision.votes_against, decision.number), (12, 3, "7/2026"))
        self.assertTrue(decision.scan_digest)
        self.assertFalse(decision.in_force)
        self.assertEqual(self.plan.plan_state, "draft", "it waits for the visa")
        visa = (
            self.env["jamaa.decision.visa"]
            .with_user(self.secretary)
            .create({"decision_id": decision.id, "number": "V"})
        )
        visa.action_confirm()
        self.assertTrue(decision.in_force)
        self.assertEqual(self.plan.plan_state, "decided")
        with self.assertRaises(UserError):
            visa.action_confirm()

    def test_a_persons_decision_is_not_recorded_from_minutes(self):
        with self.assertRaises(UserError):
            self._record(self._ask())

    # ---------- what follows ----------

    def test_a_plan_is_decided_by_a_decision(self):
        plan = self.plan.with_user(self.planner)
        with self.assertRaises(UserError):
            plan.action_decide()
        refused = self._ask(adopts_plan=True)
        self._decide(refused, self.president_user, "refused", "Not yet")
        with self.assertRaises(UserError):
            plan.action_decide()
        decision = self._ask(adopts_plan=True)
        self._decide(decision, self.president_user)
        self.assertEqual(self.plan.plan_state, "decided")
        self.assertEqual(self.plan.adopting_decision_id, decision)
        plan.action_reopen()
        with self.assertRaises(UserError):
            plan.action_decide()
        self.assertEqual(self.action.why_id, decision)
        self.assertEqual(self.action.action_open_why()["res_id"], decision.id)

    def test_a_plan_that_lost_something_meanwhile_waits_for_it(self):
        decision = self._ask(adopts_plan=True)
        self.action.deliverable = False
        self._decide(decision, self.president_user)
        self.assertEqual(self.plan.plan_state, "draft")
        self.action.deliverable = "A desk"
        self.plan.with_user(self.planner).action_decide()
        self.assertEqual(self.plan.adopting_decision_id, decision)

    def test_an_incomplete_plan_is_not_asked_about(self):
        self.action.due_on = False
        with self.assertRaises(ValidationError):
            self._ask(adopts_plan=True)

    def test_a_raised_risk_asks_and_gets_its_answer(self):
        risk = (
            self.env["jamaa.plan.risk"].with_user(self.agent).create({"name": "No room", "action_id": self.action.id})
        )
        risk.action_raise()
        self.assertFalse(risk.decision_ids, "the director of services needs no decision")
        risk.action_raise()
        first = risk.sudo().decision_ids
        self.assertEqual((first.level, first.state, first.asked_by_id), ("president", "waiting", self.agent))
        risk.action_raise()
        second = risk.sudo().decision_ids - first
        self.assertEqual((first.state, second.level, second.previous_id), ("withdrawn", "bureau", first))
        self._record(second, outcome="approved")
        self.assertEqual(risk.state, "open")

    def test_the_level_comes_from_the_table(self):
        rules = self.env["jamaa.decision.rule"]
        level = self.plan.with_user(self.planner).action_ask_decision()["context"]["default_level"]
        self.assertEqual(level, "president")
        rules.create({"company_id": self.here.id, "matter": "plan", "level": "bureau"})
        rules.create({"company_id": self.here.id, "matter": "plan", "level": "council", "theme_id": self.theme.id})
        level = self.plan.with_user(self.planner).action_ask_decision()["context"]["default_level"]
        self.assertEqual(level, "council")
        self.assertEqual(rules._level_for(self.here, self.other_theme, "plan"), "bureau")

    def test_days_waited(self):
        decision = self._ask(wanted_by=self._day(-1))
        self.env.flush_all()
        self.env.cr.execute("UPDATE jamaa_decision SET asked_on = asked_on - 9 WHERE id = %s", [decision.id])
        decision.invalidate_recordset()
        self.assertEqual(decision.days_waited, 9)
        self.assertTrue(decision.is_overdue)
        self.assertIn(decision, self.env["jamaa.decision"].search([("is_overdue", "=", True)]))
        self._decide(decision, self.president_user)
        self.assertEqual(decision.days_waited, 9)
        self.assertFalse(decision.is_overdue)

    def test_a_decision_is_told_where_it_is_carried_out(self):
        decision = self._ask(name="A second desk", action_id=self.action.id)
        self._decide(decision, self.president_user)
        self.assertIn("A second desk", "".join(self.action.message_ids.mapped("body")))
        self.assertEqual(self.action.why_id, decision)

    def test_the_file_of_a_question_rests_while_it_waits(self):
        decision = self._ask(file=SCAN)
        file = self.env["ir.attachment"].search(
            [("res_model", "=", "jamaa.decision"), ("res_id", "=", decision.id), ("res_field", "=", "file")]
        )
        self.assertTrue(file)
        with self.assertRaises(AccessError):
            file.with_user(self.planner).write({"raw": b"other"})

    # ---------- who reads ----------

    def test_communes_stay_apart(self):
        decision = self._ask()
        for user in (self.planner_there, self.team, self.portal):
            with self.subTest(user=user.login):
                try:
                    found = self.env["jamaa.decision"].with_user(user).search_count([("id", "=", decision.id)])
                except AccessError:
                    found = 0
                self.assertFalse(found)
        with self.assertRaises(UserError):
            self.env["jamaa.decision"].with_user(self.planner_there).create({"name": "Theirs", "plan_id": self.plan.id})
        with self.assertRaises(ValidationError):
            self.env["jamaa.decision"].create({"name": "Mix", "company_id": self.there.id, "plan_id": self.plan.id})

    def test_council_members_read_what_was_decided(self):
        decision, council = self._ask(), self._ask("council")
        read = self.env["jamaa.decision"].with_user(self.member).search([("id", "in", (decision + council).ids)])
        self.assertEqual(read, council)
        self._decide(decision, self.president_user)
        read = self.env["jamaa.decision"].with_user(self.member).search([("id", "in", (decision + council).ids)])
        self.assertEqual(read, decision + council)
        with self.assertRaises(AccessError):
            council.with_user(self.member).sudo(False).action_withdraw()
        with self.assertRaises(AccessError):
            self.env["jamaa.decision"].with_user(self.member).create({"name": "Mine"})

    def test_the_list_is_flat(self):
        names = ("name", "level", "asked_on", "wanted_by", "days_waited", "is_overdue", "state", "outcome")
        fields_read = {name: {} for name in names} | {"plan_id": {"fields": {"display_name": {}}}}

        def cost():
            rows = self.env["jamaa.decision"].with_user(self.planner)
            rows.web_search_read([], fields_read)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows.web_search_read([], fields_read)
            return self.env.cr.sql_log_count - before

        self._ask()
        few = cost()
        for _number in range(15):
            self._ask()
        self.assertEqual(few, cost())
        self.assertLessEqual(few, 20)
