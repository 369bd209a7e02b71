"""Screens of a round cost the same for few and for many items, rounds and raters."""

from odoo.tests import tagged

from .common import AssessmentCase, item


@tagged("post_install", "-at_install")
class TestBudget(AssessmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        criteria = [
            {
                "key": f"part-{part}",
                "name": {"ar": f"الجزء {part}", "fr": f"Partie {part}"},
                "items": [item(f"p{part}-{number}") for number in range(10)],
            }
            for part in range(4)
        ]
        cls.large = cls._grid(code="large-grid", criteria=criteria).version_id
        cls.one = cls._round([cls.agent, cls.member, cls.head], version_id=cls.large.id)
        for user in (cls.agent, cls.member, cls.head):
            seat = cls._seat(cls.one, user)
            for number, line in enumerate(cls.large.item_ids):
                seat.answer(line.id, str(number % 6))
            seat.action_finish()
        cls.one.with_user(cls.facilitator).action_open_consensus()

    def _cost(self, limit):
        Line = self.env["jamaa.assessment.consensus"].with_user(self.facilitator)
        names = (
            "verdict",
            "range_text",
            "role_text",
            "answer",
            "counted",
            "previous_answer",
            "comments",
            "is_priority",
        )
        fields = {name: {} for name in names} | {"item_id": {"fields": {"display_name": {}}}}
        domain = [("round_id", "=", self.one.id)]
        Line.web_search_read(domain, fields, limit=limit)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        rows = Line.web_search_read(domain, fields, limit=limit)["records"]
        self.assertEqual(len(rows), limit)
        return self.env.cr.sql_log_count - before

    def test_consensus_list(self):
        few, many = self._cost(4), self._cost(40)
        self.assertEqual(many, few)
        self.assertLessEqual(many, 20)

    def test_answer_sheet(self):
        seat = self._seat(self.one, self.agent)
        seat.answer_sheet()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.assertEqual(sum(len(one["items"]) for one in seat.answer_sheet()["criteria"]), 40)
        # one record with all that hangs on it: the budget of a form
        self.assertLessEqual(self.env.cr.sql_log_count - before, 35)


@tagged("post_install", "-at_install")
class TestScreens(AssessmentCase):
    """Lists stay within twenty queries, one record with all that hangs on it within thirty-five."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.small = cls._held(3, 3)
        cls.wide = cls._held(30, 9)
        cls.env.flush_all()

    @classmethod
    def _held(cls, items, raters):
        """Hold and validate two rounds of a grid of four criteria, with so many items in each and so many raters."""
        criteria = [
            {
                "key": f"part-{part}",
                "name": {"ar": f"الجزء {part}", "fr": f"Partie {part}"},
                "items": [item(f"p{part}-{number}", metric=f"test_{number}") for number in range(items)],
            }
            for part in range(4)
        ]
        version = cls._grid(code=f"grid-{items}", criteria=criteria).version_id
        for name in ("before", "after"):
            one = cls._round(version_id=version.id, name=name, paper=raters)
            for rank, rater in enumerate(one.rater_ids):
                rater.role = "staff" if rank % 2 else "elected"
            cls.env["jamaa.assessment.score"].create(
                [
                    {
                        "rater_id": rater.id,
                        "item_id": line.id,
                        "answer": str(number % 6),
                        "evidence_link": "https://x.example",
                    }
                    for rater in one.rater_ids
                    for number, line in enumerate(version.item_ids)
                ]
            )
            one.rater_ids.action_finish()
            one.action_open_consensus()
            one.consensus_ids.action_suggest_priorities()
            one.action_validate()
        return one

    def _spec(self, records, xmlid, kind):
        """What a client reads for a view."""
        arch = records.get_view(self.env.ref(xmlid).id, kind)
        known = {name: records._fields[name].type for name in arch["models"][records._name] if name in records._fields}
        named = {"fields": {"display_name": {}}}
        return {
            name: named if kind == "many2one" else {**named, "limit": 40} if kind in ("one2many", "many2many") else {}
            for name, kind in known.items()
        }

    def _queries(self, action):
        action()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        action()
        return self.env.cr.sql_log_count - before

    def test_results_page(self):
        few, many = (self._queries(one.with_user(self.director_user).results_page) for one in (self.small, self.wide))
        self.assertEqual(many, few)
        self.assertLessEqual(many, 35)

    def test_round_form(self):
        spec = self._spec(
            self.wide.with_user(self.director_user), "jamaa_assessment.jamaa_assessment_round_view_form", "form"
        )
        few, many = (
            self._queries(lambda one=one: one.with_user(self.director_user).web_read(spec))
            for one in (self.small, self.wide)
        )
        self.assertEqual(many, few)
        self.assertLessEqual(many, 35)

    def test_lists(self):
        for model, view, domain in (
            ("jamaa.assessment.round", "jamaa_assessment_round_view_list", []),
            ("jamaa.assessment.result", "jamaa_assessment_result_view_list", []),
            ("jamaa.assessment.priority", "jamaa_assessment_priority_view_list", []),
            ("jamaa.assessment.consensus", "jamaa_assessment_consensus_view_list", [("round_id", "=", self.wide.id)]),
        ):
            with self.subTest(model):
                records = self.env[model].with_user(self.director_user)
                spec = self._spec(records, f"jamaa_assessment.{view}", "list")
                few, many = (
                    self._queries(lambda limit=limit: records.web_search_read(domain, spec, limit=limit))  # noqa: B023
                    for limit in (4, 80)
                )
                self.assertLessEqual(many, 20, model)
                if model == "jamaa.assessment.round":
                    self.assertLessEqual(many, few)
