"""Taking a request: what is on it, what is not, and once."""

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SAMPLE
from .request_common import KEY, NAME, RequestCase


@tagged("post_install", "-at_install")
class TestRequest(RequestCase):
    def test_complete(self):
        request = self._take()
        self.assertEqual(request.stage, "received")
        self.assertEqual(request.complete_on, request.received_on)
        self.assertEqual(request.sheet_id, self.procedure.sheet_id)
        self.assertEqual(request.piece_ids.mapped("state"), ["received", "received", "held"])
        self.assertRegex(request.number, r"^\d{4}-\d{5}$")
        self.assertCountEqual(request.milestone_ids.mapped("code"), ["completed", "received"])
        self.assertTrue(request.register_digest)
        self.assertEqual(request.department_id, self.service)

    def test_no_name_on_it(self):
        """The applicant is in the vault: no field of the request, its pieces or milestones holds the name."""
        request = self._take(identity={"phone": "0612345678", "email": "citizen@example.com"})
        for record in (request, *request.piece_ids, *request.milestone_ids, *request.message_ids):
            values = str(record.sudo().read())
            for secret in (NAME, "0612345678", "citizen@example.com"):
                self.assertNotIn(secret, values, record)
        self.assertEqual(request.sudo().complainant_id.channel, "email")

    def test_quarter(self):
        """What was said at the counter, short; proposed again once two people said it, in one spelling."""
        long = "x" * 200
        self.assertEqual(len(self._take(quarter=long).quarter), 80)
        for junk in (5, None, " ", ["x"]):
            self.assertFalse(self._take(quarter=junk).quarter)
        request = self._take(quarter=" Douar  Aït Ali ")
        self.assertEqual(request.quarter, "Douar Aït Ali")
        start = self._counter().counter_start
        self.assertFalse(start()["quarters"], "said by one")
        for quarter in ("Douar Aït Ali", "Douar Aït Ali", "DOUAR AIT ALI", "DOUAR AIT ALI"):
            self._take(quarter=quarter)
        self.assertEqual(start()["quarters"], ["Douar Aït Ali"])
        self.assertFalse(self._counter(self.far_agent).counter_start()["quarters"])
        with self.assertRaisesRegex(UserError, "follows the buttons"):
            request.quarter = "Other"

    def test_missing_only_when_insisted(self):
        with self.assertRaisesRegex(UserError, "Something is missing"):
            self._take(brought=1, insisted=False)
        request = self._take(brought=1)
        self.assertEqual(request.stage, "incomplete")
        self.assertTrue(request.insisted)
        self.assertEqual(request.missing_count, 1)
        self.assertFalse(request.complete_on)

    def test_questions_first(self):
        with self.assertRaisesRegex(UserError, "no answer yet"):
            self._take(answers={})

    def test_proxy_brings_a_proxy(self):
        who, paper = self.procedure.sheet_id.question_ids
        answers = {who.id: who.answer_ids[1].id, paper.id: paper.answer_ids[0].id}
        request = self._take(answers=answers, insisted=True)
        self.assertEqual(request.piece_ids[-1].piece_id, self.procedure.sheet_id.piece_ids[3])
        self.assertEqual(request.piece_ids[-1].state, "missing")
        self.assertEqual(request.answer_ids, who.answer_ids[1] | paper.answer_ids[0])

    def test_name_is_needed(self):
        with self.assertRaisesRegex(UserError, "name of the applicant"):
            self._take(identity={"name": " "})

    def test_frozen_sheet(self):
        """A new version of the sheet leaves the request under the old one."""
        request = self._take()
        new = self.procedure.sheet_id._new_version()
        new.piece_ids[:1].name = "Something else"
        new.action_submit()
        new.action_publish()
        self.assertEqual(request.sheet_id.state, "superseded")
        self.assertNotIn("Something else", request.piece_ids.piece_id.mapped("name"))
        with self.assertRaisesRegex(UserError, "receipt says it"):
            request.sudo().sheet_id = new

    def test_piece_of_the_sheet_only(self):
        request = self._take(brought=1)
        foreign = self._asking("test_receipt", code="permit-other").sheet_id.piece_ids[:1]
        with self.assertRaisesRegex(UserError, "not on the sheet"):
            self.env["jamaa.procedure.request.piece"].create({"request_id": request.id, "piece_id": foreign.id})

    def test_waived_needs_a_reason(self):
        request = self._take(brought=1)
        line = request.piece_ids.filtered(lambda one: one.state == "missing")
        with self.assertRaisesRegex(UserError, "not needed"):
            line._waive("")
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
            line.sudo().write({"state": "waived"})
            line.flush_recordset()
        line._waive("The lease is in the commune's own register.")
        self.assertEqual(request.stage, "received")
        self.assertEqual(request.complete_on, request._commune_today())

    def test_no_sheet_no_request(self):
        draft = self._procedure(code="civil-draft")
        with self.assertRaisesRegex(UserError, "no published sheet"):
            self.Request._take(self.here, draft, {}, {"name": NAME})

    def test_same_key_same_request(self):
        values = {"answers": self._own(), "brought": self.procedure.sheet_id.piece_ids[:2].ids, "lang": "fr_MA"}
        first = self._counter().counter_take(self.procedure.id, values, {"name": NAME}, KEY)
        again = self._counter().counter_take(self.procedure.id, values, {"name": NAME}, KEY)
        self.assertEqual(first["id"], again["id"])
        looks = self.env["jamaa.reception.precheck"].search([("procedure_id", "=", self.procedure.id)])
        self.assertEqual(looks.mapped("outcome"), ["complete"])

    def test_numbers_by_commune(self):
        first, second = self._take(), self._take()
        self.assertEqual(int(second.number[5:]), int(first.number[5:]) + 1)
        there = self._published(self.there, code="permit-there")
        question = there.sheet_id.question_ids[0]
        far = self.Request._take(
            self.there,
            there,
            {"answers": {question.id: question.answer_ids[0].id}, "pieces": there.sheet_id.piece_ids.ids},
            {"name": NAME},
        )
        self.assertTrue(far.number.endswith("-00001"))

    def test_facts_stay(self):
        request = self._take()
        for what in (
            lambda: request.sudo().write({"number": "1"}),
            lambda: request.write({"stage": "decided"}),
            lambda: request.milestone_ids[0].sudo().write({"note": "x"}),
            request.milestone_ids.sudo().unlink,
            request.sudo().unlink,
            request.copy,
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                what()
        with self.assertRaisesRegex(AccessError, "at the counter"):
            self._as(self.agent, self.Request).create({"company_id": self.here.id})

    def test_precheck(self):
        slip = self._counter().counter_send_home(
            self.procedure.id, self._own(), self.procedure.sheet_id.piece_ids[:1].ids, self.headquarters.id
        )
        look = self.env["jamaa.reception.precheck"].search([("procedure_id", "=", self.procedure.id)])
        self.assertEqual(slip["report_name"], "jamaa_reception.report_bring")
        self.assertEqual(look.missing_ids, self.procedure.sheet_id.piece_ids[1])
        self.assertEqual(look.return_avoided, 1)
        self.assertEqual(look.site_id, self.headquarters)
        self.assertFalse(self.Request.search([("procedure_id", "=", self.procedure.id)]), "nothing was filed")
        for what in (lambda: look.write({"outcome": "complete"}), look.unlink, look.copy):
            with self.assertRaises(UserError), self.cr.savepoint():
                what()
        with self.assertRaisesRegex(UserError, "Nothing is missing"):
            self._counter().counter_send_home(
                self.procedure.id, self._own(), self.procedure.sheet_id.piece_ids[:2].ids, False
            )

    def test_choices_of_another_model_are_translated(self):
        """A selection taken from another field has its words in the reader's language."""
        for model, name, source, field in (
            ("jamaa.procedure.request", "silence_effect", "jamaa.procedure.sheet", "silence_effect"),
            ("jamaa.procedure.site", "site_kind", "jamaa.site", "kind"),
        ):
            words = {}
            for lang in ("en_US", "ar_MA"):
                env = self.env(context={**self.env.context, "lang": lang})
                words[lang] = env[model].fields_get([name])[name]["selection"]
                self.assertEqual(words[lang], env[source].fields_get([field])[field]["selection"])
            self.assertNotEqual(words["en_US"], words["ar_MA"])

    def test_free_is_said_once(self):
        fees = [
            {"label": {"ar": "مجانا", "fr": "Gratuit"}, "amount": 0},
            {"label": {"ar": "واجب", "fr": "Droit"}, "amount": 0},
            {"label": {"ar": "تنبر", "fr": "Timbre"}, "amount": 2},
        ]
        procedure = self._published(code="permit-free", sheet={**SAMPLE["sheet"], "fees": fees})
        for lang in ("ar_MA", "fr_MA"):
            found = self._counter().with_context(lang=lang).counter_sheet(procedure.id)["fees"]
            self.assertEqual(
                [(fee["free"], fee["said"]) for fee in found], [(True, True), (True, False), (False, False)]
            )

    def test_counter_calls(self):
        counter = self._counter()
        start = counter.counter_start()
        self.assertEqual(start["site"], self.headquarters.id)
        self.assertIn(self.procedure.id, [one["id"] for one in counter.counter_search("لاكارط")])
        self.assertFalse(counter.counter_search("zzzz"))
        self._procedure(code="civil-hidden", name={"ar": "مسودة", "fr": "Brouillon"})
        self.assertFalse(counter.counter_search("civil-hidden"), "a draft is not offered")
        sheet = counter.counter_sheet(self.procedure.id, {})
        self.assertTrue(sheet["following"])
        answered = counter.counter_sheet(self.procedure.id, {str(k): v for k, v in self._own().items()})
        self.assertEqual([piece["held"] for piece in answered["pieces"]], [False, False, True])
        with self.assertRaises(AccessError):
            self._counter(self.worker).counter_start()
        with self.assertRaises(UserError):
            self._counter(self.far_agent).counter_sheet(self.procedure.id, {})
