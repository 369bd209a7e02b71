"""Lists of a round cost the same for few and for many items."""

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
