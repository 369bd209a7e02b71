"""Outcome, signing, sending once, promises and another look."""

import hashlib
from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, LockError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ComplaintCase

REASON = "The lamp belongs to the State road, which lights it itself."


class AfterCase(ComplaintCase):
    def _answer(self, case=None, **vals):
        """Write an answer and lead it to the point where it may be sent."""
        case = case if case is not None else self.case
        if not case.service_id:
            self._as(self.officer, case).action_assign_proposed()
        self._as(self.agent, case).write({"answer": "It is mended on Monday.", "outcome": "solved", **vals})
        self._as(self.agent, case).action_submit()
        self._as(self.president_user, case).action_approve()

    def _sent(self, case=None, **vals):
        case = case if case is not None else self.case
        self._answer(case, **vals)
        self._as(self.officer, case).action_send()
        self.env.invalidate_all()

    def _file(self):
        with patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=60):
            self.Ticket._cron_file_letters()
        self.env.invalidate_all()

    def _codes(self, case=None):
        self.env.invalidate_all()
        return (case or self.case).milestone_ids.sorted("id").mapped("code")

    def _mails(self, words):
        return self.env["mail.mail"].sudo().search_count([("body_html", "ilike", words)])


@tagged("post_install", "-at_install")
class TestOutcome(AfterCase):
    def _submit(self, kind="complaint", **vals):
        case = self._lodge(kind=kind)
        self._as(self.officer, case).action_assign_proposed()
        self._as(self.agent, case).write({"answer": "Words", **vals})
        self._as(self.agent, case).action_submit()
        return case.answer_state

    def test_no_answer_without_outcome(self):
        with self.assertRaisesRegex(UserError, "outcome"):
            self._submit()

    def test_outcome_fits_the_kind(self):
        for kind, outcome in (("proposal", "solved"), ("complaint", "kept"), ("remark", "to_study")):
            with self.subTest(kind=kind), self.assertRaises(UserError):
                self._submit(kind, outcome=outcome, answer_reasons=REASON)
        for kind, outcome in (("proposal", "kept"), ("complaint", "partly"), ("proposal", "withdrawn")):
            with self.subTest(kind=kind):
                self.assertEqual(self._submit(kind, outcome=outcome), "to_approve")

    def test_reasons_where_they_are_owed(self):
        for kind, outcome in (("complaint", "refused"), ("report", "no_means"), ("proposal", "not_kept")):
            for reasons in (False, "  ", "No.", " " * 40):
                with self.subTest(outcome=outcome, reasons=reasons), self.assertRaises(UserError):
                    self._submit(kind, outcome=outcome, answer_reasons=reasons)
            self.assertEqual(self._submit(kind, outcome=outcome, answer_reasons=REASON), "to_approve")

    def test_reasons_rest_after_submission_and_stand_in_the_letter(self):
        self._sent(outcome="refused", answer_reasons=REASON)
        for user in (self.agent, self.officer):
            with self.assertRaises(UserError):
                self._as(user).write({"answer_reasons": "Other reasons than before."})
        self.assertEqual(self.case._letter_paper()["reasons"], REASON)
        self.assertEqual(self.case._case_page("fr")["reasons"], REASON)
        self.assertTrue(self._mails(REASON))
        report = self.env["ir.actions.report"].sudo().with_context(lang="fr_MA")
        html = report._render_qweb_html("jamaa_complaints.report_answer_letter", self.case.ids)[0].decode()
        self.assertIn(REASON, html)

    def test_reasons_of_others_are_not_written(self):
        self._as(self.officer).action_assign_proposed()
        for user in (self.other_agent, self.officer_there, self.portal_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user).write({"answer_reasons": REASON})

    def test_reasons_forget_the_person(self):
        self._sent(answer_reasons="Zineb Essaidi was heard at the counter about it.")
        self.case._erase_identity({"name": "Zineb Essaidi"})
        self.assertNotIn("Zineb", self.case.answer_reasons)


