"""The screens, filled in as a person of the role fills them in."""

from odoo.tests import Form, new_test_user, tagged

from .common import CommuneCase


@tagged("post_install", "-at_install")
class TestCommuneForms(CommuneCase):
    def _form(self, user, record, view):
        return Form(record.with_user(user), view=f"jamaa_base.{view}")

    def test_director_appoints_and_records_a_delegation(self):
        with self._form(self.director_user, self.env["jamaa.function"], "jamaa_function_view_form") as form:
            form.name = "Second vice-president"
            form.code = "vice_president"
        function = form.record
        self.assertEqual(function.company_id, self.here)
        with self._form(
            self.director_user, self.env["jamaa.function.holder"], "jamaa_function_holder_view_form"
        ) as form:
            form.function_id = function
            form.partner_id = self.vice_user.partner_id
            self.assertEqual(form.user_id, self.vice_user, "the login follows the person")
            form.date_from = self._day(-30)
            form.act_number = "5/2026"
            form.act_date = self._day(-31)
        self.assertEqual(function.current_holder_id, form.record)
        with self._form(self.director_user, self.env["jamaa.delegation"], "jamaa_delegation_view_form") as form:
            self.assertEqual(form.from_function_id, self.president, "the president is the one who delegates")
            form.name = "Answers"
            form.to_function_id = function
            form.act_kind_ids.add(self.answer)
            form.act_number = "6/2026"
            form.act_date = self._day(-5)
            form.date_from = self._day(-5)
        self.assertEqual(self._may(self.vice_user), form.record)
        with Form(form.record.with_user(self.director_user), view="jamaa_base.jamaa_delegation_view_form") as ending:
            ending.end_act_number = "7/2026"
        form.record.with_user(self.director_user).action_end_today()
        self.assertFalse(self._may(self.vice_user))

    def test_administrator_keeps_the_commune(self):
        with self._form(self.admin_user, self.here, "res_company_view_form_commune") as form:
            form.name_fr = "Autre"
            form.contact_phone = "05 35 00 00 00"
        self.assertIn("Commune d’Autre", self.here.letterhead_fr)

    def test_administrator_adds_a_site_with_its_hours(self):
        with self._form(self.admin_user, self.env["jamaa.site"], "jamaa_site_view_form") as form:
            form.name = "Annexe"
            form.kind = "administrative_annex"
            self.assertEqual(form.owner, "state", "an administrative annexe is the Interior's")
            with form.opening_ids.new() as line:
                line.name = "Works"
                line.date_from = self.today
                line.date_to = self._day(2)
                line.closed = True
        self.assertEqual(form.record._hours_on(self.today), [])

    def test_programme_team_keeps_the_programme(self):
        team = new_test_user(
            self.env,
            login="t_team",
            groups="jamaa_base.group_programme_team",
            company_id=self.programme_company.id,
            company_ids=[(6, 0, self.programme_company.ids)],
        )
        with self._form(team, self.env["jamaa.programme"], "jamaa_programme_view_form") as form:
            form.name = "Proximity"
            with form.member_ids.new() as line:
                line.company_id = self.here
                line.cohort = "1"
        self.assertEqual(form.record.company_id, self.programme_company)
        self.assertEqual(form.record.with_user(self.clerk).member_count, 1)

    def test_database_administrator_makes_a_commune(self):
        form = Form(self.env["res.company"].with_user(self.env.ref("base.user_admin")))
        form.name = "Commune new"
        form.is_commune = True
        form.commune_slug = "commune-new"
        form.name_fr = "Nouvelle"
        company = form.save()
        self.assertIn("Commune de Nouvelle", company.letterhead_fr)
        self.assertEqual(company.resource_calendar_id.tz, "Africa/Casablanca")
