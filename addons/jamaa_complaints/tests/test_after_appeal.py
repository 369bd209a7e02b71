"""The appeal to the president, and the dossier for the Médiateur."""

import hashlib
import io
from datetime import timedelta

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .public_common import PublicComplaintCase
from .test_after import AfterCase


def text_of(content):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@tagged("post_install", "-at_install")
class TestAppeal(AfterCase):
    def _decide(self, user, **vals):
        vals = {"what": "decide_appeal", "result": "changed", "reason": "A new lamp is set up.", **vals}
        self.env["jamaa.complaint.after"].with_user(user).create({"case_id": self.case.id, **vals}).action_confirm()
        self.env.invalidate_all()

    def test_appeal_is_a_stage_of_its_own(self):
        self.assertEqual(self.case._appeal("Why"), "appeal_not_yet")
        self._sent()
        self.assertEqual(self.case._appeal("  "), "appeal_empty")
        self.assertEqual(self.case._appeal("Still dark"), "appeal_thanks")
        self.assertEqual(self.case._appeal("Still dark"), "appeal_pending")
        appeal = self.case.appeal_ids
        self.assertEqual(len(appeal), 1)
        self.assertEqual(self.case.stage_id, self.env.ref("jamaa_complaints.stage_appeal"))
        self.assertGreater(appeal.due_date, self.case._commune_today())
        self.assertEqual(appeal.due_label, "What the commune undertakes", "nobody confirmed the rule")
        self.assertTrue(self.case._case_page("fr")["appeal"]["caution"])
        self.assertTrue(self.case._needs_identity())
        self._decide(self.president_user)
        self.assertEqual((appeal.result, appeal.decided_under), ("changed", self.president_holder))
        self.assertEqual(self.case.stage_id, self.env.ref("jamaa_complaints.stage_answered"))
        self.assertEqual(self._codes()[-2:], ["appealed", "appeal_decided"])
        self.assertEqual(self._mails("A new lamp is set up."), 1)
        self.assertEqual(self.case._case_page("fr")["appeal"]["decision"], "A new lamp is set up.")
        entry = self.env["jamaa.register.entry"].search([("kind_code", "=", "case_appeal")])
        self.assertIn(hashlib.sha256(b"A new lamp is set up.").hexdigest(), entry.facts)
        with self.assertRaises(UserError):
            appeal.sudo().write({"decision": "Other words"})
        with self.assertRaises(UserError):
            appeal.sudo().unlink()
        with self.assertRaises(AccessError):
            self._decide(self.president_user)

    def test_only_in_time_and_where_offered(self):
        self._sent()
        self.case.sudo().answered_on -= timedelta(days=61)
        self.assertEqual(self.case._appeal("Still dark"), "appeal_late")
        self.case.sudo().answered_on += timedelta(days=1)
        self.here.appeal_days = 0
        self.assertEqual(self.case._appeal("Still dark"), "appeal_not_yet")
        self.here.appeal_days = 60
        self.assertEqual(self.case._appeal("Still dark"), "appeal_thanks")

    def test_the_president_or_a_delegate_decides(self):
        self._sent()
        self.case._appeal("Still dark")
        self._make_holder(self.vice_president, self.vice_user)
        for user in (self.officer, self.agent, self.vice_user, self.officer_there):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user)._decide_appeal("upheld", "Mine")
        kinds = self.env.ref("jamaa_base.act_kind_complaint_answer")
        delegation = self._make_delegation(
            from_function_id=self.president.id,
            to_function_id=self.vice_president.id,
            act_kind_ids=[Command.set(kinds.ids)],
        )
        with self.assertRaises(AccessError):
            self._as(self.vice_user)._decide_appeal("upheld", "To answer is not to decide on appeals")
        kinds |= self.env.ref("jamaa_complaints.act_kind_complaint_appeal")
        delegation = self._make_delegation(
            from_function_id=self.president.id,
            to_function_id=self.vice_president.id,
            act_kind_ids=[Command.set(kinds.ids)],
        )
        self.case.sudo().approved_by_id = self.vice_user
        with self.assertRaises(UserError):
            self._as(self.vice_user)._decide_appeal("upheld", "My own answer")
        self.case.sudo().approved_by_id = self.president_user
        self._as(self.vice_user)._decide_appeal("upheld", "The answer stands.")
        self.assertEqual(self.case.appeal_ids.decided_under, delegation)

    def test_one_after_the_other(self):
        self._sent()
        self.case._ask_again("Still dark")
        self.assertEqual(self.case._appeal("Still dark"), "appeal_waiting")
        self._as(self.officer)._decide_reopening(False, "It was lit.")
        self.case.sudo().answered_on -= timedelta(days=70)
        self.assertEqual(self.case._appeal("Still dark"), "appeal_thanks", "the time runs from the refusal")
        with self.assertRaises(AccessError):
            self._as(self.officer).action_close()

    def test_no_second_way_beside_the_appeal(self):
        self._sent()
        self.case._appeal("Still dark")
        self.assertEqual(self.case._ask_again("Still dark"), "again_appealed")
        with self.assertRaises(AccessError):
            self._as(self.officer)._ask_again_at_desk("Still dark")

    def test_closed_to_others_and_forgets_the_person(self):
        self._sent()
        with self.assertRaises(AccessError):
            self._as(self.agent)._appeal_at_desk("x")
        self._as(self.officer)._appeal_at_desk("Zineb Essaidi says it is dark")
        model = self.env["jamaa.complaint.appeal"]
        for user, count in ((self.agent, 1), (self.president_user, 1), (self.other_agent, 0), (self.officer_there, 0)):
            with self.subTest(user=user.login):
                self.assertEqual(len(self._as(user, model).search([("case_id", "=", self.case.id)])), count)
        with self.assertRaises(AccessError):
            self._as(self.officer, model).create(
                {"case_id": self.case.id, "round_number": 2, "words": "x", "appealed_on": "2030-01-01"}
            )
        self.case._erase_identity({"name": "Zineb Essaidi"})
        self.assertNotIn("Zineb", self.case.appeal_ids.words)
        self.case.sudo().locked_user_ids = [Command.link(self.president_user.id)]
        self.assertFalse(self._as(self.president_user, model).search([("case_id", "=", self.case.id)]))


