"""The minutes write themselves, are kept, and are read by who may read what was agreed."""

import io

from docx import Document
from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .meeting_common import MeetingCase


@tagged("post_install", "-at_install")
class TestMinutes(HttpCase, MeetingCase):
    def _hold(self):
        """Hold a meeting over two sittings, with a vote."""
        self._begin("two")
        ballot = self._ballot()
        self._vote(ballot, "44443")
        self.meeting.close_ballot(ballot.id)
        line = self.lines["two"]
        self.meeting.keep(
            line.id,
            {"reason": "Seen on the spot", "dissent": "Some see less", "is_priority": True},
            {"reason": False, "dissent": False, "is_priority": False},
        )
        self.meeting.settle(line.id)
        self.meeting.interrupt()
        self.meeting.begin()
        self.meeting.tick(self.seats[0].id, True)
        for key, answer in (("three", "2"), ("duty", "yes")):
            current = self.meeting.screen()["current"]
            self.meeting.open_item(self.lines[key].id, current and current["id"])
            self.meeting.keep(
                self.lines[key].id, {"answer": answer, "reason": "x"},
                {"answer": self.lines[key].answer, "reason": False},
            )  # fmt: skip
            self.meeting.settle(self.lines[key].id)

    def test_what_they_say(self):
        self._hold()
        paper = self.meeting.with_user(self.members[0])._minutes()
        rows = paper["present"]["rows"]
        self.assertEqual(len(rows), 7)
        self.assertEqual(rows[0][2:], ["present", "present"])
        self.assertEqual(rows[1][2:], ["present", "absent"])
        item = next(one for one in paper["items"] if one["text"] == self.lines["two"].item_id.name)
        facts = dict(item["facts"])
        self.assertIn("0 – 5", facts["First answers"])
        self.assertIn("3 – 4", facts["Re-vote 1"])
        self.assertIn("votes: 5", facts["Re-vote 1"])
        self.assertEqual(facts["Agreed level"], "4")
        self.assertEqual(facts["Why"], "Seen on the spot")
        self.assertEqual(facts["Differing opinion"], "Some see less")
        self.assertIn("Talked about", facts)
        self.assertEqual(paper["priorities"], [self.lines["two"].item_id.name])
        said = str(paper["items"])
        for seat in self.seats:
            self.assertNotIn(seat.display_name, said)

    def test_on_paper(self):
        self._hold()
        report = self.env["ir.actions.report"].with_user(self.director_user)
        for lang, way in (("ar_MA", "rtl"), ("fr_MA", "ltr")):
            with self.subTest(lang):
                html, _kind = report.with_context(lang=lang)._render_qweb_html(
                    "jamaa_assessment.meeting_minutes", self.meeting.ids
                )
                page = etree.HTML(html)
                self.assertEqual(page.get("dir"), way)
                words = " ".join(page.itertext())
                for said in ("Seen on the spot", "Some see less", "قاعة الاجتماعات"):
                    self.assertIn(said, words)

    def test_kept_when_validated(self):
        self._hold()
        self.assertFalse(self.meeting.minutes_ids)
        self.one.with_user(self.director_user).action_validate()
        self.assertFalse(self.meeting._sitting())
        self.env.invalidate_all()
        kept = self.meeting.with_user(self.members[0]).minutes_ids
        self.assertEqual(sorted(file.mimetype.split("/")[1][:3] for file in kept), ["pdf", "pdf", "vnd", "vnd"])
        pdf = next(file for file in kept if file.mimetype == "application/pdf")
        self.assertTrue(pdf.raw.startswith(b"%PDF"))
        book = Document(io.BytesIO(next(file for file in kept if "word" in file.mimetype).raw))
        words = " ".join(cell.text for table in book.tables for row in table.rows for cell in row.cells)
        self.assertIn("Seen on the spot", words)
        for user in (self.outsider, self.facilitator_there, self.team):
            with self.subTest(user.login):
                self.assertFalse(self.env["ir.attachment"].with_user(user).search([("id", "in", kept.ids)]))
        for user in (self.facilitator, self.director_user, self.members[0]):
            with self.subTest(user.login), self.assertRaises(AccessError):
                kept.with_user(user).unlink()

    def test_no_minutes_where_nobody_met(self):
        for line in self.one.consensus_ids:
            line.write({"answer": line.answer or ("yes" if line.kind == "gate" else "3"), "reason": "x"})
        self.one.with_user(self.director_user).action_validate()
        self.assertFalse(self.meeting.minutes_ids)

    def test_text_document_by_its_address(self):
        self._hold()
        self.env.flush_all()
        path = f"/jamaa/assessment/meeting/{self.meeting.id}.docx"
        for user, status in ((self.members[0], 200), (self.facilitator, 200), (self.outsider, 404), (self.team, 404)):
            with self.subTest(user.login):
                self.authenticate(user.login, user.login)
                self.assertEqual(self.url_open(path).status_code, status)
