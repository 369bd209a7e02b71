"""Taking over another commune's procedures, in a real browser."""

import json

from odoo.tests import tagged

from odoo.addons.jamaa_base.tests.browser_common import DESK, RealBrowserCase

from .common import SAMPLE, ReceptionCase


@tagged("post_install", "-at_install")
class TestImportBrowser(ReceptionCase, RealBrowserCase):
    def test_look_then_take_over(self):
        bad = json.loads(json.dumps(SAMPLE))
        bad["code"] = "civil-bad"
        bad["sheet"]["pieces"][0]["count"] = 90
        raw = json.dumps([SAMPLE, bad]).encode()
        session = self.log_in(self.editor, "fr")
        with self.browser() as chromium:
            page = self.page(chromium, DESK, session)
            page.goto(f"{self.base_url()}/odoo/action-jamaa_reception.jamaa_procedure_import_action")
            page.locator(".modal input[type=file]").set_input_files(
                {"name": "there.json", "mimeType": "application/json", "buffer": raw}
            )
            page.locator(".modal button[name=action_look]").click()
            rows = page.locator(".modal .o_data_row")
            rows.nth(1).wait_for()
            self.assertIn("civil-bad", rows.nth(1).inner_text())
            with self.database():
                self.assertFalse(self.env["jamaa.procedure"].search([("company_id", "=", self.here.id)]))
            page.locator(".modal button[name=action_import]").click()
            page.locator(".modal button[name=action_open]").click()
            page.locator(".modal").wait_for(state="detached")
            taken = page.locator(".o_action_manager .o_list_view .o_data_row")
            taken.first.wait_for()
            self.assertEqual(taken.count(), 1)
        self.env.invalidate_all()
        mine = self.env["jamaa.procedure"].search([("company_id", "=", self.here.id)])
        self.assertEqual((mine.code, mine.state), (SAMPLE["code"], "draft"))
