"""The meeting: what it takes, what it refuses, what it shows, and to whom."""

import json

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .meeting_common import MeetingCase

VOTE = "jamaa.assessment.vote"


@tagged("post_install", "-at_install")
class TestMeeting(MeetingCase):
    # ---------- going through it ----------

    def test_from_begin_to_end(self):
        screen = self.meeting.screen()
        self.assertFalse(screen["sits"])
        self.assertEqual([row["text"] for row in screen["agreed"]], [self.lines["one"].item_id.name])
        # a duty on which people differ comes first, then by distance
        self.assertEqual(
            [row["id"] for row in screen["items"]], [self.lines[key].id for key in ("duty", "two", "three")]
        )
        self._begin()
        screen = self.meeting.accept([self.lines["one"].id, self.lines["two"].id])
        self.assertTrue(screen["agreed"][0]["settled"])
        self.assertFalse(any(row["settled"] for row in screen["items"]), "what was split is not accepted at once")
        screen = self.meeting.open_item(self.lines["two"].id, False)
        current = screen["current"]
        self.assertEqual((current["first"]["range"], current["first"]["gap"]), ("0 – 5", "5"))
        self.assertEqual(len(current["anchors"]), 6)
        ballot = self._ballot()
        self._vote(ballot, "34444")
        screen = self.meeting.enter_slips(ballot.id, ["5", "4"])
        said = screen["current"]["ballots"][-1]
        self.assertEqual((said["in"], said["of"], said["open"]), (7, 7, True))
        self.assertNotIn("range", said)
        said = self.meeting.close_ballot(ballot.id)["current"]["ballots"][-1]
        self.assertEqual((said["range"], said["verdict"], said["median"]), ("3 – 5", "agreed", "4"))
        self.assertEqual(self.lines["two"].answer, "4", "a level all agree on is filled in")
        with self.assertRaisesRegex(UserError, "write why"):
            self.meeting.settle(self.lines["two"].id)
        self.meeting.keep(self.lines["two"].id, {"reason": "Seen"}, {"reason": False})
        screen = self.meeting.settle(self.lines["two"].id)
        self.assertFalse(screen["current"])
        self.assertTrue(next(row for row in screen["items"] if row["id"] == self.lines["two"].id)["settled"])

    def test_evidence_and_comments_without_authors(self):
        item = self.items["two"]
        for seat, (link, comment) in zip(
            self.seats,
            (("https://b.example", "later"), ("javascript:alert(1)", "earlier"), ("https://a.example", False)),
            strict=False,
        ):
            self.env.cr.execute(
                "UPDATE jamaa_assessment_score SET evidence_link = %s, comment = %s WHERE rater_id = %s AND item_id = %s",
                [link, comment or None, seat.id, item.id],
            )
        self.env.invalidate_all()
        self._begin("two")
        current = self.meeting.screen()["current"]
        self.assertEqual(current["links"], ["https://a.example", "https://b.example"])
        self.assertEqual(current["comments"], ["• earlier", "• later"])
        self.assertEqual(current["evidence_count"], 3)

    def test_interrupted_and_taken_up_again(self):
        self._begin("two")
        ballot = self._ballot()
        with self.assertRaisesRegex(UserError, "close it first"):
            self.meeting.interrupt()
        self.meeting.close_ballot(ballot.id)
        screen = self.meeting.interrupt()
        self.assertFalse(screen["sits"] or screen["current"])
        for call in (
            lambda: self.meeting.open_item(self.lines["two"].id, False),
            lambda: self.meeting.keep(self.lines["two"].id, {"reason": "x"}, {"reason": False}),
            lambda: self.meeting.tick(self.seats[0].id, True),
            lambda: self.meeting.accept([self.lines["one"].id]),
            self.meeting.interrupt,
        ):
            with self.assertRaisesRegex(UserError, "not going on"):
                call()
        self.meeting.begin()
        self.meeting.begin()
        self.assertEqual(len(self.meeting.sitting_ids), 2)
        self.assertEqual(self.meeting.place, "قاعة الاجتماعات")
        self.meeting.open_item(self.lines["two"].id, False)
        self.assertEqual(len(self.meeting.talk_ids), 2)

    def test_two_screens(self):
        self._begin("duty")
        other = self.meeting.with_user(self.second_facilitator)
        self.meeting.open_item(self.lines["two"].id, self.lines["duty"].id)
        # the other screen still shows the first item: its step moves nothing
        screen = other.open_item(self.lines["three"].id, self.lines["duty"].id)
        self.assertEqual(screen["current"]["id"], self.lines["two"].id)
        self.assertEqual(other.leave_item(self.lines["duty"].id)["current"]["id"], self.lines["two"].id)
        with self.assertRaisesRegex(UserError, "Another item"):
            other.open_ballot(self.lines["duty"].id)
        line = self.lines["two"]
        self.meeting.keep(line.id, {"reason": "first"}, {"reason": False})
        other.keep(line.id, {"dissent": "second"}, {"dissent": False})
        with self.assertRaisesRegex(UserError, "first"):
            other.keep(line.id, {"reason": "mine"}, {"reason": False})
        self.assertEqual((line.reason, line.dissent), ("first", "second"))
        other.keep(line.id, {"reason": "both"}, {"reason": "first"})
        self.assertEqual(line.reason, "both")
        first, again = self._ballot(), other.open_ballot(line.id)["current"]["ballots"]
        self.assertEqual([one["id"] for one in again], first.ids, "opened twice it is one vote")

    def test_what_is_not_understood(self):
        self._begin("two")
        line = self.lines["two"]
        for values in (
            {"answer": "6"}, {"answer": 3}, {"importance": "4"}, {"importance": False}, {"reason": 5}, {"reason": ["x"]},
            {"is_priority": "yes"}, {"verdict": "agreed"}, {"spread": 0.0}, {"settled_on": False}, {"round_id": 1}, "x",
        ):  # fmt: skip
            with self.subTest(values), self.assertRaises(UserError):
                self.meeting.keep(line.id, values, {})
        with self.assertRaises(ValidationError):
            self.meeting.keep(self.lines["one"].id, {"answer": "na"}, {"answer": "3"})
        foreign = self._round([self.agent, self.member], name="Other")
        for user in (self.agent, self.member):
            self._answer(self._seat(foreign, user), one="2", two="3", three="3", duty="no")
        foreign.with_user(self.facilitator).action_open_consensus()
        for call in (
            lambda: self.meeting.open_item(foreign.consensus_ids[0].id, line.id),
            lambda: self.meeting.open_item(True, line.id),
            lambda: self.meeting.open_item("x", line.id),
            lambda: self.meeting.keep(foreign.consensus_ids[0].id, {"reason": "x"}, {"reason": False}),
            lambda: self.meeting.tick(foreign.rater_ids[0].id, True),
            lambda: self.meeting.seat_code(foreign.rater_ids[0].id),
        ):
            with self.assertRaises(UserError):
                call()

    def test_nobody_is_cut_off(self):
        self._begin("two")
        for seconds, allowed in ((60, 360), (-600, 60), (600, 660), ("x", 660), (601, 660)):
            with self.subTest(seconds):
                self.assertEqual(self.meeting.more_time(seconds)["current"]["allowed"], allowed)
        self.meeting.talk_ids.sudo().started_on = "2026-01-01 10:00:00"
        self._vote(self._ballot(), "3")
        self.assertGreater(self.meeting.screen()["current"]["elapsed"], 660)

    def test_a_level_taken_away_is_open_again(self):
        self._begin("two")
        self.meeting.keep(self.lines["two"].id, {"answer": "3", "reason": "x"}, {"answer": False, "reason": False})
        self.meeting.settle(self.lines["two"].id)
        self.lines["two"].with_user(self.facilitator).answer = False
        self.assertFalse(self.lines["two"].settled_on)

    # ---------- votes ----------

    def test_what_a_vote_takes(self):
        self._begin("two")
        ballot = self._ballot()
        seat, paper = self.seats[0], self.seats[5]
        for answer, problem in (
            ("3", False), ("na", False), ("6", "bad"), ("-1", "bad"), ("yes", "bad"), ("", "bad"), ("٣", "bad"),
        ):  # fmt: skip
            with self.subTest(answer):
                self.assertEqual(ballot._take(seat, answer, answer), problem)
        self.assertEqual(ballot._count_in(), 1, "the last one counts")
        self.assertEqual(ballot._votes(), [("elected", "na")])
        self.assertFalse(ballot._take(seat, "3", "3"), "the first form, sent again by a slow network")
        self.assertEqual(ballot._votes(), [("elected", "na")])
        self.assertFalse(ballot._take(paper, "2", "x"))
        with self.assertRaisesRegex(UserError, "1 seats on paper"):
            self.meeting.enter_slips(ballot.id, ["1", "2"])
        self.meeting.enter_slips(ballot.id, ["1"])
        self.meeting.enter_slips(ballot.id, ["5"])
        self.assertEqual(sorted(str(value) for _role, value in ballot._votes()), ["2", "5", "na"])
        self.assertEqual(ballot._count_in(), 3)
        self.assertEqual(ballot._take(self.seats[6], "3", "x"), "slip", "its slip was counted")
        self.meeting.enter_slips(ballot.id, [])
        self.assertEqual(ballot._count_in(), 2)
        self.assertFalse(ballot._take(self.seats[6], "3", "x"))
        for junk in (["6"], ["yes"], "3", [3], [None]):
            with self.subTest(junk), self.assertRaises(UserError):
                self.meeting.enter_slips(ballot.id, junk)
        self.meeting.close_ballot(ballot.id)
        self.assertEqual(ballot._take(seat, "3", "late"), "closed")
        with self.assertRaisesRegex(UserError, "closed"):
            self.meeting.enter_slips(ballot.id, ["1"])

    def test_not_applicable_only_where_the_grid_says_so(self):
        self._begin("three")
        ballot = self._ballot()
        self.assertEqual(ballot._take(self.seats[0], "na", "x"), "bad")
        with self.assertRaises(ValidationError):
            self.meeting.enter_slips(ballot.id, ["na"])

    def test_a_broken_phone_ends(self):
        self._begin("two")
        ballot = self._ballot()
        for number in range(30):
            self.assertFalse(ballot._take(self.seats[0], "3", str(number)))
        self.assertEqual(ballot._take(self.seats[0], "3", "more"), "busy")

    def test_what_a_closed_vote_shows(self):
        for key, votes, verdict, range_text, median, roles in (
            ("two", "33", "agreed", False, False, False),
            ("two", "35", "discuss", False, False, False),
            ("two", "355", "agreed", "3 – 5", "5", False),
            ("two", "2445", "discuss", "2 – 5", "4", False),
            ("two", "55511", "split", "1 – 5", "5", True),
            # one level among others who say that it does not apply is an answer with a name
            ("two", ["3", "na", "na", "na"], "discuss", False, False, False),
            ("duty", ["yes", "yes"], "agreed", False, False, False),
            ("duty", ["yes", "no"], "split", False, False, False),
            ("duty", ["yes", "yes", "no"], "split", False, "Yes", False),
            ("duty", ["yes", "yes", "no", "no"], "split", False, False, False),
        ):
            with self.subTest(key=key, votes=votes):
                self._begin(key)
                ballot = self._ballot()
                self._vote(ballot, votes)
                said = self.meeting.close_ballot(ballot.id)["current"]["ballots"][-1]
                self.assertEqual(
                    (said["verdict"], said["range"], said["median"], bool(said["roles"])),
                    (verdict, range_text, median, roles),
                )

    def test_votes_are_facts(self):
        self._begin("two")
        ballot = self._ballot()
        self._vote(ballot, "3")
        votes = self.env[VOTE].search([("ballot_id", "=", ballot.id)])
        with self.assertRaisesRegex(UserError, "kept as it was given"):
            votes.answer = "5"
        with self.assertRaises(UserError):
            votes.unlink()
        with self.assertRaises(UserError):
            ballot.sudo().unlink()
        with self.assertRaises(UserError):
            self.meeting.sudo().unlink()

    # ---------- who ----------

    def test_who_runs_it(self):
        self._begin("two")
        for user, runs in (
            (self.facilitator, True), (self.second_facilitator, True), (self.director_user, True),
            (self.members[0], False), (self.president_user, False), (self.outsider, False),
            (self.facilitator_there, False), (self.team, False), (self.admin_user, False),
        ):  # fmt: skip
            meeting = self.meeting.with_user(user)
            calls = (
                lambda meeting=meeting: meeting.more_time(0),
                lambda meeting=meeting: meeting.begin("x"),
                lambda meeting=meeting: meeting.keep_place("x"),
                lambda meeting=meeting: meeting.seat_code(self.seats[0].id),
                lambda meeting=meeting: meeting.action_screen(),
                lambda meeting=meeting: meeting.keep(self.lines["two"].id, {"effort": "2"}, {"effort": "2"}),
            )
            for number, call in enumerate(calls):
                with self.subTest(user=user.login, call=number):
                    if runs:
                        call()
                    else:
                        with self.assertRaises(AccessError):
                            call()
            for write in ({"place": "x"}, {"round_id": 1}):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    meeting.write(write)

    def test_votes_are_read_by_nobody(self):
        self._begin("two")
        ballot = self._ballot()
        self._vote(ballot, "34444")
        votes = self.env[VOTE].search([("ballot_id", "=", ballot.id)])
        self.assertEqual(len(votes), 5)
        for user in (
            self.members[0], self.facilitator, self.director_user, self.president_user, self.admin_user,
            self.outsider, self.facilitator_there, self.team, self.env.ref("base.user_admin"),
        ):  # fmt: skip
            Vote = self.env[VOTE].with_user(user)
            for call in (
                lambda Vote=Vote: Vote.search([]),
                lambda Vote=Vote: Vote.search_count([("answer", "=", "3")]),
                lambda Vote=Vote: Vote._read_group([], ["answer"], ["__count"]),
                lambda Vote=Vote: Vote.browse(votes.ids).read(["answer"]),
                lambda Vote=Vote: Vote.browse(votes.ids).export_data(["answer"]),
                lambda Vote=Vote: Vote.create({"ballot_id": ballot.id, "rater_id": self.seats[0].id, "answer": "1"}),
            ):
                with self.subTest(user.login), self.assertRaises(UserError):
                    call()
        # the rule holds where somebody gave a group the right
        self.env["ir.model.access"].create(
            {"name": "x", "model_id": self.env["ir.model"]._get_id(VOTE), "perm_read": True,
             "group_id": self.env.ref("base.group_user").id}
        )  # fmt: skip
        self.assertFalse(self.env[VOTE].with_user(self.facilitator).search([]))

    def test_links_and_codes_are_nobodys_to_read(self):
        self._begin()
        self.meeting.seat_code(self.seats[0].id)
        for user in (self.facilitator, self.members[0], self.director_user):
            seat = self.seats[0].with_user(user)
            for name in ("meeting_token", "access_token"):
                with self.subTest(user=user.login, name=name), self.assertRaises(AccessError):
                    seat.read([name])
        with self.assertRaises(AccessError):
            self.seats[0].with_user(self.facilitator).action_join_meeting()
        # the facilitator does not come by a link in the name of a seat on paper either
        with self.assertRaises(AccessError):
            self.seats[5].with_user(self.facilitator).action_join_meeting()
        address = self.seats[0].with_user(self.members[0]).action_join_meeting()["url"]
        self.assertTrue(address.endswith("/meeting"))
        self.assertNotIn(self.seats[0].sudo().meeting_token, address)

    def test_code_of_the_screen_is_not_the_seats_link(self):
        self._begin()
        Rater, seat = self.env["jamaa.assessment.rater"], self.seats[0]
        token = self.meeting.seat_code(seat.id)["address"].split("/")[-2]
        self.assertEqual(Rater._by_meeting_link(self.here, token), seat)
        self.assertFalse(Rater._by_link(self.here, token), "it must not lead to what was answered")
        self.assertFalse(Rater._by_meeting_link(self.there, token))
        self.assertEqual(Rater._by_meeting_link(self.here, seat._link_token()), seat)
        other = self.meeting.seat_code(seat.id, True)["address"].split("/")[-2]
        self.assertNotEqual(other, token)
        self.assertFalse(Rater._by_meeting_link(self.here, token))

    def test_hidden_from_who_answers_anew(self):
        self._begin("two")
        self.assertTrue(self.meeting.with_user(self.members[0]).search([("id", "=", self.meeting.id)]))
        self._round([self.members[0]], name="Next", start=False)
        for model in ("meeting", "sitting", "talk", "ballot"):
            with self.subTest(model):
                rows = self.env[f"jamaa.assessment.{model}"].with_user(self.members[0])
                self.assertFalse(rows.search([("round_id", "=", self.one.id)]))

    def test_only_while_the_group_agrees(self):
        other = self._round([self.agent, self.member], name="Early")
        with self.assertRaisesRegex(UserError, "moved on"):
            other.with_user(self.facilitator).action_meeting()

    def test_cost_of_the_screen(self):
        self._begin("two")
        ballot = self._ballot()
        self._vote(ballot, "34444")
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.meeting.screen()
        self.assertLessEqual(self.env.cr.sql_log_count - before, 60)


