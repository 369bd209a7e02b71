"""The clocks and the steps of a request."""

from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .request_common import NAME, RequestCase


@tagged("post_install", "-at_install")
class TestRequestFlow(RequestCase):
    # ---- clocks ----

    @freeze_time("2026-03-02 10:00:00")
    def test_due_over_weekend_with_proof(self):
        """2 March 2026 and thirty days: 1 April; a regime of working days jumps weekends and holidays."""
        request = self._take()
        self.assertEqual(request.due_date, date(2026, 4, 1))
        self.assertIn("30", request.due_proof)
        self.assertFalse(request.due_is_legal, "nobody confirmed the rule")
        self._make_regime("test_working", days=3, unit="working")
        self.env["jamaa.holiday"].search([("date", ">=", "2026-03-01"), ("date", "<=", "2026-03-20")]).unlink()
        self.env["jamaa.holiday"].create({"name": "Closed", "date": date(2026, 3, 4), "company_id": self.here.id})
        other = self._take(procedure=self._asking("test_working", code="permit-working"))
        # Tuesday 3, not the holiday of the 4th, Thursday 5, Friday 6
        self.assertEqual(other.due_date, date(2026, 3, 6))
        self.assertIn("Closed", other.due_proof)
        paper = other.with_context(lang="en_US").sudo()._paper()
        self.assertTrue(any("Closed" in line for line in paper["due"]["proof"]), "the paper prints the proof")

    @freeze_time("2026-03-05 10:00:00")
    def test_last_day_on_a_weekend(self):
        self._make_regime("test_two", days=2)
        request = self._take(procedure=self._asking("test_two", code="permit-two"))
        self.assertEqual(request.due_date, date(2026, 3, 9), "Saturday 7 rolls to Monday")

    def test_legal_once_confirmed(self):
        regime = self.env["jamaa.legal.regime"].search([("code", "=", "test_receipt")])
        self.env["jamaa.legal.confirmation"].sudo().create(
            {
                "regime_id": regime.id,
                "company_id": self.here.id,
                "holder_id": self.president_holder.id,
                "text_read": "Law 55-19, article 16, Official Bulletin 6866.",
            }
        )
        self.assertTrue(self._take().due_is_legal)

    def test_start_with_the_complete_file(self):
        procedure = self._asking("test_complete", code="permit-complete")
        with freeze_time("2026-03-02 10:00:00"):
            request = self._take(brought=1, procedure=procedure)
            self.assertFalse(request.due_date)
            self.assertEqual(request.clock_state, "waiting")
        with freeze_time("2026-03-09 10:00:00"):
            request.piece_ids.filtered(lambda one: one.state == "missing").action_received()
            self.assertEqual(request.stage, "received")
            self.assertEqual(request.due_date, date(2026, 3, 19))
        # a rule that starts with receipt is stopped by nothing
        with freeze_time("2026-03-02 10:00:00"):
            self.assertEqual(self._take(brought=1).due_date, date(2026, 4, 1))

    def test_extension_once_with_reason(self):
        with freeze_time("2026-03-02 10:00:00"):
            request = self._as(self.worker, self._take())
            with self.assertRaisesRegex(UserError, "in a sentence"):
                request._extend("because")
            request._extend("An inspection of the place is needed.")
            self.assertEqual(request.due_date, date(2026, 4, 16))
            with self.assertRaises(AccessError):
                request._extend("Another inspection of the place is needed.")
            with self.assertRaisesRegex(UserError, "done once"):
                request.sudo()._extend("Another inspection of the place is needed.")
            other = self._take()
        with freeze_time("2026-04-02 10:00:00"), self.assertRaisesRegex(UserError, "before it ends"):
            other.sudo()._extend("An inspection of the place is needed.")

    def test_no_extension_where_the_rule_knows_none(self):
        request = self._take(procedure=self._asking("test_complete", code="permit-complete"))
        self.assertFalse(self._as(self.worker, request).may_extend)
        with self.assertRaisesRegex(UserError, "knows no extension"):
            request.sudo()._extend("An inspection of the place is needed.")

    # ---- alerts and silence ----

    def _nightly(self):
        """The nightly run; a test's own transaction is not committed."""
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 1):
            self.Request._cron_alerts()

    def _mails(self, request):
        return self.env["mail.mail"].sudo().search([("vault_id", "=", request.sudo().complainant_id.id)])

    def test_alerts_once(self):
        with freeze_time("2026-03-02 10:00:00"):
            request = self._take(identity={"email": "citizen@example.com"})
        with freeze_time("2026-03-28 03:40:00"):
            self._nightly()
            self._nightly()
        self.assertEqual(request.sudo().activity_ids.user_id, self.head)
        self.assertEqual(len(request.sudo().activity_ids), 1)
        self.assertNotIn("silence_agreement", request.milestone_ids.mapped("code"))
        with freeze_time("2026-04-02 03:40:00"):
            self._nightly()
            self._nightly()
        codes = request.milestone_ids.mapped("code")
        self.assertEqual(codes.count("silence_agreement"), 1)
        self.assertEqual(request.stage, "received", "no decision is made up")
        self.assertFalse(request.decided_on)
        self.assertEqual(request.silence_passed_on, date(2026, 4, 2))
        self.assertTrue(self._as(self.agent, request).may_attest)
        subjects = self._mails(request).mapped("subject")
        self.assertEqual(len([one for one in subjects if request.number in one]), 2, subjects)
        self.assertFalse(request.message_partner_ids, "an alert makes nobody a follower")

    def test_other_effects_of_silence(self):
        with freeze_time("2026-03-02 10:00:00"):
            refusal = self._take(procedure=self._asking("test_receipt", "refusal", code="permit-refusal"))
            nothing = self._take(procedure=self._asking("test_receipt", "none", code="permit-none"))
        with freeze_time("2026-05-02 03:40:00"):
            self._nightly()
        self.assertIn("silence_refusal", refusal.milestone_ids.mapped("code"))
        self.assertIn("due_passed", nothing.milestone_ids.mapped("code"))

    def test_alerts_are_flat(self):
        def run(count):
            with freeze_time("2026-03-02 10:00:00"):
                for _rank in range(count):
                    self._take()
            self.env.flush_all()
            self.env.invalidate_all()
            with freeze_time("2026-03-28 03:40:00"):
                before = self.env.cr.sql_log_count
                self.Request._tell_alerts(self.Request._pending_alerts())
                self.env.flush_all()
                return self.env.cr.sql_log_count - before

        run(1)
        few = run(2)
        many = run(20)
        self.assertLessEqual(many, few + 4)

    # ---- missing pieces ----

    def test_asked_once(self):
        request = self._take(brought=0, identity={"email": "citizen@example.com"})
        until = request._commune_today() + timedelta(days=20)
        with self.assertRaisesRegex(UserError, "day after today"):
            request._ask(request._commune_today())
        request._ask(until)
        self.assertEqual(request.piece_ids.filtered("asked").mapped("state"), ["missing", "missing"])
        with self.assertRaisesRegex(UserError, "asked once"):
            request._ask(until)
        self.assertFalse(request.may_ask)
        page = request._page("fr")
        self.assertEqual([piece["text"] for piece in page["pieces"]["missing"]], ["Carte nationale", "Contrat de bail"])
        self.assertTrue(page["asked"]["open"])
        subject = request.with_context(lang="fr_MA")._mail_subject("asked")
        self.assertIn(subject, self._mails(request).mapped("subject"))

    def test_lapses_only_after_the_day(self):
        with freeze_time("2026-03-02 10:00:00"):
            request = self._take(brought=1)
            request._ask(date(2026, 3, 20))
            self.assertFalse(self._as(self.worker, request).may_lapse)
        with freeze_time("2026-03-21 10:00:00"):
            self._as(self.worker, request)._lapse("Nothing came.")
        self.assertEqual(request.stage, "lapsed")

    # ---- decision ----

    def test_decision_signed_by_who_may(self):
        request = self._take()
        service = self._as(self.worker, request)
        service.action_work()
        self.assertEqual((request.stage, request.user_id), ("in_work", self.worker))
        today = request._commune_today()
        other = self._make_holder(self.vice_president, self.vice_user)
        with self.assertRaisesRegex(UserError, "could not sign"):
            service._decide("granted", "", other, today)
        with self.assertRaisesRegex(UserError, "needs its reasons"):
            service._decide("refused", "  ", self.president_holder, today)
        with self.assertRaisesRegex(UserError, "recorded once it is"):
            service._decide("granted", "", self.president_holder, today + timedelta(days=1))
        service._decide("refused", "The place is not in the commune.", self.president_holder, today)
        self.assertEqual(request.stage, "decided")
        self.assertTrue(request.letter_number)
        entry = (
            self.env["jamaa.mail.entry"].sudo().search([("res_model", "=", request._name), ("res_id", "=", request.id)])
        )
        self.assertNotIn(NAME, str(entry.read()))
        with self.assertRaises(UserError):
            service._decide("granted", "", self.president_holder, today)
        with self.assertRaisesRegex(UserError, "on record"):
            service.decision_reason = "Other"

    def test_every_button_of_the_service_works(self):
        """Who is offered to take a request on can do so."""
        for user in (self.worker, self.head, self.director_user):
            request = self._as(user, self._take())
            self.assertTrue(request.may_work)
            request.action_work()
            self.assertEqual(request.user_id, user)
        for user in (self.agent, self.president_user):
            self.assertFalse(self._as(user, self._take()).may_work)
        with self.assertRaisesRegex(UserError, "works for no service"):
            request.user_id = self.agent

    def test_capacity_in_the_language_of_the_reader(self):
        request = self._take()
        clerk = self._as(self.worker, request).with_context(lang="ar_MA")
        clerk._decide("granted", "", self.president_holder, request._commune_today())
        for url, code in (("fr", "fr_MA"), ("ar", "ar_MA")):
            said = self.president_holder.with_context(lang=code).display_name
            self.assertEqual(request._page(url)["decision"]["by"], said)
            self.assertEqual(request.with_context(lang=code).decided_capacity, said)
        self.assertNotEqual(request._page("fr")["decision"]["by"], request._page("ar")["decision"]["by"])
        with self.assertRaisesRegex(UserError, "follows the buttons"):
            self._as(self.worker, request).update_field_translations("decided_capacity", {"fr_MA": "Somebody else"})

    def test_nothing_to_collect_for_who_was_refused(self):
        def steps(request):
            return [step["text"] for step in request.with_context(lang="en_US").sudo()._steps_words()]

        request = self._take()
        self._as(self.worker, request).decision_outcome = "refused"
        self.assertEqual(steps(request)[-1], "You collect it", "what is being typed is not told")
        self._decided(request, "refused", "The place is not in the commune.")
        self.assertEqual(steps(request)[-1], "The commune has decided")
        self.assertEqual(steps(self._decided())[-1], "You collect it")

    def test_to_the_hand(self):
        request = self._decided()
        self._as(self.worker, request)._set_ready(self.annex)
        self.assertEqual(request.collect_site_id, self.annex)
        desk = self._as(self.agent, request)
        with self.assertRaisesRegex(UserError, "by which proxy"):
            desk._hand_over("proxy", {})
        desk._hand_over("proxy", {"name": "Neighbour Example"})
        self.assertEqual((request.stage, request.handed_to), ("handed_over", "proxy"))
        self.assertNotIn("Neighbour", str(request.sudo().read()))
        self.assertEqual(request.ended_on, request._commune_today())
        with self.assertRaises(AccessError):
            desk._hand_over()

    def test_on_the_spot(self):
        request = self._take()
        self._as(self.agent, request)._deliver()
        self.assertEqual(request.stage, "handed_over")
        self.assertTrue(request.on_the_spot)
        self.assertFalse(request.decided_by_id, "nobody signs in the tool")
        self.assertFalse(request.letter_number)

    def test_withdrawn(self):
        request = self._take()
        with self.assertRaisesRegex(UserError, "Say why"):
            request._withdraw("")
        request._withdraw("The citizen no longer needs it.")
        self.assertEqual(request.stage, "withdrawn")
        self.assertTrue(self.env["jamaa.register.entry"].search([("kind_code", "=", "request_ended")]))

    def test_wizard(self):
        request = self._decided()
        Step = self.env["jamaa.request.step"].with_user(self.worker)
        step = Step.create({"request_id": request.id, "step": "ready", "site_id": self.annex.id})
        step.action_do()
        self.assertEqual(request.stage, "ready")
        step = Step.create(
            {"request_id": request.id, "step": "hand_over", "handed_to": "proxy", "proxy_name": "Neighbour Example"}
        )
        step.action_do()
        self.assertEqual(request.stage, "handed_over")
        self.assertFalse(step.proxy_name, "the name went to the vault alone")

    # ---- vault ----

    def test_reveal_and_erase(self):
        request = self._take()
        request.sudo().write({"note": f"{NAME} will call."})
        reveal = self.env["jamaa.identity.reveal"]
        ask = {"complainant_id": request.sudo().complainant_id.id, "reason": "The act is written in this name."}
        with self.assertRaises(AccessError):
            reveal.with_user(self.other_worker).create(ask)
        look = reveal.with_user(self.worker).create(ask)
        self.assertEqual(look.value_name, NAME)
        self.assertTrue(request._needs_identity())
        request._withdraw("No longer needed.")
        self.assertFalse(request._needs_identity())
        request.sudo().complainant_id._erase()
        self.assertFalse(request.sudo().note)

    def test_retention(self):
        request = self._take()
        request._withdraw("The citizen no longer needs it.")
        rule = self.env.ref("jamaa_reception.retention_rule_request_words")
        source = rule._retention_sources()["request_words"]
        later = request._commune_today() + timedelta(days=1)
        self.assertIn(request.sudo(), source["due"](self.here, later))
        self.assertFalse(source["due"](self.here, request._commune_today() - timedelta(days=1)) & request.sudo())
        source["erase"](request.sudo())
        self.assertFalse(request.end_reason)
        self.assertTrue(request.number)
