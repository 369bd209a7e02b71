"""Acts: visas by function, a signature only by who may, one number, nothing clicked is a signature."""

import base64

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CommuneCase

PDF = b"%PDF-1.7 a text"
SCAN = b"%PDF-1.7 the scan"


@tagged("post_install", "-at_install")
class TestAct(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Act = cls.env["jamaa.act"]
        cls.head_user = cls._make_user("t_head", "jamaa_base.group_service_head")
        cls.head = cls._make_function("service_head", name="Roads")
        cls._make_holder(cls.head, cls.head_user)
        cls.director_holder = cls._make_holder(cls.director, cls.director_user)
        cls.vice_holder = cls._make_holder(cls.vice_president, cls.vice_user)
        cls.order = cls.env.ref("jamaa_base.act_kind_order")
        for rank, function in enumerate((cls.head, cls.director)):
            cls.env["jamaa.act.path"].create(
                {
                    "company_id": cls.here.id,
                    "kind_id": cls.letter.id,
                    "function_id": function.id,
                    "sequence": rank,
                }
            )
        cls.author = cls._make_user("t_author", "jamaa_base.group_complaint_officer")
        cls.act = cls._write_act()

    @classmethod
    def _write_act(cls, user=None, kind=None, company=None, **vals):
        values = {
            "title": "Works in Main street",
            "kind_id": (kind or cls.letter).id,
            "document": base64.b64encode(PDF),
        }
        return cls.Act.with_user(user or cls.author).create({**values, "company_id": (company or cls.here).id, **vals})

    def _to_sign(self, act=None):
        act = act or self.act
        act.action_submit()
        act.with_user(self.head_user).action_give_visa()
        act.with_user(self.director_user).action_give_visa()
        return act

    def _sign(self, act, signer, user=None, day=0, **more):
        act.with_user(user or self.clerk)._sign(signer, self._day(day), **more)

    # ---------- visas ----------

    def test_visas_come_in_order_by_function(self):
        self.act.action_submit()
        self.assertEqual((self.act.state, self.act.next_function_id), ("visas", self.head))
        self.assertEqual(self.act.activity_ids.user_id, self.head_user)
        with self.assertRaises(UserError):
            self.act.with_user(self.director_user).action_give_visa()
        self.act.with_user(self.head_user).action_give_visa()
        self.assertEqual(self.act.next_function_id, self.director)
        self.assertIn(self.act, self.Act.with_user(self.director_user).search([("waits_for_me", "=", True)]))
        self.act.with_user(self.director_user).action_give_visa()
        self.assertEqual(self.act.state, "to_sign")
        self.assertFalse(self.act.number, "a visa gives no number")

    def test_a_stand_in_gives_visas_and_signs_nothing(self):
        stand_in = self._make_user("t_stand_in", "jamaa_base.group_president")
        self._make_holder(self.head, stand_in, role="stand_in")
        holder = self._make_holder(self.president, stand_in, role="stand_in")
        self.act.action_submit()
        self.act.with_user(stand_in).action_give_visa()
        self.act.with_user(self.director_user).action_give_visa()
        with self.assertRaises(UserError):
            self._sign(self.act, holder, stand_in)

    def test_the_author_gives_no_visa_in_a_standard_commune(self):
        act = self._write_act(self.head_user)
        act.action_submit()
        with self.assertRaises(UserError):
            act.with_user(self.head_user).action_give_visa()

    def test_a_text_sent_back_goes_round_again(self):
        self.act.action_submit()
        self.act.with_user(self.head_user).action_give_visa()
        with self.assertRaises(UserError):
            self.act.with_user(self.head_user)._send_back("not my turn any more")
        self.act.with_user(self.director_user)._send_back("The date is wrong")
        self.assertEqual(self.act.state, "draft")
        self.act.with_user(self.author).write({"document": base64.b64encode(PDF + b" better")})
        self.act.with_user(self.author).action_submit()
        self.assertEqual(self.act.next_function_id, self.head, "the first visa was for another text")
        self.assertEqual(self.act.visa_round, 2)

    def test_the_text_rests_while_it_is_read(self):
        self.act.action_submit()
        for vals in ({"title": "Else"}, {"document": False}, {"kind_id": self.order.id}, {"state": "signed"}):
            with self.assertRaises(UserError):
                self.act.with_user(self.author).write(vals)
        with self.assertRaises(UserError):
            self.act.visa_ids[0].with_user(self.author).sudo(False).write({"state": "given"})
        with self.assertRaises(UserError):
            self.act.with_user(self.author).unlink()

    def test_without_a_path_it_goes_to_be_signed(self):
        act = self._write_act(kind=self.order)
        act.action_submit()
        self.assertEqual(act.state, "to_sign")

    def test_a_text_is_a_pdf(self):
        with self.assertRaises(ValidationError):
            self._write_act(document=base64.b64encode(b"MZ program"))
        with self.assertRaises(UserError):
            self._write_act(document=False).action_submit()

    # ---------- who signs ----------

    def test_the_president_signs_and_the_number_comes_then(self):
        self._to_sign()
        self._sign(self.act, self.president_holder, self.president_user, stamped=True)
        self.assertEqual((self.act.state, self.act.signature_kind), ("signed", "hand"))
        # sudo: jamaa.mail.entry - the author of an act does not read the registry
        entry = self.act.sudo().mail_entry_id
        self.assertEqual((self.act.number, entry.direction), (entry.number_display, "outgoing"))
        self.assertEqual(self.act.signed_under, self.president_holder)

    def test_a_delegation_works_in_its_dates_and_scope_only(self):
        delegation = self._make_delegation(
            to_function_id=self.vice_president.id, act_kind_ids=[(6, 0, self.letter.ids)]
        )
        self._to_sign()
        for day in (-15, 0 - 11):
            with self.subTest(day), self.assertRaises(UserError):
                self._sign(self.act, self.vice_holder, self.vice_user, day)
        order = self._write_act(kind=self.order)
        order.action_submit()
        with self.assertRaises(UserError):
            self._sign(order, self.vice_holder, self.vice_user, typed_number="4/2026")
        self._sign(self.act, self.vice_holder, self.vice_user, -2)
        self.assertEqual(self.act.signed_under, delegation)
        self.assertIn("12/2026", self.act.signed_capacity)

    def test_a_delegation_that_ended_or_lost_its_giver_signs_nothing(self):
        delegation = self._make_delegation(
            to_function_id=self.vice_president.id, act_kind_ids=[(6, 0, self.letter.ids)]
        )
        self._to_sign()
        delegation.end_act_number = "14/2026"
        delegation.action_end_today()
        with self.assertRaises(UserError):
            self._sign(self.act, self.vice_holder, self.vice_user)
        delegation = self._make_delegation(
            to_function_id=self.vice_president.id, act_kind_ids=[(6, 0, self.letter.ids)], act_number="15/2026"
        )
        self.president_holder.date_to = self._day(-1)
        other = self._make_user("t_other_president", "jamaa_base.group_president")
        self._make_holder(self.president, other, date_from=self._day(0))
        with self.assertRaises(UserError):
            self._sign(self.act, self.vice_holder, self.vice_user)

    def test_a_secretary_records_only_who_might_sign(self):
        self._to_sign()
        with self.assertRaises(UserError):
            self._sign(self.act, self.director_holder, self.clerk)
        with self.assertRaises(UserError):
            self._sign(self.act, self.president_holder, self.author)
        with self.assertRaises(UserError):
            self._sign(self.act, self.president_holder, self.clerk, day=1)
        self._sign(self.act, self.president_holder, self.clerk)
        self.assertEqual(self.act.recorded_by_id, self.clerk)
        self.assertEqual(self.act.signed_capacity, self.president_holder.display_name)

    def test_a_president_without_login_signs_on_paper(self):
        self.president_holder.user_id = False
        self._to_sign()
        self._sign(self.act, self.president_holder)
        self.assertEqual(self.act.state, "signed")

    def test_nothing_is_signed_twice_or_early(self):
        with self.assertRaises(UserError):
            self._sign(self.act, self.president_holder)
        self._to_sign()
        self._sign(self.act, self.president_holder)
        number = self.act.number
        with self.assertRaises(UserError):
            self._sign(self.act, self.president_holder)
        self.assertEqual(self.act.number, number)

    def test_orders_have_numbers_of_their_own(self):
        first, second = self._write_act(kind=self.order), self._write_act(kind=self.order)
        (first | second).action_submit()
        with self.assertRaises(UserError):
            self._sign(first, self.president_holder)
        self._sign(first, self.president_holder, typed_number=" 12/2026 ")
        self.assertEqual((first.number, first.mail_entry_id.id), ("12/2026", False))
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self._sign(second, self.president_holder, typed_number="12/2026")

    # ---------- scan, electronic signature, void ----------

    def test_filed_with_its_scan(self):
        self._to_sign()
        with self.assertRaises(UserError):
            self.act.with_user(self.clerk)._file_scan(SCAN, "early.pdf")
        self._sign(self.act, self.president_holder)
        with self.assertRaises(UserError):
            self.act.with_user(self.clerk)._file_scan(b"MZ program", "virus.pdf")
        with self.assertRaises(UserError):
            self.act.with_user(self.head_user)._file_scan(SCAN, "not mine.pdf")
        self.act.with_user(self.clerk)._file_scan(SCAN, "signed.pdf")
        self.assertEqual(self.act.state, "filed")
        self.assertEqual(base64.b64decode(self.act.scan), SCAN)

    def test_a_file_signed_outside_is_kept_as_it_is(self):
        self._to_sign()
        with self.assertRaises(UserError):
            self._sign(self.act, self.president_holder, kind="external")
        self._sign(
            self.act, self.president_holder, kind="external", file=b"\x00signed container", file_name="act.asice"
        )
        self.assertEqual((self.act.state, self.act.signature_kind), ("filed", "external"))
        self.assertEqual(base64.b64decode(self.act.scan), b"\x00signed container")

    def test_void_keeps_the_number(self):
        self._to_sign()
        self._sign(self.act, self.president_holder)
        number = self.act.number
        with self.assertRaises(UserError):
            self.act.with_user(self.author)._make_void("I changed my mind")
        self.act.with_user(self.director_user)._make_void("Sent to the wrong address")
        self.assertEqual((self.act.state, self.act.number), ("void", number))

    # ---------- a small commune ----------

    def test_one_person_in_four_functions(self):
        person = self._make_user(
            "t_all", "jamaa_base.group_registry_clerk,jamaa_base.group_complaint_officer", company=self.hamlet
        )
        functions = [
            self._make_function(code, company=self.hamlet)
            for code in ("director", "complaint_head", "registry_head", "service_head")
        ]
        for function in functions:
            self._make_holder(function, person)
        president = self._make_function("president", company=self.hamlet)
        president_user = self._make_user("t_hamlet_president", "jamaa_base.group_president", company=self.hamlet)
        holder = self._make_holder(president, president_user)
        for function in functions[:2]:
            self.env["jamaa.act.path"].create(
                {"company_id": self.hamlet.id, "kind_id": self.letter.id, "function_id": function.id}
            )
        act = self._write_act(person, company=self.hamlet)
        act.action_submit()
        act.with_user(person).action_give_visa()
        act.with_user(person).action_give_visa()
        self.assertEqual(act.state, "to_sign")
        self.assertTrue(act.reviewed_alone, "a mark instead of a block")
        with self.assertRaises(UserError):
            act.with_user(person).action_reread()
        act.with_user(president_user).action_reread()
        self.assertFalse(act.reviewed_alone)
        with self.assertRaises(UserError):
            self._sign(act, functions[0].current_holder_id, person)
        self._sign(act, holder, person)
        self.assertEqual(act.signer_id, holder)

    # ---------- who reads, what is on the register ----------

    def test_who_reads(self):
        stranger = self._make_user("t_stranger", "jamaa_base.group_service_agent")
        council = self._make_user("t_council", "jamaa_base.group_council_member")
        programme = self._make_user("t_programme", "jamaa_base.group_programme_team", company=self.programme_company)
        self.act.action_submit()
        for user in (self.author, self.head_user, self.director_user, self.president_user, self.clerk):
            self.assertIn(self.act, self.Act.with_user(user).search([]))
        for user in (stranger, council, programme, self.clerk_there):
            self.assertNotIn(self.act, self.Act.with_user(user).search([]))
            self.assertFalse(self.env["jamaa.act.visa"].with_user(user).search([("act_id", "=", self.act.id)]))
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                self.act.with_user(user).read(["title"])
        for user in (stranger, council, self._make_user("t_portal", "base.group_portal")):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                self._write_act(user)

    def test_nothing_is_forged_at_birth(self):
        act = self._write_act(state="filed", number="1/2026", signed_on=self.today, author_id=self.president_user.id)
        self.assertEqual((act.state, act.number, act.author_id), ("draft", False, self.author))

    def test_the_register_tells_the_way(self):
        self._to_sign()
        self._sign(self.act, self.president_holder)
        self.act.with_user(self.clerk)._file_scan(SCAN, "signed.pdf")
        entries = self.env["jamaa.register.entry"].search(
            [("res_model", "=", "jamaa.act"), ("res_id", "=", self.act.id)], order="id"
        )
        self.assertEqual(entries.mapped("kind_code"), ["act_visa", "act_visa", "act_signed", "act_filed"])
        self.assertIn(self.act.document_digest, entries[0].facts)

    def test_the_wizards_and_the_sheet(self):
        self._to_sign()
        wizard = self.env["jamaa.act.sign"].with_user(self.president_user).create({"act_id": self.act.id})
        self.assertEqual(wizard.signer_id, self.president_holder)
        wizard.action_apply()
        scan = self.env["jamaa.act.scan"].with_user(self.clerk)
        scan.create({"act_id": self.act.id, "file": base64.b64encode(SCAN)}).action_apply()
        self.assertEqual(self.act.state, "filed")
        reason = self.env["jamaa.act.reason"].with_user(self.director_user)
        with self.assertRaises(UserError):
            reason.create({"act_id": self.act.id, "what": "void", "reason": "x"}).action_apply()
        for lang in ("ar_MA", "fr_MA"):
            report = self.env["ir.actions.report"].with_context(lang=lang)
            content, _kind = report._render_qweb_pdf("jamaa_base.act_circulation", self.act.ids)
            self.assertEqual(content[:5], b"%PDF-")

    def test_an_act_for_a_record(self):
        site = self.env["jamaa.site"].create({"name": "Annex", "company_id": self.here.id})
        act = self.Act.with_user(self.author)._prepare(self.here, "order", "Open the annex", record=site)
        self.assertEqual((act.res_model, act.res_id, act.state), ("jamaa.site", site.id, "draft"))
        with self.assertRaises(ValueError):
            self.Act._prepare(self.here, "nothing", "x")
