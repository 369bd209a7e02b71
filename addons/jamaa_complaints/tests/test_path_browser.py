"""The whole path in a real browser: a citizen's phone, and the desks of the commune."""

from odoo.tests import tagged

from odoo.addons.jamaa_base.controllers.public_form import _question

from .browser_common import PHONE, BrowserCase
from .public_common import picture

WORDS = {
    "ar": ("المصباح أمام المدرسة معطل منذ 12 يوماً، العمود B-17.", "سيُصلح المصباح يوم الاثنين."),
    "fr": ("Le lampadaire devant l'école est en panne.", "Le lampadaire sera réparé lundi."),
}


@tagged("post_install", "-at_install")
class TestPathBrowser(BrowserCase):
    """Citizen lodges → officer assigns → service answers → approved → sent → followed."""

    def setUp(self):
        super().setUp()
        self.secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")

    # ---- the citizen ----

    def fill_in(self, page, lang):
        """Fill the form on a phone, with one mistake on the way."""
        self.public(page, lang, "")
        page.locator(f"a[href$='/{lang}/complaint']").click()
        self.assertEqual(page.locator("html").get_attribute("dir"), "rtl" if lang == "ar" else "ltr")
        page.locator("details:has(#f-photo_1) > summary").click()
        for slot, colour in ((1, "red"), (2, "blue")):
            photo = picture(colour, (1800, 1200), exif=True)
            page.set_input_files(
                f"#f-photo_{slot}",
                {"name": f"IMG_{slot}.jpg", "mimeType": "image/jpeg", "buffer": photo},
            )
        page.fill("#f-facts", WORDS[lang][0])
        page.locator("input[name=kind][value=complaint]").check()
        page.fill("#f-name", "Citizen 1")
        page.fill("#f-phone", "0612345678")
        page.fill("#f-email", "citizen1@example.com")
        self.send(page)
        # The subject was forgotten: all the rest is still there, photos included.
        page.locator("a[href='#f-category']").wait_for()
        self.assertEqual(page.input_value("#f-facts"), WORDS[lang][0])
        self.assertEqual(page.locator("[name=photo_1_kept], [name=photo_2_kept]").count(), 2)
        page.select_option("#f-category", str(self.category.id))

    def send(self, page):
        page.locator("#complaint-form button[type=submit]").click()

    def lodge(self, page, lang):
        """Send the form; return code and PIN as the citizen reads them."""
        self.fill_in(page, lang)
        self.send(page)
        page.wait_for_url("**/complaint/done/**")
        self.assertNoOverflow(page)
        paper = page.locator("a[href$='/receipt']").first.get_attribute("href")
        answer = page.request.get(self.base_url() + paper)
        self.assertEqual(answer.headers["content-type"], "application/pdf")
        self.assertTrue(answer.body().startswith(b"%PDF"))
        return page.inner_text("#jm-code"), page.inner_text("#jm-pin")

    def follow(self, page, lang, code, pin):
        """Open the own page with code and PIN, and read the answer."""
        self.public(page, lang, "/follow")
        page.fill("input[name=code]", code)
        page.fill("input[name=pin]", pin)
        page.locator("main form button[type=submit]").click()
        page.locator("#answer").wait_for()
        self.assertIn(WORDS[lang][1], page.inner_text("#answer"))
        self.assertNoOverflow(page)
        letter = page.request.get(self.base_url() + page.locator("a[href$='/answer']").get_attribute("href"))
        self.assertTrue(letter.body().startswith(b"%PDF"))

    # ---- the path ----

    def path(self, lang):
        users = (self.officer, self.agent, self.president_user)
        for user in users:
            user.lang = "ar_MA" if lang == "ar" else "fr_MA"
        officer, agent, president = (self.log_in(user) for user in users)
        subject = WORDS[lang][0][:20]
        with self.browser() as chromium:
            phone = self.page(chromium, PHONE, is_mobile=True, has_touch=True)
            code, pin = self.lodge(phone, lang)

            desk = self.open_case(chromium, officer, subject)
            text = desk.inner_text(".o_action_manager")
            for secret in ("Citizen 1", "citizen1@example.com", "0612345678"):
                self.assertNotIn(secret, text)
            self.press(desk, "action_assign_proposed")

            service = self.open_case(chromium, agent, subject)
            service.locator(".o_notebook_headers [name=answer]").click()
            service.locator("div[name=outcome] .o_select_menu_toggler").click()
            service.locator(".o_select_menu_item").first.click()
            service.locator("div[name=answer] textarea").fill(WORDS[lang][1])
            service.locator(".o_form_button_save").click()
            self.press(service, "action_submit")

            signer = self.open_case(chromium, president, subject)
            self.press(signer, "action_approve", confirm=True)

            desk.reload()
            self.press(desk, "action_send", confirm=True)

            self.follow(phone, lang, code, pin)
            phone.locator("#satisfaction button[value='3']").click()
            phone.locator("#satisfaction .jm-face-chosen[value='3']").wait_for()
        return code

    def check(self, code, lang):
        """What the citizen was told is what the database holds."""
        self.env.invalidate_all()
        case = self.env["helpdesk.ticket"].search([("public_code", "=", code.replace("-", ""))])
        self.assertEqual(case.facts, WORDS[lang][0])
        self.assertEqual(case.answer, WORDS[lang][1])
        self.assertEqual(case.answer_state, "sent")
        self.assertEqual(len(case.photo_ids), 2)
        self.assertEqual(case.service_id, self.lighting)
        self.assertEqual(case.public_lang, "ar_MA" if lang == "ar" else "fr_MA")
        self.assertEqual(self.env["jamaa.satisfaction"]._current(case).value, 3)
        # sudo: mail.mail - the receipt and the answer wait in the queue
        mails = self.env["mail.mail"].sudo().search([("vault_id", "=", case.complainant_id.id)])
        self.assertEqual(mails.mapped("state"), ["outgoing", "outgoing"])

    def test_path_in_arabic(self):
        self.check(self.path("ar"), "ar")

    def test_path_in_french(self):
        self.check(self.path("fr"), "fr")

    def right_answer(self, token):
        """What somebody who can read answers to the question of a form."""
        return str(sum(_question(self.secret.encode(), token.split(".")[3])))

    def test_without_javascript(self):
        """The same form on a browser without scripts: one question more, nothing lost."""
        with self.browser() as chromium:
            phone = self.page(chromium, PHONE, java_script_enabled=False)
            self.fill_in(phone, "fr")
            token = phone.input_value("[name=form_token]")
            phone.fill("#f-form_answer", self.right_answer(token))
            self.send(phone)
            phone.wait_for_url("**/complaint/done/**")
            code = phone.inner_text("#jm-code")
        case = self.env["helpdesk.ticket"].search([("public_code", "=", code.replace("-", ""))])
        self.assertEqual(len(case.photo_ids), 2)
