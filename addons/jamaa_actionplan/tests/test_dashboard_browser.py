"""Who directs looks at the page, goes back a period, and opens what is late, in a real browser."""

import re

from playwright.sync_api import expect

from odoo.tests import tagged

from odoo.addons.jamaa_base.tests.browser_common import DESK, RealBrowserCase

from .common import PlanCase


@tagged("post_install", "-at_install", "browser")
class TestDashboardScreen(RealBrowserCase, PlanCase):
    def test_look_and_open_the_list_behind(self):
        self._start()
        self.action.due_on = self._day(-3)
        session = self.log_in(self.director_user)
        with self.browser() as chromium:
            page = self.page(chromium, DESK, session)
            page.goto(self.base_url() + "/odoo/commune-at-a-glance")
            tile = page.locator("[data-tile=actions]")
            tile.wait_for()
            period = page.locator(".o_jamaa_dashboard_period").inner_text()
            page.locator(".o_jamaa_dashboard_earlier").click()
            expect(page.locator(".o_jamaa_dashboard_period")).not_to_have_text(period)
            page.locator(".o_jamaa_dashboard_grain").select_option("year")
            expect(page.locator(".o_jamaa_dashboard_period")).to_have_text(re.compile(rf"^\D*{self.today.year}$"))
            page.locator(".o_jamaa_dashboard_later[disabled]").wait_for()
            tile.locator("[data-line=late]").click()
            page.locator(".o_list_view .o_data_row", has_text="Open a desk").wait_for()
