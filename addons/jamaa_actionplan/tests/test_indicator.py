"""Values: who types, validates, locks and corrects them; figures that fill them."""

from dateutil.relativedelta import relativedelta
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import PlanCase


class IndicatorCase(PlanCase):
    """The plan with one indicator of its result, reported by a function that the agent holds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls._make_user("t_colleague", "jamaa_base.group_reference_person")
        cls.desk = cls._make_function("reception_head")
        cls._make_holder(cls.desk, cls.agent)
        cls.month = cls.today.replace(day=1)
        cls.indicator = cls._make_indicator()

    @classmethod
    def _make_indicator(cls, **vals):
        values = {
            "name": "Received within 20 minutes",
            "plan_id": cls.plan.id,
            "result_id": cls.result.id,
            "kind": "percent",
            "frequency": "month",
            "owner_function_id": cls.desk.id,
            "baseline_date": cls.today - relativedelta(months=6),
            "baseline_value": 40,
            "target_ids": [(0, 0, {"date": cls.today + relativedelta(months=6), "value": 80})],
        }
        return cls.env["jamaa.indicator"].create({**values, **vals})

    @classmethod
    def _type(cls, user=None, months_ago=0, indicator=None, **vals):
        values = {
            "indicator_id": (indicator or cls.indicator).id,
            "period_start": cls.month - relativedelta(months=months_ago),
            "numerator": 60,
            "denominator": 100,
            "proof_note": "Register",
        }
        return cls.env["jamaa.indicator.value"].with_user(user or cls.planner).create({**values, **vals})

    def _accept(self, row, lock=False):
        row.with_user(self.colleague).action_validate()
        if lock:
            row.with_user(self.colleague).action_lock()
        return row


@tagged("post_install", "-at_install")
class TestIndicatorValues(IndicatorCase):
    def test_a_value_lies_in_its_period(self):
        row = self._type(period_start=self.today.replace(day=20) - relativedelta(months=1))
        self.assertEqual(row.period_start, self.month - relativedelta(months=1))
        self.assertEqual(row.period_end, self.month - relativedelta(days=1))
        self.assertEqual(row.value_text, "60\u00a0%")
        with self.assertRaises(ValidationError):
            self._type(months_ago=-1)

    def test_drafts_do_not_count(self):
        row = self._type()
        self.assertFalse(self.indicator.has_actual)
        self._accept(row)
        self.assertTrue(self.indicator.has_actual)
        self.assertEqual(self.indicator.actual, 60)
        self.assertEqual(self.indicator.light, "green")
        self.assertEqual(self.indicator.reached, 50)

    def test_who_validates_is_not_who_typed(self):
        row = self._type()
        with self.assertRaises(AccessError):
            row.with_user(self.planner).action_validate()
        with self.assertRaises(AccessError):
            row.with_user(self.agent).action_validate()
        row.with_user(self.colleague).numerator = 61  # now the colleague typed it
        with self.assertRaises(AccessError):
            row.with_user(self.colleague).action_validate()
        row.with_user(self.planner).action_validate()
        self.assertEqual(row.validated_by_id, self.planner)
        self.assertFalse(row.validated_alone)

    def test_a_small_commune_validates_alone_with_a_mark(self):
        self.here.profile = "small"
        row = self._type()
        row.with_user(self.planner).action_validate()
        self.assertTrue(row.validated_alone)
        with self.assertRaises(UserError):
            row.with_user(self.planner).action_reread()
        row.with_user(self.colleague).action_reread()
        self.assertEqual(row.reread_by_id, self.colleague)

    def test_a_value_needs_evidence(self):
        row = self._type(proof_note=False)
        with self.assertRaises(UserError):
            row.with_user(self.colleague).action_validate()
        row.with_user(self.planner).proof_link = "https://example.org/register"
        row.with_user(self.colleague).action_validate()

    def test_a_validated_value_is_taken_back_to_change_it(self):
        row = self._accept(self._type())
        with self.assertRaises(UserError):
            row.with_user(self.planner).numerator = 70
        row.with_user(self.planner).action_take_back()
        row.with_user(self.planner).numerator = 70
        self.assertEqual(row.state, "draft")

    def test_a_locked_value_never_changes(self):
        row = self._accept(self._type(), lock=True)
        for vals in ({"numerator": 70}, {"denominator": 1}, {"proof_note": "Other"}, {"period_start": self.month}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                row.sudo().write(vals)
        with self.assertRaises(UserError):
            row.with_user(self.planner).action_take_back()
        with self.assertRaises(UserError):
            row.with_user(self.planner).unlink()
        with self.assertRaises(UserError):
            row.with_user(self.planner).state = "draft"

    def test_a_correction_is_a_further_row_with_a_reason(self):
        row = self._accept(self._type(), lock=True)
        action = row.with_user(self.planner).action_correct()
        correction = Form(self.env["jamaa.indicator.value"].with_user(self.planner).with_context(**action["context"]))
        correction.numerator = 70
        correction.reason = "Two pages were counted twice"
        correction.proof_note = "Register, counted again"
        new = correction.save()
        self.assertEqual(self.indicator.actual, 60)
        self._accept(new)
        self.assertTrue(row.superseded)
        self.assertEqual(self.indicator.actual, 70)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._type(corrects_id=row.id, reason="And again")
            self.env.flush_all()

    def test_a_correction_says_why_and_of_what(self):
        row = self._accept(self._type(), lock=True)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self._type(corrects_id=row.id)
        with self.assertRaises(ValidationError):
            self._type(corrects_id=row.id, reason="Other month", months_ago=1)
        open_row = self._accept(self._type(months_ago=2))
        with self.assertRaises(ValidationError):
            self._type(corrects_id=open_row.id, reason="Not locked", months_ago=2)

    def test_one_value_for_each_period(self):
        self._type()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._type(numerator=1)

    def test_parts_are_summed_and_ratios_made_of_sums(self):
        split = self._make_indicator(by_sex=True, kind="percent")
        with self.assertRaises(ValidationError):
            self._type(indicator=split)
        for sex, numerator, denominator in (("f", 1, 2), ("m", 9, 90)):
            self._accept(self._type(indicator=split, sex=sex, numerator=numerator, denominator=denominator))
        self.assertAlmostEqual(split.actual, 1000 / 92, 2)
        with self.assertRaises(ValidationError):
            self._type(sex="f")

    def test_parts_by_site(self):
        split = self._make_indicator(by_site=True, kind="number")
        sites = self.env["jamaa.site"].create([{"name": name, "company_id": self.here.id} for name in ("A", "B")])
        for site in sites:
            self._accept(self._type(indicator=split, site_id=site.id, numerator=20))
        self.assertEqual(split.actual, 40)
        there = self.env["jamaa.site"].create({"name": "C", "company_id": self.there.id})
        with self.assertRaises(UserError):
            self._type(indicator=split, site_id=there.id)

    def test_nothing_happened_is_no_value(self):
        self._accept(self._type(months_ago=1))
        self._accept(self._type(numerator=0, denominator=0))
        self.assertEqual(self.indicator.actual, 60)
        self.assertEqual(self.indicator.actual_on, self.month - relativedelta(days=1))

    def test_periods_add_up_where_they_shall(self):
        trained = self._make_indicator(kind="number", total="sum", baseline_value=0)
        for months_ago in (0, 1, 2, 8):  # the last lies before the baseline
            self._accept(self._type(indicator=trained, months_ago=months_ago, numerator=10))
        self.assertEqual(trained.actual, 30)

    def test_the_function_in_charge_reports_and_nobody_else(self):
        row = self._type(self.agent)
        row.with_user(self.agent).numerator = 61
        self.assertEqual(row.typed_by_id, self.agent)
        for user in (self.onlooker, self.planner_there, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._type(user, months_ago=1)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                row.with_user(user).numerator = 1
        self.desk.holder_ids.date_to = self._day(-1)
        with self.assertRaises(AccessError):
            row.with_user(self.agent).numerator = 62

    def test_status_is_not_typed(self):
        row = self._type(state="locked", typed_by_id=self.onlooker.id)
        self.assertEqual((row.state, row.typed_by_id), ("draft", self.planner))

    def test_what_is_measured_does_not_change_its_meaning(self):
        self._type()
        for vals in ({"kind": "number"}, {"frequency": "year"}, {"by_sex": True}, {"total": "sum"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.indicator.with_user(self.planner).write(vals)
        self.indicator.with_user(self.planner).write({"kind": "percent", "name": "Renamed"})

    def test_an_indicator_has_one_subject(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self._make_indicator(plan_id=False, result_id=False)
        other = self._make_plan(name="Other")
        with self.assertRaises(ValidationError):
            self._make_indicator(plan_id=other.id)
        plain = self.env["project.project"].create({"name": "Plain", "company_id": self.here.id})
        with self.assertRaises(ValidationError):
            self._make_indicator(plan_id=plain.id, result_id=False)

    def test_targets_lie_after_the_baseline_and_ranges_have_an_order(self):
        with self.assertRaises(ValidationError):
            self.indicator.target_ids.date = self.indicator.baseline_date
        with self.assertRaises(ValidationError):
            self._make_indicator(
                direction="range", target_ids=[(0, 0, {"date": self._day(9), "value": 5, "value_high": 1})]
            )

    def test_a_moved_target_leaves_its_trace(self):
        target = self.indicator.target_ids.with_user(self.planner)
        target.value = 60
        self.assertRegex(self.indicator.message_ids[0].body, "80.*→ 60")
        said = len(self.indicator.message_ids)
        target.note = "Nothing moves"
        self.assertEqual(len(self.indicator.message_ids), said)
        target.unlink()
        self.assertEqual(len(self.indicator.message_ids), said + 1)

    def test_nobody_outside_reads(self):
        row = self._accept(self._type())
        point = self.env["jamaa.indicator.point"].search([("indicator_id", "=", self.indicator.id)])
        self.assertEqual(set(point.mapped("kind")), {"baseline", "target", "actual"})
        for record in (self.indicator, self.indicator.target_ids, row, point):
            self.assertTrue(record.with_user(self.onlooker).search_count([("id", "in", record.ids)]), record._name)
            for user in (self.planner_there, self.team, self.portal, self.env.ref("base.public_user")):
                with self.subTest(user=user.login, model=record._name):
                    try:
                        found = record.with_user(user).search_count([("id", "in", record.ids)])
                    except AccessError:
                        found = 0
                    self.assertFalse(found)


@tagged("post_install", "-at_install")
class TestIndicatorFed(IndicatorCase):
    """Values that come from the commune's own figures."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.metric = cls.env["jamaa.metric"].create(
            {"code": "t_share", "name": "Share in time", "unit": "percent", "statistic": "share"}
        )

    def _figure(self, months_ago, numerator, denominator, closed):
        first = self.month - relativedelta(months=months_ago)
        self.env.cr.execute(
            """INSERT INTO jamaa_metric_value (metric_id, company_id, grain, period_start, period_end,
                                               numerator, denominator, value, closed)
               VALUES (%s, %s, 'month', %s, %s, %s, %s, %s, %s)
               ON CONFLICT (metric_id, company_id, grain, period_start, (coalesce(site_id, 0)))
               DO UPDATE SET numerator = excluded.numerator""",
            [
                self.metric.id, self.here.id, first, first + relativedelta(months=1, days=-1),
                numerator, denominator, 100.0 * numerator / denominator, closed,
            ],
        )  # fmt: skip
        self.env.invalidate_all()

    def test_figures_fill_the_values(self):
        self._figure(1, 30, 40, True)
        self._figure(0, 5, 10, False)
        fed = self._make_indicator(metric_id=self.metric.id)
        fed.with_user(self.planner).action_feed()
        old, new = fed.value_ids.sorted("period_start")
        self.assertEqual((old.state, old.value_text), ("locked", "75\u00a0%"))
        self.assertEqual((new.state, new.value_text), ("validated", "50\u00a0%"))
        self.assertFalse(new.typed_by_id)
        self.assertEqual(fed.actual, 50)
        self._figure(0, 6, 10, False)
        self._figure(1, 39, 40, True)
        fed._feed()
        self.assertEqual(new.numerator, 6)
        self.assertEqual(old.numerator, 30)
        self.assertEqual(len(fed.value_ids), 2)
        with self.assertRaises(UserError):
            new.with_user(self.planner).action_take_back()

    def test_a_measure_must_fit(self):
        for vals in ({"kind": "number"}, {"kind": "ratio"}, {"frequency": "half"}, {"by_sex": True}, {"by_site": True}):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                self._make_indicator(metric_id=self.metric.id, **vals)
        median = self.env["jamaa.metric"].create(
            {"code": "t_median", "name": "Days", "unit": "days", "statistic": "median"}
        )
        with self.assertRaises(ValidationError):
            self._make_indicator(metric_id=median.id, kind="number", total="sum")
        with self.assertRaises(UserError):
            self.indicator.action_feed()

    def test_feeding_is_flat(self):
        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["jamaa.indicator"].search([("metric_id", "!=", False)])._feed()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        self._figure(0, 5, 10, False)
        self._make_indicator(metric_id=self.metric.id)
        self.env["jamaa.indicator"]._cron_feed()
        few = cost()
        for number in range(10):
            self._make_indicator(metric_id=self.metric.id, name=f"Fed {number}")
        self.env["jamaa.indicator"]._cron_feed()
        self.assertEqual(cost(), few)

    def test_day_of_a_period(self):
        half = self._make_indicator(frequency="half")
        self.assertEqual(
            half._period_of(fields.Date.to_date("2026-08-15")),
            (fields.Date.to_date("2026-07-01"), fields.Date.to_date("2026-12-31")),
        )
