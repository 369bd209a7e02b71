"""Routing to functions, prepared answers and the desk of each role."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import ComplaintCase


@tagged("post_install", "-at_install")
class TestRouteFunction(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.function = cls._make_function("service_head")
        cls.line = cls.env["jamaa.complaint.route"].search(
            [("company_id", "=", cls.here.id), ("service_id", "=", cls.lighting.id)]
        )
        cls.line.function_id = cls.function
        cls.unit.user_id = cls.officer

    def _assigned(self, case=None):
        case = case if case is not None else self.case
        self._as(self.officer, case).action_assign_proposed()
        return case.sudo().user_id

    def test_the_holder_of_the_day_answers(self):
        self._make_holder(self.function, self.colleague, date_from=self._day(-90), date_to=self._day(-10))
        self._make_holder(self.function, self.head, date_from=self._day(-9))
        self.assertEqual(self._assigned(), self.head)
        self.assertFalse(self.case.no_holder)
        self.assertFalse(self.case.activity_ids)

    def test_the_stand_in_while_the_mandate_is_vacant(self):
        self._make_holder(self.function, self.head, date_to=self._day(-1))
        self._make_holder(self.function, self.colleague, role="stand_in")
        self.assertEqual(self._assigned(), self.colleague)

    def test_never_somebody_the_case_is_closed_to(self):
        # not the head: the whole line of orders would be closed out with the head
        self._make_holder(self.function, self.agent)
        self._make_holder(self.function, self.colleague, role="stand_in")
        self.case.write({"locked_user_ids": [(4, self.agent.id)]})
        self.assertEqual(self._assigned(), self.colleague)

    def test_nor_somebody_outside_the_service_or_without_login(self):
        self._make_holder(self.function, self.other_agent)
        self._make_holder(self.function, None, role="stand_in")
        self.assertFalse(self._assigned())
        self.assertTrue(self.case.no_holder)
        self.agent.active = False
        self.line.service_id.user_ids |= self.other_agent
        self.assertEqual(self._assigned(self._lodge()), self.other_agent)

    def test_a_vacancy_surfaces(self):
        self.assertFalse(self._assigned())
        self.assertTrue(self.case.no_holder)
        self.assertEqual(self.case.activity_ids.user_id, self.officer)
        self.assertIn(self.function.name, self.case.activity_ids.summary)
        self.assertEqual(self.case.service_id, self.lighting)

    def test_a_choice_of_the_desk_stands(self):
        self._make_holder(self.function, self.head)
        wizards = self.env["jamaa.complaint.assign"].with_user(self.officer)
        wizards.with_context(default_case_ids=self.case.ids).create({"user_id": self.agent.id}).action_assign()
        self.assertEqual(self.case.user_id, self.agent)
        other = self._lodge()
        wizards.with_context(default_case_ids=other.ids).create({}).action_assign()
        self.assertEqual(other.user_id, self.head)
        elsewhere = self._lodge()
        wizards.with_context(default_case_ids=elsewhere.ids).create({"service_id": self.roads.id}).action_assign()
        self.assertFalse(elsewhere.user_id)

    def test_a_function_of_another_commune_is_refused(self):
        with self.assertRaises(UserError):
            self.line.function_id = self._make_function("service_head", company=self.there)

    def test_who_may_not_assign(self):
        for user in (self.agent, self.head, self.other_agent, self.officer_there):
            with self.assertRaises(AccessError):
                self._as(user).action_assign_proposed()


@tagged("post_install", "-at_install")
class TestPreparedAnswer(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Template = cls.env["jamaa.complaint.template"]
        cls.case.write({"service_id": cls.lighting.id})
        cls.template = cls._template(body="On {received} you wrote of {place} ({number}) to {service}.")

    @classmethod
    def _template(cls, **vals):
        return cls.env["jamaa.complaint.template"].create({"name": "T", "company_id": cls.here.id, "body": "x", **vals})

    def _use(self, user, template=None, case=None):
        wizard = (
            self.env["jamaa.complaint.prepared"]
            .with_user(user)
            .with_context(default_case_id=(case or self.case).id)
            .create({"template_id": (template or self.template).id})
        )
        return wizard.action_use()

    def test_words_are_added_in_the_citizens_language(self):
        self.template.with_context(lang="fr_MA").body = "Vous avez écrit au sujet de {place}, n° {number}."
        self._use(self.agent)
        self.assertEqual(self.case.answer, f"Vous avez écrit au sujet de Rue des Orangers, n° {self.case.case_number}.")
        self.assertEqual((self.case.answer_state, self.case.answer_author_id), ("draft", self.agent))
        self._use(self.officer)
        self.assertEqual(self.case.answer.count("Vous avez écrit"), 2)
        self.assertIn("\n\n", self.case.answer)

    def test_the_outcome_follows_where_none_was_chosen(self):
        self._use(self.agent, self._template(outcome="solved"))
        self.assertEqual(self.case.outcome, "solved")

    def test_only_known_words_in_braces(self):
        for body in ("{complainant_id}", "{answer.__class__}", "{}", "{number.real}"):
            with self.assertRaises(ValidationError, msg=body):
                self._template(body=body)
        with self.assertRaises(ValidationError):
            self.template.with_context(lang="fr_MA").body = "{name}"

    def test_what_a_place_says_is_not_read_again(self):
        case = self._lodge(place_text="{number} street")
        case.write({"service_id": self.lighting.id})
        words = self._template(body="At {place}")._text_for(case)
        self.assertEqual(words, "At {number} street")

    def test_which_answers_are_offered(self):
        lighting, roads = self.category, self.env.ref("jamaa_complaints.category_roads")
        fits = self._template(category_id=lighting.id, kind="complaint")
        other_category = self._template(category_id=roads.id)
        other_kind = self._template(kind="proposal")
        other_outcome = self._template(outcome="refused")
        theirs = self._template(company_id=self.there.id)
        self.case.outcome = "solved"
        offered = self.Template.search(self.Template._domain_for(self.case))
        self.assertLessEqual(fits | self.template, offered)
        self.assertFalse(offered & (other_category | other_kind | other_outcome | theirs))
        self.assertIn(self.env.ref("jamaa_complaints.template_light"), offered)

    def test_who_may_not(self):
        for user in (self.other_agent, self.officer_there):
            with self.assertRaises(AccessError):
                self._use(user)
        with self.assertRaises(AccessError):
            self.env["jamaa.complaint.prepared"].with_user(self.portal_user).create({"case_id": self.case.id})
        with self.assertRaises(AccessError):
            self._as(self.officer_there, self.template).read(["body"])
        with self.assertRaises(AccessError):
            self._as(self.agent, self.template).write({"body": "y"})
        with self.assertRaises(AccessError):
            shared = self.env.ref("jamaa_complaints.template_light")
            self._as(self.officer, shared).write({"body": "y"})
        self._to_approval()
        with self.assertRaises(AccessError):
            self._use(self.officer)

    def test_shipped_words_hold_in_every_language(self):
        shipped = self.Template.search([("company_id", "=", False)])
        self.assertGreaterEqual(len(shipped), 12)
        shipped._check_placeholders()


@tagged("post_install", "-at_install")
class TestDesk(ComplaintCase):
    def _desk(self, user):
        """What the desk of a user shows: code → count."""
        tiles = self._as(user, self.env["jamaa.complaint.tile"])
        shown = tiles.search(tiles._open_desk()["domain"])
        return {tile.code: tile.waiting for tile in shown}

    def test_each_role_has_what_waits_for_it(self):
        self.assertEqual(self._desk(self.officer), {"to_admit": 1})
        self.assertEqual(self._desk(self.agent), {})
        self._as(self.officer).action_assign_proposed()
        self.assertEqual(self._desk(self.officer), {})
        self.assertEqual(self._desk(self.agent), {"to_take": 1})
        self.assertEqual(self._desk(self.head), {"to_take": 1})
        self._as(self.agent).action_take()
        self.assertEqual(self._desk(self.agent), {"mine": 1})
        self._as(self.agent).write({"answer": "Done on Monday.", "outcome": "solved"})
        self._as(self.agent).action_submit()
        self.assertEqual(self._desk(self.agent), {})
        self.assertEqual(self._desk(self.president_user), {"to_sign": 1})
        self._as(self.president_user).action_approve()
        self.assertEqual(self._desk(self.officer), {"to_send": 1})
        self._as(self.officer).action_send()
        self.assertEqual(self._desk(self.officer), {})
        self.case._ask_again("The lamp is out again.")
        self.assertEqual(self._desk(self.officer), {"reopened": 1})

    def test_late_cases_and_orders(self):
        self.case.write({"due_date": self._day(-2), "service_id": self.lighting.id, "user_id": self.agent.id})
        order = self.env["jamaa.complaint.order"]._issue(
            self.case, {"name": "Hole", "service_id": self.roads.id, "due_date": self._day(3)}
        )
        self.assertEqual(self._desk(self.officer), {"late": 1})
        self.assertEqual(self._desk(self.other_agent), {"orders_new": 1})
        order.write({"issued_on": self._day(-9), "due_date": self._day(-1), "state": "acknowledged"})
        self.assertEqual(self._desk(self.other_agent), {"orders_late": 1})
        order.write({"state": "done", "done_on": self._day(-1)})
        self.assertEqual(self._desk(self.officer), {"late": 1, "orders_check": 1})

    def test_nothing_of_others_is_counted(self):
        for user in (self.officer_there, self.other_agent, self.council_member, self.programme_user):
            self.assertEqual(self._desk(user), {}, user.login)
        self.case.write({"locked_user_ids": [(4, self.officer.id)]})
        self.assertEqual(self._desk(self.officer), {})
        with self.assertRaises(AccessError):
            self._as(self.portal_user, self.env["jamaa.complaint.tile"]).create({"code": "late"})

    def test_a_tile_opens_its_list_and_is_nobody_elses(self):
        tiles = self._as(self.officer, self.env["jamaa.complaint.tile"])
        tile = tiles.search(tiles._open_desk()["domain"])
        action = tile.action_open()
        self.assertEqual(self._as(self.officer, self.Ticket).search(action["domain"]), self.case)
        with self.assertRaises(AccessError):
            self._as(self.agent, tile).action_open()

    def test_queries_are_few_and_flat(self):
        def count(call):
            call()
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            call()
            return self.env.cr.sql_log_count - start

        tiles = self.env["jamaa.complaint.tile"].with_user(self.officer)
        domain = tiles._open_desk()["domain"]
        spec = {"code": {}, "waiting": {}, "is_urgent": {}}
        calls = (tiles._open_desk, lambda: tiles.web_search_read(domain, spec))
        few = [count(call) for call in calls]
        for _rank in range(15):
            self._lodge()
        self.assertEqual(few, [count(call) for call in calls], "flat in cases")
        for queries in few:
            self.assertLessEqual(queries, 20)
