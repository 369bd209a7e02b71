"""What is measured of the catalogue and of requests, against counting by hand."""

from datetime import timedelta

from odoo.tests import tagged

from .common import SAMPLE
from .request_common import RequestCase


@tagged("post_install", "-at_install")
class TestReceptionMetrics(RequestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.Request._commune_today()
        cls.month = cls.today.replace(day=1)
        cls.before = (cls.month - timedelta(days=1)).replace(day=1)
        cls.env.flush_all()

    def _compute(self):
        self.env.flush_all()
        self.env["jamaa.metric"].search([])._compute_values()
        self.env.invalidate_all()

    def _value(self, code, site=None, month=None):
        return self.env["jamaa.metric.value"].search(
            [
                ("metric_id.code", "=", code),
                ("company_id", "=", self.here.id),
                ("grain", "=", "month"),
                ("period_start", "=", month or self.month),
                ("site_id", "=", site and site.id),
            ]
        )

    def test_catalogue(self):
        self._published(code="civil-arabic", name={"ar": "عربي"}, sheet={**SAMPLE["sheet"], "access": []})
        late = self._published(code="civil-late")
        late.sheet_id.sudo().review_due = self._day(-1)
        self._compute()
        value = self._value("sheets_reviewed_in_time")
        self.assertEqual((value.numerator, value.denominator), (2, 3))
        value = self._value("sheets_in_both_languages")
        self.assertEqual((value.numerator, value.denominator), (2, 3))
        value = self._value("access_said_how")
        categories = self.env["jamaa.access.category"].search_count([])
        self.assertEqual((value.numerator, value.denominator), (2, 3 * categories))
        self.assertEqual(len(self._sheets_behind(self._value("sheets_reviewed_in_time"))), 3)

    def _sheets_behind(self, value):
        model, domain = self.env["jamaa.metric"]._metric_sources()[value.metric_id.code]["drill"](value)
        return self.env[model].search(domain)

    def test_a_language_missing_in_a_line(self):
        sheet = {**SAMPLE["sheet"], "steps": [{"text": {"ar": "اذهب."}}]}
        self._published(code="civil-half", sheet=sheet)
        self._compute()
        value = self._value("sheets_in_both_languages")
        self.assertEqual((value.numerator, value.denominator), (1, 2))

    def test_the_past_keeps_its_date_of_review(self):
        """Read again today, the sheet was late at the end of last month all the same."""
        sheet = self.procedure.sheet_id
        last = self.month - timedelta(days=1)
        self.env.flush_all()
        self.env.cr.execute("UPDATE jamaa_procedure_sheet SET published_on = %s WHERE id = %s", (self.before, sheet.id))
        self.env.cr.execute(
            "UPDATE jamaa_procedure_review SET reviewed_on = %s, due = %s WHERE sheet_id = %s",
            (self.before, last - timedelta(days=1), sheet.id),
        )
        self.env.invalidate_all()
        sheet.with_user(self.editor).action_still_true()
        self._compute()
        self.assertEqual(self._value("sheets_reviewed_in_time", month=self.before).numerator, 0)
        self.assertEqual(self._value("sheets_reviewed_in_time").numerator, 1)

    def _requests(self, count, decided, due, site=None):
        """Requests of this month with days set by hand."""
        for _number in range(count):
            request = self._take(site_id=(site or self.headquarters).id)
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE jamaa_procedure_request SET received_on = %s, decided_on = %s, due_date = %s WHERE id = %s",
                (self.month, decided, due, request.id),
            )

    def test_requests(self):
        self._requests(3, self.month, self.month)
        self._requests(2, self.month + timedelta(days=1), self.month)
        self._compute()
        self.assertEqual(self._value("requests_received").value, 5)
        self.assertEqual(self._value("requests_received", self.headquarters).value, 5)
        value = self._value("requests_decided_in_time")
        self.assertEqual((value.numerator, value.denominator), (3, 5))
        self.assertEqual(self._value("days_to_decision_median").value, 0)
        self.assertEqual(len(self._sheets_behind(value)), 5)

    def test_few_are_not_shown(self):
        self._requests(4, self.month, self.month)
        self._compute()
        self.assertFalse(self._value("requests_decided_in_time"))
        self.assertFalse(self._value("requests_decided_in_time", self.headquarters))

    def test_papers(self):
        piece = self.procedure.sheet_id.piece_ids[:1]
        note = self.env["jamaa.reception.precheck"]._note
        for missing, outcome in ((piece, "slip"), (piece, "insisted"), (piece.browse(), "complete")):
            for _twice in range(2):
                note(self.here, self.procedure.sheet_id, self.headquarters, missing, outcome)
        self._compute()
        value = self._value("papers_complete_at_once", self.headquarters)
        self.assertEqual((value.numerator, value.denominator), (2, 6))
        self.assertEqual(self._value("papers_missing").value, 4)
        self.assertEqual(self._value("returns_avoided").value, 2)

    def _say(self, clear, unclear):
        """Answers about clarity, given last month."""
        rows = [{"value": "clear"}] * clear + [{"value": "unclear", "what": "words"}] * unclear
        self.env["jamaa.procedure.clarity"].create(
            [{**row, "sheet_id": self.procedure.sheet_id.id, "lang": "fr_MA", "day": self.before} for row in rows]
        )

    def test_clarity(self):
        self._say(7, 2)
        self._compute()
        self.assertFalse(self._value("sheets_clear", month=self.before), "nine answers tell too much of one")
        self._say(1, 0)
        self._compute()
        value = self._value("sheets_clear", month=self.before)
        self.assertEqual((value.numerator, value.denominator), (8, 10))

    def test_reception_helped(self):
        for number in range(10):
            self.env["jamaa.satisfaction"].sudo().create(
                {
                    "company_id": self.here.id, "topic": "reception", "site_id": self.headquarters.id,
                    "res_model": "jamaa.site", "res_id": self.headquarters.id + number, "value": 3 if number < 6 else 1,
                }
            )  # fmt: skip
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE jamaa_satisfaction SET create_date = %s WHERE company_id = %s",
            (self.before + timedelta(days=10), self.here.id),
        )
        self._compute()
        value = self._value("reception_helped", self.headquarters, self.before)
        self.assertEqual((value.numerator, value.denominator), (6, 10))

    def test_every_measure_has_a_source(self):
        sources = self.env["jamaa.metric"]._metric_sources()
        names = self.env["ir.model.data"].search([("module", "=", "jamaa_reception"), ("model", "=", "jamaa.metric")])
        codes = self.env["jamaa.metric"].browse(names.mapped("res_id")).mapped("code")
        self.assertGreaterEqual(len(codes), 12)
        self.assertLessEqual(set(codes), set(sources))
        self._compute()
        self.assertFalse(self.env["jamaa.metric"].search([("code", "in", codes)]).filtered("last_error"))
