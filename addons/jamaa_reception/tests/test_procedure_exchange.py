from copy import deepcopy
from pathlib import Path

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools.misc import file_path

from odoo.addons.jamaa_base.tools.exchange import ExchangeProblem

from .common import SAMPLE, ReceptionCase


@tagged("post_install", "-at_install")
class TestExchange(ReceptionCase):
    """What one commune writes another reads, whole."""

    def test_round_trip(self):
        self.env["jamaa.site"].create({"name": "There", "kind": "headquarters", "company_id": self.there.id})
        first = self._procedure()
        exported = first._export_procedure()
        second = self.env["jamaa.procedure"]._import_procedure(exported, self.there)
        again = second._export_procedure()
        # the other commune has no annexe
        exported["sites"].pop("not_here"), again["sites"].pop("not_here", None)
        self.assertEqual(again, exported)
        self.assertEqual(exported["sheet"]["pieces"][1]["when"], ["who.proxy", "paper.yes"])
        self.assertEqual(exported["sheet"]["fees"][0]["legal"], "37-99")
        self.assertEqual(exported["name"], SAMPLE["name"])

    def test_adopt(self):
        shared = self._procedure(self.env["res.company"], code="shared-one")
        other = self._procedure(self.env["res.company"], code="shared-two")
        shared.related_ids = other
        (shared | other).with_user(self.editor).with_company(self.here).action_adopt()
        mine = self.env["jamaa.procedure"].search([("company_id", "=", self.here.id)])
        self.assertEqual(sorted(mine.mapped("code")), ["shared-one", "shared-two"])
        one = mine.filtered(lambda procedure: procedure.code == "shared-one")
        self.assertEqual(one.model_id, shared)
        self.assertEqual(one.related_ids.code, "shared-two")
        self.assertEqual(one.state, "draft")
        self.assertEqual(one.site_line_ids.site_id, self.headquarters | self.annex)
        with self.assertRaisesRegex(UserError, "already has"):
            shared.with_user(self.editor).with_company(self.here).action_adopt()

    def test_shipped_catalogue_is_there(self):
        Procedure = self.env["jamaa.procedure"]
        shipped = {path.stem for path in Path(file_path("jamaa_reception/data/catalogue")).glob("*.json")}
        models = Procedure.search([("company_id", "=", False)])
        self.assertLessEqual(shipped, set(models.mapped("code")))
        Procedure._load_shipped_catalogue()
        self.assertEqual(Procedure.search([("company_id", "=", False)]), models)
        self.assertTrue(
            all(model.draft_sheet_id.regime_id for model in models.filtered(lambda one: one.code in shipped))
        )

    def test_wrong_files(self):
        def changed(change):
            data = deepcopy(SAMPLE)
            change(data)
            return data

        wrong = {
            "format": changed(lambda data: data.update(format="other/9")),
            "code": changed(lambda data: data.update(code="Not A Code")),
            "name": changed(lambda data: data.update(name={})),
            "sheet.pieces[1].when[0]": changed(lambda data: data["sheet"]["pieces"][1].update(when=["who.nobody"])),
            "sheet.pieces[0].count": changed(lambda data: data["sheet"]["pieces"][0].update(count=900)),
            "sheet.pieces[0].name": changed(lambda data: data["sheet"]["pieces"][0].update(name="text")),
            "sheet.legal[0].dated": changed(lambda data: data["sheet"]["legal"][0].update(dated="yesterday")),
            "sheet.steps": changed(lambda data: data["sheet"].update(steps=[{}] * 1000)),
            "sheet.summary.ar": changed(lambda data: data["sheet"]["summary"].update(ar="x" * 5000)),
            "life_events[0]": changed(lambda data: data.update(life_events=["nothing"])),
            "sites": changed(lambda data: data.update(sites="headquarters")),
            "sites.done[0]": changed(lambda data: data.update(sites={"done": ["castle"]})),
            "sheet": changed(lambda data: data.update(sheet=["steps"])),
            "sheet.silence.effect": changed(lambda data: data["sheet"].update(silence={"effect": "gold"})),
            "sheet.fees[0].amount": changed(lambda data: data["sheet"]["fees"][0].update(amount=-1)),
            "sheet.pieces[1].count": changed(lambda data: data["sheet"]["pieces"][1].update(count=True)),
            "sheet.fees[0].amount ": changed(lambda data: data["sheet"]["fees"][0].update(amount="two")),
            "sheet.pieces[1].form": changed(lambda data: data["sheet"]["pieces"][1].update(form="gold")),
            "sheet.access[0].category": changed(lambda data: data["sheet"]["access"][0].update(category="kings")),
        }
        for place, data in wrong.items():
            # Not `assertRaises`, which would take back by itself what was half-written.
            with self.subTest(place=place):
                try:
                    self.env["jamaa.procedure"]._import_procedure(data, self.here)
                except ExchangeProblem as problem:
                    found = problem.place
                else:
                    found = "nothing"
                self.assertEqual(found, place.strip())
        for junk in (None, [SAMPLE], "text", 5):
            with self.subTest(junk=junk), self.assertRaises(ExchangeProblem):
                self.env["jamaa.procedure"]._import_procedure(junk, self.here)
        self.assertFalse(self.env["jamaa.procedure"].search([("company_id", "=", self.here.id)]))

    def test_a_rule_of_time_is_the_own_or_the_shared_one(self):
        values = {"nature": "internal", "unit": "calendar", "days": 3, "valid_from": "2020-01-01"}
        values |= {"name": "Theirs", "code": "test_theirs", "source_text": "For the tests."}
        self.env["jamaa.legal.regime"].create({**values, "company_id": self.there.id})
        sheet = {**SAMPLE["sheet"], "regime": "test_theirs"}
        self.assertFalse(self._procedure(sheet=sheet).draft_sheet_id.regime_id)
        self.assertTrue(self._procedure(self.there, sheet=sheet).draft_sheet_id.regime_id)
