"""Desks: hours, languages, skills, coverage, satisfaction, who may; and what training changed."""

from ast import literal_eval
from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import BaseCase, tagged

from ..tools.effect import at_most_median, difference, verdict, wilson
from .log_common import LogCase


@tagged("post_install", "-at_install")
class TestDesk(LogCase):
    def _calendar(self, start, end):
        return self.env["resource.calendar"].create(
            {
                "name": "Hours",
                "company_id": self.here.id,
                "attendance_ids": [
                    Command.clear(),
                    *(
                        Command.create({"name": "d", "dayofweek": str(day), "hour_from": start, "hour_to": end})
                        for day in range(5)
                    ),
                ],
            }
        )

    def _needs(self, skill=None, **vals):
        values = {"skill_id": (skill or self.tachelhit).id, "company_id": self.here.id, "date_from": self._day(-10)}
        return self.env["jamaa.skill.requirement"].create({**values, **vals})

    # ---- hours ----

    def test_hours(self):
        monday = self._day(-self.today.weekday())
        self.annex.calendar_id = self._calendar(9, 15)
        self.assertEqual(self.desk._hours_on(monday), [(9, 15)])
        self.desk.calendar_id = self._calendar(8, 12)
        self.assertEqual(self.desk._hours_on(monday), [(9, 12)], "never longer than the site")

    # ---- skills ----

    def test_languages_are_required_skills(self):
        french = self.env.ref("jamaa_base.skill_french")
        desk = self._as(self.supervisor, self.desk)
        desk.language_ids = self.tachelhit | french
        rows = self.env["jamaa.skill.requirement"].search([("desk_id", "=", self.desk.id)])
        self.assertEqual(rows.skill_id, self.tachelhit | french)
        desk.language_ids = french
        self.env.invalidate_all()
        self.assertEqual(self.desk.language_ids, french)
        self.assertEqual(self.env["jamaa.desk"].search([("language_ids", "in", french.ids)]), self.desk)
        dropped = rows.with_context(active_test=False).filtered(lambda row: row.skill_id == self.tachelhit)
        self.assertFalse(dropped.active)

    def test_people_of_a_desk(self):
        row = self._needs(desk_id=self.desk.id)
        self._knows(self.of_annex, self.tachelhit)
        self.assertEqual((row.name, row.held_count), (self.desk.display_name, 1))
        # once people are named, the others of the site are not at this desk
        self.desk.employee_ids = self._employee()
        self.env.invalidate_all()
        self.assertEqual((row.held_count, row.state, self.desk.skill_gap_count), (0, "gap", 1))

    def test_people_of_a_procedure(self):
        row = self._needs(procedure_id=self.procedure.id)
        elsewhere = self._employee(site=self.headquarters)
        self._knows(elsewhere, self.tachelhit)
        self.assertEqual(row.held_count, 0, "not at a desk that serves it")
        self.desk.employee_ids = elsewhere
        self.env.invalidate_all()
        self.assertEqual(row.held_count, 1)
        # where no desk serves it, the service that answers for it
        service = self.env["hr.department"].create({"name": "Civil status", "company_id": self.here.id})
        self.procedure.department_id = service
        self.desk.procedure_ids = False
        self.env.invalidate_all()
        self.assertEqual(row.held_count, 0)
        elsewhere.department_id = service
        self.env.invalidate_all()
        self.assertEqual(row.held_count, 1)

    def test_one_requirer(self):
        with self.assertRaises(UserError):
            self._needs(desk_id=self.desk.id, site_id=self.annex.id)

    def test_coverage_counts_desks_and_procedures(self):
        self.annex.calendar_id = self._calendar(9, 11)
        person = self._employee(site=self.annex)
        person.resource_calendar_id = self.annex.calendar_id
        self._knows(person, self.tachelhit)
        at_desk, other = self._needs(desk_id=self.desk.id), self._needs(procedure_id=self.procedure.id)
        screen = self.env["jamaa.skill.coverage"].create({"company_id": self.here.id, "site_id": self.annex.id})
        grid = screen._grid()
        self.assertEqual(set(grid["required"]), {at_desk, other})
        self.assertEqual((grid["short"][at_desk], grid["short"][other]), (0, 0))
        self.desk.employee_ids = self._employee(site=self.annex)
        grid = screen._grid()
        self.assertEqual((grid["short"][at_desk], grid["short"][other]), (grid["total"], grid["total"]))
        self.assertIn(self.desk.display_name, screen.grid)

    def test_training_needs(self):
        row = self._needs(desk_id=self.desk.id)
        action = self._as(self.supervisor, row).action_plan_training()
        training = self._as(self.supervisor, self.env["jamaa.reception.training"]).with_context(action["context"])
        training = training.create({"name": "Tachelhit at the desk"})
        self.assertEqual(
            (training.skill_ids, training.desk_ids, training.procedure_ids),
            (self.tachelhit, self.desk, self.procedure),
        )

    # ---- satisfaction ----

    def test_site_asks_at_its_exit(self):
        action = self._as(self.supervisor, self.annex).action_open_satisfaction()
        points = self.env["jamaa.satisfaction.point"].search(action["domain"])
        self.assertEqual(set(points.mapped("kind")), {"tablet", "poster"})
        points.active = False
        self._as(self.supervisor, self.annex).action_open_satisfaction()
        self.assertEqual(
            self.env["jamaa.satisfaction.point"].with_context(active_test=False).search_count(action["domain"]), 2
        )
        with self.assertRaises(AccessError):
            self._as(self.agent, self.headquarters).action_open_satisfaction()

    def _face(self, value, **vals):
        rows = self.env["jamaa.satisfaction"].create(
            {
                "company_id": self.here.id,
                "topic": "reception",
                "res_model": "res.company",
                "res_id": self.here.id,
                "site_id": self.annex.id,
                "value": value,
                **vals,
            }
        )
        self.env.flush_all()
        return rows

    def _point(self):
        return self.env["jamaa.satisfaction.point"].create(
            {"name": "Exit", "site_id": self.annex.id, "company_id": self.here.id}
        )

    def test_figures_of_a_site(self):
        point = self._point()
        self._visit(quantity=40)
        for _rank in range(9):
            self._face(3, point_id=point.id)
        site = self._as(self.supervisor, self.annex)
        self.assertEqual((site.visit_count, site.answer_count, site.answer_share), (40, 9, 22.5))
        self.assertEqual(site.helped_share, 0, "under ten answers no figure is shown")
        self._face(1, point_id=point.id)
        self._face(3, point_id=point.id, is_doubtful=True)
        self.env.invalidate_all()
        self.assertEqual((site.answer_count, site.helped_share), (10, 90))
        with self.assertRaises(AccessError):
            self._as(self.agent, self.annex).read(["answer_count"])

    def test_answer_bears_kind_and_procedure(self):
        values = self.env["jamaa.satisfaction"]._values_of_visit(self.here, self.annex, self.desk, self.procedure)
        self.assertEqual(self.env["jamaa.satisfaction"]._record(self.procedure, values, 3), "thanks")
        answer = self.env["jamaa.satisfaction"]._current(self.procedure)
        self.assertEqual((answer.desk_kind_id, answer.procedure_id), (self.kind, self.procedure))

    def test_figures_by_kind_of_desk_and_service(self):
        """Levels of their own, under the same secrecy; the answer of a request bears its service."""
        service = self.env["hr.department"].create({"name": "Civil status", "company_id": self.here.id})
        self.procedure.department_id = service
        other = self.env.ref("jamaa_reception.desk_kind_urbanism")
        answers = self.env["jamaa.satisfaction"]
        values = answers._values_of_visit(self.here, self.annex, self.desk, self.procedure)
        values["point_id"] = self._point().id
        for rank in range(20):
            self._face(3 if rank % 2 else 1, **{**values, "desk_kind_id": (self.kind if rank < 10 else other).id})
        for _rank in range(10):
            request = self._request(-3, stage="handed_over")
            self.assertEqual(request._record_satisfaction(3), "thanks")
            answer = answers._current(request)
            self.assertEqual((answer.department_id, answer.procedure_id), (service, self.procedure))
        self.env.flush_all()
        for user in (self.supervisor, self.director_user, self.president_user):
            figures = self._as(user, self.env["jamaa.satisfaction.summary"])
            rows = figures.search_read([("level", "=", "desk_kind")], ["desk_kind_id", "answers", "helped"])
            self.assertEqual(
                {(row["desk_kind_id"] and row["desk_kind_id"][0], row["answers"]) for row in rows},
                {(self.kind.id, 10), (other.id, 10), (False, 10)},
            )
            row = figures.search([("level", "=", "department")])
            self.assertEqual((row.department_id, row.answers, row.helped), (service, 30, 20))
        alone = {"desk_kind_id": self.env.ref("jamaa_reception.desk_kind_other").id, "department_id": False}
        self._face(1, **{**values, **alone})
        self.env.flush_all()
        figures = self.env["jamaa.satisfaction.summary"]
        self.assertFalse(
            figures.search([("level", "in", ("desk_kind", "department")), ("company_id", "=", self.here.id)]),
            "one answer more could be found by subtracting",
        )

    def test_no_figure_per_person(self):
        forbidden = ("res.users", "hr.employee", "res.partner", "jamaa.desk")
        for name, field in self.env["jamaa.satisfaction.summary"]._fields.items():
            if name not in ("create_uid", "write_uid"):
                self.assertNotIn(field.comodel_name if field.relational else "", forbidden, name)

    # ---- doors ----

    def test_supervisor_changes_the_own_site(self):
        self._as(self.supervisor, self.desk).name = "Desk one"
        other = self._desk("Desk H", self.headquarters)
        with self.assertRaises(AccessError):
            self._as(self.supervisor, other).name = "Mine"
        with self.assertRaises(AccessError):
            self._as(self.supervisor, self.env["jamaa.desk"]).create(
                {"name": "New", "site_id": self.headquarters.id, "kind_id": self.kind.id}
            )
        self._as(self.director_user, other).name = "Desk two"
        for user in (self.agent, self.editor, self.president_user):
            self.assertTrue(self._as(user, self.desk).read(["name", "language_ids"]))
            with self.assertRaises(AccessError):
                self._as(user, self.desk).name = "x"
        with self.assertRaises(AccessError):
            self._as(self.far_agent, self.desk).read(["name"])
        with self.assertRaises(AccessError):
            self._as(self.agent, self.desk).read(["employee_ids"])

    def test_sites_open_for_who_has_the_menu(self):
        """Each role opens the list with the columns it gets, and every filter it is offered."""
        Site = self.env["jamaa.site"]
        views = [
            (self.env.ref(f"jamaa_reception.jamaa_site_view_{kind}_reception").id, kind) for kind in ("list", "search")
        ]
        for user in (self.president_user, self.director_user, self.supervisor, self.editor):
            with self.subTest(user=user.login):
                sites = self._as(user, Site)
                archs = {kind: etree.fromstring(view["arch"]) for kind, view in sites.get_views(views)["views"].items()}
                names = archs["list"].xpath("./field/@name")
                keeps = user in (self.director_user, self.supervisor)
                self.assertEqual("satisfaction_point_ids" in names, keeps)
                specification = {name: {"fields": {}} if name.endswith("_ids") else {} for name in names}
                self.assertTrue(sites.web_search_read([], specification)["records"])
                filters = archs["search"].xpath(".//filter[@domain]")
                self.assertEqual("not_asked" in [one.get("name") for one in filters], keeps)
                for one in filters:
                    sites.search_count(literal_eval(one.get("domain")))

    def test_desk_list_is_flat(self):
        mine = self._as(self.supervisor, self.env["jamaa.desk"])
        view = self.env.ref("jamaa_reception.jamaa_desk_view_list")
        names = mine.get_view(view.id, "list")["models"]["jamaa.desk"]
        columns = {
            name: {"fields": {"display_name": {}}} if mine._fields[name].relational else {}
            for name in names
            if name in mine._fields
        }

        def count():
            mine.web_search_read([("site_id", "=", self.annex.id)], columns, limit=80)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            mine.web_search_read([("site_id", "=", self.annex.id)], columns, limit=80)
            return self.env.cr.sql_log_count - before

        self._needs(desk_id=self.desk.id)
        few = count()
        for rank in range(20):
            self._needs(desk_id=self._desk(f"Desk 1{rank}").id)
        many = count()
        self.assertEqual(few, many)
        self.assertLessEqual(many, 20)

    # ---- training ----

    def _training(self, **vals):
        values = {
            "name": "Papers",
            "company_id": self.here.id,
            "date": self._day(-40),
            "procedure_ids": self.procedure.ids,
            "desk_ids": self.desk.ids,
            "window": "30",
        }
        return self.env["jamaa.reception.training"].create({**values, **vals})

    def _measures(self, training):
        return {row["label"]: row for row in training._effect()["rows"]}

    def test_held(self):
        training = self._training()
        self.assertFalse(training.effect)
        with self.assertRaisesRegex(UserError, "how many people"):
            training.action_held()
        training.trained_count = 4
        training.action_held()
        self.assertEqual(training.state, "held")
        with self.assertRaisesRegex(UserError, "has not begun"):
            self._training(date=self._day(3), trained_count=2).action_held()

    def test_list_says_the_site_of_a_desk(self):
        other = self._desk("Desk 1", self.headquarters)
        self._training(desk_ids=(self.desk | other).ids)
        arch = etree.fromstring(self.env["jamaa.reception.training"].get_view(view_type="list")["arch"])
        context = literal_eval(arch.xpath("./field[@name='desk_ids']")[0].get("context") or "{}")
        names = set((self.desk | other).with_context(**context).mapped("display_name"))
        self.assertEqual(len(names), 2, names)

    def test_effect(self):
        training = self._training(state="held", trained_count=4)
        own = {"procedure_id": self.procedure.id}
        for offset, all_there, back in ((-50, 60, 40), (-20, 95, 5)):
            self._visit(offset, quantity=all_there, **own)
            self._visit(offset, what="returned", quantity=back, **own)
        # the day itself, another site, another procedure, outside the window: not counted
        self._visit(-40, what="returned", quantity=9, **own)
        self._visit(-20, what="returned", quantity=9, site_id=self.headquarters.id, **own)
        self._visit(-20, what="returned", quantity=9)
        self._visit(-5, what="returned", quantity=9, **own)
        rows = self._measures(training)
        row = rows["Visitors who came back for the same thing"]
        self.assertEqual((row["before"], row["after"], row["verdict"]), ((40, 100), (5, 100), "better"))
        self.assertEqual(rows["Answers at the exit that say “it helped”"]["verdict"], "none")
        self.assertIn("40", training.effect)

    def test_effect_of_few(self):
        training = self._training(state="held", trained_count=4)
        self._visit(-50, quantity=9, procedure_id=self.procedure.id)
        self._visit(-20, quantity=200, procedure_id=self.procedure.id)
        self.assertEqual(self._measures(training)["Visitors who came back for the same thing"]["verdict"], "few")
        self.assertIn("Too few to tell", training.effect)

    def _request(self, received, decided=None, **vals):
        """A request with its days as they would be after its steps."""
        values = {
            "company_id": self.here.id,
            "procedure_id": self.procedure.id,
            "sheet_id": self.procedure.sheet_id.id,
            "site_id": self.annex.id,
            "received_on": self._day(received),
            "decided_on": False if decided is None else self._day(decided),
        }
        return self.env["jamaa.procedure.request"].create({**values, **vals})

    def test_effect_on_times_of_requests(self):
        training = self._training(state="held", trained_count=4)
        for _rank in range(12):
            self._request(-65, -45, due_date=self._day(-50))  # 20 days, late
            self._request(-30, -25, due_date=self._day(-20))  # 5 days, in time
        # no due date: a delay, but neither kept nor missed
        self._request(-30, -25)
        # the day itself, another site, not decided: not counted
        self._request(-45, -40)
        self._request(-30, -25, site_id=self.headquarters.id)
        self._request(-30)
        rows = self._measures(training)
        delay = rows["Days from filing to the decision (median)"]
        self.assertEqual((delay["medians"], delay["before"][1], delay["after"][1]), ([20, 5], 12, 13))
        self.assertEqual(delay["verdict"], "better")
        kept = rows["Requests decided in time"]
        self.assertEqual((kept["before"], kept["after"], kept["verdict"]), ((0, 12), (12, 12), "better"))
        for user in (self.supervisor, self.president_user):
            self.assertIn("20", self._as(user, training).effect)

    def test_no_median_of_few(self):
        training = self._training(state="held", trained_count=4)
        self._request(-65, -45)
        delay = self._measures(training)["Days from filing to the decision (median)"]
        self.assertEqual((delay["medians"], delay["verdict"]), ([None, None], "few"))

    def test_effect_on_missing_papers(self):
        training = self._training(state="held", trained_count=4)
        looks = self.env["jamaa.reception.precheck"]
        sheet = self.procedure.sheet_id
        for offset, lacking in ((-50, 15), (-20, 2)):
            for rank in range(20):
                self._request(offset, insisted=rank < lacking)
                with patch.object(
                    type(self.env["jamaa.procedure.request"]),
                    "_commune_today",
                    lambda model, day=offset: self._day(day),
                ):
                    missing = sheet.piece_ids[: int(rank < lacking)]
                    looks._note(self.here, sheet, self.annex, missing, "slip" if missing else "complete")
        rows = self._measures(training)
        for label in ("Papers looked at where one was missing", "Requests filed with something missing"):
            row = rows[label]
            self.assertEqual((row["before"], row["after"], row["verdict"]), ((15, 20), (2, 20), "better"), label)

    def test_faces_count_in_tens(self):
        training = self._training()
        point = self._point()
        for _rank in range(19):
            self._face(3, point_id=point.id)
        self.assertEqual(training._facts_faces(self.today, self.today), (10, 10))

    def test_doors_of_training(self):
        training = self._training()
        for user in (self.supervisor, self.director_user, self.president_user, self.editor):
            self.assertTrue(self._as(user, training).read(["name", "effect"]))
        with self.assertRaises(AccessError):
            self._as(self.agent, training).read(["name"])
        self._as(self.supervisor, training).trained_count = 3
        training.desk_ids = self._desk("H", self.headquarters)
        with self.assertRaises(AccessError):
            self._as(self.supervisor, training).trained_count = 5
        far = self._make_user("t_far_director", "jamaa_base.group_director", company=self.there)
        with self.assertRaises(AccessError):
            self._as(far, training).read(["name"])


