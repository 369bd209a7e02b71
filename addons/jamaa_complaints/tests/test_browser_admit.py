"""A case is refused in a real browser: the ground, the reasons, the second pair of eyes."""

import re

from playwright.sync_api import expect

from odoo.tests import tagged

from .browser_common import PHONE, BrowserCase

REASON = "المصباح نفسه موضوع القضية 12/2026."


@tagged("post_install", "-at_install")
class TestBrowserAdmit(BrowserCase):
    """The unit proposes, the president approves, the unit sends, the citizen reads it."""

    def test_refused_with_a_ground_and_second_eyes(self):
        for user in (self.officer, self.president_user):
            user.lang = "ar_MA"
        self.case.sudo().public_lang = "ar_MA"
        ground = self.env.ref("jamaa_complaints.ground_court").with_context(lang="ar_MA")
        ground_name, basis = ground.name, ground.legal_basis.split("\n")[0]
        subject, number, path = self.case.name, self.case.case_number, self.case._public_path("ar")
        officer, president = (self.log_in(user) for user in (self.officer, self.president_user))
        with self.browser() as chromium:
            desk = self.open_case(chromium, officer, subject)
            self.step(desk, "action_reject")
            self.choose(desk, ".modal div[name=ground_id]", ground_name)
            # the letter follows the ground, then the reasons: each is awaited before the next is typed
            letter = desk.locator(".modal div[name=letter] textarea")
            expect(letter).to_have_value(re.compile("."), timeout=60_000)
            desk.locator(".modal div[name=reason] textarea").fill(REASON)
            letter.focus()
            expect(letter).to_have_value(re.compile(re.escape(REASON)), timeout=60_000)
            self.confirm(desk, "action_propose")
            # what is proposed is said above the case, and whoever proposed it does not approve it
            desk.locator(".o_form_sheet > .alert-info").first.wait_for()
            self.assertEqual(desk.locator("button[name=action_approve]").count(), 0)
            with self.database():
                self.assertEqual((self.case.admissibility, self.case.answer_state), ("to_decide", "to_approve"))

            signer = self.open_case(chromium, president, subject)
            signer.locator(".o_form_sheet > .alert-info").first.wait_for()
            self.press(signer, "action_approve", confirm=True)
            desk.reload()
            self.press(desk, "action_send", confirm=True)

            phone = self.page(chromium, PHONE, is_mobile=True, has_touch=True)
            phone.goto(self.base_url() + path)
            text = phone.inner_text("#answer")
            self.assertIn(REASON, text)
            self.assertIn(basis, text)
            # the number of the case, in the order in which it was written
            phone.locator("#answer bdi[dir=ltr]", has_text=number).first.wait_for()
            self.assertNoOverflow(phone)
        self.env.invalidate_all()
        self.assertEqual(self.case.admissibility, "inadmissible")
        self.assertEqual(self.case.approved_by_id, self.president_user)
