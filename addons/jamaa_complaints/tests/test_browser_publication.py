"""A case is told to everybody in a real browser: written anew, blacked out, released, seen, withdrawn."""

from odoo.tests import tagged

from .browser_common import DESK, PHONE, BrowserCase

TITLE = "Un lampadaire remplacé"
TEXT = "Une rue restait sombre. La commune a remplacé le lampadaire."


@tagged("post_install", "-at_install")
class TestBrowserPublication(BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_holder(cls.director, cls.director_user)
        cls.here.write({"publication_function_id": cls.director.id, "publication_act": "Decision 7/2026"})

    def write_anew(self, page):
        page.goto(f"{self.base_url()}/odoo/published-cases/new")
        self.choose(page, "div[name=case_id]", self.number)
        page.locator("div[name=title_fr] input").fill(TITLE)
        page.locator("div[name=text_fr] textarea").fill(TEXT)
        page.locator("div[name=consent_how] input").fill("Par téléphone")
        self.type_date(page, "div[name=consent_on] :is(button, input)", self.today)
        page.locator("div[name=no_name_checked] input").check()
        self.save(page)

    def add_photo(self, page):
        """Put a photo of the case beside the text, with a black rectangle in it."""
        page.locator(f"button[name='{self.blackout}']").click()
        page.locator(".modal div[name=photo_id] input").click()
        page.locator(".o-autocomplete--dropdown-item").first.click()
        page.locator(".modal div[name=line_ids] .o_field_x2many_list_row_add a").click()
        page.locator(".modal div[name=line_ids] .o_data_row").wait_for()
        self.confirm(page, "action_add")
        page.locator("div[name=photo_ids] .o_attachment").wait_for()

    def test_released_seen_by_everybody_and_withdrawn(self):
        self.answer_sent()
        for user in (self.officer, self.director_user):
            user.lang = "fr_MA"
        officer, director = (self.log_in(user) for user in (self.officer, self.director_user))
        self.number = self.case.case_number
        self.blackout = self.env.ref("jamaa_complaints.jamaa_complaint_blackout_action").id
        facts, photos = self.case.facts, self.case.photo_ids.mapped("raw")
        with self.browser() as chromium:
            phone = self.page(chromium, PHONE, is_mobile=True, has_touch=True)
            desk = self.page(chromium, DESK, officer)
            self.write_anew(desk)
            self.add_photo(desk)
            self.assertEqual(desk.locator("button[name=action_release]").count(), 0)
            self.public(phone, "fr", "/complaints/published")
            self.assertNotIn(TITLE, phone.inner_text("main"))

            top = self.page(chromium, DESK, director)
            top.goto(f"{self.base_url()}/odoo/published-cases")
            top.locator(".o_data_row", has_text=TITLE).click()
            self.press(top, "action_release", confirm=True)

            phone.reload()
            text = phone.inner_text("main article")
            self.assertIn(TITLE, text)
            self.assertIn(TEXT, text)
            for secret in (self.number, facts, "Zineb"):
                self.assertNotIn(secret, text)
            photo = phone.request.get(self.base_url() + phone.locator("main article img").get_attribute("src"))
            self.assertEqual(photo.status, 200)
            self.assertNotIn(photo.body(), photos, "what is published is blacked out")
            self.assertNoOverflow(phone)

            desk.reload()
            self.press(desk, "action_withdraw")
            phone.reload()
            self.assertNotIn(TITLE, phone.inner_text("main"))
        row = self.env["jamaa.complaint.publication"].search([("case_id", "=", self.case.id)])
        self.env.invalidate_all()
        self.assertEqual(
            (row.state, row.released_by_id, row.withdrawn_by_id), ("withdrawn", self.director_user, self.officer)
        )
