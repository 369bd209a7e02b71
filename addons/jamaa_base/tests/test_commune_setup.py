"""The checklist of a database that holds several communes: each point fails when it is removed."""

from datetime import date
from unittest.mock import patch

from odoo.tests import new_test_user, tagged

from ..hooks import LANGUAGES, post_init_hook
from .common import CommuneCase


def _one_sequence(self):
    return [{"code": "test.number", "name": "Test", "prefix": "T/%(range_year)s/", "padding": 4}]


@tagged("post_install", "-at_install")
class TestCommuneSetup(CommuneCase):
    def _one_sequence(self):
        return patch.object(self.registry["res.company"], "_commune_sequences", _one_sequence)

    # ---------- names of other communes ----------

    def test_staff_read_the_names_of_other_communes(self):
        names = self.env["res.company"].with_user(self.clerk).search_read([("is_commune", "=", True)], ["name"])
        self.assertLessEqual({self.here.id, self.there.id}, {row["id"] for row in names})

    def test_reading_names_opens_nothing_else(self):
        self._make_function("director", company=self.there)
        functions = self.env["jamaa.function"].with_user(self.clerk)
        self.assertFalse(functions.search([("company_id", "=", self.there.id)]))
        self.assertEqual(self.clerk.company_ids, self.here)

    # ---------- hours ----------

    def test_hours_are_moroccan(self):
        calendar = self.here.resource_calendar_id
        self.assertEqual(calendar.tz, "Africa/Casablanca")
        self.assertEqual(calendar.company_id, self.here)
        self.assertAlmostEqual(
            sum(line.duration_hours for line in calendar.attendance_ids if line.day_period != "lunch"), 36.5
        )
        friday = calendar.attendance_ids.filtered(lambda line: line.dayofweek == "4" and line.day_period != "lunch")
        self.assertEqual([(line.hour_from, line.hour_to) for line in friday], [(8.5, 12.0), (13.5, 16.5)])
        self.assertNotIn("5", calendar.attendance_ids.mapped("dayofweek"))

    def test_hours_are_moroccan_whoever_creates_the_commune(self):
        """A creator in Moroccan time does not keep upstream's hours: 8 to 17 is another week."""
        env = self.env(context={**self.env.context, "tz": "Africa/Casablanca"})
        commune = env["res.company"].create({"name": "Zone", "is_commune": True, "commune_slug": "test-zone"})
        self.assertEqual(min(commune.resource_calendar_id.attendance_ids.mapped("hour_from")), 8.5)

    def test_hours_are_named_in_the_communes_language(self):
        french = self._make_commune("hours-fr", commune_lang="fr_MA")
        expected = self.env["res.company"].with_context(lang="fr_MA")._administrative_calendar_values()["name"]
        self.assertEqual(french.resource_calendar_id.name, expected)
        self.assertNotEqual(french.resource_calendar_id.name, self.here.resource_calendar_id.name)

    def test_hours_of_the_first_company_are_moroccan(self):
        self.assertEqual(self.programme_company.resource_calendar_id.tz, "Africa/Casablanca")

    def test_a_company_that_becomes_a_commune_gets_its_hours(self):
        company = self.env["res.company"].create({"name": "Later a commune"})
        company.resource_calendar_id.tz = "UTC"
        company.write({"is_commune": True, "commune_slug": "later-a-commune"})
        self.assertEqual(company.resource_calendar_id.tz, "Africa/Casablanca")

    def test_hours_kept_by_hand_stay(self):
        calendar = self.here.resource_calendar_id
        calendar.attendance_ids.filtered(lambda line: line.dayofweek == "4").unlink()
        self.here._prepare_commune()
        self.assertNotIn("4", calendar.attendance_ids.mapped("dayofweek"))

    # ---------- money and place ----------

    def test_commune_is_in_morocco(self):
        self.assertEqual(self.here.country_id.code, "MA")
        self.assertEqual(self.here.currency_id.name, "MAD")

    def test_no_placeholder_stands_for_a_logo(self):
        self.assertFalse(self.here.logo)

    # ---------- numbers ----------

    def test_each_commune_has_its_own_numbers_made_ahead(self):
        with self._one_sequence():
            first, second = self._make_commune("numbers-a"), self._make_commune("numbers-b")
        Sequence = self.env["ir.sequence"]
        sequences = Sequence.search([("code", "=", "test.number")])
        self.assertEqual(sequences.company_id, first + second)
        year = date.today().year
        for sequence in sequences:
            self.assertEqual(
                [(row.date_from, row.date_to) for row in sequence.date_range_ids.sorted("date_from")],
                [(date(y, 1, 1), date(y, 12, 31)) for y in (year, year + 1)],
            )
        numbers = [Sequence.with_company(company).next_by_code("test.number") for company in (first, first, second)]
        self.assertEqual(numbers, [f"T/{year}/0001", f"T/{year}/0002", f"T/{year}/0001"])

    def test_ranges_are_completed_by_the_cron_and_never_doubled(self):
        with self._one_sequence():
            commune = self._make_commune("numbers-c")
            sequence = self.env["ir.sequence"].search([("company_id", "=", commune.id), ("code", "=", "test.number")])
            sequence.date_range_ids.filtered(lambda row: row.date_from.year > date.today().year).unlink()
            for _run in range(2):
                self.env["res.company"]._cron_prepare_sequences()
                self.assertEqual(len(sequence.date_range_ids), 2)
        self.assertTrue(self.env.ref("jamaa_base.cron_prepare_sequences").active)

    # ---------- addresses ----------

    def test_mail_addresses_of_communes_do_not_collide(self):
        self.assertEqual(self.here._alias_name("chikayat"), "chikayat-test-here")
        self.assertNotEqual(self.here._alias_name("chikayat"), self.there._alias_name("chikayat"))

    # ---------- the programme and the citizens ----------

    def test_the_first_company_is_the_programme(self):
        self.assertTrue(self.programme_company.is_programme)
        self.assertFalse(self.programme_company.is_commune)

    def test_a_main_company_that_is_a_commune_stays_one(self):
        self.programme_company.write({"is_programme": False})
        self.programme_company.write({"is_commune": True, "commune_slug": "only-commune"})
        post_init_hook(self.env)
        self.assertFalse(self.programme_company.is_programme)

    def test_portal_accounts_belong_to_no_commune(self):
        citizen = new_test_user(
            self.env,
            login="t_citizen",
            groups="base.group_portal",
            company_id=self.here.id,
            company_ids=[(6, 0, self.here.ids)],
        )
        self.assertEqual(citizen.company_id, self.programme_company)
        self.assertEqual(citizen.company_ids, self.programme_company)
        citizen.write({"company_ids": [(4, self.here.id)], "company_id": self.here.id})
        self.assertEqual(citizen.company_ids, self.programme_company)

    def test_public_visitor_belongs_to_no_commune(self):
        self.assertFalse(self.env.ref("base.public_user").company_ids.filtered("is_commune"))

    # ---------- languages and time ----------

    def test_languages_are_active_and_written_the_moroccan_way(self):
        for code in LANGUAGES:
            lang = self.env["res.lang"].with_context(active_test=False).search([("code", "=", code)])
            self.assertTrue(lang.active, code)
            self.assertEqual((lang.decimal_point, lang.time_format, lang.week_start), (",", "%H:%M:%S", "1"), code)
            self.assertEqual(lang.date_format, "%d/%m/%Y")
            self.assertEqual(lang.direction, "rtl" if code == "ar_MA" else "ltr")
            self.assertTrue(lang.flag_image)
            self.assertEqual(lang.format("%.2f", 1234.5, grouping=True), "1\u00a0234,50")

    def test_upstream_speaks_the_languages(self):
        model = self.env["ir.model"]._get("res.users")
        for code in ("ar_MA", "fr_MA"):
            self.assertNotEqual(model.with_context(lang=code).name, model.with_context(lang="en_US").name, code)

    def test_staff_write_in_the_communes_language_and_time(self):
        self.assertEqual((self.clerk.lang, self.clerk.tz), ("ar_MA", "Africa/Casablanca"))
        french = self._make_commune("french", commune_lang="fr_MA")
        self.assertEqual(self._make_user("t_fr", "base.group_user", company=french).lang, "fr_MA")
        self.assertEqual(french.partner_id.lang, "fr_MA")

    def test_a_language_chosen_for_a_user_stays(self):
        user = new_test_user(
            self.env,
            login="t_en",
            groups="base.group_user",
            company_id=self.here.id,
            company_ids=[(6, 0, self.here.ids)],
            lang="en_US",
        )
        self.assertEqual(user.lang, "en_US")

    # ---------- shared lists ----------

    def test_twelve_regions(self):
        self.assertEqual(self.env["jamaa.region"].search_count([]), 12)

    # ---------- conversations ----------

    def test_no_channel_joins_the_staff_of_all_communes(self):
        """A new member of staff is in no conversation with other communes or the programme."""
        members = self.env["discuss.channel.member"].search([("partner_id", "=", self.clerk.partner_id.id)])
        self.assertFalse(members.channel_id)
