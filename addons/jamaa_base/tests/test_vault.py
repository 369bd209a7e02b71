"""The vault: no role finds a name, a telephone, an e-mail or a national id by any way."""

from datetime import timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..models.jamaa_complainant import SECRET_FIELDS
from .common import CommuneCase

IDENTITY = {
    "name": "Fatima Zahra Bennani",
    "national_id": "QX987654",
    "phone": "+212612345678",
    "email": "fatima.zahra@example.org",
    "address": "12, derb Sidi Ahmed",
}
REASON = "The address is unclear, the team must call before the visit"


@tagged("jamaa_vault")
class VaultCase(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.env["jamaa.complainant"].create({"company_id": cls.here.id, **IDENTITY})
        roles = cls.env["res.groups"].search(
            [("privilege_id.category_id", "=", cls.env.ref("jamaa_base.module_category_jamaa").id)]
        )
        cls.personas = {
            "portal": cls._make_user("v_portal", "base.group_portal"),
            "system": cls._make_user("v_system", "base.group_system,base.group_erp_manager,base.group_allow_export"),
            "there": cls._make_user("v_there", "jamaa_base.group_data_protection", company=cls.there),
            "programme": cls._make_user(
                "v_programme", "jamaa_base.group_programme_team", company=cls.programme_company
            ),
        }
        for group in roles - cls.env.ref("jamaa_base.group_programme_team"):
            xmlid = group.get_external_id()[group.id]
            cls.personas[xmlid.partition("group_")[2]] = cls._make_user(
                f"v_{group.id}", f"{xmlid},base.group_allow_export"
            )
        cls.officer = cls.personas["complaint_officer"]
        cls.dpo = cls.personas["data_protection"]

    def ask(self, user, **vals):
        values = {"complainant_id": self.person.id, "reason": REASON, "ask_phone": True, **vals}
        return self.env["jamaa.identity.reveal"].with_user(user).create(values)


@tagged("jamaa_vault")
class TestVaultIsClosed(VaultCase):
    def each(self):
        """The vault as each persona sees it."""
        for name, user in self.personas.items():
            with self.subTest(persona=name):
                self.env.invalidate_all()
                yield self.env["jamaa.complainant"].with_user(user)

    def assertNothing(self, value):
        text = repr(value)
        for secret in IDENTITY.values():
            self.assertNotIn(secret, text)

    def test_there_are_enough_personas(self):
        self.assertGreaterEqual(len(self.personas), 20)

    def test_read(self):
        for vault in self.each():
            for name in (*SECRET_FIELDS, "user_id", "raw_mail"):
                with self.assertRaises(AccessError):
                    vault.browse(self.person.id).read([name])
                with self.assertRaises(AccessError):
                    vault.search_read([], [name])
                with self.assertRaises(AccessError):
                    vault.search([]).mapped(name) if vault.has_access("read") and vault.search([]) else vault.browse(
                        self.person.id
                    )[name]

    def test_read_of_everything_shows_no_secret(self):
        for vault in self.each():
            if vault.has_access("read"):
                self.assertNothing(vault.search([]).read())
                self.assertNothing(vault.search([]).mapped("display_name"))
            self.assertFalse(set(SECRET_FIELDS) & set(vault.fields_get()))

    def test_web_read_and_search_read(self):
        for vault in self.each():
            for specification in ({"email": {}}, {"phone": {}}, {"name": {}}):
                with self.assertRaises(AccessError):
                    vault.web_search_read([], specification)
                with self.assertRaises(AccessError):
                    vault.browse(self.person.id).web_read(specification)

    def test_search_is_no_oracle(self):
        for vault in self.each():
            for domain in (
                [("phone", "=", IDENTITY["phone"])],
                [("name", "ilike", "Fatima")],
                [("email", "!=", False)],
                [("national_id", "=like", "QX%")],
                ["!", ("address", "ilike", "derb")],
                [("user_id.login", "=", "x")],
            ):
                with self.assertRaises(AccessError):
                    vault.search(domain)
                with self.assertRaises(AccessError):
                    vault.search_count(domain)

    def test_search_through_another_model_is_no_oracle(self):
        for name, user in self.personas.items():
            looks = self.env["jamaa.identity.reveal"].with_user(user)
            with self.subTest(persona=name), self.assertRaises(AccessError):
                looks.search([("complainant_id.phone", "=", IDENTITY["phone"])])
            with self.subTest(persona=name), self.assertRaises(AccessError):
                looks.search([("complainant_id", "any", [("email", "ilike", "fatima")])])

    def test_order_is_no_oracle(self):
        for vault in self.each():
            with self.assertRaises(AccessError):
                list(vault.search([], order="phone"))

    def test_grouping(self):
        for vault in self.each():
            for groupby in ("name", "phone", "email", "national_id"):
                with self.assertRaises(AccessError):
                    vault.formatted_read_group([], [groupby], ["__count"])
                with self.assertRaises(AccessError):
                    vault.formatted_read_group([], [], [f"{groupby}:count_distinct"])

    def test_name_search(self):
        for vault in self.each():
            for words in ("Fatima", IDENTITY["phone"], IDENTITY["email"], IDENTITY["national_id"]):
                try:
                    found = vault.name_search(words)
                except AccessError:
                    continue
                self.assertEqual(found, [])

    def test_export(self):
        for vault in self.each():
            for name in SECRET_FIELDS:
                with self.assertRaises(UserError):
                    vault.browse(self.person.id).export_data([name])
            try:
                looks = vault.env["jamaa.identity.reveal"].search([])
                data = looks.export_data(["complainant_id", "reason"])
            except UserError:
                continue
            self.assertNothing(data)

    def test_copy_and_default_get(self):
        for vault in self.each():
            with self.assertRaises(UserError):
                vault.browse(self.person.id).copy()
            try:
                self.assertNothing(vault.default_get(list(vault._fields)))
            except AccessError:
                pass

    def test_nobody_writes_or_deletes(self):
        for vault in self.each():
            record = vault.browse(self.person.id)
            for operation in ("write", "unlink"):
                self.assertFalse(record.has_access(operation))
            self.assertFalse(vault.has_access("create"))
            with self.assertRaises(AccessError):
                record.write({"phone": "0"})

    def test_other_commune_and_programme_see_no_pseudonym_either(self):
        for name in ("there", "programme", "portal"):
            vault = self.env["jamaa.complainant"].with_user(self.personas[name])
            with self.subTest(persona=name):
                try:
                    self.assertFalse(vault.search([("id", "=", self.person.id)]))
                except AccessError:
                    pass

    def test_pseudonym_says_nothing(self):
        self.assertRegex(self.person.reference, r"^P-[2-9A-HJ-NP-Z]{8}$")
        self.assertEqual(self.person.display_name, self.person.reference)
        other = self.env["jamaa.complainant"].create({"company_id": self.here.id, **IDENTITY})
        self.assertNotEqual(other.reference, self.person.reference)


@tagged("jamaa_vault")
class TestReveal(VaultCase):
    def test_values_for_the_one_who_asked_and_what_was_asked(self):
        look = self.ask(self.dpo)
        self.assertTrue(look.shown)
        self.assertEqual(look.value_name, IDENTITY["name"])
        self.assertEqual(look.value_phone, IDENTITY["phone"])
        self.assertFalse(look.value_email)
        self.assertFalse(look.value_national_id)

    def test_not_for_another_not_even_who_oversees(self):
        other = self._make_user("v_dpo2", "jamaa_base.group_data_protection")
        look = self.ask(self.dpo)
        seen = look.with_user(other)
        self.assertEqual(seen.reason, REASON)
        self.assertFalse(seen.shown)
        self.assertFalse(seen.value_name)
        self.assertFalse(seen.value_phone)
        self.assertFalse(look.with_user(self.personas["auditor"]).value_name)

    def test_for_a_quarter_of_an_hour(self):
        look = self.ask(self.dpo)
        start = look.create_date
        with freeze_time(start + timedelta(minutes=14)):
            look.invalidate_recordset()
            self.assertEqual(look.value_name, IDENTITY["name"])
        with freeze_time(start + timedelta(minutes=15, seconds=1)):
            look.invalidate_recordset()
            self.assertFalse(look.value_name)
            self.assertFalse(look.shown)

    def test_the_form_asks_and_shows(self):
        action = self.person.with_user(self.dpo).action_ask_reveal()
        looks = self.env["jamaa.identity.reveal"].with_user(self.dpo).with_context(action["context"])
        with Form(looks) as form:
            form.reason = REASON
            form.ask_email = True
        look = form.record
        shown = self.env["jamaa.identity.reveal"].with_user(self.dpo).browse(look.action_show()["res_id"])
        self.assertEqual(shown.value_email, IDENTITY["email"])
        self.assertFalse(shown.value_phone)

    def test_reason_is_a_sentence(self):
        for reason in ("", " ", ".", "because", ". . . . . . . . . .", "\n" * 40):
            with self.subTest(reason=reason), self.assertRaises(ValidationError):
                self.ask(self.dpo, reason=reason)
        with self.assertRaises(ValidationError):
            self.ask(self.dpo, ask_name=False, ask_phone=False)

    def test_who_may_ask_without_a_record_that_says_so(self):
        for name, user in self.personas.items():
            if name == "data_protection":
                continue
            with self.subTest(persona=name), self.assertRaises(AccessError):
                self.ask(user)

    def test_the_log_cannot_be_forged(self):
        look = self.ask(self.dpo, user_id=self.officer.id, company_id=self.there.id, create_date="2020-01-01 00:00:00")
        self.assertEqual(look.user_id, self.dpo)
        self.assertEqual(look.company_id, self.here)
        self.assertGreater(look.create_date, fields.Datetime.now() - timedelta(minutes=5))

    @mute_logger("odoo.models.unlink")
    def test_the_log_is_append_only_for_everybody(self):
        look = self.ask(self.dpo)
        for row in (
            look,
            look.with_user(self.personas["administrator"]),
            look.with_user(self.personas["system"]),
            look.sudo(),
        ):
            for call in (
                lambda row=row: row.write({"reason": "Another reason altogether"}),
                lambda row=row: row.write({"user_id": 1}),
                row.unlink,
                row.copy,
            ):
                with self.assertRaises(UserError):
                    call()
        self.assertTrue(look.exists())
        self.assertEqual(look.reason, REASON)

    def test_identity_with_a_log_cannot_be_deleted(self):
        self.ask(self.dpo)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.person.unlink()
            self.env.flush_all()

    def test_values_are_not_searched_nor_exported(self):
        look = self.ask(self.dpo)
        for name in ("value_name", "value_phone", "value_email"):
            with self.assertRaises(ValueError), mute_logger("odoo.fields", "odoo.orm"):
                self.env["jamaa.identity.reveal"].with_user(self.dpo).search([(name, "ilike", "a")])
            self.assertFalse(look.fields_get([name])[name]["exportable"])

    def test_own_looks_only(self):
        mine = self.ask(self.dpo)
        looks = self.env["jamaa.identity.reveal"]
        self.assertFalse(looks.with_user(self.officer).search([("id", "=", mine.id)]))
        self.assertTrue(looks.with_user(self.personas["auditor"]).search([("id", "=", mine.id)]))
        self.assertFalse(looks.with_user(self.personas["there"]).search([("id", "=", mine.id)]))


@tagged("jamaa_vault")
class TestVaultMails(VaultCase):
    def send(self, **options):
        # Somebody of the staff presses the button; the code goes on under sudo.
        person = self.person.with_user(self.officer).sudo()
        return person._send_mail("Your complaint\r\nBcc: x@example.org", "We have answered.", **options)

    def mail(self):
        return self.env["mail.mail"].search([("vault_id", "=", self.person.id)])

    def test_queued_and_addressed(self):
        self.assertTrue(self.send(attachments=[("a.pdf", b"%PDF-1.4")]))
        mail = self.mail()
        self.assertEqual(mail.state, "outgoing")
        self.assertIn(IDENTITY["email"], mail.email_to)
        self.assertNotIn("\n", mail.subject)
        self.assertTrue(mail.auto_delete)
        self.assertFalse(mail.model)
        self.assertFalse(mail.recipient_ids)

    def test_closed_to_every_role(self):
        self.send()
        mail = self.mail()
        message = mail.mail_message_id
        for name, user in self.personas.items():
            self.env.invalidate_all()
            with self.subTest(persona=name):
                try:
                    self.assertFalse(self.env["mail.mail"].with_user(user).search([("email_to", "ilike", "fatima")]))
                except AccessError:
                    pass
                with self.assertRaises(AccessError):
                    mail.with_user(user).read(["email_to", "body_html"])
                with self.assertRaises(AccessError):
                    message.with_user(user).read(["body", "subject"])
                messages = self.env["mail.message"].with_user(user)
                self.assertFalse(messages.search([("id", "=", message.id)]))

    def test_no_address_no_mail(self):
        self.person.email = False
        self.assertFalse(self.send())
        self.assertFalse(self.mail())


@tagged("jamaa_vault")
class TestErase(VaultCase):
    def test_erase_leaves_the_pseudonym(self):
        self.person._send_mail("Hello", "Words")
        self.person._erase()
        for name in SECRET_FIELDS:
            self.assertFalse(self.person[name])
        self.assertTrue(self.person.reference)
        self.assertTrue(self.person.erased_on)
        self.assertFalse(self.env["mail.mail"].search([("vault_id", "=", self.person.id)]))
        self.assertFalse(self.person._send_mail("Hello", "Words"))

    def test_nothing_of_it_is_left_in_the_database(self):
        look = self.ask(self.dpo)
        self.person._send_mail("Hello", "Words", attachments=[("a.pdf", b"%PDF")])
        self.person._erase()
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT table_name, column_name FROM information_schema.columns
               WHERE table_schema = 'public' AND data_type IN ('text', 'character varying', 'jsonb')
               AND (table_name LIKE 'jamaa%%' OR table_name LIKE 'mail%%')"""
        )
        for table, column in self.env.cr.fetchall():
            for secret in (IDENTITY["email"], IDENTITY["phone"], IDENTITY["national_id"]):
                self.env.cr.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}"::text LIKE %s', [f"%{secret}%"])
                self.assertEqual(self.env.cr.fetchone()[0], 0, f"{table}.{column}")
        look.invalidate_recordset()
        self.assertFalse(look.value_name)

    def test_only_the_data_protection_contact_erases_by_hand(self):
        for name, user in self.personas.items():
            if name == "data_protection":
                continue
            with self.subTest(persona=name), self.assertRaises(AccessError):
                self.person.with_user(user).action_erase()
        self.assertEqual(self.person.name, IDENTITY["name"])
        self.person.with_user(self.dpo).action_erase()
        self.assertFalse(self.person.name)
        self.assertEqual(self.person.erased_by, self.dpo)

    def test_time_of_retention(self):
        self.here.identity_retention_months = 6
        self.person._keep_for(self.today)
        self.assertGreater(self.person.keep_until, self._day(150))
        self.here.identity_retention_months = 0
        self.person._keep_for(self.today)
        self.assertFalse(self.person.keep_until)

    def test_cron_erases_what_is_past_its_time(self):
        later, never = (
            self.env["jamaa.complainant"].create({"company_id": self.here.id, **IDENTITY}) for _n in range(2)
        )
        self.person.keep_until = self._day(-1)
        later.keep_until = self._day(0)
        with self.enter_registry_test_mode():
            self.env.ref("jamaa_base.cron_erase_identities").method_direct_trigger()
        self.assertTrue(self.person.erased_on)
        self.assertFalse(later.erased_on)
        self.assertFalse(never.erased_on)
