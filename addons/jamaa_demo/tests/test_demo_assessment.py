"""Rounds at every stage, with what each screen shows, on fictional communes alone."""

from datetime import timedelta

from odoo import fields
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestDemoAssessment(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.all_rounds = cls.env["jamaa.assessment.round"].search([])
        cls.rounds = cls.all_rounds.filtered(lambda one: not one.company_id.commune_slug.startswith("exemple-pair-"))
        cls.large = cls.rounds.filtered(lambda one: one.company_id.commune_slug == "exemple-la-grande")

    def _user(self, login):
        user = self.env["res.users"].search([("login", "=", login)])
        return user, user.company_ids.ids

    def test_on_fictional_communes_alone(self):
        self.assertTrue(all(self.all_rounds.company_id.mapped("is_demo")))
        self.assertEqual(len(self.rounds.company_id), 3)
        self.assertEqual(len(self.all_rounds.company_id), 9)

    def test_every_stage(self):
        self.assertEqual(set(self.large.mapped("state")), {"validated", "consensus", "individual"})
        self.assertTrue(all(5 <= one.rater_count <= 9 for one in self.rounds))
        today = fields.Date.context_today(self.large)
        ago = sorted(today - one.date for one in self.large if one.state == "validated")
        self.assertEqual(ago, [timedelta(days=14), timedelta(days=365)])

    def test_the_page_of_results_shows_something_everywhere(self):
        user, companies = self._user("directeur.grande")
        one = self.large.filtered(lambda one: one.state == "validated")[:1]
        page = one.with_user(user).with_context(allowed_company_ids=companies).results_page()
        for name in ("radar", "criteria", "duties", "shown", "priorities", "former"):
            self.assertTrue(page[name], name)
        self.assertTrue(page["moved"]["up"])
        self.assertGreaterEqual(len(page["roles"]["names"]), 2)
        self.assertTrue(any(row["evidence"] for row in page["shown"]))

    def test_figures_stand_beside_levels(self):
        user, companies = self._user("president.moyenne")
        one = self.rounds.filtered(lambda one: one.company_id.commune_slug == "exemple-la-moyenne")
        one = one.filtered(lambda one: one.state == "validated")
        page = one.with_user(user).with_context(allowed_company_ids=companies).results_page()
        self.assertTrue(any(row["figure"] for row in page["shown"]))

    def test_priorities_at_every_point(self):
        states = set(self.large.priority_ids.mapped("state"))
        self.assertLessEqual({"open", "taken_up", "done", "dropped"}, states)
        self.assertTrue(any(row.compared for row in self.large.priority_ids))

    def test_cooperation(self):
        one = self.large.filtered(lambda one: one.subject_kind == "cooperation")
        self.assertTrue(one.member_id)
        self.assertEqual(one.state, "individual")
        self.assertLess(one.finished_count, one.rater_count)

    def _as(self, login, records):
        user, companies = self._user(login)
        return records.with_user(user).with_context(allowed_company_ids=companies)

    def test_band_shows_beside_the_large_commune(self):
        """Six peers stand behind it: the band is drawn on most criteria, on items too, with its date."""
        one = self.large.filtered(lambda one: one.state == "validated")[:1]
        beside = self._as("directeur.grande", one)._beside_peers()
        self.assertEqual(beside["date"], fields.Date.context_today(one).replace(day=1))
        self.assertTrue(all(row["range"] for row in beside["criteria"]))
        self.assertTrue(any(row["range"] for part in beside["criteria"] for row in part["items"]))

    def test_shared_with_the_team(self):
        """One round is with the programme's team, one was taken back."""
        shares = self.env["jamaa.share"].search([("kind", "=", "round")])
        self.assertEqual(sorted(bool(share.withdrawn_on) for share in shares), [False, True])

    def test_two_communes_help_each_other(self):
        """Two offers, a request, and a pair that agreed and wrote a visit down."""
        rows = self.env["jamaa.assessment.help"].search([])
        self.assertEqual(sorted(rows.mapped("kind")), ["ask", "offer", "offer"])
        side = self._as("president.petite", self.env["jamaa.assessment.help.side"]).search([])
        self.assertEqual(side.state, "agreed")
        self.assertTrue(side.other_name)
        self.assertEqual(side.followup_ids.mapped("kind"), ["visit"])
        self.assertTrue(side.followup_ids.outcome)

    def test_workshop_has_proposals_at_every_point(self):
        workshop = self.env["jamaa.assessment.workshop"].search([])
        self.assertEqual((workshop.state, workshop.grid_id.code), ("open", "communication"))
        self.assertEqual(sorted(workshop.proposal_ids.mapped("state")), ["adopted", "declined", "proposed", "proposed"])
        self.assertTrue(workshop.proposal_ids.filtered(lambda row: row.state == "declined").answer)
        waiting = workshop.proposal_ids.filtered(lambda row: row.state == "proposed")
        self.assertEqual(sorted(waiting.mapped("support_count")), [0, 2])

    def test_calendar(self):
        """Reception at headquarters comes back every year, its next date is to come."""
        plan = self.env["jamaa.assessment.plan"].search([])
        self.assertEqual((plan.every_months, plan.round_count), (12, 2))
        self.assertGreater(plan.next_date, fields.Date.context_today(plan))

    def test_panel_by_functions(self):
        """Every way of being asked: by mail, come back, vacant, by a link half answered, on paper."""
        [one] = self.large.filtered(lambda one: one.rater_ids.function_id)
        self.assertEqual(one.state, "individual")
        states = one.rater_ids.mapped("invitation_state")
        self.assertLessEqual({"sent", "bounced", "vacant", "paper"}, set(states))
        self.assertEqual(states.count("paper"), 2)
        link = one.rater_ids.filtered("email")
        self.assertEqual(link.channel, "link")
        given = [answer for answer, _comment in link._given().values() if answer]
        self.assertTrue(0 < len(given) < link.item_count)
        self.assertFalse(link.finished_on)
        # nothing of it leaves the machine
        mails = self.env["mail.mail"].search([("model", "=", "jamaa.assessment.invitation")])
        self.assertEqual(set(mails.mapped("state")), {"cancel"})

    def test_meeting_goes_on_another_day(self):
        """A first sitting was held, one item voted on again; the round still agrees."""
        [one] = self.large.filtered(lambda one: one.state == "consensus")
        meeting = one.meeting_ids
        self.assertEqual(len(meeting.sitting_ids), 1)
        self.assertTrue(meeting.sitting_ids.ended_on)
        self.assertEqual(len(meeting.ballot_ids), 1)
        self.assertTrue(meeting.ballot_ids.closed_on)
        self.assertTrue(one.open_count)
        screen = self._as("animateur.grande", meeting).screen()
        self.assertFalse(screen["sits"])
        self.assertTrue(screen["items"])

    def test_minutes_are_kept(self):
        """In Arabic and French, on paper and as a text document, with the round of this year."""
        one = self.large.filtered(lambda one: one.state == "validated" and one.meeting_ids)
        names = one.meeting_ids.minutes_ids.mapped("mimetype")
        self.assertEqual(len(names), 4)
        self.assertEqual(names.count("application/pdf"), 2)
