"""At the counter, in a real browser: a letter with its registry number, and told words that are read back."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from .browser_common import BrowserCase
from .common import IDENTITY
from .test_counter_oral import pdf

LETTER = "La fuite d'eau devant le numéro 12 dure depuis un mois."
TOLD = "الحفرة أمام المسجد خطيرة على الأطفال منذ شهر."
TOLD_BETTER = "الحفرة أمام المسجد والمدرسة خطيرة على الأطفال منذ شهر."


@tagged("post_install", "-at_install")
class TestBrowserCounter(BrowserCase):
    def _lodged(self):
        self.env.invalidate_all()
        return self.Ticket.search([("kind", "!=", False)], order="id desc", limit=1)

    def test_a_letter_keeps_the_number_and_the_day_of_the_registry(self):
        entry = self.env["jamaa.mail.entry"].create(
            {
                "correspondent": "Somebody",
                "subject": "Water",
                "date": self._day(-4),
                "direction": "incoming",
                "company_id": self.here.id,
            }
        )
        number, day = entry.number_display, self._day(-4).strftime("%d/%m/%Y")
        session = self.log_in(self.receptionist, "fr")
        with self.browser() as chromium:
            page = self.desk(chromium, session, "fr", "complaint-counter")
            self.tick(page, "channel", "other")
            self.type_in(page, "mail_number", number)
            page.locator("div[name=legal_receipt_date]", has_text=day).or_(
                page.locator(f"div[name=legal_receipt_date] [value='{day}']")
            ).first.wait_for()
            page.set_input_files(
                "div[name=letter_scan] input[type=file]",
                {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": pdf()},
            )
            page.locator("div[name=letter_scan] input[type=text]").wait_for()
            self.type_in(page, "facts", LETTER)
            self.type_in(page, "name", IDENTITY["name"])
            page.locator("button[name=action_lodge]:visible").click()
            page.locator("button[name=action_print]").wait_for()
            shown = page.inner_text("div[name=case_number]")
            self.assertNotIn(IDENTITY["name"], page.inner_text(".o_action_manager"))
        case = self._lodged()
        self.assertEqual(case.case_number, shown.strip())
        self.assertEqual((case.facts, case.legal_receipt_date), (LETTER, self._day(-4)))
        self.assertEqual(case.mail_entry_in_id, entry)
        self.assertEqual(case.sudo().complainant_id.name, IDENTITY["name"])

    @mute_logger("odoo.http")  # what is refused on the way is written there
    def test_told_words_are_read_back_changed_and_approved(self):
        before = self.Ticket.search_count([("kind", "!=", False)])
        session = self.log_in(self.receptionist, "ar")
        with self.browser() as chromium:
            page = self.desk(chromium, session, "ar", "complaint-counter")
            page.locator("div[name=is_oral] input").check()
            self.type_in(page, "facts", TOLD)
            self.type_in(page, "name", IDENTITY["name"])
            page.locator("button[name=action_lodge]:visible").click()
            page.locator("button[name=action_back]").click()
            page.locator("div[name=facts] textarea").wait_for()
            self.type_in(page, "facts", TOLD_BETTER)
            page.locator("button[name=action_lodge]:visible").click()
            page.locator("button[name=action_back]").wait_for()
            page.get_by_text(TOLD_BETTER).first.wait_for()
            # nobody has approved yet: the case cannot be registered
            page.locator("button[name=action_lodge]:visible").click()
            page.locator(".modal .btn-primary").click()
            page.locator(".modal").wait_for(state="detached")
            self.tick(page, "oral_confirmed_how", "witness")
            self.type_in(page, "oral_witness", "رئيسة الاستقبال")
            page.locator("button[name=action_lodge]:visible").click()
            page.locator("button[name=action_print]").wait_for()
            # the slip leads to nobody's name in the trail of pages, and the next person finds an empty form
            page.locator("button[name=action_next]").click()
            page.locator("div[name=facts] textarea").wait_for()
            self.assertEqual(page.input_value("div[name=facts] textarea"), "")
        case = self._lodged()
        self.assertEqual(self.Ticket.search_count([("kind", "!=", False)]), before + 1)
        self.assertEqual(case.facts, TOLD_BETTER)
        self.assertEqual((case.is_oral, case.oral_confirmed_how), (True, "witness"))
        self.assertEqual(case.sudo().oral_witness, "رئيسة الاستقبال")