@tagged("post_install", "-at_install")
class TestSend(AfterCase):
    def test_a_letter_leaves_signed(self):
        self.case.sudo().reply_by = "letter"
        self._answer()
        with self.assertRaisesRegex(UserError, "signed"):
            self._as(self.officer).action_send()
        for user in (self.agent, self.president_user, self.officer_there):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user)._sign_letter(self.case._commune_today(), "hand")
        today = self.case._commune_today()
        for day, how in (
            (today + timedelta(days=1), "hand"),
            (today - timedelta(days=1), "hand"),
            (today, "electronic"),
        ):
            with self.subTest(day=day, how=how), self.assertRaises(UserError):
                self._as(self.officer)._sign_letter(day, how)
        wizard = (
            self.env["jamaa.complaint.signed"]
            .with_user(self.officer)
            .create({"case_id": self.case.id, "scan": "JVBERi0=", "scan_name": "signed.pdf"})
        )
        wizard.action_confirm()
        self.env.invalidate_all()
        self.assertEqual(self.case.letter_scan_id.raw, b"%PDF-")
        self.assertTrue(self.case.letter_entry_id, "the letter is numbered when it is signed")
        number = self.case.letter_number
        self._as(self.officer).action_send()
        self.assertEqual((self.case.answer_state, self.case.letter_number), ("sent", number))
        with self.assertRaises(UserError):
            self.case.letter_scan_id.with_user(self.officer).sudo(False).unlink()

    def test_what_goes_back_is_signed_anew(self):
        self._answer()
        self._as(self.officer)._sign_letter(self.case._commune_today(), "hand")
        self._as(self.president_user)._return_answer("Say by when")
        self.assertFalse(self.case.letter_signed_on)

    def test_the_letter_is_made_after_the_request_and_once(self):
        with patch.object(
            self.env.registry["ir.actions.report"],
            "_render_qweb_pdf",
            side_effect=AssertionError("made in the request"),
        ):
            self._sent()
        self.assertTrue(self.case.letter_to_file)
        self.assertTrue(self.case._paper_pdf("jamaa_complaints.action_report_answer_letter", "fr_MA"))
        # killed while it is made: nothing is filed and the mark stays
        with (
            patch.object(self.env.registry["ir.actions.report"], "_render_qweb_pdf", side_effect=OSError("killed")),
            mute_logger("odoo.addons.jamaa_complaints.models.helpdesk_ticket_answer"),
        ):
            self._file()
        self.assertTrue(self.case.letter_to_file)
        self.assertFalse(self.case.answer_letter_id)
        self._file()
        letter = self.case.answer_letter_id
        self.assertTrue(letter)
        self.assertFalse(self.case.letter_to_file)
        # marked once more, as if the mark had been lost with the worker
        self.case.sudo().letter_to_file = True
        self._file()
        self.assertEqual(self.case.answer_letter_id, letter)
        files = self.env["ir.attachment"].search([("name", "=", letter.name), ("res_id", "=", self.case.id)])
        self.assertEqual(files, letter)
        entry = self.env["jamaa.register.entry"].search([("kind_code", "=", "case_letter")])
        self.assertEqual(len(entry), 1)
        self.assertIn(hashlib.sha256(letter.raw).hexdigest(), entry.facts)

    def test_sent_twice_is_sent_once(self):
        self._sent()
        with self.assertRaises(AccessError):
            self._as(self.officer).action_send()
        self.assertEqual(self._codes().count("sent"), 1)
        self.assertEqual(self._mails("It is mended on Monday."), 1)

    def test_a_held_case_is_told_clearly(self):
        """Somebody else holds the row: no step is taken, and it is said why."""
        self._answer()
        case, table = self._as(self.officer), self.env.registry["helpdesk.ticket"]
        with patch.object(table, "lock_for_update", side_effect=LockError("held")) as lock:
            for user, step in ((self.officer, "action_send"), (self.president_user, "action_approve")):
                with self.subTest(step=step), self.assertRaisesRegex(LockError, "Somebody else"):
                    getattr(case.with_user(user), step)()
            self.assertEqual(lock.call_count, 2)
        self.assertEqual(self.case.answer_state, "approved")


