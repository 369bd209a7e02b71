"""What keeps its order inside an Arabic line."""

import re

from markupsafe import Markup

from odoo.tests import BaseCase, tagged

from ..tools.bidi import isolate


@tagged("jamaa_pdf")
class TestBidi(BaseCase):
    def runs(self, text):
        return re.findall(r'<bdi dir="ltr">(.*?)</bdi>', isolate(text))

    def test_runs(self):
        for text, runs in (
            ("الهاتف: +212 6 12 34 56 78 أو غيره", ["+212 6 12 34 56 78"]),
            ("المرسوم 2-17-265 بتاريخ 23 يونيو 2017", ["2-17-265", "23", "2017"]),
            ("شارع Mohammed V رقم 12", ["Mohammed V", "12"]),
            ("البريد a.b-c@example.org.", ["a.b-c@example.org"]),
            ("انظر https://example.org/c/x/ar/AbC-123 للتتبع", ["https://example.org/c/x/ar/AbC-123"]),
            ("على الساعة 10:45، الثمن 1.234,50 درهم", ["10:45", "1.234,50"]),
            ("الأرقام 1, 2, 3", ["1", "2", "3"]),
            ("L’éclairage إنارة", ["L’éclairage"]),
        ):
            with self.subTest(text=text):
                self.assertEqual(self.runs(text), runs)

    def test_a_number_alone_keeps_its_order_too(self):
        self.assertEqual(self.runs("+212 6 12 34 56 78"), ["+212 6 12 34 56 78"])
        self.assertEqual(self.runs("شكاية\n05 22 00 00 12"), ["05 22 00 00 12"])

    def test_other_lines_stay_as_they_are(self):
        self.assertEqual(isolate("Avenue Hassan II, 12"), "Avenue Hassan II, 12")
        self.assertEqual(isolate("ⵜⴰⵎⴰⵣⵉⵖⵜ 12"), "ⵜⴰⵎⴰⵣⵉⵖⵜ 12")
        self.assertEqual(isolate(None), "")
        self.assertEqual(isolate("شكاية\nLine 2\n"), "شكاية\nLine 2\n")

    def test_it_escapes(self):
        html = isolate("شكاية <b>x</b> & <script>alert(1)</script>")
        self.assertIsInstance(html, Markup)
        self.assertNotIn("<b>", html)
        self.assertNotIn("<script", html)

    def test_nothing_is_lost(self):
        text = "ا1ب a، +2 (x) ؛ 3-4/5 ت % ٥"
        self.assertEqual(Markup(isolate(text)).striptags(), text)

    def test_long_text_takes_no_time(self):
        isolate("ش " + "a" * 50000 + " " + "1." * 50000 + "ش")