@tagged("post_install", "-at_install")
class TestDossier(AfterCase):
    def test_one_click_numbered_and_on_the_register(self):
        self._sent(outcome="refused", answer_reasons="The lamp belongs to the State.")
        self._file()
        self.case._ask_again("Still dark")
        for turn, user in enumerate((self.officer, self.president_user), start=1):
            action = self._as(user).action_dossier()
            file = self.env["ir.attachment"].browse(int(action["url"].split("/")[-1].split("?")[0]))
            number = f"{self.case.case_number}-D{turn}"
            entry = self.env["jamaa.register.entry"].search(
                [("kind_code", "=", "case_dossier")], limit=1, order="id desc"
            )
            self.assertIn(hashlib.sha256(file.raw).hexdigest(), entry.facts)
            self.assertIn(number, entry.facts)
            text = text_of(file.raw)
            self.assertIn(number, text)
            self.assertIn(self.case.letter_number, text)
            self.assertNotIn("Zineb", text)
            self.assertNotIn(self.case._public_pin(), text)
            letter = hashlib.sha256(self.case.answer_letter_id.raw).hexdigest()
            self.assertIn(letter[:16], text.replace("\n", ""))

    def test_not_for_everybody_and_not_by_its_address(self):
        self._sent()
        for user in (self.agent, self.head, self.officer_there, self.portal_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user).action_dossier()
        # in a small commune one person holds both functions, so that no field of the case is closed
        both = self._make_user("t_both", "jamaa_base.group_complaint_officer")
        both.group_ids = [Command.link(self.env.ref("jamaa_base.group_data_protection").id)]
        self.unit.user_ids += both
        # and a case that is still open holds no letter that would be closed to them
        waiting = self._lodge()
        for context in ({}, *({"case_dossier": {"number": "D1", "own": own}} for own in (True, False))):
            # whatever the address says of the copy, the paper is not made outside the two ways
            for user in (self.officer, both):
                with self.subTest(context=context, user=user.login), self.assertRaises(AccessError):
                    self._as(user, waiting).with_context(**context)._dossier_paper()
        self.assertFalse(self.env["jamaa.register.entry"].search([("kind_code", "=", "case_dossier")]))


@tagged("post_install", "-at_install")
class TestAfterAppealPublic(PublicComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.lodge(cls)

    def url(self, tail=""):
        return self.case._public_path("fr") + tail

    def test_appeal_from_the_page_once(self):
        self.url_open(self.url("/appeal"), data={"words": "Too early"})
        self.assertFalse(self.case.appeal_ids)
        self.answer(self.case)
        self.assertIn('id="f-appeal"', self.url_open(self.url()).text)
        for _turn in range(2):
            answer = self.url_open(self.url("/appeal"), data={"words": "Still <b>dark</b>"})
            self.assertEqual(answer.status_code, 200)
            self.assertNotIn('id="f-appeal"', answer.text)
            self.assertNotIn("<b>dark", answer.text)
        self.env.invalidate_all()
        self.assertEqual(self.case.appeal_ids.words, "Still <b>dark</b>")
        self.assertEqual(self.case.milestone_ids.mapped("code").count("appealed"), 1)

    def test_empty_gives_the_page_back(self):
        self.answer(self.case)
        self.assertEqual(self.url_open(self.url("/appeal"), data={"words": " "}).status_code, 422)
        self.assertFalse(self.case.appeal_ids)

    def test_own_dossier_with_the_own_name(self):
        self.assertIn(self.url_open(self.url("/dossier")).status_code, (404, 405))
        self.assertIn("/dossier", self.url_open(self.url()).text)
        answer = self.url_open(self.url("/dossier"), data={"x": "1"})
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertIn("Complainant 1", text_of(answer.content))
        entry = self.env["jamaa.register.entry"].search([("kind_code", "=", "case_dossier")])
        self.assertIn(hashlib.sha256(answer.content).hexdigest(), entry.facts)
        for _turn in range(4):
            self.url_open(self.url("/dossier"), data={"x": "1"})
        self.assertIn("said=dossier_busy", self.url_open(self.url("/dossier"), data={"x": "1"}).url)
