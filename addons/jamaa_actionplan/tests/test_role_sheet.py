"""Role sheets: two persons, versions, paper."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import PlanCase


@tagged("post_install", "-at_install")
class TestRoleSheet(PlanCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sheet = (
            cls.env["jamaa.role.sheet"]
            .with_user(cls.planner)
            .create(
                {
                    "function_id": cls.director.id,
                    "mission": "Runs the services",
                    "line_ids": [
                        (0, 0, {"kind": "task", "name": "Coordinates"}),
                        (0, 0, {"kind": "decides", "name": "Leave"}),
                    ],
                }
            )
        )

    def _in_force(self):
        self.sheet.action_propose()
        self.sheet.with_user(self.director_user).action_confirm()

    def test_two_persons(self):
        with self.assertRaises(UserError):
            self.sheet.action_confirm()
        self.sheet.action_propose()
        with self.assertRaisesRegex(UserError, "second person"):
            self.sheet.action_confirm()
        self.sheet.with_user(self.director_user).action_confirm()
        self.assertEqual((self.sheet.state, self.sheet.confirmed_by_id), ("in_force", self.director_user))

    def test_alone_in_a_small_commune_is_a_mark(self):
        self.here.profile = "small"
        self.sheet.action_propose()
        self.sheet.action_confirm()
        self.assertTrue(self.sheet.confirmed_alone)

    def test_in_force_it_stays(self):
        self._in_force()
        for change in (
            lambda: self.sheet.sudo().write({"mission": "Other"}),
            lambda: self.sheet.line_ids[0].sudo().write({"name": "Other"}),
            lambda: self.sheet.line_ids[0].sudo().unlink(),
            lambda: self.env["jamaa.role.sheet.line"].create({"sheet_id": self.sheet.id, "name": "More"}),
            self.sheet.unlink,
            lambda: self.sheet.update_field_translations("mission", {"en_US": "Other"}),
            lambda: self.sheet.line_ids[0].update_field_translations("name", {"en_US": "Other"}),
        ):
            with self.assertRaises(UserError):
                change()

    def test_a_new_version_replaces(self):
        self._in_force()
        new = self.env["jamaa.role.sheet"].browse(self.sheet.action_new_version()["res_id"]).with_user(self.planner)
        self.assertEqual((new.number, new.state, len(new.line_ids)), (2, "draft", 2))
        with self.assertRaises(UserError):
            self.sheet.action_new_version()
        new.mission = "Runs all services"
        new.action_propose()
        new.with_user(self.director_user).action_confirm()
        self.assertEqual((self.sheet.state, new.state), ("replaced", "in_force"))
        self.assertEqual(self.sheet.mission, "Runs the services")

    def test_all_staff_reads_what_is_in_force(self):
        self.assertFalse(self.sheet.with_user(self.onlooker).has_access("read"))
        self._in_force()
        self.assertTrue(self.sheet.with_user(self.onlooker).has_access("read"))
        self.assertTrue(self.sheet.line_ids.with_user(self.onlooker).has_access("read"))
        for user in (self.planner_there, self.team, self.portal):
            self.assertFalse(self.sheet.with_user(user).has_access("read"))
        with self.assertRaises(AccessError):
            self.sheet.with_user(self.onlooker).action_new_version()

    def test_no_function_accounts_to_itself_or_elsewhere(self):
        with self.assertRaises(UserError):
            self.sheet.accounts_to_id = self.director
        with self.assertRaises(UserError):
            self.sheet.accounts_to_id = self._make_function("president", self.there)

    def test_paper_and_screen(self):
        with Form(self.sheet) as form:
            form.accounts_when = "Each month"
        for lang in ("ar_MA", "fr_MA"):
            html, _kind = (
                self.env["ir.actions.report"]
                .with_context(lang=lang)
                ._render_qweb_html("jamaa_actionplan.role_sheet", self.sheet.ids)
            )
            self.assertIn("Coordinates", html.decode())
        pdf, _kind = self.env["ir.actions.report"]._render_qweb_pdf("jamaa_actionplan.role_sheet", self.sheet.ids)
        self.assertTrue(pdf.startswith(b"%PDF"))
