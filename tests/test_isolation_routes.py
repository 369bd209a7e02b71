"""Who gets at a case by its addresses: pages, chatter, exports, files, reports."""

import json

from attack_common import PASSWORD, SUBJECT, AttackCase

from odoo import Command
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.jamaa_complaints.tests.common import FACTS, IDENTITY

# Upstream writes each refusal into the log, some with a stack trace.
REFUSALS = (
    "odoo.http",
    "odoo.addons.web.controllers.export",
    "odoo.addons.web.controllers.report",
    "odoo.addons.base.models.ir_rule",
)

# How a call may end when it is refused; anything else is a crash.
REFUSED = {
    "builtins.ValueError",  # core's list of recipients, for a thread it did not find
    "odoo.exceptions.AccessError",
    "odoo.exceptions.MissingError",
    "odoo.exceptions.UserError",
    "werkzeug.exceptions.Forbidden",
    "werkzeug.exceptions.NotFound",
}


@tagged("post_install", "-at_install", "security")
class TestRoutes(AttackCase, HttpCase):
    """The same over HTTP: pages, chatter, exports, files, reports."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.message = cls.case.sudo().message_post(body="SECRET-NOTE of the desk", author_id=cls.agent.partner_id.id)
        staff = cls.outsiders - cls.portal_user
        staff.write({"group_ids": [Command.link(cls.env.ref("base.group_allow_export").id)]})
        (cls.outsiders | cls.officer).password = PASSWORD
        cls.secrets = (SUBJECT, FACTS, "SECRET-NOTE", cls.case.case_number, IDENTITY["name"], IDENTITY["phone"])
        cls.env.flush_all()

    def _pages(self):
        case, token = self.case.id, self.case.sudo().access_token
        photo = self.case.sudo().photo_ids[0]
        return [
            f"/web/content/{photo.id}",
            f"/web/image/{photo.id}",
            f"/web/image/{photo.id}?unique=1",
            f"/web/content/{photo.id}?access_token={token}",
            f"/web/image/{photo.id}-{photo.checksum}",
            f"/web/content/helpdesk.ticket/{case}/facts",
            f"/web/content?model=helpdesk.ticket&id={case}&field=facts",
            f"/web/content?model=helpdesk.ticket&id={case}&field=facts&access_token={token}",
            f"/web/image/helpdesk.ticket/{case}/message_main_attachment_id",
            f"/my/ticket/{case}",
            f"/my/ticket/{case}?access_token={token}",
            "/my/tickets",
            "/my/tickets?search_in=all&search=Lamp",
            f"/my/tickets?filterby=all&search={self.case.case_number}",
            f"/submitted/ticket?ticket_id={case}",
            f"/ticket/close?ticket_id={case}&stage_id=1",
            f"/mail/view?model=helpdesk.ticket&res_id={case}",
            f"/mail/view?model=helpdesk.ticket&res_id={case}&access_token={token}",
            f"/mail/view?message_id={self.message.id}",
            f"/report/html/jamaa_complaints.report_receipt/{case}",
            f"/report/pdf/jamaa_complaints.report_answer_letter/{case}",
            f"/report/html/jamaa_complaints.report_counter_slip/{case}?lang=fr_MA",
            f"/odoo/complaints/{case}",
            "/json/1/helpdesk.ticket",
            "/json/helpdesk.ticket",
        ]

    @mute_logger(*REFUSALS)
    def test_pages(self):
        photo = self.case.sudo().photo_ids[0].raw
        for user in [None, *self.outsiders]:
            self.authenticate(user and user.login, user and PASSWORD)
            for page in self._pages():
                with self.subTest(user=user and user.login, page=page):
                    answer = self.url_open(page)
                    self.assertLess(answer.status_code, 500)
                    self.assertNotEqual(answer.content, photo)
                    # "Lamp" comes back in the search box.
                    text = answer.text.replace(f"search={self.case.case_number}", "")
                    for secret in (*self.secrets[1:3], *self.secrets[4:]):
                        self.assertNotIn(secret, text)
        self.env.invalidate_all()
        self.assertFalse(self.case.closed)

    @mute_logger(*REFUSALS)
    def test_chatter(self):
        thread = {"thread_model": "helpdesk.ticket", "thread_id": self.case.id}
        asked = {
            **thread,
            "request_list": ["followers", "attachments", "activities"],
            "access_params": {"token": self.case.sudo().access_token},
        }
        calls = [
            ("/mail/thread/messages", {**thread, "fetch_params": {"limit": 50}}),
            ("/mail/thread/messages", {**thread, "token": self.case.sudo().access_token}),
            ("/mail/thread/messages", {**thread, "hash": "x", "pid": self.portal_user.partner_id.id}),
            ("/mail/data", {"fetch_params": [["mail.thread", asked]]}),
            ("/mail/message/post", {**thread, "post_data": {"body": "I was here"}}),
            (
                "/mail/message/post",
                {**thread, "post_data": {"body": "I was here"}, "token": self.case.sudo().access_token},
            ),
            ("/mail/message/reaction", {"message_id": self.message.id, "content": "x", "action": "add"}),
            (
                "/mail/message/update_content",
                {"message_id": self.message.id, "update_data": {"body": "Changed", "attachment_ids": []}},
            ),
            ("/portal/chatter_init", thread),
            ("/mail/thread/recipients", {**thread, "message_id": None}),
            ("/mail/inbox/messages", {}),
            ("/mail/starred/messages", {}),
        ]
        for user in self.outsiders:
            self.authenticate(user.login, PASSWORD)
            for route, params in calls:
                with self.subTest(user=user.login, route=route):
                    text = json.dumps(self._json(route, params))
                    for secret in self.secrets:
                        self.assertNotIn(secret, text)
        self.env.invalidate_all()
        bodies = str(self.case.sudo().message_ids.mapped("body"))
        self.assertNotIn("I was here", bodies)
        self.assertIn("SECRET-NOTE", bodies)
        self.assertFalse(self.message.sudo().reaction_ids)

    @mute_logger(*REFUSALS)
    def test_exports(self):
        ask = {
            "model": "helpdesk.ticket",
            "fields": [{"name": name, "label": name, "type": "char"} for name in ("name", "facts", "case_number")],
            "ids": self.case.ids,
            "domain": [],
            "import_compat": False,
            "groupby": [],
        }
        for user in self.outsiders:
            self.authenticate(user.login, PASSWORD)
            token = Request.csrf_token(self)
            for ids in (self.case.ids, False):
                answer = self.url_open(
                    "/web/export/csv", data={"data": json.dumps({**ask, "ids": ids}), "csrf_token": token}
                )
                with self.subTest(user=user.login):
                    for secret in self.secrets:
                        self.assertNotIn(secret, answer.text)

    @mute_logger(*REFUSALS)
    def test_calls(self):
        """Every public method with plain arguments: refused or empty, never a crash of the case."""
        for user in self.outsiders:
            self.authenticate(user.login, PASSWORD)
            for method, args in (
                ("read", [["facts"]]),
                ("web_read", [{"facts": {}, "milestone_ids": {"fields": {"note": {}}}}]),
                ("export_data", [["facts"]]),
                ("copy", []),
                ("action_take", []),
                ("action_approve", []),
                ("action_send", []),
                ("action_close", []),
                ("action_reveal_identity", []),
                ("action_print_receipt", []),
                ("get_formview_action", []),
                ("message_subscribe", [[user.partner_id.id]]),
                ("message_unsubscribe", [[self.agent.partner_id.id]]),
                ("action_archive", []),
                ("unlink", []),
            ):
                with self.subTest(user=user.login, method=method):
                    text = json.dumps(self._call("helpdesk.ticket", method, [self.case.ids, *args]))
                    for secret in self.secrets:
                        self.assertNotIn(secret, text)
            text = json.dumps(
                self._call("helpdesk.ticket", "web_search_read", [[("kind", "!=", False)], {"facts": {}}])
            )
            self.assertNotIn(FACTS, text)
        self.env.invalidate_all()
        self.assertTrue(self.case.exists() and self.case.active)
        self.assertFalse(self.case.message_follower_ids.partner_id & self.outsiders.partner_id)

    def test_a_link_makes_no_ticket(self):
        self.authenticate(self.portal_user.login, PASSWORD)
        before = self.Ticket.sudo().search_count([])
        answer = self.url_open("/submitted/ticket?subject=x&description=x")
        self.assertIn(answer.status_code, (404, 405))
        for fields in ({}, {"subject": "a\0b", "description": "\0", "category": "x", "team": "9" * 30}):
            answer = self.url_open("/submitted/ticket", data={**fields, "csrf_token": Request.csrf_token(self)})
            self.assertLess(answer.status_code, 500)
        self.assertEqual(self.Ticket.sudo().search_count([]), before + 2)

    def _json(self, route, params):
        """Return result or error message: refusals are answers here."""
        answer = self.url_open(
            route, data=json.dumps({"jsonrpc": "2.0", "params": params}), headers={"Content-Type": "application/json"}
        ).json()
        if "error" in answer:
            self.assertIn(answer["error"]["data"]["name"], REFUSED, answer["error"]["data"].get("debug"))
        # The text of a refusal counts as well: it must not name what is hidden.
        return answer.get("result", answer.get("error", {}).get("data", {}).get("message"))

    def _call(self, model, method, args):
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        return self._json(f"/web/dataset/call_kw/{model}/{method}", params)
