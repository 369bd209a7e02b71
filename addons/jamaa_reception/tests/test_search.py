"""Search of procedures: what people type against the catalogue that is shipped, and each rule alone."""

import csv
import json
import sys
from pathlib import Path

from odoo.tests import BaseCase, tagged

from ..tools.search_index import (
    BEGINNING,
    NEAR_SOUND,
    PREFIXED,
    SAME,
    SHORT_SOUND,
    SLIP,
    SLIPS,
    SOUND,
    SOUND_BEGINNING,
    STEM,
    Entry,
    SearchIndex,
    allowed_slips,
    distance,
    letters_of,
    rank,
    sought,
    sounds_like,
    spelled,
    without_tail,
)
from ..tools.search_sound import bare_skeletons, skeletons
from ..tools.search_text import (
    QUERY_LIMIT,
    QUERY_WORDS,
    normalise,
    query_words,
    stem,
    without_prefix,
    words_of,
)

HERE = Path(__file__).parent
CATALOGUE = HERE.parent / "data" / "catalogue"
#: Share of the queries whose procedure is to be among the first three.
WANTED = 0.9


def say(*lines):
    """Show a measured figure to whoever runs the tests with ``-s``."""
    sys.stdout.write("\n  ".join(lines) + "\n")


def texts_of(value):
    """Return the Arabic and French texts of a part of a sheet, in order."""
    if isinstance(value, list):
        return [text for part in value for text in texts_of(part)]
    if isinstance(value, dict):
        own = [value[lang] for lang in ("ar", "fr") if isinstance(value.get(lang), str)]
        return own + [text for key, part in value.items() if key != "zgh" for text in texts_of(part)]
    return []


def catalogue():
    """Return the entries of the catalogue that the addon ships, in the order of their codes."""
    entries = []
    for path in sorted(CATALOGUE.glob("*.json")):
        sheet = json.loads(path.read_text(encoding="utf-8"))
        names = tuple(sheet["name"].values())
        entries.append(Entry(sheet["code"], names, tuple(sheet["words"]), " ".join(texts_of(sheet["sheet"]))))
    return entries


def queries():
    """Return the rows of the table of queries: query, code, kind, held_out.

    Where the query does not tell, ``code`` names two procedures with ``|`` between; it comes as a set.
    ``held_out`` is yes where the query was written by somebody who had not seen the catalogue's words.
    """
    with open(HERE / "search_queries.csv", encoding="utf-8", newline="") as table:
        return [row | {"code": set(row["code"].split("|"))} for row in csv.DictReader(table)]


@tagged("jamaa_search")
class TestSearchTable(BaseCase):
    def test_what_people_type_finds_its_procedure(self):
        entries, rows = catalogue(), queries()
        index = SearchIndex(entries)
        unknown = sorted({code for row in rows for code in row["code"]} - {entry.id for entry in entries})
        self.assertEqual(unknown, [], "the table names procedures the catalogue does not hold")
        self.assertGreaterEqual(len(rows), 90)
        found, missed = {"yes": [], "no": []}, []
        for row in rows:
            first = {code for code, _score in index.rank(row["query"], 3)}
            found[row["held_out"]].append(bool(row["code"] & first))
            if not row["code"] & first:
                missed.append(f"{row['query']} → {sorted(row['code'])}, not {sorted(first)}")
        everything = found["yes"] + found["no"]
        for title, hits in (("all", everything), ("held out", found["yes"]), ("others", found["no"])):
            share = sum(hits) / len(hits)
            say(f"{title}: {share:.3f} of {len(hits)} queries have their procedure in the first three")
            self.assertGreaterEqual(share, WANTED, "\n".join(missed))
        say("not found:", *missed)

    def test_half_of_the_table_was_written_without_the_words(self):
        rows = queries()
        self.assertGreaterEqual(sum(row["held_out"] == "yes" for row in rows) * 2, len(rows))
        self.assertEqual(len({row["query"] for row in rows}), len(rows))


