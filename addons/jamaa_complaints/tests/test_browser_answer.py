"""An answer in a real browser: drafted, approved, signed, sent; what it promises is followed until it is done."""

from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import mute_logger

from .browser_common import PHONE, BrowserCase

ANSWER = "Le lampadaire est réparé ; le câble sera changé."
PROMISE = "Changer le câble"


@tagged("post_install", "-at_install")
class TestBrowserAnswer(BrowserCase):
    def write_answer(self, page):
        """The service writes the answer and what it promises, and hands it on."""
        page.locator(".o_notebook_headers [name=answer]").click()
        page.locator("div[name=outcome] .o_select_menu_toggler").click()
        page.locator(".o_select_menu_item").first.click()
        page.locator("div[name=answer] textarea").fill(ANSWER)
        promises = "div[name=promise_ids]"
        page.locator(f"{promises} .o_field_x2many_list_row_add a").first.click()
        page.locator(f"{promises} div[name=what] input").fill(PROMISE)
        self.type_date(page, f"{promises} td[name=due_on]", self.today + timedelta(days=20))
        self.save(page)
        self.press(page, "action_submit")

    def test_drafted_approved_signed_sent_and_done(self):
        users = (self.officer, self.agent, self.president_user)
        for user in users:
            user.lang = "fr_MA"
        officer, agent, president = (self.log_in(user) for user in users)
        subject, path = self.case.name, self.case._public_path("fr")
        with self.browser() as chromium:
            desk = self.open_case(chromium, officer, subject)
            self.press(desk, "action_assign_proposed")
            service = self.open_case(chromium, agent, subject)
            self.write_answer(service)
            signer = self.open_case(chromium, president, subject)
            self.press(signer, "action_approve", confirm=True)

            desk.reload()
            self.step(desk, "action_letter_signed")
            desk.locator(".modal div[name=how] input[data-value=hand]").check()
            self.confirm(desk)
            self.press(desk, "action_send", confirm=True)
            with self.database():
                self.assertEqual((self.case.answer_state, self.case.letter_signed_how), ("sent", "hand"))
                self.assertEqual(self.case.letter_signed_on, self.today)

            phone = self.page(chromium, PHONE, is_mobile=True, has_touch=True)
            phone.goto(self.base_url() + path)
            self.assertIn(ANSWER, phone.inner_text("#answer"))
            phone.get_by_text(PROMISE).wait_for()

            service.goto(f"{self.base_url()}/odoo/complaint-promises")
            service.locator(".o_data_row", has_text=PROMISE).click()
            self.press(service, "action_done", confirm=True)
            with self.database():
                promise = self.case.promise_ids
                self.assertEqual((promise.what, promise.state, promise.done_on), (PROMISE, "done", self.today))
                # sudo: mail.mail - what is told to the citizen waits in the queue
                told = self.env["mail.mail"].sudo().search([("vault_id", "=", self.case.complainant_id.id)])
                self.assertEqual(len(told.filtered(lambda mail: PROMISE in mail.body_html)), 1)
            phone.reload()
            phone.locator("#promises li", has_text=PROMISE).locator(".jm-badge-fine").wait_for()
            self.assertNoOverflow(phone)

    @mute_logger("odoo.http")  # what is refused is written there
    def test_a_case_closed_to_its_reader_is_not_shown_from_the_device(self):
        self._as(self.officer, self.case).action_assign_proposed()
        agent, subject, facts = self.log_in(self.agent), self.case.name, self.case.facts
        with self.browser() as chromium:
            page = self.open_case(chromium, agent, subject)
            self.assertIn(facts, page.inner_text("div[name=facts]"))
            address = page.url
            with self.database():
                self.case.sudo().locked_user_ids = self.agent
                self.env.flush_all()
            page.goto(address)
            page.locator(".o_error_dialog").wait_for()
            self.assertNotIn(facts, page.inner_text("body"))
