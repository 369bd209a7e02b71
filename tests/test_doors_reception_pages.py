"""A request and what reception keeps by their addresses, and the citizen's own pages by a wrong link."""

from attack_common import PASSWORD
from doors_pages import REFUSALS, WRONG, PagesOfDoors
from doors_reception import VAULT, ReceptionDoorsCase
from doors_ways import FACT

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

REQUEST = "jamaa.procedure.request"
REPORTS = ("request_receipt", "request_receipt_a4", "request_missing", "request_decision")


@tagged("post_install", "-at_install", "security")
class TestDoorsOfReceptionPages(PagesOfDoors, ReceptionDoorsCase, HttpCase):
    """People × addresses."""

    secrets = VAULT

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in set(cls.people.values()) - {cls.env.ref("base.public_user")} | {cls.worker, cls.agent}:
            user.password = PASSWORD
        cls.env.flush_all()

    def _addresses(self):
        case, file = self.case, self.rows["ir.attachment"]
        slip = self.rows["jamaa.reception.precheck"]
        return {
            f"/web/content/{file.id}": FACT.encode(),
            f"/web/content/{REQUEST}/{case.id}/note": None,
            f"/web/image/{REQUEST}/{case.id}/message_main_attachment_id": None,
            **{f"/report/html/jamaa_reception.report_{name}/{case.id}": None for name in REPORTS},
            f"/report/html/jamaa_reception.report_request_slip/{slip.id}": None,
            f"/mail/view?model={REQUEST}&res_id={case.id}": None,
            f"/json/1/{REQUEST}/{case.id}": None,
            f"/c/{self.here.commune_slug}/fr/request/{WRONG}": None,
            f"/c/{self.there.commune_slug}/fr/request/{case.access_token}": None,
        }

    def _calls(self):
        thread = {"thread_model": REQUEST, "thread_id": self.case.id}
        asked = {**thread, "request_list": ["followers", "attachments", "activities", "scheduledMessages"]}
        spec = {"number": {}, "note": {}, "decision_reason": {}}
        here = [["company_id", "=", self.here.id]]
        return [
            ("/mail/thread/messages", {**thread, "fetch_params": {"limit": 50}}, True),
            ("/mail/data", {"fetch_params": [["mail.thread", asked]]}, True),
            ("/mail/data", {"fetch_params": ["systray_get_activities", "failures", "init_messaging"]}, None),
            ("/mail/inbox/messages", {}, None),
            ("/mail/thread/recipients", {**thread, "message_id": None}, None),
            self._call(REQUEST, "web_search_read", [here, spec], True),
            self._call(REQUEST, "web_read_group", [here, ["decision_reason"]], True),
            self._call("mail.notification", "web_search_read", [[], {"mail_message_id": {"fields": {"display_name": {}}}}], None),
            self._call("mail.followers", "search_read", [[["res_model", "=", REQUEST]]], None),
            self._call("jamaa.procedure.request.piece", "search_read", [[]], True),
            self._call("jamaa.procedure.request.milestone", "search_read", [[]], True),
            self._call("mail.activity", "get_activity_data", [REQUEST, [], 100, 0, True], True),
        ]  # fmt: skip

    def _exports(self):
        return {"export of requests": (REQUEST, ["number", "note", "decision_reason", "piece_ids/waive_reason"])}

    def _leaks(self, user):
        # the sheet's own name stands on public pages: what is looked for is the request's
        return self._leaks_of_pages(user, PASSWORD, words=(FACT,))

    @mute_logger(*REFUSALS)
    def test_nothing_for_those_outside(self):
        public = self.env.ref("base.public_user")
        for who, user in self.people.items():
            with self.subTest(who=who):
                self.assertFalse(self._leaks(None if user == public else user))

    @mute_logger(*REFUSALS)
    def test_open_to_the_service(self):
        """The same addresses for whoever handles the request, else the table would prove nothing."""
        opened = self._leaks(self.worker)
        self.assertIn(f"/web/content/{self.rows['ir.attachment'].id}", opened)
        for route, params, words in self._calls():
            if words:
                with self.subTest(route=route):
                    self.assertIn(f"{route} {params.get('method', params)}", opened)
        self.assertIn("export of requests", opened)

    @mute_logger(*REFUSALS)
    def test_the_citizens_pages_by_a_wrong_link(self):
        """Unknown, another commune's, and one sign wrong look alike."""
        here, there = f"/c/{self.here.commune_slug}/fr", f"/c/{self.there.commune_slug}/fr"
        token = self.case.access_token
        off_by_one = token[:-1] + ("A" if token[-1] != "A" else "B")
        self.authenticate(None, None)
        self.assertIn(self.case.number, self.url_open(f"{here}/request/{token}").text, "the own link opens it")
        for page in (
            f"{here}/request/{WRONG}", f"{here}/request/{off_by_one}", f"{there}/request/{token}",
            f"{here}/request/{off_by_one}/receipt", f"{there}/request/{token}/receipt",
            f"{here}/request/{off_by_one}/asked", f"{there}/request/{token}/asked",
        ):  # fmt: skip
            answer = self.url_open(page)
            with self.subTest(page=page):
                self.assertEqual(answer.status_code, 404)
                self.assertNotIn(self.case.number, answer.text)

    @mute_logger(*REFUSALS)
    def test_sheets_of_others_and_drafts(self):
        """A sheet in preparation, withdrawn, of another commune or of the shared catalogue is no page at all."""
        draft = self._procedure(code="in-preparation")
        gone = self._published(code="withdrawn")
        gone.sheet_id.action_withdraw()
        theirs = self._published(self.there, code="of-theirs")
        self.env.flush_all()
        self.authenticate(None, None)
        root = f"/c/{self.here.commune_slug}/fr/procedures"
        self.assertEqual(self.url_open(f"{root}/{self.procedure.code}").status_code, 200)
        shared = self.env["jamaa.procedure"].search([("company_id", "=", False)], limit=1)
        for code in (draft.code, gone.code, theirs.code, shared.code, "never-was"):
            for page in ("", "/need", "/print", "/form/1", "/audio/1"):
                with self.subTest(code=code, page=page):
                    self.assertEqual(self.url_open(f"{root}/{code}{page}").status_code, 404)
