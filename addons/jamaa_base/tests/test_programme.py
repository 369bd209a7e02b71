from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CommuneCase


@tagged("post_install", "-at_install")
class TestProgramme(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.programme = cls.env["jamaa.programme"].create(
            {"name": "Proximity", "company_id": cls.programme_company.id, "date_from": "2015-01-01"}
        )

    def _milestone(self, **vals):
        values = {"programme_id": self.programme.id, "name": "Launch", "date": "2016-05-01"}
        return self.env["jamaa.programme.milestone"].create({**values, **vals})

    def test_own_company(self):
        with self.assertRaises(ValidationError):
            self.programme.company_id = self.here

    def test_members_are_communes_once(self):
        Member = self.env["jamaa.programme.member"]
        values = {"programme_id": self.programme.id, "company_id": self.here.id}
        member = Member.create(values)
        self.assertEqual(member.display_name, self.here.display_name)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            Member.create(values)
        with self.assertRaises(ValidationError):
            Member.create({**values, "company_id": self.programme_company.id})

    def test_a_commune_is_in_several_programmes(self):
        second = self.programme.copy({"name": "Second"})
        for programme in self.programme + second:
            self.env["jamaa.programme.member"].create({"programme_id": programme.id, "company_id": self.here.id})
        self.assertEqual((self.programme + second).mapped("member_count"), [1, 1])

    def test_date_is_shown_as_far_as_it_is_known(self):
        milestone = self._milestone(date_precision="year")
        self.assertEqual(milestone.with_context(lang="fr_MA").date_text, "2016")
        milestone.date_precision = "month"
        self.assertEqual(milestone.with_context(lang="fr_MA").date_text, "mai 2016")
        milestone.date_precision = "day"
        self.assertEqual(milestone.with_context(lang="fr_MA").date_text, "01/05/2016")

    def test_moroccan_month_names(self):
        milestone = self._milestone(date_precision="month", date="2018-11-01")
        self.assertEqual(milestone.with_context(lang="ar_MA").date_text, "نونبر 2018")

    @mute_logger("odoo.sql_db")
    def test_dates_in_order(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.programme.date_to = "2014-01-01"
            self.programme.flush_recordset()

    def test_buttons(self):
        self._milestone()
        self.assertEqual(self.programme.milestone_count, 1)
        action = self.programme.action_open_milestones()
        self.assertEqual(self.env[action["res_model"]].search_count(action["domain"]), 1)
