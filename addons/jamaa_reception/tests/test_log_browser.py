"""The one-tap log in a real browser: by key, by finger on a phone, taken back."""

import re
from contextlib import contextmanager

from odoo.tests import tagged

from odoo.addons.jamaa_base.tests.browser_common import PHONE, RealBrowserCase

from .log_common import LogCase


@tagged("post_install", "-at_install")
class TestLogBrowser(LogCase, RealBrowserCase):
    def setUp(self):
        super().setUp()
        self._employee(self.agent, self.annex)

    @contextmanager
    def phone(self):
        """Open the log as the agent, on a phone."""
        session = self.log_in(self.agent, "ar")
        with self.browser() as chromium:
            page = self.page(chromium, PHONE, session, has_touch=True)
            page.goto(f"{self.base_url()}/odoo/action-jamaa_reception.jamaa_reception_log_action")
            page.locator(".o_jl_button").first.wait_for()
            yield page

    def _total(self, page, number):
        page.locator(".o_jl_total", has_text=re.compile(rf"^{number}$")).wait_for()

    def test_count_and_take_back(self):
        extract = self.env.ref("jamaa_reception.reception_act_extract")
        self._visit(-3, act_id=extract.id, quantity=5)
        with self.phone() as page:
            self.assertEqual(page.evaluate("getComputedStyle(document.body).direction"), "rtl")
            # most used lately: the first button, and the key 1
            first = page.locator(".o_jl_button").first
            self.assertEqual(first.get_attribute("data-code"), f"act:{extract.id}")
            box = first.bounding_box()
            self.assertGreaterEqual(min(box["width"], box["height"]), 76, "20 mm for a finger")
            first.tap()
            self._total(page, 1)
            page.keyboard.press("1")
            self._total(page, 2)
            page.locator(".o_jl_more").tap()
            page.locator(f"[data-code='body:{self.court.id}']").tap()
            self._total(page, 4)
            page.locator(".o_jl_undo_button").first.tap()
            self._total(page, 2)
            page.keyboard.press("Backspace")
            self._total(page, 1)
            overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            self.assertLessEqual(overflow, 0, "nothing wider than the phone")
        self.env.invalidate_all()
        rows = self.Visit.search([("site_id", "=", self.annex.id), ("date", "=", self.Visit._commune_today())])
        self.assertEqual(sum(rows.mapped("quantity")), 1)
        self.assertEqual(sorted(rows.mapped("quantity")), [-2, -1, 1, 1, 2])
