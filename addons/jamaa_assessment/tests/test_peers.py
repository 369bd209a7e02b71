"""The band of peers: from five on, without names, and never the step of one commune."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import item
from .peer_common import DATES, PeerCase


@tagged("post_install", "-at_install", "security")
class TestPeers(PeerCase):
    def test_four_five_six(self):
        for count, levels, expected in (
            (4, "1234", None),
            (5, "12344", (2, 3, 4)),
            (6, "123445", (2, 3.5, 4)),
        ):
            with self.subTest(count=count), self.env.cr.savepoint() as savepoint:
                self.dates = iter(DATES)
                for company, level in zip(self.peers, levels, strict=False):
                    self._put_in(company, one=level)
                self._next_month()
                self.assertEqual(self._band(), expected)
                self.env.flush_all()
                savepoint.rollback()
                self.env.invalidate_all()

    def test_the_own_round_is_no_peer(self):
        for company in self.peers[:4]:
            self._put_in(company, one="3")
        self._put_in(self.here, one="5")
        self._next_month()
        self.assertIsNone(self._band(), "here has four others")
        self.assertEqual(self._band(self.there), (3, 3, 3), "there has five")

    def test_nothing_moves_between_fixed_dates(self):
        for company in self.peers[:5]:
            self._put_in(company, one="2")
        self.assertIsNone(self._band())
        self._next_month()
        for company in self.peers[5:]:
            self._put_in(company, one="5")
        self.assertEqual(self._band(), (2, 2, 2))
        self.env["jamaa.assessment.pool"]._take(self.env["jamaa.assessment.pool"].search([], limit=1).date)
        self.assertEqual(self._band(), (2, 2, 2), "a day that was noted stays")
        self._next_month()
        self.assertEqual(self._band(), (2, 2, 3.5))

    def test_one_that_comes_does_not_move_it(self):
        for company in self.peers[:5]:
            self._put_in(company, one="1")
        self._next_month()
        self._put_in(self.peers[5], one="5")
        self._next_month()
        self.assertEqual(self._band(), (1, 1, 1))
        # newly cut criteria or a second look do not get around it either
        reworded = self._grid(self.here, code="test-grid").version_id
        self.assertEqual(self._band(version=reworded), (1, 1, 1))
        self._put_in(self.peers[6], one="5")
        self._next_month()
        self.assertEqual(self._band(), (1, 1, 3))

    def test_one_that_goes_hides_it(self):
        rows = [self._put_in(company, one="1") for company in self.peers[:6]]
        self._next_month()
        self.assertEqual(self._band(), (1, 1, 1))
        rows[0].action_withdraw()
        self.assertEqual(self._band(), (1, 1, 1), "until the next fixed date")
        self._next_month()
        self.assertIsNone(self._band())
        self._next_month()
        self.assertIsNone(self._band())
        self._put_in(self.peers[6], one="5")
        self._next_month()
        self.assertEqual(self._band(), (1, 1, 1))

    def test_one_that_leaves_the_programme_hides_it(self):
        for company in self.peers[:6]:
            self._put_in(company, one="1")
        self._next_month()
        member = self.programme.member_ids.filtered(lambda row: row.company_id == self.peers[0])
        member.date_to = self._day(-1)
        self._next_month()
        self.assertIsNone(self._band())
        self.assertEqual(self.env["jamaa.assessment.pool"]._bands_of(self.peers[0], self.version)["date"], None)

    def test_a_newer_round_of_one_commune_does_not_move_it(self):
        for company in self.peers[:5]:
            self._put_in(company, one="1")
        self._next_month()
        newer = self._put_in(self.peers[0], one="5")
        self._next_month()
        self.assertEqual(self._band(), (1, 1, 1))
        self.assertEqual(newer.search_count([("state", "=", "open")]), 1)
        self.assertEqual(newer.search([("state", "=", "replaced")]).company_id, self.peers[0])

    def test_only_the_same_words_are_compared(self):
        other = self._grid(self.peers[0], criteria=[
            {"key": "first", "name": {"ar": "س"}, "items": [item("one", text={"ar": "غير ذلك"}), item("two")]}
        ]).version_id  # fmt: skip
        self._put_in(self.peers[0], other, one="5", two="4")
        for company in self.peers[1:5]:
            self._put_in(company, one="3", two="4")
        self._next_month()
        self.assertIsNone(self._band(key="one"), "four read the same words")
        self.assertEqual(self._band(key="two"), (4, 4, 4))
        found = self.env["jamaa.assessment.pool"]._bands_of(self.here, self.version)
        keys = {criterion.key: criterion.id for criterion in self.version.criterion_ids}
        # the fifth answers one of two items of the first criterion: not enough for a score
        self.assertNotIn(keys["first"], found["criteria"])
        self.assertNotIn(keys["second"], found["criteria"])

    def test_criteria(self):
        for company, level in zip(self.peers, "12345", strict=False):
            self._put_in(company, one=level, two=level, three=level)
        self._next_month()
        found = self.env["jamaa.assessment.pool"]._bands_of(self.here, self.version)
        bands = {
            self.env["jamaa.assessment.criterion"].browse(key).key: band for key, band in found["criteria"].items()
        }
        self.assertEqual(
            {key: band[:3] for key, band in bands.items()}, dict.fromkeys(("first", "second"), (60, 40, 80))
        )

    def test_screen_and_paper(self):
        one = self._validated(self.here, one="4")
        self.assertIn("no band yet", one.with_user(self.facilitator).peer_summary)
        for company in self.peers[:5]:
            self._put_in(company, one="3")
        self._next_month()
        one.invalidate_recordset()
        shown = one.with_user(self.facilitator).peer_summary
        self.assertIn("3 – 3", shown)
        report = self.env["ir.actions.report"].with_user(self.director_user).with_context(lang="fr_MA")
        html, _kind = report._render_qweb_html("jamaa_assessment.round_report", one.ids)
        self.assertIn("3 – 3", html.decode())
        for company in self.peers:
            self.assertNotIn(company.name, shown)
            self.assertNotIn(company.name, html.decode())

    def test_who_still_answers_sees_no_band(self):
        one = self._validated(self.here, one="4")
        self._round([self.director_user])
        self.assertFalse(one.with_user(self.director_user).sudo(False).peer_summary)

    # ---------- doors ----------

    def test_doors(self):
        row = self._put_in(self.peers[0], one="1").sudo()
        self._next_month()
        pool = self.env["jamaa.assessment.pool"].search([("programme_id", "=", self.programme.id)])
        portal = new_test_user(self.env, login="p_portal", groups="base.group_portal")
        admin = self._make_user("p_admin", "base.group_system,jamaa_base.group_director", self.there)
        for user in (self.facilitator, self.facilitator_there, self.admin_user, self.team, portal, admin):
            with self.subTest(user.login):
                for record, name in ((row, "company_id"), (row, "levels"), (pool, "copies")):
                    with self.assertRaises(AccessError):
                        record.with_user(user).read([name])
                with self.assertRaises(AccessError):
                    pool.with_user(user).search([])
                Peer = row.with_user(user)
                try:
                    found = Peer.search([("id", "=", row.id)]) or Peer.formatted_read_group(
                        [("id", "=", row.id)], ["company_id"], ["__count"]
                    )
                except AccessError:
                    found = []
                self.assertFalse(found)
        own = row.with_user(self.directors[self.peers[0]])
        self.assertTrue(own.read(["round_id"]))
        with self.assertRaises(AccessError):
            own.read(["levels"])
        with self.assertRaises(AccessError):
            own.unlink()
        for change in (lambda: own.write({"withdrawn_on": False}), lambda: row.write({"levels": "{}"}), row.unlink):
            with self.assertRaises(UserError):
                change()

    def test_who_puts_in_and_takes_out(self):
        one = self._validated(self.here)
        for user in (self.facilitator, self.admin_user, self.facilitator_there, self.team):
            with self.subTest(user.login), self.assertRaises(AccessError):
                one.with_user(user).env["jamaa.assessment.peer"]._contribute(one.with_user(user), self.programme)
        row = self._put_in(self.here)
        with self.assertRaises(AccessError):
            row.with_user(self.facilitator).action_withdraw()
        row.action_withdraw()
        self.assertEqual(row.state, "withdrawn")
        with self.assertRaises(UserError):
            row.action_withdraw()
        kinds = self.env["jamaa.register.entry"].search([("res_model", "=", row._name), ("res_id", "=", row.id)])
        self.assertEqual(sorted(kinds.mapped("kind_code")), ["share_published", "share_withdrawn"])

    def test_only_a_member_and_only_validated(self):
        running = self._round([self.agent], start=False).with_user(self.director_user)
        with self.assertRaisesRegex(UserError, "validated"):
            running.env["jamaa.assessment.peer"]._contribute(running, self.programme)
        foreign = self.env["jamaa.programme"].create({"name": "Q", "company_id": self.programme_company.id})
        one = self._validated(self.here).with_user(self.director_user)
        with self.assertRaisesRegex(UserError, "not a member"):
            one.env["jamaa.assessment.peer"]._contribute(one, foreign)
