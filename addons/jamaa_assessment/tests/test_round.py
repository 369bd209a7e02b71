from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import AssessmentCase


@tagged("post_install", "-at_install")
class TestRound(AssessmentCase):
    """From the panel to the results."""

    def _three(self):
        one = self._round([self.agent, self.member, self.head])
        for user, answers in (
            (self.agent, {"one": "1", "two": "3", "three": "4", "duty": "yes"}),
            (self.member, {"one": "5", "two": "3", "three": "4", "duty": "no"}),
            (self.head, {"one": "0", "two": "na", "three": "4", "duty": "yes"}),
        ):
            self._answer(self._seat(one, user), **answers)
        return one

    # ---- answering ----

    def test_needs_subject_and_panel(self):
        with self.assertRaisesRegex(UserError, "panel"):
            self._round()
        site_grid = self._grid(code="test-site", subject="site")
        with self.assertRaisesRegex(UserError, "which site"):
            self._round([self.agent], version_id=site_grid.version_id.id)
        service_grid = self._grid(code="test-service", subject="service")
        with self.assertRaisesRegex(UserError, "which service"):
            self._round([self.agent], version_id=service_grid.version_id.id)

    def test_version_of_another_commune_or_in_preparation(self):
        theirs = self._grid(self.there, code="their-grid")
        with self.assertRaisesRegex(ValidationError, "another commune"):
            self._round([self.agent], version_id=theirs.version_id.id)
        draft = self._grid(publish=False, code="draft-grid")
        with self.assertRaisesRegex(ValidationError, "published version"):
            self._round([self.agent], version_id=draft.draft_version_id.id)

    def test_resume(self):
        one = self._round([self.agent, self.member])
        seat = self._seat(one, self.agent)
        self.assertEqual(seat.answer(self.items["one"].id, "2", "because", "https://example.org/x"), 1)
        self.assertEqual(seat.answer(self.items["one"].id, "3", "because"), 1)
        sheet = seat.answer_sheet()
        self.assertEqual([len(criterion["items"]) for criterion in sheet["criteria"]], [2, 2])
        first = sheet["criteria"][0]["items"][0]
        self.assertEqual((first["answer"], first["comment"], first["link"]), ("3", "because", ""))
        self.assertEqual(len(first["anchors"]), 6)
        self.assertTrue(sheet["open"])
        with self.assertRaisesRegex(UserError, "3 items are still open"):
            seat.action_finish()

    def test_answers_that_do_not_fit(self):
        one = self._round([self.agent, self.member])
        seat = self._seat(one, self.agent)
        for key, answer in (("one", "yes"), ("duty", "3"), ("one", "na"), ("duty", "na")):
            with self.subTest(key=key, answer=answer), self.assertRaises(ValidationError):
                seat.answer(self.items[key].id, answer)
        for wrong in ("9", "x", ["1"], {"a": 1}):
            with self.subTest(wrong=wrong), self.assertRaisesRegex(UserError, "not understood"):
                seat.answer(self.items["one"].id, wrong)
        foreign = self._grid(code="other-grid").version_id.item_ids[:1]
        with self.assertRaisesRegex(ValidationError, "not in the grid"):
            seat.answer(foreign.id, "1")
        with self.assertRaisesRegex(UserError, "https"):
            seat.answer(self.items["one"].id, "1", False, "javascript:alert(1)")
        with self.assertRaisesRegex(UserError, "could not be read"):
            seat.attach_evidence(self.items["one"].id, "x.pdf", "not base64!")
        self.assertEqual(seat.answered_count, 0)

    def test_finished_answers_stay(self):
        one = self._round([self.agent, self.member])
        seat = self._seat(one, self.agent)
        self._answer(seat, one="1", two="2", three="3", duty="yes")
        with self.assertRaisesRegex(UserError, "finished"):
            seat.answer(self.items["one"].id, "5")
        with self.assertRaises(UserError):
            seat.score_ids[:1].write({"answer": "5"})
        with self.assertRaises(UserError):
            seat.score_ids[:1].sudo().unlink()
        seat.action_reopen()
        seat.answer(self.items["one"].id, "5")
        self.assertFalse(seat.finished_on)

    def test_paper_is_typed_in_by_the_facilitator(self):
        one = self._round([self.agent], paper=1)
        paper = one.rater_ids.filtered(lambda rater: not rater.user_id)
        self._answer(paper.with_user(self.facilitator), one="1", two="na", three="3", duty="no")
        self.assertTrue(paper.finished_on)
        with self.assertRaises(AccessError):
            paper.with_user(self.director_user).answer(self.items["one"].id, "5")

    def test_seat_with_answers_changes_hands_for_nobody(self):
        one = self._round([self.agent, self.member])
        seat = self._seat(one, self.agent)
        seat.answer(self.items["one"].id, "1")
        leader = seat.with_user(self.facilitator)
        for change in (
            lambda: leader.write({"user_id": self.facilitator.id}),
            lambda: leader.write({"user_id": False}),
            leader.unlink,
        ):
            with self.subTest(), self.assertRaisesRegex(UserError, "stays with"):
                change()
        with self.assertRaises(UserError):
            leader.write({"finished_on": "2026-01-01 10:00:00"})

    # ---- agreeing ----

    def test_two_finish_first(self):
        one = self._round([self.agent, self.member])
        self._answer(self._seat(one, self.agent), one="1", two="2", three="3", duty="yes")
        with self.assertRaisesRegex(UserError, "At least two"):
            one.with_user(self.facilitator).action_open_consensus()

    def test_lines(self):
        lines = self._agreed(self._three())
        self.assertEqual(
            {key: (line.verdict, line.answer) for key, line in lines.items()},
            {
                "one": ("split", False),
                "two": ("discuss", False),
                "three": ("agreed", "4"),
                "duty": ("split", False),
            },
        )
        # mean 2, deviations 1 3 2
        self.assertAlmostEqual(lines["one"].spread, 2)
        self.assertEqual(lines["one"].range_text, "0 – 5")
        ordered = self.env["jamaa.assessment.consensus"].search([("round_id", "=", lines["one"].round_id.id)])
        self.assertEqual(ordered.mapped("item_id.key")[:2], ["duty", "one"])

    def test_no_evidence_no_high_level(self):
        one = self._three()
        lines = self._agreed(one)
        self.assertTrue(lines["three"].capped)
        self.assertEqual(lines["three"].counted, "3")
        lines["three"].evidence = "file 12/2026"
        self.assertFalse(lines["three"].capped)
        self.assertEqual(lines["three"].counted, "4")

    def test_answers_with_evidence_are_not_capped(self):
        one = self._round([self.agent, self.member])
        seat = self._seat(one, self.agent)
        seat.attach_evidence(self.items["three"].id, "photo.txt", "aGVsbG8=")
        self._answer(seat, one="2", two="2", three="5", duty="yes")
        self._answer(self._seat(one, self.member), one="2", two="2", three="5", duty="yes")
        lines = self._agreed(one)
        self.assertEqual(lines["three"].evidence_count, 1)
        self.assertFalse(lines["three"].capped)

    def test_validating(self):
        one = self._three()
        lines = self._agreed(one)
        with self.assertRaisesRegex(UserError, "3 items have no agreed level"):
            one.with_user(self.director_user).action_validate()
        lines["one"].answer, lines["two"].answer, lines["duty"].answer = "2", "3", "no"
        with self.assertRaisesRegex(UserError, "On 2 items people were split"):
            one.with_user(self.director_user).action_validate()
        lines["one"].reason, lines["duty"].reason = "Seen together", "The sheet is old"
        with self.assertRaises(AccessError):
            one.with_user(self.facilitator).action_validate()
        one.with_user(self.director_user).action_validate()
        self.assertEqual(one.state, "validated")
        results = {row.criterion_id.key: row for row in one.result_ids}
        # (1×2 + 3×3) / 4 = 2.75 levels; three: 4, of which 3 count
        self.assertAlmostEqual(results["first"].score, 55)
        self.assertAlmostEqual(results["second"].score, 60)
        self.assertEqual((results["second"].gates_met, results["second"].gates_failed), (0, 1))
        self.assertAlmostEqual(results[False].score, 57.5)
        self.assertEqual(one.step_ids.mapped("state_to"), ["individual", "consensus", "validated"])
        for change in (
            lambda: lines["one"].sudo().write({"answer": "5"}),
            lambda: results["first"].sudo().write({"score": 100}),
            lambda: results["first"].sudo().unlink(),
            lambda: one.step_ids[:1].sudo().write({"note": "x"}),
            lambda: lines["one"].sudo().unlink(),
            lambda: one.with_user(self.facilitator).write({"version_id": self.version.id}),
            lambda: one.with_user(self.facilitator).write({"state": "draft"}),
            lambda: one.with_user(self.facilitator).unlink(),
        ):
            with self.subTest(), self.assertRaises(UserError):
                change()

    def test_small_commune_validates_with_its_facilitator(self):
        one = self._three()
        lines = self._agreed(one)
        for key in ("one", "two", "duty"):
            lines[key].write({"answer": "no" if key == "duty" else "2", "reason": "so"})
        self.here.profile = "small"
        one.with_user(self.facilitator).action_validate()
        self.assertEqual(one.state, "validated")

    def test_progress_on_unchanged_items_alone(self):
        first = self._three()
        lines = self._agreed(first)
        for key, answer in (("one", "1"), ("two", "2"), ("duty", "yes")):
            lines[key].write({"answer": answer, "reason": "so"})
        first.with_user(self.director_user).action_validate()
        # the commune rewords "two" in a copy of its own
        self.grid.with_user(self.facilitator).action_adopt()
        mine = self.env["jamaa.assessment.grid"].search([("model_id", "=", self.grid.id)])
        draft = mine.draft_version_id
        draft.item_ids.filtered(lambda item: item.key == "two").with_context(lang="ar_MA").anchor_2 = "بطريقة أخرى"
        draft.action_publish()
        self.items = {item.key: item for item in draft.item_ids}
        second = self._round([self.agent, self.member], version_id=draft.id)
        for user in (self.agent, self.member):
            self._answer(self._seat(second, user), one="3", two="3", three="2", duty="yes")
        lines = self._agreed(second)
        self.assertEqual(lines["one"].previous_answer, "1")
        self.assertTrue(lines["two"].bar_raised)
        self.assertFalse(lines["two"].previous_answer)
        second.with_user(self.director_user).action_validate()
        whole = second.result_ids.filtered(lambda row: not row.criterion_id)
        # one: from 1 to 3; three: from 3 (4 without evidence) to 2; two is not compared
        self.assertEqual((whole.compared, whole.raised), (2, 1))
        self.assertAlmostEqual(whole.progress, 0.5)

    def test_three_priorities(self):
        one = self._three()
        lines = self._agreed(one)
        lines["duty"].answer = "no"
        lines["one"].write({"answer": "0", "importance": "3", "effort": "1"})
        lines["two"].answer = "5"
        self.env["jamaa.assessment.consensus"].union(*lines.values()).with_user(
            self.facilitator
        ).action_suggest_priorities()
        chosen = one.consensus_ids.filtered("is_priority").mapped("item_id.key")
        self.assertEqual(sorted(chosen), ["duty", "one", "three"])
        with self.assertRaisesRegex(ValidationError, "No more than 3"):
            lines["two"].is_priority = True

    def test_application_shows_where_it_has_something(self):
        """A role sees few applications: this one comes with the first round, or with a seat."""
        root = self.env.ref("jamaa_assessment.menu_root").id

        def shows(user):
            return root in self.env["ir.ui.menu"].with_user(user).load_menus(False)

        everybody = (self.facilitator, self.director_user, self.agent, self.outsider, self.team)
        self.assertEqual([shows(user) for user in everybody], [True, False, False, False, False])
        one = self._round([self.agent], start=False)
        self.assertEqual([shows(user) for user in everybody], [True, True, True, False, False])
        one.rater_ids.user_id = self.outsider
        self.assertEqual([shows(user) for user in everybody], [True, True, False, True, False])
        one.rater_ids.unlink()
        self.assertFalse(shows(self.outsider))

    def test_same_person_twice(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._round([self.agent, self.agent], start=False)
