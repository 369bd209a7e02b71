from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools.letterhead import french_of
from .common import CommuneCase


@tagged("post_install", "-at_install")
class TestCommune(CommuneCase):
    """Identity, names and paper of a commune."""

    def test_names_by_language(self):
        meknes = self._make_commune("names", name="Meknès (test)", name_ar="مكناس", name_fr="Meknès")
        self.assertEqual(meknes._commune_name("ar_MA"), "مكناس")
        self.assertEqual(meknes._commune_name("fr_MA"), "Meknès")
        self.assertEqual(meknes._commune_name("zgh"), "مكناس", "Arabic stands in for a missing Amazigh name")
        self.assertEqual(meknes._commune_title("ar_MA"), "جماعة مكناس")
        self.assertEqual(meknes._commune_title("fr_MA"), "Commune de Meknès")
        self.assertEqual(meknes.with_context(lang="fr_MA").display_name, "Commune de Meknès")
        self.assertEqual(meknes.with_context(lang="ar_MA").display_name, "جماعة مكناس")
        meknes.write({"name_ar": False, "name_fr": False})
        self.assertEqual(meknes._commune_name("ar_MA"), "Meknès (test)")

    def test_programme_keeps_its_plain_name(self):
        self.assertEqual(self.programme_company.display_name, self.programme_company.name)

    def test_found_by_any_name(self):
        found = [row[0] for row in self.env["res.company"].name_search("الدوار")]
        self.assertEqual(found, self.hamlet.ids)

    def test_french_elision(self):
        self.assertEqual(french_of("Ouarzazate"), "d’Ouarzazate")
        self.assertEqual(french_of("Larache"), "de Larache")

    def test_letterhead_default(self):
        commune = self._make_commune(
            "paper",
            name_ar="مكناس",
            name_fr="Meknès",
            province_kind="prefecture",
            province_ar="مكناس",
            province_fr="Meknès",
        )
        self.assertEqual(
            commune.letterhead_ar.split("\n"),
            ["المملكة المغربية", "وزارة الداخلية", "عمالة مكناس", "جماعة مكناس", "مديرية المصالح"],
        )
        self.assertEqual(commune.letterhead_fr.split("\n")[2:4], ["Préfecture de Meknès", "Commune de Meknès"])

    def test_letterhead_follows_until_changed_by_hand(self):
        self.here.letterhead_ar = "سطر كتب باليد"
        self.here.write({"name_ar": "اسم آخر", "name_fr": "Autre"})
        self.assertEqual(self.here.letterhead_ar, "سطر كتب باليد")
        self.assertIn("Commune d’Autre", self.here.letterhead_fr)

    def test_web_name(self):
        for slug in ("Meknès", "a b", "-a", "a--b", "a/b", "a_b"):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.here.commune_slug = slug
        with self.assertRaises(ValidationError):
            self.here.commune_slug = False

    @mute_logger("odoo.sql_db")
    def test_codes_are_unique(self):
        for name in ("commune_slug", "commune_code"):
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.there[name] = self.here[name]
                self.there.flush_recordset()

    @mute_logger("odoo.sql_db")
    def test_commune_or_programme(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.here.is_programme = True
            self.here.flush_recordset()

    def test_by_slug(self):
        Company = self.env["res.company"].with_user(self.env.ref("base.public_user"))
        self.assertEqual(Company._commune_by_slug("test-here"), self.here)
        for odd in ("TEST-HERE", "nowhere", "", None, 12, ["a"], "a" * 500, "%", "test-here' OR 1=1"):
            self.assertFalse(Company._commune_by_slug(odd))
        self.hamlet.active = False
        self.assertFalse(Company._commune_by_slug("test-hamlet"), "an archived commune answers no more")

    def test_programme_has_no_public_page(self):
        self.programme_company.commune_slug = "the-programme"
        self.assertFalse(self.env["res.company"]._commune_by_slug("the-programme"))

    def test_identity_is_for_the_database_administrator(self):
        commune = self.here.with_user(self.admin_user)
        commune.contact_phone = "0535000000"
        for name, value in (("commune_slug", "stolen"), ("is_demo", True), ("is_programme", True)):
            with self.assertRaises(AccessError):
                commune[name] = value

    def test_smart_buttons_count_and_open(self):
        self.env["jamaa.site"].create({"name": "Centre", "company_id": self.here.id})
        # other rooms may give every commune some functions, vacant at first
        given = self.there.function_count
        self._make_function("director", company=self.there)
        self.env.invalidate_all()
        self.assertEqual(self.here.site_count, 1)
        self.assertEqual(self.here.function_count, 3 + given)
        self.assertEqual(self.here.vacancy_count, 2 + given)
        self.assertEqual(self.here.holder_count, 1)
        self.assertEqual(self.there.vacancy_count, 1 + given)
        for name in ("sites", "functions", "vacancies", "holders", "delegations"):
            action = getattr(self.here, f"action_open_{name}")()
            rows = self.env[action["res_model"]].search(action["domain"])
            self.assertEqual(rows.company_id - self.here, self.env["res.company"])

    def test_counts_take_the_same_queries_for_many_communes(self):
        costs = []
        for communes in (self.here, self.here + self.there + self.hamlet):
            communes.mapped("vacancy_count")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            communes.mapped("vacancy_count")
            costs.append(self.env.cr.sql_log_count - before)
        self.assertEqual(costs[0], costs[1])

    def test_my_commune(self):
        action = self.env["res.company"].with_user(self.clerk).action_my_commune()
        self.assertEqual(action["res_id"], self.here.id)
        action = self.env["res.company"].with_company(self.programme_company).action_my_commune()
        self.assertNotIn("res_id", {key for key, value in action.items() if value})
