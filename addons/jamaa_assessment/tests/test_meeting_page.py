"""The phone of a seat: what its page takes and refuses."""

import re

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .meeting_common import MeetingCase


@tagged("post_install", "-at_install")
class TestMeetingPage(HttpCase, MeetingCase):
    def _path(self, seat=None, lang="fr", token=None, commune=None):
        commune = commune or self.here
        token = token or (seat or self.seats[0])._link_token()
        return f"/c/{commune.commune_slug}/{lang}/assessment/{token}/meeting"

    def _get(self, seat=None, **where):
        self.env.flush_all()
        return self.url_open(self._path(seat, **where))

    def _send(self, seat=None, follow=True, **data):
        self.env.flush_all()
        self.env.invalidate_all()
        answer = self.url_open(self._path(seat), data=data or {"here": "1"}, allow_redirects=follow)
        self.env.invalidate_all()
        return answer

    def _state(self, seat=None):
        self.env.flush_all()
        return self.url_open(f"{self._path(seat)}/state").json()

    def test_unknown_and_foreign_look_alike(self):
        self._begin("two")
        for where in (
            {"token": "A" * 22}, {"token": "x"}, {"token": "%2e%2e"}, {"commune": self.there},
            {"lang": "xx"}, {"token": self.seats[0]._link_token()[:-1]},
        ):  # fmt: skip
            with self.subTest(where), mute_logger("odoo.http"):
                path = self._path(**where)
                self.assertEqual(self.url_open(path).status_code, 404)
                self.assertEqual(self.url_open(f"{path}/state").status_code, 404)
                self.assertEqual(self.url_open(path, data={"answer": "3"}).status_code, 404)

    def test_where_the_meeting_stands(self):
        def stage():
            page = self._get()
            self.assertEqual(page.status_code, 200)
            self.assertEqual(page.headers["Cache-Control"], "no-store")
            key = re.search(r'data-key="([a-z]+)', page.text).group(1)
            self.assertTrue(self._state()["key"].startswith(key))
            return key

        self.assertEqual(stage(), "early")
        self.meeting.begin()
        self.assertEqual(stage(), "seat")
        self._send()
        self.assertEqual(stage(), "wait")
        self.assertEqual(self.meeting._sitting().present_ids, self.seats[0])
        self.meeting.open_item(self.lines["two"].id, False)
        self.assertEqual(stage(), "talk")
        ballot = self._ballot()
        self.assertEqual(stage(), "vote")
        self.meeting.close_ballot(ballot.id)
        self.assertEqual(stage(), "talk")
        self.meeting.interrupt()
        self.assertEqual(stage(), "pause")
        self._send()
        self.assertFalse(self.meeting._sitting())

    def test_vote(self):
        self._begin("two")
        ballot = self._ballot()
        page = self._get()
        self.assertEqual(page.text.count('name="answer"'), 7)
        key = re.search(r'name="key" value="([^"]+)"', page.text).group(1)
        vote = {"ballot": str(ballot.id), "key": key}
        answer = self._send(follow=False, answer="2", **vote)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self._get().text.count("ja-chosen"), 1)
        self.assertEqual(self._state()["in"].count("1"), 1)
        # nothing of it on the page of somebody else, but that one vote is in
        other = self._get(self.seats[1])
        self.assertNotIn("ja-chosen", other.text)
        # another choice, then the first form once more, as a slow network does
        self._send(answer="4", ballot=vote["ballot"], key="second")
        self._send(answer="2", **vote)
        self.assertEqual(ballot._votes(), [("elected", 4)])

    def test_what_is_refused(self):
        self._begin("three")
        former = self._ballot()
        self.meeting.close_ballot(former.id)
        ballot = self._ballot()
        for data in (
            {"answer": "9"}, {"answer": "na"}, {"answer": "yes"}, {"answer": ""}, {"answer": "3" * 999},
            {"answer": "3", "ballot": str(former.id)}, {"answer": "3", "ballot": "x"}, {"answer": "3", "ballot": ""},
        ):  # fmt: skip
            with self.subTest(data):
                answer = self._send(**{"ballot": str(ballot.id), "key": "k", **data})
                self.assertEqual(answer.status_code, 422)
                self.assertIn("jm-alert-wrong", answer.text)
        self.assertFalse(ballot._votes())
        self.meeting.close_ballot(ballot.id)
        self.assertEqual(self._send(answer="3", ballot=str(ballot.id), key="k").status_code, 422)
        self.assertFalse(ballot._votes())

    def test_who_votes_is_there(self):
        self.meeting.begin()
        self.meeting.open_item(self.lines["two"].id, False)
        ballot = self._ballot()
        self._send(answer="3", ballot=str(ballot.id), key="k")
        self.assertEqual(self.meeting._sitting().present_ids, self.seats[0])

    def test_looking_changes_nothing_and_costs_little(self):
        self._begin("two")
        ballot = self._ballot()
        self._vote(ballot, "34444")
        token = self.meeting.seat_code(self.seats[0].id)["address"].split("/")[-2]
        self.env.flush_all()
        self.env.invalidate_all()
        env = self.env(su=True)
        before = self.env.cr.sql_log_count
        company = env["res.company"]._commune_by_slug(self.here.commune_slug)
        env["jamaa.assessment.rater"]._by_meeting_link(company, token)._meeting_state()
        self.assertLessEqual(self.env.cr.sql_log_count - before, 10)

    def test_over(self):
        self._begin()
        for line in self.one.consensus_ids:
            line.write({"answer": line.answer or ("yes" if line.kind == "gate" else "3"), "reason": "x"})
        self.one.with_user(self.director_user).action_validate()
        self.assertIn('data-key="over', self._get().text)
