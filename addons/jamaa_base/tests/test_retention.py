"""Keeping and erasing: nothing before the commune confirmed, nothing on hold, nobody alone."""

import base64
from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models import jamaa_retention_run as run_model
from .common import CommuneCase


@tagged("post_install", "-at_install")
class TestRetention(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = cls._make_user("t_keeper", "jamaa_base.group_data_protection")
        cls.auditor = cls._make_user("t_auditor", "jamaa_base.group_auditor")
        cls.rule = cls.env.ref("jamaa_base.retention_rule_mail_scans")
        cls.letters = cls.env["jamaa.mail.entry"]
        for number in range(3):
            entry = cls.letters._register_incoming(
                cls.here, {"correspondent": f"Zineb {number}", "subject": "x", "scan": base64.b64encode(b"%PDF- scan")}
            )
            cls.letters |= entry
        cls.env.flush_all()
        cls.env.cr.execute("UPDATE jamaa_mail_entry SET date = date - 800 WHERE id IN %s", [tuple(cls.letters[:2].ids)])
        cls.env.invalidate_all()

    def _confirm(self, months=12):
        return (
            self.env["jamaa.retention.term"]
            .with_user(self.keeper)
            .create(
                {
                    "rule_id": self.rule.id,
                    "company_id": self.here.id,
                    "months": months,
                    "holder_id": self.president_holder.id,
                    "text_read": "Decision 3/2026",
                }
            )
        )

    def _run(self, counter=None):
        run = self.env["jamaa.retention.run"].with_user(counter or self.keeper).create({"company_id": self.here.id})
        run.action_count()
        return run

    def _erase(self, run, confirmer=None):
        run.with_user(confirmer or self.director_user).action_confirm()
        with self.enter_registry_test_mode():
            self.env.ref("jamaa_base.cron_retention").method_direct_trigger()

    def _scans(self):
        self.letters.invalidate_recordset()
        return [bool(entry.scan) for entry in self.letters]

    def test_nothing_goes_before_the_commune_confirmed(self):
        run = self._run()
        self.assertEqual(run.due_count, 0)
        self.assertFalse(run.line_ids.filtered("confirmed"))
        with self.assertRaises(UserError):
            run.with_user(self.director_user).action_confirm()

    def test_counted_confirmed_erased(self):
        self._confirm()
        run = self._run()
        self.assertEqual((run.due_count, run.state), (2, "counted"))
        self.assertEqual(self._scans(), [True, True, True], "counting erases nothing")
        self._erase(run)
        self.assertEqual((run.state, run.done_count), ("done", 2))
        self.assertEqual(self._scans(), [False, False, True])
        self.assertFalse(
            self.env["ir.attachment"].search(
                [
                    ("res_model", "=", "jamaa.mail.entry"),
                    ("res_id", "in", self.letters[:2].ids),
                    ("res_field", "=", "scan"),
                ]
            )
        )
        entry = self.env["jamaa.register.entry"].search([("kind_code", "=", "retention_run")], limit=1)
        self.assertIn('"erased":2', entry.facts)

    def test_nobody_erases_alone_but_in_a_small_commune(self):
        self._confirm()
        run = self._run()
        with self.assertRaises(UserError):
            run.with_user(self.keeper).action_confirm()
        self.here.profile = "small"
        self._erase(run, self.keeper)
        self.assertTrue(run.alone)

    def test_a_hold_keeps(self):
        self._confirm()
        run = self._run()
        hold = (
            self.env["jamaa.retention.hold"]
            .with_user(self.keeper)
            .create(
                {
                    "company_id": self.here.id,
                    "res_model": "jamaa.mail.entry",
                    "res_id": self.letters[0].id,
                    "reason": "Before the court",
                }
            )
        )
        self._erase(run)
        self.assertEqual(self._scans(), [True, False, True], "held after it was counted, and kept")
        with self.assertRaises(UserError):
            hold.with_user(self.keeper).write({"reason": "x"})
        hold.with_user(self.keeper).action_lift()
        self.assertEqual(self._run().due_count, 1)

    def test_batches_go_on_after_an_interruption(self):
        self._confirm()
        run = self._run()
        with patch.object(run_model, "BATCH", 1):
            run.with_user(self.director_user).action_confirm()
            line = run.sudo().line_ids.filtered("due_count")
            self.assertEqual(line._erase_batch(), 1)
            self.assertEqual(run.state, "running")
            self.assertEqual((line._erase_batch(), line._erase_batch()), (1, 0))
        self.assertEqual(run.done_count, 2)

    def test_no_more_than_was_counted(self):
        self._confirm()
        run = self._run()
        self.env.cr.execute("UPDATE jamaa_mail_entry SET date = date - 800 WHERE id = %s", [self.letters[2].id])
        self.env.invalidate_all()
        self._erase(run)
        self.assertEqual(sum(self._scans()), 1, "what came due later waits for the next count")

    def test_a_time_is_a_fact(self):
        term = self._confirm()
        with self.assertRaises(UserError):
            term.write({"months": 1})
        with self.assertRaises(UserError):
            term.sudo().unlink()
        term.action_end()
        self.assertEqual(self._run().due_count, 0)
        with self.assertRaises(UserError):
            self.env.ref("jamaa_base.retention_rule_throttle").with_user(self.keeper).action_confirm()

    def test_who(self):
        self._confirm()
        run = self._run()
        for user in (self.auditor, self.president_user, self.clerk):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                run.with_user(user).action_confirm()
        there = self._make_user("t_keeper_there", "jamaa_base.group_data_protection", company=self.there)
        for model in ("jamaa.retention.run", "jamaa.retention.term", "jamaa.retention.run.line"):
            self.assertFalse(self.env[model].with_user(there).search([("company_id", "=", self.here.id)]))
        with self.assertRaises(UserError):
            run.with_user(self.keeper).write({"state": "done"})

    def test_words_go_and_faces_stay(self):
        answers = self.env["jamaa.satisfaction"]
        subject = self.env["res.partner"].create({"name": "Case"})
        answers._record(subject, {"company_id": self.here.id, "topic": "complaint"}, 1, "Ask for Zineb")
        self.env.cr.execute("UPDATE jamaa_satisfaction SET create_date = create_date - interval '3 years'")
        self.rule = self.env.ref("jamaa_base.retention_rule_satisfaction_words")
        self._confirm()
        self._erase(self._run())
        answers.invalidate_model()
        self.assertEqual((answers._current(subject).value, answers._current(subject).comment), (1, False))


@tagged("post_install", "-at_install")
class TestPrivacyRequest(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = cls._make_user("t_keeper", "jamaa_base.group_data_protection")
        cls.auditor = cls._make_user("t_auditor", "jamaa_base.group_auditor")
        Vault = cls.env["jamaa.complainant"]
        cls.person = Vault.create(
            {
                "company_id": cls.here.id,
                "name": "Zineb Essaidi",
                "email": "zineb@example.org",
                "national_id": "ZX998877",
            }
        )
        cls.namesake = Vault.create({"company_id": cls.here.id, "name": "Zineb Essaidi bis"})
        cls.elsewhere = Vault.create({"company_id": cls.there.id, "email": "zineb@example.org"})

    def _request(self, kind="access", checked=True, **vals):
        request = (
            self.env["jamaa.privacy.request"]
            .with_user(self.keeper)
            .create({"kind": kind, "company_id": self.here.id, **vals})
        )
        if checked:
            request.action_check_identity()
        return request

    def test_nothing_before_the_identity_is_checked(self):
        request = self._request(checked=False, search_email="zineb@example.org")
        for step in (request.action_search, request.action_grant, request.action_print_dossier):
            with self.assertRaises(UserError):
                step()

    def test_found_by_exact_words_of_the_own_commune_and_on_record(self):
        request = self._request(search_email="ZINEB@example.org")
        request.action_search()
        self.assertEqual(request.sudo().found_ids, self.person)
        entry = self.env["jamaa.register.entry"].search([("kind_code", "=", "person_searched")], limit=1)
        self.assertNotIn("zineb", entry.facts.lower())
        for junk in ("%", "zineb", "_______", "@"):
            request.search_email = junk
            request.action_search()
            self.assertFalse(request.sudo().found_ids, junk)
        request.search_email = False
        with self.assertRaises(UserError):
            request.action_search()

    def test_a_namesake_is_not_found(self):
        """Nor anybody who shares one thing and differs in another."""
        person = self.person.sudo()
        shared = {"name": person.name, "company_id": self.here.id}
        namesake = person.create({**shared, "email": "namesake@example.org", "national_id": "NM112233"})
        request = self._request(search_name=person.name)
        with self.assertRaises(UserError):
            request.action_search()
        request.search_email = "zineb@example.org"
        request.action_search()
        self.assertEqual(request.sudo().found_ids, self.person)
        self.assertNotIn(namesake.national_id, str(request._dossier()))
        request.search_email, request.search_national_id = "namesake@example.org", person.national_id
        request.action_search()
        self.assertFalse(request.sudo().found_ids)

    def test_the_dossier_holds_the_own_data_alone(self):
        request = self._request(search_national_id="ZX998877")
        request.action_search()
        words = str(request._dossier())
        self.assertIn("ZX998877", words)
        self.assertNotIn("bis", words)
        request.action_print_dossier()
        self.assertTrue(self.env["jamaa.register.entry"].search([("kind_code", "=", "dossier_printed")]))
        report = self.env["ir.actions.report"].with_user(self.keeper).with_context(lang="ar_MA")
        content, _kind = report._render_qweb_pdf("jamaa_base.privacy_dossier", request.ids)
        self.assertEqual(content[:5], b"%PDF-")

    def test_nothing_is_granted_unsearched(self):
        for kind in ("access", "erasure", "rectification"):
            with self.assertRaises(UserError):
                self._request(kind).action_grant()

    def test_what_is_put_right_is_right_in_the_vault(self):
        request = self._request("rectification", search_email="zineb@example.org")
        request.action_search()
        with self.assertRaises(UserError):
            request.action_grant()
        request.new_phone = "+212600000001"
        request.action_grant()
        self.assertEqual((self.person.phone, self.person.name), ("+212600000001", "Zineb Essaidi"))
        self.assertFalse(request.new_phone)

    def test_an_erasure_leaves_no_trace(self):
        request = self._request("erasure", search_national_id="ZX998877", details="Erase me")
        request.action_search()
        request.action_grant()
        self.assertEqual(request.state, "done")
        self.assertTrue(self.person.erased_on)
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT table_name, column_name FROM information_schema.columns
                WHERE table_schema = 'public' AND data_type IN ('character varying', 'text', 'jsonb')"""
        )
        for table, column in self.env.cr.fetchall():
            self.env.cr.execute(f"""SELECT 1 FROM "{table}" WHERE "{column}"::text LIKE '%ZX998877%' LIMIT 1""")
            self.assertFalse(self.env.cr.fetchone(), f"{table}.{column}")

    def test_what_is_held_is_not_erased(self):
        request = self._request("erasure", search_national_id="ZX998877")
        request.action_search()
        self.env["jamaa.retention.hold"].create(
            {
                "company_id": self.here.id,
                "res_model": "jamaa.complainant",
                "res_id": self.person.id,
                "reason": "At the Médiateur",
            }
        )
        with self.assertRaises(UserError):
            request.action_grant()
        with self.assertRaises(UserError):
            self.person.with_user(self.keeper).action_erase()
        self.person.keep_until = self._day(-1)
        with self.enter_registry_test_mode():
            self.env["jamaa.complainant"]._cron_erase()
        self.assertFalse(self.person.erased_on)
        wizard = self.env["jamaa.privacy.refuse"].with_user(self.keeper)
        with self.assertRaises(UserError):
            wizard.create({"request_id": request.id, "reason": "no"}).action_apply()
        wizard.create({"request_id": request.id, "reason": "The case is at the Médiateur."}).action_apply()
        self.assertEqual((request.state, request.search_national_id), ("refused", False))

    def test_who(self):
        request = self._request(checked=False)
        for user in (self.auditor, self.director_user, self.president_user, self.clerk):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                request.with_user(user).action_check_identity()
        with self.assertRaises(AccessError):
            request.with_user(self.auditor).read(["search_email"])
        there = self._make_user("t_keeper_there", "jamaa_base.group_data_protection", company=self.there)
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            request.with_user(there).read(["reference"])
        with self.assertRaises(UserError):
            request.write({"state": "done"})
        forged = self._request(checked=False, state="done", checked_by_id=self.auditor.id)
        self.assertEqual((forged.state, forged.checked_by_id.id), ("received", False))
        with self.assertRaises(UserError):
            request.sudo().unlink()

    def test_due(self):
        request = self._request(received_on=self.today - timedelta(days=5), checked=False)
        self.assertEqual(request.due_date, self.today + timedelta(days=25))


@tagged("post_install", "-at_install")
class TestPrivacyPage(CommuneCase, HttpCase):
    def test_anybody_reads_what_is_kept(self):
        self.env["jamaa.retention.term"].create(
            {
                "rule_id": self.env.ref("jamaa_base.retention_rule_mail_scans").id,
                "company_id": self.here.id,
                "months": 137,
                "holder_id": self.president_holder.id,
                "text_read": "Decision 3/2026",
            }
        )
        for lang in ("ar", "fr"):
            page = self.url_open(f"/c/test-here/{lang}/privacy")
            self.assertEqual(page.status_code, 200)
            self.assertNotIn("Set-Cookie", page.headers)
            self.assertIn("137", page.text)
        self.assertNotIn("137", self.url_open("/c/test-there/fr/privacy").text)
        self.assertEqual(self.url_open("/c/nowhere/fr/privacy").status_code, 404)