class TestEffect(BaseCase):
    def test_times_by_the_median_of_both(self):
        self.assertEqual(at_most_median([20] * 12, [5] * 13), ((0, 12), (13, 13)))
        self.assertEqual(at_most_median([1, 2, 3], []), ((2, 3), (0, 0)))
        self.assertEqual(at_most_median([], []), ((0, 0), (0, 0)))

    def test_newcombe(self):
        """The example of Newcombe 1998, table II (a): 56/70 against 48/80, method 10."""
        low, high = difference((48, 80), (56, 70))
        self.assertAlmostEqual(low, 0.0524, 4)
        self.assertAlmostEqual(high, 0.3339, 4)

    def test_wilson_stays_between_0_and_1(self):
        self.assertAlmostEqual(wilson(0, 10)[0], 0)
        self.assertAlmostEqual(wilson(10, 10)[1], 1)

    def test_verdicts(self):
        self.assertEqual(verdict((0, 0), (0, 0), True), "none")
        self.assertEqual(verdict((5, 9), (5, 100), True), "few")
        self.assertEqual(verdict((5, 100), (0, 0), True), "few")
        self.assertEqual(verdict((50, 100), (52, 100), True), "unclear")
        self.assertEqual(verdict((48, 80), (56, 70), True), "better")
        self.assertEqual(verdict((48, 80), (56, 70), False), "worse")
        self.assertEqual(verdict((40, 100), (5, 100), False), "better")
