"""Who sees which request, and reports of papers that are not on the sheet."""

from ast import literal_eval

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .request_common import KEY, NAME, RequestCase


@tagged("post_install", "-at_install")
class TestRequestDoors(RequestCase):
    def _sees(self, user, request):
        mine = self._as(user, self.Request)
        return bool(mine.search([("id", "=", request.id)]))

    def test_who_sees(self):
        request = self._take()
        for user in (self.agent, self.supervisor, self.head, self.worker, self.director_user, self.president_user):
            self.assertTrue(self._sees(user, request), user.login)
            self._as(user, request).read(["number"])
            self._as(user, request.piece_ids).read(["state"])
            self._as(user, request.milestone_ids).read(["code"])
        for user in (self.second_agent, self.other_worker, self.far_agent):
            self.assertFalse(self._sees(user, request), user.login)
            for records in (request, request.piece_ids, request.milestone_ids):
                with self.assertRaises(AccessError):
                    self._as(user, records).read(["display_name"])
        for user in (self.editor, self.clerk, self.admin_user):
            with self.assertRaises(AccessError):
                self._sees(user, request)

    def test_taken_by_ones_own_hands(self):
        request = self._take(user=self.second_agent)
        self.assertEqual(request.site_id, self.headquarters)
        self.assertTrue(self._sees(self.second_agent, request))

    def test_what_hangs_on_a_request(self):
        """Messages, who was told, followers, activities and the pseudonym: by the request, at once."""
        request = self._take().sudo()
        message = request.message_post(
            body="Looked up.", author_id=self.worker.partner_id.id, partner_ids=self.head.partner_id.ids
        )
        request.message_subscribe(self.worker.partner_id.ids)
        activity = request.activity_schedule("mail.mail_activity_data_todo", user_id=self.worker.id)
        hanging = (
            message,
            message.notification_ids,
            request.message_follower_ids,
            activity,
            request.complainant_id,
        )
        self.env.flush_all()

        def seen(user, records):
            try:
                return self._as(user, records).search([("id", "in", records.ids)])
            except AccessError:
                return records.browse()

        for records in hanging:
            with self.subTest(model=records._name):
                self.assertTrue(records)
                self.assertEqual(seen(self.head, records), records)
                for user in (self.other_worker, self.second_agent, self.far_agent, self.clerk, self.editor):
                    self.assertFalse(seen(user, records), user.login)
        # the service is another one: who saw it sees it no more, told of it or not
        self.procedure.department_id = self.other_service
        self.env.flush_all()
        self.env.invalidate_all()
        for records in hanging[:3]:
            with self.subTest(model=records._name, service="another"):
                self.assertFalse(seen(self.head, records))
                self.assertEqual(seen(self.other_worker, records), records)
        keeper = self._make_user("t_keeper", "jamaa_base.group_data_protection")
        self.assertTrue(seen(keeper, request.complainant_id), "the vault is the contact's to keep")

    def test_a_colleague_who_moves(self):
        """Where somebody works is looked up anew when it changes, and whoever left works nowhere."""
        request = self._take()
        self.assertFalse(self._sees(self.other_worker, request))
        people = self.env["hr.employee"].search([("user_id", "=", self.other_worker.id)])
        people.department_id = self.service
        self.assertTrue(self._sees(self.other_worker, request))
        people.active = False
        self.assertFalse(self._sees(self.other_worker, request))

    def test_portal_and_public(self):
        request = self._take()
        portal = new_test_user(self.env, login="t_portal", groups="base.group_portal")
        for user in (portal, self.env.ref("base.public_user")):
            for records in (request, request.piece_ids, request.milestone_ids):
                with self.assertRaises(AccessError):
                    records.with_user(user).sudo(False).read(["display_name"])
            with self.assertRaises(AccessError):
                self.env["jamaa.reception.counter"].with_user(user).counter_start()
            with self.assertRaises(AccessError):
                self.env["jamaa.piece.report"].with_user(user).search([])

    def test_steps_by_role(self):
        request = self._take()
        with self.assertRaises(AccessError):
            self._as(self.agent, request).action_work()
        with self.assertRaises(AccessError):
            self._as(self.other_worker, request).action_work()
        with self.assertRaises(AccessError):
            self._as(self.agent, request)._decide("granted", "", self.president_holder, request._commune_today())
        with self.assertRaises(AccessError):
            self._as(self.second_agent, request)._deliver()

    def test_service_types_its_own_fields_only(self):
        request = self._as(self.worker, self._take())
        request.write({"note": "Looked up.", "decision_outcome": "granted", "user_id": self.worker.id})
        for values in ({"stage": "handed_over"}, {"due_date": "2030-01-01"}, {"complainant_id": False}):
            with self.assertRaisesRegex(UserError, "follows the buttons"):
                request.write(values)
        with self.assertRaises(AccessError):
            self._as(self.agent, request).write({"note": "x"})
        with self.assertRaises(AccessError):
            request.piece_ids.write({"state": "received"})

    def test_papers_with_pin(self):
        request = self._take()
        self.assertTrue(self._as(self.agent, request)._paper()["pin"])
        with self.assertRaises(AccessError):
            self._as(self.president_user, request)._paper()
        self.assertNotIn("access_token", self._as(self.agent, request).read()[0])

    def test_site_of_another_commune(self):
        far = self.env["jamaa.site"].create({"name": "Far", "company_id": self.there.id})
        values = {"answers": self._own(), "brought": self.procedure.sheet_id.piece_ids[:2].ids, "site": far.id}
        with self.assertRaisesRegex(UserError, "not one of the commune"):
            self._counter().counter_take(self.procedure.id, values, {"name": NAME}, KEY)

    def test_junk_from_the_screen(self):
        """What comes in is scalars of the right kind, or counts as nothing."""
        counter = self._counter()
        for junk in ({}, [], "x", None, {"a": 1}):
            with self.assertRaises(UserError):
                counter.counter_take(junk, junk, junk, KEY)
            with self.assertRaises(UserError):
                counter.counter_take(self.procedure.id, junk, {"name": NAME}, KEY)
            with self.assertRaises(UserError):
                counter.counter_send_home(self.procedure.id, junk, junk, junk, junk)
        values = {"answers": self._own(), "brought": ["x", {}], "site": "x", "lang": [], "desk": {}, "channel": {}}
        taken = counter.counter_take(self.procedure.id, {**values, "insisted": True}, {"name": NAME}, KEY)
        self.assertEqual(taken["missing"], 2)

    def test_slip_of_another_commune(self):
        slip = self.env["jamaa.reception.precheck"]._note(
            self.here, self.procedure.sheet_id, self.headquarters, self.procedure.sheet_id.piece_ids[:1], "slip"
        )
        self.assertTrue(self._as(self.agent, slip)._slip_paper()["pieces"])
        with self.assertRaises(AccessError):
            self._as(self.far_agent, slip)._slip_paper()

    def test_filters(self):
        """Every filter of the search views is a domain the reader may ask."""
        for name in ("jamaa_request", "jamaa_piece_report", "jamaa_reception_precheck"):
            view = self.env.ref(f"jamaa_reception.{name}_view_search")
            rows = self._as(self.head, self.env[view.model])
            for node in etree.fromstring(view.arch).iter("filter"):
                if node.get("domain"):
                    rows.search(literal_eval(node.get("domain")))
        self.assertTrue(self._as(self.agent, self._take()).search([("is_mine", "=", True)]))

    # ---- reports ----

    def test_report_of_a_clerk(self):
        report = self._as(self.agent, self.env["jamaa.piece.report"]).create(
            {"procedure_id": self.procedure.id, "piece": "Legalised copy", "state": "closed", "said_by": "citizen"}
        )
        self.assertEqual((report.state, report.said_by), ("new", "clerk"))
        self.assertEqual(report.sheet_id, self.procedure.sheet_id)
        self.assertEqual(report.sudo().activity_ids.user_id, self.head)
        with self.assertRaises(AccessError):
            report.action_answer()
        with self.assertRaises(UserError):
            report.write({"piece": "Other"})
        mine = self._as(self.head, report)
        with self.assertRaisesRegex(UserError, "not rewritten"):
            mine.piece = "Other"
        with self.assertRaisesRegex(UserError, "what was found"):
            mine.action_answer()
        mine.write({"finding": "wrong", "answer": "The desk was told."})
        mine.action_answer()
        self.assertFalse(mine.sudo().activity_ids)
        with self.assertRaisesRegex(UserError, "it stays"):
            mine.answer = "Other"
        mine.action_close()
        with self.assertRaisesRegex(UserError, "it stays"):
            mine.finding = "unknown"
        with self.assertRaisesRegex(UserError, "never deleted"):
            report.sudo().unlink()

    def test_report_is_read_by_the_head(self):
        report = self.env["jamaa.piece.report"]._from_public(
            self.here, self.procedure, "Legalised copy", email="citizen@example.com"
        )
        for user in (self.head, self.director_user):
            self.assertTrue(self._as(user, report).piece)
        for user in (self.agent, self.other_worker, self.far_agent):
            self.assertFalse(self._as(user, self.env["jamaa.piece.report"]).search([("id", "=", report.id)]))
        with self.assertRaises(AccessError):
            report.complainant_id.with_user(self.head)._check_may_reveal()
        mine = self._as(self.head, report)
        mine.write({"finding": "wrong", "answer": "It should not have been asked."})
        mine.action_answer()
        mail = self.env["mail.mail"].sudo().search([("vault_id", "=", report.complainant_id.id)])
        self.assertIn("should not have been asked", mail.body_html)

    def test_counted_by_month(self):
        for _rank in range(2):
            self.env["jamaa.piece.report"]._from_public(self.here, self.procedure, "Legalised copy")
        rows = self._as(self.head, self.env["jamaa.piece.report"])._read_group(
            [("procedure_id", "=", self.procedure.id)], ["date:month"], ["__count"]
        )
        self.assertEqual([count for _month, count in rows], [2])
