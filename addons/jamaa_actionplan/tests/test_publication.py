"""What goes out of a plan: by whom, frozen, listed, withdrawn; never a person's name."""

import json

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, HttpCase, tagged

from .common import PlanCase


class PublishedCase(PlanCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan.sponsor_function_id = cls.vice_president
        cls.vice_president.name = "Vice-president for reception"
        cls._start()
        cls.publications = cls.env["jamaa.plan.publication"]

    @classmethod
    def _publish(cls, plan=None, user=None):
        plan = (plan or cls.plan).with_user(user or cls.president_user)
        return plan.env["jamaa.plan.publication"]._publish(plan)


@tagged("post_install", "-at_install")
class TestPublication(PublishedCase):
    def test_the_president_or_whom_he_named(self):
        self._make_holder(self.director, self.director_user)
        with self.assertRaises(AccessError):
            self._publish(user=self.director_user)
        with self.assertRaises(ValidationError):
            self.here.plan_publisher_function_id = self.director
        self.here.write({"plan_publisher_function_id": self.director.id, "plan_publisher_act": "7/2026"})
        self.assertEqual(self._publish(user=self.director_user).function_id, self.director)
        self.assertEqual(self._publish().function_id, self.president)
        with self.assertRaises(AccessError):
            self._publish(user=self.planner)
        elsewhere = self._make_function("director", self.there)
        with self.assertRaises(ValidationError):
            self.here.plan_publisher_function_id = elsewhere

    def test_a_draft_and_a_plain_project_stay_inside(self):
        plain = self.env["project.project"].create({"name": "Plain", "company_id": self.here.id})
        for project in (self._make_plan(name="Draft"), plain):
            with self.assertRaisesRegex(UserError, "decided"):
                project.with_user(self.president_user)._share_publisher()

    def test_the_copy_is_frozen_and_a_newer_one_replaces_it(self):
        first = self._publish()
        said = first.payload
        self.action.name = "Open two desks"
        self.assertEqual(first.payload, said)
        self.assertNotIn("two desks", said)
        second = self._publish()
        self.assertIn("two desks", second.payload)
        self.assertEqual((first.sudo().state, second.state, second.number), ("replaced", "current", 2))
        for record in (first, first.sudo()):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                record.title = "Changed"
        with self.assertRaisesRegex(UserError, "never deleted"):
            first.sudo().unlink()
        with self.assertRaises(AccessError):
            first.unlink()

    def test_no_person_is_named(self):
        copy = self._publish().payload
        for user in (self.agent, self.deputy, self.president_user, self.planner):
            self.assertNotIn(user.name, copy)
        self.agent.name = "Khadija Amrani"
        self.action.name = "Desk of khadija amrani"
        with self.assertRaisesRegex(UserError, "Khadija Amrani"):
            self._publish()

    def test_withdrawing_takes_all_versions_back(self):
        first, second = self._publish(), self._publish()
        with self.assertRaises(UserError):
            second._withdraw(" ")
        with self.assertRaises(AccessError):
            second.with_user(self.planner)._withdraw("Wrong dates")
        second._withdraw("Wrong dates")
        rows = (first | second).sudo()
        self.assertEqual(set(rows.mapped("state")), {"withdrawn"})
        with self.assertRaises(UserError):
            second._withdraw("Again")
        third = self._publish()
        self.assertEqual((third.number, third.state), (3, "current"))

    def test_the_wizard_shows_what_goes_out(self):
        wizards = self.env["jamaa.plan.publish"].with_user(self.president_user)
        action = self.plan.with_user(self.president_user).action_publish_plan()
        form = Form(wizards.with_context(**action["context"]))
        self.assertIn("Open a desk", form.preview)
        wizard = form.save()
        wizard.action_publish()
        self.assertEqual(self.plan.publication_ids.sudo().state, "current")
        wizard.to_public = False
        with self.assertRaises(UserError):
            wizard.action_publish()
        with self.assertRaises(AccessError):
            self.plan.with_user(self.planner).action_publish_plan()

    def test_read_inside_the_commune_alone(self):
        row = self._publish()
        self.assertTrue(self.publications.with_user(self.onlooker).search([("id", "=", row.id)]))
        for user in (self.planner_there, self.team):
            self.assertFalse(self.publications.with_user(user).search([("id", "=", row.id)]))
        for user in (self.portal, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError):
                self.publications.with_user(user).search([])

    def test_it_stands_on_the_register(self):
        row = self._publish()
        entries = self.env["jamaa.register.entry"].sudo()
        domain = [("res_model", "=", row._name), ("res_id", "=", row.id)]
        self.assertEqual(entries.search_count(domain), 1)
        row._withdraw("Mistake")
        self.assertEqual(entries.search_count(domain), 2)


@tagged("post_install", "-at_install")
class TestPortfolio(PublishedCase):
    """The programme sees shares, by theme and by name; nothing to rank by."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.programme = cls.env["jamaa.programme"].create({"name": "P", "company_id": cls.programme_company.id})
        members = cls.env["jamaa.programme.member"]
        for company in (cls.here, cls.there):
            members.create({"programme_id": cls.programme.id, "company_id": company.id})

    def _share(self):
        wizard = (
            self.env["jamaa.plan.publish"]
            .with_user(self.president_user)
            .create({"plan_id": self.plan.id, "to_public": False, "to_programme": True})
        )
        return self.env["jamaa.share"].browse(wizard.action_publish()["res_id"])

    def test_shares_alone(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_actionplan.jamaa_share_action_portfolio")
        domain = [("kind", "=", "plan"), ("addressed_to_us", "=", True)]
        self.assertEqual(action["domain"], str(domain))
        shares = self.env["jamaa.share"].with_user(self.team)
        self.assertFalse(shares.search(domain))
        share = self._share()
        self.assertEqual(shares.search(domain), share)
        self.assertEqual(share.with_user(self.team).theme_id, self.theme)
        self.assertIn("Open a desk", share.with_user(self.team)._content().body)
        self.assertNotIn(self.agent.name, share.sudo()._content().payload)
        self.assertFalse(self.env["project.project"].with_user(self.team).search([("id", "=", self.plan.id)]))
        self.assertFalse(self.env["jamaa.share"].with_user(self.planner_there).search([("id", "=", share.id)]))

    def test_withdrawn_by_who_publishes_plans(self):
        share = self._share()
        self._make_holder(self.director, self.director_user)
        with self.assertRaises(AccessError):
            share.with_user(self.director_user)._withdraw("Mistake")
        share.with_user(self.president_user)._withdraw("Mistake")
        self.assertEqual(share.with_user(self.team).state, "withdrawn")
        self.assertFalse(share.with_user(self.team)._content())
        self.assertEqual(share.with_user(self.president_user).action_renew()["res_model"], "jamaa.plan.publish")

    def test_nothing_to_rank_by(self):
        view = self.env.ref("jamaa_actionplan.jamaa_share_view_list_portfolio")
        arch = self.env["jamaa.share"].with_user(self.team).get_view(view.id, "list")["arch"]
        self.assertIn('export_xlsx="0"', arch)
        self.assertIn('default_order="company_id, title"', arch)
        kinds = {field.type for name, field in self.env["jamaa.share"]._fields.items() if f'name="{name}"' in arch}
        self.assertFalse(kinds & {"float", "integer", "monetary"}, "no number in the list")


@tagged("post_install", "-at_install")
class TestPublicPlans(PublishedCase, HttpCase):
    """Published copies alone, in words, without JavaScript, small."""

    def _page(self, page="plans", lang="fr"):
        return self.url_open(f"/c/{self.here.commune_slug}/{lang}/{page}")

    def test_nothing_before_it_is_published(self):
        self.assertNotIn("Open a desk", self._page().text)
        self.assertEqual(self._page(f"plans/{self.plan.id}").status_code, 404)
        self.assertNotIn("/plans", self._page("").text)

    def test_the_page(self):
        self._publish()
        self.assertIn(f"/c/{self.here.commune_slug}/fr/plans", self._page("").text)
        for lang in ("ar", "fr"):
            listing = self._page(lang=lang)
            self.assertEqual(listing.status_code, 200)
            self.assertIn(f"plans/{self.plan.id}", listing.text)
            page = self._page(f"plans/{self.plan.id}", lang)
            self.assertEqual(page.status_code, 200)
            for words in (
                "Open a desk",
                "A desk in service",
                "Short waits",
                "<progress",
                "Vice-president for reception",
            ):
                self.assertIn(words, page.text)
            self.assertNotIn(self.agent.name, page.text)
            self.assertLess(len(page.content), 150 * 1024)
            self.assertNotIn("Set-Cookie", page.headers)
        elsewhere = self.url_open(f"/c/{self.there.commune_slug}/fr/plans/{self.plan.id}")
        self.assertEqual(elsewhere.status_code, 404)

    def test_versions_and_withdrawal_show(self):
        self._publish()
        self.action.name = "Open two desks"
        second = self._publish()
        self.assertIn("two desks", self._page(f"plans/{self.plan.id}").text)
        old = self._page(f"plans/{self.plan.id}/1")
        self.assertNotIn("two desks", old.text)
        self.assertIn("Open a desk", old.text)
        self.assertEqual(self._page(f"plans/{self.plan.id}/9").status_code, 404)
        second._withdraw("Wrong")
        for page in (f"plans/{self.plan.id}", f"plans/{self.plan.id}/1", "plans"):
            text = self._page(page).text
            self.assertIn("Reception", text)
            self.assertNotIn("Open a desk", text)
            self.assertNotIn("two desks", text)
            self.assertNotIn("Wrong", text)

    def test_an_electoral_period_hides_officials(self):
        self._publish()
        address = f"plans/{self.plan.id}"
        sponsor = "Vice-president for reception"
        for first, last, shown in (
            (None, None, True),
            (self._day(-1), None, False),
            (self._day(-9), self._day(-2), True),
            (self._day(2), self._day(9), True),
            (self._day(-1), self._day(1), False),
        ):
            self.here.write({"electoral_from": first, "electoral_to": last})
            with self.subTest(first=first, last=last):
                self.assertEqual(sponsor in self._page(address).text, shown)
        self.assertEqual(self.here._officials_hidden(fields.Date.today()), True)

    def test_queries(self):
        self._publish()
        for number in range(5):
            self._start(plan := self._more(number))
            self._publish(plan)
        for page in ("plans", f"plans/{self.plan.id}"):
            self._page(page)
            with self.assertQueryCount(30):
                self._page(page)

    def _more(self, number):
        plan = self._make_plan(name=f"Plan {number}")
        self._make_action(plan)
        return plan

    def test_a_copy_in_every_language(self):
        copies = json.loads(self._publish().payload)
        self.assertLessEqual({"ar_MA", "fr_MA"}, copies.keys())
