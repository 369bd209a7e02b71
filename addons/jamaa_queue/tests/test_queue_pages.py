"""The telephone's page, the board and the kiosk: who sees what without a login."""

import gzip
import re
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import Form, HttpCase, tagged

from ..models.jamaa_site_queue import JamaaSite
from .forecast_common import ForecastCase

BUDGET = 30


@tagged("post_install", "-at_install")
class TestQueuePages(ForecastCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls._give(procedure=cls.procedure)
        cls.path = cls.ticket._follow_path("fr")
        cls.board, cls.kiosk = cls.env["jamaa.queue.device"].create(
            [{"name": kind, "kind": kind, "site_id": cls.annex.id, "lang": "fr_MA"} for kind in ("board", "kiosk")]
        )
        cls.board_path = cls.board._path(cls.board._new_key())
        cls.kiosk_path = cls.kiosk._path(cls.kiosk._new_key())

    def _foreign(self, path):
        return path.replace(self.here.commune_slug, self.there.commune_slug)

    def _cost(self, path):
        self.url_open(path)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.assertEqual(self.url_open(path).status_code, 200)
        return self.env.cr.sql_log_count - before

    # ---------- the telephone ----------

    def test_page_in_each_language(self):
        for lang, direction in (("ar", "rtl"), ("fr", "ltr")):
            answer = self.url_open(self.ticket._follow_path(lang))
            self.assertEqual(answer.status_code, 200)
            self.assertIn(f'dir="{direction}"', answer.text)
            self.assertIn(self.ticket.code, answer.text)
            self.assertEqual(answer.headers["Cache-Control"], "no-store")
            self.assertNotIn("Set-Cookie", answer.headers)
        self.assertEqual(self.ticket.state, "waiting", "looking changes nothing")

    def test_state(self):
        state = self.url_open(f"{self.path}/state").json()
        self.assertEqual((state["state"], state["ahead"], state["wait"]), ("waiting", 0, ""))
        self.Ticket._next_for(self.desk)
        state = self.url_open(f"{self.path}/state").json()
        self.assertEqual((state["state"], state["desk"]), ("called", "Desk 1"))
        self.assertIn("Desk 1", self.url_open(self.path).text)

    def test_the_wait_is_told(self):
        self._know()
        for _one in range(6):
            self._give(procedure=self.procedure)
        last = self._give(procedure=self.procedure)
        told = self.env["jamaa.queue.announcement"]._announce(last)
        self.assertTrue(told._told())
        self.assertTrue(self.url_open(f"{last._follow_path('fr')}/state").json()["wait"])

    def test_doors(self):
        for path in (self.path, f"{self.path}/state"):
            for wrong in (self._foreign(path), path.replace(self.ticket.sudo().token, "0" * 32)):
                with self.subTest(path=wrong):
                    self.assertEqual(self.url_open(wrong).status_code, 404)
        self.assertEqual(self.url_open(self._foreign(self.path), data={"step": "leave"}).status_code, 404)
        self.assertEqual(self.ticket.state, "waiting")

    def test_leave_and_rejoin(self):
        self.url_open(self.path, data={"step": "rejoin"})
        self.url_open(self.path, data={"step": "unlink"})
        self.assertEqual(self.ticket.state, "waiting")
        for _again in range(2):
            answer = self.url_open(self.path, data={"step": "leave"}, allow_redirects=False)
            self.assertEqual(answer.status_code, 303)
        self.ticket.invalidate_recordset()
        self.assertEqual(self.ticket.state, "left")
        self.assertEqual(len(self.ticket.event_ids.filtered(lambda one: one.kind == "left")), 1)
        other = self._give()
        for _call in range(3):
            self.Ticket._next_for(self.desk)
            other._miss()
        self.assertEqual(other.state, "no_show")
        for _again in range(2):
            self.url_open(other._follow_path("ar"), data={"step": "rejoin"})
        other.invalidate_recordset()
        self.assertEqual(other.state, "waiting")
        self.assertEqual(len(other.event_ids.filtered(lambda one: one.kind == "rejoined")), 1)

    def test_budgets(self):
        self._know()
        self.env["jamaa.queue.announcement"]._announce(self.ticket)
        for _one in range(20):
            self._give(procedure=self.procedure)
        for path in (self.path, f"{self.path}/state", self.board_path, f"{self.board_path}/state", self.kiosk_path):
            with self.subTest(path=path):
                self.assertLessEqual(self._cost(path), BUDGET)
        for path in (self.path, self.board_path, self.kiosk_path):
            text = self.url_open(path).text
            weight = len(gzip.compress(text.encode()))
            for asset in set(re.findall(r'(?:href|src)="(/jamaa_[^"]+)"', text)):
                weight += len(gzip.compress(self.url_open(asset).content))
            # Fonts, cached by the first page of all, are 100 kB of the 150.
            self.assertLess(weight, 50_000, path)

    # ---------- the board ----------

    def test_board(self):
        self.annex.with_context(lang="fr_MA").queue_message = "Fermeture à 16 h"
        self.Ticket._next_for(self.desk)
        for path in (self.board_path, f"{self.board_path}/state", f"{self.board_path}/state?waits=1"):
            answer = self.url_open(path)
            self.assertEqual(answer.status_code, 200)
            self.assertEqual(answer.headers["Cache-Control"], "no-store")
            self.assertIn(self.ticket.code, answer.text)
            self.assertIn("Desk 1", answer.text)
            self.assertNotIn(self.ticket.sudo().token, answer.text)
        self.assertIn("Fermeture", self.url_open(self.board_path).text)
        self.assertIn('dir="rtl"', self.url_open(self.board_path.replace("/fr/", "/ar/")).text)

    def test_keys(self):
        for path, kind in ((self.board_path, "board"), (self.kiosk_path, "kiosk")):
            other = "kiosk" if kind == "board" else "board"
            for wrong in (f"{path[:-1]}x", self._foreign(path), path.replace(f"/{kind}/", f"/{other}/")):
                with self.subTest(path=wrong):
                    self.assertEqual(self.url_open(wrong).status_code, 404)
        self.assertEqual(self.url_open(f"{self.board_path[:-1]}x/state").status_code, 404)
        key = self.board_path.rsplit("/", 1)[1]
        self.assertNotEqual(self.board.sudo().key_hash, key, "only the hash is kept")
        self._as(self.supervisor, self.board).action_revoke()
        self.assertEqual(self.url_open(self.board_path).status_code, 404)
        self.assertEqual(self.url_open(f"{self.board_path}/state").status_code, 404)
        action = self._as(self.supervisor, self.board).action_new_key()
        fresh = self.board.sudo().get_base_url()
        address = action["context"]["default_address"]
        self.assertEqual(self.url_open(address.removeprefix(fresh)).status_code, 200)
        shown = self.env["jamaa.queue.device.key"].with_user(self.supervisor).with_context(**action["context"])
        with Form(shown) as form:
            self.assertEqual(form.address, address)
        self.assertFalse(form.record.browse(form.record.id).with_context({}).address, "shown, never stored")
        self.assertEqual(self.url_open(self.board_path).status_code, 404, "the old one stays shut")
        self.board.active = False
        self.assertEqual(self.url_open(address.removeprefix(fresh)).status_code, 404)

    def test_who_makes_keys(self):
        for user in (self.agent, self.far_agent, self.clerk_a):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user, self.board).action_new_key()
        other = self.env["jamaa.queue.device"].create({"name": "Far away", "site_id": self.headquarters.id})
        with self.assertRaises(AccessError):
            self._as(self.supervisor, other).action_new_key()
        with self.assertRaises(AccessError):
            self._as(self.supervisor, self.board).read(["key_hash"])

    # ---------- the kiosk ----------

    def test_kiosk_gives_one_number_for_one_tap(self):
        with patch.object(JamaaSite, "_queue_closed", lambda _self, _now: False):
            page = self.url_open(self.kiosk_path).text
            tap = re.search(r'name="tap" value="([0-9a-f]{32})"', page).group(1)
            self.assertIn(f'value="p:{self.procedure.id}"', page)
            before = self.Ticket.search_count([])
            data = {"code": f"p:{self.procedure.id}", "tap": tap}
            answers = [self.url_open(self.kiosk_path, data=data, allow_redirects=False) for _again in range(2)]
            self.assertEqual([one.status_code for one in answers], [303, 303])
            self.assertEqual(answers[0].headers["Location"], answers[1].headers["Location"])
            self.assertEqual(self.Ticket.search_count([]), before + 1)
            ticket = self.Ticket.search([], limit=1)
            self.assertEqual((ticket.channel, ticket.lang), ("kiosk", "fr_MA"))
            given = f"{self.kiosk_path}/{ticket.sudo().token}"
            page = self.url_open(given).text
            self.assertIn(ticket.code, page)
            self.assertIn("data:image/svg+xml", page)
            picture = self.url_open(f"{given}/ticket.png")
            self.assertEqual(picture.headers["Content-Type"], "image/png")
            # A ticket of reception is not shown by the kiosk, nor by another commune's address.
            for wrong in (f"{self.kiosk_path}/{self.ticket.sudo().token}", self._foreign(given)):
                self.assertEqual(self.url_open(wrong).status_code, 404)
            refused = self.url_open(self.kiosk_path, data={"code": "q:999999", "tap": "x" * 32})
            self.assertEqual(refused.status_code, 422)
            self.assertEqual(self.url_open(self._foreign(self.kiosk_path), data=data).status_code, 404)

    def test_kiosk_when_closed(self):
        with patch.object(JamaaSite, "_queue_closed", lambda _self, _now: "Closed today."):
            page = self.url_open(self.kiosk_path).text
            self.assertIn("Closed today.", page)
            self.assertNotIn('name="tap"', page)
            data = {"code": f"q:{self.queue_a.id}", "tap": "y" * 32}
            self.assertEqual(self.url_open(self.kiosk_path, data=data).status_code, 422)

    # ---------- reception ----------

    def test_reception_tells_the_wait_and_prints_the_code(self):
        self._know()
        given = self._reception().issue_give(self.annex.id, [f"p:{self.procedure.id}"])
        words = self._reception().issue_announce(given["id"])
        self.assertTrue(words)
        self.assertEqual(self._reception().issue_announce(given["id"]), words)
        with self.assertRaises(AccessError):
            self._reception(self.clerk_a).issue_announce(given["id"])
        coded = self._reception().issue_picture(given["id"])
        self.annex.queue_qr = False
        self.assertLess(len(self._reception().issue_picture(given["id"])), len(coded))
