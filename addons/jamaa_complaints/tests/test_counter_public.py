"""The page of who follows with consent, and what the counter adds to the citizen's."""

from odoo.tests import tagged

from .public_common import PublicComplaintCase


@tagged("post_install", "-at_install")
class TestCounterPublic(PublicComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.lodge(cls)
        today = cls.case._commune_today()
        cls.mandate = cls.env["jamaa.complaint.mandate"]._give(
            cls.case,
            {"kind": "trusted", "consent_on": today, "consent_how": "spoken", "until": False},
            {"name": "Follower Eleven"},
        )

    def open(self, record, lang="fr", tail=""):
        return self.url_open(record._public_path(lang) + tail)

    def test_the_page_reads_and_does_nothing(self):
        for lang in ("ar", "fr"):
            answer = self.open(self.mandate, lang)
            self.assertEqual(answer.status_code, 200)
            self.assertIn(self.case.facts, answer.text)
            self.assertEqual(answer.headers["Cache-Control"], "no-store")
            for secret in (self.case.access_token, self.case._public_code_shown(), "Follower", "Complainant 1"):
                self.assertNotIn(secret, answer.text)
            main = answer.text.partition("<main")[2].partition("</main>")[0]
            self.assertNotIn("<form", main)
        for tail in ("/receipt", "/satisfaction", "/photo/1"):
            self.assertEqual(self.open(self.mandate, tail=tail).status_code, 404)

    def test_its_token_is_not_the_citizens(self):
        for page, record in (("case", self.mandate), ("mandate", self.case)):
            self.assertEqual(self.url_open(self.page_url(f"{page}/{record.access_token}")).status_code, 404)
        other = self.make_commune("commune-essai-3")
        wrong = f"/c/{other.commune_slug}/fr/mandate/{self.mandate.access_token}"
        self.assertEqual(self.url_open(wrong).status_code, 404)

    def test_code_and_pin_lead_there_until_withdrawn(self):
        typed = {"code": self.mandate._public_code_shown(), "pin": self.mandate._public_pin()}
        path = self.mandate._public_path("fr")
        answer = self.url_open(self.page_url("follow"), data=typed)
        self.assertTrue(answer.url.endswith(path))
        officer = self.env.ref("base.user_admin")
        officer.write(
            {
                "company_ids": [(4, self.commune.id)],
                "group_ids": [(4, self.env.ref("jamaa_base.group_complaint_officer").id)],
            }
        )
        mandate = self.mandate.with_user(officer).with_context(allowed_company_ids=self.commune.ids)
        mandate.action_withdraw()
        self.assertEqual(self.url_open(path).status_code, 404)
        self.assertEqual(self.url_open(self.page_url("follow"), data=typed).status_code, 422)

    def test_the_citizen_sees_who_follows_and_may_listen(self):
        text = self.open(self.case).text
        self.assertIn('id="followers"', text)
        self.assertIn('data-listen="#case-state,', text)
        self.assertNotIn("Follower Eleven", text)

    def test_an_old_link_looks_like_none(self):
        old = self.case._public_path("fr")
        self.case._replace_code("national_card")
        gone, never = self.url_open(old), self.url_open(self.page_url("case/" + "x" * 22))
        self.assertEqual((gone.status_code, never.status_code), (404, 404))
        mains = [page.text.partition("<main")[2].partition("</main>")[0] for page in (gone, never)]
        self.assertEqual(*mains)
        self.assertEqual(self.open(self.case).status_code, 200)
