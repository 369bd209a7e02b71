from copy import deepcopy

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.jamaa_base.tools.exchange import ExchangeProblem

from .common import SAMPLE, AssessmentCase
from .test_grid_files import SHIPPED


@tagged("post_install", "-at_install")
class TestGrid(AssessmentCase):
    """A grid is adopted, shaped and frozen."""

    def _adopted(self):
        self.grid.with_user(self.facilitator).with_company(self.here).action_adopt()
        return self.env["jamaa.assessment.grid"].search([("model_id", "=", self.grid.id)])

    def test_round_trip(self):
        again = self._grid(self.there, publish=False)
        self.assertEqual(again._export_grid(), self.grid._export_grid())
        self.assertEqual(again._export_grid()["criteria"][0]["items"][1]["weight"], 3)
        self.assertEqual(again.name, SAMPLE["name"]["ar"])

    def test_shipped_grids_are_published(self):
        shared = self.env["jamaa.assessment.grid"].search([("company_id", "=", False), ("code", "in", list(SHIPPED))])
        self.assertEqual(set(shared.mapped("code")), set(SHIPPED))
        self.assertTrue(all(shared.mapped("version_id")))
        before = self.env["jamaa.assessment.grid"].search_count([])
        self.env["jamaa.assessment.grid"]._load_shipped_grids()
        self.assertEqual(self.env["jamaa.assessment.grid"].search_count([]), before)

    def test_adopt(self):
        mine = self._adopted()
        self.assertEqual(mine.company_id, self.here)
        self.assertFalse(mine.version_id)
        with self.assertRaisesRegex(UserError, "already has"):
            self.grid.with_user(self.facilitator).with_company(self.here).action_adopt()

    def test_comparable_on_what_was_left_alone(self):
        mine = self._adopted().with_user(self.facilitator)
        draft = mine.draft_version_id
        items = {item.key: item for item in draft.item_ids}
        self.assertEqual(draft._comparable_with(self.version), {"one", "two", "three", "duty"})
        items["one"].with_context(lang="fr_MA").anchor_3 = "Autrement dit"
        items["two"].weight = 1
        items["three"].active = False
        items["three"].copy({"key": "added", "criterion_id": items["one"].criterion_id.id, "active": True})
        self.assertEqual(draft._comparable_with(self.version), {"two", "duty"})
        draft.action_publish()
        self.assertEqual(draft._comparable_with(self.version), {"two", "duty"})
        self.assertEqual(self.version._comparable_with(draft), {"two", "duty"})

    def test_switched_off_comes_back_in_the_next_version(self):
        mine = self._adopted()
        draft = mine.draft_version_id
        draft.item_ids.filtered(lambda item: item.key == "one").active = False
        draft.action_publish()
        later = mine._draft()
        self.assertEqual(later.number, 2)
        keys = later.with_context(active_test=False).item_ids.mapped("key")
        self.assertEqual(sorted(keys), ["duty", "one", "three", "two"])
        self.assertNotIn("one", later.item_ids.mapped("key"))
        self.assertEqual(later._comparable_with(draft), {"two", "three", "duty"})
        later.with_context(active_test=False).item_ids.active = True
        later.action_publish()
        self.assertEqual(draft.state, "replaced")
        self.assertEqual(mine.version_id, later)
        self.assertEqual(later._comparable_with(self.version), {"one", "two", "three", "duty"})

    def test_frozen(self):
        mine = self._adopted()
        mine.draft_version_id.action_publish()
        version = mine.version_id
        item = version.item_ids[:1]
        for change in (
            lambda: version.write({"evidence_cap": 0}),
            lambda: version.criterion_ids[:1].write({"name": "Other"}),
            lambda: item.write({"anchor_0": "Other"}),
            lambda: item.with_context(lang="fr_MA").write({"anchor_0": "Autre"}),
            lambda: item.update_field_translations("anchor_0", {"fr_MA": "Autre"}),
            item.unlink,
            lambda: item.copy({"key": "more", "criterion_id": item.criterion_id.id}),
            version.unlink,
        ):
            with self.subTest(), self.assertRaises(UserError):
                change()
        with self.assertRaises(UserError):
            mine._draft().with_user(self.facilitator).write({"state": "published"})

    def test_no_item_moves_into_a_published_version(self):
        mine = self._adopted()
        mine.draft_version_id.action_publish()
        draft = mine._draft()
        criterion = mine.version_id.criterion_ids[:1]
        with self.assertRaises(UserError):
            draft.item_ids[:1].write({"criterion_id": criterion.id, "key": "moved"})

    def test_incomplete(self):
        mine = self._adopted().draft_version_id
        mine.item_ids.filtered(lambda item: item.key == "one").anchor_4 = False
        with self.assertRaisesRegex(ValidationError, "six levels"):
            mine.action_publish()

    def test_who_may_change(self):
        with self.assertRaises(AccessError):
            self.grid.with_user(self.facilitator).name = "Other"
        with self.assertRaises(AccessError):
            self.grid.with_user(self.agent).with_company(self.here).action_adopt()
        mine = self._adopted()
        self.assertFalse(
            self.env["jamaa.assessment.grid"].with_user(self.facilitator_there).search([("id", "=", mine.id)])
        )
        with self.assertRaises(AccessError):
            mine.with_user(self.facilitator_there).read(["name"])

    def test_wrong_files(self):
        def changed(change):
            data = deepcopy(SAMPLE)
            data["code"] = "wrong-grid"
            change(data)
            return data

        first = ("criteria", 0, "items", 0)

        def put(data, key, value):
            node = data
            for step in first:
                node = node[step]
            node[key] = value

        wrong = {
            "format": changed(lambda data: data.update(format="other/9")),
            "code": changed(lambda data: data.update(code="Not A Code")),
            "subject": changed(lambda data: data.update(subject="moon")),
            "evidence_cap": changed(lambda data: data.update(evidence_cap=9)),
            "criteria[0].items[0].kind": changed(lambda data: put(data, "kind", "other")),
            "criteria[0].items[0].weight": changed(lambda data: put(data, "weight", 99)),
            "criteria[0].items[0].anchors": changed(lambda data: put(data, "anchors", [])),
        }
        for place, data in wrong.items():
            with self.subTest(place), self.assertRaises(ExchangeProblem) as caught:
                self.env["jamaa.assessment.grid"]._import_grid(data, self.here)
            self.assertEqual(caught.exception.place, place)
        self.assertFalse(self.env["jamaa.assessment.grid"].search([("code", "=", "wrong-grid")]))
