"""The same case by its addresses: files, chatter, inbox, activities, reports, exports, our own pages."""

from attack_common import PASSWORD
from doors_common import VAULT, DoorsCase
from doors_pages import REFUSALS, WRONG, PagesOfDoors
from doors_ways import FACT, WORD

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install", "security")
class TestDoorsOfPages(PagesOfDoors, DoorsCase, HttpCase):
    """People × addresses."""

    secrets = VAULT

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        files = cls.env["ir.attachment"].sudo()
        cls.order_photo = files.create(
            {
                "name": "after.jpg",
                "raw": cls.photo.data,
                "res_model": "jamaa.complaint.order",
                "res_id": cls.rows["jamaa.complaint.order"].id,
            }
        )
        cls.rows["jamaa.complaint.order"].after_photo_ids = cls.order_photo
        aside = cls.rows["jamaa.complaint.mail.aside"]
        cls.mail_file = files.search([("res_model", "=", aside._name), ("res_id", "=", aside.id)])
        cls.mail_file = files.search(
            [("res_model", "=", aside._name), ("res_id", "=", aside.id), ("res_field", "=", "mail_file")]
        )
        everybody = set(cls.people.values()) - {cls.env.ref("base.public_user")} | set(cls.accused)
        for user in everybody:
            user.password = PASSWORD
        cls.env.flush_all()

    def _addresses(self):
        """Address → what whoever may read the case finds there; None where nothing is for anybody."""
        case = self.case.sudo()
        photo, mandate = case.photo_ids[:1], self.rows["jamaa.complaint.mandate"]
        aside = self.rows["jamaa.complaint.mail.aside"]
        photo_bytes = photo.raw
        return {
            f"/web/content/{photo.id}": photo_bytes,
            f"/web/image/{photo.id}": photo_bytes,
            f"/web/content/{mandate.scan_id.id}": mandate.scan_id.raw,
            f"/web/content/{self.order_photo.id}": self.order_photo.raw,
            f"/web/content/{self.mail_file.id}": FACT.encode(),
            f"/web/content/{aside._name}/{aside.id}/mail_file": FACT.encode(),
            f"/web/content/helpdesk.ticket/{case.id}/facts": None,
            f"/web/image/helpdesk.ticket/{case.id}/message_main_attachment_id": None,
            f"/report/html/jamaa_complaints.report_order/{self.rows['jamaa.complaint.order'].id}": WORD.encode(),
            f"/report/html/jamaa_complaints.report_dossier/{case.id}": None,
            f"/report/html/jamaa_complaints.report_receipt/{case.id}": None,
            f"/report/html/jamaa_complaints.report_mandate_slip/{mandate.id}": None,
            f"/report/pdf/jamaa_complaints.report_answer_letter/{case.id}": None,
            f"/my/ticket/{case.id}": None,
            "/my/tickets?filterby=all&search_in=all&search=Lamp": None,
            f"/mail/view?model=helpdesk.ticket&res_id={case.id}": None,
            f"/json/1/helpdesk.ticket/{case.id}": None,
        }

    def _calls(self):
        """Route and parameters → whether whoever handles the case finds its words there."""
        thread = {"thread_model": "helpdesk.ticket", "thread_id": self.case.id}
        asked = {**thread, "request_list": ["followers", "attachments", "activities", "scheduledMessages"]}
        spec = {"name": {}, "facts": {}}
        return [
            ("/mail/thread/messages", {**thread, "fetch_params": {"limit": 50}}, True),
            ("/mail/data", {"fetch_params": [["mail.thread", asked]]}, True),
            ("/mail/data", {"fetch_params": ["systray_get_activities", "failures", "init_messaging"]}, None),
            ("/mail/inbox/messages", {}, None),
            ("/mail/starred/messages", {}, None),
            ("/mail/history/messages", {}, None),
            ("/mail/thread/recipients", {**thread, "message_id": None}, None),
            *(
                self._call(model, method, args, words)
                for model, method, args, words in (
                    ("helpdesk.ticket", "web_search_read", [[("kind", "!=", False)], spec], True),
                    ("helpdesk.ticket", "web_read_group", [[("kind", "!=", False)], ["name"]], True),
                    ("helpdesk.ticket", "name_search", [FACT], True),
                    ("helpdesk.ticket", "search_panel_select_range", ["duplicate_id"], True),
                    ("helpdesk.ticket", "read_progress_bar", [[], "name", {"field": "kind", "colors": {}}], None),
                    ("res.users", "systray_get_activities", [], None),
                    ("mail.activity", "get_activity_data", ["helpdesk.ticket", [], 100, 0, True], None),
                    ("jamaa.complaint.tile", "search_read", [[]], None),
                )
            ),
        ]  # fmt: skip

    def _exports(self):
        return {
            "export of cases": ("helpdesk.ticket", ["name", "facts", "answer"]),
            "export of orders": ("jamaa.complaint.order", ["name", "case_id/name"]),
        }

    def _leaks(self, user):
        """Addresses at which a person found words, names or a photo of the case."""
        return self._leaks_of_pages(user, PASSWORD)

    @mute_logger(*REFUSALS)
    def test_nothing_for_those_outside(self):
        public = self.env.ref("base.public_user")
        for who, user in self.people.items():
            with self.subTest(who=who):
                self.assertFalse(self._leaks(None if user == public else user))

    @mute_logger(*REFUSALS)
    def test_open_before_and_shut_after_the_lock(self):
        before = self._leaks(self.officer)
        for address, content in self._addresses().items():
            if content:
                with self.subTest(address=address):
                    self.assertIn(address, before)
        for route, params, words in self._calls():
            if words:
                with self.subTest(route=route):
                    self.assertIn(f"{route} {params.get('method', params)}", before)
        self.assertIn("export of cases", before)
        self.assertIn("export of orders", before)
        self._close_to_the_accused()
        for user in self.officer | self.agent | self.president_user | self.auditor:
            with self.subTest(user=user.login):
                self.assertFalse(self._leaks(user))

    def test_the_file_of_an_audit_is_for_who_made_it(self):
        """A reader to whom one case of the sample is closed would find its row there."""
        self.audit.with_user(self.auditor).with_context(allowed_company_ids=self.here.ids).action_export_csv()
        file = self.env["ir.attachment"].sudo().search([("name", "=like", "audit-%.csv")], limit=1)
        self.assertIn(WORD, file.raw.decode())
        for user, status in ((self.auditor, 200), (self.officer, 404), (self.president_user, 404)):
            self.authenticate(user.login, PASSWORD)
            with self.subTest(user=user.login), mute_logger(*REFUSALS):
                self.assertEqual(self.url_open(f"/web/content/{file.id}").status_code, status)

    @mute_logger(*REFUSALS)
    def test_our_pages_by_a_wrong_token_or_pin(self):
        """Unknown, another commune's, and one sign wrong look alike; a true code with a wrong PIN opens nothing."""
        case, mandate = self.case.sudo(), self.rows["jamaa.complaint.mandate"]
        here, there = f"/c/{self.here.commune_slug}/fr", f"/c/{self.there.commune_slug}/fr"
        token = case.access_token
        off_by_one = token[:-1] + ("A" if token[-1] != "A" else "B")
        self.authenticate(None, None)
        own = self.url_open(f"{here}/case/{token}").text
        self.assertIn(case.case_number, own, "the citizen's own link opens it")
        self.assertIn(WORD, own, "with the earlier answer")
        self.assertIn(FACT, self.url_open(f"{here}/mandate/{mandate.access_token}").text)
        texts = set()
        for page in (
            f"{here}/case/{WRONG}", f"{here}/case/{off_by_one}", f"{there}/case/{token}",
            f"{here}/case/{mandate.access_token}", f"{here}/mandate/{token}", f"{there}/mandate/{mandate.access_token}",
        ):  # fmt: skip
            answer = self.url_open(page)
            with self.subTest(page=page):
                self.assertEqual(answer.status_code, 404)
                self.assertNotIn(FACT, answer.text)
            texts.add(answer.status_code)
        for part in ("photo/1", "receipt", "answer", "information", "dossier"):
            with self.subTest(part=part):
                answer = self.url_open(f"{here}/case/{off_by_one}/{part}")
                self.assertIn(answer.status_code, (404, 405))
                self.assertNotIn(FACT, answer.text)
        self.assertEqual(texts, {404})

    @mute_logger(*REFUSALS)
    def test_the_channels_of_the_bus_are_given_and_not_asked_for(self):
        """Whoever asks for the channel of a case, or of somebody else, is subscribed to nothing of it."""
        asked = [f"helpdesk.ticket_{self.case.id}", f"res.partner_{self.officer.partner_id.id}"]
        self.env["bus.bus"]._sendone(self.officer.partner_id, "jamaa", {"words": WORD})
        self.env.cr.precommit.run()
        peek = {"channels": asked, "last": 0, "is_first_poll": True}
        self.authenticate(self.officer.login, PASSWORD)
        self.assertIn(WORD, self._ask("/websocket/peek_notifications", peek))
        self.authenticate(self.other_agent.login, PASSWORD)
        self.assertNotIn(WORD, self._ask("/websocket/peek_notifications", peek))
        # what was put on the bus because of the case holds none of its words
        self.env.cr.execute("SELECT message FROM bus_bus")
        self.assertNotIn(FACT, str(self.env.cr.fetchall()))
