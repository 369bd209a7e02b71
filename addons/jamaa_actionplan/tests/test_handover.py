"""A post changes hands: the file is drawn up, ticked by both sides and filed."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .common import PlanCase


@tagged("post_install", "-at_install")
class TestHandover(PlanCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls._make_function("service_head", parent_id=cls.director.id)
        cls.old = cls._make_holder(cls.head, cls.agent, date_to=cls._day(-1))
        cls.new = cls._make_holder(cls.head, cls.onlooker, date_from=cls._day(0))
        cls.action.owner_function_id = cls.head
        cls.action.owner_id = cls.agent

    def _handover(self):
        window = self.old.with_user(self.planner).action_handover()
        return self.env["jamaa.handover"].with_user(self.planner).browse(window["res_id"])

    def test_one_click_draws_it_up_once(self):
        partner = self.env["res.partner"].create({"name": "Association", "phone": "0500"})
        self.action.outside_ids = [(0, 0, {"partner_id": partner.id})]
        handover = self._handover()
        self.assertEqual(handover.incoming_id, self.new)
        found = {(item.kind, item.name) for item in handover.item_ids}
        self.assertIn(("action", "Reception · Open a desk"), found)
        self.assertIn(("contact", "director"), found)
        self.assertIn(("contact", "Association"), found)
        self.assertEqual(self._handover(), handover)
        count = len(handover.item_ids)
        handover.action_draw_up()
        self.assertEqual(len(handover.item_ids), count)

    def test_posts_without_handover(self):
        domain = self.env.ref("jamaa_actionplan.jamaa_function_holder_action_handover").domain
        holders = self.env["jamaa.function.holder"].with_user(self.planner)
        self.assertIn(self.old, holders.search(safe_eval(domain)))
        self.assertNotIn(self.new, holders.search(safe_eval(domain)))
        self._file(self._handover())
        self.assertNotIn(self.old, holders.search(safe_eval(domain)))

    def _file(self, handover):
        handover.item_ids.with_user(self.agent).write({"given": True})
        handover.item_ids.with_user(self.onlooker).write({"received": True})
        handover.action_file()

    def test_each_side_ticks_for_itself(self):
        handover = self._handover()
        item = handover.item_ids[0]
        for user, tick in ((self.agent, "received"), (self.onlooker, "given"), (self.planner, "given")):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                item.with_user(user)[tick] = True
        with self.assertRaises(AccessError):
            item.with_user(self.agent).name = "Changed"
        for change in ({"date": self._day(3)}, {"incoming_id": False}):
            with self.assertRaises(AccessError):
                handover.with_user(self.agent).write(change)
        with self.assertRaises(AccessError):
            handover.with_user(self.onlooker).advice = "Mine"
        handover.with_user(self.agent).advice = "Ask the registry first"
        for step in ("action_file", "action_draw_up"):
            with self.assertRaises(AccessError):
                getattr(handover.with_user(self.agent), step)()
        with self.assertRaisesRegex(UserError, "ticked"):
            handover.action_file()
        self._file(handover)
        self.assertEqual((handover.state, handover.filed_on), ("filed", self._day(0)))

    def test_filed_it_stays(self):
        handover = self._handover()
        self._file(handover)
        for change in (
            lambda: handover.sudo().write({"advice": "Changed"}),
            lambda: handover.item_ids[0].sudo().write({"detail": "Changed"}),
            lambda: handover.item_ids.sudo().unlink(),
            lambda: handover.sudo().unlink(),
            handover.action_draw_up,
            lambda: self.env["jamaa.handover.item"].create({"handover_id": handover.id, "name": "More"}),
        ):
            with self.assertRaises(UserError):
                change()

    def test_without_login_one_signs_on_paper(self):
        self.new.user_id = False
        handover = self._handover()
        handover.item_ids.with_user(self.agent).write({"given": True})
        handover.item_ids.write({"received": True})
        with self.assertRaisesRegex(UserError, "scan"):
            handover.action_file()
        handover.scan = base64.b64encode(b"signed")
        handover.action_file()
        self.assertEqual(handover.state, "filed")

    def test_a_closed_login_ticks_no_more(self):
        handover = self._handover()
        self.agent.active = False
        handover.item_ids.write({"given": True})
        handover.item_ids.with_user(self.onlooker).write({"received": True})
        with self.assertRaisesRegex(UserError, "scan"):
            handover.action_file()

    def test_who_reads(self):
        handover = self._handover()
        stranger = self._make_user("t_stranger", "jamaa_base.group_service_agent")
        for user, expected in (
            (self.agent, True),
            (self.onlooker, True),
            (stranger, False),
            (self.planner_there, False),
            (self.team, False),
            (self.portal, False),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(handover.with_user(user).has_access("read"), expected)
                self.assertEqual(handover.item_ids[0].with_user(user).has_access("read"), expected)
        with self.assertRaises(AccessError):
            self.new.with_user(stranger).action_handover()

    def test_paper_and_screen(self):
        handover = self._handover()
        with Form(handover) as form:
            form.advice = "Ask the registry first"
            with form.item_ids.new() as line:
                line.name = "Keys of the archive"
        pdf, _kind = self.env["ir.actions.report"]._render_qweb_pdf("jamaa_actionplan.handover", handover.ids)
        self.assertTrue(pdf.startswith(b"%PDF"))
