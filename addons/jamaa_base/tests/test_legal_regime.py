"""The law table: which rule holds, when a date may be called legal, what stays as it was."""

from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.legal_due import LegalDue
from .common import CommuneCase


@tagged("jamaa_law")
class TestLegalRegime(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.answer_rule = cls.env.ref("jamaa_base.regime_complaint_answer")
        cls.Regime = cls.env["jamaa.legal.regime"]
        cls.env["jamaa.holiday"]._fill_years([2026])

    def regime(self, **vals):
        return self.Regime.create(
            {
                "name": "Test rule",
                "code": "test_rule",
                "days": 10,
                "valid_from": "2020-01-01",
                "source_text": "A text",
                **vals,
            }
        )

    def confirm(self, regime, **vals):
        return self.env["jamaa.legal.confirmation"].create(
            {
                "regime_id": regime.id,
                "company_id": self.here.id,
                "holder_id": self.president_holder.id,
                "text_read": "Decree 2-17-265, articles 3 to 15",
                **vals,
            }
        )

    # ---- the shipped rules ------------------------------------------------------------------

    def test_shipped_rules_claim_no_jurist(self):
        for code, days in (("complaint_answer", 60), ("complaint_ack", 15), ("complaint_internal", 30)):
            rule = self.Regime._applicable(code, self.here, date(2026, 2, 2))
            self.assertEqual(rule.days, days)
            self.assertFalse(rule.jurist_checked_on)
            self.assertTrue(rule.source_text)

    def test_nothing_before_the_decree(self):
        self.assertFalse(self.Regime._applicable("complaint_answer", self.here, date(2017, 12, 31)))

    # ---- legal or not -----------------------------------------------------------------------

    def test_not_legal_until_this_commune_confirmed(self):
        due = self.answer_rule._due(date(2026, 2, 2), self.here)
        self.assertEqual(due.date, date(2026, 4, 3))
        self.assertFalse(due.is_legal)
        self.assertNotIn("egal", due.label("en_US"))
        self.assertIn("jurist", due.caution("en_US"))
        self.confirm(self.answer_rule)
        due = self.answer_rule._due(date(2026, 2, 2), self.here)
        self.assertTrue(due.is_legal)
        self.assertIn("egal", due.label("en_US"))
        # ... and the neighbour has not.
        self.assertFalse(self.answer_rule._due(date(2026, 2, 2), self.there).is_legal)

    def test_withdrawn_is_no_longer_legal(self):
        confirmation = self.confirm(self.answer_rule)
        confirmation.action_withdraw()
        self.assertFalse(self.answer_rule._due(date(2026, 2, 2), self.here).is_legal)
        # The commune may read again and confirm again.
        self.confirm(self.answer_rule)
        self.assertTrue(self.answer_rule._due(date(2026, 2, 2), self.here).is_legal)

    def test_internal_rule_is_never_legal(self):
        rule = self.env.ref("jamaa_base.regime_complaint_internal")
        self.confirm(rule)
        self.assertFalse(rule._due(date(2026, 2, 2), self.here).is_legal)

    def test_confirmation_needs_a_holder_in_function(self):
        past = self._make_holder(self.vice_president, date_from="2020-01-01", date_to="2021-01-01")
        with self.assertRaisesRegex(ValidationError, "not in function"), self.env.cr.savepoint():
            self.confirm(self.answer_rule, holder_id=past.id)
        with self.assertRaisesRegex(ValidationError, "future"), self.env.cr.savepoint():
            self.confirm(self.answer_rule, confirmed_on=self._day(2))
        with self.assertRaisesRegex(ValidationError, "text was read"), self.env.cr.savepoint():
            self.confirm(self.answer_rule, text_read="yes")

    def test_holder_of_another_commune_confirms_nothing_here(self):
        function = self._make_function("president", company=self.there)
        holder = self._make_holder(function)
        with self.assertRaises(UserError):
            self.confirm(self.answer_rule, holder_id=holder.id)

    def test_confirmation_is_a_fact(self):
        confirmation = self.confirm(self.answer_rule)
        with self.assertRaises(UserError):
            confirmation.text_read = "Something else altogether"
        with self.assertRaises(UserError):
            confirmation.unlink()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.confirm(self.answer_rule)

    def test_who_confirms(self):
        rows = self.env["jamaa.legal.confirmation"]
        self.assertFalse(rows.with_user(self.clerk).has_access("create"))
        self.assertTrue(rows.with_user(self.president_user).has_access("create"))
        # The one who enters it cannot write somebody else's name.
        row = rows.with_user(self.president_user).create(
            {
                "regime_id": self.answer_rule.id,
                "company_id": self.here.id,
                "holder_id": self.president_holder.id,
                "text_read": "Decree 2-17-265, articles 3 to 15",
                "entered_by": self.clerk.id,
            }
        )
        self.assertEqual(row.entered_by, self.president_user)

    # ---- versions ---------------------------------------------------------------------------

    def test_confirmed_rule_is_frozen(self):
        self.confirm(self.answer_rule)
        with self.assertRaises(UserError):
            self.answer_rule.days = 90
        with self.assertRaises(UserError):
            self.answer_rule.unlink()
        self.answer_rule.valid_to = "2030-12-31"

    def test_versions_do_not_overlap(self):
        self.regime(valid_to="2024-12-31")
        self.regime(valid_from="2025-01-01")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.regime(valid_from="2024-12-31", valid_to="2024-12-31")

    def test_other_code_or_commune_may_overlap(self):
        self.regime()
        self.regime(code="other_rule")
        self.regime(company_id=self.here.id)

    def test_own_rule_of_the_commune_comes_first(self):
        shared = self.regime()
        own = self.regime(company_id=self.here.id, days=5)
        self.assertEqual(self.Regime._applicable("test_rule", self.here, self.today), own)
        self.assertEqual(self.Regime._applicable("test_rule", self.there, self.today), shared)
        self.assertFalse(own.with_user(self.clerk_there).has_access("read"))

    def test_version_follows_the_day_the_clock_starts(self):
        old = self.regime(valid_to="2025-12-31")
        new = self.regime(valid_from="2026-01-01", days=20)
        self.assertEqual(self.Regime._applicable("test_rule", self.here, date(2025, 12, 31)), old)
        self.assertEqual(self.Regime._applicable("test_rule", self.here, date(2026, 1, 1)), new)

    def test_new_version_ends_the_old_one(self):
        old = self.regime()
        old.action_new_version()
        new = self.Regime._applicable("test_rule", self.here, self.today)
        self.assertNotEqual(new, old)
        self.assertEqual(old.valid_to, self._day(-1))

    def test_new_version_of_a_shared_rule_is_the_communes_own(self):
        self.answer_rule.with_user(self.director_user).with_company(self.here).action_new_version()
        own = self.Regime._applicable("complaint_answer", self.here, self.today)
        self.assertEqual(own.company_id, self.here)
        self.assertFalse(self.answer_rule.valid_to)
        self.assertEqual(self.Regime._applicable("complaint_answer", self.there, self.today), self.answer_rule)

    def test_mistakes_are_refused(self):
        for vals in ({"days": -1}, {"days": 5000}, {"valid_to": "2019-01-01"}):
            with self.subTest(vals=vals), self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
                with self.env.cr.savepoint():
                    self.regime(**vals)
        with self.assertRaises(ValidationError):
            self.regime(code="other", jurist_checked_on="2026-01-01")

    def test_staff_read_and_do_not_write(self):
        rule = self.answer_rule.with_user(self.clerk)
        self.assertTrue(rule.name)
        with self.assertRaises(AccessError):
            rule.alert_days = 1
        with self.assertRaises(AccessError):
            rule.action_new_version()

    def test_shared_rules_are_not_one_communes_to_change(self):
        for user in (self.director_user, self.admin_user):
            with self.assertRaises(AccessError):
                self.answer_rule.with_user(user).days = 90
        own = self.Regime.with_user(self.director_user).create(
            {
                "name": "Own",
                "code": "complaint_internal",
                "days": 20,
                "valid_from": "2024-01-01",
                "source_text": "Decision of the commune",
                "company_id": self.here.id,
            }
        )
        self.assertEqual(self.Regime._applicable("complaint_internal", self.here, self.today), own)

    # ---- proof ------------------------------------------------------------------------------

    def test_proof_in_three_languages(self):
        rule = self.regime(days=1)
        due = rule._due(date(2026, 4, 30), self.here)  # Friday 1 May, Labour Day
        self.assertEqual(due.date, date(2026, 5, 4))
        self.assertIn("Labor Day", " ".join(due.proof_lines("en_US")))
        self.assertIn("عيد العمال", " ".join(due.proof_lines("ar_MA")))
        self.assertIn("ماي", due.day("ar_MA"))
        self.assertIn("Fête du Travail", " ".join(due.proof_lines("fr_MA")))
        self.assertIn("lundi 4 mai 2026", due.day("fr_MA"))

    def test_an_estimated_holiday_is_said_to_be_one(self):
        rule = self.regime(days=7)
        eid = self.env["jamaa.holiday"].search([("date", "=", "2026-05-27")])
        eid.estimated = True
        self.assertIn("estimated", " ".join(rule._due(date(2026, 5, 20), self.here).proof_lines("en_US")))
        self.env["jamaa.holiday"].search([("library_key", "=", "Eid al-Adha")]).estimated = False
        self.assertNotIn("estimated", " ".join(rule._due(date(2026, 5, 20), self.here).proof_lines("en_US")))

    def test_stored_proof_says_the_same_after_a_correction(self):
        rule = self.regime(days=1)
        due = rule._due(date(2026, 4, 30), self.here)
        before = due.proof_lines("fr_MA")
        self.env["jamaa.holiday"].search([("date", "=", "2026-05-01")]).unlink()
        stored = LegalDue.from_values(self.env, due.values)
        self.assertEqual(stored.proof_lines("fr_MA"), before)
        self.assertEqual(rule._due(date(2026, 4, 30), self.here).date, date(2026, 5, 1))

    def test_holiday_of_one_commune_moves_only_its_dates(self):
        self.env["jamaa.holiday"].create({"name": "Local feast", "date": "2026-02-10", "company_id": self.here.id})
        rule = self.regime(days=8)
        self.assertEqual(rule._due(date(2026, 2, 2), self.here).date, date(2026, 2, 11))
        self.assertEqual(rule._due(date(2026, 2, 2), self.there).date, date(2026, 2, 10))

    def test_extension(self):
        rule = self.regime(extension_days=5)
        plain, extended = (rule._due(date(2026, 2, 2), self.here, extended=flag) for flag in (False, True))
        self.assertEqual(plain.date, date(2026, 2, 12))
        self.assertEqual(extended.date, date(2026, 2, 17))
