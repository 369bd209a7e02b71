"""Somebody answers by the link on a phone, in Arabic, in a real browser that runs no scripts."""

from odoo.tests import tagged

from odoo.addons.jamaa_base.tests.browser_common import PHONE, RealBrowserCase

from .common import AssessmentCase


@tagged("post_install", "-at_install", "browser")
class TestLinkInBrowser(RealBrowserCase, AssessmentCase):
    def test_on_a_phone_in_arabic(self):
        self.here.commune_slug = "test-here"
        one = self._round([self.agent], paper=1, purpose="لنرى ما يجب تحسينه")
        seat = one.rater_ids.filtered(lambda rater: not rater.user_id)
        path = seat._link_path("ar")
        self.env.flush_all()
        with self.browser() as chromium:
            page = self.page(chromium, PHONE, java_script_enabled=False)
            page.goto(self.base_url() + path)
            self.assertEqual(page.evaluate("document.documentElement.dir"), "rtl")
            self.assertNoOverflow(page)
            page.locator("a.jm-button").click()
            for fieldset, rank in ((0, 3), (1, 6)):
                page.locator("fieldset").nth(fieldset).locator("label").nth(rank).click()
            page.locator("textarea").first.fill("ملاحظة 7")
            self.assertNoOverflow(page)
            page.locator("button[value=next]").click()
            page.wait_for_url("**/2")
            page.locator("fieldset").nth(0).locator("label").nth(1).click()
            page.locator("button[value=stop]").click()
            page.wait_for_url("**" + path)
            # later: at the first page with an open item
            page.locator("a.jm-button").click()
            page.wait_for_url("**/2")
            page.locator("fieldset").nth(1).locator("label").nth(0).click()
            page.locator("button[value=next]").click()
            page.wait_for_url("**" + path)
            page.locator("form[action$='/finish'] button").click()
            page.locator("form[action$='/again']").wait_for()
            self.assertNoOverflow(page)
        self.env.invalidate_all()
        given = {score.item_id.key: (score.answer, score.comment) for score in seat.score_ids}
        self.assertEqual(
            given,
            {"one": ("3", "ملاحظة 7"), "two": ("na", False), "three": ("1", False), "duty": ("yes", False)},
        )
