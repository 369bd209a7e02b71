"""Who answered what stays with who answered: by page, by call, by export, by search, by message."""

import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import AssessmentCase

SCORE = "jamaa.assessment.score"
ANSWERS = {"one": "1", "two": "2", "three": "3", "duty": "yes"}


@tagged("post_install", "-at_install", "security")
class TestSecrecy(AssessmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.one = cls._round([cls.agent, cls.member], paper=1)
        cls.mine = cls._seat(cls.one, cls.agent)
        for key in ("one", "two", "three"):
            cls.mine.answer(cls.items[key].id, ANSWERS[key], f"comment on {key}")
        cls.scores = cls.env[SCORE].search([("rater_id", "=", cls.mine.id)])
        cls.others = (
            cls.member, cls.head, cls.facilitator, cls.director_user, cls.president_user, cls.admin_user,
            cls.outsider, cls.facilitator_there, cls.team, cls.env.ref("base.user_admin"),
        )  # fmt: skip

    def test_answers_are_their_authors(self):
        self.assertEqual(len(self.env[SCORE].with_user(self.agent).search([])), 3)
        for user in self.others:
            with self.subTest(user.login):
                Score = self.env[SCORE].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
                self.assertFalse(Score.search([]))
                self.assertFalse(Score.search([("comment", "ilike", "comment")]))
                self.assertFalse(Score.search([("answer", "=", "1")]))
                self.assertFalse(Score._read_group([], ["answer"], ["__count"]))
                for call in (
                    lambda Score=Score: Score.browse(self.scores.ids).read(["answer"]),
                    lambda Score=Score: Score.browse(self.scores.ids).export_data(["answer", "comment"]),
                    lambda Score=Score: Score.browse(self.scores[:1].id).write({"answer": "5"}),
                    lambda Score=Score: Score.create({"rater_id": self.mine.id, "item_id": self.items["duty"].id}),
                ):
                    # AccessError is one; who may not export anything gets a plain one
                    with self.assertRaises(UserError):
                        call()
                seat = self.mine.with_user(user)
                for call in (
                    lambda seat=seat: seat.answer_sheet(),
                    lambda seat=seat: seat.answer(self.items["one"].id, "5"),
                    lambda seat=seat: seat.attach_evidence(self.items["one"].id, "a", ""),
                    lambda seat=seat: seat.action_finish(),
                    lambda seat=seat: seat.action_reopen(),
                    lambda seat=seat: seat.action_answer(),
                ):
                    with self.assertRaises(AccessError):
                        call()

    def test_nothing_leaks_through_what_links_to_an_answer(self):
        """Searching through a link must not tell what the row itself hides."""
        for user in (self.member, self.facilitator, self.director_user):
            with self.subTest(user.login):
                for model, path in (
                    ("jamaa.assessment.rater", "score_ids.answer"),
                    ("jamaa.assessment.round", "rater_ids.score_ids.answer"),
                    ("jamaa.assessment.rater", "score_ids.comment"),
                ):
                    value = "1" if path.endswith("answer") else "comment on one"
                    self.assertFalse(self.env[model].with_user(user).search([(path, "=", value)]), path)

    def _finish_mine(self):
        self.mine.answer(self.items["duty"].id, "yes")
        self.mine.action_finish()

    def test_nothing_in_messages(self):
        self._answer(self._seat(self.one, self.member), **ANSWERS)
        self._finish_mine()
        lines = self._agreed(self.one)
        self.assertEqual(lines["one"].comments, "• comment on one")
        words = " ".join(self.one.message_ids.mapped(lambda message: message.body or ""))
        words += " ".join(self.one.message_ids.tracking_value_ids.field_id.mapped("name"))
        self.assertNotIn("comment", words)
        self.assertNotIn("answer", words)

    def test_evidence_is_its_authors(self):
        self.mine.attach_evidence(self.items["one"].id, "photo.txt", "aGVsbG8=")
        files = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", SCORE), ("res_field", "=", "evidence_file"), ("res_id", "in", self.scores.ids)]
        )  # fmt: skip
        self.assertEqual(len(files), 1)
        files.with_user(self.agent).read(["name", "datas"])
        for user in (self.member, self.facilitator, self.director_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                files.with_user(user).read(["name", "datas"])

    def test_rounds_are_for_the_panel_and_who_leads(self):
        Round = self.env["jamaa.assessment.round"]
        for user, sees in (
            (self.agent, True), (self.member, True), (self.facilitator, True), (self.director_user, True),
            (self.president_user, True), (self.outsider, False), (self.head, False), (self.facilitator_there, False),
            (self.team, False),
        ):  # fmt: skip
            with self.subTest(user.login):
                self.assertEqual(bool(Round.with_user(user).search([("id", "=", self.one.id)])), sees)
                self.assertEqual(
                    bool(self.env["jamaa.assessment.step"].with_user(user).search([("round_id", "=", self.one.id)])),
                    sees,
                )
        seats = self.env["jamaa.assessment.rater"].with_user(self.agent).search([("round_id", "=", self.one.id)])
        self.assertEqual(seats, self.mine)

    def test_paper_waits_for_the_facilitators_own_answers(self):
        one = self._round([self.facilitator, self.agent], paper=1, name="Second")
        paper = one.rater_ids.filtered(lambda rater: not rater.user_id).with_user(self.facilitator)
        with self.assertRaisesRegex(AccessError, "your own answers first"):
            paper.answer_sheet()
        self._answer(self._seat(one, self.facilitator), **ANSWERS)
        self._answer(paper, **ANSWERS)
        scores = self.env[SCORE].with_user(self.facilitator).search([("rater_id", "=", paper.id)])
        self.assertEqual(len(scores), 4)
        self._seat(one, self.facilitator).action_reopen()
        self.assertFalse(self.env[SCORE].with_user(self.facilitator).search([("rater_id", "=", paper.id)]))

    def test_last_rounds_levels_are_hidden_until_one_has_answered(self):
        for user in (self.agent, self.member):
            seat = self._seat(self.one, user)
            self._answer(seat, **ANSWERS)
        self._agreed(self.one)
        self.one.with_user(self.director_user).action_validate()
        models = ("jamaa.assessment.consensus", "jamaa.assessment.result")

        def seen(user):
            domain = [("round_id", "=", self.one.id)]
            return [bool(self.env[model].with_user(user).search(domain)) for model in models]

        self.assertEqual(seen(self.agent), [True, True])
        self.assertEqual(seen(self.director_user), [True, True])
        self.assertEqual(seen(self.head), [False, False])
        # all three are asked again, the director too
        again = self._round([self.agent, self.head, self.director_user], name="Next", start=False)
        for user in (self.agent, self.head, self.director_user):
            with self.subTest(user.login):
                self.assertEqual(seen(user), [False, False])
        self.assertEqual(seen(self.president_user), [True, True])
        again.action_start()
        self.assertEqual(seen(self.agent), [False, False])
        self.assertFalse(self.one.with_user(self.agent).summary)
        line = self.one.consensus_ids[:1]
        with self.assertRaises(AccessError):
            line.with_user(self.agent).read(["answer"])
        # neither by a link from the round, which the rater may read
        Round = self.env["jamaa.assessment.round"].with_user(self.agent)
        self.assertFalse(Round.search([("consensus_ids.answer", "=", "1")]))
        self.assertFalse(self.one.with_user(self.agent).consensus_ids)
        self._answer(self._seat(again, self.agent), **ANSWERS)
        self.assertEqual(seen(self.agent), [True, True])
        # a round about something else hides nothing
        self.assertEqual(seen(self.member), [True, True])

    def test_running_consensus_is_for_the_group(self):
        self._answer(self._seat(self.one, self.member), **ANSWERS)
        self._finish_mine()
        lines = self._agreed(self.one)
        self.assertEqual(lines["one"].with_user(self.agent).verdict, "agreed")
        with self.assertRaises(AccessError):
            lines["one"].with_user(self.agent).answer = "5"
        for user in (self.outsider, self.facilitator_there, self.team):
            with self.subTest(user.login), self.assertRaises(AccessError):
                lines["one"].with_user(user).read(["verdict"])

    def test_few_answers_show_no_levels(self):
        """Of two, each would read the other's answer out of the range."""
        self._answer(self._seat(self.one, self.member), **{**ANSWERS, "one": "2"})
        self._finish_mine()
        lines = self._agreed(self.one)
        self.assertEqual(lines["one"].verdict, "discuss")
        self.assertFalse(lines["one"].range_text)
        self.assertFalse(lines["one"].middle_text)
        self.assertFalse(lines["one"].role_text)


@tagged("post_install", "-at_install", "security")
class TestSecrecyByHttp(HttpCase, AssessmentCase):
    """The same by the doors of the web client."""

    def test_export_and_calls(self):
        one = self._round([self.agent, self.member])
        self._seat(one, self.agent).answer(self.items["one"].id, "4", "only mine")
        score = self.env[SCORE].search([("rater_id", "in", one.rater_ids.ids)])
        self.env.flush_all()
        self.authenticate(self.facilitator.login, self.facilitator.login)

        def call(model, method, *args, **kwargs):
            answer = self.url_open(
                f"/web/dataset/call_kw/{model}/{method}",
                data=json.dumps({"params": {"model": model, "method": method, "args": args, "kwargs": kwargs}}),
                headers={"Content-Type": "application/json"},
            )
            return answer.json()

        self.assertEqual(call(SCORE, "search_read", [], ["answer", "comment"])["result"], [])
        with self.assertLogs("odoo.http", level="WARNING"):
            self.assertIn("error", call(SCORE, "read", score.ids, ["answer"]))
        seats = self._seat(one, self.agent).ids
        with self.assertLogs("odoo.http", level="WARNING"):
            self.assertIn("error", call("jamaa.assessment.rater", "answer_sheet", seats))
        found = call(
            "jamaa.assessment.round", "web_read", one.ids,
            specification={"rater_ids": {"fields": {"score_ids": {"fields": {"answer": {}}}}}},
        )  # fmt: skip
        self.assertNotIn('"4"', json.dumps(found.get("result", [])))
