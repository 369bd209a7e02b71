"""“A paper that is not on the sheet was asked”: sent from a public page, followed by code or link."""

import re
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from odoo.addons.jamaa_base.controllers.public_form import _question

from ..models.jamaa_piece_report import PIECE_LIMIT, WORDS_LIMIT
from .request_common import RequestCase


@tagged("post_install", "-at_install")
class TestPieceReport(RequestCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].sudo().set_param("jamaa_base.proof_bits", "4")
        cls.request = cls._take(brought=1)
        cls.path = cls.request._public_path("fr")
        cls.form_url = f"/c/{cls.here.commune_slug}/fr/asked"

    def _guard(self, text):
        """The fields that let a posted form through, by the question."""
        token = re.search(r'name="form_token" value="([^"]+)"', text).group(1)
        key = re.search(r'data-challenge="([^"]+)"', text).group(1)
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret").encode()
        return {"form_token": token, "form_answer": str(sum(_question(secret, key)))}

    def _reports(self):
        return self.env["jamaa.piece.report"].search([("company_id", "=", self.here.id)])

    def test_report_from_the_page(self):
        form = self._guard(self.url_open(self.path + "/asked").text)
        data = {**form, "piece": "Copie légalisée", "words": "Au guichet 2"}
        for _twice in range(2):
            answer = self.url_open(self.path + "/asked", data=data, allow_redirects=False)
            self.assertEqual(answer.status_code, 303, answer.text[:500])
        report = self._reports()
        self.assertEqual(len(report), 1, "sent twice, taken once")
        self.assertEqual(report.request_id, self.request)
        self.assertEqual(report.said_by, "citizen")
        self.assertFalse(report.complainant_id)
        self.assertEqual(report.activity_ids.user_id, self.head)

    def test_report_from_a_sheet(self):
        url = self.form_url
        text = self.url_open(f"{url}?procedure={self.procedure.code}").text
        self.assertRegex(text, rf'value="{self.procedure.code}"[^>]*selected')
        data = {**self._guard(text), "piece": "", "procedure": self.procedure.code, "words": "hier"}
        answer = self.url_open(url, data=data)
        self.assertEqual(answer.status_code, 422)
        self.assertIn("hier", answer.text, "what was typed stays")
        data = {**self._guard(answer.text), **{k: v for k, v in data.items() if k in ("procedure", "words")}}
        answer = self.url_open(url, data={**data, "piece": "Copie", "procedure": "nothing"})
        self.assertEqual(answer.status_code, 422)
        answer = self.url_open(url, data={**data, "piece": "Copie", "email": "who@example.com"}, allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self._reports().procedure_id, self.procedure)
        self.assertNotIn("who@example.com", str(self._reports().read()))

    def test_report_guarded(self):
        url = self.form_url
        bare = {"piece": "Copie", "procedure": self.procedure.code}
        self.assertEqual(self.url_open(url, data=bare).status_code, 422)
        with patch.object(type(self.env["jamaa.throttle"]), "_allow", lambda *args: False):
            form = self._guard(self.url_open(url).text)
            self.assertEqual(self.url_open(url, data={**form, **bare}).status_code, 429)
        self.assertFalse(self._reports())

    def test_each_mistake_is_said(self):
        """Nothing is taken that says nothing, is too long, or is about no published procedure."""
        code = self.procedure.code
        for field, value in (
            ("piece", ""),
            ("piece", "x" * (PIECE_LIMIT + 1)),
            ("words", "x" * (WORDS_LIMIT + 1)),
            ("email", "no address"),
            ("procedure", "nothing"),
            ("procedure", f"{code}/other"),
            ("procedure", ""),
        ):
            with self.subTest(field=field, value=value[:12]):
                form = self._guard(self.url_open(self.form_url).text)
                data = {**form, "piece": "Copie", "procedure": code, field: value}
                answer = self.url_open(self.form_url, data=data, allow_redirects=False)
                self.assertEqual(answer.status_code, 422)
                self.assertIn(f'id="e-{field}"', answer.text)
        self.assertFalse(self._reports())
        nothing_there = self.form_url.replace(self.here.commune_slug, self.there.commune_slug)
        self.assertEqual(self.url_open(nothing_there).status_code, 404)

    # ---- followed ----

    def _reported(self, **vals):
        """A citizen's report, as superuser."""
        return self.env["jamaa.piece.report"]._from_public(self.here, self.procedure, "Copie légalisée", **vals)

    def _answer(self, report, finding="wrong", answer="Le guichet a été averti."):
        mine = self._as(self.head, report)
        mine.write({"finding": finding, "answer": answer})
        mine.action_answer()

    def test_sent_leads_to_a_page_with_code_and_pin(self):
        for url in (self.form_url, self.path + "/asked"):
            form = self._guard(self.url_open(url).text)
            data = {**form, "piece": "Copie légalisée", "procedure": self.procedure.code}
            first = self.url_open(url, data=data, allow_redirects=False).headers["Location"]
            again = self.url_open(url, data=data, allow_redirects=False).headers["Location"]
            report = self._reports()[0]
            self.assertTrue(first.endswith(report._public_path("fr")), first)
            self.assertEqual(first, again, "sent twice leads to the same page")
            answer = self.url_open(report._public_path("fr"))
            self.assertEqual((answer.status_code, answer.headers["Cache-Control"]), (200, "no-store"))
            self.assertIn(report._public_code_shown(), answer.text)
            self.assertIn(report._public_pin(), answer.text)
        self.assertEqual(len(self._reports()), 2)

    def test_pin_for_an_hour(self):
        report = self._reported()
        later = fields.Datetime.now() + timedelta(minutes=61)
        with patch.object(fields.Datetime, "now", lambda *args: later):
            page = self.url_open(report._public_path("fr")).text
        self.assertNotIn(report._public_pin(), page)
        self.assertIn(report._public_code_shown(), page)

    def test_code_and_pin_lead_to_it(self):
        report = self._reported()
        url = f"/c/{self.here.commune_slug}/fr/follow"
        good = {"code": report._public_code_shown(), "pin": report._public_pin()}
        answer = self.url_open(url, data=good, allow_redirects=False)
        self.assertTrue(answer.headers["Location"].endswith(report._public_path("fr")))
        pin = f"{(int(good['pin']) + 1) % 1_000_000:06d}"
        self.assertEqual(self.url_open(url, data={**good, "pin": pin}, allow_redirects=False).status_code, 422)

    def test_what_the_citizen_reads(self):
        """Received, looked into, answered; in each language, nothing while it is being written."""
        report = self._reported(words="SAID-WORDS", email="who@example.com")
        mine = self._as(self.head, report)
        states = []

        def page():
            self.env.flush_all()
            text = self.url_open(report._public_path("fr")).text
            states.append(re.search(r'id="report-state"[^>]*>([^<]+)<', text).group(1))
            return text

        self.assertEqual(page().count("jm-step-next"), 2)
        mine.action_look()
        self.assertEqual(report.looked_on, fields.Date.context_today(report))
        mine.write({"finding": "wrong", "answer": "HALF-WRITTEN"})
        text = page()
        self.assertEqual(text.count("jm-step-next"), 1)
        self.assertNotIn("HALF-WRITTEN", text)
        self.assertNotIn(report._finding_words(), text)
        self._answer(report)
        text = page()
        self.assertEqual(text.count("jm-step-next"), 0)
        self.assertIn("Le guichet a été averti.", text)
        self.assertEqual(len(set(states)), 3, states)
        mine.action_close()
        self.assertIn("Le guichet a été averti.", page())
        for lang, direction in (("ar", "rtl"), ("fr", "ltr"), ("zgh", "ltr")):
            answer = self.url_open(report._public_path(lang))
            self.assertIn(f'dir="{direction}"', answer.text)
            for hidden in ("who@example.com", "SAID-WORDS", self.head.name):
                self.assertNotIn(hidden, answer.text)
        for finding, _label in report._fields["finding"].selection:
            report.finding = finding
            self.assertTrue(report._page("fr")["finding"], finding)

    def test_answered_at_once_was_looked_into(self):
        report = self._reported()
        self._answer(report)
        self.assertEqual(report.looked_on, report.answered_on)
        self._as(self.head, report).action_look()
        self.assertEqual(report.state, "answered", "nothing goes back")

    def test_unknown_and_forbidden_look_alike(self):
        report = self._reported()
        path = report._public_path("fr")
        clerks = self._as(self.agent, self.env["jamaa.piece.report"]).create(
            {"procedure_id": self.procedure.id, "piece": "Copie"}
        )
        far = path.replace(f"/{self.here.commune_slug}/", f"/{self.there.commune_slug}/")
        bodies = set()
        for url in (
            path + "x",
            f"{self.form_url}/junk",
            f"{self.form_url}/{report.public_code}",
            f"{self.form_url}/{self.request.sudo().access_token}",
            clerks.sudo()._public_path("fr"),
            path.replace("/asked/", "/request/"),
            far,
        ):
            answer = self.url_open(url)
            self.assertEqual(answer.status_code, 404, url)
            bodies.add(re.sub(r"\s+", " ", re.sub(r'href="[^"]*"|<title>.*?</title>', "", answer.text))[:400])
        self.assertLessEqual(len(bodies), 2, "the commune of the address alone makes a difference")

    def test_get_changes_nothing(self):
        report = self._reported()
        self.env.flush_all()
        before = report.read()[0]
        self.url_open(report._public_path("fr"))
        self.env.invalidate_all()
        self.assertEqual(report.read()[0], before)

    def test_follow_is_cheap(self):
        path = self._reported()._public_path("fr")
        self.url_open(path)
        with self.assertQueryCount(30):
            self.url_open(path)

    def test_the_page_of_the_request_lists_them(self):
        report = self._reported(request=self.request)
        other = self._reported()
        page = self.url_open(self.path).text
        self.assertIn(report._public_path("fr"), page)
        self.assertNotIn(other._public_path("fr"), page)

    def test_who_looks_into_it(self):
        report = self._reported()
        self.assertTrue(self._as(self.head, report).public_code)
        for user in (self.agent, self.other_worker, self.worker, self.far_agent):
            with self.assertRaises(AccessError):
                self._as(user, report).action_look()
        self.assertEqual(report.state, "new")
        with self.assertRaises(AccessError):
            self._as(self.head, report).read(["access_token"])

    def test_identity_is_needed_until_answered(self):
        report = self._reported(email="who@example.com")
        self._as(self.head, report).action_look()
        self.assertTrue(report._needs_identity())
        self._answer(report)
        self.assertFalse(report._needs_identity())
