"""At the counter: told words, somebody else's voice, letters, functions, lost codes, consents."""

import base64
import io

from lxml import etree
from psycopg2.errors import UniqueViolation
from pypdf import PdfWriter

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.jamaa_base.models.jamaa_public_reference import FollowProblem

from ..tools.filed_papers import Paper
from ..tools.same_person import same
from .common import FACTS, IDENTITY, ComplaintCase

OGG = b"OggS" + b"\0" * 60


def pdf():
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


class CounterCase(ComplaintCase):
    def _wizard(self, user, **vals):
        return (
            self.env["jamaa.complaint.counter"]
            .with_user(user)
            .with_context(allowed_company_ids=user.company_ids.ids)
            .create({"company_id": self.here.id, "facts": FACTS, **IDENTITY, **vals})
        )

    def _codes(self, case=None):
        return (case if case is not None else self.case).sudo().milestone_ids.mapped("code")

    def _entry(self, company=None, **vals):
        values = {"correspondent": "Somebody", "subject": "A lamp", "date": self._day(-4), "direction": "incoming"}
        return self.env["jamaa.mail.entry"].create({**values, "company_id": (company or self.here).id, **vals})

    def _recode(self, user, **vals):
        values = {"company_id": user.company_id.id, "case_number": self.case.case_number, "seen": "national_card"}
        return (
            self.env["jamaa.complaint.recode"]
            .with_user(user)
            .with_context(allowed_company_ids=user.company_ids.ids)
            .create({**values, **vals})
        )

    def _right(self):
        return {"name": "ESSAÏDI Zineb", "national_id": "zx 998877"}

    def _consent(self, user, case=None, **vals):
        case = case if case is not None else self.case
        values = {"case_id": case.id, "kind": "association", "name": "Association Nour", "phone": "0535000000"}
        wizard = (
            self.env["jamaa.complaint.consent"]
            .with_user(user)
            .with_context(allowed_company_ids=user.company_ids.ids)
            .create({**values, "scan": base64.b64encode(pdf()), **vals})
        )
        wizard.action_give()
        return case.mandate_ids[:1]


