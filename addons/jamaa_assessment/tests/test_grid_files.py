"""The grids that come with the addon: complete, well formed and in plain words. Reads files only."""

import json
import re
from pathlib import Path

from odoo.tests import BaseCase, tagged

from odoo.addons.jamaa_base.tools import vocabulary

GRIDS = Path(__file__).parents[1] / "data" / "grids"
TOP = {"format", "code", "subject", "sequence", "name", "purpose", "sources", "evidence_cap", "criteria"}
CRITERION = {"key", "name", "short", "weight", "items"}
ITEM = {"key", "kind", "text", "weight", "may_not_apply", "metric", "evidence", "legal", "anchors"}
#: Which grids come, with the number of criteria and of items with a level.
SHIPPED = {
    "reception-site": (8, 40),
    "complaint-handling": (4, 14),
    "communication": (4, 11),
    "steering-plan": (7, 14),
    "programme-cooperation": (4, 11),
}
#: Words a sentence of a statement or an anchor holds at most.
SENTENCE = {"ar": 14, "fr": 16}
#: The highest level is shared: its anchors name another commune.
SHARED = {"ar": "جماعة أخرى", "fr": "autre commune"}
#: Words of a league table; a commune looks at itself.
RANKING = {
    "ar": r"المرتبة|الرتبة|الأفضل|أفضل جماعة|منافسة|المنافسين|تصنيف الجماعات|جدول الترتيب",
    "fr": r"classement des communes|palmar[eè]s|\brang\b|\bpodium\b|concurren|meilleure commune|mieux not[ée]",
}


def sentences(text):
    """Split a text into its sentences, each a list of words."""
    for sentence in re.split(r"[.!?؟]+(?:\s|$)", text):
        words = [word for word in sentence.split() if re.search(r"\w", word)]
        if words:
            yield words


def texts(node):
    """Yield each text in its languages below a node."""
    if isinstance(node, dict):
        if "ar" in node or "fr" in node:
            yield node
        else:
            for child in node.values():
                yield from texts(child)
    elif isinstance(node, list):
        for child in node:
            yield from texts(child)


@tagged("jamaa_grids")
class TestGridFiles(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grids = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(GRIDS.glob("*.json"))}

    def _items(self):
        for code, data in self.grids.items():
            for criterion in data["criteria"]:
                for item in criterion["items"]:
                    yield code, item

    def test_all_there(self):
        found = {
            code: (
                len(data["criteria"]),
                sum(item["kind"] == "level" for criterion in data["criteria"] for item in criterion["items"]),
            )
            for code, data in self.grids.items()
        }
        self.assertEqual(found, SHIPPED)

    def test_format(self):
        for code, data in self.grids.items():
            with self.subTest(grid=code):
                self.assertEqual(set(data), TOP)
                self.assertEqual(data["code"], code)
                keys = [item["key"] for criterion in data["criteria"] for item in criterion["items"]]
                self.assertEqual(len(keys), len(set(keys)), "an item's key is its own")
                for criterion in data["criteria"]:
                    self.assertEqual(set(criterion), CRITERION)
                    for item in criterion["items"]:
                        self.assertEqual(set(item), ITEM)

    def test_reception_is_eight_by_five(self):
        levels = [
            sum(item["kind"] == "level" for item in criterion["items"])
            for criterion in self.grids["reception-site"]["criteria"]
        ]
        self.assertEqual(levels, [5] * 8)

    def test_six_anchors_all_different(self):
        for code, item in self._items():
            with self.subTest(grid=code, item=item["key"]):
                self.assertEqual(len(item["anchors"]), 0 if item["kind"] == "gate" else 6)
                self.assertEqual(bool(item["legal"]), item["kind"] == "gate", "a duty names its text")
                for lang in ("ar", "fr"):
                    words = [anchor[lang] for anchor in item["anchors"]]
                    self.assertEqual(len(words), len(set(words)))
                    if words:
                        self.assertIn(SHARED[lang], words[5])

    def test_both_languages_everywhere(self):
        for code, data in self.grids.items():
            for text in texts(data):
                with self.subTest(grid=code, text=text):
                    self.assertEqual(set(text), {"ar", "fr"})
                    self.assertRegex(text["ar"], r"[\u0620-\u064a]")
                    self.assertNotRegex(text["ar"], r"[A-Za-z]")
                    self.assertNotRegex(text["fr"], r"[\u0620-\u064a]")
                    self.assertNotRegex(text["fr"], r"\S [?!:;»]|« ")

    def test_plain_words(self):
        for code, item in self._items():
            for text in texts([item["text"], item["evidence"], item["anchors"]]):
                for lang, most in SENTENCE.items():
                    for words in sentences(text[lang]):
                        with self.subTest(grid=code, item=item["key"], lang=lang):
                            self.assertLessEqual(len(words), most, " ".join(words))

    def test_a_town_halls_words_and_no_league_table(self):
        for code, data in self.grids.items():
            for text in texts(data):
                for lang, ranking in RANKING.items():
                    with self.subTest(grid=code, text=text[lang]):
                        self.assertEqual(vocabulary.forbidden_words(lang, text[lang]), [])
                        self.assertNotRegex(text[lang].lower(), ranking)

    def test_own_wording_says_so(self):
        for code, data in self.grids.items():
            with self.subTest(grid=code):
                self.assertIn("صياغة خاصة بهذا المشروع", data["sources"]["ar"])
                self.assertIn("Rédaction propre à ce projet", data["sources"]["fr"])
