"""The hall in a real browser: board, telephone and kiosk, without a login."""

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.jamaa_base.tests.browser_common import DESK, PHONE, RealBrowserCase

from ..models.jamaa_site_queue import JamaaSite
from .forecast_common import ForecastCase


@tagged("post_install", "-at_install")
class TestQueueHallBrowser(ForecastCase, RealBrowserCase):
    def _device(self, kind):
        device = self.env["jamaa.queue.device"].create({"name": kind, "kind": kind, "site_id": self.annex.id})
        return f"{self.base_url()}{device._path(device._new_key())}"

    def test_board_and_telephone(self):
        first, second = self._give(procedure=self.procedure), self._give(procedure=self.procedure)
        address = self._device("board")
        with self.browser() as chromium:
            board, phone = self.page(chromium, DESK), self.page(chromium, PHONE)
            phone.clock.install()
            board.goto(address)
            self.assertEqual(board.evaluate("document.documentElement.dir"), "rtl")
            board.locator("#board-clock", has_text=":").wait_for()
            phone.goto(f"{self.base_url()}{second._follow_path('ar')}")
            self.assertNoOverflow(phone)
            self.assertEqual(phone.locator("#queue-ahead").text_content(), "1")
            with self.database():
                self.assertEqual(self.Ticket._next_for(self.desk), first)
            board.locator("#board-calls .jq-now", has_text=first.code).wait_for()
            phone.clock.fast_forward(15_000)
            phone.locator("#queue-ahead", has_text="0").wait_for()
            self.assertNoOverflow(board)
            # The network is gone: the calls stay, and a sign says so.
            board.context.set_offline(True)
            board.locator("#board-lost").wait_for()
            self.assertEqual(board.locator("#board-calls tr").count(), 1)
            board.context.set_offline(False)
            board.locator("#board-lost").wait_for(state="hidden")
            phone.locator("button[type=submit]").click()
            phone.locator("#queue[data-state=left]").wait_for()
        self.assertEqual(second.state, "left")

    def test_kiosk(self):
        self._know()
        address = self._device("kiosk")
        with patch.object(JamaaSite, "_queue_closed", lambda _self, _now: False), self.browser() as chromium:
            page = self.page(chromium, DESK)
            page.clock.install()
            page.goto(address.replace("/ar/", "/fr/"))
            for button in page.locator(".jq-tap, .jm-langs a").all():
                box = button.bounding_box()
                self.assertGreaterEqual(min(box["width"], box["height"]), 75, "20 mm for a finger")
            # Nobody touches it: back to its first language, but not within a minute.
            page.clock.fast_forward(60_000)
            self.assertEqual(page.evaluate("document.documentElement.dir"), "ltr")
            page.clock.fast_forward(40_000)
            page.wait_for_url(address)
            page.locator(f"button[value='p:{self.procedure.id}']").click()
            page.locator(".jq-code", has_text="A001").wait_for()
            self.assertTrue(page.locator(".jq-qr").is_visible())
            self.assertNoOverflow(page)
            page.emulate_media(media="print")
            self.assertTrue(page.locator(".jq-print").is_visible())
            self.assertFalse(page.locator(".jq-code").is_visible())
        self.assertEqual(self.Ticket.search([("channel", "=", "kiosk")]).code, "A001")
