"""Seven phones and one big screen at once, in Arabic; one phone is dropped in the middle and comes back."""

from urllib.parse import urlsplit

from odoo.tests import tagged

from odoo.addons.jamaa_base.tests.browser_common import PHONE, RealBrowserCase

from .meeting_common import MeetingCase

ROOM = {"width": 1920, "height": 1080}
VOTES = "3444454"


@tagged("post_install", "-at_install", "browser")
class TestMeetingBrowser(RealBrowserCase, MeetingCase):
    def _screen(self, chromium, lang):
        """Open the big screen from the round and begin."""
        page = self.page(chromium, ROOM, self.log_in(self.facilitator, lang))
        page.goto(f"{self.base_url()}/odoo/action-jamaa_assessment.jamaa_assessment_round_action/{self.one.id}")
        page.locator("button[name=action_meeting]").click()
        page.locator(".o_jamaa_meeting").wait_for()
        way = page.evaluate("getComputedStyle(document.querySelector('.o_jamaa_meeting')).direction")
        self.assertEqual(way, "rtl" if lang == "ar" else "ltr")
        page.locator("#o_jamaa_meeting_place").fill("قاعة الاجتماعات، الطابق 2")
        page.locator(".o_jamaa_meeting_begin").click()
        page.locator(".o_jamaa_meeting_code").first.wait_for()
        return page

    def _phone(self, chromium, path):
        phone = self.page(chromium, PHONE)
        phone.goto(f"{self.base_url()}{path}")
        return phone

    def _join(self, chromium, screen, seat):
        """Let a seat scan its code from the screen and say that it is here."""
        row = screen.locator(f"[data-seat='{seat.id}']")
        row.locator("xpath=..").locator(".o_jamaa_meeting_code").click()
        code = screen.locator(".o_jamaa_meeting_qr")
        code.wait_for()
        path = urlsplit(code.get_attribute("data-address")).path
        phone = self._phone(chromium, path)
        phone.locator("#ja-join").click()
        phone.locator("[data-key^=wait]").wait_for()
        screen.locator(f"[data-seat='{seat.id}'][aria-checked=true]").wait_for()
        return phone, path

    @staticmethod
    def _count(screen, words):
        screen.locator(".o_jamaa_meeting_count", has_text=words).wait_for()

    def test_seven_phones_and_a_screen_in_arabic(self):
        with self.browser() as chromium:
            screen = self._screen(chromium, "ar")
            joined = [self._join(chromium, screen, seat) for seat in self.seats]
            phones = [phone for phone, _path in joined]
            # all agree: one tap
            screen.locator(".o_jamaa_meeting_go").click()
            screen.locator(".o_jamaa_meeting_accept").click()
            screen.locator(".o_jamaa_meeting_accept").wait_for(state="detached")
            # the duty comes first; forward is where reading goes
            screen.locator(".o_jamaa_meeting_go").click()
            screen.locator(f"[data-item='{self.lines['duty'].id}']").wait_for()
            screen.keyboard.press("ArrowLeft")
            screen.locator(f"[data-item='{self.lines['two'].id}']").wait_for()
            phones[6].locator("[data-key^=talk]").wait_for()
            screen.keyboard.press("Space")
            self._count(screen, "0 / 7")
            for number, phone in enumerate(phones):
                phone.locator("button[name=answer]").first.wait_for()
                self.assertNoOverflow(phone)
                if number == 3:
                    phone.context.close()  # the battery is empty
                    continue
                phone.locator(f"button[name=answer][value='{VOTES[number]}']").click()
                phone.locator(".ja-chosen").wait_for()
            self._count(screen, "6 / 7")
            ballot = screen.locator(".o_jamaa_meeting_ballot").inner_text()
            self.assertFalse(set("345") & set(ballot.replace("6 / 7", "")), "no level before it is closed")
            with self.database():
                self.assertFalse(self.lines["two"].answer)
                self.assertEqual(self.env["jamaa.assessment.ballot"].search([])[-1:]._count_in(), 6)
            # it comes back where it was, and changes its mind once
            phone = self._phone(chromium, joined[3][1])
            phone.locator("button[name=answer][value='0']").click()
            phone.locator(".ja-chosen[value='0']").wait_for()
            self._count(screen, "7 / 7")
            phone.locator(f"button[name=answer][value='{VOTES[3]}']").click()
            phone.locator(f".ja-chosen[value='{VOTES[3]}']").wait_for()
            screen.keyboard.press("Space")
            screen.locator(".o_jamaa_meeting_ballot .o_jamaa_meeting_large", has_text="5").wait_for()
            phone.locator("[data-key^=talk]").wait_for()
            screen.locator(".o_jamaa_meeting_choice[data-answer='4'][aria-checked=true]").wait_for()
            screen.locator("#o_jamaa_meeting_reason").fill("رأينا اللوحات في عين المكان")
            screen.locator("#o_jamaa_meeting_dissent").fill("يرى البعض مستوى أقل")
            screen.locator(".o_jamaa_meeting_settle").click()
            screen.locator(f"[data-item='{self.lines['duty'].id}']").wait_for()
            screen.keyboard.press("KeyY")
            screen.locator(".o_jamaa_meeting_choice[data-answer='yes'][aria-checked=true]").wait_for()
            screen.locator(".o_jamaa_meeting_interrupt").click()
            screen.locator(".o_jamaa_meeting_begin").wait_for()
            phones[0].locator("[data-key^=pause]").wait_for()
        self.env.invalidate_all()
        line = self.lines["two"]
        self.assertEqual(
            (line.answer, line.reason, line.dissent), ("4", "رأينا اللوحات في عين المكان", "يرى البعض مستوى أقل")
        )
        self.assertTrue(line.settled_on)
        self.assertTrue(self.lines["one"].settled_on)
        ballot = self.meeting.ballot_ids
        self.assertEqual(sorted(value for _role, value in ballot._votes()), sorted(map(int, VOTES)))
        self.assertEqual(self.meeting.sitting_ids.present_ids, self.seats)

    def test_slips_by_keyboard_and_a_phone_without_script_in_french(self):
        self.meeting.begin()
        self.meeting.tick(self.seats[0].id, True)
        with self.browser() as chromium:
            with self.database():
                path = f"{self.seats[0]._link_path('fr')}/meeting"
            phone = self.page(chromium, PHONE, java_script_enabled=False)
            phone.goto(f"{self.base_url()}{path}")
            phone.locator("[data-key^=wait]").wait_for()
            screen = self.page(chromium, ROOM, self.log_in(self.facilitator, "fr"))
            screen.goto(f"{self.base_url()}/odoo/action-jamaa_assessment.jamaa_assessment_round_action/{self.one.id}")
            screen.locator("button[name=action_meeting]").click()
            screen.locator(".o_jamaa_meeting_items_tab").click()
            screen.locator(f"[data-open='{self.lines['three'].id}']").click()
            screen.locator(f"[data-item='{self.lines['three'].id}']").wait_for()
            screen.keyboard.press("Space")
            self._count(screen, "0 / 1")
            phone.goto(f"{self.base_url()}{path}")
            phone.locator("button[name=answer][value='2']").click()
            phone.locator(".ja-chosen[value='2']").wait_for()
            screen.locator(".o_jamaa_meeting_start_slips").click()
            screen.locator(".o_jamaa_meeting_slips").wait_for()
            for key in ("Digit1", "Digit9", "Digit5", "Digit4", "Backspace", "Digit3"):
                screen.keyboard.press(key)
            screen.locator(".o_jamaa_meeting_slips", has_text="2 / 2").wait_for()
            slips = screen.locator(".o_jamaa_meeting_slips").inner_text()
            self.assertEqual(slips.count("●"), 2)
            self.assertFalse(set("35") & set(slips), "what stands on a slip is not shown")
            screen.keyboard.press("Enter")
            self._count(screen, "3 /")
            screen.keyboard.press("Space")
            screen.locator(".o_jamaa_meeting_ballot .o_jamaa_meeting_large").first.wait_for()
        ballot = self.meeting.ballot_ids
        self.assertEqual(sorted(value for _role, value in ballot._votes()), [1, 2, 3])
