"""Three things at most a round does first: made at validation, moved by buttons, looked at by the next round."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import AssessmentCase


@tagged("post_install", "-at_install")
class TestPriority(AssessmentCase):
    def _validated(self, name="Round", priorities=("one",), version=None, **answers):
        one = self._round([self.agent, self.member], name=name, version_id=(version or self.version).id)
        for user in (self.agent, self.member):
            self._answer(self._seat(one, user), **{"one": "1", "two": "3", "three": "2", "duty": "yes", **answers})
        lines = self._agreed(one)
        for key in priorities:
            lines[key].is_priority = True
        one.with_user(self.director_user).action_validate()
        return one

    def test_made_of_the_marked_lines_alone(self):
        one = self._validated(priorities=("one", "duty"), duty="no")
        rows = one.priority_ids
        self.assertEqual(
            [(row.item_id.key, row.answer, row.rank) for row in rows], [("duty", "no", 1), ("one", "1", 2)]
        )
        self.assertEqual(set(rows.mapped("state")), {"open"})
        self.assertFalse(self._validated("Without", priorities=()).priority_ids)

    def test_steps(self):
        row = self._validated().priority_ids.with_user(self.facilitator)
        row.write({"wanted_level": "3", "due_date": self._day(-1), "function_id": self.director.id})
        self.assertTrue(row.late)
        row.action_take_up()
        self.assertEqual(row.state, "taken_up")
        with self.assertRaisesRegex(UserError, "moved on"):
            row.action_take_up()
        with self.assertRaisesRegex(UserError, "why it is dropped"):
            row.action_drop()
        row.reason = "No means this year"
        row.action_drop()
        self.assertEqual((row.state, row.closed_on, row.late), ("dropped", self.today, False))
        row.action_reopen()
        row.action_done()
        self.assertEqual(row.state, "done")
        with self.assertRaisesRegex(UserError, "stays on record"):
            row.sudo().unlink()

    def test_what_the_round_decided_stays(self):
        row = self._validated().priority_ids.with_user(self.facilitator)
        for vals in ({"state": "done"}, {"answer": "5"}, {"rank": 3}, {"item_id": self.items["two"].id}):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "stays"):
                row.write(vals)
        with self.assertRaisesRegex(ValidationError, "above the present one"):
            row.wanted_level = "1"
        duty = self._validated("Duty", priorities=("duty",), duty="no").priority_ids.with_user(self.facilitator)
        with self.assertRaisesRegex(ValidationError, "met or not"):
            duty.wanted_level = "3"

    def test_who_sees_and_who_writes(self):
        row = self._validated().priority_ids
        for user, sees in (
            (self.agent, True), (self.director_user, True), (self.president_user, True), (self.outsider, False),
            (self.facilitator_there, False), (self.team, False),
        ):  # fmt: skip
            with self.subTest(user.login):
                found = self.env[row._name].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
                self.assertEqual(bool(found.search([("id", "=", row.id)])), sees)
        with self.assertRaises(AccessError):
            row.with_user(self.agent).note = "mine"
        with self.assertRaises(AccessError):
            row.with_user(self.agent).action_done()
        # asked again about the same subject, one does not read what was low last time
        self._round([self.agent], name="Again")
        self.assertFalse(self.env[row._name].with_user(self.agent).search([("id", "=", row.id)]))

    def test_function_of_another_commune(self):
        row = self._validated().priority_ids.with_user(self.facilitator)
        with self.assertRaises(UserError):
            row.function_id = self._make_function("director", self.there)

    def test_the_next_round_says_what_it_changed(self):
        row = self._validated().priority_ids
        self.assertEqual((row.compared, row.next_answer), (False, False))
        self._validated("Next", priorities=(), one="3")
        row.invalidate_recordset()
        self.assertEqual((row.compared, row.next_answer, row.change), (True, "3", 2))

    def test_worded_anew_it_is_not_compared(self):
        row = self._validated().priority_ids
        draft = self.grid._draft()
        item = draft.item_ids.filtered(lambda item: item.key == "one")
        item.with_context(lang="fr_MA").name = "Tout autre chose"
        draft.action_publish()
        self.items = {one.key: one for one in draft.item_ids}
        self._validated("Next", priorities=(), version=draft, one="3")
        row.invalidate_recordset()
        self.assertFalse(row.compared)

    def test_an_addon_makes_an_action_of_it(self):
        row = self._validated().priority_ids.with_user(self.facilitator)
        made = self.env["res.partner"].create({"name": "Action"})
        self.patch(type(row), "_take_up", lambda self: made)
        self.assertEqual(row.action_take_up()["res_id"], made.id)
