"""The header of a case: next steps as buttons, the rest in a menu, nothing lost; and the pin."""

import re

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .browser_common import DESK, PHONE, BrowserCase

TILES = "https://tiles.example.org/{z}/{x}/{y}.png"


@tagged("post_install", "-at_install")
class TestCaseSteps(BrowserCase):
    def setUp(self):
        super().setUp()
        self.officer.lang = self.agent.lang = "fr_MA"

    def _header(self, user):
        arch = self._as(user).get_view(self.env.ref("jamaa_complaints.helpdesk_ticket_view_form_case").id, "form")[
            "arch"
        ]
        return re.search(r"<header.*?</header>", arch, re.DOTALL)[0]

    def test_every_step_stands_once_and_has_its_condition(self):
        buttons = re.findall(r"<button [^>]*>", self._header(self.officer))
        names = [re.search(r'name="(\w+)"', button)[1] for button in buttons]
        self.assertEqual(len(names), len(set(names)))
        for button in buttons:
            self.assertRegex(button, r'invisible="[^"]*may_\w+')
        # a button that an extension adds and this order forgets would stand in front of all
        self.assertEqual(names[0], "action_decide_appeal")
        self.assertEqual(names[-1], "action_dossier")

    def _open(self, chromium, user, size, **options):
        page = self.page(chromium, size, self.log_in(user), **options)
        page.goto(f"{self.base_url()}/odoo/complaints/{self.case.id}")
        page.locator(".o_jamaa_case_steps button").first.wait_for()
        return page

    def _names(self, page, where):
        return page.locator(f"{where} button[name]").evaluate_all("all => all.map((one) => one.name)")

    def _may(self, user):
        """Names of the buttons the server lets this user press now."""
        case = self._as(user)
        return {
            name
            for name, condition in re.findall(r'name="(action_\w+)"[^>]*?invisible="([^"]*)"', self._header(user))
            if not self._hidden(case, condition)
        }

    def _hidden(self, case, condition):
        names = set(re.findall(r"[a-z_]+", re.sub(r"'[^']*'", "", condition))) - {"not", "or", "and", "in"}
        return bool(safe_eval(condition, {name: case[name] for name in names}))

    def test_at_a_desk(self):
        with self.browser() as chromium:
            page = self._open(chromium, self.officer, DESK)
            shown = self._names(page, ".o_jamaa_case_steps")
            self.assertEqual(shown[0], "action_admit")
            self.assertLessEqual(len(shown), 3)
            self.assertEqual(page.locator(".o_jamaa_case_steps .btn-primary").count(), 1)
            self.assertIn("btn-primary", page.locator("button[name=action_admit]").get_attribute("class"))
            page.locator(".o_jamaa_other_steps").click()
            page.locator(".o-dropdown--menu button[name=action_change]").wait_for()
            others = self._names(page, ".o-dropdown--menu")
            self.assertFalse(set(shown) & set(others))
            with self.database():
                self.assertEqual(set(shown) | set(others), self._may(self.officer))
            # a step of the menu is taken as any other
            page.locator(".o-dropdown--menu button[name=action_hold]").click()
            page.locator(".modal .o_form_view").wait_for()

    def test_on_a_phone(self):
        with self.browser() as chromium:
            page = self._open(chromium, self.officer, PHONE, is_mobile=True, has_touch=True)
            self.assertEqual(self._names(page, ".o_jamaa_case_steps"), ["action_admit"])
            page.locator(".o_jamaa_other_steps").click()
            page.locator("button[name=action_dossier], button[name=action_change]").first.wait_for()
            steps = page.locator("button[name^=action_].o_jamaa_step, button.o_jamaa_rare, button.o_jamaa_leads_on")
            offered = steps.evaluate_all("all => all.map((one) => one.name)")
            with self.database():
                self.assertEqual(set(offered), self._may(self.officer))

    def test_a_service_is_offered_its_own_steps_alone(self):
        self._as(self.officer).action_assign_proposed()
        with self.browser() as chromium:
            page = self._open(chromium, self.agent, DESK)
            shown = self._names(page, ".o_jamaa_case_steps")
            others = []
            if page.locator(".o_jamaa_other_steps").count():
                page.locator(".o_jamaa_other_steps").click()
                page.locator(".o-dropdown--menu button").first.wait_for()
                others = self._names(page, ".o-dropdown--menu")
            with self.database():
                self.assertEqual(set(shown) | set(others), self._may(self.agent))
            self.assertEqual(shown[0], "action_take")
            self.assertNotIn("action_change", shown + others)

    # ---- the pin ----

    def test_no_pin_is_not_the_gulf_of_guinea(self):
        """Without a pin the coordinates are empty."""
        with self.browser() as chromium:
            page = self._open(chromium, self.officer, DESK)
            for name in ("latitude", "longitude"):
                self.assertEqual(page.locator(f"div[name={name}] input").input_value(), "")
            self.type_in(page, "latitude", "33,8935")
            self.type_in(page, "longitude", "-5,5473")
            self.save(page)
            self.assertEqual(page.locator(".o_jamaa_pin_numbers").inner_text(), "33.893500, -5.547300")

    def _set_pin(self):
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET latitude = 33.8935, longitude = -5.5473 WHERE id = %s", (self.case.id,)
        )
        self.env.invalidate_all()

    def test_pin_without_a_map(self):
        self._set_pin()
        with self.browser() as chromium:
            # `page` fails the test on any request that leaves the machine
            page = self._open(chromium, self.officer, DESK)
            self.assertEqual(page.locator(".o_jamaa_pin_numbers").inner_text(), "33.893500, -5.547300")
            self.assertEqual(page.locator(".o_jamaa_map").count(), 0)
            self.assertEqual(page.locator(".o_jamaa_pin .o_clipboard_button").count(), 1)
            self.assertEqual(page.locator(".o_jamaa_pin_link").get_attribute("href"), "geo:33.893500,-5.547300")

    def test_pin_on_the_communes_map(self):
        self.here.sudo().write({"map_tile_address": TILES, "map_copyright": "Plan <b>communal</b>"})
        self._set_pin()
        with self.browser() as chromium:
            page = self.page(chromium, DESK, self.log_in(self.officer))
            page.route("https://tiles.example.org/**", lambda route: route.abort())
            page.goto(f"{self.base_url()}/odoo/complaints/{self.case.id}")
            page.locator(".o_jamaa_map .leaflet-marker-icon").wait_for()
            page.locator(".o_jamaa_map .leaflet-tile").first.wait_for(state="attached")
            self.assertIn("Plan <b>communal</b>", page.locator(".leaflet-control-attribution").inner_text())
            asked = [problem for problem in self.problems if "a request left the machine" in problem]
            self.assertTrue(asked)
            self.assertTrue(all("https://tiles.example.org/" in problem for problem in asked), asked)
            self.problems = [problem for problem in self.problems if problem not in asked]
