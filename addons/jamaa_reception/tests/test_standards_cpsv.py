"""The catalogue in CPSV-AP, against the published shapes; who gets it, and what it costs."""

import json
from copy import deepcopy
from pathlib import Path

from odoo.tests import HttpCase, tagged
from odoo.tools.misc import file_path

from .common import SAMPLE, ReceptionCase
from .cpsv_shapes import IRIS, SHAPES, violations


@tagged("post_install", "-at_install")
class TestCatalogueCpsv(ReceptionCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.here.write({"contact_phone": "0500000000"})
        cls.regime = cls.env["jamaa.legal.regime"].create(
            {
                "name": "Test", "code": "test_cpsv", "days": 3, "unit": "calendar",
                "valid_from": "2020-01-01", "source_text": "For the tests.",
            }
        )  # fmt: skip
        sheet = {**SAMPLE["sheet"], "regime": "test_cpsv", "output": {"name": {"ar": "نسخة", "fr": "Extrait"}}}
        cls.one = cls._published(code="civil-one", sheet=sheet)
        cls.two = cls._published(code="civil-two", variant="by post", sheet=sheet)
        cls.draft = cls._procedure(code="civil-draft")
        cls.one.related_ids = cls.two | cls.draft

    def _document(self, company=None):
        company = (company or self.here).sudo()
        return self.env["jamaa.procedure"].sudo()._cpsv_catalogue(company)

    def _node(self, document, end):
        return next(node for node in document["@graph"] if node["@id"].endswith(end))

    def test_keeps_to_the_shapes(self):
        document = self._document()
        self.assertEqual(violations(document), [])
        kinds = {kind for node in document["@graph"] for kind in node["@type"]}
        self.assertLessEqual(set(SHAPES), kinds, "each class of the table occurs")

    def test_the_table_refuses(self):
        """A checker that says yes to everything would prove nothing."""
        for kind, name in (("cpsv:PublicService", "dct:identifier"), ("cv:Cost", "dct:identifier"),
                           ("cv:PublicOrganisation", "dct:spatial"), ("cv:Event", "dct:title")):  # fmt: skip
            document = deepcopy(self._document())
            node = next(node for node in document["@graph"] if kind in node["@type"])
            del node[name]
            with self.subTest(kind=kind):
                self.assertTrue(violations(document))

    def test_terms_lead_where_the_published_ones_lead(self):
        context = self._document()["@context"]
        for term, iri in IRIS.items():
            prefix, _colon, name = term.partition(":")
            self.assertEqual(context[prefix] + name, iri)
        self.assertTrue(all(isinstance(value, str) for value in context.values()), "no context is fetched")

    def test_content(self):
        document = self._document()
        one = self._node(document, "#civil-one")
        self.assertEqual(one["dct:identifier"], "civil-one")
        self.assertEqual(self._node(document, "#civil-two/by-post")["dct:identifier"], "civil-two/by post")
        self.assertEqual(
            one["dct:title"],
            [{"@language": "ar", "@value": SAMPLE["name"]["ar"]}, {"@language": "fr", "@value": SAMPLE["name"]["fr"]}],
        )
        self.assertEqual(one["cv:processingTime"], {"@type": "xsd:duration", "@value": "P3D"})
        self.assertEqual(len(one["cv:relatedService"]), 1, "the one in preparation is not named")
        cost = self._node(document, "#civil-one/fee/1")
        self.assertEqual(cost["cv:hasValue"], {"@type": "xsd:double", "@value": "2.0"})
        self.assertTrue(cost["cv:currency"]["@id"].endswith("/currency/MAD"))
        self.assertTrue(cost["cv:ifAccessedThrough"]["@id"].endswith("#civil-one/channel/counter"))
        case = self._node(document, "#civil-one/case/2")
        self.assertIn("Un mandataire", json.dumps(case, ensure_ascii=False))
        keywords = {word["@value"]: word["@language"] for word in one["dcat:keyword"]}
        self.assertEqual(keywords, {"لاكارط": "ar", "extrait": "fr"})

    def test_working_days_have_no_duration(self):
        self.regime.unit = "working"
        document = self._document()
        self.assertNotIn("cv:processingTime", self._node(document, "#civil-one"))
        self.assertTrue(self._node(document, "#rule/test_cpsv")["dct:description"])

    def test_fee_nobody_could_name(self):
        data = deepcopy(SAMPLE["sheet"])
        data["fees"][0].update(amount=None)
        self._published(code="civil-fee", sheet=data)
        cost = self._node(self._document(), "#civil-fee/fee/1")
        self.assertNotIn("cv:hasValue", cost)

    def test_shipped_sheets_keep_to_the_shapes(self):
        paths = sorted(Path(file_path("jamaa_reception/data/catalogue")).glob("*.json"))[::6]
        for path in paths:
            data = json.loads(path.read_text(encoding="utf-8"))
            made = self.env["jamaa.procedure"]._import_procedure(data, self.there)
            made.draft_sheet_id.action_submit()
            made.draft_sheet_id.action_publish()
        document = self._document(self.there)
        self.assertEqual(violations(document), [])
        self.assertEqual(sum("cpsv:PublicService" in node["@type"] for node in document["@graph"]), len(paths))

    # ---------- the public address ----------

    def _get(self, slug=None, **options):
        return self.url_open(f"/c/{slug or self.here.commune_slug}/catalogue.jsonld", **options)

    def test_public_address(self):
        answer = self._get()
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/ld+json; charset=utf-8")
        self.assertIn("public", answer.headers["Cache-Control"])
        self.assertNotIn("Set-Cookie", answer.headers)
        self.assertNotIn("civil-draft", answer.text)
        again = self._get(headers={"If-None-Match": answer.headers["ETag"]})
        self.assertEqual(again.status_code, 304)
        self.assertEqual(self._get("no-such-commune").status_code, 404)
        self.assertNotIn(self.editor.name, answer.text)

    def test_commune_says_no(self):
        self.here.catalogue_open = False
        self.assertEqual(self._get().status_code, 404)

    def test_archived_and_shared_are_not_in(self):
        self._published(self.env["res.company"], code="shared-one")
        self.two.active = False
        text = self._get().text
        self.assertIn("civil-one", text)
        self.assertNotIn("civil-two", text)
        self.assertNotIn("shared-one", text)

    def test_queries_do_not_grow(self):
        def count():
            self._document()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._document()
            return self.env.cr.sql_log_count - before

        few = count()
        for number in range(12):
            self._published(code=f"civil-more-{number}", sheet=self.one._export_procedure()["sheet"])
        self.assertLessEqual(count(), few)
        self.assertLessEqual(few, 75)