@tagged("jamaa_search")
class TestSearchRules(BaseCase):
    def test_letters_used_for_each_other_are_one(self):
        for typed, folded in [
            ("أحمد إذن آخر ٱسم مؤسسة رئيس", "احمد اذن اخر اسم موسسه رييس"),
            ("الإمضاء", "الامضا"),
            ("سكنى السکنی", "سكني السكني"),
            ("شهادة شهاده شهادە شهادہ شهادھ", "شهاده " * 5),
            ("رُخْصَةٌ", "رخصه"),
            ("رخـــصة", "رخصه"),
            ("گ ڭ ݣ ک", "ك ك ك ك"),
            ("پ ڤ ڥ چ ڜ ې", "ب ف ف ش ش ي"),
            ("٢٠٢٦ ۱۲", "2026 12"),
            ("ÉTAT Civil décès", "etat civil deces"),
            ("reçu œuvre æ", "recu oeuvre ae"),
            ("ﻋﻘﺪ", "عقد"),
        ]:
            with self.subTest(typed=typed):
                self.assertEqual(normalise(typed), folded.strip())

    def test_little_words_before_an_apostrophe_go(self):
        for sign in "'’‘ʼ`´ʹ′":
            self.assertEqual(normalise(f"l{sign}extrait d{sign}acte qu{sign}il"), "extrait acte il", ascii(sign))
        self.assertEqual(normalise("tashi7 l'imda2"), "tashi7 imda2")
        self.assertEqual(normalise("aujourd'hui"), "aujourdhui")

    def test_invisible_signs_part_no_word_and_controls_do(self):
        self.assertEqual(normalise("نا\u200cمه \u200fرخصة\u200e ex\u00adtrait"), "نامه رخصه extrait")
        self.assertEqual(normalise("acte\x00copie\x1fvie\ud800mort"), "acte copie vie mort")

    def test_tifinagh_is_kept(self):
        self.assertEqual(normalise("ⵜⴰⵖⵎⵙⴰ, ⵜⴰⵏⴰⵎⵓⵔⵜ."), "ⵜⴰⵖⵎⵙⴰ ⵜⴰⵏⴰⵎⵓⵔⵜ")
        self.assertEqual(rank("ⵜⴰⵏⴰⵎⵓⵔⵜ", [("a", ["ⵜⴰⵖⵎⵙⴰ"]), ("b", ["ⵜⴰⵏⴰⵎⵓⵔⵜ"])])[0][0], "b")

    def test_what_grammar_adds_goes(self):
        for left, right in [
            ("البنا", "بنا"),
            ("والبنا", "بنا"),
            ("بالبنا", "بنا"),
            ("فالبنا", "بنا"),
            ("كالبنا", "بنا"),
            ("للبنا", "بنا"),
            ("شهاده", "شهاد"),
            ("شهادات", "شهاد"),
            ("رخصت", "رخص"),
            ("مرتفقين", "مرتفق"),
            ("مرتفقون", "مرتفق"),
            ("actes", "acte"),
            ("lieux", "lieu"),
            ("communal", "comunal"),
            ("integrale", "integral"),
        ]:
            with self.subTest(left=left):
                self.assertEqual(stem(left), right)
        # Nothing is left of a short word if endings are taken away: it stays.
        for short in ("وفا", "حي", "ال", "الله", "vie", "bus", "20", "رات"):
            self.assertIn(stem(short), (short, "له"))

    def test_a_letter_written_together_with_the_word_may_go(self):
        for left, right in [
            ("ورخصه", "رخصه"),
            ("برخصه", "رخصه"),
            ("لرخصه", "رخصه"),
            ("فرخصه", "رخصه"),
            ("كرخصه", "رخصه"),
        ]:
            self.assertEqual(without_prefix(left), right)
        self.assertEqual(without_prefix("بنت"), "")
        self.assertEqual(without_prefix("bonne"), "")
        self.assertTrue(rank("لرخصه", [("a", ["الرخصة"])]))

    def test_words_that_say_nothing_are_left_out(self):
        for typed, kept in [
            ("بغيت ندير عقد الازدياد ديال ولدي", "عقد الازدياد ولدي"),
            ("كيفاش واش شنو خصني على رخصة", "رخصه"),
            ("je voudrais un extrait pour mon fils", "extrait fils"),
            ("Comment obtenir une copie", "copie"),
            ("bghit ndir chahada", "chahada"),
        ]:
            with self.subTest(typed=typed):
                self.assertEqual(" ".join(word.norm for word in query_words(typed)), kept)

    def test_what_is_kept_of_a_text(self):
        self.assertEqual([word.norm for word in words_of("x ب 5 acte")], ["5", "acte"])
        for facade in ("Façade", "Fac\u0327ade"):
            self.assertEqual(words_of(facade)[0].norm, "facade")
            self.assertIn("FSD", words_of(facade)[0].sounds)
        self.assertEqual(words_of("والبناء")[0].sounds, ("BN",))

    def test_a_word_sounds_the_same_in_each_script(self):
        for left, right in [
            # French in Arabic letters
            ("بيرمي", "permis"),
            ("كونستريير", "construire"),
            ("ناسيونال", "nationale"),
            ("كارط", "carte"),
            ("سرتيفيكا", "certificat"),
            ("ريزيدونس", "residence"),
            ("نيسونس", "naissance"),
            ("ليكاليزاسيون", "legalisation"),
            ("اكستري", "extrait"),
            ("فامي", "famille"),
            ("فيل", "ville"),
            ("ديكلاراسيون", "declaration"),
            ("فوتو", "photo"),
            ("ميتود", "methode"),
            ("سيني", "signer"),
            ("شهر", "chehr"),
            ("شيما", "schema"),
            ("فواري", "voirie"),
            ("دوار", "douar"),
            ("كيتونس", "quittance"),
            ("كاراج", "garage"),
            ("اكسيدون", "accident"),
            ("فاساد", "façade"),
            ("ابيتي", "habiter"),
            ("كستيون", "question"),
            ("تراف", "travaille"),
            ("بير", "pire"),
            ("سين", "scene"),
            # Arabic in Latin letters and digits
            ("عقد", "3a9d"),
            ("عقد", "akd"),
            ("ازدياد", "izdiyad"),
            ("شهاده", "chahadat"),
            ("شهاده", "shahadah"),
            ("حاله", "7ala"),
            ("حاله", "hala"),
            ("مدنيه", "madania"),
            ("مدنيه", "madaniya"),
            ("رخصه", "rokhsa"),
            ("رخصه", "ro5sa"),
            ("بطاقه", "bita9a"),
            ("بطاقه", "bi6aqa"),
            ("غلط", "ghalat"),
            ("ذبيحه", "dhbi7a"),
            ("مغرب", "maghrib"),
            ("يمين", "ymin"),
            ("ثلاث", "thalath"),
            ("رييس", "ra2is"),
            ("وفاه", "wafat"),
            ("ولاده", "wilada"),
            ("يوم", "youm"),
            ("حانوت", "7anout"),
            ("رخصت", "rokhsa"),
            ("هدم", "8adm"),
            ("تسجيل", "tassjil"),
            # Tifinagh
            ("تامغرا", "ⵜⴰⵎⵖⵔⴰ"),
        ]:
            with self.subTest(left=left, right=right):
                self.assertTrue(set(skeletons(left)) & set(skeletons(right)), (skeletons(left), skeletons(right)))

    def test_different_words_sound_different(self):
        for left, right in [
            ("شهاده", "سياده"),
            ("دفن", "سكن"),
            ("عقد", "عهد"),
            ("خبر", "حبر"),
            ("naissance", "residence"),
            ("ناس", "naz"),
            ("غرس", "karsa"),
        ]:
            self.assertFalse(set(skeletons(left)) & set(skeletons(right)), (left, right))
        for nothing in ("2026", "787", "a", "ba", "اي", "eau", "漢字", ""):
            self.assertEqual(skeletons(nothing), ())

    def test_an_article_written_together_with_the_word_goes(self):
        for left, right in [("ليكستري", "extrait"), ("lacarte", "carte"), ("l7ala", "حاله"), ("دابيتي", "habiter")]:
            self.assertTrue(set(bare_skeletons(left)) & set(skeletons(right)), left)
        self.assertIn("LKLZ", bare_skeletons("نليكاليزي"))
        self.assertEqual(bare_skeletons("naissance"), ())
        self.assertIn("XLS", bare_skeletons("nkhalles"))
        self.assertEqual(bare_skeletons("بنا"), ())
        for whole in ("livret", "lever"):
            self.assertEqual(bare_skeletons(whole), ())
        self.assertTrue(rank("lacarte", [("a", ["كارط"])]))


