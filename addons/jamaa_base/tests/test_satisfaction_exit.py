"""The exit: one tap without a name, nothing to read off, nothing to flood."""

import re
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models import jamaa_satisfaction_point as point_model
from .common import CommuneCase


class ExitCase(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.site = cls.env["jamaa.site"].create({"name": "Annex", "company_id": cls.here.id})
        cls.keeper = cls._make_user("t_site", "jamaa_base.group_site_supervisor")
        cls.point = (
            cls.env["jamaa.satisfaction.point"]
            .with_user(cls.keeper)
            .create({"name": "Main exit", "site_id": cls.site.id, "company_id": cls.here.id})
        )
        cls.answers = cls.env["jamaa.satisfaction"]

    def _taps(self):
        return self.answers.search([("point_id", "=", self.point.id)], order="id")


@tagged("post_install", "-at_install")
class TestSatisfactionExit(ExitCase):
    def _crowd(self, count, value=3, point=None):
        with patch.object(point_model, "PER_MINUTE", 10_000), patch.object(point_model, "PER_HOUR", 10_000):
            for _person in range(count):
                (point or self.point)._tap(value, "192.0.2.1")
        self.env.flush_all()

    def _figures(self, level="site"):
        self.env.invalidate_all()
        summary = self.env["jamaa.satisfaction.summary"].with_user(self.director_user)
        return summary.search([("company_id", "=", self.here.id), ("level", "=", level), ("topic", "=", "reception")])

    def test_many_people_answer_about_one_place(self):
        self._crowd(3)
        self.assertEqual(self._taps().mapped("value"), [3, 3, 3])
        self.assertEqual(self._taps().site_id, self.site)

    def test_figures_grow_by_tens(self):
        self._crowd(9)
        self.assertFalse(self._figures())
        self._crowd(1, 1)
        self.assertEqual((self._figures().answers, self._figures().helped), (10, 9))
        for _more in range(9):
            self._crowd(1, 1)
            self.assertEqual((self._figures().answers, self._figures().helped), (10, 9), "one answer can be read off")
        self._crowd(1, 1)
        self.assertEqual((self._figures().answers, self._figures().helped), (20, 9))

    def test_words_keep_the_place_of_the_tap(self):
        with patch.object(point_model, "PER_MINUTE", 10_000):
            first = self.point._tap(3, "a")
        self._crowd(9)
        self._crowd(5, 1)
        self.assertEqual((self._figures().answers, self._figures().helped), (10, 10))
        self.point._add_words(first, "Thank you")
        self.assertEqual((self._figures().answers, self._figures().helped), (10, 10))

    def test_an_hour_has_its_limit_too(self):
        with patch.object(point_model, "PER_MINUTE", 10_000), patch.object(point_model, "PER_HOUR", 5):
            for _tap in range(8):
                self.point._tap(1, "192.0.2.1")
        self.assertEqual(len(self._taps().filtered("is_doubtful")), 3)

    def test_a_child_at_the_tablet_is_no_crowd(self):
        for _tap in range(30):
            self.point._tap(1, "192.0.2.1")
        self.assertEqual(len(self._taps()), 30, "nothing is thrown away")
        self.assertEqual(len(self._taps().filtered("is_doubtful")), 30 - point_model.PER_MINUTE)
        self.assertFalse(self._figures())
        self.assertEqual((self.point.answer_count, self.point.doubtful_count), (30, 30 - point_model.PER_MINUTE))

    def test_one_telephone_is_not_many_people(self):
        self.point.kind = "poster"
        with patch.object(point_model, "PER_MINUTE", 10_000):
            for _tap in range(point_model.PER_TELEPHONE + 2):
                self.point._tap(3, "192.0.2.7")
            self.point._tap(3, "192.0.2.8")
        self.assertEqual(len(self._taps().filtered("is_doubtful")), 2)

    def test_words_go_with_the_own_answer_once_and_soon(self):
        ticket, other = self.point._tap(2, "a"), self.point._tap(3, "b")
        forged = f"{ticket.partition('-')[0]}-{other.partition('-')[2]}"
        for wrong in (forged, "", "1", "x-y", f"{10**9}-{ticket.partition('-')[2]}"):
            self.assertFalse(self.point._add_words(wrong, "words"))
        self.assertFalse(self.point._add_words(ticket, "  "))
        self.assertTrue(self.point._add_words(ticket, "A long wait"))
        self.assertFalse(self.point._add_words(ticket, "and more"))
        last = self._taps()[-1]
        self.assertEqual((last.value, last.comment), (2, "A long wait"))
        self.env.cr.execute("UPDATE jamaa_satisfaction SET create_date = create_date - interval '1 hour'")
        self.answers.invalidate_model()
        self.assertFalse(self.point._add_words(other, "an hour later"))

    def test_a_revoked_address_is_dead(self):
        by_token = self.env["jamaa.satisfaction.point"]._by_token
        old = self.point.sudo().token
        self.assertEqual(by_token(self.here, old), self.point)
        self.assertFalse(by_token(self.there, old))
        self.point.with_user(self.keeper).action_new_address()
        self.assertFalse(by_token(self.here, old))
        new = self.point.sudo().token
        self.point.active = False
        self.assertFalse(by_token(self.here, new))

    def test_who_keeps_it(self):
        with self.assertRaises(AccessError):
            self.point.with_user(self.keeper).read(["token"])
        for user in (self.clerk, self.president_user):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                self.point.with_user(user).action_new_address()
        there = self._make_user("t_site_there", "jamaa_base.group_site_supervisor", company=self.there)
        self.assertFalse(self.env["jamaa.satisfaction.point"].with_user(there).search([("id", "=", self.point.id)]))

    def test_the_poster(self):
        self.point.kind = "poster"
        report = self.env["ir.actions.report"].with_user(self.keeper)
        content, _kind = report.with_context(lang="ar_MA")._render_qweb_pdf(
            "jamaa_base.satisfaction_poster", self.point.ids
        )
        self.assertEqual(content[:5], b"%PDF-")


@tagged("post_install", "-at_install")
class TestSatisfactionExitPage(ExitCase, HttpCase):
    def _address(self, lang="ar", more=""):
        return f"{self.point._public_path(lang)}{more}"

    def test_one_tap(self):
        page = self.url_open(self._address())
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("Set-Cookie", page.headers)
        self.assertFalse(self._taps(), "opening the page is no answer")
        page = self.url_open(self._address(more="/tap"), data={"value": "3"})
        self.assertEqual((page.status_code, self._taps().value), (200, 3))
        ticket = re.search(r'name="ticket" value="([^"]+)"', page.text)[1]
        page = self.url_open(self._address(more="/tap"), data={"ticket": ticket, "words": "شكرا <b>"})
        self.assertEqual(self._taps()[-1].comment, "شكرا <b>")
        self.assertIn("said=words", page.url)

    def test_junk(self):
        for data in ({"value": "9"}, {"value": "x"}, {"words": "no ticket"}, {"ticket": "1-2", "words": "forged"}):
            self.assertEqual(self.url_open(self._address(more="/tap"), data=data).status_code, 200)
        self.assertFalse(self._taps())
        path = self._address().rpartition("/")[0]
        for token in ("nothing", "x" * 200, "%00"):
            self.assertEqual(self.url_open(f"{path}/{token}").status_code, 404)
            self.assertEqual(self.url_open(f"{path}/{token}/tap", data={"value": "3"}).status_code, 404)