@tagged("post_install", "-at_install")
class TestOral(CounterCase):
    def test_told_words_are_read_back_before_they_are_registered(self):
        wizard = self._wizard(self.receptionist, is_oral=True)
        wizard.action_lodge()
        self.assertEqual(wizard.state, "readback")
        self.assertFalse(wizard.case_id)
        with self.assertRaises(ValidationError):
            wizard.action_lodge()
        wizard.oral_confirmed_how = "signature"
        wizard.action_lodge()
        case = wizard.case_id.sudo()
        self.assertTrue(case.is_oral and case.oral_confirmed_on)
        self.assertEqual(case.oral_confirmed_how, "signature")
        self.assertIn("read_back", self._codes(case))
        self.assertTrue(case.milestone_ids.filtered(lambda m: m.code == "read_back").is_public)

    def test_the_form_asks_whether_it_was_told(self):
        arch = etree.fromstring(self.env["jamaa.complaint.counter"].get_view(view_type="form")["arch"])
        [asked] = arch.xpath("//field[@name='is_oral']")
        shown = [node.get("invisible") for node in asked.iterancestors("div") if node.get("invisible")]
        self.assertEqual(shown, ["state != 'entry'"])

    def test_read_back_words_can_be_changed_before_they_are_approved(self):
        """A field that the client requires would hold the button back."""
        arch = etree.fromstring(self.env["jamaa.complaint.counter"].get_view(view_type="form")["arch"])
        for name in ("oral_confirmed_how", "oral_witness"):
            [field] = arch.xpath(f"//field[@name='{name}']")
            self.assertFalse(field.get("required"))

    def test_changed_words_are_read_back_again(self):
        wizard = self._wizard(self.receptionist, is_oral=True)
        wizard.action_lodge()
        wizard.write({"oral_confirmed_how": "signature", "facts": "Something else."})
        self.assertEqual(wizard.state, "entry")
        self.assertFalse(wizard.case_id)

    def test_a_witness_is_named_by_function(self):
        wizard = self._wizard(self.receptionist, is_oral=True)
        wizard.action_lodge()
        wizard.oral_confirmed_how = "witness"
        with self.assertRaises(ValidationError):
            wizard.action_lodge()
        wizard.oral_witness = "Head of reception"
        wizard.action_lodge()
        self.assertEqual(wizard.case_id.sudo().oral_witness, "Head of reception")

    def test_nobody_signs_by_phone(self):
        wizard = self._wizard(self.receptionist, is_oral=True, channel="phone")
        wizard.action_lodge()
        wizard.oral_confirmed_how = "signature"
        with self.assertRaises(UserError):
            wizard.action_lodge()

    def test_the_core_asks_for_the_approval_whatever_the_door(self):
        with self.assertRaises(ValidationError):
            self._lodge(is_oral=True)

    def test_what_was_approved_is_a_fact(self):
        case = self._lodge(is_oral=True, oral_confirmed_how="signature")
        with self.assertRaises(UserError):
            case.write({"oral_confirmed_how": "witness"})
        with self.assertRaises(AccessError):
            self._as(self.officer).write({"is_oral": True})

    def test_voice_note_is_sniffed_and_kept_with_the_case(self):
        wizard = self._wizard(
            self.receptionist,
            is_oral=True,
            oral_confirmed_how="signature",
            state="readback",
            voice_note=base64.b64encode(OGG),
            voice_name="Zineb.ogg",
        )
        wizard.action_lodge()
        note = wizard.case_id.sudo().voice_note_id
        self.assertEqual((note.name, note.mimetype, note.raw), ("voice.ogg", "audio/ogg", OGG))
        self.assertEqual(note.res_id, wizard.case_id.id)
        self.assertFalse(wizard.voice_note)
        for content in (b"<html><script>alert(1)</script>", b"\x1a\x45\xdf\xa3 matroska"):
            with self.assertRaisesRegex(UserError, "voice note"):
                self._wizard(
                    self.receptionist,
                    is_oral=True,
                    oral_confirmed_how="signature",
                    state="readback",
                    voice_note=base64.b64encode(content),
                ).action_lodge()

    def test_voice_note_is_read_by_who_reads_the_case(self):
        case = self._lodge(is_oral=True, oral_confirmed_how="signature", voice_note=Paper(OGG, "audio/ogg", "ogg"))
        note = case.voice_note_id
        self.assertEqual(self._as(self.officer, note).raw, OGG)
        self.assertIn("download=true", self._as(self.officer, case).action_open_voice_note()["url"])
        for user in (self.agent, self.officer_there, self.portal_user):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self._as(user, note).read(["raw"])
                with self.assertRaises(AccessError):
                    self._as(user, case).action_open_voice_note()
        with self.assertRaises(UserError):
            self._as(self.officer, note).unlink()

    def test_the_fingerprint_covers_the_voice(self):
        told = {"is_oral": True, "oral_confirmed_how": "signature"}
        one = self._lodge(**told, voice_note=Paper(OGG, "audio/ogg", "ogg"))
        two = self._lodge(**told, voice_note=Paper(OGG + b"1", "audio/ogg", "ogg"))
        self.assertNotEqual(one.filed_digest, two.filed_digest)

    def test_voice_and_scan_go_with_the_identity(self):
        case = self._lodge(is_oral=True, oral_confirmed_how="signature", voice_note=Paper(OGG, "audio/ogg", "ogg"))
        note = case.voice_note_id
        case.complainant_id._erase()
        self.assertFalse(note.exists())

    def test_who_brought_it_is_in_the_vault(self):
        wizard = self._wizard(
            self.receptionist,
            on_behalf=True,
            behalf_capacity="neighbour",
            bringer_name="Driss Alaoui",
            bringer_phone="+212655443322",
        )
        wizard.action_lodge()
        case = wizard.case_id.sudo()
        self.assertEqual(case.behalf_capacity, "neighbour")
        self.assertEqual(case.bringer_id.name, "Driss Alaoui")
        self.assertFalse(wizard.bringer_name or wizard.bringer_phone)
        self.env.flush_all()
        for table in ("helpdesk_ticket", "jamaa_complaint_counter", "jamaa_complaint_milestone"):
            self.env.cr.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE '%Driss Alaoui%'")
            self.assertEqual(self.env.cr.fetchone()[0], 0, table)
        with self.assertRaises(AccessError):
            self._as(self.officer, case).read(["bringer_id"])
        self.assertEqual(
            self._as(self.officer, case).action_reveal_bringer()["context"],
            {"default_complainant_id": case.bringer_id.id},
        )
        with self.assertRaises(AccessError):
            self._as(self.receptionist, case).action_reveal_bringer()
        self.assertIn("Driss Alaoui", case.bringer_id.name)
        case._start_retention()
        self.assertEqual(case.bringer_id.keep_until, case.complainant_id.keep_until)