@tagged("post_install", "-at_install", "security")
class TestMeetingByHttp(HttpCase, MeetingCase):
    def test_calls_of_the_client(self):
        self._begin("two")
        ballot = self._ballot()
        self._vote(ballot, "34444")
        self.env.flush_all()
        self.authenticate(self.facilitator.login, self.facilitator.login)

        def call(model, method, *args, **kwargs):
            answer = self.url_open(
                f"/web/dataset/call_kw/{model}/{method}",
                data=json.dumps({"params": {"model": model, "method": method, "args": args, "kwargs": kwargs}}),
                headers={"Content-Type": "application/json"},
            )
            return answer.json()

        with mute_logger("odoo.http"):
            for method, args in (
                ("search_read", ([], ["answer"])), ("web_search_read", ([], {"answer": {}})), ("_votes", ()),
            ):  # fmt: skip
                self.assertIn("error", call(VOTE, method, *args), method)
            for method in ("_votes", "_take", "_lock_open"):
                self.assertIn("error", call("jamaa.assessment.ballot", method, ballot.ids), method)
            for method in ("_meeting_page", "_meeting_vote", "_meeting_link_token", "_link_token"):
                self.assertIn("error", call("jamaa.assessment.rater", method, self.seats[:1].ids), method)
        said = call("jamaa.assessment.meeting", "screen", self.meeting.ids)["result"]["current"]["ballots"][0]
        self.assertEqual(said, {"id": ballot.id, "number": 1, "open": True, "in": 5, "of": 7, "paper": 2, "slips": 0})
