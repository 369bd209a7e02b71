"""A morning at the desk in a real browser: by keyboard alone, in Arabic."""

import re
from contextlib import contextmanager

from odoo.tests import tagged

from odoo.addons.jamaa_base.tests.browser_common import DESK, PHONE, RealBrowserCase

from .queue_common import QueueCase


@tagged("post_install", "-at_install")
class TestQueueBrowser(QueueCase, RealBrowserCase):
    @contextmanager
    def screen(self, user, action, lang, size=DESK):
        session = self.log_in(user, lang)
        with self.browser() as chromium:
            page = self.page(chromium, size, session)
            page.goto(f"{self.base_url()}/odoo/{action}")
            page.locator(".o_jamaa_queue").first.wait_for()
            yield page

    def _code(self, page, code):
        page.locator(".o_jq_code", has_text=re.compile(rf"^{code}$")).wait_for()

    def test_by_keyboard(self):
        for _one in range(3):
            self._give(procedure=self.procedure)
        self.desk._queue_set_state("closed")
        with self.screen(self.clerk_a, "queue-desk", "ar") as page:
            self.assertEqual(page.evaluate("getComputedStyle(document.body).direction"), "rtl")
            page.locator(f"[data-desk='{self.desk.id}']").click()
            page.locator(".o_jq_next").wait_for()
            page.locator(".o_jq_waiting").click()  # the focus is on no button
            page.keyboard.press("Enter")
            page.locator("[data-state=open].active").wait_for()
            page.keyboard.press("Enter")
            self._code(page, "A001")
            page.keyboard.press("r")
            page.locator(".o_jq_calls", has_text="2").wait_for()
            page.keyboard.press("n")
            self._code(page, "—")
            page.keyboard.press(" ")
            self._code(page, "A002")
            page.keyboard.press("Enter")
            page.locator("[data-step=recall]").wait_for(state="detached")
            page.keyboard.press("t")
            page.locator(f".o_jq_transfer [data-queue='{self.queue_b.id}']").wait_for()
            page.keyboard.press("Escape")
            page.keyboard.press("Enter")
            self._code(page, "A003")
            page.keyboard.press("p")
            page.locator(".o_jq_back").wait_for()
            self.assertNoOverflow(page)
        self.env.invalidate_all()
        tickets = self.Ticket.search([("queue_id", "=", self.queue_a.id)], order="id")
        self.assertEqual(tickets.mapped("state"), ["waiting", "done", "parked"])
        self.assertEqual(tickets[0].call_count, 2)

    def test_two_taps_at_reception(self):
        with self.screen(self.agent, "queue-tickets", "fr", PHONE) as page:
            page.locator("select").first.select_option(str(self.annex.id))
            choice = page.locator(f"[data-code='p:{self.procedure.id}']")
            choice.click()
            page.locator(".o_jq_give").click()
            self._code(page, "A001")
            page.locator(".o_jq_picture").wait_for()
            box = choice.bounding_box()
            self.assertGreaterEqual(min(box["width"], box["height"]), 76, "20 mm for a finger")
            self.assertNoOverflow(page)

    def test_panel(self):
        self._give()
        self.env["jamaa.queue.alarm"]._note(self.desk, "raised")
        with self.screen(self.supervisor, "queue-panel", "ar") as page:
            page.locator("select").first.select_option(str(self.headquarters.id))
            page.locator(".o_jq_answer").wait_for(state="detached")
            page.locator("select").first.select_option(str(self.annex.id))
            page.locator(".o_jq_answer").click()
            page.locator(".o_jq_answer").wait_for(state="detached")
            page.locator(".o_jq_given", has_text=re.compile("^1$")).wait_for()
            self.assertNoOverflow(page)
