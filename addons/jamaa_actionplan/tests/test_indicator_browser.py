"""A value is typed, validated by somebody else, and drawn against its target, in a real browser."""

from odoo.tests import tagged

from odoo.addons.jamaa_base.tests.browser_common import DESK, RealBrowserCase

from .test_indicator import IndicatorCase


@tagged("post_install", "-at_install", "browser")
class TestIndicatorScreen(RealBrowserCase, IndicatorCase):
    def _light(self, light):
        """A light in the words of who validates."""
        env = self.env(context={"lang": self.colleague.lang})
        return dict(env["jamaa.indicator"]._fields["light"]._description_selection(env))[light]

    def test_typed_validated_and_drawn(self):
        where = f"{self.base_url()}/odoo/action-jamaa_actionplan.jamaa_indicator_action/{self.indicator.id}"
        typing, validating = self.log_in(self.agent), self.log_in(self.colleague)
        on_track = self._light("green")
        with self.browser() as chromium:
            page = self.page(chromium, DESK, typing)
            page.goto(where)
            page.locator("button[name=action_open_values]").click()
            page.locator(".o_list_button_add").first.click()
            page.locator(".o_form_view [name=numerator] input").fill("60")
            page.locator("[name=denominator] input").fill("100")
            page.locator("[name=proof_note] input").fill("Register, page 12")
            page.locator(".o_form_button_save").first.click()
            page.locator(".o_form_view [name=typed_by_id]", has_text="t_agent").wait_for()
        row = self.indicator.value_ids
        self.assertEqual((row.state, row.typed_by_id, row.numerator), ("draft", self.agent, 60))
        with self.browser() as chromium:
            page = self.page(chromium, DESK, validating)
            page.goto(f"{self.base_url()}/odoo/action-jamaa_actionplan.jamaa_indicator_value_action/{row.id}")
            page.locator("button[name=action_validate]").click()
            page.locator("button[name=action_lock]").wait_for()
            page.goto(where)
            page.locator(".o_form_view [name=light]", has_text=on_track).first.wait_for()
            page.locator("button[name=action_open_chart]").click()
            page.locator(".o_graph_canvas_container canvas").wait_for()
        self.env.invalidate_all()
        self.assertEqual((row.state, self.indicator.light), ("validated", "green"))
