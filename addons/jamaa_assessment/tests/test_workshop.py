"""A workshop on a shared grid: who takes part, what is proposed, who decides, what becomes of it."""

import json

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .peer_common import PeerCase

WORKSHOP, PROPOSAL, REMARK = (
    "jamaa.assessment.workshop",
    "jamaa.assessment.proposal",
    "jamaa.assessment.remark",
)


class WorkshopCase(PeerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.workshop = cls._workshop(cls.team)
        cls.workshop.action_open()
        cls.other_company = cls.env["res.company"].create({"name": "Other programme", "is_programme": True})
        cls.other_programme = cls.env["jamaa.programme"].create({"name": "Q", "company_id": cls.other_company.id})
        cls.other_team = cls._make_user("w_other_team", "jamaa_base.group_programme_team", cls.other_company)
        cls.outside = cls._make_commune("outside")
        cls.outsider_director = cls._make_user("w_outside", "jamaa_base.group_director", cls.outside)

    @classmethod
    def _workshop(cls, user, **vals):
        values = {"name": "W", "programme_id": cls.programme.id, "grid_id": cls.grid.id, **vals}
        return cls.env[WORKSHOP].with_user(user).create(values)

    def _draft_item(self, key="one"):
        return self.workshop.version_id.item_ids.filtered(lambda item: item.key == key)

    def _propose(self, user=None, **vals):
        values = {
            "workshop_id": self.workshop.id,
            "kind": "reword",
            "item_id": self._draft_item().id,
            "reason": "Clearer",
            "anchor_3_fr": "Autrement dit",
            **vals,
        }
        return self.env[PROPOSAL].with_user(user or self.director_user).create(values)


@tagged("post_install", "-at_install", "security")
class TestWorkshop(WorkshopCase):
    def test_adopt_and_publish(self):
        row = self._propose()
        self.assertEqual(row.company_id, self.here)
        self.assertIn("Autrement dit", row.comparison)
        self.assertIn("one 3 en français", row.comparison)
        item = self._draft_item()
        with self.assertRaises(AccessError):
            item.with_user(self.team).write({"anchor_3": "x"})
        row.with_user(self.team).action_adopt()
        self.assertEqual(item._export_texts("anchor_3"), {"ar": "one 3 بالعربية", "fr": "Autrement dit"})
        self.assertEqual(row.state, "adopted")
        self.assertIn("one 3 en français", row.comparison, "the former words stay to be read")
        self.workshop.change_note = "Clearer levels"
        self.workshop.action_publish()
        version = self.grid.version_id
        self.assertEqual((version.number, version.state, version.change_note), (2, "published", "Clearer levels"))
        self.assertEqual(version._comparable_with(self.version), {"two", "three", "duty"})
        self.assertEqual(self.workshop.state, "published")
        with self.assertRaisesRegex(UserError, "not open"):
            self._propose()

    def test_new_criterion_new_item_left_out(self):
        criterion = self._propose(
            kind="criterion", item_id=False, anchor_3_fr=False, name_ar="معيار", name_fr="Critère"
        )
        criterion.with_user(self.team).action_adopt()
        levels = {f"anchor_{level}_{lang}": f"{level} {lang}" for level in range(6) for lang in ("ar", "fr")}
        words = {"name_ar": "عبارة", "name_fr": "Phrase", **levels}
        vals = {"kind": "item", "item_id": False, "criterion_id": criterion.criterion_id.id, **words}
        with self.assertRaisesRegex(ValidationError, "six levels"):
            self._propose(**{**vals, "anchor_5_ar": False})
        row = self._propose(**vals)
        row.with_user(self.team).action_adopt()
        made = row.item_id
        self.assertEqual((made.key, made._export_texts("anchor_5")), ("criterion-1-1", {"ar": "5 ar", "fr": "5 fr"}))
        self._propose(kind="leave_out", item_id=self._draft_item("two").id).with_user(self.team).action_adopt()
        self.workshop.action_publish()
        self.assertEqual(set(self.grid.version_id.item_ids.mapped("key")), {"one", "three", "duty", "criterion-1-1"})

    def test_nothing_new(self):
        for vals in ({"anchor_3_fr": False}, {"anchor_3_fr": "one 3 en français"}, {"item_id": False}):
            with self.subTest(vals), self.assertRaises(ValidationError):
                self._propose(**vals)
        with self.assertRaises(ValidationError):
            self._propose(item_id=self.items["one"].id)  # of the published version

    def test_comment_and_support(self):
        row = self._propose()
        there = row.with_user(self.directors[self.there])
        there.action_support()
        there.action_support()
        Remark = self.env[REMARK].with_user(self.directors[self.there])
        Remark.create({"proposal_id": row.id, "text": "Good", "kind": "adopted", "company_id": self.here.id})
        self.env.invalidate_all()
        self.assertEqual((row.support_count, row.supporters), (1, self.there.display_name))
        said = [(remark.kind, remark.company_id, remark.text) for remark in row.remark_ids]
        self.assertEqual(
            said,
            [("proposed", self.here, False), ("support", self.there, False), ("comment", self.there, "Good")],
        )
        with self.assertRaisesRegex(UserError, "own proposal"):
            row.action_support()
        with self.assertRaisesRegex(UserError, "Others have spoken"):
            row.anchor_3_fr = "Encore"
        there.action_unsupport()
        self.env.invalidate_all()
        self.assertEqual(row.support_count, 0)
        for text in (False, "  ", "x" * 4001):
            with self.assertRaises(UserError):
                Remark.create({"proposal_id": row.id, "text": text})
        for change in (lambda: row.remark_ids.sudo().write({"text": "x"}), row.remark_ids.sudo().unlink, row.copy):
            with self.assertRaises(UserError):
                change()

    def test_decline(self):
        row = self._propose().with_user(self.team)
        with self.assertRaisesRegex(UserError, "Say why"):
            row._decline(" ")
        self.env["jamaa.assessment.decline"].with_user(self.team).create(
            {"proposal_id": row.id, "reason": "Two things at once"}
        ).action_decline()
        self.assertEqual((row.state, row.answer), ("declined", "Two things at once"))
        self.assertEqual(row.remark_ids[-1:].company_id, self.programme_company)
        with self.assertRaisesRegex(UserError, "decided meanwhile"):
            row.action_adopt()

    def test_who_decides(self):
        row = self._propose()
        other = self._make_user("w_team_2", "jamaa_base.group_programme_team", self.programme_company)
        wizard = self.env["jamaa.assessment.decline"].with_user(other).create({"proposal_id": row.id, "reason": "No"})
        for user in (self.director_user, self.facilitator, self.admin_user, other, self.other_team):
            with self.subTest(user.login):
                for change in (row.with_user(user).action_adopt, self.workshop.with_user(user).action_publish):
                    with self.assertRaises(AccessError):
                        change()
        with self.assertRaises(AccessError):
            wizard.action_decline()
        self.assertEqual(row.state, "proposed")
        with self.assertRaises(UserError):
            row.write({"state": "adopted"})
        with self.assertRaises(UserError):
            self.workshop.write({"state": "published"})

    def test_only_the_author_changes_or_withdraws(self):
        row = self._propose()
        row.anchor_3_fr = "Autrement encore"
        there = row.with_user(self.directors[self.there])
        with self.assertRaises(AccessError):
            there.anchor_3_fr = "Non"
        with self.assertRaises(UserError):
            there.action_withdraw()
        row.action_withdraw()
        self.assertEqual(row.state, "withdrawn")
        with self.assertRaises(UserError):
            row.sudo().unlink()

    def test_who_takes_part(self):
        row = self._propose()
        portal = new_test_user(self.env, login="w_portal", groups="base.group_portal")
        for user in (self.outsider_director, self.other_team, portal, self.agent):
            with self.subTest(user.login):
                for record in (self.workshop, row, row.remark_ids):
                    with self.assertRaises(AccessError):
                        record.with_user(user).read([])
                with self.assertRaises(AccessError):
                    self._propose(user)
        for user in (self.team, self.directors[self.there], self.facilitator):
            self.assertTrue(row.with_user(user).read(["reason"]))
        member = self.programme.member_ids.filtered(lambda one: one.company_id == self.there)
        member.date_to = self._day(-1)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            row.with_user(self.directors[self.there]).read(["reason"])

    def test_no_person_is_named_to_another_commune(self):
        row = self._propose()
        for record in (row, row.remark_ids):
            found = json.dumps(record.with_user(self.directors[self.there]).read([]), default=str)
            self.assertNotIn(self.director_user.name, found)
        for model in (PROPOSAL, REMARK):
            self.assertNotIn("create_uid", self.env[model]._fields)
            self.assertNotIn("message_ids", self.env[model]._fields)

    def test_who_leads(self):
        """A commune starts a workshop on a new grid; a grid that is there is led by whoever keeps it."""
        free = self._grid(code="free-grid")
        with self.assertRaises(ValidationError):
            self._workshop(self.facilitator, grid_id=free.id)
        mine = self._workshop(
            self.facilitator, grid_id=False, new_grid_name="Waste", new_grid_code="waste", company_id=self.here.id
        )
        mine.action_open()
        self.assertEqual((mine.grid_id.company_id.id, mine.grid_id.programme_id), (False, self.programme))
        self.assertEqual(mine.grid_id.draft_version_id, mine.version_id)
        with self.assertRaises(ValidationError):
            self._workshop(self.other_team, programme_id=self.other_programme.id)
        with self.assertRaises(ValidationError):
            self._workshop(self.other_team, grid_id=False)
        with self.assertRaisesRegex(UserError, "name and code"):
            self._workshop(self.team, grid_id=False).action_open()

    def test_one_workshop_at_a_time(self):
        with self.assertRaisesRegex(UserError, "Another workshop"):
            self._workshop(self.team).action_open()

    def test_who_uses_a_grid(self):
        self._validated(self.here)
        adopted = self._grid(self.there)
        adopted.model_id = self.grid
        self._validated(self.there, adopted.version_id)
        mine = self.grid.with_user(self.director_user)
        self.assertEqual((mine.use_count, mine.use_names), (2, False))
        with self.assertRaises(AccessError):
            self.grid.with_user(self.facilitator).action_show_use()
        with self.assertRaisesRegex(UserError, "no validated round"):
            self.grid.with_user(self.directors[self.peers[0]]).action_show_use()
        mine.action_show_use()
        mine.action_show_use()
        seen = self.grid.with_user(self.directors[self.there])
        self.assertEqual((seen.use_count, seen.use_names, seen.shown_by_us), (2, self.here.display_name, False))
        mine.action_hide_use()
        self.env.invalidate_all()
        self.assertFalse(seen.use_names)
