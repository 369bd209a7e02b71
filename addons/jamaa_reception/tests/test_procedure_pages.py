"""The public pages of procedures: what they show, to whom, at what cost."""

import gzip
import logging
import re
from urllib.parse import quote, urlencode

from lxml import html as lxml_html

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..tools.dirhams import dirhams, dirhams_in_words
from ..tools.pictograms import NAMES, pictogram
from ..tools.said import said
from .common import SAMPLE, ReceptionCase

JUNK = ("", "%00", "\x00", "' OR 1=1--", "<script>alert(1)</script>", "../../etc/passwd", "٪", "1e9", "-1",
        "x" * 5000, "\u202eabc", "{{7*7}}", "${7}", "zzzzzzzz-zzzzzzzz", "x-x-x", "1.2")  # fmt: skip
CODE = SAMPLE["code"]

_logger = logging.getLogger(__name__)


@tagged("post_install", "-at_install")
class TestProcedurePages(ReceptionCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure = cls._published()
        cls.sheet = cls.procedure.sheet_id
        cls.answers = {one.code: one for one in cls.sheet.question_ids.answer_ids}

    def _get(self, path, commune="test-here", lang="fr", **options):
        return self.url_open(f"/c/{commune}/{lang}/procedures{path}", allow_redirects=False, **options)

    def _tree(self, path, **options):
        answer = self._get(path, **options)
        self.assertEqual(answer.status_code, 200, path)
        return lxml_html.fromstring(answer.content)

    def _text(self, path, **options):
        return " ".join(self._tree(path, **options).xpath("//main")[0].text_content().split())

    def _need(self, *answers):
        keys = [answer if isinstance(answer, str) else self._short(answer.id) for answer in answers]
        return f"/{CODE}/need?a={'-'.join(keys)}"

    @staticmethod
    def _short(number):
        digits = ""
        while number:
            number, digit = divmod(number, 36)
            digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
        return digits

    # ---- what is shown ----

    def test_home_page_leads_to_them(self):
        page = self.url_open("/c/test-here/fr").text
        self.assertIn('href="/c/test-here/fr/procedures"', page)
        self.sheet.action_withdraw()
        self.assertNotIn("/procedures", self.url_open("/c/test-here/fr").text)

    def test_entrance_leads_by_event_audience_and_site(self):
        links = self._tree("").xpath("//main//a/@href")
        for end in ("event/birth", "for/resident", f"site/{self.headquarters.id}", "all"):
            self.assertIn(f"/c/test-here/fr/procedures/{end}", links)
            self.assertIn("Extrait d'essai", self._text(f"/{end}"))
        self.assertNotIn(f"/c/test-here/fr/procedures/site/{self.annex.id}", links)

    def test_a_sheet_says_what_a_person_needs_to_know(self):
        text = self._text(f"/{CODE}")
        for words in ("Un papier d'essai.", "Carte nationale", "Procuration", "Qui la demande", "Un mandataire",
                      "deux dirhams", "Allez au bureau.", self.headquarters.name, "Annexe", "Loi", "Priorité."):  # fmt: skip
            self.assertIn(words, text)
        where = self._tree(f"/{CODE}").xpath("//section[@id='where']")[0].text_content()
        self.assertLess(where.index(self.headquarters.name), where.index("Annexe"))

    def test_free_is_said_once(self):
        """A fee whose name says that it is free does not say it a second time, on page and paper."""
        fees = [
            {"label": {"ar": "مجانا للجميع", "fr": "Gratuit pour tous"}, "amount": 0, "channel": "counter"},
            {"label": {"ar": "النسخة الأولى", "fr": "Première copie"}, "amount": 0, "channel": "counter"},
        ]
        procedure = self._published(code="civil-test-free", sheet={**SAMPLE["sheet"], "fees": fees})
        procedure.sheet_id.values_checked_on = self.today
        for lang, free in (("fr", "gratuit"), ("ar", "مجانا")):
            cost = self._tree("/civil-test-free", lang=lang).xpath("//section[@id='cost']")[0].text_content()
            self.assertEqual(cost.lower().count(free), 2, cost)
            code = {"fr": "fr_MA", "ar": "ar_MA"}[lang]
            values = procedure.sheet_id.with_context(lang=code)._paper_values()
            self.assertEqual([fee["said"] for fee in values["sheet"]["fees"]], [True, False])
            html = (
                self.env["ir.qweb"]
                .with_context(lang=code)
                ._render("jamaa_reception.report_sheet_body", {**values, "pictogram": lambda name: ""})
            )
            self.assertEqual(lxml_html.fromstring(str(html)).text_content().lower().count(free), 2, lang)
        self.assertIsNone(procedure.sheet_id._total([{"known": True, "amount": 0}] * 2), "no sum of nothing")

    def test_an_amount_nobody_knows_is_not_zero(self):
        fees = [
            {"label": {"fr": "Inconnue"}, "amount": None},
            {"label": {"fr": "Zéro"}, "amount": 0},
        ]
        other = self._procedure(code="civil-test-fees", sheet={**SAMPLE["sheet"], "fees": fees})
        other.draft_sheet_id.fee_ids[0].amount_known = False
        other.draft_sheet_id.action_submit()
        other.draft_sheet_id.action_publish()
        cost = self._tree("/civil-test-fees").xpath("//section[@id='cost']")[0]
        self.assertEqual(len(cost.xpath(".//*[contains(@class, 'jm-badge-warning')]")), 2)
        self.assertNotRegex(cost.text_content(), r"\b0\b")
        other.sheet_id.action_values_checked()
        cost = self._tree("/civil-test-fees").xpath("//section[@id='cost']")[0]
        self.assertEqual(len(cost.xpath(".//*[contains(@class, 'jm-badge-warning')]")), 1)

    def test_values_not_checked_are_said_to_be(self):
        alert = "//main/div[contains(@class, 'jm-alert-warning')]"
        self.assertTrue(self._tree(f"/{CODE}").xpath(alert))
        self.sheet.action_values_checked()
        self.assertFalse(self._tree(f"/{CODE}").xpath(alert))

    def test_what_is_not_the_communes_says_where_to_go(self):
        self._published(code="elsewhere-test", sheet={**SAMPLE["sheet"], "authority": {"fr": "La police"}})
        tree = self._tree("/elsewhere-test")
        self.assertIn("La police", tree.xpath("//section[@id='where']")[0].text_content())
        self.assertNotIn(self.headquarters.name, tree.xpath("//section[@id='where']")[0].text_content())
        self.assertFalse(tree.xpath("//section[@id='delay']"))

    def test_a_missing_language_is_replaced_marked_and_said(self):
        self._published(code="civil-test-ar", name={"ar": "بالعربية فقط"}, sheet={
            **SAMPLE["sheet"], "summary": {"ar": "ملخص"}})  # fmt: skip
        tree = self._tree("/civil-test-ar")
        foreign = tree.xpath("//h1//*[@lang='ar-MA' and @dir='rtl']")
        self.assertEqual([one.text_content() for one in foreign], ["بالعربية فقط"])
        self.assertTrue(tree.xpath("//main/div[contains(@class, 'jm-alert-info')]"))
        self.assertFalse(self._tree("/civil-test-ar", lang="ar").xpath("//h1//*[@lang]"))

    def test_a_link_out_is_a_plain_link(self):
        self._published(code="civil-test-link", sheet={**SAMPLE["sheet"], "online_link": "https://example.org/x"})
        links = self._tree("/civil-test-link").xpath("//a[@href='https://example.org/x']/@rel")
        self.assertEqual(links, ["noopener noreferrer external"])
        self._published(code="civil-test-script", sheet={**SAMPLE["sheet"], "online_link": "javascript:alert(1)"})
        self.assertNotIn("javascript:", self._get("/civil-test-script").text)

    def test_forms_of_the_published_sheet_are_given(self):
        draft = self._procedure(code="civil-test-form").draft_sheet_id
        draft.form_ids = self.env["ir.attachment"].create({"name": "form.txt", "raw": b"fill me in"})
        self.assertEqual(self._get("/civil-test-form/form/1").status_code, 404)
        draft.action_submit()
        draft.action_publish()
        answer = self._get("/civil-test-form/form/1")
        self.assertEqual((answer.status_code, answer.content), (200, b"fill me in"))
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertEqual(self._get("/civil-test-form/form/2").status_code, 404)
        self.assertEqual(self._get("/civil-test-form/form/0").status_code, 404)

    def test_a_variant_has_its_own_address(self):
        self._published(variant="dépôt mobile", name={"fr": "Sur place"})
        self.assertIn("Extrait d'essai", self._text(f"/{CODE}"))
        path = f"/{CODE}/{quote('dépôt mobile')}"
        self.assertIn("Sur place", self._text(path))
        need = self._tree(path).xpath("//a[contains(@href, '/need')]/@href")[0]
        self.assertEqual(self.url_open(need).status_code, 200)
        self.assertEqual(self._get(f"/{CODE}/other").status_code, 404)

    def test_hours_of_a_closed_day_name_the_next_opening(self):
        site = self.headquarters
        self.env["jamaa.site.opening"].create(
            {"name": "Travaux", "site_id": site.id, "closed": True, "date_from": self.today, "date_to": self.today}
        )
        words = self.env["jamaa.site"]._opening_words(site)[site.id]
        self.assertEqual((words["ranges"], words["reason"], words["open"]), ([], "Travaux", False))
        self.assertTrue(words["next"]["day"])

    def test_two_spans_of_a_day_are_parted(self):
        place = {"known": True, "ranges": ["08:30–12:00", "12:30–16:30"], "open": True, "next": False, "reason": ""}
        page = self.env["ir.qweb"]._render("jamaa_reception.public_place_hours", {"place": place})
        text = " ".join(lxml_html.fromstring(str(page)).text_content().split())
        self.assertIn("08:30–12:00 · 12:30–16:30", text)
        self.assertNotIn(": ·", text)

    # ---- to whom ----

    @mute_logger("odoo.http")
    def test_unpublished_foreign_and_unknown_look_the_same(self):
        self._procedure(code="civil-test-draft")
        self._published(self.there, code="civil-test-there")
        self._published(code="civil-test-archived").active = False
        withdrawn = self._published(code="civil-test-withdrawn")
        withdrawn.sheet_id.action_withdraw()
        pages = set()
        for code in ("civil-test-draft", "civil-test-there", "civil-test-archived", "civil-test-withdrawn", "nothing"):
            for end in ("", "/need", "/print", "/form/1"):
                answer = self._get(f"/{code}{end}")
                self.assertEqual(answer.status_code, 404, code)
                pages.add(re.sub(rf"{code}[^\"]*", "", answer.text))
        self.assertEqual(len(pages), 1)
        self.assertEqual(self._get("/civil-test-there", commune="test-there").status_code, 200)
        self.assertEqual(self._get("/all", commune="test-hamlet").status_code, 404)

    @mute_logger("odoo.http")
    def test_a_site_of_another_commune_is_no_list(self):
        other = self.env["jamaa.site"].create({"name": "X", "kind": "annex", "company_id": self.there.id})
        for site in (other.id, self.annex.id, 0, 2**40):
            self.assertEqual(self._get(f"/site/{site}").status_code, 404)

    # ---- what do I need ----

    def test_questions_come_one_a_page_and_end_in_the_own_list(self):
        tree = self._tree(f"/{CODE}/need")
        links = tree.xpath("//ul[@class='jm-answers']//a/@href")
        self.assertEqual(len(links), 3, "two answers, and not to know")
        self.assertFalse(tree.xpath("//section[@id='papers']"))
        alone = self._text(self._need(self.answers["self"]))
        self.assertIn("Carte nationale", alone)
        self.assertNotIn("Procuration", alone)
        asked = self._text(self._need(self.answers["proxy"]))
        self.assertIn("Avez-vous une procuration", asked)
        whole = self._text(self._need(self.answers["proxy"], self.answers["yes"]))
        self.assertIn("Procuration", whole)
        self.assertIn("deux dirhams", whole)

    def test_an_open_question_leaves_papers_perhaps(self):
        who = self.sheet.question_ids[0]
        tree = self._tree(self._need(f"x{self._short(who.id)}"))
        maybe = tree.xpath("//ul[contains(@class, 'jm-papers-maybe')]")
        self.assertIn("Procuration", maybe[0].text_content())
        self.assertIn("Un mandataire", maybe[0].text_content())

    def test_an_address_of_an_older_sheet_asks_again(self):
        address = self._need(self.answers["self"])
        new = self.sheet._new_version()
        new.action_submit()
        new.action_publish()
        tree = self._tree(address)
        self.assertTrue(tree.xpath("//main//h1[@class='jm-question-text']"))
        self.assertTrue(tree.xpath("//main/div[contains(@class, 'jm-alert')]"))

    def test_share_and_change_lead_back(self):
        address = self._need(self.answers["proxy"], self.answers["no"])
        tree = self._tree(address)
        self.assertTrue(tree.xpath("//*[@id='jm-share']")[0].text_content().endswith(f"/procedures{address}"))
        again = tree.xpath("//details//a/@href")
        self.assertEqual(len(again), 2)
        self.assertIn("Qui la demande", lxml_html.fromstring(self.url_open(again[0]).content).xpath("//h1")[0].text)

    # ---- search ----

    def test_search_forgives_and_helps(self):
        for query in ("extrait d'essai", "extrai d esai", "لاكارط", "نسخه موجزه"):
            self.assertIn("Extrait d'essai", self._text(f"/search?{urlencode({'q': query})}"), query)
        tree = self._tree("/search?q=zzzqqqxxx")
        self.assertFalse(tree.xpath("//a[contains(@class, 'jm-card-sheet')]"))
        self.assertTrue(tree.xpath("//form[contains(@action, '/missed')]"))
        self.assertTrue(tree.xpath("//a[contains(@href, '/event/birth')]"))
        self.assertIn(self.headquarters.name, tree.xpath("//main")[0].text_content())

    # ---- junk ----

    @mute_logger("odoo.http", "odoo.addons.jamaa_base.models.ir_http")
    def test_junk_never_breaks_a_page(self):
        for junk in JUNK:
            query = urlencode({"q": junk, "a": junk, "page": junk, "said": junk, "debug": junk})
            for path in ("", "/all", "/search", "/event/birth", f"/{CODE}", f"/{CODE}/need"):
                with self.subTest(path=path, junk=junk[:20]):
                    answer = self._get(f"{path}?{query}")
                    self.assertIn(answer.status_code, (200, 400, 404))
                    self.assertNotIn("<script>alert", answer.text)
            with self.subTest(junk=junk[:20]):
                for path in (f"/{quote(junk)}", f"/event/{quote(junk)}", f"/{CODE}/{quote(junk)}"):
                    self.assertIn(self._get(path).status_code, (200, 301, 308, 400, 404))

    def test_a_list_goes_on(self):
        for number in range(31):
            self._published(code=f"civil-more-{number}")
        tree = self._tree("/all")
        self.assertEqual(len(tree.xpath("//a[contains(@class, 'jm-card-sheet')]")), 30)
        after = tree.xpath("//a[@rel='next']/@href")[0]
        rest = lxml_html.fromstring(self.url_open(after).content)
        self.assertEqual(len(rest.xpath("//a[contains(@class, 'jm-card-sheet')]")), 2)
        self.assertEqual(self._get("/all?page=9").status_code, 404)

    # ---- headers and cost ----

    def test_pages_can_be_kept_and_set_no_cookie(self):
        for path in ("", "/all", "/search?q=extrait", f"/{CODE}", f"/{CODE}/need"):
            answer = self._get(path)
            self.assertEqual(answer.headers["Cache-Control"], "public, max-age=120", path)
            self.assertNotIn("Set-Cookie", answer.headers)
            again = self._get(path, headers={"If-None-Match": answer.headers["ETag"]})
            self.assertEqual(again.status_code, 304)

    def _queries(self, path):
        self._get(path)
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.assertEqual(self._get(path).status_code, 200)
        return self.env.cr.sql_log_count - before

    def test_queries_are_few_and_flat(self):
        """At 20 and at 2,000 sheets alike; the rows are copied in SQL, which takes seconds instead of minutes."""
        for number in range(19):
            self._published(code=f"civil-more-{number}")
        paths = ("", "/all", "/search?q=extrait", "/search?q=zzzqqq", "/event/birth", f"/{CODE}",
                 self._need(self.answers["self"]))  # fmt: skip
        few = {path: self._queries(path) for path in paths}
        _logger.info("queries of public pages of procedures: %s", few)
        self._copy_in_sql(1980)
        for path, count in few.items():
            self.assertLessEqual(count, 30, path)
            self.assertLessEqual(self._queries(path), count, path)

    def _copy_in_sql(self, number):
        """Make many published procedures like the sample one."""
        self.env.flush_all()
        cr = self.env.cr
        cr.execute(
            """
            WITH made AS (
                INSERT INTO jamaa_procedure (name, code, sequence, active, company_id, search_key)
                     SELECT name, code || '-' || n, sequence, true, company_id, search_key
                       FROM jamaa_procedure, generate_series(1, %s) n WHERE id = %s
                  RETURNING id),
            sheets AS (
                INSERT INTO jamaa_procedure_sheet (procedure_id, company_id, version, state, summary, silence_effect)
                     SELECT made.id, s.company_id, 1, 'published', s.summary, 'none'
                       FROM made, jamaa_procedure_sheet s WHERE s.id = %s
                  RETURNING id, procedure_id),
            events AS (
                INSERT INTO jamaa_life_event_jamaa_procedure_rel (jamaa_procedure_id, jamaa_life_event_id)
                     SELECT made.id, r.jamaa_life_event_id FROM made, jamaa_life_event_jamaa_procedure_rel r
                      WHERE r.jamaa_procedure_id = %s)
            SELECT id, procedure_id FROM sheets
            """,
            [number, self.procedure.id, self.sheet.id, self.procedure.id],
        )
        pairs = cr.fetchall()
        cr.execute(
            "UPDATE jamaa_procedure p SET sheet_id = s.id FROM jamaa_procedure_sheet s "
            "WHERE s.procedure_id = p.id AND p.id IN %s",
            [tuple(procedure for _sheet, procedure in pairs)],
        )
        self.env.invalidate_all()

    def test_weight(self):
        """A sheet as long as the longest we ship, fonts and all, stays under 150 kB gzipped."""
        procedure = self.env["jamaa.procedure"].search(
            [("company_id", "=", False), ("code", "=", "building-permit-small")]
        )
        procedure.with_company(self.here).with_context(allowed_company_ids=self.here.ids).action_adopt()
        mine = self.env["jamaa.procedure"].search([("company_id", "=", self.here.id), ("code", "=", procedure.code)])
        mine.draft_sheet_id.action_submit()
        mine.draft_sheet_id.action_publish()
        for lang in ("ar", "fr"):
            page = self._get(f"/{procedure.code}", lang=lang)
            weight = len(gzip.compress(page.content))
            for file in set(re.findall(r'(?:href|src)="(/jamaa_\w+/static/[^"]+)"', page.text)):
                weight += len(gzip.compress(self.url_open(file).content))
            fonts = ("NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold", "NotoSans-Regular", "NotoSans-Bold",
                     "NotoSansTifinagh-Regular")  # fmt: skip
            for face in fonts:
                weight += len(self.url_open(f"/jamaa_base/static/fonts/{face}.woff2").content)
            _logger.info("weight of a sheet: %s %s", lang, weight)
            self.assertLess(weight, 150_000, lang)

    # ---- small tools ----

    def test_amounts_in_words(self):
        for amount, arabic, french in (
            (1, "درهم واحد", "un dirham"),
            (2, "درهمان", "deux dirhams"),
            (20, "عشرون درهماً", "vingt dirhams"),
            (100, "مائة درهم", "cent dirhams"),
            (0.5, "خمسون سنتيماً", "cinquante centimes"),
        ):
            self.assertEqual(dirhams_in_words(amount, "ar_MA"), arabic)
            self.assertEqual(dirhams_in_words(amount, "fr_MA"), french)
        self.assertTrue(dirhams_in_words(5, "ar_MA").endswith(" دراهم"))
        self.assertEqual((dirhams(2), dirhams(12.5), dirhams(1000)), ("2", "12.50", "1\u00a0000"))

    def test_every_drawing_is_there(self):
        events = self.env["jamaa.life.event"].search([]).mapped("pictogram")
        self.assertFalse(set(filter(None, events)) - set(NAMES))
        drawings = {pictogram(name) for name in NAMES}
        self.assertEqual(len(drawings), len(NAMES))
        self.assertEqual(pictogram("../../secret"), pictogram("paper"))

    def test_a_text_knows_its_language(self):
        self.assertEqual(said({"en_US": "نص", "fr_MA": "texte"}, "fr_MA")[:2], ("texte", "fr_MA"))
        self.assertEqual(said({"en_US": "نص"}, "ar_MA"), ("نص", "ar_MA", False))
        self.assertEqual(said({"en_US": "text"}, "ar_MA"), ("text", "en_US", True))
        self.assertFalse(said(None, "ar_MA"))
        self.assertNotIn("<b>", said({"ar_MA": "<b>"}, "fr_MA").html)
