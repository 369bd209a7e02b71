"""A rater answers, stops, comes back and finishes, in a real browser."""

from odoo.tests import tagged

from odoo.addons.jamaa_base.tests.browser_common import DESK, PHONE, RealBrowserCase

from .common import AssessmentCase


@tagged("post_install", "-at_install", "browser")
class TestGridScreen(RealBrowserCase, AssessmentCase):
    def _open(self, chromium, session, lang, size):
        page = self.page(chromium, size, session)
        page.goto(f"{self.base_url()}/odoo/action-jamaa_assessment.jamaa_assessment_rater_action_mine")
        page.locator("button[name=action_answer]").first.click()
        page.locator(".o_jamaa_grid_item").wait_for()
        way = page.evaluate("getComputedStyle(document.querySelector('.o_jamaa_grid')).direction")
        self.assertEqual(way, "rtl" if lang == "ar" else "ltr")
        return page

    @staticmethod
    def _count(page, answered):
        page.locator(".o_jamaa_grid_count", has_text=f"{answered} / 4").wait_for()

    def test_by_keyboard_in_arabic_then_on_a_phone(self):
        one = self._round([self.agent, self.member])
        seat = self._seat(one, self.agent)
        session = self.log_in(self.agent, "ar")
        words = self.items["one"].with_context(lang="ar_MA").anchor_3
        with self.browser() as chromium:
            page = self._open(chromium, session, "ar", DESK)
            page.keyboard.press("Digit3")
            self._count(page, 1)
            chosen = page.locator(".o_jamaa_grid_choice[aria-checked=true]")
            self.assertIn(words, chosen.inner_text())
            # forward is where reading goes
            page.keyboard.press("ArrowLeft")
            page.locator(f"[data-item='{self.items['two'].id}']").wait_for()
            page.keyboard.press("n")
            self._count(page, 2)
            page.context.close()
            # later, elsewhere: at the first open item
            page = self._open(chromium, session, "ar", PHONE)
            page.locator(f"[data-item='{self.items['three'].id}']").wait_for()
            self.assertNoOverflow(page)
            page.locator(".o_jamaa_grid_choice[data-answer='5']").click()
            self._count(page, 3)
            page.locator("summary").click()
            page.locator("#o_jamaa_grid_comment").fill("ملاحظة 7")
            page.locator(".o_jamaa_grid_next").click()
            page.locator(".o_jamaa_grid_choice[data-answer='no']").click()
            self._count(page, 4)
            page.locator(".o_jamaa_grid_finish").click()
            page.locator(".o_jamaa_grid_reopen").wait_for()
            self.assertTrue(page.locator(".o_jamaa_grid_choice").first.is_disabled())
        given = {score.item_id.key: (score.answer, score.comment) for score in seat.score_ids}
        self.assertEqual(
            given,
            {"one": ("3", False), "two": ("na", False), "three": ("5", "ملاحظة 7"), "duty": ("no", False)},
        )
        self.assertTrue(seat.finished_on)
