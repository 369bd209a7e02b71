"""A validated round as a copy for the programme's team."""

import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .peer_common import PeerCase

SECRET = "the mayor said so"


@tagged("post_install", "-at_install", "security")
class TestShareRound(PeerCase):
    def _wizard(self, one, **vals):
        user = self.directors[one.company_id]
        return self.env["jamaa.assessment.share.round"].with_user(user).create({"round_id": one.id, **vals})

    def _shared(self, **vals):
        one = self._round([self.agent, self.member])
        for user in (self.agent, self.member):
            seat = self._seat(one, user)
            self._answer(seat, finish=False, one="2", two="3", three="4", duty="no")
            seat.answer(self.items["one"].id, "2", SECRET)
            seat.action_finish()
        lines = self._agreed(one)
        lines["one"].write({"reason": SECRET, "dissent": SECRET, "evidence": SECRET})
        one.with_user(self.director_user).action_validate()
        self._wizard(one, title="Spring", **vals).action_publish()
        return one

    def test_what_the_team_reads(self):
        one = self._shared(to_team=True)
        share = self.env["jamaa.share"].with_user(self.team).search([("kind", "=", "round")])
        self.assertEqual((share.title, share.company_id, share.audience), ("Spring", self.here, "programme"))
        content = share._content()
        self.assertEqual(set(json.loads(content.payload)), set(self._languages()))
        body = str(content.with_context(lang="fr_MA").body)
        for words in ("one en français", "test-grid/1", str(one.date), ">2<"):
            self.assertIn(words, body)
        for person in (self.agent, self.member, self.director_user, self.facilitator):
            self.assertNotIn(person.name, content.payload)
        self.assertNotIn(SECRET, content.payload)
        with self.assertRaises(AccessError):
            one.with_user(self.team).read(["name"])
        self.assertFalse(self.env["jamaa.assessment.peer"].search([("round_id", "=", one.id)]))

    def _languages(self):
        return [code for code, _name in self.env["res.lang"].get_installed()]

    def test_both_and_none(self):
        one = self._shared(to_team=True, to_band=True)
        self.assertEqual(self.env["jamaa.assessment.peer"].search([("round_id", "=", one.id)]).company_id, self.here)
        self.assertIn("without name", one.shared_text)
        with self.assertRaisesRegex(UserError, "Choose"):
            self._wizard(one).action_publish()

    def test_band_alone_tells_the_team_nothing(self):
        self._shared(to_band=True)
        self.assertFalse(self.env["jamaa.share"].with_user(self.team).search([("kind", "=", "round")]))

    def test_withdrawn_shows(self):
        self._shared(to_team=True)
        share = self.env["jamaa.share"].with_user(self.director_user).search([("kind", "=", "round")])
        share._withdraw("Enough")
        seen = share.with_user(self.team)
        self.assertEqual(seen.state, "withdrawn")
        self.assertFalse(seen._content())

    def test_renewed(self):
        one = self._shared(to_team=True)
        share = self.env["jamaa.share"].with_user(self.director_user).search([("kind", "=", "round")])
        action = share.action_renew()
        wizard = (
            self.env[action["res_model"]].with_user(self.director_user).with_context(**action["context"]).create({})
        )
        self.assertEqual((wizard.round_id.id, wizard.title, wizard.to_team), (one.id, "Spring", True))
        wizard.action_publish()
        self.assertEqual(share.state, "replaced")

    def test_never_to_named_communes(self):
        one = self._shared(to_team=True).with_user(self.director_user)
        for audience, peers in (("members", None), ("peers", self.there)):
            with self.subTest(audience), self.assertRaisesRegex(UserError, "ranking"):
                one.env["jamaa.share"]._publish(
                    one, "round", "T", one._share_payloads(), audience, programme=self.programme, peers=peers
                )

    def test_only_validated_and_by_a_holder(self):
        running = self._round([self.agent])
        with self.assertRaisesRegex(UserError, "validated"):
            running.with_user(self.director_user).action_share()
        with self.assertRaisesRegex(UserError, "validated"):
            running.with_user(self.director_user)._share_payload()
        one = self._validated(self.here)
        with self.assertRaises(AccessError):
            one.with_user(self.facilitator).action_share()
        with self.assertRaises(AccessError):
            self.env["jamaa.assessment.share.round"].with_user(self.facilitator).create({"round_id": one.id})
        mandate_less = self._make_user("s_mandate_less", "jamaa_base.group_director")
        with self.assertRaises(AccessError):
            one.with_user(mandate_less).action_share()
        with self.assertRaises(AccessError):
            self._wizard(self._validated(self.there), to_team=True).with_user(self.director_user).action_publish()

    def test_the_copy_is_no_anchor(self):
        """Who still has to answer about the subject does not read the last levels out of the copy either."""
        one = self._shared(to_team=True)
        content = self.env["jamaa.share"].search([("kind", "=", "round")])._content()
        self.assertTrue(content.with_user(self.president_user).read(["payload"]))
        self._round([self.president_user], site_id=one.site_id.id)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            content.with_user(self.president_user).read(["payload"])
        self.assertTrue(content.with_user(self.director_user).read(["payload"]))
