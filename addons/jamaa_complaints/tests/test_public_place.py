"""The place on the public form: quarter, pin, and a map only where one was chosen."""

import re

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .public_common import PublicComplaintCase

TILES = "https://tiles.example.org/{z}/{x}/{y}.png"


@tagged("post_install", "-at_install")
class TestPublicPlace(PublicComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.there = cls.make_commune("commune-essai-2")
        quarters = cls.env["jamaa.quarter"]
        cls.quarter = quarters.create({"name_ar": "حي النور", "name_fr": "Hay Nour", "company_id": cls.commune.id})
        cls.foreign = quarters.create({"name_ar": "حي", "name_fr": "Hay Ailleurs", "company_id": cls.there.id})

    def _policy(self, response):
        return response.headers["Content-Security-Policy"]

    def test_quarter_and_pin_are_kept(self):
        page = self.url_open(self.page_url()).text
        self.assertIn("Hay Nour", page)
        self.assertNotIn("Hay Ailleurs", page)
        self.assertIn("حي النور", self.url_open(self.page_url(lang="ar")).text)
        done = self.send(self.guard_of(page), quarter=str(self.quarter.id), latitude="33.5123456", longitude="-5.1123")
        self.assertEqual(done.status_code, 200)
        self.assertIn("Hay Nour", done.text, "read back")
        case = self.cases()
        self.assertEqual(case.quarter_id, self.quarter)
        self.assertAlmostEqual(case.latitude, 33.512346, 6)
        self.assertAlmostEqual(case.longitude, -5.1123, 6)

    def test_quarter_of_another_commune_is_refused_beside_the_field(self):
        for choice in (str(self.foreign.id), "999999999", "x' OR 1=1"):
            with self.subTest(choice):
                back = self.send(self.fresh_form(), quarter=choice)
                self.assertEqual(back.status_code, 422)
                self.assertIn('id="e-quarter"', back.text)
                self.assertIn(self.good["facts"], back.text, "nothing typed is lost")
        self.assertFalse(self.cases())

    def test_a_pin_that_is_none_is_dropped(self):
        for latitude, longitude in (("nan", "nan"), ("91", "1"), ("33.5", ""), ("x", "y"), ("inf", "1"), ("0", "0")):
            with self.subTest(f"{latitude} {longitude}"):
                before = self.cases()
                done = self.send(self.fresh_form(), latitude=latitude, longitude=longitude)
                self.assertEqual(done.status_code, 200)
                case = self.cases() - before
                self.assertEqual((len(case), case.latitude, case.longitude), (1, 0.0, 0.0))

    def test_without_tiles_nothing_comes_from_elsewhere(self):
        response = self.url_open(self.page_url())
        self.assertNotIn("https:", self._policy(response))
        self.assertNotIn("leaflet", response.text)
        self.assertNotIn("data-tiles", response.text)
        # neither where the commune has tiles, but no site whose place is known
        self.commune.map_tile_address = TILES
        response = self.url_open(self.page_url())
        self.assertNotIn("https:", self._policy(response))
        self.assertNotIn("leaflet", response.text)

    def test_with_tiles_their_host_alone_is_allowed(self):
        self.commune.write({"map_tile_address": TILES, "map_copyright": "<b>Source</b>"})
        self.env["jamaa.site"].create({"name": "A", "company_id": self.commune.id, "latitude": 33.5, "longitude": -5.1})
        response = self.url_open(self.page_url())
        policy = self._policy(response)
        self.assertEqual(re.findall(r"https?:[^\s;]*", policy), ["https://tiles.example.org"])
        self.assertRegex(policy, r"img-src 'self' https://tiles\.example\.org data:;")
        self.assertIn("script-src 'self';", policy)
        self.assertIn(f'data-tiles="{TILES}"', response.text)
        self.assertNotIn("<b>Source", response.text)
        # loaded on demand only
        self.assertNotRegex(response.text, r'<script[^>]*src="[^"]*leaflet')
        other = self.url_open(f"/c/{self.there.commune_slug}/fr/complaint")
        self.assertNotIn("https:", self._policy(other))

    def test_address_of_tiles(self):
        for wrong in (
            "http://tiles.example.org/{z}/{x}/{y}.png",
            "https://tiles.example.org/{z}/{x}.png",
            "https://tiles.example.org; script-src */{z}/{x}/{y}",
            "https://{s}.example.org/{z}/{x}/{y}.png",
            "javascript:{z}{x}{y}",
            "https://user@tiles.example.org/{z}/{x}/{y}",
        ):
            with self.subTest(wrong), self.assertRaises(ValidationError):
                self.commune.map_tile_address = wrong

    def test_others_are_told_as_a_number_alone(self):
        token = self.lodge(quarter_id=self.quarter.id).access_token
        url = self.page_url(f"complaint/done/{token}")
        for _rank in range(2):
            self.lodge(quarter_id=self.quarter.id, facts="Nobody else may read this.")
        self.assertNotIn('id="others"', self.url_open(url).text)
        self.lodge(quarter_id=self.quarter.id, facts="Nobody else may read this.")
        page = self.url_open(url).text
        self.assertRegex(page, r'id="others">\s*<bdi>3</bdi>')
        self.assertNotIn("Nobody else may read this.", page)
        self.assertNotIn('id="others"', self.url_open(self.page_url(f"case/{token}")).text)