@tagged("post_install", "-at_install")
class TestLetter(CounterCase):
    def test_a_letter_is_registered_with_the_case(self):
        wizard = self._wizard(self.receptionist, channel="other", letter_scan=base64.b64encode(pdf()))
        wizard.action_lodge()
        case = wizard.case_id.sudo()
        entry = case.mail_entry_in_id
        self.assertEqual((entry.direction, entry.company_id), ("incoming", self.here))
        self.assertEqual((entry.res_model, entry.res_id), ("helpdesk.ticket", case.id))
        self.assertNotIn(IDENTITY["name"], entry.correspondent + entry.subject)
        self.assertEqual(case.paper_scan_id.mimetype, "application/pdf")
        self.assertEqual(case.channel_id, self.env.ref("jamaa_complaints.channel_letter"))
        self.assertEqual(self._as(self.officer, case).mail_in_number, entry.number_display)
        with self.assertRaises(AccessError):
            self._as(self.officer, case).read(["mail_entry_in_id"])

    def test_the_limit_runs_from_the_day_of_the_registry(self):
        entry = self._entry()
        wizard = self._wizard(self.receptionist, channel="other", mail_number=entry.number_display)
        wizard.action_lodge()
        case = wizard.case_id.sudo()
        self.assertEqual(case.mail_entry_in_id, entry)
        self.assertEqual(case.legal_receipt_date, self._day(-4))
        page = case._case_page("fr")
        self.assertTrue(page["entered"])
        self.assertEqual(page["mail_number"], entry.number_display)
        self.assertFalse(self.case._case_page("fr")["entered"])

    def test_a_letter_opens_one_case(self):
        entry = self._entry()
        self._wizard(self.receptionist, channel="other", mail_number=entry.number_display).action_lodge()
        with self.assertRaises(UserError):
            self._wizard(self.receptionist, channel="other", mail_number=entry.number_display).action_lodge()
        with self.assertRaisesRegex(UserError, "no incoming letter"):
            self._wizard(self.receptionist, channel="other", mail_number="99999/2026").action_lodge()

    def test_the_database_keeps_one_case_per_letter(self):
        entry = self._entry()
        first = self._lodge(by_letter=True, mail_entry_in=entry)
        second = self._lodge()
        self.assertEqual(first.mail_entry_in_id, entry)
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            second.mail_entry_in_id = entry
            self.env.flush_all()

    def test_letters_that_cannot_open_a_case(self):
        outgoing = self._entry(direction="outgoing")
        elsewhere = self._entry(company=self.there)
        for entry in (outgoing, elsewhere):
            with self.subTest(entry=entry.direction), self.assertRaises(UserError):
                self._lodge(by_letter=True, mail_entry_in=entry)

    def test_from_the_book_to_the_wizard(self):
        entry = self._entry()
        both = self._make_user("t_both", "jamaa_base.group_registry_clerk,jamaa_base.group_reception_agent")
        action = self._as(both, entry).action_open_complaint()
        wizard = (
            self.env["jamaa.complaint.counter"]
            .with_user(both)
            .with_context(allowed_company_ids=self.here.ids, **action["context"])
            .create({"facts": FACTS, **IDENTITY})
        )
        wizard.action_lodge()
        self.assertEqual(wizard.case_id.sudo().mail_entry_in_id, entry)
        with self.assertRaises(AccessError):
            self._as(self.clerk, self._entry()).action_open_complaint()
        with self.assertRaises(AccessError):
            self._as(self.receptionist, self._entry()).action_open_complaint()

    def test_a_scan_is_looked_into(self):
        for content in (b"%PDF-1.7 nothing of the sort", b"MZ\x90\0", b"<svg/>"):
            with self.subTest(content=content), self.assertRaises(UserError):
                self._wizard(self.receptionist, channel="other", letter_scan=base64.b64encode(content)).action_lodge()


