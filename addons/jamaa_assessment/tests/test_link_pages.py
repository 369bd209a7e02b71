"""The pages behind the link of a seat, by HTTP: what they show, keep, refuse and hand in."""

import re
from datetime import timedelta

from lxml import html as lxml_html

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..controllers.assessment import MAX_PAGE
from .common import AssessmentCase


@tagged("post_install", "-at_install")
class TestLinkPages(HttpCase, AssessmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.here.commune_slug = "test-here"
        cls.one = cls._round([cls.agent], paper=1, answer_until=cls._day(2), date=cls._day(3))
        cls.seat = cls.one.rater_ids.filtered(lambda rater: not rater.user_id)
        cls.seat.write({"email": "citizen@example.org", "role": "citizen"})
        cls.survey = cls.env["survey.survey"]._assessment_of(cls.version)
        cls.questions = {
            question.assessment_item_id.key: question
            for question in cls.survey.question_and_page_ids
            if not question.is_page
        }

    def _path(self, page="", lang="fr", seat=None):
        path = (seat or self.seat)._link_path(lang)
        self.env.flush_all()
        return f"{path}/{page}" if page else path

    def _get(self, page="", lang="fr", status=200, seat=None):
        answer = self.url_open(self._path(page, lang, seat))
        self.assertEqual(answer.status_code, status)
        return lxml_html.fromstring(answer.text)

    def _token(self, page="", seat=None):
        return self._get(page, seat=seat).xpath("//input[@name='form_token']/@value")[0]

    def _choice(self, key, answer):
        choices = self.questions[key].suggested_answer_ids
        return choices.filtered(lambda choice: choice.assessment_answer == answer).id

    def _fields(self, **answers):
        return {f"a-{self.questions[key].id}": self._choice(key, answer) for key, answer in answers.items()}

    def _post(self, page, token=None, follow=False, **values):
        data = {"form_token": self._token(page) if token is None else token, **values}
        return self.url_open(self._path(page), data=data, allow_redirects=follow)

    def _given(self):
        self.env.invalidate_all()
        return {self.env["jamaa.assessment.item"].browse(item).key: given for item, given in self.seat._given().items()}

    def _answer_all(self):
        self._post(1, **self._fields(one="2", two="na"), go="next")
        self._post(2, **self._fields(three="4", duty="yes"), go="next")

    # ---- the way through ----

    def test_front_page_in_both_languages(self):
        for lang, way in (("ar", "rtl"), ("fr", "ltr")):
            with self.subTest(lang):
                page = self._get(lang=lang)
                self.assertEqual(page.get("dir"), way)
                words = page.text_content()
                self.assertIn(self.grid.with_context(lang=f"{lang}_MA").name, words)
                self.assertIn("0 / 4", words)
                page = self._get(1, lang=lang)
                words = page.text_content()
                for text in (self.items["one"].with_context(lang=f"{lang}_MA").anchor_3,):
                    self.assertIn(text, words)
                self.assertEqual(len(page.xpath("//input[@type='radio']")), 6 + 7)
        self.assertFalse(self.seat._notes(), "reading a page keeps nothing")

    def test_answer_stop_come_back_and_hand_in(self):
        answer = self._post(
            1, **self._fields(one="2"), **{f"c-{self.questions['one'].id}": "  vu sur place\r\nhier "}, go="stop"
        )
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(answer.headers["Location"].endswith(self._path()))
        self.assertEqual(self._given(), {"one": ("2", "vu sur place\nhier")})
        page = self._get(1)
        self.assertEqual(
            page.xpath("//input[@checked]/@value"), [str(self._choice("one", "2"))], "what was chosen is shown again"
        )
        self.assertIn("1 / 4", self._get().text_content())
        # another channel counts only what was handed in
        self.assertFalse(self.env["jamaa.assessment.score"].search_count([("rater_id", "=", self.seat.id)]))
        answer = self._post("1", **self._fields(one="3", two="na"), go="next")
        self.assertTrue(answer.headers["Location"].endswith("/2"))
        self._post(2, **self._fields(three="4", duty="no"), go="next")
        answer = self._post("finish", token=self._token(), follow=True)
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(lxml_html.fromstring(answer.text).xpath("//form[contains(@action, '/again')]"))
        self.env.invalidate_all()
        self.assertTrue(self.seat.finished_on)
        scores = self.env["jamaa.assessment.score"].search([("rater_id", "=", self.seat.id)])
        self.assertEqual(
            {score.item_id.key: (score.answer, score.comment) for score in scores},
            {
                "one": ("3", False),
                "two": ("na", False),
                "three": ("4", False),
                "duty": ("no", False),
            },
        )
        self.assertEqual(self.seat._notes().state, "done")

    def test_finished_shows_thanks_and_nothing_of_the_answers(self):
        self._answer_all()
        token = self._token()
        self._post("finish", token=token)
        words = self._get().text_content()
        self.assertNotIn("/ 4", words)
        self.assertFalse(self._get(1).xpath("//input[@type='radio']"))
        # an old page sent again changes nothing
        self._post(1, token=token, **self._fields(one="5"))
        self._post("finish", token=token)
        self.assertEqual(self._given()["one"][0], "2")
        score = self.env["jamaa.assessment.score"].search(
            [("rater_id", "=", self.seat.id), ("item_id", "=", self.items["one"].id)]
        )
        self.assertEqual(score.answer, "2")
        # taken up again, changed, handed in again: the same rows
        self._post("again", token=token)
        self.env.invalidate_all()
        self.assertFalse(self.seat.finished_on)
        self._post(1, **self._fields(one="5", two="na"))
        self._post("finish", token=self._token())
        self.env.invalidate_all()
        self.assertEqual(score.answer, "5")

    def test_nothing_is_handed_in_while_an_item_is_open(self):
        self._post(1, **self._fields(one="2", two="na"))
        answer = self._post("finish", token=self._token(1))
        self.assertEqual(answer.status_code, 422)
        self.env.invalidate_all()
        self.assertFalse(self.seat.finished_on)
        self.assertFalse(self.env["jamaa.assessment.score"].search_count([("rater_id", "=", self.seat.id)]))

    def test_the_newer_of_two_ways_stands(self):
        """Who has a login may begin in the tool and go on by the link."""
        seat = self._seat(self.one, self.agent)
        seat.answer(self.items["one"].id, "1", "in the tool")
        seat.answer(self.items["three"].id, "1")
        self.env.cr.execute(
            "UPDATE jamaa_assessment_score SET write_date = %s WHERE rater_id = %s",
            (fields.Datetime.now() - timedelta(hours=1), seat.id),
        )
        self.env.invalidate_all()
        link = self.one.rater_ids.filtered("user_id")
        token = self._token(1, seat=link)
        self.assertIn("in the tool", self._get(1, seat=link).text_content())
        self.url_open(
            self._path(1, seat=link), data={"form_token": token, **self._fields(one="4")}, allow_redirects=False
        )
        self.env.invalidate_all()
        given = link._given()
        self.assertEqual(given[self.items["one"].id], ("4", False))
        self.assertEqual(given[self.items["three"].id][0], "1")
        self.env.cr.execute(
            "UPDATE jamaa_assessment_score SET write_date = %s WHERE rater_id = %s",
            (fields.Datetime.now() + timedelta(hours=1), seat.id),
        )
        self.env.invalidate_all()
        self.assertEqual(link._given()[self.items["one"].id][0], "1")

    # ---- what is refused ----

    def test_unknown_links_look_alike(self):
        token = self.seat._link_token()
        self.there.commune_slug = "test-there"
        self.env.flush_all()
        for path in (
            f"/c/test-there/fr/assessment/{token}",
            f"/c/test-there/fr/assessment/{token}/1",
            "/c/test-here/fr/assessment/" + "x" * 22,
            "/c/test-here/fr/assessment/short",
            f"/c/test-here/fr/assessment/{token}/0",
            f"/c/test-here/fr/assessment/{token}/3",
            f"/c/test-here/fr/assessment/{token}/99999999",
        ):
            with self.subTest(path):
                self.assertEqual(self.url_open(path).status_code, 404)
        form = self._token(1)
        for path in (f"/c/test-there/fr/assessment/{token}/1", f"/c/test-there/fr/assessment/{token}/finish"):
            with self.subTest(path):
                self.assertEqual(self.url_open(path, data={"form_token": form}).status_code, 404)
        self.assertFalse(self.seat._notes())

    def test_renewed_link(self):
        old = self._path()
        self.seat.with_user(self.facilitator).action_renew_link()
        self.env.flush_all()
        self.assertEqual(self.url_open(old).status_code, 404)
        self.assertEqual(self.url_open(self._path()).status_code, 200)

    def test_bad_values(self):
        name = f"a-{self.questions['one'].id}"
        foreign = self._choice("two", "na")
        for value in (str(foreign), "999999999", "0", "-1", "x", "1e3", "٣", "9" * 40, "1 OR 1=1"):
            with self.subTest(value):
                answer = self._post(1, **{name: value})
                self.assertEqual(answer.status_code, 422)
                self.assertFalse(self.seat._notes(), "nothing half-written")
        # a question of another page, or of none, is not looked at
        self._post(1, **self._fields(three="4"), **{"a-1": "1", "rater_id": "1", "round_id": "1"})
        self.assertEqual(self._given(), {})

    def test_words_are_kept_as_words(self):
        name = f"c-{self.questions['one'].id}"
        self._post(1, **self._fields(one="2"), **{name: "<script>alert(1)</script>\u202e" + "ب" * 5000})
        comment = self._given()["one"][1]
        self.assertEqual(len(comment), 2000)
        self.assertNotIn("\u202e", comment)
        page = self._get(1)
        self.assertFalse(page.xpath("//main//script"))
        self.assertIn("<script>", page.xpath(f"//textarea[@name='{name}']")[0].text)

    def test_oversized(self):
        answer = self._post(1, x="y" * (MAX_PAGE + 1000))
        self.assertGreaterEqual(answer.status_code, 400)
        self.assertFalse(self.seat._notes())

    def test_without_a_page_of_ours(self):
        for token in ("", "x", "1.0.0.x.y"):
            with self.subTest(token):
                self.assertEqual(self._post(1, token=token, **self._fields(one="2")).status_code, 422)
        self.assertFalse(self.seat._notes())
        # what was chosen comes back with the page that was refused
        answer = self._post(1, token="x", **self._fields(one="2"))
        self.assertEqual(
            lxml_html.fromstring(answer.text).xpath("//input[@checked]/@value"), [str(self._choice("one", "2"))]
        )

    def test_too_many(self):
        token = self._token(1)
        scope = self.env["jamaa.throttle"]
        scope.sudo().create(
            [{"scope": "assessment", "key_hash": scope._hash("assessment", self.seat.id)} for _one in range(300)]
        )
        self.assertEqual(self._post(1, token=token, **self._fields(one="2")).status_code, 429)

    def test_closed_draft_and_late(self):
        token = self._token(1)
        for state, until in (("draft", 2), ("consensus", 2), ("validated", 2), ("individual", -1)):
            with self.subTest(state):
                self.one.sudo().state = state
                self.one.write({"answer_until": self._day(until)})
                self.env.flush_all()
                self.assertFalse(self._get().xpath("//a[contains(@class, 'jm-button')]"))
                self.assertFalse(self._get(1).xpath("//input[@type='radio']"))
                self.assertEqual(self._post(1, token=token, **self._fields(one="2")).status_code, 303)
                self._post("finish", token=token)
                self.env.invalidate_all()
                self.assertFalse(self.seat._notes())
                self.assertFalse(self.seat.finished_on)

    # ---- what it costs ----

    def test_headers_and_weight(self):
        answer = self.url_open(self._path(1))
        self.assertIn("no-store", answer.headers["Cache-Control"])
        self.assertNotIn("Set-Cookie", answer.headers)
        weight = len(answer.content)
        for link in re.findall(r'(?:href|src)="(/jamaa_base/static/[^"]+)"', answer.text):
            weight += len(self.url_open(link).content)
        self.assertLess(weight, 150 * 1024)
