"""The level of proximity: demand, options compared, competence, decision, roll-out."""

import io

from lxml import html
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .log_common import LogCase


@tagged("post_install", "-at_install")
class TestProximity(LogCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.study = cls.env["jamaa.proximity.study"].create(
            {
                "name": "East",
                "question": "Once a week in the east?",
                "company_id": cls.here.id,
                "procedure_ids": cls.procedure.ids,
                "date_from": cls._day(-364),
                "date_to": cls.today,
            }
        )
        cls.east = cls._demand("East", 1200, 60, 30)
        cls.west = cls._demand("West", 300, 10, 30)
        cls.stay = cls._option("As today", kind="central", site_id=cls.headquarters.id)
        cls.market = cls.env["jamaa.site"].create({"name": "Market", "kind": "mobile", "company_id": cls.here.id})
        cls.env["jamaa.procedure.site"].create(
            {"procedure_id": cls.procedure.id, "site_id": cls.market.id, "what": "done"}
        )
        cls.day = cls._option(
            "A day a week",
            site_id=cls.market.id,
            demand_ids=cls.east.ids,
            travel_minutes=15,
            wait_minutes=20,
            staff_needed=2,
            cost_once=12000,
            cost_a_year=60000,
        )

    @classmethod
    def _demand(cls, quarter, people, travel, wait, **vals):
        values = {"quarter": quarter, "people": people, "travel_minutes": travel, "wait_minutes": wait}
        values |= {"study_id": cls.study.id, "procedure_id": cls.procedure.id, "site_id": cls.headquarters.id}
        return cls.env["jamaa.proximity.demand"].create({**values, **vals})

    @classmethod
    def _option(cls, name, **vals):
        return cls.env["jamaa.proximity.option"].create({"name": name, "study_id": cls.study.id, **vals})

    def _decide(self, option=None):
        self.study.action_ready()
        self.study.write(
            {
                "decision_id": (option or self.day).id,
                "decided_on": self.today,
                "decided_by": "council",
                "act_reference": "17/2026",
            }
        )
        self.study.action_decide()

    # ---- figures ----

    def test_what_an_option_saves(self):
        # 2 × 60 + 30 = 150 minutes today, 2 × 15 + 20 = 50 with it: 1200 × 100 minutes
        self.assertEqual((self.east.minutes, self.day.people_reached, self.day.hours_saved), (150, 1200, 2000))
        self.assertEqual((self.stay.people_reached, self.stay.hours_saved), (0, 0))

    def test_staff_and_skills(self):
        self.day.skill_ids = self.tachelhit
        self.assertEqual((self.day.staff_there, self.day.skill_gap_ids), (0, self.tachelhit))
        self._knows(self._employee(site=self.market), self.tachelhit)
        self.env.invalidate_all()
        self.assertEqual(self.day.staff_there, 1)
        self.assertFalse(self.day.skill_gap_ids)

    def test_competence(self):
        line = self.procedure.site_line_ids.filtered(lambda one: one.site_id == self.market)
        self.assertFalse(self.day.blocked_ids | self.day.unsure_ids)
        line.what = "not_here"
        self.env.invalidate_all()
        self.assertEqual(self.day.blocked_ids, self.procedure)
        self.assertIn("✗", self.study.comparison)
        with self.assertRaisesRegex(UserError, "may not be done there"):
            self._decide()
        line.unlink()
        self.env.invalidate_all()
        self.assertEqual((len(self.day.blocked_ids), self.day.unsure_ids), (0, self.procedure))

    def test_demand_from_what_was_counted(self):
        with self.assertRaisesRegex(UserError, "type the demand"):
            self.study.action_fill_demand()
        self._visit(-10, quantity=80, procedure_id=self.procedure.id)
        self._visit(-10, quantity=80)
        self._visit(-400, quantity=80, procedure_id=self.procedure.id)
        self.study.action_fill_demand()
        row = self.study.demand_ids.filtered(lambda one: one.source == "counted")
        self.assertEqual((row.people, row.site_id, row.quarter), (80, self.annex, False))
        row.travel_minutes = 25
        self._visit(-9, quantity=5, procedure_id=self.procedure.id)
        self.study.action_fill_demand()
        row = self.study.demand_ids.filtered(lambda one: one.source == "counted")
        self.assertEqual((row.people, row.travel_minutes), (85, 25), "what was typed beside it is kept")
        self.assertIn(self.east, self.study.demand_ids, "typed rows stay")

    def _request(self, quarter=False, **vals):
        values = {"company_id": self.here.id, "procedure_id": self.procedure.id, "quarter": quarter}
        values |= {"sheet_id": self.procedure.sheet_id.id, "site_id": self.annex.id, "received_on": self._day(-10)}
        return self.env["jamaa.procedure.request"].create({**values, **vals})

    def test_demand_by_quarter(self):
        """Requests bring the quarter; visits add to those whose quarter is not known."""
        self._visit(-10, quantity=80, procedure_id=self.procedure.id)
        for quarter in ("Douar Aït Ali", "douar  ait ali", "Douar Aït Ali", "الحي الجديد", False):
            self._request(quarter)
        self._request("Douar Aït Ali", site_id=self.headquarters.id)
        # no site, outside the period, another procedure: not counted
        self._request("East", site_id=False)
        self._request("East", received_on=self._day(-400))
        self._as(self.director_user, self.study).action_fill_demand()
        rows = self.study.demand_ids.filtered(lambda one: one.source == "counted")
        self.assertEqual(
            {(row.quarter, row.site_id, row.people) for row in rows},
            {
                (False, self.annex, 81),
                ("Douar Aït Ali", self.annex, 3),
                ("الحي الجديد", self.annex, 1),
                ("Douar Aït Ali", self.headquarters, 1),
            },
        )
        study = self.study
        self.assertEqual((study.visits_counted, study.requests_counted, study.requests_with_quarter), (80, 6, 5))
        self.assertIn("of no visit", study.comparison)
        mine = rows.filtered(lambda row: row.people == 3)
        mine.travel_minutes = 40
        for _rank in range(5):
            self._request("DOUAR AÏT ALI")
        self.study.action_fill_demand()
        self.assertEqual((mine.exists().people, mine.travel_minutes), (8, 40), "another spelling, the same row")
        with self.assertRaisesRegex(UserError, "follows the buttons"):
            study.visits_counted = 1000

    def test_half_a_year_is_doubled(self):
        self.study.date_from = self._day(-72)
        self._visit(-10, quantity=10, procedure_id=self.procedure.id)
        self.assertEqual(self.study._demand_facts()[0]["people"], 50)

    def test_every_option_has_its_cell(self):
        self.day.note = "A van"
        options = html.fromstring(self.study.comparison).xpath("//table[2]//tr")
        self.assertEqual({len(row.xpath("td|th")) for row in options}, {3})
        self.assertEqual(options[-1].xpath("string(*[3])").strip(), "A van")

    # ---- decision ----

    def test_nothing_to_compare(self):
        self.stay.unlink()
        with self.assertRaisesRegex(UserError, "nothing to compare"):
            self.study.action_ready()

    def test_decision_is_complete(self):
        with self.assertRaisesRegex(UserError, "not ready"):
            self.study.action_decide()
        self.study.action_ready()
        self.study.write({"decision_id": self.day.id, "decided_on": self.today, "decided_by": "council"})
        with self.assertRaisesRegex(UserError, "reference of the act"):
            self.study.action_decide()
        other = self.study.copy()
        self.study.write({"act_reference": "17/2026", "decision_id": other.option_ids[0].id})
        with self.assertRaisesRegex(UserError, "none of this study"):
            self.study.action_decide()

    def test_decided_stays(self):
        self._decide()
        for forbidden in (
            lambda: self.study.write({"act_reference": "18/2026"}),
            lambda: self.east.write({"people": 5}),
            lambda: self.day.write({"cost_a_year": 1}),
            lambda: self._demand("North", 1, 1, 1),
            self.west.unlink,
            self.stay.unlink,
            self.study.unlink,
            self.study.action_draft,
        ):
            with self.assertRaisesRegex(UserError, "stays as it was"), self.env.cr.savepoint():
                forbidden()

    def test_state_follows_the_buttons(self):
        with self.assertRaisesRegex(UserError, "follows the buttons"):
            self.study.state = "decided"
        made = self.study.create({"name": "x", "company_id": self.here.id, "state": "decided"})
        self.assertEqual(made.state, "draft")

    # ---- roll-out ----

    def test_roll_out(self):
        self._visit(-20, quantity=30, site_id=self.market.id, procedure_id=self.procedure.id)
        self._decide()
        codes = self.study.task_ids.item_id.mapped("code")
        self.assertIn("room", codes)
        self.assertNotIn("vehicle", codes, "only for a mobile reception")
        self.assertEqual(self.study.task_ids.site_id, self.market)
        with self.assertRaisesRegex(UserError, "Steps still to do"):
            self.study.action_rolled_out()
        self.study.task_ids.action_done()
        self.study.action_rolled_out()
        self.assertEqual((self.study.state, self.study.rolled_out_on), ("rolled_out", self.today))
        figures = {row.measure: row for row in self.study.figure_ids}
        self.assertEqual(figures["people"].before, 1500)
        self.assertAlmostEqual(figures["minutes"].before, (1200 * 150 + 300 * 50) / 1500, 1)
        self.assertEqual(figures["visits"].before, 10)
        self._visit(-1, quantity=60, site_id=self.market.id, procedure_id=self.procedure.id)
        self.study.action_measure()
        self.assertEqual((figures["visits"].after, figures["visits"].change), (30, 20))

    def test_staying_central_needs_no_steps(self):
        self._decide(self.stay)
        self.assertFalse(self.study.task_ids)

    # ---- page ----

    def _paper(self, lang):
        report = self.env["ir.actions.report"].with_context(lang=lang)
        pdf, _kind = report._render_qweb_pdf("jamaa_reception.report_proximity_study", self.study.ids)
        return PdfReader(io.BytesIO(pdf))

    def test_one_page(self):
        for rank in range(14):
            self._demand(f"Quarter {rank}", 50 + rank, 20, 20)
        self._option("Annexe", kind="annex", demand_ids=(self.east | self.west).ids)
        self._option("Bus", kind="mobile", demand_ids=self.east.ids, note="A round a week")
        self._decide()
        for lang in ("en_US", "fr_MA", "ar_MA"):
            self.assertEqual(len(self._paper(lang).pages), 1, lang)
        self.assertIn("17/2026", self._paper("en_US").pages[0].extract_text())
        self.assertIn("Other quarters", self.study.comparison)

    # ---- doors ----

    def test_doors(self):
        parts = (self.study, self.east, self.day)
        for user in (self.director_user, self.president_user, self.editor, self.supervisor):
            for records in parts:
                self.assertTrue(self._as(user, records).read(["display_name"]), user.login)
        self._as(self.director_user, self.day).note = "x"
        for user in (self.president_user, self.editor, self.supervisor):
            with self.assertRaises(AccessError):
                self._as(user, self.study).action_ready()
            with self.assertRaises(AccessError):
                self._as(user, self.day).note = "y"
        far = self._make_user("t_far_director", "jamaa_base.group_director", company=self.there)
        for user in (self.agent, self.clerk, far):
            for records in parts:
                with self.assertRaises(AccessError):
                    self._as(user, records).read(["display_name"])

    def test_supervisor_ticks_steps_of_the_own_site(self):
        self._decide()
        task, other = self.study.task_ids[:2]
        task.site_id = self.annex
        self._as(self.supervisor, task).action_done()
        self.assertTrue(task.done_on)
        with self.assertRaises(AccessError):
            self._as(self.supervisor, other).action_done()
