"""The register: entries once, places without gaps, and every change found."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools import register_chain as chain
from .common import CommuneCase

FACTS = {"act": "7/2026", "kind": "signature"}


@tagged("post_install", "-at_install")
class TestRegister(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Entry = cls.env["jamaa.register.entry"]
        cls.auditor = cls._make_user("t_auditor", "jamaa_base.group_auditor")
        for _number in range(5):
            cls._enter()
        cls._seal()

    @classmethod
    def _enter(cls, company=None, **more):
        return cls.Entry._enter(company or cls.here, "delegation_granted", FACTS, **more)

    @classmethod
    def _seal(cls, company=None):
        return cls.Entry._seal_batch((company or cls.here).id)

    def _check(self, **vals):
        check = self.env["jamaa.register.check"].with_user(self.auditor).create({"company_id": self.here.id, **vals})
        check.action_check()
        return check

    def _sql(self, query, *values):
        self.env.flush_all()
        self.env.cr.execute(query, values)
        self.env.invalidate_all()

    # ---------- writing ----------

    def test_entry_is_unsealed_then_sealed(self):
        entry = self._enter()
        self.assertFalse(entry.is_sealed)
        self.assertEqual(len(entry.digest), 64)
        self._seal()
        self.assertTrue(entry.is_sealed)
        self.assertEqual(entry.seal, chain.seal(entry.position, entry.previous_seal, entry.digest))

    def test_places_have_no_gap_in_each_commune(self):
        self._enter(self.there)
        self._seal(self.there)
        for company in (self.here, self.there):
            places = self.Entry.search([("company_id", "=", company.id)], order="position").mapped("position")
            self.assertEqual(places, list(range(1, len(places) + 1)))

    def test_unknown_kind_or_detail_is_refused(self):
        with self.assertRaises(ValueError):
            self.Entry._enter(self.here, "no_such_kind", {})
        with self.assertRaises(ValueError):
            self.Entry._enter(self.here, "delegation_granted", {"name": "Zineb"})
        with self.assertRaises(ValueError):
            self.Entry._enter(self.here, "delegation_granted", {"act": ["a", "list"]})
        with self.assertRaises(ValueError):
            self._enter(private={"person": "Zineb"})

    def test_nobody_changes_or_deletes(self):
        entry = self._enter()
        for action in (lambda: entry.write({"facts": "{}"}), entry.unlink, entry.copy):
            with self.assertRaises(UserError):
                action()
        for user in (self.auditor, self.director_user, self.president_user, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                self.Entry.with_user(user).create({"company_id": self.here.id})

    def test_personal_details_leave_a_fingerprint_that_can_be_erased(self):
        entry = self.Entry._enter(
            self.here,
            "mandate_recorded",
            {"role": "holder"},
            subject=self.president_holder,
            private={"person": "Zineb Essaidi"},
        )
        self.env.cr.execute("SELECT row_to_json(e)::text FROM jamaa_register_entry e WHERE id = %s", [entry.id])
        self.assertNotIn("Zineb", self.env.cr.fetchone()[0])
        self.assertEqual(
            entry.private_digest, chain.private_digest({"person": "Zineb Essaidi"}, entry.sudo().private_salt)
        )
        self._seal()
        self.assertGreaterEqual(self.Entry._forget_private(self.president_holder), 1)
        self.assertFalse(entry.sudo().private_salt)
        self.assertEqual(self._check().state, "good")

    def test_the_cron_seals_every_commune(self):
        self._enter()
        self._enter(self.there)
        with self.enter_registry_test_mode():
            self.env.ref("jamaa_base.cron_register_seal").method_direct_trigger()
        self.assertFalse(self.Entry.search([("is_sealed", "=", False)]))

    def test_entering_costs_one_query(self):
        self._enter()
        with self.assertQueryCount(1):
            self._enter()
            self.env.flush_all()

    # ---------- checking ----------

    def test_a_whole_register_is_good(self):
        check = self._check()
        self.assertEqual((check.state, check.finding_count), ("good", 0))
        self.assertEqual(check.sealed_count, self.Entry.search_count([("company_id", "=", self.here.id)]))
        self.assertEqual(len(check.last_seal), 64)

    def test_a_changed_row_is_found(self):
        for column, value in (("facts", '{"act":"8/2026"}'), ("date", "2020-01-01"), ("user_id", 2), ("res_id", 99)):
            with self.subTest(column), self.env.cr.savepoint(flush=False) as undo:
                self._sql(f"UPDATE jamaa_register_entry SET {column} = %s WHERE position = 3", value)
                check = self._check()
                self.assertEqual(check.state, "bad")
                self.assertIn("3", check.findings)
                undo.rollback()
                self.env.invalidate_all()

    def test_a_changed_row_with_a_fresh_fingerprint_is_found(self):
        entry = self.Entry.search([("company_id", "=", self.here.id), ("position", "=", 3)])
        self._sql("UPDATE jamaa_register_entry SET facts = '{}' WHERE id = %s", entry.id)
        row = entry.read(load=None)[0]
        self._sql(
            "UPDATE jamaa_register_entry SET digest = %s WHERE id = %s",
            chain.digest(self.Entry._payload(row)),
            entry.id,
        )
        self.assertEqual(self._check().state, "bad")

    def test_a_deleted_row_is_found(self):
        self._sql("DELETE FROM jamaa_register_entry WHERE company_id = %s AND position = 2", self.here.id)
        check = self._check()
        self.assertEqual(check.state, "bad")

    def test_lost_last_rows_are_found_by_the_check_before(self):
        first = self._check()
        self._sql(
            "DELETE FROM jamaa_register_entry WHERE company_id = %s AND position >= %s",
            self.here.id,
            first.last_position,
        )
        self.assertEqual(self._check().state, "bad")
        self.assertEqual(self._check().state, "bad", "a bad check vouches for nothing")

    def test_a_register_that_is_gone_is_found_by_the_command(self):
        self._check()
        self._sql("DELETE FROM jamaa_register_entry WHERE company_id = %s", self.here.id)
        checks = self.env["jamaa.register.check"]._check_everything()
        self.assertEqual([check.state for _name, check in checks if check.company_id == self.here], ["bad"])

    def test_an_entry_moved_to_another_kind_is_found(self):
        other = self.env.ref("jamaa_base.register_kind_identity_seen")
        waiting = self._enter()
        for entry in (self.Entry.search([("company_id", "=", self.here.id), ("position", "=", 3)]), waiting):
            with self.subTest(sealed=entry.is_sealed), self.env.cr.savepoint(flush=False) as undo:
                self._sql("UPDATE jamaa_register_entry SET kind_id = %s WHERE id = %s", other.id, entry.id)
                self.assertEqual(self._check().state, "bad")
                undo.rollback()
                self.env.invalidate_all()

    def _rewrite(self):
        """Whoever holds the database changes an entry and seals all anew."""
        self._sql("UPDATE jamaa_register_entry SET facts = '{}' WHERE company_id = %s AND position = 1", self.here.id)
        self._sql(
            "UPDATE jamaa_register_entry SET position = NULL, seal = NULL, previous_seal = NULL WHERE company_id = %s",
            self.here.id,
        )
        for entry in self.Entry.search([("company_id", "=", self.here.id)]):
            digest = chain.digest(self.Entry._payload(entry.read(load=None)[0]))
            self._sql("UPDATE jamaa_register_entry SET digest = %s WHERE id = %s", digest, entry.id)
        self._seal()

    def test_a_rewritten_register_is_found_by_the_paper(self):
        paper = self._check()
        place, seal = paper.last_position, paper.last_seal
        self._sql("DELETE FROM jamaa_register_check")
        self._rewrite()
        self.assertEqual(self._check().state, "good")
        spaced = " ".join(seal[i : i + 8].upper() for i in range(0, 64, 8))
        self.assertEqual(self._check(anchor_position=place, anchor_seal=spaced).state, "bad")

    def test_a_seal_typed_in_does_not_stand_in_for_the_stored_one(self):
        place = self._check().last_position
        self._rewrite()
        fresh = self.Entry.search([("company_id", "=", self.here.id), ("position", "=", place)]).seal
        self.assertEqual(self._check(anchor_position=place, anchor_seal=fresh).state, "bad")

    def test_a_changed_row_that_waits_for_its_seal_is_found(self):
        entry = self._enter()
        self._sql("UPDATE jamaa_register_entry SET facts = '{}' WHERE id = %s", entry.id)
        check = self._check()
        self.assertEqual((check.state, check.unsealed_count), ("bad", 1))

    def test_a_check_is_a_fact(self):
        check = self._check()
        with self.assertRaises(UserError):
            check.action_check()
        with self.assertRaises(UserError):
            check.sudo().write({"state": "good"})
        with self.assertRaises(UserError):
            check.sudo().unlink()
        with self.assertRaises(ValidationError):
            self._check(anchor_position=3)

    def test_the_result_cannot_be_typed_in(self):
        check = self.env["jamaa.register.check"].with_user(self.auditor).create({"state": "good", "finding_count": 0})
        self.assertEqual(check.state, "draft")
        check.write({"state": "good", "last_position": 999, "last_seal": "f" * 64})
        self.assertEqual((check.state, check.last_position, check.last_seal), ("draft", 0, False))

    def test_the_report_is_a_paper(self):
        report = self.env["ir.actions.report"]
        for lang in ("ar_MA", "fr_MA"):
            content, kind = report.with_context(lang=lang)._render_qweb_pdf(
                "jamaa_base.register_check", self._check().ids
            )
            self.assertEqual((kind, content[:5]), ("pdf", b"%PDF-"))

    # ---------- who ----------

    def test_other_communes_and_other_roles_see_nothing(self):
        self.assertTrue(self.Entry.with_user(self.auditor).search([]))
        self.assertEqual(self.Entry.with_user(self.auditor).search([]).company_id, self.here)
        for user in (self.clerk, self.clerk_there, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                self.Entry.with_user(user).search([])
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self.env["jamaa.register.check"].with_user(self.auditor).create({"company_id": self.there.id})

    # ---------- what goes in ----------

    def _last(self, code):
        return self.Entry.search([("kind_code", "=", code), ("company_id", "=", self.here.id)], limit=1)

    def test_mandates_and_delegations_go_in(self):
        holder = self._make_holder(self._make_function("other"))
        self.assertEqual(self._last("mandate_recorded").res_id, holder.id)
        holder.date_to = self._day(3)
        self.assertIn(str(self._day(3)), self._last("mandate_changed").facts)
        self._make_holder(self.vice_president, self.vice_user)
        delegation = self._make_delegation(to_function_id=self.vice_president.id)
        self.assertIn("12/2026", self._last("delegation_granted").facts)
        delegation.end_act_number = "13/2026"
        delegation.action_end_today()
        self.assertIn(str(self.today), self._last("delegation_changed").facts)

    def test_confirmations_and_looks_go_in(self):
        regime = self.env["jamaa.legal.regime"].search([], limit=1)
        confirmation = self.env["jamaa.legal.confirmation"].create(
            {
                "regime_id": regime.id,
                "company_id": self.here.id,
                "holder_id": self.president_holder.id,
                "text_read": "Decree 2-17-265, article 7",
            }
        )
        self.assertEqual(self._last("rule_confirmed").res_id, confirmation.id)
        confirmation.action_withdraw()
        self.assertEqual(self._last("rule_withdrawn").res_id, confirmation.id)
        person = self.env["jamaa.complainant"].create({"company_id": self.here.id, "name": "Zineb Essaidi"})
        keeper = self._make_user("t_keeper", "jamaa_base.group_data_protection")
        self.env["jamaa.identity.reveal"].with_user(keeper).create(
            {"complainant_id": person.id, "reason": "She asked for a copy at the counter.", "ask_name": True}
        )
        look = self._last("identity_seen")
        self.assertIn(person.reference, look.facts)
        self.assertEqual(look.user_id, keeper)
        person.with_user(keeper).action_erase()
        self.assertIn(person.reference, self._last("identity_erased").facts)
