"""A director shares a round and looks beside; two communes find each other; a commune words an item anew."""

from odoo.tests import tagged

from odoo.addons.jamaa_base.tests.browser_common import DESK, PHONE, RealBrowserCase

from .test_help import HelpCase
from .test_workshop import WorkshopCase


@tagged("post_install", "-at_install", "browser")
class TestPeersInBrowser(RealBrowserCase, HelpCase):
    def _go(self, page, path):
        page.goto(f"{self.base_url()}/odoo/{path}")

    def test_share_and_look_beside(self):
        one = self._validated(self.here, one="4")
        for company in self.peers[:5]:
            self._put_in(company, one="3")
        self._next_month()
        session = self.log_in(self.director_user, "ar")
        with self.browser() as chromium:
            for size in (DESK, PHONE):
                page = self.page(chromium, size, session)
                self._go(page, f"action-jamaa_assessment.jamaa_assessment_round_action/{one.id}")
                page.locator("a.nav-link[name=peers]").click()
                beside = page.locator("[name=peer_summary]")
                beside.locator("td", has_text="3 – 3").first.wait_for()
                self.assertEqual(beside.locator("img").count(), 5, "two criteria, three items")
                self.assertNoOverflow(page)
                page.screenshot(path=f"/tmp/s4_beside_{size['width']}.png", full_page=True)
                page.context.close()
            page = self.page(chromium, DESK, session)
            self._go(page, f"action-jamaa_assessment.jamaa_assessment_round_action/{one.id}")
            page.locator("button[name=action_share]").click()
            page.locator(".modal [name=to_team] input").check()
            page.locator(".modal [name=to_band] input").check()
            page.locator(".modal [name=preview] table").first.wait_for()
            page.screenshot(path="/tmp/s4_share.png", full_page=True)
            page.locator(".modal button[name=action_publish]").click()
            page.locator(".modal").wait_for(state="detached")
        self.env.invalidate_all()
        self.assertEqual(self.env["jamaa.share"].search([("kind", "=", "round")]).company_id, self.here)
        self.assertEqual(self.env["jamaa.assessment.peer"].search([("round_id", "=", one.id)]).state, "open")

    def test_ask_and_accept(self):
        offer = self._declare(self.giver, "offer")
        ask = self._declare(self.here, "ask")
        with self.browser() as chromium:
            page = self.page(chromium, DESK, self.log_in(self.director_user, "fr"))
            self._go(page, f"action-jamaa_assessment.jamaa_assessment_help_action/{ask.id}")
            page.locator("button[name=action_request]").click()
            page.screenshot(path="/tmp/s4_ask.png", full_page=True)
            page.locator(".modal .btn-primary").click()
            page.locator("[name=side_ids] .o_data_row").wait_for()
            self.assertNotIn(self.giver.name, page.content())
            page.context.close()
            page = self.page(chromium, DESK, self.log_in(self.directors[self.giver], "fr"))
            self._go(page, f"action-jamaa_assessment.jamaa_assessment_help_side_action/{offer.side_ids.id}")
            page.locator("button[name=action_accept]").wait_for()
            self.assertNotIn(self.here.name, page.locator(".o_form_view").inner_text())
            page.locator("button[name=action_accept]").click()
            page.locator(".modal .btn-primary").click()
            page.locator("[name=other_name]", has_text=self.here.name_fr).wait_for()
            page.screenshot(path="/tmp/s4_side.png", full_page=True)


@tagged("post_install", "-at_install", "browser")
class TestWorkshopInBrowser(RealBrowserCase, WorkshopCase):
    def test_propose_and_adopt(self):
        with self.browser() as chromium:
            page = self.page(chromium, DESK, self.log_in(self.directors[self.there], "fr"))
            page.goto(f"{self.base_url()}/odoo/grid-workshops/{self.workshop.id}")
            page.locator("button[name=action_open_proposals]").click()
            page.locator(".o_kanban_view").wait_for()
            page.locator(".o-kanban-button-new").click()
            self.choose(page, ".o_field_widget[name=item_id]", "one")
            page.locator("[name=reason] textarea").fill("Plus clair")
            page.locator("a.nav-link[name=words]").click()
            box = page.locator("[name=anchor_3_fr] textarea")
            box.wait_for()
            self.assertEqual(box.input_value(), "one 3 en français")
            box.fill("Autrement dit")
            page.screenshot(path="/tmp/s4_words.png", full_page=True)
            self.save(page)
            page.locator("a.nav-link[name=comparison]").click()
            page.locator("[name=comparison] td.fw-bold", has_text="Autrement dit").wait_for()
            page.screenshot(path="/tmp/s4_comparison.png", full_page=True)
            page.context.close()
            row = self.env["jamaa.assessment.proposal"].search([("workshop_id", "=", self.workshop.id)])
            page = self.page(chromium, DESK, self.log_in(self.team, "ar"))
            page.goto(f"{self.base_url()}/odoo/grid-workshops/{self.workshop.id}")
            page.locator("button[name=action_open_proposals]").click()
            page.locator(".o_kanban_record:not(.o_kanban_ghost)").first.wait_for()
            page.screenshot(path="/tmp/s4_kanban.png", full_page=True)
            page.locator(".o_kanban_record:not(.o_kanban_ghost)").first.click()
            page.locator("button[name=action_adopt]").click()
            page.locator(".modal .btn-primary").click()
            page.locator("button[name=action_adopt]").wait_for(state="detached")
        self.env.invalidate_all()
        self.assertEqual(row.state, "adopted")
        self.assertEqual(self._draft_item()._export_texts("anchor_3")["fr"], "Autrement dit")
