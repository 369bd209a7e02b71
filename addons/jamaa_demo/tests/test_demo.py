"""The demo data say only what the source says of real communes, and mark what is invented."""

from odoo import fields
from odoo.tests import TransactionCase, tagged

from ..generators.people import logins

COHORTS = {
    "1": {"meknes", "ben-guerir", "beni-mellal", "larache", "khemisset"},
    "2": {"taroudannt", "tiznit", "ouarzazate", "benslimane"},
}
#: Of these only scores are known.
PEERS = {f"exemple-pair-{number}" for number in range(1, 7)}


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        communes = cls.env["res.company"].search([("is_commune", "=", True)])
        cls.fictional = communes.filtered("is_demo")
        cls.real = communes - cls.fictional

    def test_cohorts(self):
        """Five communes, then four, as the source names them."""
        members = self.env.ref("jamaa_demo.programme_jamaa_mouwatina").member_ids
        found = {
            cohort: set(members.filtered(lambda m, c=cohort: m.cohort == c).company_id.mapped("commune_slug"))
            for cohort in COHORTS
        }
        self.assertEqual(found, COHORTS)
        self.assertEqual(len(members), 9)

    def test_nothing_invented_on_real_communes(self):
        """Real names carry only facts: no figure, person, site or case of ours."""
        self.assertEqual(len(self.real), 9)
        self.assertFalse(any(self.real.mapped("population")))
        # what every commune comes with has no holder
        functions = self.env["jamaa.function"].search([("company_id", "in", self.real.ids)])
        self.assertFalse(functions.filtered(lambda function: not function.is_prepared))
        for model in ("jamaa.site", "jamaa.function.holder", "jamaa.delegation", "hr.department"):
            with self.subTest(model=model):
                self.assertFalse(self.env[model].search_count([("company_id", "in", self.real.ids)]))
        self.assertFalse(self.env["helpdesk.ticket"].search_count([("company_id", "in", self.real.ids)]))
        self.assertFalse(self.env["res.users"].search_count([("company_id", "in", self.real.ids)]))

    def test_fictional_communes_are_marked(self):
        self.assertEqual(
            set(self.fictional.mapped("commune_slug")),
            {"exemple-la-grande", "exemple-la-moyenne", "exemple-la-petite", *PEERS},
        )

    def test_peers_have_scores_alone(self):
        """The six communes of the band: nobody logs in there, no case, no request, no visit."""
        peers = self.fictional.filtered(lambda company: company.commune_slug in PEERS)
        self.assertFalse(self.env["res.users"].search_count([("company_ids", "in", peers.ids)]))
        for model in ("helpdesk.ticket", "jamaa.procedure.request", "jamaa.reception.visit", "jamaa.assessment.rater"):
            with self.subTest(model=model):
                self.assertFalse(self.env[model].search_count([("company_id", "in", peers.ids)]))

    def test_road_keeps_its_true_dates(self):
        forum = self.env.ref("jamaa_demo.milestone_forum_meknes")
        self.assertEqual(forum.date, fields.Date.to_date("2018-11-27"))
        meeting = self.env.ref("jamaa_demo.milestone_thematic_meeting")
        self.assertEqual((meeting.date, meeting.date_precision), (fields.Date.to_date("2018-03-01"), "month"))

    def test_every_role_has_a_login(self):
        """One login for each role, each inside one company, each password true."""
        roles = {
            name.removeprefix("group_")
            for name in self.env["ir.model.data"]
            .search([("module", "=", "jamaa_base"), ("model", "=", "res.groups"), ("name", "=like", "group\\_%")])
            .mapped("name")
        }
        self.assertEqual(roles - {group for row in logins() for group in row["groups"]}, set())
        for row in logins():
            with self.subTest(login=row["login"]):
                user = self.env["res.users"].search([("login", "=", row["login"])])
                self.assertEqual(len(user.company_ids), 1)
                user.with_user(user)._check_credentials(
                    {"type": "password", "password": row["password"]}, {"interactive": True}
                )

    def test_cases_stand_at_every_point(self):
        """Lists, marks and charts have something to show, and something is late."""
        large = self.fictional.filtered(lambda c: c.commune_slug == "exemple-la-grande")
        cases = self.env["helpdesk.ticket"].search([("company_id", "=", large.id), ("kind", "!=", False)])
        self.assertEqual(set(cases.mapped("answer_state")), {"none", "draft", "to_approve", "approved", "sent"})
        today = fields.Date.today()
        self.assertTrue(cases.filtered(lambda c: c.due_date and c.due_date < today and c.answer_state != "sent"))
        self.assertFalse(cases.filtered(lambda c: c.partner_id or c.partner_name or c.partner_email))
