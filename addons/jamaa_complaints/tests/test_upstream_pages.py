"""Upstream's pages refuse cases and are harmless for the rest."""

from odoo import http
from odoo.tests import HttpCase, tagged

from .common import ComplaintCase


@tagged("post_install", "-at_install")
class TestUpstreamPages(ComplaintCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal_user.password = "t_portal_password"
        cls.officer.password = "t_officer_password"
        cls.done = cls.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        cls.mine = cls._plain(cls.portal_user.partner_id)
        cls.others = cls._plain(cls.env["res.partner"].create({"name": "Other"}))
        # even a case somebody put a portal follower on
        cls.env["mail.followers"].sudo().create(
            {
                "res_model": "helpdesk.ticket",
                "res_id": cls.case.id,
                "partner_id": cls.portal_user.partner_id.id,
            }
        )

    @classmethod
    def _plain(cls, partner):
        return cls.Ticket.create({"name": "Printer of plain", "description": "x", "partner_id": partner.id})

    def _close(self, ticket, method="POST"):
        fields = {"ticket_id": ticket.id, "stage_id": self.done.id}
        if method == "GET":
            return self.url_open(
                f"/ticket/close?ticket_id={ticket.id}&stage_id={self.done.id}",
                allow_redirects=False,
            )
        token = http.Request.csrf_token(self)
        return self.url_open("/ticket/close", data={**fields, "csrf_token": token}, allow_redirects=False)

    def test_a_link_closes_nothing(self):
        self.authenticate("t_portal", "t_portal_password")
        for ticket in (self.mine, self.others, self.case):
            response = self._close(ticket, "GET")
            self.assertIn(response.status_code, (404, 405))
            self.env.invalidate_all()
            self.assertFalse(ticket.closed)

    def test_only_the_own_plain_ticket_is_closed(self):
        self.authenticate("t_portal", "t_portal_password")
        for ticket, closes in ((self.others, False), (self.case, False), (self.mine, True)):
            self._close(ticket)
            self.env.invalidate_all()
            self.assertEqual(ticket.closed, closes)
        self.authenticate("t_officer", "t_officer_password")
        self._close(self.case)
        self.env.invalidate_all()
        self.assertFalse(self.case.closed)

    def test_a_case_has_no_portal_page(self):
        token = self.case.sudo().access_token
        paths = (f"/my/ticket/{self.case.id}", f"/my/ticket/{self.case.id}/{token}")
        for login in ("t_portal", None):
            self.authenticate(login, f"{login}_password" if login else None)
            for path in (*paths, f"{paths[0]}?access_token={token}"):
                with self.subTest(login=login, path=path):
                    response = self.url_open(path)
                    self.assertNotIn("/my/ticket", response.url)
                    self.assertNotIn(self.case.facts, response.text)
        self.authenticate("t_officer", "t_officer_password")
        self.assertIn("/odoo/complaints", self.url_open(paths[0]).url)

    def test_lists_show_plain_tickets_only(self):
        for login in ("t_portal", "t_officer"):
            self.authenticate(login, f"{login}_password")
            text = self.url_open("/my/tickets?search=Lamp&search_in=all").text
            self.assertNotIn(self.case.case_number, text)
        self.authenticate("t_portal", "t_portal_password")
        text = self.url_open("/my/tickets").text
        self.assertIn("Printer of plain", text)
        self.assertNotIn(self.env.ref("jamaa_complaints.stage_assigned").name, text)

    def test_the_plain_form_makes_no_case(self):
        self.here.helpdesk_mgmt_portal_select_team = True
        self.authenticate("t_portal", "t_portal_password")
        page = self.url_open("/new/ticket").text
        self.assertNotIn("Street lighting", page)
        self.url_open(
            "/submitted/ticket",
            data={
                "subject": "By the form",
                "description": "x",
                "category": self.category.id,
                "team": self.unit.id,
                "csrf_token": http.Request.csrf_token(self),
            },
        )
        ticket = self.Ticket.search([("name", "=", "By the form")])
        self.assertFalse(ticket.kind)
        self.assertFalse(ticket.category_id)
        self.assertNotEqual(ticket.team_id, self.unit)

    def test_photos_are_served_to_handlers_only(self):
        path = f"/web/image/{self.case.photo_ids[0].id}"
        self.authenticate("t_officer", "t_officer_password")
        served = self.url_open(path)
        self.assertEqual(served.status_code, 200)
        self.assertEqual(served.headers["Content-Type"], "image/jpeg")
        photo = served.content
        for login in ("t_portal", None):
            self.authenticate(login, f"{login}_password" if login else None)
            for way in (path, path.replace("image", "content")):
                response = self.url_open(way)
                self.assertNotEqual(response.content, photo)
