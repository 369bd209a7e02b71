"""Rounds at every stage, with what each screen shows, on fictional communes alone."""

from datetime import timedelta

from odoo import fields
from odoo.tests import TransactionCase, tagged

from ..generators import assessment_peers


@tagged("post_install", "-at_install")
class TestDemoAssessment(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rounds = cls.env["jamaa.assessment.round"].search([])
        cls.large = cls.rounds.filtered(lambda one: one.company_id.commune_slug == "exemple-la-grande")

    def _user(self, login):
        user = self.env["res.users"].search([("login", "=", login)])
        return user, user.company_ids.ids

    def test_on_fictional_communes_alone(self):
        self.assertTrue(all(self.rounds.company_id.mapped("is_demo")))
        self.assertEqual(len(self.rounds.company_id), 3)

    def test_every_stage(self):
        self.assertEqual(set(self.large.mapped("state")), {"validated", "consensus", "individual"})
        self.assertTrue(all(5 <= one.rater_count <= 9 for one in self.rounds))
        today = fields.Date.context_today(self.large)
        ago = sorted(today - one.date for one in self.large if one.state == "validated")
        self.assertEqual(ago, [timedelta(days=14), timedelta(days=365)])

    def test_the_page_of_results_shows_something_everywhere(self):
        user, companies = self._user("directeur.grande")
        one = self.large.filtered(lambda one: one.state == "validated")[:1]
        page = one.with_user(user).with_context(allowed_company_ids=companies).results_page()
        for name in ("radar", "criteria", "duties", "shown", "priorities", "former"):
            self.assertTrue(page[name], name)
        self.assertTrue(page["moved"]["up"])
        self.assertGreaterEqual(len(page["roles"]["names"]), 2)
        self.assertTrue(any(row["evidence"] for row in page["shown"]))

    def test_figures_stand_beside_levels(self):
        user, companies = self._user("president.moyenne")
        one = self.rounds.filtered(lambda one: one.company_id.commune_slug == "exemple-la-moyenne")
        one = one.filtered(lambda one: one.state == "validated")
        page = one.with_user(user).with_context(allowed_company_ids=companies).results_page()
        self.assertTrue(any(row["figure"] for row in page["shown"]))

    def test_priorities_at_every_point(self):
        states = set(self.large.priority_ids.mapped("state"))
        self.assertLessEqual({"open", "taken_up", "done", "dropped"}, states)
        self.assertTrue(any(row.compared for row in self.large.priority_ids))

    def test_cooperation(self):
        one = self.large.filtered(lambda one: one.subject_kind == "cooperation")
        self.assertTrue(one.member_id)
        self.assertEqual(one.state, "individual")
        self.assertLess(one.finished_count, one.rater_count)

    def test_peers_are_enough_for_a_band(self):
        rounds = assessment_peers.generate(self.env)
        self.assertGreaterEqual(len(rounds.company_id), 6)
        self.assertEqual(set(rounds.mapped("state")), {"validated"})
        self.assertTrue(all(rounds.company_id.mapped("is_demo")))
        self.assertTrue(all(row.shown for row in rounds.result_ids if not row.criterion_id))
