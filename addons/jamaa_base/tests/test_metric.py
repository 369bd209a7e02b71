"""Measures: one query a grain, frozen periods, nothing typed, nothing small."""

import io
from datetime import date, timedelta
from unittest.mock import patch

from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL, mute_logger

from ..models.jamaa_metric import GRACE_DAYS
from ..tools.line_chart import line_chart
from .common import CommuneCase


class MetricCase(CommuneCase):
    """Two invented measures over rows of a table made for the tests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Metric = cls.env["jamaa.metric"]
        cls.Value = cls.env["jamaa.metric.value"]
        cls.env["jamaa.metric"].search([]).active = False
        cls.site = cls.env["jamaa.site"].create({"name": "Annex", "company_id": cls.here.id})
        cls.env.cr.execute(
            "CREATE TEMP TABLE test_facts (company_id int, site_id int, day date, num numeric, den numeric) ON COMMIT DROP"
        )
        cls.visits = cls._make_metric("test_visits")
        cls.share = cls._make_metric("test_share", statistic="share", unit="percent", direction="up", least=10)
        source = {
            "facts": lambda first, last: SQL("SELECT * FROM test_facts WHERE day BETWEEN %s AND %s", first, last),
            "drill": lambda value: ("jamaa.site", [("company_id", "=", value.company_id.id)]),
        }
        sources = dict.fromkeys(("test_visits", "test_share", "test_median", "test_state"), source)
        cls.classPatch(cls.registry["jamaa.metric"], "_metric_sources", lambda self: sources)
        cls.month = cls.today.replace(day=1)

    @classmethod
    def _make_metric(cls, code, **vals):
        return cls.Metric.create({"code": code, "name": code, **vals})

    @classmethod
    def _facts(cls, *rows):
        for company, site, day, num, den in rows:
            cls.env.cr.execute(
                "INSERT INTO test_facts VALUES (%s, %s, %s, %s, %s)", (company.id, site and site.id, day, num, den)
            )

    def _values(self, metric, grain="month", company=None):
        rows = self.Value.search(
            [("metric_id", "=", metric.id), ("grain", "=", grain), ("company_id", "=", (company or self.here).id)],
            order="period_start, site_id",
        )
        return [(row.period_start, row.site_id, row.value) for row in rows]


@tagged("post_install", "-at_install")
class TestMetric(MetricCase):
    def test_whole_commune_sites_and_no_site(self):
        self._facts((self.here, self.site, self.month, 3, 1), (self.here, None, self.month, 4, 1))
        self._facts((self.there, None, self.month, 9, 1))
        self.visits._compute_values()
        none = self.env["jamaa.site"]
        self.assertEqual(
            sorted(self._values(self.visits), key=lambda row: row[2]),
            [(self.month, self.site, 3.0), (self.month, none, 7.0)],
        )
        self.assertEqual(self._values(self.visits, company=self.there), [(self.month, none, 9.0)])

    def test_quarters_and_years_add_up(self):
        self._facts(*((self.here, None, self.month - relativedelta(months=back), 1, 1) for back in range(12)))
        self.visits._compute_values()
        for grain in ("month", "quarter", "year"):
            self.assertEqual(sum(value for _start, _site, value in self._values(self.visits, grain)), 12)

    def test_medians_are_taken_over_the_period(self):
        metric = self._make_metric("test_median", statistic="median", unit="days", direction="down")
        self._facts(*((self.here, None, self.month, days, 1) for days in (1, 2, 30)))
        metric._compute_values()
        self.assertEqual(self._values(metric)[0][2], 2)

    def test_a_state_is_that_of_the_last_day(self):
        metric = self._make_metric("test_state", statistic="snapshot")
        january = date(self.today.year - 1, 12, 31)
        self._facts((self.here, None, january - timedelta(days=31), 50, 50), (self.here, None, january, 8, 8))
        metric._compute_values(first=january.replace(month=10, day=1))
        self.assertEqual({value for start, _site, value in self._values(metric, "quarter") if start <= january}, {8.0})

    def test_a_state_of_nothing_is_not_that_of_a_month_before(self):
        metric = self._make_metric("test_state", statistic="snapshot")
        november = date(self.today.year - 1, 11, 30)
        self._facts((self.here, None, november, 50, 50))
        metric._compute_values(first=november.replace(month=10, day=1))
        self.assertEqual([value for _start, _site, value in self._values(metric)], [50.0])
        self.assertFalse(self._values(metric, "quarter"))

    def test_computed_twice_is_the_same(self):
        self._facts((self.here, None, self.month, 3, 1))
        self.visits._compute_values()
        self.visits._compute_values()
        self.assertEqual(len(self._values(self.visits)), 1)
        self._facts((self.here, None, self.month, 4, 1))
        self.visits._compute_values()
        self.assertEqual(self._values(self.visits)[0][2], 7)

    def test_what_has_no_facts_any_more_goes(self):
        self._facts((self.here, self.site, self.month, 3, 1))
        self.visits._compute_values()
        self.env.cr.execute("UPDATE test_facts SET site_id = NULL")
        self.visits._compute_values()
        self.assertEqual([site.id for _start, site, _value in self._values(self.visits)], [False])

    def test_a_frozen_period_stays(self):
        long_ago = self.month - relativedelta(months=3)
        self._facts((self.here, None, long_ago, 3, 1))
        self.visits._compute_values()
        row = self.Value.search([("metric_id", "=", self.visits.id), ("grain", "=", "month")])
        self.assertTrue(row.closed)
        self._facts((self.here, None, long_ago, 4, 1))
        self.visits._compute_values()
        self.assertEqual(self._values(self.visits)[0][2], 3)
        with self.assertRaises(AccessError):
            row.with_user(self.president_user).action_reopen()
        row.with_user(self.director_user).action_reopen()
        self.assertEqual(self._values(self.visits)[0][2], 7)
        self.assertTrue(self.Value.search([("metric_id", "=", self.visits.id), ("grain", "=", "month")]).closed)
        entry = self.env["jamaa.register.entry"].search([("kind_code", "=", "figures_recomputed")], limit=1)
        self.assertIn("test_visits", entry.facts)

    def test_a_period_freezes_after_the_days_of_grace(self):
        start = date(2026, 3, 1)
        self._facts((self.here, None, start, 1, 1))
        for today, frozen in ((date(2026, 4, GRACE_DAYS), False), (date(2026, 4, GRACE_DAYS + 1), True)):
            with patch.object(self.registry["jamaa.metric"], "_today", lambda self, today=today: today):
                self.visits._compute_values()
            row = self.Value.search([("metric_id", "=", self.visits.id), ("grain", "=", "month")])
            self.assertEqual(row.closed, frozen)

    def test_small_numbers_are_not_kept(self):
        self._facts(*((self.here, self.site, self.month, 1, 1) for _answer in range(9)))
        self.share._compute_values()
        self.assertFalse(self._values(self.share))
        self._facts((self.here, None, self.month, 0, 1))
        self.share._compute_values()
        self.assertEqual(self._values(self.share), [(self.month, self.env["jamaa.site"], 90.0)])

    def _share_of_sites(self, *counts):
        """Values of sites with so many answers each; the last ones were given at no site."""
        sites = self.site | self.site.copy({"name": "Hall"})
        for site, count in zip((*sites, None), counts, strict=True):
            self._facts(*((self.here, site, self.month, 1, 1) for _answer in range(count)))
        self.share._compute_values()
        return [site for _start, site, _value in self._values(self.share)], sites

    def test_a_small_number_is_not_found_by_subtracting_sites(self):
        shown, _sites = self._share_of_sites(13, 9, 0)
        self.assertEqual(shown, [self.env["jamaa.site"]])

    def test_a_site_is_shown_where_the_rest_is_not_small(self):
        shown, sites = self._share_of_sites(13, 9, 1)
        self.assertEqual(set(shown), {self.env["jamaa.site"], sites[0]})

    def test_a_small_number_is_not_found_by_subtracting_months(self):
        self._facts(*((self.here, None, self.month, 1, 1) for _answer in range(12)))
        self.share._compute_values()
        self.assertTrue(self._values(self.share))
        self.assertFalse(self._values(self.share, "quarter") + self._values(self.share, "year"))

    def test_queries_are_flat(self):
        def count():
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.visits._compute_values()
            return self.env.cr.sql_log_count - before

        self._facts((self.here, None, self.month, 1, 1))
        count()
        few = count()
        self._facts(*((self.there, None, self.month - timedelta(days=day), 1, 1) for day in range(60)))
        self._facts(*((self.here, self.site, self.month - timedelta(days=day), 1, 1) for day in range(60)))
        self.assertEqual(count(), few)
        self.assertLessEqual(few, 8)

    def test_one_that_fails_does_not_hold_up_the_others(self):
        self._facts((self.here, None, self.month, 1, 1))
        broken = self._make_metric("test_broken")
        sources = {**self.Metric._metric_sources(), "test_broken": {"facts": lambda first, last: SQL("SELECT nothing")}}
        with (
            patch.object(self.registry["jamaa.metric"], "_metric_sources", lambda self: sources),
            mute_logger("odoo.sql_db", "odoo.addons.jamaa_base.models.jamaa_metric"),
        ):
            (broken | self.visits)._compute_values()
        self.assertIn("nothing", broken.last_error)
        self.assertTrue(self._values(self.visits))

    def test_latest_value_and_trend(self):
        before = self.month - relativedelta(months=1)
        self._facts((self.here, None, before, 5, 10), (self.here, None, self.month, 9, 10))
        self.share._compute_values()
        metric = self.share.with_company(self.here)
        self.assertEqual((metric.last_text, metric.previous_text, metric.trend), ("90\u00a0%", "50\u00a0%", "better"))
        metric.direction = "down"
        metric.invalidate_recordset(["trend"])
        self.assertEqual(metric.trend, "worse")

    def test_nothing_is_typed(self):
        self._facts((self.here, None, self.month, 1, 1))
        self.visits._compute_values()
        row = self.Value.search([("metric_id", "=", self.visits.id)], limit=1)
        for action in (lambda: row.write({"value": 9}), row.unlink, lambda: self.Value.create({"value": 1})):
            with self.assertRaises(UserError):
                action()

    def test_who_reads_and_who_computes(self):
        self._facts((self.here, None, self.month, 1, 1), (self.there, None, self.month, 1, 1))
        self.visits._compute_values()
        self.assertEqual(self.Value.with_user(self.president_user).search([]).company_id, self.here)
        programme = self._make_user("t_programme", "jamaa_base.group_programme_team", company=self.programme_company)
        council = self._make_user("t_council", "jamaa_base.group_council_member")
        for user in (programme, council, self.clerk):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                self.Value.with_user(user).search([])
        with self.assertRaises(AccessError):
            self.visits.with_user(self.president_user).action_compute()
        self.visits.with_user(self.director_user).action_compute()

    def test_the_paper_and_the_chart(self):
        self._facts((self.here, None, self.month, 3, 1))
        self.visits._compute_values()
        report = self.env["ir.actions.report"].with_company(self.here)
        for lang in ("ar_MA", "fr_MA"):
            content, _kind = report.with_context(lang=lang)._render_qweb_pdf("jamaa_base.metrics", self.visits.ids)
            self.assertEqual(content[:5], b"%PDF-")
        points = [("01/26", 1), ("02/26", None), ("03/26", 4), ("04/26", 2)]
        first = [line_chart(points, way).partition('cx="')[2].partition('"')[0] for way in (False, True)]
        self.assertLess(float(first[0]), float(first[1]), "time runs the way the reader reads")
        self.assertEqual(line_chart([("01/26", None)]), "")


@tagged("post_install", "-at_install")
class TestMetricSheet(MetricCase, HttpCase):
    def test_the_spreadsheet(self):
        import openpyxl

        self._facts((self.here, None, self.month, 3, 1), (self.there, None, self.month, 8, 1))
        self.visits.name = "=1+1"
        self.visits._compute_values()
        self.authenticate("t_director", "t_director")
        answer = self.url_open(f"/jamaa/figures.xlsx?metrics={self.visits.id},x,{'9' * 40}")
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        rows = list(sheet.iter_rows(values_only=True))
        self.assertEqual(len(rows), 4, "the head and three grains of the own commune")
        self.assertEqual(sheet.cell(2, 1).data_type, "s")
        self.assertEqual({row[11] for row in rows[1:]}, {3})
        self.authenticate("t_clerk", "t_clerk")
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_model"):
            self.assertEqual(self.url_open(f"/jamaa/figures.xlsx?metrics={self.visits.id}").status_code, 403)
