"""An order from case to proof, in a real browser: ordered, taken note of, done with a photo, checked."""

from odoo.tests import tagged

from .browser_common import BrowserCase
from .common import IDENTITY
from .public_common import picture as photo

WORK = "Reboucher le trou devant le numéro 12"
DONE = "تم ردم الحفرة وتسوية الطريق"


@tagged("post_install", "-at_install")
class TestBrowserOrders(BrowserCase):
    def test_ordered_done_with_proof_and_checked(self):
        self._as(self.officer).action_assign_proposed()
        case_id, facts = self.case.id, self.case.facts
        office, road = self.log_in(self.officer, "fr"), self.log_in(self.other_agent, "ar")
        with self.browser() as chromium:
            desk = self.desk(chromium, office, "fr", f"complaints/{case_id}")
            self.step(desk, "action_order")
            desk.locator(".modal div[name=name] input").wait_for()
            self.choose(desk, "div[name=service_id]", "Roads")
            self.type_in(desk, "name", WORK)
            desk.locator(".modal button[name=action_issue]").click()
            desk.locator(".modal").wait_for(state="detached")
            desk.locator(".o_notebook_headers [name=orders]").click()
            row = desk.locator("div[name=order_ids] .o_data_row", has_text=WORK)
            number = row.locator("td[name=number]").inner_text()

            # who does the work finds it on the own desk, and nothing of who complained
            service = self.desk(chromium, road, "ar", "my-desk")
            service.locator(".o_kanban_record").first.click()
            service.locator(".o_data_row", has_text=number).click()
            service.locator("button[name=action_acknowledge]").click()
            service.locator("button[name=action_acknowledge]").wait_for(state="detached")
            text = service.inner_text(".o_action_manager")
            for secret in (IDENTITY["name"], facts):
                self.assertNotIn(secret, text)
            service.locator("button[name=action_report]").click()
            self.type_in(service, "words", DONE)
            service.set_input_files(
                ".modal div[name=photo_after] input[type=file]",
                {"name": "after.jpg", "mimeType": "image/jpeg", "buffer": photo("green", (600, 400), exif=True)},
            )
            service.locator(".modal div[name=photo_after] img").wait_for()
            service.locator(".modal button[name=action_confirm]").click()
            service.locator(".modal").wait_for(state="detached")
            service.locator("button[name=action_report]").wait_for(state="detached")

            # and who ordered it finds it on the own desk again, to be checked
            checker = self.desk(chromium, office, "fr", "my-desk")
            checker.locator(".o_kanban_record", has_text="vérifier").click()
            checker.locator(".o_data_row", has_text=number).click()
            checker.get_by_text(DONE).first.wait_for()
            checker.locator("div[name=after_photo_ids] img").first.wait_for()
            checker.locator("button[name=action_check]").click()
            checker.locator(".modal .btn-primary").click()
            checker.locator("button[name=action_check]").wait_for(state="detached")
        self.env.invalidate_all()
        [order] = self.case.sudo().order_ids
        self.assertEqual((order.name, order.service_id, order.number), (WORK, self.roads, number))
        self.assertEqual((order.state, order.done_note, order.checked_by_id), ("done", DONE, self.officer))
        self.assertEqual(len(order.after_photo_ids), 1)
        self.assertIn("order_done", self.case.milestone_ids.mapped("code"))
