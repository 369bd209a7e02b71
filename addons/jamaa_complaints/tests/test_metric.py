"""What is measured of cases, against counting them by hand."""

from datetime import timedelta

from odoo.tests import tagged

from .common import ComplaintCase


@tagged("post_install", "-at_install")
class TestCaseMetrics(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.Ticket._commune_today()
        cls.now = cls.today.replace(day=1)
        cls.past = (cls.now - timedelta(days=1)).replace(day=10)
        # received in the month before: two answered in it (in 4 and 12 days, one late), one still open and late
        for days, due in ((4, 20), (12, 10), (None, 15)):
            case = cls._lodge(legal_receipt_date=cls.past - timedelta(days=9), site_id=cls.site.id).sudo()
            cls.env.flush_all()
            cls.env.cr.execute(
                "UPDATE helpdesk_ticket SET due_date = %s, answered_on = %s, legal_receipt_date = %s WHERE id = %s",
                (
                    cls.past.replace(day=due),
                    days and cls.past.replace(day=1) + timedelta(days=days),
                    cls.past.replace(day=1),
                    case.id,
                ),
            )
        cls.env.invalidate_all()
        cls.metrics = cls.env["jamaa.metric"].search([])
        cls.metrics._compute_values()

    def _value(self, code, site=None):
        return self.env["jamaa.metric.value"].search(
            [
                ("metric_id.code", "=", code),
                ("company_id", "=", self.here.id),
                ("grain", "=", "month"),
                ("period_start", "=", self.past.replace(day=1)),
                ("site_id", "=", site and site.id),
            ]
        )

    def test_definitions(self):
        expected = {
            "cases_received": 3,
            "complaints_received": 3,
            "cases_answered": 2,
            "answered_in_time": 50,
            "days_to_answer_median": 8,
            "cases_open": 1,
            "cases_late": 1,
        }
        for code, value in expected.items():
            with self.subTest(code):
                self.assertEqual(self._value(code).value, value)
                self.assertEqual(self._value(code, self.site).value, value)
        self.assertAlmostEqual(self._value("days_to_answer_p90").value, 11.2)
        self.assertFalse(self.metrics.filtered("last_error"))

    def test_the_records_behind_a_figure_are_as_many(self):
        for code in ("cases_received", "cases_answered", "cases_open", "cases_late", "answered_in_time"):
            value = self._value(code)
            action = value.with_user(self.officer).action_drill()
            cases = self.env[action["res_model"]].with_user(self.officer).search(action["domain"])
            self.assertEqual(len(cases), value.denominator, code)

    def test_a_reader_drills_with_the_own_rights(self):
        action = self._value("cases_received").with_user(self.head).action_drill()
        self.assertFalse(self.env[action["res_model"]].with_user(self.head).search(action["domain"]))

    def test_every_measure_has_a_source(self):
        sources = self.env["jamaa.metric"]._metric_sources()
        self.assertEqual({m.code for m in self.metrics} - set(sources), set())
