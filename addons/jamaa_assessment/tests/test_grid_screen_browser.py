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

    def test_a_paper_form_typed_in_by_keys_alone(self):
        one = self._round([self.agent], paper=1)
        paper = one.rater_ids.filtered(lambda rater: not rater.user_id)
        session = self.log_in(self.facilitator, "fr")
        with self.browser() as chromium:
            page = self.page(chromium, DESK, session)
            page.goto(f"{self.base_url()}/odoo/action-jamaa_assessment.jamaa_assessment_rater_action_seat/{paper.id}")
            page.locator("button[name=action_answer]").click()
            page.locator(f".o_jamaa_grid [data-item='{self.items['one'].id}']").wait_for()
            # each key goes on by itself: a level, does not apply, a level by the block of figures, a duty
            for key in ("Digit3", "n", "Numpad0", "Digit1"):
                page.keyboard.press(key)
            self._count(page, 4)
            page.locator(".o_jamaa_grid_finish").click()
            page.locator(".o_jamaa_grid_reopen").wait_for()
        given = {score.item_id.key: score.answer for score in paper.score_ids}
        self.assertEqual(given, {"one": "3", "two": "na", "three": "0", "duty": "yes"})
        self.assertTrue(paper.finished_on)

    def test_a_record_as_evidence(self):
        document = self.env["jamaa.document"].create({"name": "Charte", "company_id": self.here.id})
        version = self.env["jamaa.document.version"].create({"document_id": document.id})
        version.state = "sent"
        self.clerk.group_ids |= self.env.ref("jamaa_base.group_registry_clerk")
        one = self._round([self.clerk, self.agent])
        session = self.log_in(self.clerk, "fr")
        with self.browser() as chromium:
            page = self._open(chromium, session, "fr", DESK)
            page.locator("summary").click()
            page.locator(".o_jamaa_grid select").select_option("jamaa.document.version")
            page.locator(".o_jamaa_grid_choose").click()
            page.locator(".modal .o_data_row td").first.click()
            page.locator(".o_jamaa_grid_record", has_text="Charte").wait_for()
        self.assertEqual(self._seat(one, self.clerk).score_ids.evidence_record, version)
