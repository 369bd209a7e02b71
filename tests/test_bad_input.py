"""What comes back when the public pages are fed what no honest form sends.

Never an error of the server, never a lost text, never a cookie; what is stored is text and
is shown as text.
"""

import io
import os
import re
import struct
import zlib

from PIL import Image

from odoo.tests import tagged

from odoo.addons.jamaa_base.tools.uploads import MAX_BYTES
from odoo.addons.jamaa_complaints.tests.public_common import PublicComplaintCase, picture

JUNK = (
    "",
    "\0",
    "\0" * 30,
    "a\0" * 12,
    "9" * 40,
    "-1",
    "1e9",
    "[]",
    "{}",
    "null",
    "²",
    "٣",
    "1_1",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "'; DROP TABLE helpdesk_ticket; --",
    "%s%(x)s{0}{{7*7}}",
    "\u202e\u2066",
    "😀" * 40,
    "A" * 100_000,
)
FIELDS = (
    "kind", "category", "site", "facts", "place", "name", "phone", "email", "address", "national_id",
    "answer_by", "lang", "form_token", "form_proof", "form_answer", "photo_1_kept", "photo_1_drop",
)  # fmt: skip
HOSTILE = (
    '<script>window.broken=1</script><img src=x onerror="window.broken=2"> '
    '"><svg onload=window.broken=3> {{ 7*7 }} ${7*7} <t t-out="7*7"/> \u202eright\u202c to left, 😀, شكاية'
)


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data) & 0xFFFFFFFF)


