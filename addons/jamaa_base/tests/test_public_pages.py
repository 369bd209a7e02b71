"""The public pages over HTTP: what they answer, what they cost, what they never do."""

import gzip
import re
from html.parser import HTMLParser
from urllib.parse import urlencode

from lxml import html as lxml_html

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models import jamaa_public_reference as reference
from ..tools import public_code
from .public_common import FollowedModelMixin

JUNK = (
    "", "0", "-1", "9" * 30, "None", "../../etc/passwd", "%00", "<script>alert(1)</script>",
    "' OR 1=1--", "{{7*7}}", "😀", "\u202egnp.exe", "a" * 3000, "[]", "true", "é", "٣", "\r\nX: y",
)  # fmt: skip
VOID = {"meta", "link", "input", "br", "img", "hr", "path", "circle", "rect"}


class _Balance(HTMLParser):
    """Finds elements that are closed wrongly."""

    def __init__(self):
        super().__init__()
        self.open, self.problems = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.problems.append(tag)


@tagged("post_install", "-at_install")
class TestPublicPages(FollowedModelMixin, HttpCase):
    def setUp(self):
        super().setUp()
        self.record = self._make_followed()

    def _get(self, path, **options):
        options.setdefault("allow_redirects", False)
        return self.url_open(path, **options)

    def _post(self, path, data, **options):
        options.setdefault("allow_redirects", False)
        return self.url_open(path, data=data, **options)

    # ---- what is answered ----

    def test_pages_in_each_language(self):
        for lang, direction in (("ar", "rtl"), ("fr", "ltr"), ("zgh", "ltr")):
            for page in ("", "/follow"):
                with self.subTest(lang=lang, page=page):
                    answer = self._get(f"/c/test-grande/{lang}{page}")
                    self.assertEqual(answer.status_code, 200)
                    tree = lxml_html.fromstring(answer.content)
                    root = tree.getroottree().getroot()
                    self.assertTrue(root.get("lang").startswith(lang))
                    self.assertEqual(root.get("dir"), direction)

    def test_entrance(self):
        self.assertEqual(self._get("/c").status_code, 200)
        tree = lxml_html.fromstring(self._get("/c?lang=fr").content)
        links = {a.text_content(): a.get("href") for a in tree.xpath("//ul[@class='jm-list']//a")}
        self.assertEqual(links["Petite"], "/c/test-petite/fr")
        answer = self._get("/c/test-grande", headers={"Accept-Language": "fr-FR,fr;q=0.8"})
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(answer.headers["Location"].endswith("/c/test-grande/fr"))
        answer = self._get("/c/test-grande", headers={"Accept-Language": "de"})
        self.assertTrue(answer.headers["Location"].endswith("/c/test-grande/ar"))

    def test_a_demo_commune_is_marked_and_a_real_one_is_not(self):
        self.assertIn("données fictives", self._get("/c/test-grande/ar").text)
        self.assertNotIn("données fictives", self._get("/c/test-petite/ar").text)

    def test_languages_lead_to_the_same_page(self):
        tree = lxml_html.fromstring(self._get("/c/test-grande/ar/follow").content)
        links = [a.get("href") for a in tree.xpath("//nav[@class='jm-langs']//a")]
        self.assertIn("/c/test-grande/fr/follow", links)

    def test_own_colour_is_allowed_by_hash_only(self):
        self.petite.public_color = "#1d4f91"
        answer = self._get("/c/test-petite/ar")
        self.assertIn("--primary:#1d4f91", answer.text)
        policy = answer.headers["Content-Security-Policy"]
        self.assertRegex(policy, r"style-src 'self' 'sha256-[A-Za-z0-9+/=]+'")
        self.assertNotIn("unsafe", policy)

    # ---- follow up ----

    def test_follow_with_code_and_pin_needs_no_cookie(self):
        data = {"code": self.record._public_code_shown(), "pin": self.record._public_pin()}
        answer = self._post("/c/test-grande/fr/follow", data)
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(answer.headers["Location"].endswith(self.record._public_path("fr")))
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")

    def test_follow_at_the_wrong_commune_leads_to_the_right_one(self):
        data = {"code": self.record.public_code, "pin": self.record._public_pin()}
        answer = self._post("/c/test-petite/ar/follow", data)
        self.assertTrue(answer.headers["Location"].endswith(self.record._public_path("ar")))

    def test_wrong_pin_keeps_the_code_but_not_the_pin(self):
        code = self.record._public_code_shown()
        pin = f"{(int(self.record._public_pin()) + 1) % 1_000_000:06d}"
        answer = self._post("/c/test-grande/fr/follow", {"code": code, "pin": pin})
        self.assertEqual(answer.status_code, 422)
        tree = lxml_html.fromstring(answer.content)
        self.assertEqual(tree.xpath("//input[@name='code']/@value"), [code])
        self.assertFalse(tree.xpath("//input[@name='pin']/@value"))
        wrong = tree.xpath("//input[@name='code']")[0]
        self.assertEqual(wrong.get("aria-invalid"), "true")
        described = wrong.get("aria-describedby").split()
        self.assertIn("e-code", described)
        for name in described:
            self.assertTrue(tree.xpath(f"//*[@id='{name}']"), name)

    def test_hundred_wrong_codes_get_a_clear_answer(self):
        answers = [
            self._post("/c/test-grande/fr/follow", {"code": public_code.new_code(), "pin": "123456"})
            for _try in range(100)
        ]
        statuses = [answer.status_code for answer in answers]
        self.assertEqual(statuses.count(422), reference.WRONG_PER_ADDRESS)
        self.assertEqual(statuses[-1], 429)
        alert = lxml_html.fromstring(answers[-1].content).xpath("//*[@role='alert']")[0]
        self.assertIn("QR", alert.text_content(), "the way that stays open is named")

    # ---- errors ----

    @mute_logger("odoo.http", "odoo.addons.jamaa_base.models.ir_http")
    def test_errors_speak_the_language_of_the_address(self):
        for path, lang in (
            ("/c/nowhere/fr", "fr"),
            ("/c/test-grande/fr/nothing", "fr"),
            ("/c/test-grande/ar/nothing/at/all", "ar"),
            ("/c/test-grande/de", "ar"),
        ):
            with self.subTest(path=path):
                answer = self._get(path)
                self.assertEqual(answer.status_code, 404)
                self.assertIn("jm-main", answer.text)
                self.assertTrue(lxml_html.fromstring(answer.content).get("lang").startswith(lang))
                self.assertIn("noindex", answer.headers["X-Robots-Tag"])

    @mute_logger("odoo.http")
    def test_a_body_too_large_gets_a_page(self):
        answer = self._post("/c/test-grande/fr/follow", {"code": "x" * 200_000, "pin": "1"})
        self.assertEqual(answer.status_code, 413)
        # Whatever the language: a heading, and how large a photo may be.
        tree = lxml_html.fromstring(answer.content)
        self.assertTrue(tree.xpath("//main//h1")[0].text_content().strip())
        self.assertIn("10", tree.xpath("//main")[0].text_content())

    @mute_logger("odoo.http")
    def test_wrong_method(self):
        answer = self._post("/c/test-grande/fr", {"a": "b"})
        self.assertEqual(answer.status_code, 404)
        self.assertIn("jm-main", answer.text)

    @mute_logger("odoo.http", "odoo.addons.jamaa_base.models.ir_http")
    def test_a_fault_of_ours_shows_no_trace(self):
        self.patch(type(self.env["res.company"]), "_public_cards", lambda company, lang: 1 / 0)
        answer = self._get("/c/test-grande/fr")
        self.assertEqual(answer.status_code, 500)
        self.assertIn("jm-main", answer.text)
        self.assertNotIn("ZeroDivision", answer.text)

    # ---- junk ----

    @mute_logger("odoo.http", "odoo.addons.jamaa_base.models.ir_http")
    def test_junk_never_breaks_a_page(self):
        before = self.env["jamaa.form.submission"].search_count([])
        for junk in JUNK:
            query = urlencode({"lang": junk, "code": junk, "x": junk, "debug": junk})
            for method, path in (
                ("get", f"/c?{query}"),
                ("get", f"/c/test-grande/fr?{query}"),
                ("get", f"/c/test-grande/fr/follow?{query}"),
                ("get", f"/c/{urlencode({'': junk})[1:]}/fr"),
                ("get", f"/c/test-grande/{urlencode({'': junk})[1:]}"),
                ("post", "/c/test-grande/fr/follow"),
            ):
                with self.subTest(method=method, path=path[:60], junk=junk[:20]):
                    if method == "get":
                        answer = self._get(path)
                    else:
                        answer = self._post(path, {"code": junk, "pin": junk, junk or "z": junk})
                    self.assertIn(answer.status_code, (200, 301, 303, 400, 404, 413, 422, 429))
                    self.assertNotIn("<script>alert", answer.text)
        self.assertEqual(self.env["jamaa.form.submission"].search_count([]), before)

    @mute_logger("odoo.http")
    def test_a_file_where_text_belongs(self):
        answer = self.url_open(
            "/c/test-grande/fr/follow",
            data={"pin": "1"},
            files={"code": ("a.txt", b"AAAA")},
            allow_redirects=False,
        )
        self.assertEqual(answer.status_code, 422)

    # ---- what they never do ----

    @mute_logger("odoo.http")
    def test_no_page_sets_a_cookie(self):
        self.assertNotIn("session_id", self.opener.cookies)
        for path in ("/c", "/c/test-grande", "/c/test-grande/ar", "/c/test-grande/ar/follow", "/c/x/y/z"):
            answer = self._get(path)
            self.assertNotIn("Set-Cookie", answer.headers, path)

    def test_headers(self):
        headers = self._get("/c/test-grande/ar").headers
        self.assertIn("default-src 'none'", headers["Content-Security-Policy"])
        self.assertIn("frame-ancestors 'none'", headers["Content-Security-Policy"])
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(headers["X-Frame-Options"], "DENY")
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")

    def test_public_pages_can_be_kept_and_asked_again(self):
        answer = self._get("/c/test-grande/ar")
        self.assertIn("max-age", answer.headers["Cache-Control"])
        again = self._get("/c/test-grande/ar", headers={"If-None-Match": answer.headers["ETag"]})
        self.assertEqual((again.status_code, again.content), (304, b""))

    def test_files_are_kept_by_the_browser_and_renewed_by_their_address(self):
        page = self._get("/c/test-grande/ar").text
        css = re.search(r'href="(/jamaa_base/static/src/public/public\.css\?v=[0-9a-f]{10})"', page)
        answer = self._get(css[1])
        self.assertIn("max-age", answer.headers["Cache-Control"])
        self.assertTrue(answer.headers["ETag"])

    def test_markup_is_whole_and_every_field_has_its_label(self):
        for path in ("/c", "/c/test-grande/ar", "/c/test-grande/fr/follow", "/c/no/fr"):
            with self.subTest(path=path), mute_logger("odoo.http"):
                text = self._get(path).text
                balance = _Balance()
                balance.feed(text)
                self.assertEqual((balance.problems, balance.open), ([], []))
                tree = lxml_html.fromstring(text)
                self.assertEqual(len(tree.xpath("//h1")), 1)
                self.assertEqual(len(tree.xpath("//main[@id='main']")), 1)
                self.assertEqual(tree.xpath("//a[1]/@href")[0], "#main")
                ids = tree.xpath("//@id")
                self.assertEqual(len(ids), len(set(ids)), "an id stands twice")
                for field in tree.xpath("//input[not(@type='hidden')] | //textarea | //select"):
                    self.assertTrue(tree.xpath(f"//label[@for='{field.get('id')}']"))

    # ---- what they cost ----

    def test_query_budget_is_flat(self):
        for path, budget in (("/c/test-grande/ar", 12), ("/c/test-grande/ar/follow", 12), ("/c", 14)):
            self._get(path)
            with self.subTest(path=path), self.assertQueryCount(budget):
                self._get(path)

    def test_list_of_communes_is_flat(self):
        self._get("/c")
        count = self._count_queries("/c")
        for number in range(30):
            self._make_public_commune(f"test-more-{number}", f"أخرى {number}", f"Autre {number}")
        self._get("/c")
        self.assertLessEqual(self._count_queries("/c"), count + 1)

    def _count_queries(self, path):
        before = self.env.cr.sql_log_count
        self._get(path)
        return self.env.cr.sql_log_count - before

    def test_weight(self):
        """A first visit, fonts and all, stays under 150 kB gzipped; so in each language."""
        fonts = {
            "ar": ("NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold", "NotoSans-Regular", "NotoSans-Bold"),
            "fr": ("NotoSans-Regular", "NotoSans-Bold", "NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold"),
            "zgh": ("NotoSansTifinagh-Regular", "NotoSans-Regular", "NotoSans-Bold",
                    "NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold"),
        }  # fmt: skip
        for lang, faces in fonts.items():
            page = self._get(f"/c/test-grande/{lang}/follow")
            weight = len(gzip.compress(page.content))
            files = set(re.findall(r'(?:href|src|data-worker)="(/jamaa_base/static/[^"]+)"', page.text))
            self.assertGreaterEqual(len(files), 3)
            for file in files:
                weight += len(gzip.compress(self._get(file).content))
            for face in (*faces, "NotoSansTifinagh-Regular"):
                answer = self._get(f"/jamaa_base/static/fonts/{face}.woff2")
                self.assertEqual(answer.status_code, 200)
                weight += len(answer.content)
            self.assertLess(weight, 150_000, lang)
