"""Help among communes: a number before, two names after, and no door between."""

import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .peer_common import PeerCase

HELP, SIDE, STEP = "jamaa.assessment.help", "jamaa.assessment.help.side", "jamaa.assessment.help.step"
MATCH, FOLLOWUP = "jamaa.assessment.help.match", "jamaa.assessment.help.followup"
WORDS = "we have a good desk"


class HelpCase(PeerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.giver, cls.second, cls.stranger = cls.peers[:3]

    def _declare(self, company, kind, level=None, key="one"):
        level = level or {"offer": "4", "ask": "1"}[kind]
        line = self._validated(company, **{key: level}).consensus_ids.filtered(lambda line: line.item_id.key == key)
        user = self.directors[company]
        return (
            self.env[HELP].with_user(user).create({"line_id": line.id, "kind": kind, "note": f"{WORDS} {company.id}"})
        )

    def _met(self):
        offer = self._declare(self.giver, "offer")
        ask = self._declare(self.here, "ask")
        ask.action_request()
        return ask, offer, ask.side_ids, offer.side_ids


@tagged("post_install", "-at_install", "security")
class TestHelp(HelpCase):
    def test_levels(self):
        for kind, level, fits in (
            ("offer", "3", False), ("offer", "4", True), ("offer", "5", True), ("offer", "na", False),
            ("ask", "2", True), ("ask", "0", True), ("ask", "3", False), ("ask", "na", False),
        ):  # fmt: skip
            with self.subTest(kind=kind, level=level), self.env.cr.savepoint() as savepoint:
                if fits:
                    self.assertEqual(self._declare(self.there, kind, level, key="two").state, "open")
                else:
                    with self.assertRaises(UserError):
                        self._declare(self.there, kind, level, key="two")
                self.env.flush_all()
                savepoint.rollback()
                self.env.invalidate_all()

    def test_only_from_a_validated_round(self):
        one = self._round([self.agent, self.member])
        for user in (self.agent, self.member):
            self._answer(self._seat(one, user), one="1", two="1", three="1", duty="yes")
        line = self._agreed(one)["one"]
        with self.assertRaisesRegex(UserError, "validated"):
            self.env[HELP].with_user(self.director_user).create({"line_id": line.id, "kind": "ask"})

    def test_numbers_without_names(self):
        ask = self._declare(self.here, "ask")
        self.assertEqual(ask.other_count, 0)
        for company in (self.giver, self.second):
            self._declare(company, "offer")
        self._declare(self.stranger, "ask")
        self.env.invalidate_all()
        self.assertEqual(ask.other_count, 2)
        outside = self._make_commune("outside")
        self._join(outside, self.env["jamaa.programme"].create({"name": "Q", "company_id": self.programme_company.id}))
        user = self._make_user("h_outside", "jamaa_base.group_director", outside)
        self._make_holder(self._make_function("director", outside), user)
        self.directors[outside] = user
        self._declare(outside, "offer")
        del self.directors[outside]
        self.env.invalidate_all()
        self.assertEqual(ask.other_count, 2, "another programme")

    def test_the_list_costs_the_same_for_few_and_many(self):
        for key in ("one", "two", "three"):
            self._declare(self.here, "ask", key=key)
            self._declare(self.giver, "offer", key=key)
        Help = self.env[HELP].with_user(self.director_user)
        names = {"kind": {}, "line_id": {"fields": {"display_name": {}}}, "other_count": {}, "state": {}}

        def cost(limit):
            Help.web_search_read([], names, limit=limit)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows = Help.web_search_read([], names, limit=limit)["records"]
            self.assertEqual([row["other_count"] for row in rows], [1] * limit)
            return self.env.cr.sql_log_count - before

        few, many = cost(1), cost(3)
        self.assertEqual(few, many)
        self.assertLessEqual(many, 20)

    def test_names_only_when_both_accept(self):
        ask, offer, asking, asked = self._met()
        self.assertEqual((asking.state, asked.state), ("waiting", "asked"))
        for side in (asking, asked):
            self.assertEqual((side.other_name, side.other_contact, side.other_note), (False, False, False))
        with self.assertRaises(UserError):
            asking.action_accept()
        asked.action_accept()
        self.env.invalidate_all()
        self.assertEqual((asking.state, asked.state), ("agreed", "agreed"))
        self.assertEqual(asking.other_name, self.giver.display_name)
        self.assertEqual(asked.other_name, self.here.display_name)
        self.assertEqual(asking.other_note, f"{WORDS} {self.giver.id}")
        with self.assertRaisesRegex(UserError, "moved on"):
            asked.action_decline()
        with self.assertRaisesRegex(UserError, "has read"):
            offer.note = "otherwise"
        self.assertEqual(ask.step_ids.mapped("event"), ["declared", "requested", "agreed"])
        self.assertEqual(offer.step_ids.mapped("event"), ["declared", "asked", "agreed"])
        # who of the other commune did it is not written down
        self.assertEqual(offer.step_ids.user_id, self.directors[self.giver])
        self.assertEqual(ask.step_ids.user_id, self.director_user)

    def test_tasks_name_nobody(self):
        offer = self._declare(self.giver, "offer")
        one = offer.sudo().round_id
        one.facilitator_id = self.directors[self.giver]
        self._declare(self.here, "ask").action_request()
        task = one.activity_ids
        self.assertEqual((task.user_id, task.create_uid), (self.directors[self.giver], self.env.ref("base.user_root")))
        told = json.dumps(task.read(), default=str)
        told += json.dumps(
            self.env["mail.message"].search([("model", "=", one._name), ("res_id", "=", one.id)]).read(), default=str
        )
        for words in (self.here.name, self.director_user.name, f"{WORDS} {self.here.id}"):
            self.assertNotIn(words, told)

    def test_declined(self):
        _ask, _offer, asking, asked = self._met()
        asked.action_decline()
        self.env.invalidate_all()
        self.assertEqual((asking.state, asked.state), ("declined", "declined"))
        self.assertFalse(asking.other_name or asked.other_name)
        with self.assertRaisesRegex(UserError, "not been asked"):
            asking.help_id.action_request()

    def test_withdrawn_before_acceptance(self):
        ask, _offer, asking, asked = self._met()
        asking.action_withdraw()
        self.env.invalidate_all()
        self.assertEqual(asked.state, "withdrawn")
        with self.assertRaises(UserError):
            asked.action_accept()
        self.assertFalse(asked.other_name)
        ask.action_withdraw()
        with self.assertRaises(UserError):
            ask.action_withdraw()

    def test_a_withdrawn_offer_ends_what_is_open_and_keeps_what_was_agreed(self):
        ask, offer, asking, asked = self._met()
        asked.action_accept()
        later = self._declare(self.second, "ask")
        later.action_request()
        offer.action_withdraw()
        self.env.invalidate_all()
        self.assertEqual(asking.state, "agreed")
        self.assertEqual(later.side_ids.state, "withdrawn")
        self.assertEqual(ask.other_count, 0)

    def test_who_speaks_for_the_commune(self):
        ask, _offer, _asking, asked = self._met()
        facilitator = self._make_user("h_facilitator", "jamaa_base.group_facilitator", self.giver)
        with self.assertRaises(AccessError):
            asked.with_user(facilitator).action_accept()
        with self.assertRaises(AccessError):
            ask.with_user(self.facilitator).action_request()
        with self.assertRaises(AccessError):
            asked.with_user(self.director_user).action_accept()

    def test_what_followed(self):
        ask, _offer, asking, asked = self._met()
        vals = {"side_id": asking.id, "kind": "visit", "note": "Their desk", "outcome": "A sign at the door"}
        Followup = self.env[FOLLOWUP].with_user(self.director_user)
        with self.assertRaisesRegex(UserError, "both communes"):
            Followup.create(vals)
        asked.action_accept()
        row = Followup.create({**vals, "by_us": False})
        self.assertTrue(row.by_us)
        self.env.invalidate_all()
        self.assertEqual((asked.followup_ids.outcome, asked.followup_ids.by_us), ("A sign at the door", False))
        self.assertEqual(self.env[HELP]._exchanged_items(self.here, "test-grid"), {"one": 1})
        self.assertEqual(self.env[HELP]._exchanged_items(self.giver, "test-grid"), {"one": 1})
        self.assertEqual(self.env[HELP]._exchanged_items(self.second, "test-grid"), {})
        for change in (lambda: row.sudo().write({"note": "x"}), row.sudo().unlink, ask.sudo().unlink):
            with self.assertRaises(UserError):
                change()
        with self.assertRaises(AccessError):
            Followup.create({**vals, "side_id": asked.id})

    def test_append_only(self):
        ask, _offer, asking, _asked = self._met()
        for change in (
            lambda: ask.step_ids.sudo().write({"event": "agreed"}),
            ask.step_ids.sudo().unlink,
            lambda: ask.write({"state": "withdrawn"}),
            lambda: ask.write({"kind": "offer"}),
            ask.copy,
        ):
            with self.assertRaises(UserError):
                change()
        with self.assertRaises(AccessError):
            asking.write({"state": "agreed"})


@tagged("post_install", "-at_install", "security")
class TestHelpDoors(HttpCase, HelpCase):
    """Before both accept: every reader of another commune, the programme, the portal; every way of looking."""

    def _readers(self):
        admin = self._make_user(
            "h_admin", "base.group_system,jamaa_base.group_administrator,jamaa_base.group_director", self.there
        )
        self.env.ref("base.group_allow_export").user_ids += admin + self.facilitator_there + self.director_user
        portal = new_test_user(self.env, login="h_portal", groups="base.group_portal")
        return (self.facilitator_there, self.team, admin, portal, self.director_user)

    def test_doors(self):
        _ask, offer, _asking, asked = self._met()
        records = (offer, asked, offer.step_ids, asked.sudo().match_id)
        readers = self._readers()
        self.env.flush_all()
        self.env.invalidate_all()
        for user in readers:
            for record in records:
                mine = record.with_user(user).sudo(False)
                ids = ("id", "in", mine.ids)
                ways = {
                    "read": lambda mine=mine: mine.read([]),
                    "export": lambda mine=mine: mine.export_data(
                        ["ask_id/.id" if mine._name == MATCH else "company_id/.id"]
                    ),
                    "write": lambda mine=mine: mine.write({"company_id": self.there.id}),
                    "search": lambda mine=mine, ids=ids: mine.search([ids]),
                    "name_search": lambda mine=mine, ids=ids: mine.name_search("", [ids]),
                    "group": lambda mine=mine, ids=ids: mine.formatted_read_group([ids], [], ["__count"])[0]["__count"],
                }
                for way, look in ways.items():
                    with self.subTest(user.login, model=record._name, way=way):
                        try:
                            found = look()
                        except (AccessError, UserError):
                            found = None
                        self.assertFalse(found)

    def test_no_mark_of_the_other_side_on_ones_own(self):
        """Neither a column, nor an author, nor a date on the own rows points at the other commune."""
        ask, offer, asking, asked = self._met()
        self.env.flush_all()
        for record, stranger in ((asking, self.giver), (asked, self.here), (ask, self.giver), (offer, self.here)):
            found = json.dumps(record.read([]), default=str)
            with self.subTest(record._name):
                self.assertNotIn(stranger.name, found)
                self.assertNotIn(self.directors[stranger].name, found)
                self.assertNotIn(f"{WORDS} {stranger.id}", found)
                self.assertNotIn("match_id", record.read([])[0])
                way = "side_ids.match_id" if record._name == HELP else "match_id"
                with self.assertRaises(AccessError):
                    record.search([(f"{way}.offer_id.company_id", "=", stranger.id)])
        for model in (HELP, SIDE, STEP, MATCH, FOLLOWUP):
            self.assertNotIn("message_ids", self.env[model]._fields)
            self.assertNotIn("activity_ids", self.env[model]._fields)
        for model in (SIDE, STEP, MATCH, FOLLOWUP):
            self.assertNotIn("create_uid", self.env[model]._fields, model)

    def test_by_http(self):
        _ask, offer, asking, asked = self._met()
        readers = self._readers()
        ids = {HELP: offer.ids, SIDE: asked.ids, MATCH: asked.sudo().match_id.ids}
        self.env.flush_all()
        for user in (self.facilitator_there, readers[2], self.director_user):
            self.authenticate(user.login, user.login)
            for model, known in ids.items():
                for method, args, kwargs in (
                    ("search_read", [[["id", "in", known]]], {}),
                    ("web_read", [known], {"specification": {"display_name": {}}}),
                    ("action_accept", [known], {}),
                ):
                    with self.subTest(user.login, model=model, method=method), mute_logger("odoo.http"):
                        answer = self.url_open(
                            f"/web/dataset/call_kw/{model}/{method}",
                            data=json.dumps(
                                {"params": {"model": model, "method": method, "args": args, "kwargs": kwargs}}
                            ),
                            headers={"Content-Type": "application/json"},
                        ).json()
                        self.assertFalse(answer.get("result"))
        self.env.invalidate_all()
        self.assertEqual(asking.state, "waiting")