@tagged("post_install", "-at_install")
class TestUnitFunctions(CounterCase):
    def _prepared(self, code):
        return self.env["jamaa.function"].search([("company_id", "=", self.here.id), ("code", "=", code)])

    def test_they_come_with_the_commune(self):
        head, deputy = self._prepared("complaint_head"), self._prepared("complaint_deputy")
        self.assertEqual((len(head), len(deputy)), (1, 1))
        self.assertEqual(deputy.parent_id, head)
        self.here._prepare_commune()
        self.assertEqual(self._prepared("complaint_head"), head)

    def test_what_stands_ready_is_filled_in(self):
        head = self._prepared("complaint_head")
        named = self._make_function("complaint_head", name="Cheffe de l'unité")
        self.assertEqual(named, head)
        self.assertEqual(head.name, "Cheffe de l'unité")
        both = self.env["jamaa.function"].create(
            [
                {"name": "Other", "code": "other", "company_id": self.here.id},
                {"name": "Deputy", "code": "complaint_deputy", "company_id": self.here.id},
            ]
        )
        self.assertEqual(both.mapped("code"), ["other", "complaint_deputy"])
        with self.assertRaises(AccessError):
            self.env["jamaa.function"].with_user(self.agent).create(
                {"name": "Mine", "code": "complaint_head", "company_id": self.there.id}
            )

    def test_who_leads_the_unit(self):
        self.assertFalse(self.here._complaint_unit_head())
        self._make_holder(self._prepared("complaint_deputy"), self.agent)
        self.assertEqual(self.here._complaint_unit_head(), self.agent)
        head = self._prepared("complaint_head")
        self._make_holder(head, self.colleague, role="stand_in")
        self.assertEqual(self.here._complaint_unit_head(), self.colleague)
        self._make_holder(head, self.officer)
        self.assertEqual(self.here._complaint_unit_head(), self.officer)
        self.assertFalse(self.there._complaint_unit_head())


