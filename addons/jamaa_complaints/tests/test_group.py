"""Collective cases: one piece of work, an answer each, and nobody learns of another."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import IDENTITY, ComplaintCase

OTHER = {"name": "Hamid Berrada", "phone": "+212699999999", "address": "3 rue du Souk"}
SECRET = "My neighbour at number 14 broke it with a stone."


@tagged("post_install", "-at_install")
class TestGroup(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Group = cls.env["jamaa.complaint.group"]
        cls.second = cls._lodge(identity=OTHER, facts=SECRET, subject="Stone thrown")
        cls.second.public_lang = "ar_MA"
        cls.third = cls._lodge(identity={**OTHER, "name": "Amina Berrada"}, facts="Dark street.")
        cls.cases = cls.case | cls.second

    def _found(self, cases=None, user=None, name="Lamps of the northern quarter"):
        cases = self.cases if cases is None else cases
        seen = self._as(user or self.officer, cases)
        return self.Group.with_env(seen.env)._found(seen, name).sudo()

    def _group_as(self, user, group):
        return self._as(user, group)

    # ---- founding ---------------------------------------------------------------------

    def test_officer_founds_and_nobody_else(self):
        for user in (self.agent, self.receptionist, self.officer_there, self.portal_user, self.auditor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._found(user=user)
        group = self._found()
        self.assertEqual(group.case_ids, self.cases)
        self.assertEqual(group.lead_case_id, self.case)
        self.assertEqual(group.company_id, self.here)
        for case in self.cases:
            self.assertIn("joined_group", case.milestone_ids.mapped("code"))
        with self.assertRaises(AccessError):
            self._found(self.second | self.third)

    def test_one_case_is_no_group(self):
        with self.assertRaises(UserError):
            self._found(self.case)

    def test_a_link_is_written_by_no_hand(self):
        group = self._found()
        with self.assertRaises(AccessError):
            self._as(self.officer, self.third).write({"collective_id": group.id})
        with self.assertRaises(AccessError):
            self._group_as(self.officer, group).write({"case_ids": [Command.link(self.third.id)]})
        with self.assertRaises(AccessError):
            self.Group.with_user(self.officer).create({"name": "x", "company_id": self.here.id})

    def test_cases_of_two_communes_stay_apart(self):
        foreign = self._lodge(company=self.there, category_id=False)
        both = self.env.ref("base.group_user") and self._make_user("t_both", "jamaa_base.group_complaint_officer")
        both.company_ids = self.here | self.there
        with self.assertRaises(UserError):
            self._found(self.case | foreign, both)
        group = self._found()
        with self.assertRaises(UserError):
            self._group_as(both, group)._join(self._as(both, foreign))

    def test_wizard(self):
        seen = self._as(self.officer, self.cases)
        action = seen.action_group()
        wizard = (
            self.env["jamaa.complaint.collect"]
            .with_user(self.officer)
            .with_context(**action["context"])
            .create({"name": "Lamps"})
        )
        group = self.Group.browse(wizard.action_confirm()["res_id"])
        self.assertEqual(group.case_ids, self.cases)
        wizard = (
            self.env["jamaa.complaint.collect"]
            .with_user(self.officer)
            .create({"case_ids": self.third.ids, "group_id": group.id})
        )
        wizard.action_confirm()
        self.assertEqual(self.third.collective_id, group)
        with self.assertRaises(AccessError):
            self.env["jamaa.complaint.collect"].with_user(self.agent).create({"case_ids": self.third.ids})

    # ---- leaving ----------------------------------------------------------------------

    def test_leaving_needs_a_reason_and_passes_the_lead_on(self):
        group = self._found()
        seen = self._as(self.officer, self.case)
        with self.assertRaises(UserError):
            self.Group.with_env(seen.env)._part(seen, "  ")
        with self.assertRaises(AccessError):
            self.Group.with_user(self.agent)._part(self._as(self.agent), "Another matter")
        self.Group.with_env(seen.env)._part(seen, "Another matter")
        self.assertFalse(self.case.collective_id)
        self.assertEqual(group.lead_case_id, self.second)
        fact = self.case.milestone_ids.filtered(lambda m: m.code == "left_group")
        self.assertEqual(fact.note, "Another matter")
        self.assertNotIn("Another matter", str(self.case._case_page("fr")))

    # ---- who reads --------------------------------------------------------------------

    def test_who_reads_a_group(self):
        group = self._found()
        self._as(self.officer).action_assign_proposed()
        for user, seen in (
            (self.officer, True),
            (self.agent, True),
            (self.other_agent, False),
            (self.officer_there, False),
            (self.portal_user, False),
            (self.auditor, False),
        ):
            with self.subTest(user.login):
                record = self._group_as(user, group)
                self.assertEqual(record.has_access("read"), seen)

    def test_locked_on_one_case_closed_out_of_the_group(self):
        group = self._found()
        self._as(self.officer).action_assign_proposed()
        group.answer_fr = "The person at number 14 was heard."
        self.assertTrue(self._group_as(self.agent, group).has_access("read"))
        self._as(self.officer, self.second).write({"locked_user_ids": [Command.link(self.agent.id)]})
        closed = self._group_as(self.agent, group)
        self.assertFalse(closed.has_access("read"))
        self.assertFalse(self.Group.with_user(self.agent).search([]))
        with self.assertRaises(AccessError):
            closed.read(["answer_fr"])
        with self.assertRaises(AccessError):
            closed.action_share_answer()
        # the own case stays, and its link names nothing
        own = self._as(self.agent)
        self.assertTrue(own.has_access("read"))
        self.assertNotIn("northern", own.collective_id.display_name)
        spec = {"collective_id": {"fields": {"display_name": {}}}}
        self.assertNotIn("northern", str(own.web_read(spec)))
        self.assertFalse(
            self.Ticket.with_user(self.agent).search([("collective_id.name", "ilike", "northern")]),
            "its words are no oracle",
        )
        self.assertIn("northern", self._as(self.officer).collective_id.display_name)

    def test_an_archived_case_keeps_its_lock(self):
        group = self._found()
        self._as(self.officer).action_assign_proposed()
        self._as(self.officer, self.second).write({"locked_user_ids": [Command.link(self.agent.id)]})
        self.second.active = False
        self.assertFalse(self._group_as(self.agent, group).has_access("read"))

    def test_no_complainant_learns_of_another(self):
        # a third one so that a number would show
        group = self._found(self.cases | self.third)
        group.answer_fr = "All lamps are replaced."
        page = str(self.case._case_page("fr"))
        self.assertIn("Handled together" if "Handled together" in page else "autres", page)
        for word in (SECRET, "Stone thrown", self.second.case_number, self.third.case_number, OTHER["name"]):
            self.assertNotIn(word, page)
        for word in ("northern", str(len(group.case_ids)) + " "):
            self.assertNotIn(word, str([step for step in self.case._case_page("fr")["steps"] if "date" not in step]))
        words = self.case._milestone_words()
        self.assertNotRegex(words["joined_group"], r"\d|%")

    # ---- one piece of work --------------------------------------------------------------

    def _worked(self):
        group = self._found()
        self._as(self.officer).action_assign_proposed()
        return group

    def test_the_others_follow_the_lead(self):
        self._worked()
        self.assertEqual(self.second.service_id, self.lighting)
        self.assertIn("assigned", self.second.milestone_ids.mapped("code"))
        group = self.case.collective_id
        officer = self._group_as(self.officer, group)
        officer._join(self._as(self.officer, self.third))
        self.assertEqual(self.third.service_id, self.lighting)

    def test_one_draft_in_each_language(self):
        group = self._worked()
        with self.assertRaises(UserError):
            self._group_as(self.agent, group).action_share_answer()
        self._group_as(self.agent, group).write(
            {"answer_ar": "تم إصلاح المصباح.", "answer_fr": "La lampe est réparée.", "outcome": "solved"}
        )
        self._group_as(self.agent, group).action_share_answer()
        self.assertEqual(self.case.answer, "La lampe est réparée.")
        self.assertEqual(self.second.answer, "تم إصلاح المصباح.")
        self.assertEqual(self.cases.mapped("outcome"), ["solved", "solved"])
        self.assertEqual(self.second.sudo().answer_author_id, self.agent)
        # one of them may end otherwise
        self._as(self.agent, self.second).write({"outcome": "partly"})
        self.assertEqual(self.case.outcome, "solved")

    def test_who_may_not_word_it(self):
        group = self._worked()
        for user, vals in (
            (self.other_agent, {"answer_fr": "x"}),
            (self.officer_there, {"answer_fr": "x"}),
            (self.portal_user, {"answer_fr": "x"}),
            (self.agent, {"name": "x"}),
            (self.agent, {"lead_case_id": self.second.id}),
            (self.officer, {"company_id": self.there.id}),
        ):
            with self.subTest(f"{user.login} {vals}"), self.assertRaises(AccessError):
                self._group_as(user, group).write(vals)
        with self.assertRaises(UserError):
            self._group_as(self.officer, group).write({"lead_case_id": self.third.id})

    def test_one_visa_each_its_letter(self):
        group = self._worked()
        self._group_as(self.agent, group).write({"answer_fr": "La lampe est réparée.", "outcome": "solved"})
        agent = self._group_as(self.agent, group)
        agent.action_share_answer()
        agent.action_submit_all()
        self.assertEqual(set(self.cases.mapped("answer_state")), {"to_approve"})
        self.assertEqual(group.state, "approval")
        with self.assertRaises(AccessError):
            self._group_as(self.agent, group).action_approve_all()
        with self.assertRaises(AccessError):
            self._group_as(self.officer, group).action_approve_all()
        president = self.president_user
        self._group_as(president, group).action_approve_all()
        self.assertEqual(self.cases.approved_by_id, president)
        with self.assertRaises(AccessError):
            self._group_as(self.agent, group).action_send_all()
        for case in self.cases.filtered(lambda case: case.reply_by == "letter"):
            self._as(self.officer, case)._sign_letter(case._commune_today(), "hand")
        self._group_as(self.officer, group).action_send_all()
        with patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=60):
            self.Ticket._cron_file_letters()
        self.assertEqual(set(self.cases.mapped("answer_state")), {"sent"})
        numbers = self.cases.letter_entry_id.mapped("number_display")
        self.assertEqual(len(set(numbers)), 2, "each its own letter")
        self.assertEqual(len(self.cases.answer_letter_id), 2)
        self.assertEqual(group.state, "answered")
        self.assertEqual(self.second._case_page("ar")["answer"], "La lampe est réparée.", "the text there is")

    # ---- households and petitions -------------------------------------------------------

    def test_households_are_counted_once(self):
        # second and third share phone and address
        group = self._found(self.cases | self.third)
        self.assertEqual(group.case_count, 3)
        self.assertEqual(group.head_count, 2)
        nameless = self._lodge(kind="report", identity={})
        nameless_too = self._lodge(kind="report", identity={})
        bridge = self._lodge(identity={"name": "A", "phone": IDENTITY["phone"], "address": OTHER["address"]})
        for more, heads in ((nameless, 3), (nameless_too, 4), (bridge, 3)):
            self._group_as(self.officer, group)._join(self._as(self.officer, more))
            self.env.invalidate_all()
            self.assertEqual(group.head_count, heads)

    def test_petition_hint(self):
        group = self._found()
        self.here.population = 10_000
        self.assertEqual(group._petition_threshold(), 100)
        self.here.population = 90_000
        self.assertEqual(group._petition_threshold(), 200)
        self.env["jamaa.site"].create({"name": "A", "company_id": self.here.id, "kind": "arrondissement"})
        self.assertEqual(group._petition_threshold(), 400)
        self.assertFalse(group.petition_hint)
        # `head_count` of a hundred households, without lodging them
        self.here.population = 1
        self.patch(type(group), "_petition_threshold", lambda self: 2)
        self.env.invalidate_all()
        self.assertIn("113-14", group.petition_hint)
        self.assertIn("jurist", group.with_context(lang="en_US").petition_hint)
