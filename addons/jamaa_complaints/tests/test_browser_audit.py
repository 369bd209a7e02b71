"""The auditor's room in a real browser: a sample, a call back, a finding and its reply."""

from odoo.tests import tagged

from .browser_common import DESK, BrowserCase
from .common import IDENTITY

FINDING = "الجواب لا يذكر تاريخ الإصلاح."
REPLY = "تكتب الرسائل من جديد."


@tagged("post_install", "-at_install")
class TestBrowserAudit(BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.case
        for _rank in range(4):
            cls.cases |= cls._lodge()
        for case in cls.cases.sudo():
            case.write({"service_id": cls.lighting.id, "answer": "Done", "outcome": "solved"})
            case.write({"answer_state": "sent", "answered_on": cls.today})

    def draw(self, page):
        page.goto(f"{self.base_url()}/odoo/complaint-audits/new")
        page.locator("div[name=size] input").fill("3")
        self.save(page)
        self.press(page, "action_draw", confirm=True)
        page.locator("div[name=item_ids] .o_data_row").nth(2).wait_for()
        text = page.inner_text(".o_action_manager")
        for secret in IDENTITY.values():
            self.assertNotIn(secret, text)

    def call_back(self, page):
        """Open the case for its number, then note what the citizen said."""
        page.goto(f"{self.base_url()}/odoo/complaint-audit-calls")
        page.locator(".o_data_row button[name=action_open_case]").first.click()
        page.locator(".o_form_view div[name=facts]").wait_for()
        page.go_back()
        cell = page.locator(".o_data_row").first.locator("td[name=call_result]")
        cell.click()
        cell.locator(".o_select_menu_toggler, input").first.click()
        page.locator(".o_select_menu_item").nth(1).click()
        page.locator("td[name=call_note] input").fill("انطفأ من جديد")
        page.locator(".o_list_button_save:visible").click()
        page.locator(".o_list_button_save:visible").wait_for(state="detached")

    def test_sample_call_finding_and_reply(self):
        users = (self.auditor, self.officer, self.director_user)
        for user in users:
            user.lang = "ar_MA"
        auditor, officer, director = (self.log_in(user) for user in users)
        new = self.env.ref("jamaa_complaints.jamaa_complaint_audit_finding_action_new").id
        with self.browser() as chromium:
            room = self.page(chromium, DESK, auditor)
            self.draw(room)
            self.call_back(self.page(chromium, DESK, officer))
            with self.database():
                audit = self.env["jamaa.complaint.audit"].search([("company_id", "=", self.here.id)])
                called = audit.item_ids.filtered("called_on")
                self.assertEqual((called.call_result, called.called_by_id), ("not_solved", self.officer))

            room.reload()
            room.locator(".o_notebook_headers [name=findings]").click()
            room.locator(f"button[name='{new}']").click()
            room.locator(".modal div[name=text] textarea").fill(FINDING)
            room.locator(".modal .o_form_button_save").click()
            room.locator("div[name=finding_ids] .o_data_row", has_text=FINDING).wait_for()

            top = self.page(chromium, DESK, director)
            top.goto(f"{self.base_url()}/odoo/complaint-findings")
            top.locator(".o_data_row", has_text=FINDING).click()
            top.locator("div[name=reply] textarea").fill(REPLY)
            self.assertEqual(top.locator("div[name=text] textarea").count(), 0, "the finding is the auditor's")
            self.save(top)
        self.env.invalidate_all()
        finding = audit.finding_ids
        self.assertEqual((finding.text, finding.reply, finding.user_id), (FINDING, REPLY, self.auditor))
        self.assertEqual(finding.replied_by_id, self.director_user)
