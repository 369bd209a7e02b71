"""Which service a case is proposed to."""

from psycopg2.errors import UniqueViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ComplaintCase


@tagged("post_install", "-at_install")
class TestRoute(ComplaintCase):
    def _route(self, service, category=None, site=None):
        return self.env["jamaa.complaint.route"].create(
            {
                "company_id": self.here.id,
                "category_id": category.id if category else False,
                "site_id": site.id if site else False,
                "service_id": service.id,
            }
        )

    def test_the_most_precise_line_wins(self):
        waste = self.env.ref("jamaa_complaints.category_cleanliness")
        bins = self.env["helpdesk.ticket.category"].create(
            {"name": "Bins", "parent_id": waste.id, "for_cases": True, "company_id": False}
        )
        anywhere, here, cleaning, squad = (
            self._make_service(name, self.agent) for name in ("Any", "Annex", "Clean", "Squad")
        )
        self._route(anywhere)
        self._route(here, site=self.site)
        self._route(cleaning, category=waste)
        self._route(squad, category=waste, site=self.site)
        other = self.env.ref("jamaa_complaints.category_other")
        cases = self.Ticket
        for category, site, service in (
            (other, None, anywhere),
            (other, self.site, here),
            (waste, None, cleaning),
            (waste, self.site, squad),
            (bins, None, cleaning),
            (bins, self.site, squad),
            (self.category, self.site, self.lighting),
        ):
            case = self._lodge(category_id=category.id, site_id=site.id if site else None)
            cases |= case
            self.assertEqual(case.proposed_service_id, service, (category.name, site))
        # one look at the table, whatever the number of cases
        cases.invalidate_recordset(["proposed_service_id"])
        cases.mapped("category_id.parent_path")
        with self.assertQueryCount(1):
            cases.mapped("proposed_service_id")

    def test_another_communes_table_is_not_shown(self):
        routes = self.env["jamaa.complaint.route"]
        theirs = self._as(self.officer_there, routes)
        self.assertFalse(theirs.search([("company_id", "=", self.here.id)]))
        self.assertTrue(self._as(self.officer, routes).search([]))

    def test_another_communes_table_is_not_used(self):
        self.assertFalse(self._lodge(company=self.there).proposed_service_id)

    def test_one_line_per_place_in_the_table(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self._route(self.roads, category=self.category)

    def test_several_cases_at_once(self):
        other = self._lodge()
        cases = self.case | other
        wizard = (
            self.env["jamaa.complaint.assign"]
            .with_user(self.officer)
            .with_context(default_case_ids=cases.ids)
            .create({})
        )
        self.assertEqual(wizard.service_id, self.lighting)
        wizard.user_id = self.agent
        wizard.note = "Please today"
        wizard.action_assign()
        self.assertEqual(cases.service_id, self.lighting)
        self.assertEqual(cases.user_id, self.agent)
        for case in cases:
            self.assertEqual(case.milestone_ids.sorted("id").mapped("code"), ["received", "assigned", "taken"])
