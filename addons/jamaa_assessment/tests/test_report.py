"""The report of a round, in both languages, and the pictures on it."""

from lxml import etree

from odoo.tests import BaseCase, tagged

from ..tools import pictures
from .common import AssessmentCase


@tagged("jamaa_pictures")
class TestPictures(BaseCase):
    def test_radar(self):
        drawing = etree.fromstring(pictures.radar([0, 50, 100, None], before=[10, 20, 30, 40]))
        space = {"s": "http://www.w3.org/2000/svg"}
        self.assertEqual(drawing.xpath("//s:text/text()", namespaces=space), ["1", "2", "3", "4"])
        self.assertEqual(len(drawing.xpath("//s:circle", namespaces=space)), 3, "what has no value has no corner")
        self.assertEqual(len(drawing.xpath("//s:path[@stroke-dasharray]", namespaces=space)), 1)
        self.assertEqual(pictures.radar([50, 50]), "")

    def test_the_second_axis_is_where_reading_goes(self):
        def place(right_to_left):
            drawing = etree.fromstring(pictures.radar([100, 100, 100, 100], right_to_left=right_to_left))
            return float(drawing.findall("{*}text")[1].get("x"))

        self.assertGreater(place(False), pictures.SIZE / 2)
        self.assertLess(place(True), pictures.SIZE / 2)

    def test_bar(self):
        for value, right_to_left, x, width in ((25, False, 0, 50), (25, True, 150, 50), (None, False, 0, 0)):
            with self.subTest(value=value, right_to_left=right_to_left):
                inner = etree.fromstring(pictures.bar(value, right_to_left)).findall("{*}rect")[1]
                self.assertEqual((float(inner.get("x")), float(inner.get("width"))), (x, width))

    def test_band(self):
        """The peers stand in their own frame, from the right where one reads from the right."""
        for right_to_left, x, middle in ((False, 80, "120.0"), (True, 40, "80.0")):
            with self.subTest(right_to_left=right_to_left):
                drawing = etree.fromstring(pictures.bar(50, right_to_left, (40, 60, 80)))
                frame = drawing.findall("{*}rect")[2]
                self.assertEqual((float(frame.get("x")), float(frame.get("width"))), (x, 80))
                self.assertTrue(drawing.findall("{*}path")[-1].get("d").startswith(f"M{middle} "))
        alike = etree.fromstring(pictures.bar(50, False, (100, 100, 100))).findall("{*}rect")[2]
        self.assertEqual((float(alike.get("x")), float(alike.get("width"))), (197, 3), "no width is still seen")


@tagged("post_install", "-at_install")
class TestReport(AssessmentCase):
    def test_report(self):
        one = self._round([self.agent, self.member])
        for user in (self.agent, self.member):
            self._answer(self._seat(one, user), one="2", two="3", three="3", duty="no")
        lines = self._agreed(one)
        lines["one"].write({"reason": "Seen on the spot", "dissent": "Some see less", "is_priority": True})
        one.with_user(self.director_user).action_validate()
        report = self.env["ir.actions.report"].with_user(self.director_user)
        for lang, way in (("ar_MA", "rtl"), ("fr_MA", "ltr")):
            with self.subTest(lang):
                html, _kind = report.with_context(lang=lang)._render_qweb_html("jamaa_assessment.round_report", one.ids)
                page = etree.HTML(html)
                self.assertEqual(page.get("dir"), way)
                words = " ".join(page.itertext())
                self.assertIn("Seen on the spot", words)
                self.assertIn("Some see less", words)
                name = lines["one"].with_context(lang=lang).item_id.name
                self.assertIn(name, words)
                self.assertEqual(len(page.xpath("//img[starts-with(@src, 'data:image/svg')]")), 2)
        pdf, _kind = report.with_context(lang="ar_MA", force_report_rendering=True)._render_qweb_pdf(
            "jamaa_assessment.round_report", one.ids
        )
        self.assertTrue(pdf.startswith(b"%PDF"))
        # a rater who reads the round reads its overview too
        self.assertIn("data:image/svg", one.with_user(self.agent).summary)
