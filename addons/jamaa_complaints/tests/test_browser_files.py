"""An old register, in a real browser: checked first, the bad row listed, the good one imported."""

from unittest.mock import patch

from odoo.tests import tagged

from .browser_common import DESK, BrowserCase
from .test_files import GOOD, HEAD

BAD = "شكاية;31/02/2026;نص آخر;اسم;;;;"


@tagged("post_install", "-at_install")
class TestBrowserFiles(BrowserCase):
    def test_checked_first_and_imported_then(self):
        before = self.Ticket.search_count([("kind", "!=", False)])
        # a test has one transaction; what was done would be kept batch by batch
        self.startPatcher(patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=60))
        session = self.log_in(self.officer, "ar")
        with self.browser() as chromium:
            page = self.desk(chromium, session, "ar", "complaint-import/new")
            page.set_input_files(
                "div[name=file] input[type=file]",
                {"name": "register.csv", "mimeType": "text/csv", "buffer": "\n".join((HEAD, GOOD, BAD)).encode()},
            )
            page.locator("button[name=action_check]").first.click()
            rows = page.locator("div[name=line_ids] .o_data_row")
            rows.nth(1).wait_for()
            self.assertEqual(rows.count(), 2)
            self.assertIn("تاريخ التوصل", page.locator("div[name=line_ids] .o_data_row.text-danger").inner_text())
            page.locator("button[name=action_import]").click()
            page.locator(".modal .btn-primary").click()
            page.locator("button[name=action_import]").wait_for(state="detached")
            where = page.url
        self.env.invalidate_all()
        self.assertEqual(self.Ticket.search_count([("kind", "!=", False)]), before, "the job takes the rows, later")

        self.env["jamaa.complaint.import"]._cron_import()
        self.env.flush_all()
        with self.browser() as chromium:
            page = self.page(chromium, DESK, session)
            page.goto(where)
            page.locator("div[name=done_count]", has_text="1").wait_for()
            # the row to mend is still listed, the file with its names is gone
            page.locator("div[name=line_ids] .o_data_row.text-danger").wait_for()
            self.assertEqual(page.locator("div[name=file]").count(), 0)
        self.env.invalidate_all()
        record = self.env["jamaa.complaint.import"].search([], order="id desc", limit=1)
        self.assertEqual((record.state, record.done_count, record.bad_count, record.file), ("done", 1, 1, False))
        self.assertEqual(record.line_ids.case_id.imported_from, "register")
        self.assertEqual(self.Ticket.search_count([("kind", "!=", False)]), before + 1)