@tagged("post_install", "-at_install")
class TestLostCode(CounterCase):
    def test_a_new_code_voids_the_old(self):
        case = self.case
        code, token, pin = case.public_code, case.access_token, case._public_pin()
        wizard = self._recode(self.receptionist, **self._right())
        wizard.action_replace()
        self.assertEqual(wizard.state, "done")
        self.assertNotEqual(case.public_code, code)
        self.assertFalse(self.Ticket._find_by_token(token))
        self.assertEqual(self.Ticket._find_by_token(case.access_token), case)
        with self.assertRaises(FollowProblem):
            self.Ticket._find_by_code(code, pin, "address")
        self.assertEqual(self.Ticket._find_by_code(case.public_code, case._public_pin(), "address"), case)
        self.assertTrue(base64.b64decode(wizard.slip).startswith(b"%PDF"))
        self.assertFalse(any(wizard[name] for name in IDENTITY))
        fact = case.milestone_ids.filtered(lambda m: m.code == "code_replaced")
        self.assertTrue(fact.is_public)
        self.assertEqual(fact.user_id, self.receptionist)
        entry = self.env["jamaa.register.entry"].search(
            [("kind_code", "=", "case_code_replaced"), ("res_id", "=", case.id)]
        )
        self.assertEqual(len(entry), 1)

    def test_who_is_not_proved_gets_nothing(self):
        code = self.case.public_code
        wrong = [
            {"name": "Somebody Else", "national_id": "ZX998877"},
            {"name": IDENTITY["name"], "national_id": "ZX000000"},
            {"name": IDENTITY["name"]},
            {"seen": "family_booklet", "name": "Zineb"},
            {"seen": "two_facts", "name": IDENTITY["name"]},
            {"seen": "two_facts", "name": IDENTITY["name"], "phone": "0600000000"},
        ]
        for vals in wrong[:5]:
            with self.subTest(vals=vals):
                wizard = self._recode(self.officer, **vals)
                wizard.action_replace()
                self.assertEqual(wizard.state, "refused")
                self.assertFalse(wizard.name or wizard.slip)
        self.assertEqual(self.case.public_code, code)
        self.assertEqual(self._codes().count("code_refused"), 5)
        # five wrong tries: not even the right words today
        with self.assertRaisesRegex(UserError, "too many"):
            self._recode(self.officer, **self._right()).action_replace()

    def test_two_facts_and_none_wrong(self):
        said = {"seen": "two_facts", "name": IDENTITY["name"], "phone": "06 12 34 56 78"}
        wizard = self._recode(self.officer, **said, email="other@example.org")
        wizard.action_replace()
        self.assertEqual(wizard.state, "refused")
        wizard = self._recode(self.officer, **said)
        wizard.action_replace()
        self.assertEqual(wizard.state, "done")

    def test_unknown_locked_and_anonymous_look_alike(self):
        anonymous = self._lodge(identity={}, kind="report")
        self.case.locked_user_ids = self.officer
        for number in ("2026-99999", self.case.case_number, anonymous.case_number):
            with self.subTest(number=number):
                wizard = self._recode(self.officer, case_number=number, **self._right())
                wizard.action_replace()
                self.assertEqual(wizard.state, "refused")

    def test_who_may_not(self):
        for user in (self.agent, self.director_user, self.portal_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._recode(user, **self._right()).action_replace()
        wizard = self._recode(self.officer_there, **self._right())
        wizard.action_replace()
        self.assertEqual(wizard.state, "refused")
        with self.assertRaises(AccessError):
            self._recode(self.officer_there, company_id=self.here.id, **self._right()).action_replace()

    def test_one_and_the_same_person(self):
        for fact, left, right in (
            ("name", "أحمد  العلوي", "العلوى احمد"),
            ("name", "Aït-Saïd Fatima", "fatima ait said"),
            ("phone", "+212 612-345678", "٠٦١٢٣٤٥٦٧٨"),
            ("national_id", "zx 99.8877", "ZX998877"),
        ):
            self.assertTrue(same(fact, left, right), left)
        for fact, left, right in (("name", "Fatima", "Fatima Said"), ("name", "", ""), ("phone", "0612", "0612345678")):
            self.assertFalse(same(fact, left, right), left)


@tagged("post_install", "-at_install")
class TestMandate(CounterCase):
    def test_an_association_follows_by_a_code_of_its_own(self):
        mandate = self._consent(self.officer)
        self.assertEqual(mandate.complainant_id.name, "Association Nour")
        self.assertNotEqual(mandate.access_token, self.case.access_token)
        self.assertEqual(self.env["jamaa.complaint.mandate"]._find_by_token(mandate.access_token), mandate)
        page = str(mandate._mandate_page("fr"))
        for secret in (self.case.access_token, self.case.public_code, self.case._public_pin(), "Zineb", "satisfaction"):
            self.assertNotIn(secret, page)
        self.assertIn(FACTS, page)
        self.assertIn("mandate_given", self._codes())
        self.assertEqual(len(self.case._case_page("fr")["followers"]), 1)
        self.assertNotIn("Nour", str(self.case._case_page("fr")))
        self.env.flush_all()
        for table in ("jamaa_complaint_mandate", "jamaa_complaint_consent", "jamaa_complaint_milestone"):
            self.env.cr.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE '%Nour%'")
            self.assertEqual(self.env.cr.fetchone()[0], 0, table)

    def test_withdrawn_at_once_void(self):
        mandate = self._consent(self.officer)
        token, code, pin = mandate.access_token, mandate.public_code, mandate._public_pin()
        self._as(self.officer, mandate).action_withdraw()
        model = self.env["jamaa.complaint.mandate"]
        self.assertFalse(model._find_by_token(token))
        self.assertFalse(model._find_by_token(mandate.access_token))
        with self.assertRaises(FollowProblem):
            model._find_by_code(code, pin, "address")
        self.assertFalse(self.case._case_page("fr")["followers"])
        self.assertIn("mandate_withdrawn", self._codes())
        with self.assertRaises(UserError):
            self._as(self.officer, mandate).action_print()
        kinds = self.env["jamaa.register.entry"].search([("res_id", "=", self.case.id)]).mapped("kind_code")
        self.assertIn("case_mandate_given", kinds)
        self.assertIn("case_mandate_withdrawn", kinds)

    def test_it_ends_on_its_day(self):
        mandate = self._consent(self.officer, until=self._day(3))
        self.env.cr.execute(
            "UPDATE jamaa_complaint_mandate SET consent_on = %s, until = %s WHERE id = %s",
            (self._day(-9), self._day(-1), mandate.id),
        )
        self.env.invalidate_all()
        self.assertFalse(self.env["jamaa.complaint.mandate"]._find_by_token(mandate.access_token))

    def test_what_a_consent_needs(self):
        with self.assertRaises(ValidationError):
            self._consent(self.officer, scan=False)
        with self.assertRaises(ValidationError):
            self._consent(self.officer, consent_on=self._day(2))
        self.assertTrue(self._consent(self.officer, kind="trusted", scan=False))

    def test_a_consent_is_a_fact(self):
        mandate = self._consent(self.officer)
        with self.assertRaises(UserError):
            mandate.write({"kind": "lawyer"})
        with self.assertRaises(UserError):
            mandate.unlink()
        with self.assertRaises(AccessError):
            self._as(self.officer, mandate).write({"withdrawn_on": self.today})

    def test_who_may_not(self):
        mandate = self._consent(self.officer)
        self._as(self.officer).action_assign_proposed()
        self.assertTrue(self._as(self.agent, mandate).has_access("read"))
        for user in (self.agent, self.director_user):
            with self.subTest(user=user.login):
                for call in ("action_withdraw", "action_print", "_public_pin"):
                    with self.assertRaises(AccessError):
                        getattr(self._as(user, mandate), call)()
                with self.assertRaises(AccessError):
                    self._consent(user)
        for user in (self.other_agent, self.officer_there, self.portal_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user, mandate).read(["kind"])
        self.case.locked_user_ids = self.officer
        with self.assertRaises(AccessError):
            self._as(self.officer, mandate).read(["kind"])

    def test_reading_out_is_noted(self):
        self._as(self.officer).action_read_out()
        self.assertIn("read_out", self._codes())
        with self.assertRaises(AccessError):
            self._as(self.officer).action_read_out_answer()
        for user in (self.agent, self.officer_there, self.receptionist, self.portal_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user).action_read_out()
        self.case.answer_state = "sent"
        self._as(self.officer).action_read_out_answer()
        self.assertIn("answer_read_out", self._codes())
