"""Who reads and who changes the rooms of a commune."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import CommuneCase

MODELS = ("jamaa.site", "jamaa.site.opening", "jamaa.function", "jamaa.function.holder", "jamaa.delegation")
# role -> models it creates, models it changes; every role of the commune reads all of them
EDITORS = {
    "jamaa_base.group_administrator": (set(MODELS), set(MODELS)),
    "jamaa_base.group_director": (
        {"jamaa.function", "jamaa.function.holder", "jamaa.delegation"},
        {"jamaa.function", "jamaa.function.holder", "jamaa.delegation"},
    ),
    "jamaa_base.group_site_supervisor": ({"jamaa.site.opening"}, {"jamaa.site", "jamaa.site.opening"}),
}
ROLES = [
    "reception_agent",
    "registry_clerk",
    "service_agent",
    "complaint_officer",
    "service_head",
    "site_supervisor",
    "director",
    "president",
    "council_member",
    "signatory",
    "reference_person",
    "committee_secretary",
    "facilitator",
    "rapporteur",
    "catalogue_editor",
    "auditor",
    "data_protection",
    "administrator",
]
SHARED = ("jamaa.region", "jamaa.theme", "jamaa.act.kind")
PROGRAMME = ("jamaa.programme", "jamaa.programme.member", "jamaa.programme.milestone")


@tagged("post_install", "-at_install")
class TestCommuneAccess(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        vice_holder = cls._make_holder(cls.vice_president, cls.vice_user)
        site = cls.env["jamaa.site"].create({"name": "Centre", "company_id": cls.here.id})
        opening = cls.env["jamaa.site.opening"].create({"name": "Works", "site_id": site.id, "closed": True})
        delegation = cls._make_delegation(to_holder_id=vice_holder.id)
        cls.rows = {row._name: row for row in (site, opening, cls.director, vice_holder, delegation)}
        cls.team_user = new_test_user(
            cls.env,
            login="t_team",
            groups="jamaa_base.group_programme_team",
            company_id=cls.programme_company.id,
            company_ids=[(6, 0, cls.programme_company.ids)],
        )
        cls.citizen = new_test_user(cls.env, login="t_portal", groups="base.group_portal")
        cls.programme = cls.env["jamaa.programme"].create({"name": "Proximity", "company_id": cls.programme_company.id})
        cls.member = cls.env["jamaa.programme.member"].create(
            {"programme_id": cls.programme.id, "company_id": cls.here.id}
        )
        cls.milestone = cls.env["jamaa.programme.milestone"].create(
            {
                "programme_id": cls.programme.id,
                "name": "First workshop",
                "date": "2016-05-01",
                "date_precision": "month",
            }
        )

    def test_every_role(self):
        """Each role reads the rooms of its commune and changes what the table says."""
        for role in ROLES:
            group = f"jamaa_base.group_{role}"
            user = self._make_user(f"t_role_{role}", group)
            creates, writes = EDITORS.get(group, (set(), set()))
            for model, row in self.rows.items():
                with self.subTest(role=role, model=model):
                    mine = row.with_user(user)
                    self.assertTrue(mine.has_access("read"))
                    self.assertEqual(mine.has_access("create"), model in creates)
                    self.assertEqual(mine.has_access("write"), model in writes)

    def test_no_role_changes_another_commune(self):
        for role in ("administrator", "director", "site_supervisor", "president", "auditor"):
            user = self._make_user(f"t_far_{role}", f"jamaa_base.group_{role}", company=self.there)
            for model, row in self.rows.items():
                with self.subTest(role=role, model=model):
                    self.assertFalse(self.env[model].with_user(user).search([("id", "=", row.id)]))
                    self.assertFalse(row.with_user(user).has_access("read"))
                    self.assertFalse(row.with_user(user).has_access("write"))

    def test_administrator_of_a_commune_keeps_to_it(self):
        company = self.env["res.company"].with_user(self.admin_user)
        company.browse(self.here.id).contact_phone = "0535000000"
        with self.assertRaises(AccessError):
            company.browse(self.there.id).contact_phone = "0535000000"
        with self.assertRaises(AccessError):
            company.create({"name": "Another", "is_commune": True, "commune_slug": "another"})

    def test_hours_of_another_commune_are_not_changed(self):
        own = self.here.resource_calendar_id.with_user(self.admin_user)
        own.name = "Our hours"
        own.attendance_ids[:1].hour_from = 9
        other = self.there.resource_calendar_id.with_user(self.admin_user)
        with self.assertRaises(AccessError):
            other.name = "Their hours"
        with self.assertRaises(AccessError):
            other.attendance_ids[:1].hour_from = 9
        shared = self.env["resource.calendar"].create({"name": "Shared", "company_id": False})
        with self.assertRaises(AccessError):
            shared.with_user(self.admin_user).name = "Mine"
        shared.with_user(self.env.ref("base.user_admin")).name = "Renamed"

    def test_programme_team_finds_nothing_of_a_commune(self):
        for model, row in self.rows.items():
            with self.subTest(model=model):
                found = self.env[model].with_user(self.team_user)
                self.assertFalse(found.search([("company_id.is_commune", "=", True)]))
                self.assertFalse(found.formatted_read_group([], ["company_id"], ["__count"]))
                self.assertFalse(row.with_user(self.team_user).has_access("read"))

    def test_programme_team_belongs_to_no_commune(self):
        with self.assertRaises(ValidationError):
            self.team_user.company_ids = [(4, self.here.id)]
        with self.assertRaises(ValidationError):
            self.clerk.group_ids = [(4, self.env.ref("jamaa_base.group_programme_team").id)]

    def test_portal_and_public_have_no_rights(self):
        for user in (self.citizen, self.env.ref("base.public_user")):
            for model in (*MODELS, *SHARED, *PROGRAMME):
                with self.subTest(user=user.login, model=model):
                    self.assertFalse(self.env[model].with_user(user).has_access("read"))

    def test_shared_lists_are_changed_by_the_database_administrator(self):
        for model in SHARED:
            row = self.env[model].search([], limit=1)
            self.assertTrue(row.with_user(self.clerk).has_access("read"))
            self.assertFalse(row.with_user(self.admin_user).has_access("write"))
            self.assertTrue(row.with_user(self.env.ref("base.user_admin")).has_access("write"))

    def test_programme_is_read_by_its_communes_and_changed_by_its_team(self):
        for row in (self.programme, self.member, self.milestone):
            with self.subTest(model=row._name):
                self.assertTrue(row.with_user(self.clerk).has_access("read"))
                self.assertFalse(row.with_user(self.clerk).has_access("write"))
                self.assertFalse(row.with_user(self.admin_user).has_access("write"))
                self.assertFalse(row.with_user(self.clerk_there).has_access("read"), "not a member")
                self.assertTrue(row.with_user(self.team_user).has_access("write"))

    def test_another_programme_stays_closed(self):
        company = self.env["res.company"].create({"name": "Second programme", "is_programme": True})
        other = self.env["jamaa.programme"].create({"name": "Second", "company_id": company.id})
        self.assertFalse(other.with_user(self.team_user).has_access("read"))

    def test_marks_and_ends_are_not_for_everybody(self):
        with self.assertRaises(AccessError):
            self.rows["jamaa.delegation"].with_user(self.clerk).action_end_today()
        with self.assertRaises(AccessError):
            self.rows["jamaa.function.holder"].with_user(self.clerk).action_clear_mark()

    def test_administrator_does_not_reach_the_database_settings(self):
        for group in ("base.group_system", "base.group_erp_manager"):
            self.assertFalse(self.admin_user.has_group(group))
