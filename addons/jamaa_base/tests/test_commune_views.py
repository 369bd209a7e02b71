"""Menus by role, and the cost of the lists."""

from odoo.tests import tagged

from .common import CommuneCase
from .test_commune_access import ROLES


@tagged("post_install", "-at_install")
class TestCommuneMenus(CommuneCase):
    def _menus(self, user):
        return self.env["ir.ui.menu"].with_user(user).load_menus(False)

    def _xmlids(self, user):
        return {menu.get("xmlid") for menu in self._menus(user).values()}

    def test_a_role_sees_at_most_three_applications(self):
        """Upstream's test application (test_lint and the like) does not count."""
        for role in ROLES:
            user = self._make_user(f"t_menu_{role}", f"jamaa_base.group_{role}")
            menus = self._menus(user)
            roots = {menus[menu_id]["xmlid"] for menu_id in menus["root"]["children"]} - {"base.menu_tests"}
            with self.subTest(role=role):
                self.assertIn("jamaa_base.menu_root", roots)
                self.assertNotIn("hr.menu_hr_root", roots)
                self.assertNotIn("base.menu_administration", roots)
                self.assertLessEqual(len(roots), 3, roots)

    def test_staff_files_open_for_who_keeps_them(self):
        keeper = self._make_user("t_hr", "hr.group_hr_user")
        self.assertIn("hr.menu_hr_root", self._xmlids(keeper))

    def test_settings_are_for_administrators(self):
        self.assertNotIn("jamaa_base.menu_department", self._xmlids(self.clerk))
        self.assertIn("jamaa_base.menu_department", self._xmlids(self.admin_user))
        self.assertNotIn("jamaa_base.menu_region", self._xmlids(self.admin_user))
        self.assertIn("jamaa_base.menu_region", self._xmlids(self.env.ref("base.user_admin")))

    def test_small_commune_sees_less(self):
        user = self._make_user("t_small", "jamaa_base.group_director", company=self.hamlet)
        self.assertNotIn("jamaa_base.menu_programme_milestone", self._xmlids(user))
        self.assertIn("jamaa_base.menu_programme_milestone", self._xmlids(self.clerk))
        self.hamlet.profile = "standard"
        self.assertIn("jamaa_base.menu_programme_milestone", self._xmlids(user), "the profile works at once")

    def test_who_belongs_to_no_commune_does_not_see_its_rooms(self):
        team = self._make_user(
            "t_menu_team", "jamaa_base.group_programme_team", company=self.env.ref("base.main_company")
        )
        self.assertNotIn("jamaa_base.menu_commune", self._xmlids(team))
        self.assertIn("jamaa_base.menu_programmes", self._xmlids(team))
        self.assertIn("jamaa_base.menu_commune", self._xmlids(self.clerk))

    def test_application_has_its_icon(self):
        self.assertTrue(self.env.ref("jamaa_base.menu_root").web_icon_data)


@tagged("post_install", "-at_install")
class TestCommuneLists(CommuneCase):
    """A list costs the same number of queries for few and for many rows."""

    def _cost(self, model, fields):
        Model = self.env[model].with_user(self.director_user)
        specification = {name: {"fields": {"display_name": {}}} for name in fields}
        Model.web_search_read([], specification)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        result = Model.web_search_read([], specification)
        return self.env.cr.sql_log_count - before, len(result["records"])

    def _assert_flat(self, model, fields, grow, budget=20):
        few, count = self._cost(model, fields)
        grow()
        many, more = self._cost(model, fields)
        self.assertGreater(more, count + 20)
        self.assertEqual(few, many, f"{model}: {few} queries for {count} rows, {many} for {more}")
        self.assertLessEqual(many, budget)

    def test_functions(self):
        def grow():
            for _row in range(25):
                self._make_holder(self._make_function("other"))

        self._assert_flat(
            "jamaa.function", ["name", "parent_id", "current_holder_id", "current_stand_in_id", "is_vacant"], grow
        )

    def test_holders(self):
        council = self._make_function("council_member")

        def grow():
            for _row in range(25):
                self._make_holder(council)

        self._make_holder(council)
        self._assert_flat(
            "jamaa.function.holder", ["function_id", "partner_id", "state", "user_id", "other_function_count"], grow
        )

    def test_delegations(self):
        self._make_holder(self.vice_president, self.vice_user)
        self._make_delegation(to_function_id=self.vice_president.id)

        def grow():
            for row in range(25):
                self._make_delegation(to_function_id=self.vice_president.id, act_number=f"N{row}")

        self._assert_flat("jamaa.delegation", ["name", "to_function_id", "to_holder_id", "act_kind_ids", "state"], grow)

    def test_sites(self):
        self.env["jamaa.site"].create({"name": "First", "company_id": self.here.id})

        def grow():
            for row in range(25):
                self.env["jamaa.site"].create({"name": f"Site {row}", "company_id": self.here.id})

        self._assert_flat("jamaa.site", ["name", "kind", "owner", "function_id", "opening_count"], grow)
