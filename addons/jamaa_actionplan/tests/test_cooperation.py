"""Who works with whom, and what comes from outside."""

import base64

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .people_common import PeopleCase


@tagged("post_install", "-at_install")
class TestCooperation(PeopleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        service = cls.env["hr.department"]
        cls.taxes = service.create({"name": "Taxes", "company_id": cls.here.id})
        service.create({"name": "Elsewhere", "company_id": cls.there.id})
        cls.head = cls._make_function("service_head", department_id=cls.roads.id)
        cls.action.write({"owner_function_id": cls.head.id, "department_ids": [(6, 0, cls.parks.ids)]})
        cls.partner = cls.env["res.partner"].create({"name": "Association"})

    def _map(self, user=None, **vals):
        return self.env["jamaa.cooperation.map"].with_user(user or self.onlooker).create(vals)

    def test_map(self):
        lonely = self._make_action(name="Alone")
        grid = self._map(plan_id=self.plan.id)._grid()
        self.assertEqual(grid["services"], self.roads | self.parks)
        self.assertEqual(grid["apart"], self.taxes)
        self.assertEqual([(set(pair), count) for pair, count in grid["pairs"]], [({self.roads, self.parks}, 1)])
        self.assertEqual(grid["alone"], [lonely])
        lonely.outside_ids = [(0, 0, {"partner_id": self.partner.id})]
        lonely.department_ids = self.taxes
        grid = self._map()._grid()
        self.assertFalse(grid["alone"])
        self.assertFalse(grid["apart"])
        self.assertEqual(grid["partners"], self.partner)

    def test_map_on_screen_and_paper(self):
        choice = self._map()
        self.assertIn("Roads", choice.grid)
        self.assertNotIn(self.agent.name, choice.grid)
        self.assertFalse(choice.with_user(self.agent).has_access("read"))
        pdf, _kind = self.env["ir.actions.report"]._render_qweb_pdf("jamaa_actionplan.cooperation", choice.ids)
        self.assertTrue(pdf.startswith(b"%PDF"))
        self.assertEqual(self._map(self.planner_there)._grid()["rows"], [])
        with Form(self.env["jamaa.cooperation.map"].with_user(self.planner)) as form:
            form.plan_id = self.plan

    def _resource(self, **vals):
        values = {"name": "Interpreter", "plan_id": self.plan.id}
        return self.env["jamaa.outside.resource"].with_user(self.planner).create({**values, **vals})

    def test_an_agreement_has_all_its_parts(self):
        row = self._resource()
        with self.assertRaises(UserError):
            row.action_ask()
        row.partner_id = self.partner
        row.action_ask()
        full = {
            "agreement_number": "3/2026",
            "agreement_file": base64.b64encode(b"paper"),
            "date_from": self._day(-5),
            "date_to": self._day(30),
        }
        for name in full:
            row.write({**full, name: False})
            with self.subTest(name=name), self.assertRaises(UserError):
                row.action_agree()
        row.write(full)
        row.action_agree()
        self.assertEqual(row.state, "agreed")
        with self.assertRaises(UserError):
            row.unlink()
        self._run_cron("jamaa.outside.resource")
        self.assertEqual(row.activity_ids.user_id, self.plan.user_id)
        self.assertEqual(self.env["jamaa.outside.resource"].search([("ends_soon", "=", True)]), row)
        row.action_end()
        self.assertFalse(row.ends_soon)

    def test_only_of_plans_and_of_the_commune(self):
        plain = self.env["project.project"].create({"name": "Plain", "company_id": self.here.id})
        with self.assertRaises(ValidationError):
            self.env["jamaa.outside.resource"].create({"name": "No", "plan_id": plain.id})
        row = self._resource()
        self.assertTrue(row.with_user(self.onlooker).has_access("read"))
        for user in (self.planner_there, self.team, self.portal):
            self.assertFalse(row.with_user(user).has_access("read"))
        with self.assertRaises(AccessError):
            row.with_user(self.onlooker).name = "Mine"
        with self.assertRaises(UserError):
            row.function_id = self._make_function("president", self.there)