def pixel_bomb():
    """A small PNG that says it has 3,600 million pixels."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", zlib.compress(b"\0" * 100_000)) + _chunk(b"IEND", b"")


def text_bomb():
    """A PNG with a comment that swells to 80 MB."""
    output = io.BytesIO()
    Image.new("RGB", (10, 10)).save(output, "PNG")
    data = output.getvalue()
    place = data.index(b"IDAT") - 4
    return data[:place] + _chunk(b"zTXt", b"a\0\0" + zlib.compress(b"A" * 80_000_000, 9)) + data[place:]


@tagged("post_install", "-at_install", "security")
class TestBadInput(PublicComplaintCase):
    """The complaint form, the follow-up form and their addresses."""

    def setUp(self):
        super().setUp()
        self.url = self.base_url() + self.page_url()

    def form(self):
        """A form filled in well, with its guard."""
        return {**self.good, **self.fresh_form()}

    def post(self, data=None, **kwargs):
        """Post straight to the address, whatever the data."""
        answer = self.opener.post(self.url, data=data, timeout=60, **kwargs)
        self.assertLess(answer.status_code, 500)
        self.assertNotIn("Set-Cookie", answer.headers)
        return answer

    def assertKept(self, answer):
        """The form is back with what was typed."""
        self.assertIn(answer.status_code, (422, 429))
        self.assertIn(self.good["place"], answer.text)

    # ---- fields ----

    def test_junk_in_every_field(self):
        form = {**self.form(), "form_proof": "no"}
        for field in FIELDS:
            for junk in JUNK:
                with self.subTest(field=field, junk=junk[:20]):
                    answer = self.post({**form, field: junk})
                    if field != "place":
                        self.assertKept(answer)
        self.assertFalse(self.cases())

    def test_junk_passes_no_check_by_itself(self):
        """With the guard passed, each wrong choice is refused beside its field."""
        for field in ("kind", "category", "site", "answer_by"):
            for junk in ("999999999999999999999999", "-1", "nothing", "a\0b"):
                with self.subTest(field=field, junk=junk):
                    self.assertKept(self.post({**self.form(), field: junk}))
        self.assertFalse(self.cases())

    def test_missing_doubled_and_file_for_text(self):
        form = {**self.form(), "form_proof": "no"}
        for field in FIELDS:
            with self.subTest(field=field):
                rest = {name: value for name, value in form.items() if name != field}
                self.post(rest)
                self.post([*rest.items(), (field, "a"), (field, "b")])
                self.post(rest, files={field: ("x.bin", b"\0\1\2", "application/octet-stream")})
        self.post({})
        self.assertFalse(self.cases())

    def test_bodies_that_are_no_form(self):
        plain = "application/x-www-form-urlencoded"
        for body, kind in (
            (b'{"form_token": [1]}', "application/json"),
            (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
            (b"abc", "multipart/form-data"),
            (b"\xff\xfe=\xff&facts=%ff%fe%00", plain),
            (b"&".join(b"f%d=1" % number for number in range(3000)), plain),
            (b"", "text/xml"),
            (b"facts=" + b"A" * 11_000_000, plain),
        ):
            with self.subTest(kind=kind, length=len(body)):
                answer = self.post(body, headers={"Content-Type": kind})
                self.assertIn(answer.status_code, (400, 413, 422))
        many = {f"f{number}": (None, "1") for number in range(1500)}
        self.assertIn(self.post(files=many).status_code, (400, 413, 422))

    def test_long_text_is_not_lost(self):
        text = "Word number one. " * 6000
        answer = self.post({**self.form(), "facts": text})
        self.assertEqual(answer.status_code, 422)
        shown = re.search(r"<textarea[^>]*>(.*?)</textarea>", answer.text, re.DOTALL).group(1)
        self.assertGreaterEqual(len(shown), 99_000)

    def test_text_stays_text(self):
        form = {**self.form(), "facts": HOSTILE, "place": HOSTILE[:200], "name": HOSTILE[:60]}
        answer = self.post(form)
        self.assertEqual(answer.status_code, 200)
        case = self.cases()
        self.assertIn("<script>window.broken=1</script>", case.facts)
        self.assertIn("😀", case.facts)
        self.assertNotIn("\u202e", case.facts)
        self.assertNotIn("<script", case.description)
        self.assertNotIn("<img", case.description)
        page = self.url_open(case._public_path("fr")).text
        for raw in ("<script>window", "<img src=x", "<svg onload", "49"):
            self.assertNotIn(raw, re.sub(r"[A-Za-z0-9_-]{10,}|\d{4}", "", page) if raw == "49" else page)
        self.assertIn("&lt;script&gt;", page)
        receipt = self.url_open(case._public_path("fr") + "/receipt")
        self.assertEqual(receipt.headers["Content-Type"], "application/pdf")

    # ---- files ----

    def test_files_that_are_no_photos(self):
        svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
        for name, content in (
            ("svg", svg),
            ("html", b"<html><script>alert(1)</script></html>"),
            ("gif", b"GIF89a;"),
            ("elf", b"\x7fELF" + b"\0" * 100),
            ("cut", picture()[:60]),
            ("heic", b"\0\0\0\x18ftypheic" + b"\0" * 50),
            ("pixel bomb", pixel_bomb()),
            ("too large", picture() + os.urandom(MAX_BYTES)),
        ):
            with self.subTest(name=name):
                files = {"photo_1": ('../../x"><script>.jpg', content, "image/jpeg")}
                answer = self.post(self.form(), files=files)
                self.assertKept(answer)
                self.assertNotIn('"><script>', answer.text)
        self.assertFalse(self.cases())

    def test_a_comment_that_swells_is_not_read(self):
        self.post(self.form(), files={"photo_1": ("x.png", text_bomb(), "image/png")})
        self.assertLess(len(self.cases().photo_ids.raw), 100_000)

    def test_an_unknown_language_is_not_stored(self):
        for junk in ("xx", "-1", "a\0b"):
            self.post({**self.form(), "lang": junk})
        known = self.env["res.lang"].search([]).mapped("code")
        for case in self.cases():
            self.assertIn(case.public_lang, known)

    def test_fifty_megabytes(self):
        files = {"photo_1": ("x.jpg", picture() + bytes(50 * 1024 * 1024), "image/jpeg")}
        self.assertKept(self.post(self.form(), files=files))

    def test_what_hides_behind_a_photo_is_gone(self):
        files = {"photo_1": ("x.jpg", picture(exif=True) + b"<script>alert(1)</script>", "text/html")}
        self.post(self.form(), files=files)
        photo = self.cases().photo_ids
        self.assertEqual(photo.mimetype, "image/jpeg")
        self.assertNotIn(b"script", photo.raw)
        self.assertNotIn(b"SECRET-CAMERA", photo.raw)
        shown = self.url_open(self.cases()._public_path("fr") + "/photo/1")
        self.assertEqual(shown.headers["Content-Type"], "image/jpeg")
        self.assertEqual(shown.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("default-src 'none'", shown.headers["Content-Security-Policy"])

    # ---- the same form, another form, an old form ----

    def test_the_same_form_again(self):
        form = self.form()
        first = self.post(form)
        again = self.post({**form, "facts": "Another text altogether, with enough words."})
        self.assertEqual(first.url, again.url)
        self.assertEqual(len(self.cases()), 1)

    def test_forged_and_foreign_tokens(self):
        form = self.form()
        version, issued, bits, key, signature = form["form_token"].split(".")
        other = self.make_commune("commune-essai-attack")
        for token in (
            f"{version}.{issued}.0.{key}.{signature}",
            f"{version}.{int(issued, 16) + 9:x}.{bits}.{key}.{signature}",
            f"{version}.{issued}.{bits}.{key}x.{signature}",
            f"{version}.{issued}.{bits}.{key}.",
            ".".join("....."),
        ):
            with self.subTest(token=token):
                self.assertKept(self.post({**form, "form_token": token}))
        answer = self.opener.post(self.url.replace(self.commune.commune_slug, other.commune_slug), data=form)
        self.assertEqual(answer.status_code, 422)
        self.assertFalse(self.cases())

    # ---- addresses ----

    def test_addresses(self):
        slug = self.commune.commune_slug
        token = "A" * 22
        for path in (
            "/c/%00/ar",
            "/%00",
            f"/c/{slug}/fr%00/complaint",
            f"/c/{slug}/ar/case/{'%00' * 22}",
            f"/c/{slug}/ar/case/{'%ff' * 22}",
            f"/c/{slug}/ar/case/{token}",
            f"/c/{slug}/ar/case/{'A' * 5000}",
            f"/c/{slug}/ar/complaint/done/{'a%00' * 12}",
            f"/c/{slug}/ar/complaint/done/{token}",
            f"/c/{slug}/fr/case/{token}/photo/99999999999999999999999999",
            f"/c/{slug}/fr/case/{token}/receipt",
            f"/c/{slug}/xx/complaint",
            f"/c/{'a' * 6000}",
            "/c/😀/fr",
            f"/c/{slug}/fr/nothing",
        ):
            for method in ("GET", "POST", "PUT", "DELETE", "HEAD"):
                with self.subTest(path=path[:50], method=method):
                    answer = self.opener.request(method, self.base_url() + path, allow_redirects=False)
                    self.assertLess(answer.status_code, 500)
                    self.assertGreaterEqual(answer.status_code, 400)
        for path in (
            "/c?lang[]=1&lang=%00",
            f"/c/{slug}/fr/follow?code=%00{'B' * 3000}",
            f"/c/{slug}/fr/complaint?kind=%00",
        ):
            self.assertEqual(self.opener.get(self.base_url() + path).status_code, 200)

    def test_the_host_header_leads_nowhere(self):
        for path in ("/c", f"/c/{self.commune.commune_slug}", self.page_url()):
            answer = self.opener.get(self.base_url() + path, headers={"Host": "evil.test"}, allow_redirects=False)
            self.assertNotIn("evil.test", answer.text + answer.headers.get("Location", ""))

    def test_a_link_of_one_commune_under_the_name_of_another(self):
        other = self.make_commune("commune-essai-attack")
        self.post(self.form())
        path = self.cases()._public_path("fr").replace(self.commune.commune_slug, other.commune_slug)
        for page in ("", "/receipt", "/answer", "/photo/1"):
            self.assertEqual(self.url_open(path + page).status_code, 404)
        done = path.replace("/case/", "/complaint/done/")
        self.assertEqual(self.url_open(done).status_code, 404)
        self.assertEqual(self.url_open(path + "/satisfaction", data={"value": "3"}).status_code, 404)

    # ---- code and PIN ----

    def _follow(self, code, pin, **headers):
        slug = self.commune.commune_slug
        url = f"{self.base_url()}/c/{slug}/fr/follow"
        return self.opener.post(url, data={"code": code, "pin": pin}, headers=headers, allow_redirects=False)

    def test_junk_as_code(self):
        for code in JUNK:
            for pin in ("", "123456", "\0" * 6, "٣" * 6, "²" * 6, "9" * 3000):
                with self.subTest(code=code[:10], pin=pin[:10]):
                    self.assertIn(self._follow(code, pin).status_code, (413, 422, 429))

    def test_a_hundred_wrong_pins(self):
        """The way by code closes, with a sentence; the link of the right holder stays open."""
        self.post(self.form())
        case = self.cases()
        code, right = case.public_code, case._public_pin()
        wrong = [f"{number:06d}" for number in range(100) if f"{number:06d}" != right]
        statuses = []
        for number, pin in enumerate(wrong):
            # Written by the visitor: it makes nobody else of him.
            answer = self._follow(code, pin, **{"X-Forwarded-For": f"10.0.0.{number}"})
            statuses.append(answer.status_code)
        self.assertEqual(set(statuses[:5]), {422})
        self.assertEqual(set(statuses[5:]), {429})
        self.assertIn("jm-", answer.text)
        self.assertNotIn("Traceback", answer.text)
        self.assertEqual(self._follow(code, right).status_code, 429)
        page = self.url_open(case._public_path("fr"))
        self.assertEqual(page.status_code, 200)
        self.assertIn(case.case_number, page.text)

    def test_wrong_codes_count_for_the_address(self):
        from odoo.addons.jamaa_base.tools.public_code import new_code

        statuses = [self._follow(new_code(), "123456").status_code for _try in range(40)]
        self.assertEqual(statuses[:30], [422] * 30)
        self.assertEqual(statuses[30:], [429] * 10)

    # ---- spreadsheets ----

    def test_facts_leave_as_text(self):
        from odoo.addons.jamaa_base.controllers.export_guard import GuardedCSVExport

        self.post({**self.form(), "facts": '=HYPERLINK("http://evil.test","Click here, it is nice")'})
        rows = self.cases().export_data(["facts", "name"])["datas"]
        csv = GuardedCSVExport().from_data([], ["Facts", "Subject"], rows)
        self.assertNotIn('"=HYPERLINK', csv)
        self.assertIn("\"'=HYPERLINK", csv)