@tagged("post_install", "-at_install")
class TestPromise(AfterCase):
    def _promise(self, **vals):
        self._as(self.officer).action_assign_proposed()
        due = self.case._commune_today() + timedelta(days=10)
        self._as(self.agent).write(
            {
                "promise_ids": [
                    Command.create({"what": "A new lamp", "due_on": due, "service_id": self.lighting.id, **vals})
                ]
            }
        )
        self.env.invalidate_all()
        return self.case.promise_ids

    def test_followed_until_done_and_told(self):
        promise = self._promise(state="done", is_told=True)
        self.assertEqual((promise.state, promise.is_told), ("open", False), "steps alone say so")
        self.assertFalse(self.case._case_page("fr")["promises"])
        with self.assertRaises(AccessError):
            self._as(self.agent, promise).action_done()
        self._sent()
        self.assertEqual(self.case._case_page("fr")["promises"][0]["what"], "A new lamp")
        for user in (self.other_agent, self.officer_there, self.president_user, self.portal_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user, promise).action_done()
        self._as(self.agent, promise).action_done()
        self.assertEqual((promise.state, promise.done_on), ("done", self.case._commune_today()))
        self.assertIn("promise_kept", self._codes())
        self.assertEqual(self._mails("A new lamp"), 1)
        with self.assertRaises(AccessError):
            self._as(self.agent, promise).action_done()
        self.assertEqual(self._mails("A new lamp"), 1)

    def test_what_was_told_stays(self):
        promise = self._promise()
        self._as(self.agent, promise).write({"what": "Two new lamps"})
        self._answer()
        with self.assertRaises(AccessError):
            self._as(self.agent, promise).write({"what": "No lamp"})
        self._as(self.officer).action_send()
        for vals in ({"what": "No lamp"}, {"due_on": "2099-01-01"}, {"state": "done"}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                self._as(self.agent, promise).write(vals)
        with self.assertRaises(AccessError):
            self._as(self.officer, promise).unlink()
        self._as(self.officer, promise).write({"service_id": self.roads.id})
        with self.assertRaises(UserError):
            there = self._make_service("There", self.officer_there, company=self.there)
            self.env["jamaa.complaint.promise"].browse(promise.id).sudo().write({"service_id": there.id})

    def test_given_up_with_a_reason(self):
        promise = self._promise()
        self._sent()
        wizard = self.env["jamaa.complaint.after"].with_user(self.agent)
        vals = {"case_id": self.case.id, "promise_id": promise.id, "what": "drop"}
        with self.assertRaises(UserError):
            wizard.create({**vals, "reason": " "}).action_confirm()
        wizard.create({**vals, "reason": "The post was stolen."}).action_confirm()
        self.assertEqual(promise.state, "dropped")
        self.assertEqual(self._mails("The post was stolen."), 1)

    def test_late_and_closed_to_others(self):
        promise = self._promise()
        self.assertFalse(promise.is_late)
        promise.sudo().due_on = self.case._commune_today() - timedelta(days=1)
        self.assertTrue(promise.is_late)
        model = self.env["jamaa.complaint.promise"]
        for user, count in ((self.agent, 1), (self.officer, 1), (self.other_agent, 0), (self.officer_there, 0)):
            with self.subTest(user=user.login):
                self.assertEqual(len(self._as(user, model).search([("case_id", "=", self.case.id)])), count)
        self.case.sudo().locked_user_ids = [Command.link(self.officer.id)]
        self.assertFalse(self._as(self.officer, model).search([("case_id", "=", self.case.id)]))
        with self.assertRaises(AccessError):
            self._as(self.portal_user, model).search([])


@tagged("post_install", "-at_install")
class TestReopen(AfterCase):
    def _decide(self, user, decision, reason="The lamp is out again."):
        self.env["jamaa.complaint.after"].with_user(user).create(
            {"case_id": self.case.id, "what": "decide", "decision": decision, "reason": reason}
        ).action_confirm()
        self.env.invalidate_all()

    def test_asked_once_and_in_time(self):
        self.assertEqual(self.case._ask_again("Why"), "again_not_yet")
        self._sent()
        self.assertEqual(self.case._ask_again(" "), "again_empty")
        self.case.sudo().answered_on -= timedelta(days=31)
        self.assertEqual(self.case._ask_again("Still dark"), "again_late")
        self.case.sudo().answered_on += timedelta(days=1)
        self.assertEqual(self.case._ask_again("Still dark"), "again_thanks")
        self.assertEqual(self.case._ask_again("Still dark"), "again_asked")
        self.assertEqual(self._codes().count("reopen_asked"), 1)

    def test_not_offered_where_the_commune_does_not(self):
        self._sent()
        self.here.reopen_days = 0
        self.assertEqual(self.case._ask_again("Still dark"), "again_not_yet")

    def test_a_new_round_keeps_the_old_one(self):
        self._sent(outcome="partly")
        self.case._record_satisfaction(1)
        due, day = self.case.due_date, self.case.answered_on
        self.case._ask_again("Still dark")
        self._decide(self.officer, "again")
        case, cycle = self.case, self.case.cycle_ids
        self.assertEqual(
            (cycle.number, cycle.answer, cycle.outcome, cycle.due_date, cycle.answered_on, cycle.satisfaction),
            (1, "It is mended on Monday.", "partly", due, day, 1),
        )
        self.assertEqual(cycle.asked_words, "Still dark")
        self.assertTrue(cycle.answer_letter_id, "the letter that left is filed before the round ends")
        self.assertEqual(
            (case.answer_state, case.answer, case.outcome, case.answered_on, case.answer_letter_id.id),
            ("none", False, False, False, False),
        )
        self.assertEqual(case.stage_id, self.env.ref("jamaa_complaints.stage_in_progress"))
        self.assertEqual(self._mails("The lamp is out again."), 1)
        for change in (lambda: cycle.sudo().write({"answer": "x"}), lambda: cycle.sudo().unlink()):
            with self.assertRaises(UserError):
                change()
        # and again to an answer: its own letter, number, face
        first = cycle.letter_entry_id
        self._sent()
        self._file()
        self.assertNotEqual(case.letter_entry_id, first)
        self.assertNotEqual(case.answer_letter_id, cycle.answer_letter_id)
        self.assertEqual(self._codes().count("sent"), 2)
        self.assertEqual(case._satisfaction_words()["value"], 0)
        self.assertEqual(case._record_satisfaction(1), "thanks")
        self.assertEqual(self._codes().count("unsatisfied"), 2)
        self.assertEqual(case._record_satisfaction(1), "unchanged")
        self.assertEqual(case._record_satisfaction(3), "corrected")
        self.assertEqual(case._ask_again("Once more"), "again_thanks", "each round lets ask once")

    def test_the_new_round_has_its_own_clock(self):
        case = self._lodge(legal_receipt_date=self.Ticket._commune_today() - timedelta(days=90))
        self._sent(case)
        self.assertEqual(case.clock_state, "missed")
        before = case.due_date
        case._ask_again("Still dark")
        self._as(self.officer, case)._decide_reopening(True, "Out again")
        self.env.invalidate_all()
        self.assertEqual(case._clock_start(), case._commune_today())
        self.assertGreater(case.due_date, case._commune_today())
        self.assertEqual((case.cycle_ids.due_date, case.cycle_ids.started_on), (before, case.legal_receipt_date))
        self.assertEqual(case.clock_state, "on_time")

    def test_kept_with_a_reason_that_is_told(self):
        self._sent()
        self.case._ask_again("Still dark")
        self.assertTrue(self.case._needs_identity())
        self._decide(self.officer, "keep", "It was lit on Monday.")
        self.assertEqual(self.case.answer_state, "sent")
        self.assertEqual(self._codes()[-1], "reopen_refused")
        self.assertEqual(self._mails("It was lit on Monday."), 1)
        self.assertEqual(self.case._case_page("fr")["again_reason"], "It was lit on Monday.")
        self.assertEqual(self.case._ask_again("Please"), "again_refused")

    def test_officers_of_the_unit_decide(self):
        self._sent()
        with self.assertRaises(AccessError):
            self._as(self.officer)._decide_reopening(True, "Nobody asked")
        self.case._ask_again("Still dark")
        for user in (self.agent, self.head, self.president_user, self.officer_there, self.portal_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user)._decide_reopening(True, "Mine")
        self.assertFalse(self.case.cycle_ids)

    def test_asked_at_the_counter(self):
        self._sent()
        with self.assertRaises(AccessError):
            self._as(self.agent)._ask_again_at_desk("Still dark")
        self._as(self.officer)._ask_again_at_desk("Still dark")
        self.assertEqual(self.case.reopen_words, "Still dark")

    def test_rounds_are_closed_to_others_and_forget_the_person(self):
        self._sent(answer="Zineb Essaidi, it is mended.")
        self.case._ask_again("Zineb Essaidi says it is dark")
        self._decide(self.officer, "again")
        model = self.env["jamaa.complaint.cycle"]
        for user, count in ((self.agent, 1), (self.other_agent, 0), (self.officer_there, 0)):
            with self.subTest(user=user.login):
                self.assertEqual(len(self._as(user, model).search([("case_id", "=", self.case.id)])), count)
        self.case.sudo().locked_user_ids = [Command.link(self.officer.id)]
        self.assertFalse(self._as(self.officer, model).search([("case_id", "=", self.case.id)]))
        self.case._erase_identity({"name": "Zineb Essaidi"})
        cycle = self.case.cycle_ids
        self.assertNotIn("Zineb", f"{cycle.answer} {cycle.asked_words}")
