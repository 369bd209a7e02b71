"""Admissibility: who may decide, who may not, what the letters say."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import IDENTITY, ComplaintCase

REASON = "The same lamp is the object of case 12/2026 of the court {basis}."


class AdmitCase(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second_officer = cls._make_user("t_officer_2", "jamaa_base.group_complaint_officer")
        cls.court = cls.env.ref("jamaa_complaints.ground_court")
        cls.competence = cls.env.ref("jamaa_complaints.ground_competence")
        cls.body = cls.env["jamaa.complaint.body"].create(
            {
                "name": "Operator of water",
                "kind": "operator",
                "company_id": cls.here.id,
                "phone": "0500000000",
                "address": "1 place Centrale",
            }
        )

    def _codes(self, case=None):
        self.env.invalidate_all()
        return (case or self.case).milestone_ids.sorted("id").mapped("code")

    def _propose(self, ground=None, user=None, case=None, reason=REASON, body=None, consent=False):
        """Propose a rejection, as the wizard does."""
        record = self._as(user or self.officer, case)
        ground = ground or self.court
        letter = record._rejection_letter(ground.with_env(record.env), reason, body and body.with_env(record.env))
        record._propose_rejection(ground.with_env(record.env), reason, letter, body, consent)

    def _refuse_all(self, step, *users):
        for user in users:
            with self.subTest(user=user.login, step=step), self.assertRaises(AccessError):
                getattr(self._as(user), step)()


@tagged("post_install", "-at_install")
class TestAdmit(AdmitCase):
    # ---- admitting ----

    def test_the_desk_admits_in_one_tap(self):
        self.assertEqual(self.case.admissibility, "to_decide")
        self._as(self.officer).action_admit()
        self.assertEqual(self.case.admissibility, "admissible")
        self.assertIn("admitted", self._codes())
        with self.assertRaises(AccessError):
            self._as(self.officer).action_admit()

    def test_who_may_not_decide(self):
        self.case.sudo().service_id = self.lighting
        self.case.sudo().admissibility = "to_decide"
        for step in ("action_admit", "action_reject", "action_ask"):
            self._refuse_all(
                step, self.agent, self.head, self.other_agent, self.officer_there, self.portal_user, self.receptionist
            )
        self.case.sudo().locked_user_ids = self.officer
        for step in ("action_admit", "action_reject", "action_ask"):
            self._refuse_all(step, self.officer)
        self.assertEqual(self.case.admissibility, "to_decide")

    def test_sending_to_a_service_admits(self):
        self._as(self.officer).action_assign_proposed()
        self.assertEqual(self.case.admissibility, "admissible")

    def test_direct_writes_are_refused(self):
        for name, value in (
            ("admissibility", "inadmissible"),
            ("ground_id", self.court.id),
            ("body_id", self.body.id),
            ("consent_referral", True),
            ("ask_state", "received"),
            ("ask_answer", "Words"),
        ):
            with self.subTest(field=name), self.assertRaises(AccessError):
                self._as(self.officer).write({name: value})

    # ---- the letter ----

    def test_letter_says_ground_basis_reasons_and_remedies(self):
        grounds = self.env["jamaa.complaint.ground"].search([("company_id", "=", False)])
        self.assertEqual(len(grounds), 7)
        for lang in ("ar_MA", "fr_MA"):
            self.case.sudo().public_lang = lang
            case = self._as(self.officer).with_context(lang=lang)
            for ground in grounds:
                here = ground.with_context(lang=lang)
                body = self.body if ground.needs_body else None
                letter = case._rejection_letter(ground, REASON, body)
                with self.subTest(ground=ground.code, lang=lang):
                    self.assertIn(here.legal_basis, letter)
                    # braces the desk typed are text, not a place to fill
                    self.assertIn(REASON, letter)
                    self.assertIn(case._remedies_words(), letter)
                    self.assertIn(case.case_number, letter)
                    if body:
                        self.assertIn(body.name, letter)
                        self.assertIn(body.phone, letter)
                    for secret in IDENTITY.values():
                        self.assertNotIn(secret, letter)

    def test_what_the_law_asks_is_added_where_words_leave_it_out(self):
        self.assertIn(
            "basis A", self.court.copy({"code": "x", "letter": "No.", "legal_basis": "basis A"})._letter_text(
                {"basis": "basis A", "reason": "B", "remedies": "C"}
            )
        )  # fmt: skip
        with self.assertRaises(ValidationError):
            self.court.letter = "Dear {citizen.name}"

    def test_other_words_are_not_confirmed_any_more(self):
        self.court.write({"jurist_checked_on": "2026-01-02", "jurist_checked_by": "Me 1"})
        self.assertTrue(self.court.is_confirmed)
        self.court.legal_basis = "Other"
        self.assertFalse(self.court.is_confirmed)
        with self.assertRaises(ValidationError):
            self.court.jurist_checked_on = "2026-01-02"

    def test_draft_letter_says_that_nobody_confirmed_the_basis(self):
        self._propose()
        self.assertTrue(self._as(self.officer)._letter_paper()["unconfirmed"])
        self.court.write({"jurist_checked_on": "2026-01-02", "jurist_checked_by": "Me 1"})
        self.assertFalse(self._as(self.officer)._letter_paper()["unconfirmed"])

    def test_a_commune_has_its_own_words(self):
        officer = self._as(self.officer, self.court)
        with self.assertRaises(AccessError):
            officer.write({"name": "Changed for all communes"})
        own = self.env["jamaa.complaint.ground"].browse(officer.action_adapt()["res_id"])
        self.assertEqual(own.company_id, self.here)
        self.assertEqual(own.name, self.court.name)
        offered = self._as(self.officer, self.court)._for_commune(self.here)
        self.assertIn(own.id, offered.ids)
        self.assertNotIn(self.court.id, offered.ids)
        self.assertIn(self.court.id, self.court._for_commune(self.there).ids)
        with self.assertRaises(UserError):
            self._propose(self.court)
        with self.assertRaises(AccessError):
            self._as(self.officer_there, own).read(["name"])
        with self.assertRaises(AccessError):
            self._as(self.agent, own).write({"name": "No"})
        with self.assertRaises(AccessError):
            self._as(self.portal_user, own).read(["name"])

    # ---- proposing ----

    def test_a_rejection_needs_reasons_and_a_body(self):
        for reason in ("", "   "):
            with self.assertRaises(UserError):
                self._propose(reason=reason)
        with self.assertRaises(UserError):
            self._propose(self.competence)
        with self.assertRaises(UserError):
            self._propose(self.court, body=self.body)
        elsewhere = self.body.copy({"company_id": self.there.id, "name": "Elsewhere"})
        with self.assertRaises(UserError):
            self._as(self.officer)._propose_rejection(
                self.competence, REASON, f"{self.competence.legal_basis} {REASON}", elsewhere
            )
        with self.assertRaises(UserError):
            self._as(self.officer)._propose_rejection(self.court, REASON, "No.")
        self.assertEqual(self.case.answer_state, "none")

    def test_a_second_person_approves(self):
        self._make_president_officer()
        self._propose(user=self.president_user)
        self.assertEqual(self.case.answer_state, "to_approve")
        self.assertEqual(self.case.admissibility, "to_decide")
        self.assertIn("inadmissible_proposed", self._codes())
        with self.assertRaises(UserError):
            self._as(self.president_user).action_approve()
        with self.assertRaises(AccessError):
            self._as(self.second_officer).action_approve()
        with self.assertRaises(AccessError):
            self._as(self.officer).action_send()
        self.here.profile = "small"
        self._as(self.president_user).action_approve()
        self.assertTrue(self.case.reviewed_alone)

    def _make_president_officer(self):
        self.president_user.group_ids |= self.env.ref("jamaa_base.group_complaint_officer")

    def test_rejection_is_final_when_sent(self):
        self._propose(self.env.ref("jamaa_complaints.ground_repeated"))
        self._as(self.president_user).action_approve()
        self.assertEqual(self.case.admissibility, "to_decide")
        self._as(self.officer).action_send()
        case = self.case
        self.assertEqual((case.admissibility, case.outcome), ("inadmissible", "inadmissible"))
        self.assertTrue(case.stage_id.closed)
        self.assertNotIn("referred", self._codes())
        self.assertFalse(case.referral_entry_id)
        for step in ("action_reject", "action_readmit", "action_admit", "action_assign"):
            self._refuse_all(step, self.officer)
        page = case._case_page("fr")
        self.assertEqual(page["rejection"]["ground"], case.ground_id.with_context(lang="fr_MA").name)
        self.assertIn(case.with_context(lang="fr_MA")._remedies_words(), page["answer"])
        # the mail to the citizen waits in the queue with the same words
        mail = self.env["mail.mail"].sudo().search([("vault_id", "=", case.sudo().complainant_id.id)], limit=1)
        self.assertIn("12/2026", mail.body_html)

    def test_referral_writes_the_dispatch_and_names_the_body(self):
        self._propose(self.competence, body=self.body, consent=True)
        self.assertIn("consent_noted", self._codes())
        self._as(self.president_user).action_approve()
        self.assertFalse(self.case.referral_entry_id)
        self._as(self.officer).action_send()
        case = self.case
        self.assertEqual((case.admissibility, case.outcome), ("referred", "referred"))
        self.assertIn("referred", self._codes())
        entry = case.referral_entry_id
        self.assertEqual((entry.direction, entry.correspondent), ("outgoing", "Operator of water"))
        self.assertTrue(entry.number)
        self.assertNotEqual(entry, case.letter_entry_id)
        for secret in IDENTITY.values():
            self.assertNotIn(secret, f"{entry.subject} {entry.correspondent} {case.answer}")
        page = case._case_page("fr")
        self.assertEqual(page["rejection"]["body"], "Operator of water")
        self.assertIn("0500000000", page["rejection"]["contact"])
        self.assertTrue(page["rejection"]["by_name"])
        self.assertTrue(any("Operator of water" in step["text"] for step in page["steps"]))

    def _refer(self, case, consent):
        self._propose(self.competence, body=self.body, case=case, consent=consent)
        self._as(self.president_user, case).action_approve()
        self._as(self.officer, case).action_send()

    def test_the_body_gets_the_name_with_consent_only_and_on_record(self):
        looks = self.env["jamaa.identity.reveal"].sudo()
        before = looks.search_count([])
        silent = self._lodge()
        self._refer(silent, False)
        paper = self._as(self.officer, silent)._referral_paper()
        self.assertEqual(paper["identity"], [])
        self.assertIn("lamp", paper["facts"])
        self.assertEqual(looks.search_count([]), before)
        self._refer(self.case, True)
        paper = self._as(self.officer)._referral_paper()
        self.assertIn(IDENTITY["name"], paper["identity"])
        self.assertNotIn(IDENTITY["national_id"], paper["identity"])
        self.assertEqual(looks.search_count([]), before + 1)
        self.assertEqual(looks.search([], limit=1).user_id, self.officer)
        self._refuse_all(
            "action_print_referral", self.agent, self.president_user, self.officer_there, self.receptionist
        )
        with self.assertRaises(AccessError):
            self._as(self.president_user)._referral_paper()
        with self.assertRaises(AccessError):
            self._as(self.officer, self._lodge())._referral_paper()
        report = self.env["ir.actions.report"].with_user(self.officer).with_context(lang="fr_MA")
        html = report._render_qweb_html("jamaa_complaints.report_referral", silent.ids)[0].decode()
        self.assertIn("Operator of water", html)
        for secret in IDENTITY.values():
            self.assertNotIn(secret, html)

    def test_consent_is_asked_at_the_counter(self):
        wizard = self.env["jamaa.complaint.counter"].with_user(self.receptionist)
        for consent in (False, True):
            entry = wizard.create(
                {"company_id": self.here.id, "facts": "A hole", "name": "N", "consent_referral": consent}
            )
            entry.action_lodge()
            self.assertEqual(entry.sudo().case_id.consent_referral, consent)

    def test_nobody_is_named_without_consent(self):
        self.assertFalse(self.case.consent_referral)
        self.assertTrue(self._lodge(consent_referral=True).consent_referral)
        self.assertFalse(self._lodge(kind="report", identity={}, consent_referral=True).consent_referral)

    def test_sent_back_is_undecided_again(self):
        self._propose()
        self._as(self.president_user)._return_answer("Which case of the court?")
        case = self.case
        self.assertEqual((case.admissibility, case.answer_state), ("to_decide", "draft"))
        self.assertEqual(case.stage_id, self.env.ref("jamaa_complaints.stage_received"))
        # it is neither answered nor sent to a service behind the back of the proposal
        self._refuse_all("action_submit", self.officer)
        self._refuse_all("action_assign", self.officer)
        with self.assertRaises(AccessError):
            self._as(self.officer).write({"answer": "Other words"})
        self._propose(reason="Case 13/2026 of the court.")
        self.assertEqual(self.case.answer_state, "to_approve")
        self.assertIn("13/2026", self.case.answer)

    def test_admitted_after_all(self):
        self._propose(self.competence, body=self.body)
        self._refuse_all("action_readmit", self.agent, self.officer_there, self.receptionist)
        wizard = self.env["jamaa.complaint.readmit"].with_user(self.officer)
        with self.assertRaises(UserError):
            wizard.create({"case_id": self.case.id, "reason": " "}).action_confirm()
        wizard.create({"case_id": self.case.id, "reason": "It is our lamp"}).action_confirm()
        case = self.case
        self.assertEqual((case.admissibility, case.answer_state), ("admissible", "none"))
        self.assertFalse(case.answer or case.outcome or case.ground_id or case.body_id)
        self.assertEqual(case.stage_id, self.env.ref("jamaa_complaints.stage_received"))
        self.assertIn("readmitted", self._codes())
        self.assertEqual(case.milestone_ids.filtered(lambda m: m.code == "readmitted").note, "It is our lamp")
        self._to_approval()
        self.assertEqual(self.case.answer_state, "to_approve")

    def test_what_a_service_wrote_is_not_thrown_away(self):
        self._as(self.officer).action_assign_proposed()
        self.assertTrue(self._as(self.officer).may_reject)
        self._as(self.agent).write({"answer": "Words of the service"})
        self._refuse_all("action_reject", self.officer)

    def test_wizard_shows_the_letter_and_proposes(self):
        action = self._as(self.officer).action_reject()
        wizards = self.env["jamaa.complaint.reject"].with_user(self.officer).with_context(**action["context"])
        with Form(wizards) as form:
            form.ground_id = self.competence
            form.body_id = self.body
            form.reason = "The pipe belongs to the operator."
            self.assertIn("The pipe belongs to the operator.", form.letter)
            self.assertIn("Operator of water", form.letter)
        form.record.action_propose()
        self.assertEqual(self.case.body_id, self.body)
        self.assertEqual(self.case.answer_author_id, self.officer)

    def test_wizard_tells_nothing_of_a_case_out_of_sight(self):
        wizard = (
            self.env["jamaa.complaint.reject"]
            .with_user(self.officer_there)
            .create({"case_id": self.case.id, "ground_id": self.court.id, "reason": "x", "letter": "y"})
        )
        wizard._compute_letter()
        self.assertFalse(wizard.letter)
        with self.assertRaises(AccessError):
            wizard.action_propose()
        with self.assertRaises(AccessError):
            wizard.with_user(self.officer).read(["reason"])

    def test_repeated_and_unclear_are_counted_apart(self):
        for code in ("repeated", "unclear", "court"):
            case = self._lodge()
            self._propose(self.env.ref(f"jamaa_complaints.ground_{code}"), case=case)
            self._as(self.president_user, case).action_approve()
            self._as(self.officer, case).action_send()
        tickets = self.Ticket.with_user(self.officer)
        for code in ("repeated", "unclear"):
            domain = [("ground_id.counted_apart", "=", code), ("admissibility", "=", "inadmissible")]
            self.assertEqual(tickets.search_count(domain), 1)
        groups = tickets._read_group([("admissibility", "=", "inadmissible")], ["ground_id"], ["__count"])
        self.assertEqual(sorted(count for _ground, count in groups), [1, 1, 1])
