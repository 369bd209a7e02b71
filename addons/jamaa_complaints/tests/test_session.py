"""The sheet for a session of the council: counts of a period, small ones masked, no case."""

import io
from datetime import timedelta

from docx import Document

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import FACTS, ComplaintCase


@tagged("post_install", "-at_install")
class TestSession(ComplaintCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.Ticket._commune_today()
        cls.first, cls.last = cls.today - timedelta(days=100), cls.today - timedelta(days=10)
        cls.ground = cls.env["jamaa.complaint.ground"].search([("company_id", "=", False)], limit=1)
        cls.quarter = cls.env["jamaa.quarter"].create({"name_ar": "حي", "name_fr": "Hay", "company_id": cls.here.id})
        # kind, answered after days (None: not), due after days, whether it was not admitted; how many
        for kind, answered, due, rejected, times in (
            ("complaint", 5, 30, False, 8),
            ("complaint", 40, 30, False, 6),
            ("complaint", None, 30, False, 7),
            ("complaint", 3, 30, True, 6),
            ("remark", None, 200, False, 2),
        ):
            for _time in range(times):
                case = cls._lodge(kind=kind, site_id=cls.site.id, quarter_id=cls.quarter.id)
                cls.env.flush_all()
                cls.env.cr.execute(
                    """UPDATE helpdesk_ticket SET legal_receipt_date = %s, answered_on = %s, due_date = %s,
                              ground_id = %s, admissibility = %s, outcome = %s WHERE id = %s""",
                    (
                        cls.first,
                        answered and cls.first + timedelta(days=answered),
                        cls.first + timedelta(days=due),
                        cls.ground.id if rejected else None,
                        "inadmissible" if rejected else "admissible",
                        "solved" if answered and not rejected else None,
                        case.id,
                    ),
                )
        cls.env.invalidate_all()
        cls.director = cls._make_user("t_session_director", "jamaa_base.group_director")

    def _sheet(self, user=None, **vals):
        sheets = self.env["jamaa.complaint.session"].with_user(user or self.officer).with_company(self.here)
        values = {"name": "October", "date_from": self.first, "date_to": self.last, "lang": "fr_MA"}
        return sheets.create({**values, **vals})

    def _paper(self, **vals):
        return self._sheet(**vals).with_context(lang="en_US")._paper()

    def test_time_limits_kept_as_n_of_m(self):
        said = " ".join(self._paper()["summary"])
        self.assertIn("received 29 cases", said)
        self.assertIn("14 of 20 answers", said)
        self.assertIn("70", said)
        # seven complaints are past their day, two remarks have time
        self.assertIn("9 cases waited for an answer, 7 of them", said)

    def test_period_and_day_of_the_figures(self):
        period = self._paper()["period"]
        for day in (self.first, self.last, self.today):
            self.assertIn(f"{day.day} ", period)
            self.assertIn(str(day.year), period)

    def test_small_cells_are_masked(self):
        paper = self._paper()
        kinds = {row[0]: row[1:] for row in paper["tables"][0]["rows"]}
        # two remarks, and the complaints from which they could be reckoned
        self.assertEqual({row[0] for row in kinds.values()}, {"*"})
        self.assertEqual(kinds["Complaint"][1], "20")
        self.assertTrue(any(sentence.startswith("*") for sentence in paper["method"]))
        self.assertEqual([row[1] for row in paper["grounds"]], ["6"])

    def test_by_quarter_and_site(self):
        titles = [table["title"] for table in self._paper()["tables"]]
        self.assertEqual(titles, ["By kind", "By category", "By quarter or douar", "By site"])
        quarters = self._paper()["tables"][2]["rows"]
        self.assertEqual([row[1] for row in quarters], ["29"])

    def test_what_was_promised(self):
        case = self.Ticket.search([("company_id", "=", self.here.id), ("outcome", "=", "solved")], limit=1)
        promises = self.env["jamaa.complaint.promise"].sudo()
        for rank in range(12):
            promise = promises.create(
                {"case_id": case.id, "what": "A lamp", "due_on": self.today + timedelta(days=-5 if rank < 5 else 5)}
            )
            promise.write({"is_told": True, "state": "done" if rank >= 10 else "open"})
        rows = dict(self._paper()["promises"])
        self.assertEqual(rows["Given up, with the reason"], "0")
        # two are done: too few; and one more is masked, so that they are not reckoned
        self.assertEqual(rows["Done"], "*")
        self.assertEqual(sorted(rows.values()), ["*", "*", "0", "5"])

    def test_no_case_and_no_person(self):
        paper = str(self._paper())
        for secret in (FACTS, "Zineb", "Orangers", self.case.case_number, "Lamp out"):
            self.assertNotIn(secret, paper)

    def test_what_president_and_director_alone_read_is_not_counted(self):
        case = self.Ticket.search([("company_id", "=", self.here.id), ("outcome", "=", "solved")], limit=1)
        self.env.cr.execute("UPDATE helpdesk_ticket SET confidentiality = 'sensitive' WHERE id = %s", (case.id,))
        self.assertIn("received 28 cases", " ".join(self._paper()["summary"]))

    def test_on_paper_in_both_languages(self):
        for lang in ("ar_MA", "fr_MA"):
            with self.subTest(lang):
                sheet = self._sheet(lang=lang)
                pdf = self.env["ir.actions.report"]._render_qweb_pdf(
                    "jamaa_complaints.report_complaints_session", sheet.ids
                )[0]
                self.assertTrue(pdf.startswith(b"%PDF"))
                self.assertEqual(sheet._document_lang(), lang)

    def test_the_text_document_is_the_makers_alone(self):
        sheet = self._sheet(user=self.director)
        self.env.flush_all()
        self.authenticate(self.director.login, self.director.login)
        answer = self.url_open(f"/jamaa/complaints/session/{sheet.id}.docx")
        self.assertEqual(answer.status_code, 200)
        words = " ".join(paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs)
        self.assertIn("October", words)
        self.authenticate(self.officer.login, self.officer.login)
        with mute_logger("odoo.addons.base.models.ir_rule"):
            self.assertEqual(self.url_open(f"/jamaa/complaints/session/{sheet.id}.docx").status_code, 404)

    def test_who_makes_it(self):
        for user in (self.agent, self.head, self.receptionist, self.council_member, self.auditor, self.portal_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._sheet(user=user)

    def test_another_communes_figures_are_out_of_reach(self):
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self._sheet(company_id=self.there.id)

    def test_a_period_that_is_over(self):
        for first, last in ((self.last, self.first), (self.first, self.today + timedelta(days=1))):
            with self.subTest(last), self.assertRaises(ValidationError):
                self._sheet(date_from=first, date_to=last)
