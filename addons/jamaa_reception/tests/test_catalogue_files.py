"""The shipped sheets: complete, well formed and in plain words. Reads files only."""

import json
import re
from collections import Counter
from pathlib import Path

from lxml import etree

from odoo.tests import BaseCase, tagged

from odoo.addons.jamaa_base.tools import vocabulary

DATA = Path(__file__).parents[1] / "data"
CATALOGUE = DATA / "catalogue"
REGIMES = DATA / "jamaa_procedure_regimes.xml"

#: The keys of each level, no more and no less.
TOP = {"format", "code", "variant", "name", "life_events", "audiences", "words", "related", "sites", "sheet"}
SITES = {"done", "deposit", "not_here", "note"}
SHEET = {
    "summary", "steps", "questions", "pieces", "fees", "regime", "silence", "output", "authority", "appeal",
    "channels", "online_link", "legal", "access",
}  # fmt: skip
LINES = {
    "steps": {"text", "pictogram"},
    "questions": {"key", "text", "when", "answers"},
    "pieces": {"name", "form", "count", "delivered_by", "held_by_us", "note", "when"},
    "fees": {"label", "amount", "known", "channel", "when", "legal"},
    "legal": {"name", "reference", "article", "dated", "url"},
    "access": {"category", "how"},
}
#: Texts that may be empty in both languages; every other is written in both.
OPTIONAL = {"delivered_by", "note"}

LIFE_EVENTS = {
    "birth", "marriage", "divorce", "death", "moving", "building", "business", "school", "travel", "retirement",
    "association", "daily", "land",
}  # fmt: skip
AUDIENCES = {
    "resident", "abroad", "foreigner", "parent", "spouse", "heir", "owner", "tenant", "trader", "builder",
    "association", "student",
}  # fmt: skip
CATEGORIES = {
    "elderly", "disabled", "not_reading", "amazigh", "infant", "abroad", "foreigner", "far_douar", "proxy",
}  # fmt: skip
CHANNELS = {"counter", "online", "post", "phone", "mobile", "proxy"}
SITE_KINDS = {"headquarters", "annex", "centre", "arrondissement", "administrative_annex", "mobile"}
PICTOGRAMS = {
    "counter", "id_card", "paper", "copy", "stamp", "pay", "wait", "sign", "photo", "phone", "home", "baby", "rings",
    "family", "death", "building", "shop", "land", "car", "school", "info", "list", "collect", "post", "online", "walk",
    "clock", "proxy", "witness", "check", "warning",
}  # fmt: skip
FORMS = {"original", "shown", "copy", "original_and_copy", "form"}
EFFECTS = {"none", "agreement", "refusal", "unknown"}

#: Sheets of the nine acts for which the press names silence as agreement (decree 2-22-141).
SILENCE_IS_AGREEMENT = {
    "building-permit-small", "building-permit-large", "occupancy-permit", "repair-permit", "demolition-permit",
    "land-subdivision", "land-division", "business-classified",
}  # fmt: skip

#: Words a sentence holds at most, and the share of sentences that may be longer, by no more than half.
SENTENCE = {"ar": 14, "fr": 16}
LONG_SHARE = 0.02
#: Texts that are read as sentences; names of laws are what they are.
SENTENCES = {"summary", "text", "how", "note", "appeal", "validity"}


