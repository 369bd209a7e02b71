"""Rules of trust, publication and audit that are seen only where somebody tries to pass by them."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import picture
from .test_trust import NAMED, TrustCase
from .test_trust_audit import AuditCase
from .test_trust_public import PublicationCase


@tagged("post_install", "-at_install")
class TestLevelGuards(TrustCase):
    def test_a_level_is_another_one_and_has_a_reason(self):
        for vals in ({"level": "normal"}, {}, {"level": "restricted", "reason": " "}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self._trust(self.officer, self.case, "level", **vals)
        self.assertEqual(self.case.sudo().confidentiality, "normal")
        closed = self._trust(self.officer, self.case, "level", level="restricted")
        self.assertEqual(closed["type"], "ir.actions.act_window_close")
        back = self._trust(self.officer, self.case, "level", level="sensitive")
        self.assertEqual(back["target"], "main", "out of sight: back to the list")

    def test_who_carries_a_case_out_does_not_set_its_level(self):
        self._as(self.officer).action_assign_proposed()
        self.assertTrue(self._as(self.agent).has_access("read"))
        with self.assertRaises(AccessError):
            self._trust(self.agent, self.case, "level", level="restricted")
        with self.assertRaises(AccessError):
            self._as(self.agent).action_confidentiality()
        self.assertEqual(self._as(self.officer).action_confidentiality()["res_model"], "jamaa.complaint.trust")

    def test_a_person_is_heard_on_a_day_that_was(self):
        for day in (False, self.today + timedelta(days=1)):
            with self.subTest(day=day), self.assertRaises(UserError):
                self._trust(self.director_user, self.report, "heard", date=day)

    def test_only_a_report_on_a_person_is_heard_or_verified(self):
        plain = self._lodge(kind="report", names_person="no")
        for case in (self.case, plain):
            for what in ("heard", "verified"):
                with self.subTest(kind=case.kind, what=what), self.assertRaises(AccessError):
                    self._trust(self.director_user, case, what, date=case.legal_receipt_date)
        self.assertFalse(plain.must_hear)

    def test_buttons_ask_nothing_of_who_may_not(self):
        known = self._lodge(kind="report", names_person="yes")
        for name in ("action_hear", "action_verify"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                getattr(self._as(self.officer, known), name)()
            self.assertEqual(getattr(self._as(self.director_user, known), name)()["target"], "new")

    def test_heard_before_the_answer_and_verified_once(self):
        self._trust(self.director_user, self.report, "verified")
        with self.assertRaises(AccessError):
            self._trust(self.director_user, self.report, "verified")
        self.report.sudo().write({"answer": "x"})
        self.report.sudo().write({"answer_state": "sent", "answered_on": self.today})
        with self.assertRaises(AccessError):
            self._trust(self.director_user, self.report, "not_heard")

    def test_a_case_closed_to_many_after_its_outcome_is_heard_all_the_same(self):
        plain = self._lodge(kind="report", names_person="no")
        self._as(self.officer, plain).write({"answer": "Looked into.", "outcome": "solved"})
        self._trust(self.officer, plain, "level", level="sensitive")
        with self.assertRaisesRegex(UserError, "hear that person first"):
            self._as(self.director_user, plain).action_submit()

    def test_no_search_finds_it_by_what_hangs_on_it(self):
        self.report.sudo()._add_milestone("corrected", note=NAMED)
        self.report.sudo().message_post(body=f"{NAMED} was here")
        director = self._model(self.director_user)
        for path in ("milestone_ids.note", "message_ids.body"):
            found = director.search([(path, "ilike", "Lamrani"), ("id", "=", self.report.id)])
            self.assertFalse(found, path)

    def test_the_clerk_has_the_slip_for_an_hour(self):
        wizards = self._model(self.receptionist, "jamaa.complaint.counter")
        values = {"company_id": self.here.id, "kind": "report", "facts": NAMED, "category_id": self.category.id}
        wizard = wizards.create({**values, "names_person": True})
        wizard.action_lodge()
        self.assertTrue(wizard.case_number)
        plain = wizards.create({**values, "kind": "remark"})
        plain.action_lodge()
        self.assertNotEqual(plain.action_print()["type"], "ir.actions.act_url", "seen as any other")
        self.env.flush_all()
        query = "UPDATE helpdesk_ticket SET create_date = create_date - interval '61 minutes' WHERE id = %s"
        self.env.cr.execute(query, [wizard.sudo().case_id.id])
        self.assertFalse(self._as(self.receptionist, wizard).case_number)

    def test_the_time_of_unverified_reports_is_not_confirmed_in_months(self):
        with self.assertRaises(UserError):
            self.env.ref("jamaa_complaints.retention_rule_unverified_reports").action_confirm()


@tagged("post_install", "-at_install")
class TestPublicationGuards(PublicationCase):
    def _release(self, row):
        row.with_user(self.director_user).action_release()

    def _refused(self, words, row):
        with self.assertRaisesRegex(UserError, words):
            self._release(row)

    def test_which_cases_are_published(self):
        row = self._write(case_id=self._lodge().id)
        self._refused("after its answer", row)
        row.case_id.sudo()._add_milestone("closed")
        self.assertTrue(row.case_id.sudo().stage_id.closed)
        self._release(row)
        named = self._lodge(kind="report", names_person="yes")
        named.sudo().write({"confidentiality": "normal", "not_heard": True, "answer": "x"})
        named.sudo().write({"answer_state": "sent", "answered_on": self.today})
        self._refused("not for publication", self._write(case_id=named.id))
        row = self._write()
        self.case.sudo().contents_erased_on = self.today
        self._refused("not for publication", row)

    def test_each_refusal_says_what_is_to_be_mended(self):
        self._refused("Write a title and a text", self._write(title_fr=False, text_fr=False))
        self._refused("names a person", self._write(text_fr="Mrs Essaidi is glad."))
        self._refused("holds an address", self._write(text_fr="Call 0699999999."))

    def test_released_and_withdrawn_once(self):
        row = self._write()
        with self.assertRaises(UserError):
            row.with_user(self.officer).action_withdraw()
        self._release(row)
        with self.assertRaises(AccessError):
            self._release(row)
        row.with_user(self.officer).action_withdraw()
        with self.assertRaises(UserError):
            row.with_user(self.officer).action_withdraw()

    def test_in_a_small_commune_one_person_does_both(self):
        self.here.profile = "small"
        row = self._write(self.director_user)
        self._release(row)
        self.assertEqual(row.state, "released")

    def test_the_function_is_one_of_the_commune(self):
        theirs = self.director.copy({"company_id": self.there.id})
        with self.assertRaises(ValidationError):
            self.here.publication_function_id = theirs

    def test_no_photo_is_added_to_what_was_released(self):
        row = self._write()
        wizards = self.env["jamaa.complaint.blackout"].with_user(self.officer)
        values = {"publication_id": row.id, "photo_id": self.case.sudo().photo_ids[:1].id, "nothing_to_hide": True}
        wizards.create(values).action_add()
        self.assertEqual(len(row.sudo().photo_ids), 1)
        foreign = self._lodge(photos=[picture()]).sudo().photo_ids
        with self.assertRaisesRegex(UserError, "photo of this case"):
            wizards.create({**values, "photo_id": foreign.id}).action_add()
        self._release(row)
        with self.assertRaises(UserError):
            wizards.create(values).action_add()

    def test_the_card_of_published_cases(self):
        def shown():
            self.env.invalidate_all()
            return [card for card in self.here._public_cards("fr") if card["url"].endswith("/complaints/published")]

        row = self._write()
        self.assertFalse(shown())
        self._release(row)
        self.assertTrue(shown())
        self.here.publication_function_id = False
        self.assertFalse(shown())


@tagged("post_install", "-at_install")
class TestAuditGuards(AuditCase):
    def test_a_period_without_answers_gives_no_sample(self):
        day = self.today - timedelta(days=900)
        self._as(self.auditor, self.audit).write({"date_from": day, "date_to": day})
        with self.assertRaises(UserError):
            self._draw()

    def test_the_auditor_of_another_commune_draws_nothing_here(self):
        stranger = self._make_user("t_auditor_there", "jamaa_base.group_auditor", company=self.there)
        for name in ("action_draw", "action_export_csv", "action_export_xlsx"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                getattr(self._as(stranger, self.audit), name)()

    def test_which_cases_are_drawn_from(self):
        sent = {"answer_state": "sent", "answered_on": self.today}
        day = self.today - timedelta(days=1)
        early, late, theirs = self._lodge(), self._lodge(), self._lodge(company=self.there, site_id=False)
        for case in (early | late | theirs).sudo():
            case.write({"answer": "Done"})
            case.write(
                {**sent, "answered_on": {early: day, late: self.today + timedelta(days=1)}.get(case, self.today)}
            )
        self.assertEqual(self.audit.sudo()._candidates(), self.cases)
        self.hidden.sudo().confidentiality = "restricted"
        self.assertIn(self.hidden, self.audit.sudo()._candidates(), "by its level alone it was left out")

    def test_a_finding_is_about_the_own_sample(self):
        item = self._draw()[:1]
        other = self.audit.with_user(self.auditor).create(
            {"company_id": self.here.id, "date_from": self.today, "date_to": self.today}
        )
        findings = self.env["jamaa.complaint.audit.finding"].with_user(self.auditor)
        with self.assertRaises(ValidationError):
            findings.create({"audit_id": other.id, "item_id": item.id, "text": "No date."})
        self.assertTrue(findings.create({"audit_id": self.audit.id, "item_id": item.id, "text": "No date."}))
