"""A citizen appeals on the phone; the president decides in the client; the citizen reads the decision."""

from odoo.tests import tagged

from .browser_common import PHONE, BrowserCase

WORDS = "ما زال الزقاق مظلما منذ 3 أسابيع."
DECISION = "يركب مصباح جديد قبل متم الشهر."


@tagged("post_install", "-at_install")
class TestBrowserAppeal(BrowserCase):
    def test_appealed_on_the_phone_and_decided(self):
        self.answer_sent()
        self.president_user.lang = "ar_MA"
        president = self.log_in(self.president_user)
        number, path = self.case.case_number, self.case._public_path("ar")
        with self.browser() as chromium:
            phone = self.page(chromium, PHONE, is_mobile=True, has_touch=True)
            phone.goto(self.base_url() + path)
            phone.locator("#appeal summary").click()
            phone.fill("#f-appeal", WORDS)
            self.assertNoOverflow(phone)
            phone.locator("#appeal button[type=submit]").click()
            phone.wait_for_url("**said=appeal_thanks**")
            self.assertIn(WORDS, phone.inner_text("#appeal"))
            self.assertEqual(phone.locator("#f-appeal").count(), 0)

            desk = self.page(chromium, {"width": 1366, "height": 900}, president)
            desk.goto(f"{self.base_url()}/odoo/complaint-appeals")
            desk.locator(".o_data_row", has_text=number).click()
            self.step(desk, "action_decide_appeal")
            self.assertIn(WORDS, desk.inner_text(".modal"))
            desk.locator(".modal div[name=result] input[data-value=changed]").check()
            desk.locator(".modal div[name=reason] textarea").fill(DECISION)
            self.confirm(desk)

            phone.reload()
            self.assertIn(DECISION, phone.inner_text("#appeal"))
            self.assertNoOverflow(phone)
        self.env.invalidate_all()
        appeal = self.case.appeal_ids
        self.assertEqual((appeal.words, appeal.result, appeal.decision), (WORDS, "changed", DECISION))
        self.assertEqual((appeal.decided_by_id, self.case.appeal_pending), (self.president_user, False))