def read_sheets():
    """Return the shipped sheets by file name."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(CATALOGUE.glob("*.json"))}


def texts(node, key=""):
    """Yield ``(key, {"ar": …, "fr": …})`` for each text below a node of a sheet."""
    if isinstance(node, dict):
        if "ar" in node or "fr" in node:
            yield key, node
            return
        for name, child in node.items():
            yield from texts(child, name)
    elif isinstance(node, list):
        for child in node:
            yield from texts(child, key)


def sentences(text):
    """Split a text into its sentences, each a list of words."""
    for sentence in re.split(r"[.!?؟]+(?:\s|$)", text):
        words = [word for word in sentence.split() if re.search(r"\w", word)]
        if words:
            yield words


@tagged("jamaa_catalogue")
class TestCatalogueFiles(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sheets = read_sheets()

    def test_enough_sheets_each_with_its_code(self):
        self.assertGreaterEqual(len(self.sheets), 24)
        for code, data in self.sheets.items():
            with self.subTest(sheet=code):
                self.assertEqual(data["code"], code)
                self.assertRegex(code, r"^[a-z0-9]+(-[a-z0-9]+)+$")
                self.assertEqual(data["format"], "jamaa-procedure/1")
                self.assertEqual(data["variant"], "", "a shared sheet has no local variant")

    def test_format(self):
        for code, data in self.sheets.items():
            with self.subTest(sheet=code):
                self.assertEqual(set(data), TOP)
                self.assertEqual(set(data["sites"]), SITES)
                sheet = data["sheet"]
                self.assertEqual(set(sheet), SHEET)
                self.assertEqual(set(sheet["silence"]), {"effect", "text"})
                self.assertEqual(set(sheet["output"]), {"name", "validity"})
                for kind, keys in LINES.items():
                    for line in sheet[kind]:
                        self.assertEqual(set(line), keys, kind)

    def test_codes_known(self):
        for code, data in self.sheets.items():
            with self.subTest(sheet=code):
                sheet, sites = data["sheet"], data["sites"]
                for given, known in (
                    (data["life_events"], LIFE_EVENTS),
                    (data["audiences"], AUDIENCES),
                    (sheet["channels"], CHANNELS),
                    ([line["category"] for line in sheet["access"]], CATEGORIES),
                    ([line["pictogram"] for line in sheet["steps"]], PICTOGRAMS),
                    ([line["form"] for line in sheet["pieces"]], FORMS),
                    ([line["channel"] for line in sheet["fees"]], CHANNELS),
                    ([sheet["silence"]["effect"]], EFFECTS),
                    (sites["done"] + sites["deposit"] + sites["not_here"], SITE_KINDS),
                ):
                    self.assertFalse(set(given) - known)
                for given in (data["life_events"], data["audiences"], sheet["channels"]):
                    self.assertTrue(given)
                    self.assertEqual(len(given), len(set(given)))
                categories = [line["category"] for line in sheet["access"]]
                self.assertEqual(len(categories), len(set(categories)))

    def test_both_languages_everywhere(self):
        for code, data in self.sheets.items():
            with self.subTest(sheet=code):
                for key, text in texts(data):
                    self.assertTrue({"ar", "fr"} <= set(text), key)
                    if key in OPTIONAL and not text["ar"] and not text["fr"]:
                        continue
                    self.assertRegex(text["ar"], "[\u0600-\u06ff]", key)
                    self.assertRegex(text["fr"], "[A-Za-zÀ-ÿ]", key)
                    self.assertNotRegex(text["fr"], "[\u0600-\u06ff]", key)
                    self.assertNotRegex(text["ar"], "[A-Za-z]", key)

    def test_words_of_a_town_hall(self):
        for code, data in self.sheets.items():
            with self.subTest(sheet=code):
                for key, text in texts(data):
                    for lang in ("ar", "fr"):
                        self.assertFalse(vocabulary.forbidden_words(lang, text[lang]), f"{key}: {text[lang]}")

    def test_french_spaces(self):
        for code, data in self.sheets.items():
            with self.subTest(sheet=code):
                for key, text in texts(data):
                    self.assertNotRegex(text["fr"], r"(?<!\u00a0)[;?!»]|« |(?<![\u00a0\d]):", key)

    def test_short_sentences(self):
        for lang, limit in SENTENCE.items():
            total, long = 0, []
            for code, data in self.sheets.items():
                for key, text in texts(data):
                    if key not in SENTENCES:
                        continue
                    for words in sentences(text[lang]):
                        total += 1
                        if len(words) > limit:
                            long.append(f"{code} {key}: {' '.join(words)}")
                            self.assertLessEqual(len(words), limit * 1.5, long[-1])
            self.assertTrue(total)
            self.assertLessEqual(len(long) / total, LONG_SHARE, "\n".join(long))

    def test_steps_and_questions_in_number(self):
        for code, data in self.sheets.items():
            with self.subTest(sheet=code):
                sheet = data["sheet"]
                self.assertIn(len(sheet["steps"]), range(3, 7))
                self.assertIn(len(sheet["questions"]), range(1, 5))
                for question in sheet["questions"]:
                    self.assertGreaterEqual(len(question["answers"]), 2)
                self.assertTrue(sheet["pieces"])

    def test_conditions(self):
        """Each condition names an answer; a question waits only for questions before it."""
        for code, data in self.sheets.items():
            with self.subTest(sheet=code):
                sheet, known, asked = data["sheet"], set(), []
                for question in sheet["questions"]:
                    self.assertFalse(set(question["when"]) - known, question["key"])
                    asked.append(question["key"])
                    keys = [answer["key"] for answer in question["answers"]]
                    self.assertEqual(len(keys), len(set(keys)))
                    known |= {f"{question['key']}.{key}" for key in keys}
                self.assertEqual(len(asked), len(set(asked)))
                used = set()
                for line in sheet["pieces"] + sheet["fees"]:
                    self.assertFalse(set(line["when"]) - known)
                    self.assertEqual(len(line["when"]), len(set(line["when"])))
                    used |= set(line["when"])
                self.assertFalse(set(asked) - {key.split(".")[0] for key in used}, "a question that changes nothing")

    def test_pieces_and_fees(self):
        for code, data in self.sheets.items():
            with self.subTest(sheet=code):
                sheet = data["sheet"]
                references = {line["reference"] for line in sheet["legal"]}
                for piece in sheet["pieces"]:
                    self.assertGreaterEqual(piece["count"], 1)
                    self.assertIsInstance(piece["held_by_us"], bool)
                for fee in sheet["fees"]:
                    self.assertGreaterEqual(fee["amount"], 0)
                    if fee["legal"]:
                        self.assertIn(fee["legal"], references)
                    if fee["amount"]:
                        self.assertTrue(fee["legal"], "an amount needs its text")
                    free = "gratuit" in fee["label"]["fr"].lower() and "مجان" in fee["label"]["ar"]
                    self.assertEqual(fee["known"], bool(fee["amount"]) or free, "nothing to pay, or not known?")

    def test_no_piece_asks_what_law_55_19_forbids(self):
        """Law 55-19: no legalised signature and no certified copy inside a file, one copy only."""
        for code, data in self.sheets.items():
            with self.subTest(sheet=code):
                for piece in data["sheet"]["pieces"]:
                    self.assertNotRegex(piece["name"]["fr"], r"(?i)légalis|certifiée?s? conforme")
                    self.assertNotRegex(piece["name"]["ar"], "مصحح|طبق الأصل|مطابقة للأصل")
                    if piece["form"] == "copy":
                        self.assertEqual(piece["count"], 1)

    def test_legal_texts(self):
        for code, data in self.sheets.items():
            with self.subTest(sheet=code):
                legal = data["sheet"]["legal"]
                self.assertTrue(legal)
                for line in legal:
                    self.assertTrue(line["reference"] or line["name"]["fr"])
                    self.assertRegex(line["dated"], r"^(\d{4}-\d{2}-\d{2})?$")
                references = [line["reference"] for line in legal]
                self.assertEqual(len(references), len(set(references)))

    def test_one_text_one_date(self):
        dates = {}
        for code, data in self.sheets.items():
            with self.subTest(sheet=code):
                for line in data["sheet"]["legal"]:
                    self.assertEqual(dates.setdefault(line["reference"], line["dated"]), line["dated"])

    def test_silence(self):
        """Silence is called agreement for the acts of the list, and for no other."""
        found = {code for code, data in self.sheets.items() if data["sheet"]["silence"]["effect"] == "agreement"}
        self.assertEqual(found, SILENCE_IS_AGREEMENT)
        for code in found:
            references = {line["reference"] for line in self.sheets[code]["sheet"]["legal"]}
            self.assertLessEqual({"55-19", "2-22-141"}, references, code)

    def test_everyday_words(self):
        for code, data in self.sheets.items():
            with self.subTest(sheet=code):
                words = [word.strip() for word in data["words"]]
                self.assertEqual(words, data["words"])
                self.assertGreaterEqual(len(words), 10)
                self.assertFalse([word for word, count in Counter(word.lower() for word in words).items() if count > 1])
                self.assertTrue(any(re.search("[\u0600-\u06ff]", word) for word in words))
                self.assertTrue(any(re.search("[A-Za-z]", word) for word in words))

    def test_related(self):
        for code, data in self.sheets.items():
            with self.subTest(sheet=code):
                self.assertFalse(set(data["related"]) - set(self.sheets))
                self.assertNotIn(code, data["related"])
                self.assertTrue(data["related"])

    def test_not_of_the_commune_is_said(self):
        for code, data in self.sheets.items():
            with self.subTest(sheet=code):
                if code.startswith("elsewhere-"):
                    self.assertFalse(data["sites"]["done"] + data["sites"]["deposit"])
                    self.assertTrue(data["sites"]["not_here"])
                    self.assertIn("ليست من اختصاص الجماعة", data["name"]["ar"])
                    self.assertIn("hors de la commune", data["name"]["fr"])
                else:
                    self.assertTrue(data["sites"]["done"])
                places = Counter(data["sites"]["done"] + data["sites"]["not_here"])
                self.assertFalse([place for place, count in places.items() if count > 1])

    def test_links(self):
        for code, data in self.sheets.items():
            with self.subTest(sheet=code):
                link = data["sheet"]["online_link"]
                self.assertRegex(link, r"^(https://[a-z0-9./-]+)?$")
                if link:
                    self.assertIn("online", data["sheet"]["channels"])

    def test_regimes(self):
        root = etree.parse(str(REGIMES)).getroot()
        self.assertEqual(root.get("noupdate"), "1", "a jurist's correction outlives an upgrade")
        rows = {}
        for record in root.iter("record"):
            self.assertEqual(record.get("model"), "jamaa.legal.regime")
            row = {field.get("name"): (field.text or "").strip() for field in record.iter("field")}
            self.assertNotIn(row["code"], rows)
            rows[row["code"]] = row
            self.assertIn("ot confirmed by a jurist", row["source_text"])
        used = {data["sheet"]["regime"] for data in self.sheets.values()}
        self.assertFalse(used - set(rows))
