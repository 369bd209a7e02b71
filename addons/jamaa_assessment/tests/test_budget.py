"""Lists of a round cost the same for few and for many items."""

from lxml import html as lxml_html

from odoo.tests import HttpCase, tagged

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
class TestPagesBudget(HttpCase, AssessmentCase):
    """Pages of a link cost the same for few and for many items."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.here.commune_slug = "test-here"

    def _seat(self, number):
        criteria = [
            {
                "key": f"part-{part}",
                "name": {"ar": f"الجزء {part}", "fr": f"Partie {part}"},
                "items": [item(f"p{part}-{one}") for one in range(number)],
            }
            for part in range(4)
        ]
        version = self._grid(code=f"grid-of-{number}", criteria=criteria).version_id
        one = self._round(paper=1, version_id=version.id)
        return one.rater_ids

    def _page(self, seat):
        questions = seat._survey().question_and_page_ids.filtered(lambda one: not one.is_page)
        return {
            f"a-{question.id}": question.suggested_answer_ids[3].id
            for question in questions.filtered(lambda one: one.page_id == questions[0].page_id)
        }

    def _cost(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        answer = call()
        return answer, self.env.cr.sql_log_count - before

    def test_pages(self):
        costs = []
        for number in (2, 10):
            seat = self._seat(number)
            path, chosen = seat._link_path("fr"), self._page(seat)
            self.env.flush_all()
            self.url_open(path)
            page = self.url_open(f"{path}/1").text
            token = lxml_html.fromstring(page).xpath("//input[@name='form_token']/@value")[0]
            read, reading = self._cost(lambda path=path: self.url_open(f"{path}/1"))
            front, fronting = self._cost(lambda path=path: self.url_open(path))
            self.assertEqual((read.status_code, front.status_code), (200, 200))
            self.url_open(f"{path}/1", data={"form_token": token}, allow_redirects=False)
            data = {"form_token": token, "go": "next", **chosen}
            kept, keeping = self._cost(
                lambda path=path, data=data: self.url_open(f"{path}/1", data=data, allow_redirects=False)
            )
            self.assertEqual(kept.status_code, 303)
            self.assertEqual(len(seat._given()), number)
            costs.append((reading, fronting, keeping))
        few, many = costs
        self.assertEqual(few, many)
        self.assertLessEqual(max(many[:2]), 30)
        self.assertLessEqual(many[2], 45)
