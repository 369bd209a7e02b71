"""The citizen's page of a request and its receipt."""

from odoo.tests import HttpCase, tagged

from .request_common import NAME, RequestCase


@tagged("post_install", "-at_install")
class TestRequestPublic(RequestCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].sudo().set_param("jamaa_base.proof_bits", "4")
        cls.request = cls._take(brought=1, identity={"phone": "0612345678"})
        cls.path = cls.request._public_path("fr")

    def test_page_in_each_language(self):
        for lang, direction in (("ar", "rtl"), ("fr", "ltr"), ("zgh", "ltr")):
            answer = self.url_open(self.request._public_path(lang))
            self.assertEqual(answer.status_code, 200)
            self.assertIn(f'dir="{direction}"', answer.text)
            self.assertNotIn(NAME, answer.text)
            self.assertNotIn("0612345678", answer.text)
            self.assertIn(self.request.number, answer.text)
            self.assertEqual(answer.headers["Cache-Control"], "no-store")
        page = self.url_open(self.path).text
        self.assertIn("Contrat de bail", page)
        self.assertNotIn(self.request._public_pin(), page)

    def test_doors(self):
        self.assertEqual(self.url_open(self.path + "x").status_code, 404)
        self.assertEqual(self.url_open(f"/c/{self.here.commune_slug}/fr/request/junk").status_code, 404)
        far = self.path.replace(self.here.commune_slug, self.there.commune_slug)
        self.assertEqual(self.url_open(far).status_code, 404)
        for tail in ("/receipt", "/asked"):
            self.assertEqual(self.url_open(far + tail).status_code, 404)
        # a clerk's private note is not there
        self.request.sudo().note = "SECRET-NOTE"
        self.assertNotIn("SECRET-NOTE", self.url_open(self.path).text)

    def test_code_and_pin_lead_there(self):
        url = f"/c/{self.here.commune_slug}/fr/follow"
        good = {"code": self.request._public_code_shown(), "pin": self.request.sudo()._public_pin()}
        answer = self.url_open(url, data=good, allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(answer.headers["Location"].endswith(self.path))
        wrong = self.url_open(url, data={**good, "pin": "000000"}, allow_redirects=False)
        self.assertEqual(wrong.status_code, 422)

    def test_receipt(self):
        answer = self.url_open(self.path + "/receipt")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertTrue(answer.content.startswith(b"%PDF"))

    def test_query_budget(self):
        self.url_open(self.path)
        with self.assertQueryCount(30):
            self.url_open(self.path)

    def test_satisfaction_after_handing_over(self):
        self.url_open(self.path + "/satisfaction", data={"value": "3"})
        satisfaction = self.env["jamaa.satisfaction"].sudo()
        self.assertFalse(satisfaction._current(self.request), "not before")
        request = self._take()
        self._as(self.agent, request)._deliver()
        path = request._public_path("fr")
        answer = self.url_open(path + "/satisfaction", data={"value": "3"}, allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(satisfaction._current(request).value, 3)
        self.assertIn("satisfaction", self.url_open(path).text)

    def test_collect_with_hours(self):
        request = self._decided()
        self._as(self.worker, request)._set_ready(self.annex)
        page = self.url_open(request._public_path("fr")).text
        self.assertIn('id="collect"', page)
        self.assertRegex(page, r"\d\d:\d\d–\d\d:\d\d")
