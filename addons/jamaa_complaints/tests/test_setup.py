"""What a commune has before its first complaint; what upstream left tied to company 1."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import ComplaintCase


@tagged("post_install", "-at_install")
class TestSetup(ComplaintCase):
    def test_channels_belong_to_no_company(self):
        channels = self.env["helpdesk.ticket.channel"].with_context(active_test=False)
        upstream = self.env["ir.model.data"].search(
            [
                ("model", "=", "helpdesk.ticket.channel"),
                ("module", "in", ("helpdesk_mgmt", "jamaa_complaints")),
            ]
        )
        self.assertFalse(channels.browse(upstream.mapped("res_id")).company_id)

    def test_a_commune_gets_its_unit_register_and_settings(self):
        for commune in (self.here, self.there, self.hamlet):
            unit = commune._complaint_unit()
            self.assertEqual(unit.company_id, commune)
            self.assertFalse(unit.show_in_portal)
            self.assertFalse(commune.helpdesk_mgmt_ticket_auto_assign)
            sequence = self.env["ir.sequence"].search(
                [("code", "=", "jamaa.complaint"), ("company_id", "=", commune.id)]
            )
            year = self.Ticket._commune_today().year
            years = [date.year for date in sequence.date_range_ids.mapped("date_from")]
            self.assertEqual(sorted(years), [year, year + 1])
            # again: nothing twice
            commune._prepare_commune()
            self.assertEqual(commune._complaint_unit(), unit)

    def test_the_unit_is_named_in_the_languages_of_the_commune(self):
        unit = self.here._complaint_unit()
        names = {unit.with_context(lang=code).name for code in ("en_US", "ar_MA", "fr_MA")}
        self.assertEqual(len(names), 3)

    def test_aliases_do_not_collide(self):
        names = [c._complaint_unit().alias_name for c in (self.here, self.there, self.hamlet)]
        self.assertEqual(len(set(names)), 3)
        self.assertTrue(all(name.startswith("chikayat-") for name in names))

    def test_other_companies_get_nothing(self):
        company = self.env["res.company"].create({"name": "Association"})
        self.assertFalse(company._complaint_unit())
        self.assertTrue(company.helpdesk_mgmt_ticket_auto_assign)

    def test_stages_serve_cases_or_tickets(self):
        ours = self.unit._get_applicable_stages()
        self.assertTrue(ours)
        self.assertTrue(all(ours.mapped("for_cases")))
        self.assertFalse(any(ours.mapped("close_from_portal")))
        plain = self.env["helpdesk.ticket.team"].create({"name": "IT"})
        for stages in (plain._get_applicable_stages(), plain.browse()._get_applicable_stages()):
            self.assertTrue(stages)
            self.assertFalse(any(stages.mapped("for_cases")))
        columns = self.Ticket._read_group_stage_ids
        empty = self.env["helpdesk.ticket.stage"]
        self.assertFalse(columns(empty, []) & ours)
        cases = self.Ticket.with_context(jamaa_cases=True)._read_group_stage_ids
        self.assertEqual(cases(empty, []), ours)

    def test_rerouting_does_not_send_a_case_back(self):
        stage = self.env.ref("jamaa_complaints.stage_in_progress")
        self.case.sudo().stage_id = stage
        self.case.sudo().service_id = self.roads
        self.env.add_to_compute(self.Ticket._fields["stage_id"], self.case)
        self.assertNotEqual(self.case.stage_id, self.env.ref("jamaa_complaints.stage_received"))

    def test_the_public_writes_no_stage(self):
        access = self.env.ref("helpdesk_mgmt.access_helpdesk_ticket_stage_public")
        self.assertFalse(access.perm_write)
        self.assertFalse(
            self.env["helpdesk.ticket.stage"].with_user(self.env.ref("base.public_user")).has_access("write")
        )

    def test_portal_users_see_no_stage_of_cases(self):
        stages = self.env["helpdesk.ticket.stage"].with_user(self.portal_user)
        self.assertTrue(stages.search([]))
        self.assertFalse(stages.search([("for_cases", "=", True)]))

    def test_units_are_not_in_the_portals_form(self):
        with self.assertRaises(ValidationError):
            self.lighting.show_in_portal = True
        with self.assertRaises(ValidationError):
            self.lighting.company_id = False