@tagged("jamaa_search")
class TestSearchRanking(BaseCase):
    def first(self, query, *entries):
        """Return the key of the entry ranked first."""
        found = rank(query, entries)
        return found[0][0] if found else None

    def test_slips_of_the_pen(self):
        self.assertEqual([allowed_slips(length) for length in (3, 4, 7, 8)], [0, 1, 1, 2])
        self.assertEqual(distance("acte", "acte", 2), 0)
        self.assertEqual(distance("acte", "cate", 2), 1)
        self.assertEqual(distance("acte", "actee", 2), 1)
        self.assertEqual(distance("acte", "ate", 2), 1)
        self.assertEqual(distance("acte", "arte", 2), 1)
        self.assertEqual(distance("inhumer", "inumre", 2), 2)
        self.assertEqual(distance("inhumer", "humer", 1), 2)
        self.assertEqual(distance("inhumer", "enfumez", 2), 3)
        self.assertEqual(self.first("inhumre", ("a", ["habiter"]), ("b", ["inhumer"])), "b")
        self.assertEqual(self.first("démolotion", ("a", ["situation"]), ("b", ["démolition"])), "b")

    def test_how_much_a_way_of_matching_is_worth(self):
        for query, word, worth in [
            ("naissance", "naissance", SAME),
            ("naissance", "naissances", STEM),
            ("لرخصه", "الرخصة", PREFIXED),
            ("const", "constructions", BEGINNING * (5 / 12) ** 0.5),
            ("constructions", "const", BEGINNING * 5 / 12),
            ("demolir", "demollr", SLIP),
            ("demolition", "damolotion", SLIPS),
            ("acte", "arts", 0),
            ("vie", "vue", 0),
        ]:
            with self.subTest(query=query):
                (asked,), (found,) = query_words(query), words_of(word)
                self.assertAlmostEqual(spelled(sought(asked), found, letters_of(found.stem)), worth)
        for mine, other, worth in [
            ("KNSTRR", "KNSTRR", SOUND),
            ("BN", "BN", SHORT_SOUND),
            ("LKLZ", "LKLZSYN", SOUND_BEGINNING),
            ("LKL", "LKLZSYN", 0),
            ("SRTFK", "SRTFT", NEAR_SOUND),
            ("SRTF", "SRTK", 0),
        ]:
            self.assertEqual(sounds_like(mine, other), worth, mine)

    def test_the_better_way_of_matching_comes_first(self):
        ways = [("slip", ["naissanse"]), ("start", ["naissances-là naissancesque"]), ("same", ["naissance"])]
        self.assertEqual(self.first("naissance", *ways), "same")
        self.assertEqual(self.first("construc", ("b", ["conduc"]), ("a", ["construction"])), "a")
        # The same sound in another script, before a slip that sounds otherwise.
        self.assertEqual(self.first("بيرمي", ("b", ["بيرني"]), ("a", ["برمي"])), "a")
        self.assertEqual(self.first("بيرمي", ("b", ["برج"]), ("a", ["permis"])), "a")
        # Within one script a like sound says less than across scripts.
        self.assertEqual(self.first("karta", ("b", ["kroute"]), ("a", ["كرطة"])), "a")

    def test_a_name_says_more_than_a_word_and_a_word_more_than_a_text(self):
        text = ("text", ["x1"], [], "décès"), ("word", ["x2"], ["décès"], ""), ("name", ["décès"], [], "")
        self.assertEqual([key for key, _score in rank("décès", text)], ["name", "word", "text"])

    def test_a_rare_word_says_more_than_a_frequent_one(self):
        entries = [(number, ["certificat"], ["autre"]) for number in range(9)]
        entries += [("rare", ["vie"], [])]
        self.assertEqual(self.first("certificat vie", *entries), "rare")

    def test_what_covers_the_whole_query_comes_first(self):
        entries = (
            ("one", ["extrait"], [], ""),
            ("both", ["autre"], ["extrait de naissance"], ""),
            ("two", ["naissance"], [], ""),
        )
        self.assertEqual(self.first("extrait naissance", *entries), "both")

    def test_what_is_said_in_one_piece_comes_first(self):
        entries = ("pieces", ["immeuble", "permis", "construire"]), ("one", ["immeuble permis construire"])
        self.assertEqual(self.first("permis construire immeuble", *entries), "one")

    def test_words_nobody_knows_make_a_match_weaker(self):
        entries = [("a", ["acte"])]
        self.assertLess(rank("acte qsdfghj", entries)[0][1], rank("acte", entries)[0][1])

    def test_a_name_wholly_said_comes_before_one_partly_said(self):
        entries = ("long", ["permis de construire des grands immeubles"]), ("short", ["permis de construire"])
        self.assertEqual(self.first("permis de construire", *entries), "short")

    def test_equal_scores_keep_the_order_of_the_entries(self):
        entries = [(key, ["même nom"]) for key in "dacb"]
        self.assertEqual([key for key, _score in rank("meme nom", entries)], list("dacb"))

    def test_what_holds_a_word_by_chance_is_no_result(self):
        index = SearchIndex(catalogue())
        for query, wanted, chance in (
            ("acte de naissance", "civil-birth-extract", {"tree-cutting", "road-trench", "building-permit-large"}),
            ("عقد الازدياد", "civil-birth-extract", {"tree-cutting", "hall-use", "business-classified"}),
            ("livret de famille", "civil-family-booklet", {"hall-use", "burial-permit"}),
        ):
            everything = index.rank(query, 50)
            kept = [key for key, _score in without_tail(everything)]
            self.assertEqual(kept[0], wanted)
            self.assertLessEqual(chance, {key for key, _score in everything})
            self.assertFalse(chance & set(kept), query)
        self.assertEqual(without_tail([]), [])
        self.assertEqual(without_tail([("a", 1.0), ("b", 0.9), ("c", 0.1)]), [("a", 1.0), ("b", 0.9)])

    def test_the_same_answer_every_time(self):
        entries = catalogue() + [(number, [f"nom{number} copie"], ["acte"], "texte") for number in range(50)]
        again = [SearchIndex(entries).rank("copie acte naissance عقد", 20) for _ in range(3)]
        self.assertEqual(again[0], again[1])
        self.assertEqual(again[0], again[2])
        self.assertLessEqual(len(SearchIndex(entries).rank("copie", 5)), 5)

    def test_nothing_is_found_where_nothing_is_said(self):
        index = SearchIndex([("a", ["Extrait de naissance", "رسم الولادة"], ["acte"], "texte")])
        for query in (
            "",
            None,
            "   ",
            "je veux comment",
            "بغيت ندير",
            "%",
            "_%_",
            "😀🎉",
            "\x00\x01\x1f",
            "\u202e\u200b",
            "'",
        ):
            self.assertEqual(index.rank(query), [], ascii(query))
        self.assertEqual(SearchIndex([]).rank("acte"), [])

    def test_signs_around_words_do_no_harm(self):
        index = SearchIndex([("a", ["Extrait de naissance"])])
        for query in (
            "😀extrait😀",
            "%extrait%",
            "extrait\x00naissance",
            "<b>extrait</b>",
            "\u202eextrait",
            "EXTRAIT!!",
        ):
            self.assertEqual([key for key, _score in index.rank(query)], ["a"], ascii(query))

    def test_an_endless_query_is_cut(self):
        self.assertEqual(len(query_words("extrait " + "a1 b2 c3 d4 e5 f6 g7 h8 i9 j0 k1 l2 m3 n4 " * 9)), QUERY_WORDS)
        self.assertEqual([word.norm for word in query_words("naissance " * 100_000)], ["naissance"])
        self.assertEqual(len(query_words("é" * 1_000_000)[0].norm), 40)
        self.assertEqual(query_words(" " * QUERY_LIMIT + "extrait"), [])
        self.assertEqual(len(words_of("mot " * 1_000_000)), 5000)
        self.assertEqual(rank("a" * 1_000_000, [("a", ["aaaa"])]), rank("a" * QUERY_LIMIT, [("a", ["aaaa"])]))
